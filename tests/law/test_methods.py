"""Each method of deciding, by what people say and what time it is."""

from __future__ import annotations

from typing import Any

import pytest

from orgcode.i18n.translator import Translator
from orgcode.law.methods import METHODS
from tests.law.ballots import ballot

ALL = {"cas": "consent", "kim": "yes", "mia": "consent"}
TWO = {"kim": "consent", "mia": "consent"}
ONE = {"mia": "consent"}
NOBODY_FOR_IT = {"cas": "abstain", "kim": "abstain", "mia": "abstain"}


def outcome(by: str, said: dict[str, str], **more: Any) -> str:
    return METHODS[by](ballot(by, said, **more)).outcome


CONSENT: list[tuple[dict[str, str], dict[str, Any], str]] = [
    (ALL, {}, "adopted"),
    (TWO, {}, "open"),
    (TWO, {"silence": "consents"}, "open"),
    (TWO, {"silence": "consents", "seen": 5}, "adopted"),
    (TWO, {"silence": "consents", "seen": 4.9}, "open"),
    (TWO, {"silence": "consents", "seen": None}, "open"),
    (TWO, {"silence": "consents", "seen": 0, "open_for": 0}, "adopted"),
    (TWO, {"silence": "consents", "seen": None, "open_for": 0}, "open"),
    (TWO, {"silence": "blocks", "seen": 50}, "open"),
    (TWO, {"silence": "consents", "seen": 5, "short": frozenset({"cas"})}, "open"),
    (TWO, {"silence": "consents", "seen": 5, "short": frozenset({"kim"})}, "adopted"),
    (ONE, {"silence": "consents", "seen": 5, "quorum": "1/2"}, "open"),
    (TWO, {"silence": "consents", "seen": 5, "quorum": "2/3"}, "adopted"),
    (ALL, {"quorum": "4"}, "open"),
    (ALL, {"early": False}, "open"),
    (ALL, {"early": False, "seen": 5}, "adopted"),
    (ALL, {"early": False, "seen": None}, "adopted"),
    ({**ALL, "cas": "abstain"}, {}, "adopted"),
    ({**ALL, "cas": "concern"}, {}, "adopted"),
    ({**ALL, "cas": "advice"}, {}, "adopted"),
    ({**ALL, "cas": "no"}, {}, "adopted"),
    ({**ALL, "cas": "no!"}, {}, "blocked"),
    ({**ALL, "cas": "objection"}, {}, "blocked"),
    ({**ALL, "cas": "objection"}, {"seen": 5}, "rejected"),
    ({**ALL, "cas": "objection"}, {"seen": 5, "has_way_out": True}, "blocked"),
    ({**ALL, "cas": "objection"}, {"seen": 50, "open_for": 0}, "blocked"),
    ({**ALL, "cas": "old objection"}, {}, "blocked"),
    ({**ALL, "cas": "old no!"}, {}, "blocked"),
    ({**ALL, "cas": "old consent"}, {}, "open"),
    ({**ALL, "cas": "withdraw"}, {}, "open"),
    ({"cas": "abstain", "kim": "abstain", "mia": "abstain"}, {}, "open"),
    ({**ALL, "rik": "objection"}, {}, "adopted"),
    ({**ALL, "rik": "objection"}, {"objectors": ("rik",)}, "blocked"),
]

CONSENSUS: list[tuple[dict[str, str], dict[str, Any], str]] = [
    (ALL, {}, "adopted"),
    (TWO, {"seen": 50, "silence": "consents"}, "open"),
    ({**ALL, "cas": "abstain"}, {}, "blocked"),
    ({**ALL, "cas": "concern"}, {}, "blocked"),
    ({**ALL, "cas": "no"}, {}, "blocked"),
    ({**ALL, "cas": "no"}, {"seen": 5}, "rejected"),
    ({**ALL, "cas": "objection"}, {}, "blocked"),
    ({**ALL, "cas": "old objection"}, {}, "blocked"),
    ({**ALL, "cas": "old no"}, {}, "open"),
    (ALL, {"early": False}, "open"),
    (ALL, {"early": False, "seen": 5}, "adopted"),
    (ALL, {"quorum": "4"}, "open"),
]

VOTE: list[tuple[dict[str, str], dict[str, Any], str]] = [
    (ALL, {}, "adopted"),
    (TWO, {}, "open"),
    (TWO, {"seen": 5}, "adopted"),
    (TWO, {"seen": None}, "open"),
    (ONE, {"seen": 5, "quorum": "1/2"}, "rejected"),
    (TWO, {"seen": 5, "quorum": "1/2"}, "adopted"),
    ({}, {"seen": 5}, "rejected"),
    ({"cas": "abstain"}, {"seen": 5}, "rejected"),
    ({"cas": "concern", "kim": "advice"}, {"seen": 5, "quorum": "2"}, "rejected"),
    ({**ALL, "cas": "no"}, {}, "adopted"),
    ({**ALL, "cas": "no", "kim": "objection"}, {}, "rejected"),
    ({"kim": "yes", "cas": "no"}, {"seen": 5}, "rejected"),
    ({"kim": "yes", "cas": "no"}, {"seen": 5, "threshold": ">= 1/2"}, "adopted"),
    ({**ALL, "cas": "no"}, {"threshold": "> 2/3"}, "rejected"),
    ({**ALL, "cas": "no"}, {"threshold": ">= 2/3"}, "adopted"),
    ({**ALL, "cas": "old no"}, {}, "open"),
    ({"mia": "yes", "cas": "old no"}, {"seen": 5}, "rejected"),
    ({"mia": "yes", "cas": "old no"}, {"seen": 5, "threshold": ">= 1/2"}, "adopted"),
    (
        {"mia": "yes", "cas": "old no"},
        {"seen": 5, "threshold": ">= 1/2", "quorum": "2"},
        "rejected",
    ),
    ({"mia": "yes", "cas": "old yes"}, {"seen": 5, "quorum": "2"}, "rejected"),
    (ALL, {"early": False}, "open"),
    (ALL, {"early": False, "seen": None}, "adopted"),
    (ALL, {"seen": 50, "open_for": 0}, "adopted"),
    (TWO, {"seen": 50, "open_for": 0}, "open"),
]

ROLE: list[tuple[dict[str, str], dict[str, Any], str]] = [
    (ONE, {}, "adopted"),
    ({}, {}, "open"),
    ({}, {"body": ("kim",)}, "open"),
    ({"kim": "concern"}, {}, "open"),
    ({**ONE, "kim": "objection"}, {}, "blocked"),
    ({**ONE, "kim": "objection"}, {"seen": 5}, "rejected"),
    ({"mia": "old consent"}, {}, "open"),
    ({"rik": "consent"}, {}, "open"),
]

ADVICE: list[tuple[dict[str, str], dict[str, Any], str]] = [
    (ONE, {}, "adopted"),
    (ONE, {"body": ("cas", "kim")}, "blocked"),
    (ONE, {"body": ("cas", "kim"), "seen": 5}, "rejected"),
    (ONE, {"body": ()}, "blocked"),
    ({}, {}, "open"),
    (ONE, {"affected": ("rik",)}, "open"),
    (ONE, {"affected": ("rik", "mia"), "seen": 5}, "adopted"),
    (ONE, {"affected": ("rik",), "seen": None, "open_for": 0}, "adopted"),
    (ONE, {"affected": ("rik",), "seen": None}, "open"),
    ({**ONE, "rik": "consent"}, {"affected": ("rik",)}, "adopted"),
    ({**ONE, "rik": "old consent"}, {"affected": ("rik",)}, "open"),
    ({**ONE, "rik": "advice"}, {"affected": ("rik",)}, "open"),
    ({**ONE, "rik": "advice"}, {"affected": ("rik",), "answered": {"rik advice"}}, "adopted"),
    ({**ONE, "rik": "objection"}, {"affected": ("rik",)}, "open"),
    (
        {**ONE, "rik": "old objection"},
        {"affected": ("rik",), "answered": {"rik old objection"}},
        "adopted",
    ),
    ({**ONE, "rik": "objection"}, {"affected": ("rik",), "answered": {"rik objection"}}, "adopted"),
    ({**ONE, "rik": "old objection"}, {"affected": ("rik",)}, "open"),
    ({**ONE, "cas": "concern"}, {}, "open"),
    ({**ONE, "rik": "concern"}, {}, "adopted"),
]

TABLE = [
    (by, *row)
    for by, rows in {
        "advice": ADVICE,
        "consensus": CONSENSUS,
        "consent": CONSENT,
        "role": ROLE,
        "vote": VOTE,
    }.items()
    for row in rows
]


@pytest.mark.parametrize(("by", "said", "more", "expected"), TABLE)
def test_a_ballot_comes_to(
    by: str, said: dict[str, str], more: dict[str, Any], expected: str
) -> None:
    assert outcome(by, said, **more) == expected


@pytest.mark.parametrize(("by", "said", "more", "expected"), TABLE)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_it_says_why_in_a_sentence(
    language: str, by: str, said: dict[str, str], more: dict[str, Any], expected: str
) -> None:
    tally = METHODS[by](ballot(by, said, **more))
    sentence = Translator(language).say(tally.sentence)
    assert sentence[0].isupper() or sentence[0].isdigit()
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_who_can_help_is_named() -> None:
    def helped(by: str, said: dict[str, str], **more: Any) -> tuple[str, ...]:
        return METHODS[by](ballot(by, said, **more)).unblock

    assert helped("consent", TWO) == ("cas",)
    assert helped("consent", {**ALL, "cas": "objection"}) == ("cas", "mia")
    assert helped("consent", {**ALL, "cas": "objection"}, seen=5) == ()
    assert helped("advice", {**ONE, "rik": "advice"}, affected=("rik",)) == ("mia",)
    assert helped("advice", ONE, affected=("rik",)) == ("rik",)
    assert helped("role", {}, body=("kim",)) == ("kim",)
    assert helped("vote", ONE) == ("cas", "kim")
    assert helped("consent", NOBODY_FOR_IT) == ("cas", "kim", "mia")
    assert helped("consent", {"kim": "abstain"}) == ("cas", "mia")
    assert helped("consent", ALL, early=False) == ()


@pytest.mark.parametrize(
    ("by", "said", "more", "expected"),
    [
        ("consent", TWO, {}, "Cas has not responded yet."),
        (
            "consent",
            ALL,
            {"quorum": "4"},
            "At least 4 people have to respond, and there are not so many who decide.",
        ),
        ("consent", NOBODY_FOR_IT, {}, "Nobody who decides has said yes yet."),
        (
            "consent",
            ALL,
            {"early": False},
            "All have responded; it stays open until the time set for it is over.",
        ),
        (
            "vote",
            ALL,
            {"early": False},
            "All have responded; it stays open until the time set for it is over.",
        ),
        ("vote", ONE, {}, "cas and kim have not voted yet."),
        ("vote", ONE, {"seen": 5, "quorum": "2"}, "Only 1 has voted, and 2 had to."),
        (
            "vote",
            {**ALL, "cas": "no"},
            {"threshold": "> 2/3"},
            "2 voted yes and 1 voted no, which is not enough.",
        ),
        ("role", {}, {"body": ("kim",)}, "It is up to kim, who has not said yes yet."),
        ("role", {}, {"body": ("cas", "kim")}, "One of cas and kim has to say yes."),
        ("advice", ONE, {"body": ()}, "Nobody may decide this after taking advice at present."),
        (
            "advice",
            ONE,
            {"body": ("cas",)},
            "Only cas may propose this, and decide it after taking advice.",
        ),
        ("advice", ONE, {"affected": ("rik",)}, "rik has not given advice yet."),
        ("advice", {}, {"affected": ("mia",)}, "The proposer has not said yes yet."),
        ("advice", {"mia": "concern"}, {}, "The proposer has not said yes yet."),
    ],
)
def test_what_it_waits_for_is_said(
    by: str, said: dict[str, str], more: dict[str, Any], expected: str
) -> None:
    tally = METHODS[by](ballot(by, said, **more))
    assert Translator("en").say(tally.sentence).lower() == expected.lower()


def test_whom_it_waits_for_is_named() -> None:
    def missing(by: str, said: dict[str, str], **more: Any) -> tuple[str, ...]:
        return METHODS[by](ballot(by, said, **more)).missing

    assert missing("consent", TWO) == ("cas",)
    assert missing("consent", NOBODY_FOR_IT) == ()
    assert missing("consent", {**ALL, "cas": "objection"}) == ()
    assert missing("consensus", ONE) == ("cas", "kim")
    assert missing("vote", {**ONE, "kim": "concern"}) == ("cas", "kim")
    assert missing("role", {"kim": "concern"}, body=("cas", "kim")) == ("cas",)
    assert missing("advice", ONE, affected=("rik", "mia")) == ("rik",)
