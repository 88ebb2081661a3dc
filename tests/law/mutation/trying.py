"""Trying mutants: each in a process of its own, forked when all tests have been collected."""

from __future__ import annotations

import gc
import importlib
import os
import resource
import signal
import tempfile
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from types import CodeType, ModuleType
from typing import Literal, NamedTuple, NoReturn

import pytest

from tests.law.mutation.grafting import graft
from tests.law.mutation.known import Known, known
from tests.law.mutation.mutants import Mutant, mutants

FOLDER = Path(__file__).resolve().parent.parent
TESTS = (
    *("methods", "judge", "needs", "form", "voices", "electorate", "shares", "matching"),
    *("signers", "keeping"),
)
GENERATED = 300
_LONGEST = 5
"""A mutant may take so many times as long as the law itself, and ends then."""

Fate = Literal["killed", "timed out", "survived"]


class Tried(NamedTuple):
    """A mutant, and what became of it."""

    module: str
    mutant: Mutant
    fate: Fate


class NotSoundError(Exception):
    """The tests do not pass as it is, so that nothing can be told of mutants."""


def tried(modules: Iterable[str], only: Collection[str] | None = None) -> list[Tried]:
    """Try every mutant of these modules of the law, or only those of some names, and tell of each
    as it goes.
    """
    trial = _Trial(tuple(modules), only)
    files = [str(path) for name in TESTS if (path := FOLDER / f"test_{name}.py").exists()]
    plugins = ["terminal", "cacheprovider", "xdist", "hypothesispytest", "pytest_cov"]
    with tempfile.TemporaryDirectory() as folder:
        options = ["-s", "-o", "addopts=", f"--basetemp={folder}/tests"]
        without = [option for name in plugins for option in ("-p", f"no:{name}")]
        code = pytest.main([*without, *options, *files], plugins=[trial])
    if not trial.is_sound:
        message = f"pytest ended with {code}, or the tests do not pass without any mutant."
        raise NotSoundError(message)
    return trial.found


class _Trial:
    """Takes the place of the loop in which pytest runs its tests."""

    def __init__(self, modules: tuple[str, ...], only: Collection[str] | None) -> None:
        self._modules = modules
        self._only = only
        self._asked: list[pytest.Item | Known] = []
        self._has_failed = False
        self._limit = 600
        self.is_sound = False
        self.found: list[Tried] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._asked = [*session.items, *known(GENERATED)]
        gc.collect()
        gc.freeze()  # so that memory stays shared with the children
        self.is_sound = self._fate(None) == "survived"
        took = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        tell(f"{len(self._asked)} tests and cases: {took:.1f} s of a processor")
        self._limit = 5 + int(_LONGEST * took)
        if self.is_sound:
            for name in self._modules:
                self.found += self._of_module(name)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._has_failed |= report.failed

    def _of_module(self, name: str) -> Iterator[Tried]:
        module = importlib.import_module(f"orgcode.law.{name}")
        assert module.__file__
        source = Path(module.__file__).read_text(encoding="utf-8")
        for mutant in mutants(source, name):
            if self._only is not None and mutant.name not in self._only:
                continue
            fate = self._fate((module, mutant.code))
            if fate != "killed":
                tell(f"{fate} (line {mutant.line}): {mutant.name}")
            yield Tried(name, mutant, fate)

    def _fate(self, otherwise: tuple[ModuleType, CodeType] | None) -> Fate:
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            self._live(otherwise, writing)
        os.close(writing)
        noticed = os.read(reading, 100)  # nothing once the child has ended
        os.close(reading)
        _, status = os.waitpid(child, 0)
        if noticed:  # what notices one mutant is likely to notice the next
            self._asked.insert(0, self._asked.pop(int(noticed)))
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGPROF:
            return "timed out"
        return "survived" if status == 0 else "killed"

    def _live(self, otherwise: tuple[ModuleType, CodeType] | None, writing: int) -> NoReturn:
        code = 1
        try:
            signal.setitimer(signal.ITIMER_PROF, self._limit)  # however busy the machine is
            if otherwise:
                _be_quiet()
                graft(*otherwise)
            for place, each in enumerate(self._asked):
                if self._notices(each, place):
                    os.write(writing, str(place).encode())
                    break
            else:
                code = 0
        finally:
            os._exit(code)

    def _notices(self, each: pytest.Item | Known, place: int) -> bool:
        if isinstance(each, Known):
            return not each.is_said()
        rest = self._asked[place + 1 :]
        following = next((it for it in rest if isinstance(it, pytest.Item)), None)
        each.config.hook.pytest_runtest_protocol(item=each, nextitem=following)
        return self._has_failed


def tell(text: str) -> None:
    """Say something on the terminal at once."""
    print(text, flush=True)  # noqa: T201 (a program that prints)


def _be_quiet() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
