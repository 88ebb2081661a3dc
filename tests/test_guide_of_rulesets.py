"""The guide to the rulesets tells of each, and its tables say what the rulesets do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest

from orgcode import resources
from orgcode.documents.rulesets import load_ruleset, ruleset_ids
from orgcode.model.effect import covers
from orgcode.model.entities import DecisionRule, Way
from orgcode.model.ruleset import Ruleset
from tests.law.houses import ANCHOR_KINDS

ORDER = ("teal@1", "holacracy@1", "sociocracy@1", "cooperative@1", "open-source@1")
LANGUAGES = ("en", "nl")
WORDS = ("circle", "anchor_circle", "holder", "policy", "tension", "consent")

MATTERS = {
    "rules": ("governance",),
    "roles and policies": ("role", "policy"),
    "circles": ("circle",),
    "holders": ("assignment",),
    "leads": ("assignment.core",),
    "people": ("person",),
}
"""The matters of the guide, each with a table, and the kinds of change that it is about."""

LEADS = {
    "teal@1": "lead",
    "holacracy@1": "circle-lead",
    "sociocracy@1": "leader",
    "cooperative@1": "board-member",
    "open-source@1": "lead",
}
"""The core role that leads, or that comes nearest to it."""

OF: Mapping[str, Mapping[tuple[str, ...], str]] = {
    "en": {
        ("members",): "the members",
        ("parent-members",): "the members one circle up",
        ("anchor-members",): "the members of the anchor circle",
        ("all",): "everyone",
        ("members", "affected"): "the members and those affected",
        ("core:circle-lead",): "the circle lead",
    },
    "nl": {
        ("members",): "de leden",
        ("parent-members",): "de leden een cirkel hoger",
        ("anchor-members",): "de leden van de topcirkel",
        ("all",): "iedereen",
        ("members", "affected"): "de leden en wie ermee te maken krijgt",
        ("core:circle-lead",): "de cirkelleider",
    },
}
SAYS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "consent": "consent of {of}",
        "vote": "vote of {of}, {threshold}",
        "days": "{days} days",
        "quorum": "at least {quorum} respond",
        ">": "more than",
        ">=": "at least",
        "none": "none",
        "self": "the circle itself",
        "parent": "the circle around it",
        "and": " · ",
    },
    "nl": {
        "consent": "instemming van {of}",
        "vote": "stemming door {of}, {threshold}",
        "days": "{days} dagen",
        "quorum": "minstens {quorum} reageert",
        ">": "meer dan",
        ">=": "minstens",
        "none": "geen",
        "self": "de cirkel zelf",
        "parent": "de cirkel eromheen",
        "and": " · ",
    },
}


def guide(language: str) -> str:
    return resources.read_template(f"guides/{language}/rulesets.md").decode()


def tables(language: str) -> list[list[list[str]]]:
    """The tables of the guide: rows of cells, without the row of dashes."""
    found = re.findall(r"(?:^\|.*\|\n)+", guide(language), re.M)
    return [
        [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()]
        for table in found
    ]


def rows(language: str, about: str) -> Iterator[list[str]]:
    """What the table about something has to say, one row for each ruleset."""
    for id in ORDER:
        ruleset = load_ruleset(id)
        name = f"`{id}`"
        if about == "words":
            terms = ruleset.vocabulary
            yield [name, *(terms[word].one[language] for word in WORDS)]
        elif about == "core roles":
            kinds = (ruleset.default_circle_kind, ANCHOR_KINDS[id])
            yield [name, *(core_roles(ruleset, kind, language) for kind in kinds)]
        elif about == "other kinds":
            for kind in ruleset.circle_kinds.values():
                if kind.id not in (ruleset.default_circle_kind, ANCHOR_KINDS[id]):
                    assert isinstance(kind.name, Mapping)
                    called = f"{kind.name[language]} (`{kind.id}`)"
                    yield [name, called, core_roles(ruleset, kind.id, language)]
        elif about == "leads":
            core = ruleset.core_roles[LEADS[id]]
            assert isinstance(core.name, Mapping)
            decided = decision(rule_of(ruleset, "assignment.core", LEADS[id]), language)
            yield [name, core.name[language], SAYS[language][core.stands_in], *decided]
        else:
            told = {
                tuple(decision(rule_of(ruleset, kind), language)): None for kind in MATTERS[about]
            }
            (one,) = told
            yield [name, *one]


def core_roles(ruleset: Ruleset, kind: str, language: str) -> str:
    """Of a kind of circle; an arrow: also a member one circle up."""
    named = []
    for id in ruleset.circle_kinds[kind].core_roles:
        core = ruleset.core_roles[id]
        assert isinstance(core.name, Mapping)
        name = core.name[language] + (" ↑" if core.in_parent else "")
        named.append(f"({name})" if core.optional else name)
    return ", ".join(named)


def rule_of(ruleset: Ruleset, kind: str, core_role: str | None = None) -> DecisionRule:
    """The first rule for things of that kind about which nothing else is known."""
    known = {"core_role": core_role}
    return next(
        rule
        for rule in ruleset.decision_rules
        if all(known.get(field) == value for field, value in rule.where.items())
        and any(covers(own, kind) for own in rule.kinds)
    )


def decision(rule: DecisionRule, language: str) -> Iterator[str]:
    yield way(rule.way, language)
    yield way(rule.otherwise.way, language) if rule.otherwise else SAYS[language]["none"]


def way(way: Way, language: str) -> str:
    says = SAYS[language]
    threshold = f"{says[way.threshold.split()[0]]} {way.threshold.split()[1]}"
    parts = [says[way.by].format(of=OF[language][way.of], threshold=threshold)]
    if way.open_for:
        parts.append(says["days"].format(days=way.open_for))
    if way.quorum:
        parts.append(says["quorum"].format(quorum=way.quorum))
    return says["and"].join(parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_tells_of_every_ruleset(language: str) -> None:
    assert set(ORDER) == set(ruleset_ids())
    headings = re.findall(r"^### `(.*)`", guide(language), re.M)
    assert headings == list(ORDER)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("place", "about"), [*enumerate(("words", "core roles", "other kinds", *MATTERS))]
)
def test_a_table_says_what_the_rulesets_do(language: str, place: int, about: str) -> None:
    head, dashes, *said = tables(language)[place]
    assert all(set(cell) == {"-"} for cell in dashes)
    assert said == list(rows(language, about))
    assert len(head) == len(said[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_tells_how_to_start_with_each(language: str) -> None:
    for id in ORDER:
        assert f"orgcode init --ruleset {id.partition('@')[0]}" in guide(language)


def test_under_each_ruleset_what_people_write_about_themselves_is_theirs() -> None:
    for id in ORDER:
        assert rule_of(load_ruleset(id), "person.amended").way.of == ("subject",)
