"""Everything that was said to a proposal, wherever it can be reached: in its head, in every commit
of its branch, in what a server has received. Nobody's objection disappears with a branch that was
rewritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from orgcode.adapters.git.commits import Commits
from orgcode.adapters.git.objects import Objects
from orgcode.documents.building import response
from orgcode.documents.entries import whole_entries
from orgcode.law.evidence import Heard
from orgcode.model.digest import entry_digest, signed_text
from orgcode.model.entities import Response
from orgcode.model.facts import identify
from orgcode.model.message import Message
from orgcode.model.snapshot import FOLDER, Entry, Unreadable

Signer = Callable[[Response, bytes, datetime | None], tuple[str | None, Message | None]]
"""Tells from an entry, what its signature covers, and when a witness saw it, who signed it, or why
the signature proves nothing."""


class Said(NamedTuple):
    """One entry as it was found somewhere."""

    response: Response
    digest: str
    text: bytes
    """What a signature of it covers."""


class Responses:
    """The responses to one proposal, each version of each file read once."""

    def __init__(self, commits: Commits, organisation: str, proposal: str) -> None:
        self._commits = commits
        self._organisation = organisation
        self._proposal = proposal
        self._folders: dict[str, tuple[Said, ...]] = {}
        self._files: dict[tuple[str, str], tuple[Said, ...]] = {}

    def at(self, commit: str) -> tuple[Said, ...]:
        """What stands in a commit."""
        folders = self._commits.folders
        path = f"proposals/{self._proposal}/responses"
        found = folders.at(self._commits.commit(commit).tree, path) if self._proposal else None
        if found is None or found.blob is None or found.mode != FOLDER:
            return ()
        if found.blob not in self._folders:
            items = folders.items(found.blob)
            self._folders[found.blob] = tuple(
                said
                for name, entry in sorted(items.items())
                if entry.mode != FOLDER
                for said in self._file(f"{path}/{name}", entry)
            )
        return self._folders[found.blob]

    def beyond(self, known: str, tips: Iterable[str]) -> Iterator[Said]:
        """What stands in any commit that led to a tip and not to a known commit."""
        for commit in self._commits.beyond(known, tips):
            yield from self.at(commit.id)

    def _file(self, path: str, entry: Entry) -> tuple[Said, ...]:
        identity = identify(path)
        if identity is None or identity.kind != "response" or entry.blob is None:
            return ()
        key = (path, entry.blob)
        if key not in self._files:
            content = Objects({path: entry}, self._commits.odb).read(path)
            is_there = not isinstance(content, Unreadable)
            self._files[key] = tuple(self._entries(path, identity.id, content) if is_there else ())
        return self._files[key]

    def _entries(self, path: str, person: str, content: bytes | Unreadable) -> Iterator[Said]:
        if isinstance(content, Unreadable):
            return
        for place, data in whole_entries(content):
            yield Said(
                response(data, self._proposal, person, path, place),
                entry_digest(self._organisation, self._proposal, person, data),
                signed_text(self._organisation, self._proposal, person, data),
            )


def heard(said: Iterable[Said], seen: Mapping[str, datetime], signer: Signer) -> tuple[Heard, ...]:
    """Each entry once, by its digest; of what differs only in its proofs, the one that proves most.
    `seen` is when a witness saw an entry first.
    """
    best: dict[str, Heard] = {}
    known: set[tuple[str, str | None, str]] = set()
    for each in said:
        proof = (each.digest, each.response.signature, repr(each.response.evidence))
        if proof in known:
            continue
        known.add(proof)
        seen_at = seen.get(each.digest)
        signed_by, flaw = signer(each.response, each.text, seen_at)
        found = Heard(
            response=each.response,
            digest=each.digest,
            signed_by=signed_by,
            flaw=flaw,
            seen_at=seen_at,
        )
        if each.digest not in best or _proof(found) > _proof(best[each.digest]):
            best[each.digest] = found
    return tuple(best[digest] for digest in sorted(best))


def _proof(heard: Heard) -> tuple[int, str, str]:
    """How much an entry proves; of what proves as much, always the same one."""
    response = heard.response
    strength = 0 if heard.signed_by is None else 1 + (heard.signed_by == response.person)
    return strength, response.signature or "", repr(response.evidence)
