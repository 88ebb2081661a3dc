"""Whom a change of a thing concerns, and why."""

from __future__ import annotations

import pytest

from orgcode.law.affected import affected
from orgcode.model.message import message, one
from orgcode.model.org import Org
from tests.changes.test_stands import thing
from tests.law.small import HOUSE, PEOPLE, organisation

KITCHEN = {"cas", "kim", "mia", "rik", "rob"}
TOP = {"fay", "kim", "rob", "sam"}
STOVE = {"ida", "rik"}

MORE = {
    "people/ann.yaml": "name: Ann\n",
    "people/ben.yaml": "name: Ben\n",
    "people/dov.yaml": "name: Dov\n",
    "people/left.yaml": "{name: Left, ended: {on: 2027-01-01}}\n",
    "circles/garden.yaml": "{name: Garden, parent: house, serves: [stove], members: [ben]}\n",
    "roles/fire.yaml": """\
        name: Fire
        circle: stove
        purpose: Warmth
        holders: [ida]
        consult: [out, left, "circle:garden", "role:buyer", "role:unheard-of"]
        """,
    "roles/buyer.yaml": """\
        name: Buyer
        circle: garden
        purpose: Goods
        holders: [ann]
        consult: [dov, "role:cook"]
        serves: [kitchen]
        """,
    "policies/knives.yaml": "{title: Knives, circle: kitchen, text: Sharp., domain: cook}\n",
    "policies/over.yaml": """\
        {title: Over, circle: kitchen, text: Was., domain: kitchen, ended: {on: 2027-01-01}}
        """,
    "policies/room.yaml": "{title: Room, circle: house, text: Clean., domain: kitchen#room}\n",
    "agreements/peace.yaml": """\
        title: Peace
        kind: relational
        circle: stove
        between: [dov, "circle:garden", "role:fire"]
        """,
    "agreements/war.yaml": """\
        {title: War, kind: decision, circle: stove, between: [fay], ended: {on: 2027-01-01}}
        """,
    "objectives/soup.yaml": "{title: Soup, circle: stove, owner: cook}\n",
    "objectives/salad.yaml": "{title: Salad, circle: stove}\n",
    "tensions/cold.yaml": "{title: Cold, sensed_by: ben, role: fire}\n",
    "tensions/rain.yaml": "{title: Rain, sensed_by: dov}\n",
    "tensions/shut.yaml": "{title: Shut, sensed_by: sam, role: fire, closed: {on: 2027-01-01}}\n",
    "proposals/p/proposal.yaml": """\
        title: P
        proposer: ida
        opened: {at: 2027-02-01T00:00:00Z, base: 0000000000000000000000000000000000000000}
        tension: {text: Smoke}
        """,
}


@pytest.fixture(scope="module")
def org() -> Org:
    return organisation(MORE)


@pytest.mark.parametrize(
    ("address", "people"),
    [
        # holders, members of the circle, whom it consults, and who refers to it
        ("role fire", {"ida", "rik", "out", "ben", "ann", "dov"}),
        ("role cook", KITCHEN | {"ann"}),
        # a core role concerns the circle and where filling it stands
        ("role kitchen/lead", KITCHEN | TOP),
        ("role kitchen/representative", KITCHEN),
        # a circle, its parent, and those who serve it
        ("circle stove", STOVE | KITCHEN | {"ben", "ann"}),
        ("circle kitchen", KITCHEN | TOP | {"ann"}),
        ("circle house", TOP),
        # a policy also concerns the circles below
        ("policy knives", KITCHEN | STOVE),
        ("agreement peace", STOVE | {"dov", "ben", "ann"}),
        ("agreement war", STOVE | {"fay"}),
        ("objective soup", STOVE | {"cas"}),
        ("objective salad", STOVE),
        ("tension cold", STOVE | {"ben"}),
        ("tension rain", TOP | {"dov"}),
        # a person concerns those who work with them
        ("person ida", STOVE),
        ("person dov", {"dov", "ann", "ben", "ida"}),
        ("person left", {"ida"}),
        ("proposal p", TOP),
        ("org", {*PEOPLE, "ann", "ben", "dov"}),
    ],
)
def test_a_change_concerns_whoever_has_to_do_with_the_thing(
    org: Org, address: str, people: set[str]
) -> None:
    assert set(affected(org, thing(org, address))) == people


def test_the_people_whom_a_change_is_about_are_affected_if_they_are_active(org: Org) -> None:
    concerned = affected(org, org.roles["cook"], ["sam", "left", "nobody"])
    assert concerned["sam"] == (message("is the person concerned"),)
    assert not {"left", "nobody"} & set(concerned)


def test_each_reason_is_given_once(org: Org) -> None:
    assert affected(org, org.roles["fire"])["ida"] == (
        message("holds the {role} {name}", role=one("role"), name="Fire"),
        message("is {member:a} of {circle}", member=one("member"), circle="Stove"),
        message("has to do with {thing}, which refers to it", thing="Peace"),
    )
    assert affected(org, org.roles["fire"])["ben"] == (
        message("is to be consulted"),
        message("has to do with {thing}, which refers to it", thing="Peace"),
        message("has to do with {thing}, which refers to it", thing="Cold"),
    )
    dov = affected(org, org.people["dov"], ["dov"])["dov"]
    assert dov.count(message("is the person concerned")) == 1


def test_everyone_is_named_in_the_order_of_their_ids(org: Org) -> None:
    people = list(affected(org, org.circles["stove"]))
    assert people == sorted(people)


def test_what_is_only_about_something_else_does_not_count_as_referring(org: Org) -> None:
    assert [thing.id for thing in org.referrers["role:fire"]] == ["peace", "cold"]
    assert [thing.id for thing in org.referrers["circle:kitchen"]] == ["buyer", "room"]


def test_circles_in_a_ring_are_each_counted_once() -> None:
    ring = {
        "circles/kitchen.yaml": "{name: Kitchen, parent: stove, members: [mia]}\n",
        "circles/stove.yaml": HOUSE["circles/stove.yaml"],
        "policies/knives.yaml": "{title: Knives, circle: kitchen, text: Sharp.}\n",
    }
    org = organisation(ring)
    assert set(affected(org, org.policies["knives"])) == {"cas", "mia", "ida", "rik"}
