"""Divide work over processes: this one and its children each take a part, until none is left."""

from __future__ import annotations

import gc
import os
import selectors
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import NoReturn, Protocol, TypeVar

from orgcode.model.coding import CodingError, decode, encode

T = TypeVar("T")

FEW = 2000
"""Up to this many things one process is as fast."""

_MANY = 400
"""Things of one part: so many that taking a part costs nothing beside doing it, and so few that a
process that is slow, since others need its processor, holds up nobody."""
_NUMBER = 4
"""Bytes of the number of a part."""
_MOST = 1000
"""So many numbers of parts fit into a pipe everywhere: a system may give one page to those who have
many. More would wait for a reader that does not come."""
_TICK = 200
"""After how many things a child tells how far it is."""

Tick = Callable[[], None]
"""Called by the work after each thing."""

Tell = Callable[[int, int], None]
"""Is told how many things are done, of how many."""


class Work(Protocol):
    """Work of which each process does some parts, and that gathers what comes of all of them, in
    whatever order.
    """

    def do(self, part: int, parts: int, tick: Tick) -> None:
        """Do a part, and gather what comes of it."""
        ...

    def report(self) -> bytes:
        """What has been gathered; asked once of a child, when it has done its parts."""
        ...

    def hear(self, report: bytes) -> None:
        """Gather what a child reports."""
        ...


def nobody(done: int, total: int) -> None:
    """Tell nobody how far the work is."""


def divide(
    work: Work, things: int, tell: Tell, meanwhile: Callable[[], None] = lambda: None
) -> None:
    """Do all parts of some work in as many processes as there are processors.

    Each takes a part when it has done the one before. What the parts that are done here leave in
    memory is at hand later. So are those of a process that ended badly (it was killed, say), which
    are done here afterwards, so that nothing is lost. Each child sees everything as it was when it
    was made; of what it alters only its report is known here.

    `meanwhile` is for what only this process can do, and nobody waits for: it does that first.
    """
    processes = min(_processors(), 8) if things > FEW and hasattr(os, "fork") else 1
    parts = max(processes, min(things // _MANY, _MOST))
    counter = _Counter(things, tell)
    left = set(range(parts))
    reports: list[bytes] = []
    if processes == 1:
        meanwhile()
    else:
        children = _Children()
        try:
            taking = children.start(work, parts, processes)
            meanwhile()
            tick = _here(counter, children)
            for part in taking:
                work.do(part, parts, tick)
                left.discard(part)
            for done, report in children.hear(counter):
                left.difference_update(done)
                reports.append(report)
        finally:
            children.end()
    for part in sorted(left):
        work.do(part, parts, counter.one)
    for report in reports:
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
    """The processes beside this one, and the pipes through which they tell."""

    def __init__(self) -> None:
        self._processes: list[int] = []
        self._pipes: list[int] = []
        self._ticks: int | None = None
        self._open: set[int] = set()
        self._has_heard = False

    def start(self, work: Work, parts: int, processes: int) -> Iterator[int]:
        """Start so many processes, this one included, or as many as the system allows; gives the
        parts that are for this one.
        """
        taking: Iterator[int] = iter(())
        with suppress(OSError):
            numbers, putting = self._pipe()
            for part in range(parts):
                os.write(putting, part.to_bytes(_NUMBER, "big"))
            self._close(putting)
            taking = _take(numbers)
            self._ticks, ticking = self._pipe()
            os.set_blocking(self._ticks, False)
            for _ in range(processes - 1):
                reading, writing = self._pipe()
                process = os.fork()
                if not process:
                    self._do(work, parts, (numbers, ticking, writing))
                self._processes.append(process)
                self._pipes.append(reading)
                self._close(writing)
            self._close(ticking)
        return taking

    def ticked(self) -> int:
        """How many things children have told to be done since this was asked."""
        if self._ticks not in self._open:
            return 0
        with suppress(BlockingIOError):
            return len(os.read(self._ticks, 1 << 16)) * _TICK
        return 0

    def hear(self, counter: _Counter) -> Iterator[tuple[list[int], bytes]]:
        """The parts that each process has done, and its report; those that ended badly tell
        nothing.
        """
        for pipe in self._open - {self._ticks, *self._pipes}:
            self._close(pipe)
        if not self._pipes:
            return
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
        for pipe in self._pipes:
            with suppress(CodingError):
                done, report = decode(b"".join(chunks[pipe]))
                yield done, report

    def end(self) -> None:
        """Leave nothing behind, whatever happened: no process, no pipe."""
        for pipe in tuple(self._open):
            self._close(pipe)
        for process in self._processes:
            with suppress(OSError):  # the system has looked after it already
                if not self._has_heard:
                    os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)

    def _do(self, work: Work, parts: int, pipes: tuple[int, int, int]) -> NoReturn:
        numbers, ticking, writing = pipes
        code = 1
        gc.freeze()  # looking for garbage in what the parent has made would copy all of it
        try:
            for pipe in self._open - {*pipes}:
                os.close(pipe)  # so that it ends when nobody listens any more
            tick = _ticker(ticking)
            done = []
            for part in _take(numbers):
                work.do(part, parts, tick)
                done.append(part)
            with os.fdopen(writing, "wb") as stream:
                stream.write(encode((done, work.report())))
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


def _take(numbers: int) -> Iterator[int]:
    """The parts that are for whoever reads them here, and for nobody else."""
    while number := os.read(numbers, _NUMBER):
        yield int.from_bytes(number, "big")


def _ticker(ticking: int) -> Tick:
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if done % _TICK == 0:
            with suppress(OSError):  # nobody listens any more
                os.write(ticking, b".")

    return tick
