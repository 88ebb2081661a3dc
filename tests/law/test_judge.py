"""The judge, on the small house: each rule of the law by a case or two that one can follow."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from orgcode.changes.change import Change
from orgcode.i18n.translator import Translator
from orgcode.law.electorate import Electorate
from orgcode.law.evidence import Evidence
from orgcode.law.judge import is_withdrawn, judge
from orgcode.law.recording import judge_record
from orgcode.law.verdict import Verdict
from orgcode.model.finding import Finding
from orgcode.model.message import message
from tests.law.proposals import CHANGE, ID, IN_FORCE, NOW, OLD, SOUP, Case
from tests.law.small import KITCHEN_YAML, broken, organisation


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


def test_those_from_whom_something_may_still_come_are_told() -> None:
    def silent(case: Case, **more: Any) -> tuple[str, ...]:
        judgement = case.judge().judgements[-1]
        return replace(judgement, **more).silent

    assert silent(Case().consent("mia", "kim", "rob", "cas")) == ("rik",)
    assert silent(Case().consent("mia", "kim", "rob", "cas", "rik")) == ()
    objected = Case().consent("mia", "kim").say("rik", "objection")
    assert silent(objected) == ("cas", "rob")
    assert silent(objected, missing=("rob",)) == ("rob", "cas")
    assert silent(objected, electorate=None) == ()
    assert silent(objected, electorate=Electorate(people=("cas", "kim"))) == ("cas",)
    assert silent(objected, outcome="open") == ()
    assert silent(objected, outcome="adopted", missing=("rob",)) == ()


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
    assert [it.is_otherwise for it in verdict.judgements] == [False, True]
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
    recorded = judge_record(recording, ID, case.judge(), ())
    assert recorded.outcome == "adopted"
    assert said(recorded) == "The proposer withdrew it, and that is on record."
    open_still = Case().consent("mia")
    assert judge_record(recording, ID, open_still.judge(), ()).outcome == "invalid"
    changing = replace(case, record="outcome: withdrawn\n").change()
    assert judge_record(changing, ID, case.judge(), ()).outcome == "invalid"


def test_a_rejection_is_recorded_once_it_is_one() -> None:
    rule = "decision_rules:\n- {for: role, by: consent, of: members, open_for: 3 days}\n"
    case = Case(org=rule).consent("mia").say("rik", "objection")
    recording = replace(case, changes={}, record="outcome: rejected\n").change()
    assert judge_record(recording, ID, case.judge(), ()).outcome == "invalid"
    later = case.judge(NOW + timedelta(days=1))
    assert later.outcome == "rejected"
    recorded = judge_record(recording, ID, later, ())
    assert recorded.outcome == "adopted"
    assert said(recorded) == "It was rejected, and that is on record."
    withdrawn = replace(case, changes={}, record="outcome: withdrawn\n").change()
    assert judge_record(withdrawn, ID, later, ()).outcome == "invalid"
    silent = replace(case, changes={}).change()
    assert judge_record(silent, ID, later, ()).outcome == "invalid"


def test_nothing_is_recorded_under_rules_that_nobody_can_read() -> None:
    case = Case().consent("mia").say("mia", "withdraw")
    recording = replace(case, changes={}, record="outcome: withdrawn\n").change()
    unreadable = replace(recording, before=broken(recording.before, "org.yaml"))
    assert judge_record(unreadable, ID, case.judge(), ()).outcome == "invalid"


def test_what_is_going_to_be_rejected_is_adopted_from_no_moment_on() -> None:
    rule = "decision_rules:\n- {for: role, by: consent, of: members, open_for: 3 days}\n"
    verdict = Case(org=rule).consent("mia").say("rik", "objection").judge()
    assert (verdict.outcome, verdict.adoptable_from) == ("blocked", None)


def test_so_many_moments_are_looked_at_and_no_more() -> None:
    """A proposal that waits for forty others first: from when on is not worked out."""

    def adoptable_from(number: int) -> datetime | None:
        rules = "".join(
            f"- {{for: role, where: {{circle: c{day}}}, by: consent, of: all,"
            f" open_for: {day} days, silence: consents}}\n"
            for day in range(3, number + 3)
        )
        circles = {
            f"circles/c{day}.yaml": f"name: C{day}\nparent: house\nmembers: [mia]\n"
            for day in range(3, number + 3)
        }
        roles = {
            f"roles/r{day}.yaml": f"name: R\ncircle: c{day}\npurpose: Work.\n"
            for day in range(3, number + 3)
        }
        case = Case(changes=roles, before=circles, org=f"decision_rules:\n{rules}")
        return case.consent("mia").judge().adoptable_from

    assert adoptable_from(40) == NOW + timedelta(days=40)
    assert adoptable_from(41) is None


COOKS = {"roles/cook.yaml": "name: Cook\ncircle: kitchen\npurpose: Meals\nholders: [cas, out]"}


def test_whose_own_assent_is_missing_is_said_and_named() -> None:
    verdict = Case(changes=COOKS).consent("mia", "kim", "rob", "cas", "rik").judge()
    assert said(verdict) == "Still open: Out has to agree, and has not yet."
    [own] = [it for it in verdict.judgements if it.sort == "own"]
    assert (own.missing, own.unblock) == (("out",), ("out",))
    [proposer] = [it for it in verdict.judgements if it.sort == "proposer"]
    assert (proposer.missing, proposer.unblock) == ((), ())


def test_who_is_assigned_does_not_withdraw_it_for_its_proposer() -> None:
    case = Case(changes=COOKS).consent("mia", "kim", "rob", "cas", "rik").say("out", "withdraw")
    assert (case.judge().outcome, case.judge().unblock) == ("open", ("out",))


def test_nobody_brings_further_what_was_withdrawn() -> None:
    verdict = Case().consent("mia", "kim", "rob", "cas", "rik").say("mia", "withdraw").judge()
    [proposer] = [it for it in verdict.judgements if it.sort == "proposer"]
    assert (proposer.outcome, proposer.missing, proposer.unblock) == ("rejected", (), ())


def test_a_stale_assent_is_silence_and_may_be_taken_as_it() -> None:
    case = Case().consent("mia", "kim").say("rik", "consent", change=OLD)
    assert case.judge(NOW + timedelta(days=3)).outcome == "adopted"


def test_a_rule_says_whether_it_ends_when_all_have_responded() -> None:
    rule = "{for: KIND, by: consent, of: circle:kitchen, open_for: 5 days, early: E}"
    severity = {"org.yaml": "severities: {seat-open: notice}\n"}
    for kind, early, changes, outcome in (
        ("role", "false", SOUP, "open"),
        ("role", "true", SOUP, "adopted"),
        ("governance", "false", severity, "open"),
        ("governance", "true", severity, "adopted"),
    ):
        own = rule.replace("KIND", kind).replace("E}", early + "}")
        case = Case(changes=changes, org=f"decision_rules: [{own}]\n")
        case.consent("mia", "kim", "rob", "cas", "rik")
        assert case.judge().outcome == outcome, (kind, early)
        assert case.judge(NOW + timedelta(days=3)).outcome == "adopted"


def test_about_governance_it_does_not_end_early_nor_about_what_falls_to_it() -> None:
    for kind, changes, outcome in (
        ("role", SOUP, "adopted"),
        ("governance", SOUP, "open"),
        ("governance", {"org.yaml": "severities: {seat-open: notice}\n"}, "open"),
    ):
        own = f"{{for: {kind}, by: consent, of: circle:kitchen, open_for: 5 days}}"
        case = Case(changes=changes, org=f"decision_rules: [{own}]\n")
        change = case.consent("mia", "kim", "rob", "cas", "rik").change()
        alone = replace(change.before, ruleset=replace(change.before.ruleset, decision_rules=()))
        bare = replace(change, before=alone)
        assert judge(bare, case.evidence(change), (), NOW).outcome == outcome, kind
        later = NOW + timedelta(days=3)
        assert judge(bare, case.evidence(change), (), later).outcome == "adopted"


def test_no_claimed_clock_runs_before_the_proposer_has_spoken() -> None:
    rule = "decision_rules:\n- {for: role, by: consent, of: members, open_for: 3 days}\n"
    case = Case(org="assurance: {time: claimed}\n" + rule, opened=None)
    later = NOW + timedelta(days=30)
    assert case.say("rik", "objection").judge(later).outcome == "blocked"
    assert case.say("mia", "consent", change=OLD).judge(later).outcome == "blocked"
    assert case.consent("mia").judge(later).outcome == "rejected"


WITHOUT_TIME = "decision_rules:\n- {for: role, by: consent, of: members}\n"
WITH_TIME = WITHOUT_TIME.replace("}", ", open_for: 3 days}")


def reasons(verdict: Verdict) -> list[str]:
    return [Translator("en").say(reason) for reason in verdict.reasons]


def test_a_verdict_begins_with_what_it_is() -> None:
    everybody = ("mia", "kim", "rob", "cas", "rik")
    blocked = Case().consent(*everybody).say("rik", "objection").judge()
    assert said(blocked) == "Blocked: Rik has an objection that is still open."
    rejected = Case().consent("mia").say("mia", "withdraw").judge()
    assert said(rejected) == "Rejected: Mia has withdrawn it."
    cook = COOKS["roles/cook.yaml"].replace("out", "new")
    invalid = Case(changes={"people/new.yaml": "name: New\n", "roles/cook.yaml": cook})
    verdict = invalid.consent(*everybody, "new").judge()
    assert said(verdict).startswith("It cannot be adopted as it is: new is not one of the people")
    assert not verdict.is_founding
    faulty = Case(conflicts=("roles/soup.yaml",)).consent(*everybody).judge()
    assert (faulty.outcome, faulty.is_founding) == ("invalid", False)


def test_who_may_not_propose_is_told() -> None:
    stranger = Case(proposer="eve").consent("mia", "kim", "rob", "cas", "rik").judge()
    assert reasons(stranger)[0].startswith("eve is not one of the people of the organisation: ")
    left = {"people/out.yaml": "name: Out\nended: {on: 2027-01-01}\n"}
    gone = Case(proposer="out", before=left, changes={**SOUP, **left}).consent("out")
    assert reasons(gone.judge())[0] == (
        "Out is not one of the people of the organisation: somebody who is has to propose it."
    )


def test_what_is_known_of_the_times_is_said_where_it_matters() -> None:
    claimed = "Times count as people wrote them; no witness has seen this."
    unseen = "No witness has seen this, so that silence does not count."
    time = "assurance: {time: claimed}\n"
    for org, opened, expected in (
        (WITH_TIME, None, unseen),
        (WITHOUT_TIME, None, None),
        (WITH_TIME, NOW, None),
        (time + WITHOUT_TIME, None, claimed),
        (time + WITH_TIME, NOW, None),
    ):
        verdict = Case(org=org, opened=opened).consent("mia", "kim").judge()
        about_time = [why for why in reasons(verdict) if why in (claimed, unseen)]
        assert about_time == ([expected] if expected else []), org
    stuck = Case(org=WITH_TIME, opened=None).consent("mia", "kim", "rob", "cas")
    assert unseen not in reasons(stuck.say("rik", "objection").judge())
    owing = Case(changes=COOKS, org=WITH_TIME, opened=None).consent("mia", "kim")
    assert unseen in reasons(owing.judge())


def test_what_is_adopted_waits_for_no_moment() -> None:
    verdict = Case(org=WITH_TIME, opened=NOW).consent("mia", "kim", "rob", "cas", "rik").judge()
    assert (verdict.outcome, verdict.adoptable_from) == ("adopted", None)


def test_a_reason_is_given_once() -> None:
    more = {**SOUP, "policies/soup.yaml": "title: Soup\ncircle: kitchen\ntext: Daily.\n"}
    rules = WITHOUT_TIME + "- {for: policy, by: consent, of: members}\n"
    verdict = Case(changes=more, org=rules).consent("mia", "kim", "rob", "cas").judge()
    assert len([it for it in verdict.judgements if it.outcome == "open"]) == 2
    assert reasons(verdict) == ["Rik has not responded yet."]


def test_an_effect_that_needs_one_rule_twice_is_told_of_once() -> None:
    rule = "decision_rules:\n- {for: role, by: role, of: core:lead}\n"
    stove = "name: Stove\nkind: team\nparent: kitchen\ncore_roles: {representative: [rik]}\n"
    changes = {
        "circles/kitchen.yaml": KITCHEN_YAML + rule,
        "circles/stove.yaml": stove + rule,
    }
    verdict = Case(changes=changes).consent("mia").judge()
    [judged] = [it for it in verdict.judgements if it.circle == "house" and it.sort == "rule"]
    assert [effect.thing for effect in judged.effects] == ["circles/kitchen", "circles/stove"]


def test_advice_is_asked_of_those_whom_the_one_thing_concerns() -> None:
    rule = "decision_rules:\n- {for: role, by: advice, of: members, open_for: 9 days}\n"
    changes = {
        f"roles/{id}.yaml": f"name: {id}\ncircle: kitchen\npurpose: Food\nconsult: [{who}]\n"
        for id, who in (("bread", "sam"), ("soup", "fay"))
    }
    verdict = Case(changes=changes, org=rule).consent("mia", "kim", "rob", "cas", "rik").judge()
    judged = [it for it in verdict.judgements if it.sort == "rule"]
    assert [it.missing for it in judged] == [("sam",), ("fay",)]


def test_who_comes_back_by_the_change_itself_is_not_waited_for() -> None:
    rule = "decision_rules:\n- {for: role, by: advice, of: members, open_for: 9 days}\n"
    left = {"people/out.yaml": "name: Out\nended: {on: 2027-01-01}\n"}
    soup = SOUP["roles/soup.yaml"] + "consult: [out, fay]\n"
    changes = {"people/out.yaml": "name: Out\n", "roles/soup.yaml": soup}
    case = Case(changes=changes, before=left, org=rule)
    verdict = case.consent("mia", "kim", "rob", "cas", "rik").judge()
    [role] = [it for it in verdict.judgements if it.kind == "role.added" and it.sort == "rule"]
    assert role.missing == ("fay",)


def test_what_a_witness_saw_comes_before_what_is_claimed() -> None:
    """The record says that it was opened two days earlier than it was seen."""
    case = Case(org="assurance: {time: claimed}\n")
    case.consent("mia", "kim", "rob", "cas").say("rik", "objection")
    seen = NOW - timedelta(days=2)
    assert case.judge(seen + timedelta(days=13)).outcome == "blocked"
    assert case.judge(seen + timedelta(days=14)).outcome == "adopted"


def test_a_record_of_how_it_ended_is_sound_as_any_step_is() -> None:
    case = Case().consent("mia").say("mia", "withdraw")
    recording = replace(case, changes={}, record="outcome: withdrawn\n")
    verdict = case.judge()
    change = recording.change()
    found = Finding(
        rule="unknown-person",
        severity="error",
        path="roles/soup.yaml",
        line=1,
        column=1,
        cause=message("Nobody."),
        way_out=message("."),
    )
    assert judge_record(change, ID, verdict, [found]).outcome == "invalid"
    other = "proposals/2027-01-01-other/responses/kim.yaml"
    entry = f"- {{stance: no, change: {CHANGE}, at: 2027-01-01T00:00:00Z, after: null}}\n"
    altering = replace(recording, changes={other: entry}).change()
    assert judge_record(altering, ID, verdict, ()).outcome == "invalid"
    nothing = Change.between(change.before, change.before)
    assert judge_record(nothing, ID, verdict, ()).outcome == "invalid"


def test_what_its_proposer_withdrew_is_not_recorded_as_rejected() -> None:
    case = Case().consent("mia").say("mia", "withdraw")
    recording = replace(case, changes={}, record="outcome: rejected\n").change()
    assert judge_record(recording, ID, case.judge(), ()).outcome == "invalid"
