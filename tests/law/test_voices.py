"""Who it is and how sure, which of their entries stands, and what time it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from orgcode.i18n.translator import Translator
from orgcode.law.assurance import needed_level
from orgcode.law.clock import Period, later, moment
from orgcode.law.verdict import Verdict
from orgcode.law.voices import Voices
from tests.law.proposals import CHANGE, IN_FORCE, NOW, OLD, SOUP, Case
from tests.law.small import KITCHEN_YAML, organisation

OTHERS = ("mia", "kim", "rob", "cas")
SIGNED = "assurance: {people: {role: signed}}\n"
MINUTED = "assurance: {people: {default: minuted}}\n"
HELD = KITCHEN_YAML.replace(
    "{lead: [kim], representative: [rob]}", "{lead: [kim], secretary: [rob]}"
)


def signed(case: Case, *people: str) -> Case:
    """Each of these people consents and signs."""
    for person in people:
        case.say(person, "consent", signed_by=person)
    return case


def why(verdict: Verdict, person: str) -> str:
    """How a person's words counted."""
    judgement = next(it for it in verdict.judgements if it.sort == "rule")
    voice = next(voice for voice in judgement.voices if voice.person == person)
    return Translator("en").say(voice.why)


def test_the_narrowest_setting_says_how_sure_it_must_be() -> None:
    setting = (
        "assurance: {people: {assignment: signed, assignment.core: attested, default: minuted}}"
    )
    org = organisation({"org.yaml": setting + "\n"})
    assert needed_level(org, "assignment.core.added") == "attested"
    assert needed_level(org, "assignment.added") == "signed"
    assert needed_level(org, "role.added") == "minuted"
    assert needed_level(organisation(), "role.added") == "claimed"


def test_a_level_that_is_none_asks_for_the_most() -> None:
    org = organisation()
    assert org.organisation is not None
    wrong = replace(org.organisation, assurance_people={"role": "sure"})
    assert needed_level(replace(org, organisation=wrong), "role.added") == "signed"
    assert needed_level(replace(org, organisation=None), "role.added") == "claimed"


def test_what_is_not_sure_enough_neither_assents_nor_blocks() -> None:
    """Response in another's name: unsigned where signatures are asked for."""
    case = signed(Case(org=SIGNED), *OTHERS).say("rik", "objection")
    verdict = case.judge()
    assert (verdict.outcome, verdict.unblock) == ("open", ("rik",))
    assert why(verdict, "rik") == "has responded, but it is not sure enough that it was them"
    assert signed(case, "rik").judge().outcome == "adopted"


def test_who_falls_short_is_not_taken_to_consent_by_silence() -> None:
    case = signed(Case(org=SIGNED), *OTHERS)
    after = NOW + timedelta(days=9)
    assert case.judge(after).outcome == "adopted"
    assert case.say("rik", "objection").judge(after).outcome == "open"


def test_a_forged_entry_ends_no_objection_that_is_signed() -> None:
    case = signed(Case(org=SIGNED), *OTHERS).say("rik", "objection", signed_by="rik")
    assert case.say("rik", "consent").judge().outcome == "blocked"


def test_a_signature_of_another_member_proves_nothing() -> None:
    case = signed(Case(org=SIGNED), *OTHERS).say("rik", "consent", signed_by="mia")
    assert case.judge().outcome == "open"


def test_a_forge_attests() -> None:
    case = Case(org="assurance: {people: {default: attested}}\n")
    for person in (*OTHERS, "rik"):
        case.say(person, "consent", is_attested=True)
    assert case.judge().outcome == "adopted"


@pytest.mark.parametrize(
    ("recorder", "signer", "outcome"),
    [
        ("rob", "rob", "adopted"),
        ("rob", None, "open"),
        ("rob", "cas", "open"),
        ("cas", "cas", "open"),
    ],
)
def test_minutes_are_kept_by_the_secretary_of_the_circle(
    recorder: str, signer: str | None, outcome: str
) -> None:
    case = Case(org=MINUTED, before={"circles/kitchen.yaml": HELD})
    case.changes = {**SOUP, "circles/kitchen.yaml": HELD}
    signed(case, *OTHERS)
    case.say("rik", "consent", recorded_by=recorder, signed_by=signer)
    assert case.judge().outcome == outcome


def test_one_of_several_who_may_take_the_minutes_is_enough() -> None:
    held = HELD.replace("secretary: [rob]", "secretary: [rob], facilitator: [kim]")
    for recorder in ("rob", "kim"):
        case = Case(org=MINUTED, before={"circles/kitchen.yaml": held})
        case.changes = {**SOUP, "circles/kitchen.yaml": held}
        signed(case, *OTHERS).say("rik", "consent", recorded_by=recorder, signed_by=recorder)
        assert case.judge().outcome == "adopted"


def test_the_proposer_keeps_no_minutes_of_their_own_proposal() -> None:
    case = Case(org=MINUTED, before={"circles/kitchen.yaml": HELD}, proposer="rob")
    case.changes = {**SOUP, "circles/kitchen.yaml": HELD}
    signed(case, *OTHERS)
    assert case.say("rik", "consent", recorded_by="rob", signed_by="rob").judge().outcome == "open"


def test_a_clock_ahead_makes_no_assent_and_still_an_objection() -> None:
    case = Case().consent(*OTHERS).say("rik", "consent", at="2027-03-01T12:00:01Z")
    assert case.judge().outcome == "open"
    assert case.judge(NOW + timedelta(seconds=1)).outcome == "adopted"
    case = Case().consent(*OTHERS).say("rik", "objection", at="2027-03-01T12:00:01Z")
    assert case.judge().outcome == "blocked"


def test_an_older_consent_that_is_restored_does_not_stand() -> None:
    case = Case().consent(*OTHERS, "rik")
    consent = case.said[-1]
    case.say("rik", "objection")
    assert case.judge().outcome == "blocked"
    case.said = [heard for heard in case.said if heard != consent] + [consent]
    assert case.judge().outcome == "blocked"


def test_how_each_counted_is_said() -> None:
    case = Case().consent("mia", "fay").say("kim", "abstain").say("rob", "concern")
    case.say("cas", "consent", change=OLD).say("rik", "objection", change=OLD)
    verdict = case.judge()
    assert why(verdict, "mia") == "consents"
    assert why(verdict, "kim") == "stands aside"
    assert why(verdict, "rob") == "has a concern"
    assert why(verdict, "cas").startswith("responded to another version")
    assert why(verdict, "rik").startswith("objected to an earlier version")
    assert why(verdict, "fay").startswith("does not decide about this")


def test_who_withdraws_what_is_not_theirs_has_not_responded() -> None:
    verdict = Case().consent(*OTHERS).say("rik", "withdraw").judge()
    assert why(verdict, "rik") == "withdraws it"
    assert verdict.unblock == ("rik",)


def test_who_decided_at_the_opening_only_may_object_and_not_assent() -> None:
    """Electorate packed first, or an objector removed in a chain of two."""
    opening = organisation(
        {"org.yaml": IN_FORCE, "circles/kitchen.yaml": KITCHEN_YAML.replace("[mia]", "[mia, out]")}
    )
    case = Case(opening=opening).consent(*OTHERS, "rik", "out")
    verdict = case.judge()
    assert verdict.outcome == "adopted"
    assert why(verdict, "out").startswith("decided at the opening or decides now")
    assert case.say("out", "objection").judge().outcome == "blocked"


def test_who_came_after_the_opening_is_not_counted() -> None:
    opening = organisation(
        {"org.yaml": IN_FORCE, "circles/kitchen.yaml": KITCHEN_YAML.replace("[mia]", "[]")}
    )
    case = Case(opening=opening, proposer="kim").consent("kim", "rob", "cas", "rik")
    assert case.judge().outcome == "adopted"
    assert case.say("mia", "objection").judge().outcome == "blocked"


def test_when_nobody_of_the_opening_is_left_it_is_opened_anew() -> None:
    empty = {
        "org.yaml": IN_FORCE,
        "circles/kitchen.yaml": "name: Kitchen\nparent: house\nmembers: [out]\n",
        "roles/cook.yaml": "name: Cook\ncircle: stove\npurpose: Meals\nholders: [cas]\n",
        "circles/stove.yaml": "name: Stove\nkind: team\nparent: house\n",
    }
    case = Case(opening=organisation(empty)).consent(*OTHERS, "rik", "out")
    verdict = case.judge()
    assert (verdict.outcome, verdict.unblock) == ("blocked", ("mia",))


def test_who_is_away_is_counted_only_with_a_response() -> None:
    away = {"people/rik.yaml": "name: Rik\naway: [{from: 2027-03-01}]\n"}
    case = Case(before=away, changes={**SOUP, **away}).consent(*OTHERS)
    verdict = case.judge()
    assert verdict.outcome == "adopted"
    assert why(verdict, "rik") == "is away, and is counted only with a response"
    assert case.say("rik", "objection").judge().outcome == "blocked"


def test_who_is_recused_is_heard_and_not_counted() -> None:
    rule = "decision_rules:\n- {for: role, by: consent, of: members, recuse: [proposer]}\n"
    case = Case(org=rule).consent(*OTHERS, "rik")
    verdict = case.judge()
    assert verdict.outcome == "adopted"
    assert why(verdict, "mia").startswith("stands aside in this")


def test_times_count_as_written_only_where_that_is_agreed() -> None:
    claimed = Case(org="assurance: {time: claimed}\n", opened=None).consent("mia", "kim")
    verdict = claimed.judge()
    said = [Translator("en").say(reason) for reason in verdict.reasons]
    assert "Times count as people wrote them; no witness has seen this." in said
    witnessed = replace(claimed, org="")
    said = [Translator("en").say(reason) for reason in witnessed.judge().reasons]
    assert "No witness has seen this, so that silence does not count." in said


def test_an_opening_written_later_than_the_first_word_holds() -> None:
    case = Case(org="assurance: {time: claimed}\n", opened=None)
    case.say("mia", "consent", at="2027-02-20T00:00:00Z").consent("kim")
    assert case.judge(datetime(2027, 3, 2, 11, tzinfo=UTC)).outcome == "open"
    assert case.judge(datetime(2027, 3, 2, 12, tzinfo=UTC)).outcome == "adopted"


def test_moments() -> None:
    assert moment("2027-03-01T12:00:00Z") == NOW
    assert moment("2027-02-30T12:00:00Z") is None
    assert moment("2027-03-01T12:00:00") is None
    assert later(NOW, 10**7) == datetime.max.replace(tzinfo=UTC)


def test_a_period() -> None:
    period = Period(begins_at=NOW, days=2)
    assert not period.is_over(NOW + timedelta(days=2, seconds=-1))
    assert period.is_over(NOW + timedelta(days=2))
    assert not Period(begins_at=None, days=2).is_over(NOW)
    assert not Period(begins_at=NOW, days=0).is_over(NOW)
    assert Period(begins_at=None, days=0).was_had(NOW)
    assert not Period(begins_at=NOW, days=0).is_silence(NOW - timedelta(seconds=1))


def test_who_is_affected_decides_nothing_but_where_advice_is_asked() -> None:
    soup = {"roles/soup.yaml": SOUP["roles/soup.yaml"] + "consult: [fay]\n"}
    assert why(Case(changes=soup).consent("mia", "fay").judge(), "fay").startswith("does not dec")
    rule = "decision_rules:\n- {for: role, by: advice, of: members}\n"
    assert why(Case(changes=soup, org=rule).consent("mia", "fay").judge(), "fay") == "consents"


def test_who_is_away_and_spoke_of_an_earlier_version_is_not_waited_for() -> None:
    away = {"people/rik.yaml": "name: Rik\naway: [{from: 2027-03-01}]\n"}
    case = Case(before=away, changes={**SOUP, **away}).consent(*OTHERS)
    assert case.say("rik", "consent", change=OLD).judge().outcome == "adopted"
    assert case.say("rik", "concern").judge().outcome == "adopted"


UNFAVOURABLE_FIRST = (
    ("objection", CHANGE),
    ("no", CHANGE),
    ("withdraw", CHANGE),
    ("consent", OLD),
    ("concern", CHANGE),
    ("advice", CHANGE),
    ("abstain", CHANGE),
    ("yes", CHANGE),
)


def test_of_two_ends_the_least_favourable_stands_whatever_they_are_called() -> None:
    pairs = [*pairwise(UNFAVOURABLE_FIRST), (("no", OLD), ("withdraw", OLD))]
    pairs += [(("objection", OLD), ("no", CHANGE)), (("concern", CHANGE), ("consent", CHANGE))]
    for worse, better in pairs:
        case = Case()
        for stance, version in (worse, better):
            case.say("rik", stance, change=version, after=None)
        change = case.change()
        for digests in (("a", "b"), ("b", "a")):
            heard = tuple(
                replace(one, digest=digest) for one, digest in zip(case.said, digests, strict=True)
            )
            evidence = replace(case.evidence(change), heard=heard)
            voices = Voices(change.before, evidence, "mia", NOW)
            standing = voices.standing("rik", "claimed", "kitchen", ())
            assert standing is not None
            assert standing.heard == heard[0], (worse, better, digests)


def test_a_moment_that_no_calendar_has_is_none() -> None:
    nowhen = "2027-02-30T12:00:00Z"
    case = Case().consent(*OTHERS)
    assert case.say("rik", "consent", at=nowhen).judge().unblock == ("rik",)
    assert case.say("rik", "objection", at=nowhen).judge().outcome == "blocked"
    claimed = Case(org="assurance: {time: claimed}\n", opened=None).say("mia", "consent", at=nowhen)
    assert claimed.consent("mia", "kim").judge().outcome == "open"
    assert claimed.judge(NOW + timedelta(days=4)).outcome == "adopted"
