"""Make the files of a site in a staged folder: new ones are written, by as many processes as there
are processors, and those that are as they were are linked from the old site.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from msgspec import Struct, field

from orgcode.adapters.files import read_ordinary
from orgcode.adapters.processes import Tell, Tick, divide, nobody, share
from orgcode.adapters.site_marker import MARKER, marker_content
from orgcode.model.coding import decode, encode

_MANY = 500
"""Above this many files, one flush of everything is faster than one for each."""


class Making(Struct, frozen=True, kw_only=True):
    """How the files of a site come about, where there is more to say than their content."""

    known: Mapping[str, str] = field(default_factory=dict)
    """Digests of files that need not be made where the old site has them as they are to be."""
    alone: Collection[str] = ()
    """Files that only this process can make; the others may be made by several."""
    groups: Collection[Sequence[str]] = ()
    """Files in an order in which neighbours have much in common; each process makes a part of each
    group. Those that are in none are a group too."""
    report: Callable[[], bytes] = bytes
    """What a process has to tell after it has made its files."""
    tell: Tell = nobody
    """Is told how many files are done."""


class Written(Struct, frozen=True, kw_only=True):
    """The digest of every file by its path, and what the processes had to tell."""

    digests: Mapping[str, str]
    reports: tuple[bytes, ...]


def fill(staged: Path, files: Mapping[str, bytes], old: Path, making: Making) -> Written:
    """Make all files of a site in a staged folder, beside the old one, and bring them to the disk.

    The marker comes first: it names what belongs to the site, should this be cut short.

    A file that is the same as in the old site is linked: nothing to write, and nothing to flush.
    """
    _write(f"{staged}/{MARKER}", marker_content(files))
    folders = {path.rpartition("/")[0] for path in files}
    for folder in sorted(folders - {""}):
        (staged / folder).mkdir(parents=True, exist_ok=True)
    alone = frozenset(making.alone)
    rest = {path: None for path in files if path not in alone}
    groups = [[path for path in group if path in rest] for group in making.groups]
    for path in chain.from_iterable(groups):
        del rest[path]
    groups.append(list(rest))

    done = {
        path: _put(path, files=files, staged=staged, old=old) for path in files if path in alone
    }
    putting = _Putting(partial(_put, files=files, staged=staged, old=old), groups, making)
    divide(putting, sum(map(len, groups)), making.tell)
    done.update(putting.done)
    written = [
        f"{staged}/{MARKER}",
        *(f"{staged}/{p}" for p, (_, is_new) in done.items() if is_new),
    ]
    if len(written) + len(folders) > _MANY:
        os.sync()
    else:
        for name in (*written, *(f"{staged}/{folder}" for folder in folders)):
            flush(name)
    return Written(
        digests={path: digest for path, (digest, _) in done.items()},
        reports=(making.report(), *putting.reports),
    )


class _Putting:
    """Putting files in the staged site, as work that is divided."""

    def __init__(
        self,
        put: Callable[..., tuple[str, bool]],
        groups: Collection[Sequence[str]],
        making: Making,
    ) -> None:
        self.done: dict[str, tuple[str, bool]] = {}
        self.reports: list[bytes] = []
        self._put = put
        self._groups = groups
        self._making = making

    def do(self, part: int, parts: int, tick: Tick) -> None:
        for path in chain.from_iterable(share(group, part, parts) for group in self._groups):
            self.done[path] = self._put(path, known=self._making.known.get(path))
            tick()

    def report(self) -> bytes:
        return encode((self.done, self._making.report()))

    def hear(self, report: bytes) -> None:
        done, told = decode(report)
        self.done.update(done)
        self.reports.append(told)


def _put(
    path: str, *, files: Mapping[str, bytes], staged: Path, old: Path, known: str | None = None
) -> tuple[str, bool]:
    """Put one file in the staged site; its digest, and whether it had to be written."""
    before = read_ordinary(f"{old}/{path}")
    old_digest = digest_of(before) if isinstance(before, bytes) else None
    if known is None or old_digest != known:
        content = files[path]
        known = digest_of(content)
        if old_digest != known or before != content:
            _write(f"{staged}/{path}", content)
            return known, True
    if _link(f"{old}/{path}", f"{staged}/{path}"):
        return known, False
    _write(f"{staged}/{path}", before if isinstance(before, bytes) else files[path])
    return known, True


def digest_of(content: bytes) -> str:
    """A short text that stands for the content of a file."""
    return blake2b(content, digest_size=12).hexdigest()


def _write(name: str, content: bytes) -> None:
    """Write a new file. What a process left there that ended badly may be a link to the old site,
    so it is taken away and not written over.
    """
    try:
        stream = open(name, "xb")  # noqa: PTH123, SIM115 - thousands of them; closed below
    except FileExistsError:
        os.unlink(name)  # noqa: PTH108 - likewise
        stream = open(name, "xb")  # noqa: PTH123, SIM115 - likewise
    with stream:
        stream.write(content)


def _link(old: str, new: str) -> bool:
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        return False
    return True


def flush(name: str | Path) -> None:
    """See to it that what was written survives a loss of power."""
    descriptor = os.open(name, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
