"""What makes a change invalid whatever anybody says of it (rules 2, 3, 13 and 14 of the law)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orgcode.changes.change import Change
from orgcode.law.evidence import Evidence
from orgcode.model.effect import top
from orgcode.model.entities import Organisation
from orgcode.model.facts import identify, taken_for
from orgcode.model.finding import Finding
from orgcode.model.message import Message, message, messages, one
from orgcode.model.org import Org
from orgcode.model.snapshot import ORDINARY, Entry

_PROPOSALS = "proposals/"


def is_founding(before: Org) -> bool:
    """Whether the rules are not in force yet: there is no org.yaml, or it does not say since when
    they are. One that cannot be read says nothing, so that it is no founding.
    """
    if not before.is_there("org.yaml"):
        return True
    return is_readable(before) and _since(before.organisation) is None


def is_readable(org: Org) -> bool:
    """Whether all of org.yaml could be read."""
    facts = org.files.get("org.yaml")
    return facts is not None and facts.is_whole and org.organisation is not None


def faults(change: Change, evidence: Evidence, new_errors: Sequence[Finding]) -> Iterator[Message]:
    """Everything that makes a change invalid once the rules are in force."""
    yield from faults_of_content(change, evidence.conflicts, new_errors)
    yield from _faults_of_law(change)
    yield from faults_of_record(change, evidence.proposal)
    is_bare = all(top(effect.kind) == "proposal" for effect in change.effects)
    if is_bare and not evidence.conflicts:  # what it changes may be just what conflicts
        yield message("This {proposal} changes nothing.", proposal=one("proposal"))


def faults_of_content(
    change: Change, conflicts: Sequence[str], new_errors: Sequence[Finding]
) -> Iterator[Message]:
    """What is unsound in any change, also before the rules are in force."""
    if conflicts:
        yield message(
            "It no longer fits the present state, which has other content in {paths}: renew it.",
            paths=tuple(conflicts),
        )
    for path in _changed(change):
        entry = change.after.snapshot.entries.get(path)
        if entry is not None and entry.mode != ORDINARY and not _was(change.before, path, entry):
            yield message("{path} is no ordinary file.", path=path)
        if not _is_utf8(path):
            yield message("The name {path} cannot be read.", path=path)
        if entry is not None and (other := taken_for(path)) and not _is_in(change.before, path):
            yield message(
                "Many computers take {path} for {other}: choose another name.",
                path=path,
                other=other,
            )
    if new_errors:
        yield messages(
            "It would bring an error: {first}",
            "It would bring {count} errors, the first of them: {first}",
            len(new_errors),
            first=_said(new_errors[0]),
        )


def faults_of_record(change: Change, proposal: str) -> Iterator[Message]:
    """What is wrong with the record: exactly one new proposal, with its known files only."""
    folder = f"{_PROPOSALS}{proposal}/"
    own = {path for path in _changed(change) if path.startswith(_PROPOSALS)}
    if not proposal or f"{folder}proposal.yaml" not in own:
        yield message(
            "There is no record of a new {proposal}, and without one nothing changes.",
            proposal=one("proposal"),
        )
    for path in sorted(own):
        identity = identify(path)
        if not path.startswith(folder):
            yield message(
                "It alters {path}, which belongs to another {proposal}.",
                path=path,
                proposal=one("proposal"),
            )
        elif identity is None or identity.kind not in {"proposal", "response"}:
            yield message(
                "{path} does not belong in the record of a {proposal}.",
                path=path,
                proposal=one("proposal"),
            )
        elif path not in change.after.snapshot.entries:
            yield message("{path} belongs to a record, and stays.", path=path)
    if proposal in _recorded(change.before):
        yield message(
            "There has been a {proposal} called {id} before: choose another id.",
            proposal=one("proposal"),
            id=proposal,
        )


def _faults_of_law(change: Change) -> Iterator[Message]:
    before, after = change.before, change.after
    if not is_readable(before):
        yield message(
            "org.yaml cannot be read as it is now, so nobody can say by which rules to decide. "
            "Whoever looks after the repository has to put it right."
        )
        return
    if _since(after.organisation) is None:
        yield message("The rules of the organisation are in force, and stay in force.")
    if _id(before) != _id(after):
        yield message("The id of the organisation never changes.")


def _changed(change: Change) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path for effect in change.effects for path in effect.paths))


def _recorded(org: Org) -> frozenset[str]:
    """The ids of all proposals of which anything stands on record."""

    def ids() -> frozenset[str]:
        paths = (path for path in org.snapshot.entries if path.startswith(_PROPOSALS))
        return frozenset(path.split("/")[1] for path in paths)

    return org.kept("law.recorded", ids)


def _is_in(before: Org, path: str) -> bool:
    return path in before.snapshot.entries


def _was(before: Org, path: str, entry: Entry) -> bool:
    return entry.blob is not None and before.snapshot.entries.get(path) == entry


def _since(organisation: Organisation | None) -> object:
    return organisation.rules_in_force_since if organisation else None


def _id(org: Org) -> str | None:
    return org.organisation.id if org.organisation else None


def _is_utf8(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _said(finding: Finding) -> Message:
    return message("{path}: {cause}", path=finding.path, cause=finding.cause)
