"""Read many files at a time, in as many processes as there are processors."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

from orgcode.adapters.git.listing import Listing, blob_id
from orgcode.adapters.git.working_tree import WorkingTree
from orgcode.adapters.processes import Tell, Tick, divide, share
from orgcode.documents.facts import read_facts
from orgcode.documents.loading import Content, content_of, postings_of
from orgcode.model.coding import CodingError, decode, decode_facts, encode, encode_facts
from orgcode.model.facts import Facts, Kind, identify
from orgcode.model.snapshot import Snapshot, Unreadable


def read_file(snapshot: Snapshot, path: str) -> tuple[Facts, str | None]:
    """The facts of one file of a thing, and the id of the blob that was read."""
    content = snapshot.read(path)
    return read_facts(kind_at(path), content), _blob_of(content)


def postings_at(path: str, facts: Facts) -> frozenset[tuple[str, str]]:
    """The postings of a file, each as `index:key` and its note."""
    return frozenset(
        (f"{p.of}:{p.key}", p.note) for p in postings_of(facts, content_of(path, facts))
    )


class Everything:
    """What all files of things say; reading them is work that is divided."""

    def __init__(
        self, snapshot: Snapshot, paths: Sequence[str], known: Mapping[str, object]
    ) -> None:
        self.read: list[tuple[str, str | None, bytes]] = []
        """Path, blob id (None where it has no content) and facts of each file that was read now."""
        self.postings: dict[str, list[str]] = {}
        """By `index:key` the paths with that posting, each with its note behind a space."""
        self.facts: dict[str, Facts] = {}
        """Of the files that were read in this process."""
        self.contents: dict[str, Content] = {}
        """Likewise."""
        self._paths = paths
        self._known = known
        self._content: Callable[[str], bytes | Unreadable] = snapshot.read
        if not isinstance(snapshot, WorkingTree):
            # Git's library must not be used in a child that was forked after it was used here.
            self._content = {p: snapshot.read(p) for p in paths if p not in known}.__getitem__
        self._process = os.getpid()

    def do(self, part: int, parts: int, tick: Tick) -> None:
        """Read a part of the files: all through one step before the next, since a step that is
        repeated finds what it needs near by (a fifth faster than all steps for each file).
        """
        paths = share(self._paths, part, parts)
        facts: dict[str, Facts] = {}
        unread: dict[str, bytes | Unreadable] = {}
        for path in paths:
            known = decoded(self._known.get(path))
            if known is None:
                unread[path] = self._content(path)
            else:
                facts[path] = known
        for path, content in unread.items():
            facts[path] = read_facts(kind_at(path), content)
            tick()
        for path, content in unread.items():
            self.read.append((path, _blob_of(content), encode_facts(facts[path])))
        contents = {path: content_of(path, facts[path]) for path in paths}
        for path in paths:
            for posting in postings_of(facts[path], contents[path]):
                key = f"{posting.of}:{posting.key}"
                self.postings.setdefault(key, []).append(f"{path} {posting.note}")
        if self._process == os.getpid():
            self.facts.update(facts)
            self.contents.update(contents)

    def report(self) -> bytes:
        """What was read in this process."""
        return encode((self.read, self.postings))

    def hear(self, report: bytes) -> None:
        """Take over what another process has read."""
        read, postings = decode(report)
        self.read += read
        for key, texts in postings.items():
            self.postings.setdefault(key, []).extend(texts)


def read_all(
    snapshot: Snapshot, listing: Listing, known: Mapping[str, object], tell: Tell
) -> Everything:
    """Read all files of things; of those in `known` the facts are there already, as bytes."""
    paths = [path for path in listing if identify(path) is not None]
    everything = Everything(snapshot, paths, known)
    divide(everything, len(paths), tell)
    return everything


def kind_at(path: str) -> Kind:
    """The kind of the thing whose file stands at a path; raises `KeyError` where it is none."""
    identity = identify(path)
    if identity is None:
        raise KeyError(path)
    return identity.kind


def decoded(content: object) -> Facts | None:
    """Facts from the bytes that were kept; None where these are not what they should be."""
    try:
        return decode_facts(content) if isinstance(content, bytes) else None
    except CodingError:
        return None


def _blob_of(content: bytes | Unreadable) -> str | None:
    return None if isinstance(content, Unreadable) else blob_id(content)
