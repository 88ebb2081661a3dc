"""Divide work over processes: each child does its part and sends back bytes."""

from __future__ import annotations

import gc
import os
import selectors
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NoReturn, TypeVar

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


def nobody(done: int, total: int) -> None:
    """Tell nobody how far the work is."""


def divided(work: Callable[[int, int, Tick], bytes], things: int, tell: Tell) -> list[bytes]:
    """`work(part, parts, tick)` for each part, in as many processes as there are processors.

    A part whose process ends badly (it was killed, say) is done here, so that nothing is lost. The
    work sees everything as it was when the processes were made, and must alter nothing outside.
    """
    parts = min(_processors(), 8) if things > FEW and hasattr(os, "fork") else 1
    counter = _Counter(things, tell)
    if parts == 1:
        return [work(0, 1, counter.one)]
    children = _Children()
    try:
        children.start(work, parts)
        received = children.hear(counter)
    finally:
        children.end()
    return [
        work(part, parts, counter.one) if content is None else content
        for part, content in enumerate(received + [None] * (parts - len(received)))
    ]


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


class _Children:
    """The processes by part, and the pipes through which they tell what they did."""

    def __init__(self) -> None:
        self._processes: list[int] = []
        self._pipes: list[int] = []
        self._ticks: int | None = None
        self._open: set[int] = set()
        self._has_heard = False

    def start(self, work: Callable[[int, int, Tick], bytes], parts: int) -> None:
        """Start a process for each part, or for as many as the system allows."""
        with suppress(OSError):
            self._ticks, ticking = self._pipe()
            for part in range(parts):
                reading, writing = self._pipe()
                process = os.fork()
                if not process:
                    self._do(work, part, parts, ticking, writing)
                self._processes.append(process)
                self._pipes.append(reading)
                self._close(writing)
            self._close(ticking)

    def hear(self, counter: _Counter) -> list[bytes | None]:
        """What each part that was started has made; None where its process ended badly."""
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

    def _do(
        self,
        work: Callable[[int, int, Tick], bytes],
        part: int,
        parts: int,
        ticking: int,
        writing: int,
    ) -> NoReturn:
        code = 1
        gc.freeze()  # looking for garbage in what the parent has made would copy all of it
        try:
            for pipe in self._open - {ticking, writing}:
                os.close(pipe)  # so that it ends when nobody listens any more
            content = work(part, parts, _ticker(ticking))
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
