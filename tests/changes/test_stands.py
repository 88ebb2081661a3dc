"""In which circle a change stands."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from orgcode.changes.stands import field_stands_in, fields_of, parent_of, stands_in
from orgcode.model.entities import Thing
from orgcode.model.org import Org
from tests.law.small import organisation

MORE = {
    "policies/knives.yaml": "{title: Knives, circle: kitchen, text: Sharp., kind: process}\n",
    "policies/lost.yaml": "{title: Lost, circle: attic, text: Gone.}\n",
    "agreements/peace.yaml": "{title: Peace, kind: relational, circle: kitchen}\n",
    "objectives/soup.yaml": "{title: Soup, circle: kitchen}\n",
    "tensions/cold.yaml": "{title: Cold, sensed_by: ida, role: fire}\n",
    "tensions/rain.yaml": "{title: Rain, sensed_by: ida}\n",
    "people/gus.yaml": "{name: Gus, membership: guest}\n",
    "circles/loose.yaml": "{name: Loose}\n",
    "roles/stray.yaml": "{name: Stray, circle: attic, purpose: None}\n",
}


@pytest.fixture(scope="module")
def org() -> Org:
    return organisation(MORE)


def thing(org: Org, address: str) -> Thing:
    if address == "org":
        assert org.organisation is not None
        return org.organisation
    kind, _, id = address.partition(" ")
    return org.every_role[id] if kind == "role" else org.things(kind)[id]


@pytest.mark.parametrize(
    ("kind", "address", "circle"),
    [
        ("governance", "org", "house"),
        ("organisation", "org", "house"),
        ("circle", "circle stove", "kitchen"),
        ("circle", "circle kitchen", "house"),
        ("circle", "circle house", "house"),
        ("circle", "circle loose", "house"),
        ("governance", "circle stove", "house"),
        ("assignment", "circle stove", "stove"),
        ("role", "role fire", "stove"),
        ("assignment", "role fire", "stove"),
        ("assignment.core", "role kitchen/lead", "house"),
        ("assignment.core", "role kitchen/representative", "kitchen"),
        ("assignment.core", "role house/secretary", "house"),
        ("policy", "policy knives", "kitchen"),
        ("policy", "policy lost", "house"),
        ("agreement", "agreement peace", "kitchen"),
        ("objective.measured", "objective soup", "kitchen"),
        ("tension", "tension cold", "stove"),
        ("tension", "tension rain", "house"),
        ("person.left", "person ida", "house"),
        ("identity", "person ida", "house"),
        ("role", "role stray", "house"),
    ],
)
def test_a_change_stands_where_the_thing_belongs(
    org: Org, kind: str, address: str, circle: str
) -> None:
    assert stands_in(org, kind, thing(org, address)) == circle


@pytest.mark.parametrize(
    ("field", "core_role", "circle"),
    [
        ("purpose", None, "kitchen"),
        ("parent", None, "kitchen"),
        ("domains", None, "kitchen"),
        ("kind", None, "kitchen"),
        ("ended", None, "kitchen"),
        ("core_roles", "lead", "kitchen"),
        ("core_roles", "representative", "stove"),
        ("core_roles", "unheard-of", "stove"),
        ("decision_rules", None, "house"),
        ("strategy", None, "stove"),
        ("members", None, "stove"),
        ("name", None, "stove"),
    ],
)
def test_what_a_circle_is_stands_in_its_parent_and_the_rest_in_itself(
    org: Org, field: str, core_role: str | None, circle: str
) -> None:
    assert field_stands_in(org, org.circles["stove"], field, core_role) == circle


def test_a_lead_of_a_circle_without_a_file_stands_in_the_anchor(org: Org) -> None:
    lead = replace(org.every_role["kitchen/lead"], circle="attic")
    assert stands_in(org, "assignment.core", lead) == "house"


def test_the_anchor_is_its_own_parent(org: Org) -> None:
    assert parent_of(org, org.circles["house"]) == "house"


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("circle stove", {"kind": "team", "circle": "stove"}),
        ("circle kitchen", {"kind": "circle", "circle": "kitchen"}),
        ("role cook", {"circle": "kitchen"}),
        ("role kitchen/lead", {"circle": "kitchen", "core_role": "lead"}),
        ("policy knives", {"circle": "kitchen", "kind": "process"}),
        ("policy lost", {"circle": "attic"}),
        ("agreement peace", {"circle": "kitchen", "kind": "relational"}),
        ("objective soup", {"circle": "kitchen"}),
        ("tension cold", {"circle": "stove"}),
        ("tension rain", {}),
        ("person gus", {"membership": "guest"}),
        ("person ida", {}),
        ("org", {}),
    ],
)
def test_where_may_ask_for_the_fields_of_the_thing(
    org: Org, address: str, fields: dict[str, str]
) -> None:
    assert fields_of(org, thing(org, address)) == fields
