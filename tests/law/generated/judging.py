"""What the judge of orgcode is given of a case, and what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache

from orgcode.changes.change import Change
from orgcode.checking.check import check
from orgcode.documents.facts import read_facts
from orgcode.documents.loading import load
from orgcode.law.evidence import Evidence, Heard
from orgcode.law.judge import judge
from orgcode.law.verdict import Verdict
from orgcode.model.entities import Response
from orgcode.model.finding import Finding
from orgcode.model.org import Org
from tests.changes.house import Marked, Program
from tests.law.generated.organisations import Data

_READ = lru_cache(2048)(read_facts)


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC) if text else None


def org_of(case: Data, state: str, now: datetime) -> Org:
    modes = case["modes"] if state == "after" else {}
    files = {
        path: Program(text.encode("utf-8", "surrogateescape"))
        if path in modes
        else text.encode("utf-8", "surrogateescape")
        for path, text in case[state].items()
    }
    return load(Marked(files), now.date(), _READ)


def new_errors(change: Change) -> list[Finding]:
    """The errors that the change brings, by the rules as they were before."""

    def errors(org: Org) -> list[Finding]:
        return [finding for finding in check(org) if finding.severity == "error"]

    def mark(finding: Finding) -> tuple[object, ...]:
        return (finding.rule, finding.path, str(finding.cause))

    afterwards = errors(change.after)
    there = Counter(map(mark, errors(change.before))) if afterwards else Counter()
    found = []
    for finding in afterwards:
        if there[mark(finding)]:
            there[mark(finding)] -= 1
        else:
            found.append(finding)
    return found


def change_of(case: Data) -> Change:
    now = moment(case["now"])
    assert now is not None
    return Change.between(org_of(case, "before", now), org_of(case, "after", now))


def verdict_of(case: Data, change: Change, errors: Sequence[Finding]) -> Verdict:
    """What the judge of orgcode says."""
    now = moment(case["now"])
    assert now is not None
    evidence = Evidence(
        proposal=case["proposal"],
        change=case["change"],
        opening=org_of(case, "opening", opening_day(case, change.before, now)),
        heard=tuple(heard(case, one) for one in case["heard"]),
        opened_at=moment(case["opened_at"]),
        change_seen_at=moment(case["change_seen_at"]),
        conflicts=tuple(case["conflicts"]),
    )
    return judge(change, evidence, errors, now)


def opening_day(case: Data, before: Org, now: datetime) -> datetime:
    witnessed = moment(case["opened_at"])
    if witnessed:
        return witnessed
    organisation = before.organisation
    is_believed = organisation is not None and organisation.assurance_time == "claimed"
    return moment(case["claimed_opening"] if is_believed else None) or now


def heard(case: Data, one: Data) -> Heard:
    entry = one["entry"]
    return Heard(
        response=Response(
            proposal=case["proposal"],
            person=one["person"],
            stance=entry["stance"],
            change=entry["change"],
            at=entry["at"],
            after=entry["after"],
            path=f"proposals/{case['proposal']}/responses/{one['person']}.yaml",
            pointer=(),
            reason=entry.get("reason"),
            recorded_by=entry.get("recorded_by"),
        ),
        digest=one["digest"],
        signed_by=one["signed_by"],
        is_attested=one["is_attested"],
        seen_at=moment(one["seen_at"]),
    )
