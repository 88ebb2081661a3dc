"""Write many commits at once, as a stream for `git fast-import`: one pack, and one branch at the
end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from orgcode.adapters.git.ancestry import RawCommit
from orgcode.adapters.git.listing import blob_id

TRAILER = b"Imported-from"
"""Behind it stands the id of the commit that a commit was made of."""

_PERSON = re.compile(rb"([^<>\n\0]*)<([^<>\n\0]*)> ([0-9]{1,12}) ([+-][0-9]{4})")
_TRAILERS = re.compile(rb"(?:[A-Za-z0-9][A-Za-z0-9-]*: [^\n]*\n(?:[ \t]+[^\n]*\n)*)+")
_ENCODING = re.compile(rb"[A-Za-z0-9][A-Za-z0-9_.:-]*")
_PLAIN_PATH = re.compile(r"[A-Za-z0-9._/@+-]+")


class Altered(NamedTuple):
    """What is otherwise than in the first parent: blobs by path, and paths that are gone."""

    files: Mapping[str, str]
    gone: tuple[str, ...] = ()


class Replay:
    """Commits to be written, parents first."""

    def __init__(self, branch: str) -> None:
        self.branch = branch
        """In full, as `refs/heads/main`."""
        self._branch = branch.encode()
        self._marks: dict[str, int] = {}
        self._written: set[str] = set()
        self._stream: list[bytes] = [b"feature done\n"]

    def blob(self, content: bytes) -> str:
        """The id of a blob, which is written once."""
        id = blob_id(content)
        if id not in self._written:
            self._written.add(id)
            self._stream += (b"blob\n", _data(content))
        return id

    def copy(self, source: RawCommit, altered: Altered) -> None:
        """Write a commit by whom, when and why another one was; its parents are the copies of that
        one's.
        """
        self._commit(
            source.id,
            source.parents,
            person(source.author),
            person(source.committer),
            source.encoding,
            with_trailer(source.text, source.id),
            altered,
        )

    def add(self, parent: str, who: bytes, text: str, altered: Altered) -> None:
        """Write a commit of its own on top of the copy of `parent`."""
        self._commit("", (parent,), who, who, None, text.encode("utf-8", "replace"), altered)

    def stream(self) -> bytes:
        """What `git fast-import` is to be given."""
        return b"".join((*self._stream, b"done\n"))

    def _commit(
        self,
        id: str,
        parents: tuple[str, ...],
        author: bytes,
        committer: bytes,
        encoding: bytes | None,
        text: bytes,
        altered: Altered,
    ) -> None:
        mark = self._marks[id] = len(self._marks) + 1
        marks = [self._marks[parent] for parent in parents]
        if not marks:
            self._stream.append(b"reset %b\n\n" % self._branch)
        self._stream.append(b"commit %b\nmark :%d\n" % (self._branch, mark))
        self._stream.append(b"author %b\ncommitter %b\n" % (author, committer))
        if encoding and _ENCODING.fullmatch(encoding):
            self._stream.append(b"encoding %b\n" % encoding)
        self._stream.append(_data(text))
        for place, parent in enumerate(marks):
            self._stream.append(b"%b :%d\n" % (b"merge" if place else b"from", parent))
        self._stream += (b"D %b\n" % _path(path) for path in altered.gone)
        self._stream += (
            b"M 100644 %b %b\n" % (blob.encode(), _path(path))
            for path, blob in altered.files.items()
        )
        self._stream.append(b"\n")


def person(said: bytes) -> bytes:
    """Somebody at some moment, as git wants it; of what it would refuse, as much as it takes."""
    match = _PERSON.fullmatch(said)
    if match:
        name, address, seconds, zone = match.groups()
    else:
        name, _, rest = said.partition(b"<")
        address, seconds, zone = rest.partition(b">")[0], b"0", b"+0000"
    clean = [re.sub(rb"[<>\n\0]", b"", part).strip() for part in (name, address)]
    spaced = clean[0] + b" " if clean[0] else b""
    return b"%b<%b> %d %b" % (spaced, clean[1], int(seconds), zone)


def signed(name: str, address: str, at: datetime) -> bytes:
    """Somebody at some moment, in UTC."""
    who = (re.sub(r"[<>\x00-\x1f\x7f]", "", part).strip() for part in (name, address))
    clean_name, clean_address = (part or "orgcode" for part in who)
    said = f"{clean_name} <{clean_address}> {int(at.timestamp())} +0000"
    return said.encode("utf-8", "replace")


def with_trailer(text: bytes, source: str) -> bytes:
    """A message that says behind all else what it is the message of."""
    text = text.replace(b"\0", b"")
    if not text.endswith(b"\n"):
        text += b"\n"
    last = text.rstrip(b"\n").rpartition(b"\n\n")
    is_block = bool(last[1]) and _TRAILERS.fullmatch(last[2] + b"\n")
    gap = b"" if is_block and not text.endswith(b"\n\n") else b"\n"
    return b"%b%b%b: %b\n" % (text, gap, TRAILER, source.encode())


def _data(content: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(content), content)


def _path(path: str) -> bytes:
    """A path as it is; between quotes where something in it could mean something else."""
    if _PLAIN_PATH.fullmatch(path):
        return path.encode()
    quoted = "".join(
        chr(byte) if 32 <= byte < 127 and chr(byte) not in '"\\' else f"\\{byte:03o}"
        for byte in path.encode("utf-8", "surrogateescape")
    )
    return f'"{quoted}"'.encode()
