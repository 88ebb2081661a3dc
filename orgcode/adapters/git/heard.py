"""Everything that was said to a proposal, wherever it can be reached: in its head, in every commit
of its branch, in what a server has received. Nobody's objection disappears with a branch that was
rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from orgcode.adapters.git.commits import Commits
from orgcode.adapters.git.objects import Objects
from orgcode.documents.building import response
from orgcode.documents.entries import all_entries, whole_entries
from orgcode.law.evidence import Heard
from orgcode.model.digest import entry_digest, signed_text
from orgcode.model.entities import Response
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import identify
from orgcode.model.message import Message, message
from orgcode.model.snapshot import FOLDER, Entry, Unreadable

MAX_SAID = 16 * 1024 * 1024
"""So many bytes are read of what was said to a proposal."""

_NEXT = re.compile(rb"(?<=\n)(?=- )")
"""Where an entry begins that is not the first."""
_END_OF_TEXT = b"\n..."
"""After that nothing can be added to a text."""

Signer = Callable[[Response, bytes, datetime | None], tuple[str | None, Message | None]]
"""Tells from an entry, what its signature covers, and when a witness saw it, who signed it, or why
the signature proves nothing."""


class Said(NamedTuple):
    """One entry as it was found somewhere."""

    response: Response
    digest: str
    text: bytes
    """What a signature of it covers."""


class Version(NamedTuple):
    """What stands in a file in some commit."""

    path: str
    entry: Entry


class Responses:
    """The responses to one proposal. People add entries, and each commit has all before it once
    more: what a version of a file adds to another one that was read is all that is read of it.
    """

    def __init__(self, commits: Commits, organisation: str, proposal: str) -> None:
        self._commits = commits
        self._organisation = organisation
        self._proposal = proposal
        self._files: dict[Version, tuple[Said, ...]] = {}
        self._begun: dict[bytes, tuple[Said, ...]] = {}
        self._parsed = 0

    def at(self, commit: str) -> tuple[Said, ...]:
        """What stands in a commit."""
        return tuple(self._said(self._versions(commit)))

    def beyond(self, known: str, tips: Iterable[str]) -> Iterator[Said]:
        """What stands in any commit that led to a tip and not to a known commit. Raises
        `OrgcodeError` where that is more than anybody can read.
        """
        versions: set[Version] = set()
        for commit in self._commits.beyond(known, tips):
            versions |= self._versions(commit.id)
        return self._said(versions)

    def _versions(self, commit: str) -> set[Version]:
        """What stands in the files of responses in a commit."""
        folders = self._commits.folders
        path = f"proposals/{self._proposal}/responses"
        found = folders.at(self._commits.commit(commit).tree, path) if self._proposal else None
        if found is None or found.blob is None or found.mode != FOLDER:
            return set()
        return {
            Version(f"{path}/{name}", entry)
            for name, entry in folders.items(found.blob).items()
            if entry.mode != FOLDER and entry.blob is not None and identify(f"{path}/{name}")
        }

    def _said(self, versions: Iterable[Version]) -> Iterator[Said]:
        read = {each: self._content(each) for each in versions if each not in self._files}
        for version, content in sorted(read.items(), key=lambda it: (len(it[1]), it[1])):
            self._files[version] = self._entries(version.path, content)
        for version in versions:
            yield from self._files[version]

    def _content(self, version: Version) -> bytes:
        """The bytes of a file; none where it cannot be read."""
        path, entry = version
        content = Objects({path: entry}, self._commits.odb).read(path)
        return b"" if isinstance(content, Unreadable) else content

    def _entries(self, path: str, content: bytes) -> tuple[Said, ...]:
        """What stands in a file; of what was read before only what follows is read."""
        begun, more = self._longest(path, content)
        added = all_entries(self._counted(more))
        if added is None:  # something is wrong with it, which may be its beginning as well
            return tuple(self._each(path, whole_entries(self._counted(content))))
        said = (*begun, *self._each(path, enumerate(added, len(begun))))
        if _END_OF_TEXT not in content:
            self._begun[sha256(path.encode() + b"\0" + content).digest()] = said
        return said

    def _longest(self, path: str, content: bytes) -> tuple[tuple[Said, ...], bytes]:
        """The longest beginning of a file that was read before, and what follows."""
        found: tuple[tuple[Said, ...], bytes] = ((), content)
        digest, done = sha256(path.encode() + b"\0"), 0
        for match in _NEXT.finditer(content) if self._begun else ():
            place = match.start()
            digest.update(content[done:place])
            done = place
            said = self._begun.get(digest.digest())
            if said is not None:
                found = (said, content[place:])
        return found

    def _counted(self, content: bytes) -> bytes:
        self._parsed += len(content)
        if self._parsed > MAX_SAID:
            raise OrgcodeError(
                message(
                    "More was said to {proposal} than can be read ({limit} MiB, with all that was "
                    "altered since).",
                    proposal=self._proposal,
                    limit=MAX_SAID >> 20,
                ),
                message("Propose it anew under another id, and look who filled its branch."),
            )
        return content

    def _each(
        self, path: str, entries: Iterable[tuple[int, Mapping[str, object]]]
    ) -> Iterator[Said]:
        identity = identify(path)
        person = identity.id if identity else ""
        for place, data in entries:
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
