"""Mutants are what they are called, and the tests of the law notice them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.law.mutation.grafting import graft
from tests.law.mutation.mutants import mutants

ROOT = Path(__file__).resolve().parents[3]
SOURCE = '''
"""Whether somebody may."""
from __future__ import annotations
from collections.abc import Iterable

_MANY = 2

class Asked:
    """Who asks."""

    def __init__(self, people: Iterable[str]) -> None:
        self.people = [*people]

    @property
    def may(self) -> bool:
        """Whether they may."""
        return len(self.people) >= _MANY and "eve" not in self.people
'''


def in_use() -> tuple[ModuleType, list[ModuleType]]:
    """A module, and another that has taken something from it."""
    module, other = ModuleType("asked"), ModuleType("other")
    exec(compile(SOURCE, "asked.py", "exec"), vars(module))  # noqa: S102
    other.__dict__.update(Asked=module.Asked, _MANY=module._MANY)
    return module, [other]


def test_each_place_is_made_otherwise_and_types_and_documentation_are_not() -> None:
    assert [mutant.name for mutant in mutants(SOURCE, "asked")] == [
        "asked -: 2 => 3 in _MANY = 2",
        "asked Asked.may: return len(self.people) >= _MANY and 'eve' not in self.people"
        " => return None",
        "asked Asked.may: len(self.people) >= _MANY and 'eve' not in self.people"
        " => len(self.people) >= _MANY or 'eve' not in self.people",
        "asked Asked.may: len(self.people) >= _MANY and 'eve' not in self.people"
        " => 'eve' not in self.people",
        "asked Asked.may: len(self.people) >= _MANY and 'eve' not in self.people"
        " => len(self.people) >= _MANY",
        "asked Asked.may: len(self.people) >= _MANY => len(self.people) > _MANY",
        "asked Asked.may: 'eve' not in self.people => 'eve' in self.people",
        "asked Asked.may: 'eve' => 'eve?' in 'eve' not in self.people",
    ]


def test_a_mutant_takes_the_place_of_what_is_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = set()
    for mutant in mutants(SOURCE, "asked"):
        module, others = in_use()
        for each in (module, *others):
            monkeypatch.setitem(sys.modules, each.__name__, each)
        asked = [others[0].Asked(people) for people in (("ann", "bob"), ("eve", "bob"), ("ann",))]
        assert [each.may for each in asked] == [True, False, False]
        graft(module, mutant.code)
        found = tuple(each.may for each in asked)
        assert found != (True, False, False), mutant.name
        answers.add(found)
    assert len(answers) > 3


def test_what_a_struct_says_of_fields_that_nobody_gives_is_made_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = """
from msgspec import Struct

class Asked(Struct, frozen=True, kw_only=True):
    may: bool = False

    def or_so(self) -> bool:
        return not self.may

def ask():
    return Asked()
"""
    module = ModuleType("asked")
    exec(compile(source, "asked.py", "exec"), vars(module))  # noqa: S102
    monkeypatch.setitem(sys.modules, "asked", module)
    first = next(iter(mutants(source, "asked")))
    assert first.name == "asked Asked: False => True in may: bool = False"
    assert not module.ask().may
    graft(module, first.code)
    assert module.ask().may
    assert not module.ask().or_so()


@pytest.mark.deep
def test_the_tests_notice_when_the_law_is_otherwise() -> None:
    """At least nine of ten, and who survives is listed."""
    command = [sys.executable, "-m", "tests.law.mutation"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-10_000:] + done.stderr[-2_000:]
