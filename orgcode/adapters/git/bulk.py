"""Read many files at a time, in as many processes as there are processors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from orgcode.adapters.git.listing import Listing, blob_id
from orgcode.adapters.git.working_tree import WorkingTree
from orgcode.adapters.processes import Tell, Tick, divided
from orgcode.documents.facts import read_facts
from orgcode.documents.loading import postings_of
from orgcode.model.coding import CodingError, decode, decode_facts, encode, encode_facts
from orgcode.model.facts import Facts, Kind, identify
from orgcode.model.snapshot import Snapshot, Unreadable


class Everything(NamedTuple):
    """What all files of things say."""

    facts: list[tuple[str, str | None, bytes]]
    """Path, blob id (None where it has no content) and facts of each file that was read now."""
    postings: dict[str, list[str]]
    """By `index:key` the paths with that posting, each with its note behind a space."""


def read_file(snapshot: Snapshot, path: str) -> tuple[Facts, str | None]:
    """The facts of one file of a thing, and the id of the blob that was read."""
    return _facts_of(path, snapshot.read(path))


def postings_at(path: str, facts: Facts) -> frozenset[tuple[str, str]]:
    """The postings of a file, each as `index:key` and its note."""
    return frozenset((f"{p.of}:{p.key}", p.note) for p in postings_of(path, facts))


def read_all(
    snapshot: Snapshot, listing: Listing, known: Mapping[str, object], tell: Tell
) -> Everything:
    """Read all files of things; of those in `known` the facts are there already, as bytes."""
    paths = [path for path in listing if identify(path) is not None]
    missing = [path for path in paths if path not in known]
    contents: dict[str, bytes | Unreadable] = {}
    if not isinstance(snapshot, WorkingTree):
        # Git's library must not be used in a child that was forked after it was used here.
        contents = {path: snapshot.read(path) for path in missing}

    def work(part: int, parts: int, tick: Tick) -> bytes:
        read: list[tuple[str, str | None, bytes]] = []
        postings: dict[str, list[str]] = {}
        for path in paths[part::parts]:
            tick()
            facts = decoded(known.get(path))
            if facts is None:
                content = contents[path] if path in contents else snapshot.read(path)
                facts, blob = _facts_of(path, content)
                read.append((path, blob, encode_facts(facts)))
            for posting in postings_of(path, facts):
                key = f"{posting.of}:{posting.key}"
                postings.setdefault(key, []).append(f"{path} {posting.note}")
        return encode((read, postings))

    everything = Everything([], {})
    for result in divided(work, len(paths), tell):
        read, postings = decode(result)
        everything.facts.extend((path, blob, content) for path, blob, content in read)
        for key, texts in postings.items():
            everything.postings.setdefault(key, []).extend(texts)
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


def _facts_of(path: str, content: bytes | Unreadable) -> tuple[Facts, str | None]:
    facts = read_facts(kind_at(path), content)
    return facts, None if isinstance(content, Unreadable) else blob_id(content)
