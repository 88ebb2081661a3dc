"""What a response binds to: the digest of a change, from its two states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from orgcode.model.digest import ChangedFile, change_digest
from orgcode.model.snapshot import FOLDER, MAX_CARRIED, Snapshot, Unreadable

_RECORDS = "proposals/"


def digest_of(
    organisation: str,
    proposal: str,
    record: object,
    before: Snapshot,
    after: Snapshot,
    paths: Iterable[str],
) -> str:
    """The digest of a change of some paths; `record` is the parsed proposal.yaml."""
    data = record if isinstance(record, Mapping) else {}
    return change_digest(organisation, proposal, data, changed_files(before, after, paths))


def changed_files(before: Snapshot, after: Snapshot, paths: Iterable[str]) -> Iterator[ChangedFile]:
    """The files outside proposals/ at these paths, as the digest of a change has them."""
    for path in paths:
        if not path.startswith(_RECORDS):
            entry = after.entries.get(path)
            is_there = entry is not None and entry.mode != FOLDER
            yield ChangedFile(
                path,
                f"{entry.mode:06o}" if entry is not None and is_there else None,
                _sha256(before, path),
                _sha256(after, path),
            )


def _sha256(snapshot: Snapshot, path: str) -> str | None:
    """Where no bytes can be read, their id in git stands for them; such a file is refused."""
    entry = snapshot.entries.get(path)
    if entry is None or entry.mode == FOLDER:
        return None
    content = snapshot.read(path, MAX_CARRIED)
    if isinstance(content, Unreadable):
        return f"{content}:{entry.blob}"
    return sha256(content).hexdigest()
