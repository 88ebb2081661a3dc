"""Divide work over processes: this one does a part as well, and children do the others."""

from __future__ import annotations

import gc
import os
import selectors
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NoReturn, Protocol, TypeVar

T = TypeVar("T")

FEW = 2000
"""Up to this many things one process is as fast."""

_LENGTH = 8
_TICK = 200
"""After how many things a child tells how far it is."""

Tick = Callable[[], None]
"""Called by the work after each thing."""

Tell = Callable[[int, int], None]
"""Is told how many things are done, of how many."""


class Work(Protocol):
    """Work of which each process does a part, and that gathers what comes of all parts."""

    def do(self, part: int, parts: int, tick: Tick) -> None:
        """Do a part, and gather what comes of it."""
        ...

    def report(self) -> bytes:
        """What has been gathered; asked of a child that has done its part."""
        ...

    def hear(self, report: bytes) -> None:
        """Gather what a child reports."""
        ...


def nobody(done: int, total: int) -> None:
    """Tell nobody how far the work is."""


def divide(work: Work, things: int, tell: Tell) -> None:
    """Do all parts of some work in as many processes as there are processors.

    The first part is done here, so that what it leaves in memory is at hand later; and so is one
    whose process ends badly (it was killed, say), so that nothing is lost. The parts are gathered
    in order. Each child sees everything as it was when it was made; of what it alters only its
    report is known here.
    """
    parts = min(_processors(), 8) if things > FEW and hasattr(os, "fork") else 1
    counter = _Counter(things, tell)
    if parts == 1:
        work.do(0, 1, counter.one)
        return
    children = _Children()
    try:
        children.start(work, parts)
        work.do(0, parts, _here(counter, children))
        reports = children.hear(counter)
    finally:
        children.end()
    for part in range(1, parts):
        report = reports[part - 1] if part <= len(reports) else None
        if report is None:
            work.do(part, parts, counter.one)
        else:
            work.hear(report)


def share(things: Sequence[T], part: int, parts: int) -> Sequence[T]:
    """A part of things that stand beside each other."""
    return things[part * len(things) // parts : (part + 1) * len(things) // parts]


class _Counter:
    def __init__(self, things: int, tell: Tell) -> None:
        self._done = 0
        self._things = things
        self._tell = tell

    def one(self) -> None:
        self.many(1)

    def many(self, count: int) -> None:
        self._done = min(self._done + count, self._things)
        self._tell(self._done, self._things)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _here(counter: _Counter, children: _Children) -> Tick:
    """For the part that is done here: also counts what children have told meanwhile."""
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if done % _TICK == 0:
            counter.many(_TICK + children.ticked())

    return tick


class _Children:
    """The processes of the parts but the first, and the pipes through which they tell."""

    def __init__(self) -> None:
        self._processes: list[int] = []
        self._pipes: list[int] = []
        self._ticks: int | None = None
        self._open: set[int] = set()
        self._has_heard = False

    def start(self, work: Work, parts: int) -> None:
        """Start a process for each part but the first, or for as many as the system allows."""
        with suppress(OSError):
            self._ticks, ticking = self._pipe()
            os.set_blocking(self._ticks, False)
            for part in range(1, parts):
                reading, writing = self._pipe()
                process = os.fork()
                if not process:
                    self._do(work, part, parts, ticking, writing)
                self._processes.append(process)
                self._pipes.append(reading)
                self._close(writing)
            self._close(ticking)

    def ticked(self) -> int:
        """How many things children have told to be done since this was asked."""
        if self._ticks not in self._open:
            return 0
        with suppress(BlockingIOError):
            return len(os.read(self._ticks, 1 << 16)) * _TICK
        return 0

    def hear(self, counter: _Counter) -> list[bytes | None]:
        """What each process that was started reports; None where it ended badly."""
        for pipe in self._open - {self._ticks, *self._pipes}:
            self._close(pipe)
        if not self._pipes:
            return []
        chunks: dict[int, list[bytes]] = {pipe: [] for pipe in self._pipes}
        with selectors.DefaultSelector() as selector:
            for pipe in self._open:
                selector.register(pipe, selectors.EVENT_READ)
            while selector.get_map():
                for key, _ in selector.select():
                    chunk = os.read(key.fd, 1 << 20)
                    if not chunk:
                        selector.unregister(key.fd)
                        self._close(key.fd)
                    elif key.fd == self._ticks:
                        counter.many(len(chunk) * _TICK)
                    else:
                        chunks[key.fd].append(chunk)
        self._has_heard = True
        return [_whole(b"".join(chunks[pipe])) for pipe in self._pipes]

    def end(self) -> None:
        """Leave nothing behind, whatever happened: no process, no pipe."""
        for pipe in tuple(self._open):
            self._close(pipe)
        for process in self._processes:
            with suppress(OSError):  # the system has looked after it already
                if not self._has_heard:
                    os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)

    def _do(self, work: Work, part: int, parts: int, ticking: int, writing: int) -> NoReturn:
        code = 1
        gc.freeze()  # looking for garbage in what the parent has made would copy all of it
        try:
            for pipe in self._open - {ticking, writing}:
                os.close(pipe)  # so that it ends when nobody listens any more
            work.do(part, parts, _ticker(ticking))
            content = work.report()
            with os.fdopen(writing, "wb") as stream:
                stream.write(len(content).to_bytes(_LENGTH, "big"))
                stream.write(content)
            code = 0
        finally:
            os._exit(code)  # nothing that the parent would do at its end is done twice

    def _pipe(self) -> tuple[int, int]:
        pipe = os.pipe()
        self._open.update(pipe)
        return pipe

    def _close(self, pipe: int) -> None:
        self._open.discard(pipe)
        os.close(pipe)


def _whole(told: bytes) -> bytes | None:
    length, content = told[:_LENGTH], told[_LENGTH:]
    return content if length == len(content).to_bytes(_LENGTH, "big") else None


def _ticker(ticking: int) -> Tick:
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if done % _TICK == 0:
            with suppress(OSError):  # nobody listens any more
                os.write(ticking, b".")

    return tick
