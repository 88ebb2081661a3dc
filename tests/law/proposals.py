"""A proposal in the small house, for the tests of the judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from msgspec import Struct, field

from orgcode.changes.change import Change
from orgcode.law.evidence import Evidence, Heard
from orgcode.law.judge import judge
from orgcode.law.verdict import Verdict
from orgcode.model.digest import entry_digest
from orgcode.model.entities import Response
from orgcode.model.finding import Finding
from orgcode.model.org import Org
from tests.law.small import organisation

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
ID = "2027-02-01-soup"
CHANGE = "a" * 64
OLD = "b" * 64
IN_FORCE = "rules_in_force_since: 2027-01-01\n"
BASE = "0" * 40
SOUP = {"roles/soup.yaml": "name: Soup\ncircle: kitchen\npurpose: Soup for all.\n"}
"""A role in the kitchen, whose members are kim (lead), rob, mia, cas and rik."""


class Case(Struct):
    """A proposal by mia, and what was said to it."""

    changes: Mapping[str, str] = field(default_factory=lambda: dict(SOUP))
    before: Mapping[str, str] = field(default_factory=dict)
    org: str = ""
    record: str = ""
    said: list[Heard] = field(default_factory=list)
    opened: datetime | None = NOW - timedelta(days=2)
    opening: Org | None = None
    proposer: str = "mia"
    conflicts: tuple[str, ...] = ()

    def say(self, person: str, stance: str, **more: object) -> Case:
        """Somebody says something, after what they said before."""
        mine = [heard for heard in self.said if heard.response.person == person]
        entry: dict[str, object] = {
            "stance": stance,
            "change": CHANGE,
            "at": "2027-02-28T12:00:00Z",
            "after": mine[-1].digest if mine else None,
        }
        if stance in {"objection", "concern", "advice"}:
            entry["reason"] = "Because."
        seen = {key: more.pop(key) for key in ("signed_by", "is_attested") if key in more}
        entry.update(more)
        path = f"proposals/{ID}/responses/{person}.yaml"
        response = Response(
            proposal=ID,
            person=person,
            path=path,
            pointer=(len(mine),),
            **entry,  # type: ignore[arg-type]
        )
        digest = entry_digest("org", ID, person, entry)
        self.said.append(Heard(response=response, digest=digest, **seen))  # type: ignore[arg-type]
        return self

    def consent(self, *people: str) -> Case:
        """Several people consent."""
        for person in people:
            self.say(person, "consent")
        return self

    def change(self) -> Change:
        """The change itself, its record included."""
        texts = {**self.before, "org.yaml": IN_FORCE + self.org}
        record = (
            f"title: Soup\nproposer: {self.proposer}\n"
            f"opened: {{at: 2027-02-25T12:00:00Z, base: '{BASE}'}}\n"
            f"tension: {{text: We are hungry.}}\n{self.record}"
        )
        after = {**texts, **self.changes, f"proposals/{ID}/proposal.yaml": record}
        after["org.yaml"] = texts["org.yaml"] + self.changes.get("org.yaml", "")
        return Change.between(organisation(texts), organisation(after))

    def evidence(self, change: Change) -> Evidence:
        """What is known of it."""
        return Evidence(
            proposal=ID,
            change=CHANGE,
            opening=self.opening or change.before,
            heard=tuple(self.said),
            opened_at=self.opened,
            change_seen_at=self.opened,
            conflicts=self.conflicts,
        )

    def judge(self, now: datetime = NOW, errors: Sequence[Finding] = ()) -> Verdict:
        """What the judge says."""
        change = self.change()
        return judge(change, self.evidence(change), errors, now)
