"""What a server has received, as it noted it down: the log that bears witness to when something was
there, and keeps what was said from being thrown away.

Each entry is a commit with nothing in it, whose message holds one line of JSON and the server's
signature of that line. The entry before comes first among its parents, then what was received.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from orgcode.adapters.git.ancestry import RawCommit
from orgcode.adapters.git.commits import Commits
from orgcode.adapters.git.folders import EMPTY
from orgcode.law.signers import Verify
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import Message, message
from orgcode.model.org import Org

_ID = re.compile(r"[0-9a-f]{40}\Z")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
_ABSENT = "0" * 40


class Moved(NamedTuple):
    """A reference that was moved by a push; an id of noughts is none."""

    ref: str
    old: str
    new: str


class Received(Struct, frozen=True, kw_only=True):
    """One entry of the log."""

    at: datetime
    organisation: str
    moved: tuple[Moved, ...]
    target: str
    """The tip of the target at that moment."""
    line: bytes
    signature: str | None
    later: tuple[Received, ...] = ()
    """Entries before it that are of a later moment."""


class ReceivedLog:
    """The log of a repository, the first entry first; empty where there is none."""

    def __init__(self, commits: Commits, tip: str | None) -> None:
        self._commits = commits
        self.flaws: tuple[Message, ...] = ()
        """What is wrong with the log as a whole."""
        self.strays: tuple[str, ...] = ()
        """Commits that entries keep of which nobody can say any more what they are."""
        self.entries = tuple(self._in_order(tip)) if tip else ()

    def of(self, ref: str, most: int | None = None) -> Iterator[tuple[Received, str]]:
        """Each entry in which a reference came to lead to a commit that is there, and to which; of
        the first so many entries only.
        """
        for place, new in self._by_ref.get(ref, ()):
            if (most is None or place < most) and self._commits.has(new):
                yield self.entries[place], new

    @cached_property
    def _by_ref(self) -> Mapping[str, list[tuple[int, str]]]:
        found: dict[str, list[tuple[int, str]]] = {}
        for place, entry in enumerate(self.entries):
            for moved in entry.moved:
                if moved.new != _ABSENT:
                    found.setdefault(moved.ref, []).append((place, moved.new))
        return found

    def _in_order(self, tip: str) -> Iterator[Received]:
        latest: tuple[Received, ...] = ()
        for commit in reversed(self._chain(tip)):
            found = _parsed(commit)
            if found is None:
                self.strays += tuple(id for id in commit.parents if self._commits.has(id))
                self._tell(message("An entry of it cannot be read ({object}).", object=commit.id))
                continue
            later = tuple(entry for entry in latest if entry.at > found.at)
            latest = (*later, found)
            yield replace(found, later=later)

    def _chain(self, tip: str) -> list[RawCommit]:
        chain: list[RawCommit] = []
        here: str | None = tip
        while here is not None:
            try:
                commit = self._commits.commit(here)
            except OrgcodeError:
                self._tell(message("What it held before is lost ({object}).", object=here))
                break
            chain.append(commit)
            here = self._before(commit)
        return chain

    def _before(self, commit: RawCommit) -> str | None:
        """The entry before one. The first has what was received as its first parent, which may
        pretend to be an entry: it is none unless its own signature is there too.
        """
        first = next(iter(commit.parents), None)
        if first is None or not self._commits.has(first):
            if first is not None:
                self._tell(message("What it held before is lost ({object}).", object=first))
            return None
        other = self._commits.commit(first)
        found = _parsed(commit)
        is_received = found is not None and any(moved.new == first for moved in found.moved)
        is_entry = _looks_signed(other) if is_received else _is_entry(other)
        return first if is_entry else None

    def _tell(self, flaw: Message) -> None:
        self.flaws = (*self.flaws, flaw)


def witness_of(entry: Received, org: Org, verify: Verify) -> str | Message:
    """The name of the witness who signed an entry, else why it bears no witness. Witnesses are
    those of the organisation as it is before the change.
    """
    if any(isinstance(_signer_of(other, org, verify), str) for other in entry.later):
        return message("It is of an earlier moment than one before it.")
    return _signer_of(entry, org, verify)


def _signer_of(entry: Received, org: Org, verify: Verify) -> str | Message:
    if entry.signature is None:
        return message("It is not signed.")
    if org.organisation is None or entry.organisation != org.organisation.id:
        return message("It is of another organisation.")
    day = entry.at.date()
    names = {
        witness.key: witness.name
        for witness in org.organisation.witnesses
        if (witness.since is None or witness.since <= day)
        and (witness.until is None or day <= witness.until)
    }
    found = verify(entry.line, entry.signature, names)
    return found if isinstance(found, Message) else names[found]


def _parsed(commit: RawCommit) -> Received | None:
    lines = commit.text.split(b"\n")
    if not _is_entry(commit) or len(lines) < 3:
        return None
    signatures = [
        line.removeprefix(b"signature: ") for line in lines[3:] if line.startswith(b"signature: ")
    ]
    try:
        data = json.loads(lines[2])
        at = data["at"]
        if not _MOMENT.match(at):
            return None
        moment = datetime.fromisoformat(at)
        moved = tuple(_moved(data["refs"]))
        target, organisation = data["target"], data["organisation"]
        signature = signatures[0].decode("ascii") if len(signatures) == 1 else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not isinstance(organisation, str) or not isinstance(target, str):
        return None
    return Received(
        at=moment,
        organisation=organisation,
        moved=moved,
        target=target if _ID.match(target) else _ABSENT,
        line=lines[2],
        signature=signature,
    )


def _moved(rows: Iterable[tuple[str, str, str]]) -> Iterator[Moved]:
    for ref, old, new in rows:
        if not isinstance(ref, str) or not (_ID.match(old) and _ID.match(new)):
            raise ValueError(ref)
        yield Moved(ref, old, new)


def _is_entry(commit: RawCommit) -> bool:
    return commit.tree == EMPTY and commit.text.startswith(b"Received\n\n")


def _looks_signed(commit: RawCommit) -> bool:
    found = _parsed(commit)
    return found is not None and found.signature is not None
