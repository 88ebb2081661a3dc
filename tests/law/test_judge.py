"""The judge, on the small house: each rule of the law by a case or two that one can follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from orgcode.changes.change import Change
from orgcode.i18n.translator import Translator
from orgcode.law.evidence import Evidence, Heard
from orgcode.law.judge import is_withdrawn, judge
from orgcode.law.recording import judge_record
from orgcode.law.verdict import Verdict
from orgcode.model.digest import entry_digest
from orgcode.model.entities import Response
from orgcode.model.org import Org
from tests.law.small import KITCHEN_YAML, organisation

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
ID = "2027-02-01-soup"
CHANGE = "a" * 64
OLD = "b" * 64
IN_FORCE = "rules_in_force_since: 2027-01-01\n"
BASE = "0" * 40
SOUP = {"roles/soup.yaml": "name: Soup\ncircle: kitchen\npurpose: Soup for all.\n"}
"""A role in the kitchen, whose members are kim (lead), rob, mia, cas and rik."""


@dataclass
class Case:
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

    def judge(self, now: datetime = NOW) -> Verdict:
        """What the judge says."""
        change = self.change()
        evidence = Evidence(
            proposal=ID,
            change=CHANGE,
            opening=self.opening or change.before,
            heard=tuple(self.said),
            opened_at=self.opened,
            change_seen_at=self.opened,
            conflicts=self.conflicts,
        )
        return judge(change, evidence, (), now)


def said(verdict: Verdict) -> str:
    return Translator("en").say(verdict.sentence)


def test_consent_of_all_is_adopted() -> None:
    verdict = Case().consent("mia", "kim", "rob", "cas", "rik").judge()
    assert (verdict.outcome, verdict.reasons) == ("adopted", ())
    assert said(verdict) == "Everything that this change needs is there."


def test_who_is_missing_is_named() -> None:
    verdict = Case().consent("mia", "kim", "rob", "cas").judge()
    assert (verdict.outcome, verdict.unblock) == ("open", ("rik",))
    assert said(verdict) == "Still open: Rik has not responded yet."


def test_silence_consents_after_the_time_set_and_not_before() -> None:
    case = Case().consent("mia", "kim")
    verdict = case.judge()
    assert verdict.outcome == "open"
    assert verdict.adoptable_from == NOW + timedelta(days=3)
    assert case.judge(NOW + timedelta(days=3)).outcome == "adopted"
    assert case.judge(NOW + timedelta(days=3, seconds=-1)).outcome == "open"


def test_silence_that_nobody_witnessed_is_nothing() -> None:
    case = replace(Case().consent("mia", "kim"), opened=None)
    verdict = case.judge(NOW + timedelta(days=300))
    assert (verdict.outcome, verdict.adoptable_from) == ("open", None)


def test_silence_is_believed_where_times_may_be_claimed() -> None:
    case = Case(org="assurance: {time: claimed}\n", opened=None).consent("mia", "kim")
    assert case.judge().outcome == "open"
    verdict = case.judge(NOW + timedelta(days=4))
    assert verdict.outcome == "adopted"
    assert case.judge(NOW + timedelta(days=3, hours=23, minutes=59)).outcome == "open"


def test_an_objection_blocks_until_its_author_lets_it_go() -> None:
    case = Case().consent("mia", "kim", "rob", "cas").say("rik", "objection")
    verdict = case.judge()
    assert (verdict.outcome, verdict.unblock) == ("blocked", ("mia", "rik"))
    assert case.consent("rik").judge().outcome == "adopted"


def test_a_stale_objection_stands_and_a_stale_consent_does_not() -> None:
    everybody = ("mia", "kim", "rob", "cas")
    objecting = Case().consent(*everybody).say("rik", "objection", change=OLD)
    assert objecting.judge().outcome == "blocked"
    assenting = Case().consent(*everybody).say("rik", "consent", change=OLD)
    assert assenting.judge().unblock == ("rik",)


def test_of_two_ends_of_a_chain_the_less_favourable_counts() -> None:
    case = Case().consent("mia", "kim", "rob", "cas", "rik")
    fork = case.said[-1].response
    case.say("rik", "objection")
    case.said[-1] = replace(
        case.said[-1], response=replace(case.said[-1].response, after=fork.after)
    )
    assert case.judge().outcome == "blocked"


def test_the_way_out_begins_when_it_is_stuck() -> None:
    case = Case().consent("mia", "kim", "rob", "cas").say("rik", "objection")
    opened = NOW - timedelta(days=2)
    assert case.judge(opened + timedelta(days=13)).outcome == "blocked"
    verdict = case.judge(opened + timedelta(days=14))
    assert verdict.outcome == "adopted"  # all have voted
    assert [it.is_otherwise for it in verdict.judgements if it.sort == "rule"] == [True]
    assert case.judge().adoptable_from == opened + timedelta(days=14)


def test_without_the_assent_of_its_proposer_nothing_is_adopted() -> None:
    verdict = Case().consent("kim", "rob", "cas", "rik").judge(NOW + timedelta(days=9))
    assert (verdict.outcome, verdict.unblock) == ("open", ("mia",))


def test_a_withdrawn_proposal_is_rejected_and_only_its_proposer_withdraws() -> None:
    case = Case().consent("mia", "kim", "rob", "cas", "rik")
    assert case.say("rik", "withdraw").judge().outcome == "open"
    case = Case().consent("mia").say("mia", "withdraw")
    verdict = case.judge()
    assert (verdict.outcome, is_withdrawn(verdict)) == ("rejected", True)


def test_a_stranger_proposes_nothing() -> None:
    verdict = Case(proposer="eve").consent("mia", "kim", "rob", "cas", "rik").judge()
    assert verdict.outcome == "invalid"


def test_who_is_assigned_agrees_themselves() -> None:
    changes = {
        "roles/cook.yaml": "name: Cook\ncircle: kitchen\npurpose: Meals\nholders: [cas, out]"
    }
    case = Case(changes=changes).consent("mia", "kim", "rob", "cas", "rik")
    assert case.judge().unblock == ("out",)
    assert case.consent("out").judge().outcome == "adopted"


def test_ending_ones_own_part_needs_nobody_else() -> None:
    changes = {"circles/kitchen.yaml": KITCHEN_YAML.replace("members: [mia]", "members: []")}
    assert Case(changes=changes).consent("mia").judge().outcome == "adopted"
    other = Case(changes=changes, proposer="kim").consent("kim")
    assert other.judge().outcome == "open"


def test_rules_are_changed_by_the_rule_for_rules_and_by_themselves() -> None:
    own = KITCHEN_YAML + "decision_rules:\n- {for: role, by: role, of: core:lead}\n"
    case = Case(changes={"circles/kitchen.yaml": own}).consent("mia", "fay", "sam", "kim", "rob")
    verdict = case.judge(NOW + timedelta(days=20))
    judged = {(it.kind, it.circle) for it in verdict.judgements if it.sort == "rule"}
    assert judged == {("governance.rules", "house"), ("role", "kitchen")}


def test_the_latch_stays_and_so_does_the_id() -> None:
    case = Case().consent("mia", "kim", "rob", "cas", "rik")
    change = case.change()
    organisation_after = change.after.organisation
    assert organisation_after is not None
    evidence = Evidence(proposal=ID, change=CHANGE, opening=change.before, heard=tuple(case.said))
    for altered in (
        replace(organisation_after, rules_in_force_since=None),
        replace(organisation_after, id="00000000-0000-4000-8000-000000000000"),
    ):
        spoilt = replace(change, after=replace(change.after, organisation=altered))
        assert judge(spoilt, evidence, (), NOW).outcome == "invalid"
    assert judge(change, evidence, (), NOW).outcome == "adopted"


def test_before_the_rules_are_in_force_what_is_sound_is_adopted() -> None:
    before = organisation()
    after = organisation(SOUP)
    change = Change.between(before, after)
    evidence = Evidence(proposal="", change=CHANGE, opening=before)
    verdict = judge(change, evidence, (), NOW)
    assert (verdict.outcome, verdict.is_founding) == ("adopted", True)


def test_a_conflict_asks_for_renewal() -> None:
    case = Case(conflicts=("roles/soup.yaml",)).consent("mia", "kim", "rob", "cas", "rik")
    verdict = case.judge()
    assert verdict.outcome == "invalid"
    assert "renew it" in said(verdict)


def test_a_change_without_a_record_is_invalid_once_the_rules_are_in_force() -> None:
    texts = {"org.yaml": IN_FORCE}
    change = Change.between(organisation(texts), organisation({**texts, **SOUP}))
    evidence = Evidence(proposal=ID, change=CHANGE, opening=change.before)
    assert judge(change, evidence, (), NOW).outcome == "invalid"


def test_a_withdrawal_is_recorded_by_its_proposer_alone() -> None:
    case = Case().consent("mia").say("mia", "withdraw")
    recording = replace(case, changes={}, record="outcome: withdrawn\n").change()
    assert judge_record(recording, ID, case.judge(), ()).outcome == "adopted"
    open_still = Case().consent("mia")
    assert judge_record(recording, ID, open_still.judge(), ()).outcome == "invalid"
    changing = replace(case, record="outcome: withdrawn\n").change()
    assert judge_record(changing, ID, case.judge(), ()).outcome == "invalid"
