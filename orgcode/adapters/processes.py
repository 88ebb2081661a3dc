"""Divide work over processes: each child does its part and sends back bytes."""

from __future__ import annotations

import os
import selectors
from collections.abc import Callable

FEW = 2000
"""Up to this many things one process is as fast."""


def divided(work: Callable[[int, int], bytes], things: int) -> list[bytes]:
    """`work(part, parts)` for each part, in as many processes as there are processors.

    A part whose process ends badly (it was killed, say) is done here, so that nothing is lost. The
    work sees everything as it was when the processes were made, and must alter nothing outside.
    """
    parts = min(_processors(), 8) if things > FEW and hasattr(os, "fork") else 1
    if parts == 1:
        return [work(0, 1)]
    children = [_start(work, part, parts) for part in range(parts)]
    received = _receive([pipe for _, pipe in children])
    results = []
    for part, (process, _) in enumerate(children):
        _, status = os.waitpid(process, 0)
        content = received[part]
        is_whole = status == 0 and content[:8] == len(content[8:]).to_bytes(8, "big")
        results.append(content[8:] if is_whole else work(part, parts))
    return results


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _start(work: Callable[[int, int], bytes], part: int, parts: int) -> tuple[int, int]:
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    code = 1
    try:
        os.close(reading)
        content = work(part, parts)
        with os.fdopen(writing, "wb") as stream:
            stream.write(len(content).to_bytes(8, "big"))
            stream.write(content)
        code = 0
    finally:
        os._exit(code)  # nothing that the parent would do at its end is done twice


def _receive(pipes: list[int]) -> list[bytes]:
    chunks: dict[int, list[bytes]] = {pipe: [] for pipe in pipes}
    with selectors.DefaultSelector() as selector:
        for pipe in pipes:
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select():
                chunk = os.read(key.fd, 1 << 20)
                if chunk:
                    chunks[key.fd].append(chunk)
                else:
                    selector.unregister(key.fd)
                    os.close(key.fd)
    return [b"".join(chunks[pipe]) for pipe in pipes]
