"""Who is in an electorate: every value of `of`, who counts, and to whom it passes."""

from __future__ import annotations

import pytest

from orgcode.law.affected import affected
from orgcode.law.electorate import Electorates, electorate
from orgcode.model.entities import Way
from orgcode.model.message import message, one
from orgcode.model.org import Org
from tests.law.small import KITCHEN_YAML, PEOPLE, organisation

MORE = {
    "roles/gone.yaml": """\
        name: Gone
        circle: kitchen
        purpose: Was
        holders: [mia]
        ended: {on: 2027-03-01}
        """,
    "roles/empty.yaml": "{name: Empty, circle: stove, purpose: Nobody}\n",
    "circles/bare.yaml": "{name: Bare, parent: stove}\n",
    "circles/barer.yaml": "{name: Barer, parent: bare}\n",
    "circles/loose.yaml": "{name: Loose}\n",
}


@pytest.fixture(scope="module")
def org() -> Org:
    return organisation(MORE)


def way(*of: str, recuse: tuple[str, ...] = ()) -> Way:
    return Way(by="consent", of=of, recuse=recuse)  # type: ignore[arg-type]


KITCHEN = ("cas", "kim", "mia", "rik", "rob")
HOUSE = ("fay", "kim", "rob", "sam")


@pytest.mark.parametrize(
    ("of", "circle", "people"),
    [
        # members: holders, those named, and those whom sub-circles send
        (["members"], "kitchen", KITCHEN),
        (["members"], "stove", ("ida", "rik")),
        (["members"], "house", HOUSE),
        (["parent-members"], "stove", KITCHEN),
        (["parent-members"], "kitchen", HOUSE),
        (["anchor-members"], "stove", HOUSE),
        (["all"], "stove", PEOPLE),
        (["affected"], "stove", ("ida", "out")),
        (["subject"], "stove", ("mia",)),
        (["circle:kitchen"], "stove", KITCHEN),
        (["role:cook"], "stove", ("cas",)),
        (["role:kitchen/lead"], "stove", ("kim",)),
        (["core:representative"], "stove", ("rik",)),
        (["core:representative"], "kitchen", ("rob",)),
        # a list takes them together, each once
        (["members", "subject", "role:fire"], "stove", ("ida", "mia", "rik")),
        (["role:gone", "role:cook"], "stove", ("cas",)),
    ],
)
def test_each_word_of_of_names_its_people(
    org: Org, of: list[str], circle: str, people: tuple[str, ...]
) -> None:
    found = electorate(org, way(*of), circle, subjects=["mia"], affected=["out", "ida"])
    assert found.people == people
    assert tuple(found.reasons) == people
    assert found.passed_to is None


def test_everyone_is_in_it_with_each_reason(org: Org) -> None:
    found = electorate(org, way("members", "core:lead", "subject"), "kitchen", subjects=["kim"])
    assert found.reasons["kim"] == (
        message("is {member:a} of {circle}", member=one("member"), circle="Kitchen"),
        message(
            "holds the {role} {name} in {circle}",
            role=one("role"),
            name={"en": "Lead", "nl": "Cirkelleider"},
            circle="Kitchen",
        ),
        message("is the person concerned"),
    )
    assert found.reasons["mia"] == (
        message("is {member:a} of {circle}", member=one("member"), circle="Kitchen"),
    )


# Rule 7


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("people/cas.yaml", "{name: Cas, ended: {on: 2027-03-01}}\n"),
        ("people/cas.yaml", "{name: Cas, joined_on: 2027-03-02}\n"),
        ("people/cas.yaml", "{name: Cas, membership: guest}\n"),
        ("people/cas.yaml", "{name: Cas, membership: unheard-of}\n"),
        ("roles/cook.yaml", "{name: Cook, circle: kitchen, purpose: Meals, holders: [nobody]}\n"),
    ],
)
def test_only_active_people_whose_membership_votes_are_in_it(file: str, text: str) -> None:
    found = electorate(organisation({file: text}), way("members", "role:cook"), "kitchen")
    assert found.people == ("kim", "mia", "rik", "rob")
    assert "cas" not in found.reasons


@pytest.mark.parametrize(
    "text",
    [
        "{name: Cas, membership: full}\n",
        "{name: Cas, joined_on: 2027-03-01}\n",
        "{name: Cas, ended: {on: 2027-03-02}}\n",
        "{name: Cas, away: [{from: 2027-03-02}, {from: 2027-01-01, until: 2027-02-28}]}\n",
    ],
)
def test_whoever_is_active_today_and_votes_is_in_it(text: str) -> None:
    org = organisation({"people/cas.yaml": text})
    assert electorate(org, way("members"), "kitchen").people == KITCHEN


def test_who_is_away_is_not_counted_and_can_still_respond() -> None:
    org = organisation({"people/cas.yaml": "{name: Cas, away: [{from: 2027-02-01}]}\n"})
    found = electorate(org, way("members"), "kitchen")
    assert found.people == ("kim", "mia", "rik", "rob")
    assert found.away == ("cas",)
    assert "cas" in found.reasons


def test_an_electorate_does_not_pass_on_because_its_people_are_away() -> None:
    org = organisation({"people/cas.yaml": "{name: Cas, away: [{from: 2027-02-01}]}\n"})
    found = electorate(org, way("role:cook"), "kitchen")
    assert (found.people, found.away, found.passed_to) == ((), ("cas",), None)


@pytest.mark.parametrize(
    ("recuse", "counted", "recused"),
    [
        ((), ("ida", "rik"), ()),
        (("subject",), ("rik",), ("ida",)),
        (("proposer",), ("ida",), ("rik",)),
    ],
)
def test_who_is_recused_responds_without_being_counted(
    org: Org, recuse: tuple[str, ...], counted: tuple[str, ...], recused: tuple[str, ...]
) -> None:
    found = electorate(
        org, way("members", recuse=recuse), "stove", subjects=["ida"], proposer="rik"
    )
    assert (found.people, found.recused) == (counted, recused)


def test_without_a_proposer_there_is_none_to_recuse(org: Org) -> None:
    assert electorate(org, way("members", recuse=("proposer",)), "stove").recused == ()


# Rule 8


@pytest.mark.parametrize(
    ("of", "circle", "passed_to", "people"),
    [
        ("role:empty", "stove", "parent", KITCHEN),
        ("role:gone", "stove", "parent", KITCHEN),
        ("role:unheard-of", "stove", "parent", KITCHEN),
        ("core:lead", "stove", "parent", KITCHEN),
        ("circle:bare", "stove", "parent", KITCHEN),
        ("members", "bare", "parent", ("ida", "rik")),
        ("members", "barer", "anchor", HOUSE),
        ("core:lead", "house", "anchor", HOUSE),
        ("parent-members", "house", "anchor", HOUSE),
        ("members", "loose", "parent", HOUSE),
        ("members", "unheard-of", "anchor", HOUSE),
        ("subject", "kitchen", "parent", HOUSE),
    ],
)
def test_an_empty_electorate_passes_to_the_parent_on_to_the_anchor(
    org: Org, of: str, circle: str, passed_to: str, people: tuple[str, ...]
) -> None:
    found = electorate(org, way(of), circle)
    assert (found.passed_to, found.people) == (passed_to, people)


def test_it_passes_on_to_all_where_even_the_anchor_is_empty() -> None:
    org = organisation(
        {
            "circles/house.yaml": "{name: House}\n",
            "circles/kitchen.yaml": "{name: Kitchen, parent: house}\n",
        }
    )
    found = electorate(org, way("core:lead"), "kitchen")
    assert (found.passed_to, found.people) == ("all", PEOPLE)


def test_recusal_makes_it_pass_on_too(org: Org) -> None:
    found = electorate(
        org, way("members", recuse=("subject",)), "stove", subjects=["ida", "rik", "kim"]
    )
    assert found.passed_to == "parent"
    assert found.people == ("cas", "mia", "rob")
    assert found.recused == ("kim", "rik")
    assert not found.recusal_lapsed


def test_recusal_lapses_where_it_would_leave_nobody(org: Org) -> None:
    found = electorate(org, way("members", recuse=("subject",)), "stove", subjects=PEOPLE)
    assert found.recusal_lapsed
    assert found.passed_to is None
    assert (found.people, found.recused) == (("ida", "rik"), ())


def test_where_nobody_votes_at_all_there_is_no_electorate() -> None:
    org = organisation({f"people/{id}.yaml": "{name: N, membership: guest}\n" for id in PEOPLE})
    found = electorate(org, way("all"), "house")
    assert (found.people, found.passed_to, found.recusal_lapsed) == ((), None, False)


def test_nobody_is_recused_while_it_is_not_known_whom_it_is_about(org: Org) -> None:
    found = electorate(org, way("members", recuse=("subject",)), "stove", subjects=None)
    assert (found.people, found.recused) == (("ida", "rik"), ())


# What is not known yet


@pytest.mark.parametrize(
    ("of", "people", "unnamed"),
    [
        (("subject",), (), ("subject",)),
        (("affected",), (), ("affected",)),
        (("role:fire", "subject", "affected"), ("ida",), ("subject", "affected")),
        (("role:fire",), ("ida",), ()),
    ],
)
def test_groups_that_depend_on_the_change_are_left_unnamed_and_pass_nothing_on(
    org: Org, of: tuple[str, ...], people: tuple[str, ...], unnamed: tuple[str, ...]
) -> None:
    found = electorate(org, way(*of), "stove", subjects=None, affected=None)
    assert (found.people, found.unnamed, found.passed_to) == (people, unnamed, None)


def test_affected_people_are_taken_with_their_ids(org: Org) -> None:
    concerned = affected(org, org.roles["fire"])
    assert electorate(org, way("affected"), "stove", affected=concerned).people == ("ida", "rik")


def test_own_members_are_read_as_of_the_day() -> None:
    kitchen = KITCHEN_YAML.replace(
        "[mia]", "[{person: mia, until: 2027-02-28}, {person: out, since: 2027-03-01}]"
    )
    org = organisation({"circles/kitchen.yaml": kitchen})
    assert electorate(org, way("members"), "kitchen").people == ("cas", "kim", "out", "rik", "rob")


@pytest.mark.parametrize(
    ("of", "same"),
    [
        ("all", True),
        ("anchor-members", True),
        ("role:cook", True),
        ("circle:stove", True),
        ("members", False),
        ("parent-members", False),
        ("core:representative", False),
        ("affected", False),
        # what passes on passes on to other people in another circle
        ("role:empty", False),
    ],
)
def test_electorates_are_kept_as_far_as_they_are_the_same(org: Org, of: str, same: bool) -> None:
    kept = Electorates(org)
    rule = way(of)
    stove, kitchen = (kept.of(rule, id, org.members(id)) for id in ("stove", "kitchen"))
    assert stove == electorate(org, rule, "stove", affected=org.members("stove"))
    assert kitchen == electorate(org, rule, "kitchen", affected=org.members("kitchen"))
    assert (stove == kitchen) is same
    assert kept.of(rule, "stove", org.members("stove")) == stove


@pytest.mark.parametrize(
    "of",
    [
        ("members", "role:cook"),
        ("role:cook", "parent-members"),
        ("core:representative", "anchor-members"),
        ("role:fire", "core:lead"),
        ("role:empty", "role:cook"),
        ("subject", "members"),
    ],
)
def test_of_several_words_one_that_speaks_of_the_circle_tells_them_apart(
    org: Org, of: tuple[str, ...]
) -> None:
    kept, rule = Electorates(org), way(*of)
    for circle in ("stove", "kitchen", "house"):
        assert kept.of(rule, circle) == electorate(org, rule, circle, subjects=None)


@pytest.mark.parametrize("of", ["members", "all", "affected", "role:empty", "core:lead"])
def test_everybody_is_counted_also_who_is_away(of: str) -> None:
    org = organisation({**MORE, "people/ida.yaml": "{name: Ida, away: [{from: 2027-03-01}]}\n"})
    kept, rule = Electorates(org), way(of)
    for circle in ("stove", "kitchen"):
        concerned = org.members(circle)
        found = electorate(org, rule, circle, affected=concerned)
        everybody = kept.everybody(rule, circle, concerned)
        assert everybody == frozenset((*found.people, *found.away))
        assert kept.everybody(rule, circle, concerned) == everybody


def test_whom_it_concerns_is_nobody_while_that_is_not_known() -> None:
    kept = Electorates(organisation())
    for of in ("subject", "affected"):
        assert kept.everybody(way(of), "kitchen") == frozenset()
        assert kept.everybody(way(of, "role:cook"), "kitchen") == {"cas"}
    assert kept.everybody(way("affected"), "kitchen", ()) == set(HOUSE)


@pytest.mark.parametrize(
    ("away", "expected"),
    [
        ("{from: 2027-03-01}", True),
        ("{from: 2027-03-02}", False),
        ("{from: 2027-02-01, until: 2027-03-01}", True),
        ("{from: 2027-02-01, until: 2027-02-28}", False),
        ("{from: 2027-02-01, until: 2027-02-28}, {from: 2027-03-01, until: 2027-03-03}", True),
    ],
)
def test_who_is_away_is_so_from_the_first_day_to_the_last(away: str, *, expected: bool) -> None:
    org = organisation({"people/mia.yaml": f"{{name: Mia, away: [{away}]}}\n"})
    found = electorate(org, way("members"), "kitchen")
    assert ("mia" in found.away, "mia" in found.people) == (expected, not expected)
    assert org.people["mia"].is_away(org.today) == expected


def test_to_count_an_electorate_no_file_of_a_person_is_read() -> None:
    org = organisation()
    org.reads.asked.clear()
    assert electorate(org, way("all"), "kitchen").people == PEOPLE
    asked = {name for read in org.reads.asked for name in (read, *asked_by(org, read))}
    assert not {name for name in asked if name.startswith("people/")}


def asked_by(org: Org, read: str) -> frozenset[str]:
    """What an answer that was kept is made of, to the last file."""
    answers = dict(org.answers())
    found: set[str] = set()
    waiting = [read]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting.extend(answers.get(here.removeprefix("="), ()))
    return frozenset(found)
