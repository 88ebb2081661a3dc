"""Which policies and agreements hold for a circle, role or person, and why."""

from __future__ import annotations

import pytest

from orgcode.law.binding import Binding, Bindings, Reason, WhatBinds
from orgcode.model.entities import Circle, Person, Role
from orgcode.model.org import Org
from tests.changes.test_stands import thing
from tests.law.small import organisation

BINDING = {
    "circles/garden.yaml": "{name: Garden, parent: house, members: [out]}\n",
    "roles/cook.yaml": """\
        name: Cook
        circle: kitchen
        purpose: Meals
        domains: [{id: menu, text: The menu}]
        holders: [cas]
        """,
    "policies/quiet.yaml": "{title: Quiet, circle: house, text: After ten.}\n",
    "policies/knives.yaml": "{title: Knives, circle: kitchen, text: Sharp.}\n",
    "policies/gas.yaml": "{title: Gas, circle: stove, text: Off at night.}\n",
    "policies/meat.yaml": "{title: Meat, circle: house, domain: cook#menu, text: None.}\n",
    "policies/herbs.yaml": "{title: Herbs, circle: garden, domain: cook#menu, text: Ours.}\n",
    "policies/heat.yaml": "{title: Heat, circle: garden, domain: kitchen, text: Low.}\n",
    "policies/chair.yaml": "{title: Chair, circle: house, domain: kitchen/lead, text: Sit.}\n",
    "policies/soon.yaml": """\
        {title: Soon, circle: kitchen, text: Soon., effective_on: 2027-03-02}
        """,
    "policies/today.yaml": """\
        {title: Today, circle: kitchen, text: New., effective_on: 2027-03-01}
        """,
    "policies/gone.yaml": "{title: Gone, circle: house, text: Old., expires_on: 2027-03-01}\n",
    "policies/dropped.yaml": """\
        {title: Dropped, circle: house, text: Old., ended: {on: 2027-01-01}}
        """,
    "agreements/menu.yaml": "{title: Menu, kind: decision, circle: kitchen, text: Soup.}\n",
    "agreements/doors.yaml": "{title: Doors, kind: decision, circle: house, text: Open.}\n",
    "agreements/pair.yaml": """\
        {title: Pair, kind: relational, circle: kitchen, between: [cas, mia]}
        """,
    "agreements/coal.yaml": """\
        {title: Coal, kind: relational, circle: house, between: ["role:fire", "circle:kitchen"]}
        """,
    "agreements/next.yaml": """\
        {title: Next, kind: decision, circle: kitchen, agreed_on: 2027-04-01}
        """,
}


@pytest.fixture(scope="module")
def org() -> Org:
    return organisation(BINDING)


def binds(org: Org, address: str) -> WhatBinds:
    asked = thing(org, address)
    assert isinstance(asked, Circle | Role | Person)
    return Bindings(org).what_binds(asked)


def named(bindings: tuple[Binding, ...]) -> list[str]:
    return [binding.thing.id for binding in bindings]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        # its own and its domain's, then those of the circle above
        ("circle kitchen", ["heat", "knives", "today", "coal", "menu", "chair", "meat", "quiet"]),
        ("circle house", ["chair", "meat", "quiet", "doors"]),
        ("circle stove", ["gas", "heat", "knives", "today", "chair", "meat", "quiet"]),
        (
            "role cook",
            ["herbs", "meat", "heat", "knives", "today", "coal", "menu", "chair", "quiet"],
        ),
        (
            "role kitchen/lead",
            ["chair", "heat", "knives", "today", "coal", "menu", "meat", "quiet"],
        ),
        ("role fire", ["coal", "gas", "heat", "knives", "today", "chair", "meat", "quiet"]),
        ("person out", ["heat", "herbs", "chair", "meat", "quiet"]),
    ],
)
def test_what_is_nearest_comes_first(org: Org, address: str, expected: list[str]) -> None:
    assert named(binds(org, address).now) == expected


def test_a_person_is_bound_by_agreements_roles_and_circles(org: Org) -> None:
    found = binds(org, "person cas").now
    assert named(found) == [
        "pair",
        "herbs",
        "meat",
        "heat",
        "knives",
        "today",
        "coal",
        "menu",
        "chair",
        "quiet",
    ]
    assert named(binds(org, "person ida").now)[0] == "coal"


def test_each_reason_is_given_the_nearest_first(org: Org) -> None:
    reasons = {each.thing.id: each.reasons for each in binds(org, "role cook").now}
    assert reasons["meat"] == (Reason("domain", "role:cook"), Reason("above", "circle:house"))
    assert reasons["herbs"] == (Reason("domain", "role:cook"),)
    assert reasons["heat"] == (Reason("domain", "circle:kitchen"),)
    assert reasons["knives"] == (Reason("here", "circle:kitchen"),)
    assert reasons["menu"] == (Reason("here", "circle:kitchen"),)
    assert reasons["coal"] == (Reason("party", "circle:kitchen"),)
    assert reasons["quiet"] == (Reason("above", "circle:house"),)


def test_what_comes_from_above_alone_is_inherited(org: Org) -> None:
    found = binds(org, "role cook").now
    assert [each.thing.id for each in found if each.is_inherited] == ["chair", "quiet"]
    assert {each.circle for each in found if each.is_inherited} == {"house"}


def test_a_member_of_two_circles_hears_once_of_what_holds_in_both(org: Org) -> None:
    quiet = next(each for each in binds(org, "person kim").now if each.thing.id == "quiet")
    assert quiet.reasons == (Reason("here", "circle:house"),)


def test_what_does_not_hold_yet_or_any_more_is_apart(org: Org) -> None:
    found = binds(org, "circle kitchen")
    assert named(found.later) == ["soon", "next"]
    assert named(found.over) == ["dropped", "gone"]


def test_an_agreement_between_others_binds_nobody_else(org: Org) -> None:
    for address in ("circle kitchen", "person kim", "role cook"):
        assert "pair" not in named(binds(org, address).now)


def test_agreements_of_a_circle_above_do_not_reach_down(org: Org) -> None:
    assert "doors" not in named(binds(org, "circle kitchen").now)


def test_somebody_in_no_circle_is_bound_by_what_holds_for_everybody() -> None:
    alone = organisation({"policies/quiet.yaml": BINDING["policies/quiet.yaml"]})
    found = binds(alone, "person out").now
    assert [each.reasons for each in found] == [(Reason("above", "circle:house"),)]


def test_what_is_over_is_bound_by_nothing() -> None:
    changes = {
        "policies/quiet.yaml": BINDING["policies/quiet.yaml"],
        "roles/old.yaml": """\
            {name: Old, circle: house, purpose: Past, ended: {on: 2027-01-01}}
            """,
        "people/old.yaml": "{name: Old, ended: {on: 2027-01-01}}\n",
        "circles/old.yaml": "{name: Old, parent: house, ended: {on: 2027-01-01}}\n",
    }
    left = organisation(changes)
    for address in ("role old", "person old", "circle old"):
        assert binds(left, address) == WhatBinds()


def test_a_tangle_of_circles_comes_to_an_end() -> None:
    tangled = organisation(
        {
            "circles/one.yaml": "{name: One, parent: two}\n",
            "circles/two.yaml": "{name: Two, parent: one}\n",
            "policies/loop.yaml": "{title: Loop, circle: two, text: Round.}\n",
        }
    )
    assert named(binds(tangled, "circle one").now) == ["loop"]


def test_a_domain_of_a_circle_is_none_of_a_role_that_is_called_like_it() -> None:
    alike = organisation(
        {
            "roles/kitchen.yaml": "{name: Kitchen, circle: house, purpose: Food}\n",
            "policies/heat.yaml": BINDING["policies/heat.yaml"],
            "circles/garden.yaml": BINDING["circles/garden.yaml"],
        }
    )
    assert named(binds(alike, "circle kitchen").now) == ["heat"]
    assert named(binds(alike, "role kitchen").now) == []


def test_a_policy_of_a_circle_about_its_own_domain_comes_once_to_those_below() -> None:
    heat = BINDING["policies/heat.yaml"].replace("circle: garden", "circle: kitchen")
    own = organisation({"policies/heat.yaml": heat})
    reasons = {
        address: [each.reasons for each in binds(own, address).now]
        for address in ("circle kitchen", "circle stove")
    }
    here = Reason("here", "circle:kitchen")
    assert reasons == {
        "circle kitchen": [(Reason("domain", "circle:kitchen"), here)],
        "circle stove": [(Reason("above", "circle:kitchen"),)],
    }


def test_a_circle_above_that_is_over_binds_nothing_below() -> None:
    ended = organisation(
        {
            "circles/kitchen.yaml": "{name: Kitchen, parent: house, ended: {on: 2027-01-01}}\n",
            "policies/knives.yaml": BINDING["policies/knives.yaml"],
            "policies/quiet.yaml": BINDING["policies/quiet.yaml"],
        }
    )
    assert named(binds(ended, "circle stove").now) == ["quiet"]
