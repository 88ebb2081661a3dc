"""Divide work over processes: each child does its part and sends back bytes."""

from __future__ import annotations

import os
import selectors
from collections.abc import Callable
from contextlib import suppress

FEW = 2000
"""Up to this many things one process is as fast."""

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
    ticks, ticking = os.pipe()
    children = [_start(work, part, parts, ticking) for part in range(parts)]
    os.close(ticking)
    received = _receive([pipe for _, pipe in children], ticks, counter)
    results = []
    for part, (process, _) in enumerate(children):
        _, status = os.waitpid(process, 0)
        content = received[part]
        is_whole = status == 0 and content[:8] == len(content[8:]).to_bytes(8, "big")
        results.append(content[8:] if is_whole else work(part, parts, counter.one))
    return results


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


def _start(
    work: Callable[[int, int, Tick], bytes], part: int, parts: int, ticking: int
) -> tuple[int, int]:
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    code = 1
    try:
        os.close(reading)
        content = work(part, parts, _ticker(ticking))
        with os.fdopen(writing, "wb") as stream:
            stream.write(len(content).to_bytes(8, "big"))
            stream.write(content)
        code = 0
    finally:
        os._exit(code)  # nothing that the parent would do at its end is done twice


def _ticker(ticking: int) -> Tick:
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if done % _TICK == 0:
            with suppress(OSError):  # nobody listens any more
                os.write(ticking, b".")

    return tick


def _receive(pipes: list[int], ticks: int, counter: _Counter) -> list[bytes]:
    chunks: dict[int, list[bytes]] = {pipe: [] for pipe in pipes}
    with selectors.DefaultSelector() as selector:
        for pipe in (*pipes, ticks):
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select():
                chunk = os.read(key.fd, 1 << 20)
                if not chunk:
                    selector.unregister(key.fd)
                    os.close(key.fd)
                elif key.fd == ticks:
                    counter.many(len(chunk) * _TICK)
                else:
                    chunks[key.fd].append(chunk)
    return [b"".join(chunks[pipe]) for pipe in pipes]
