"""What a change does to authority: roles, domains, votes, and who decides about what."""

from __future__ import annotations

from orgcode.changes.change import Change
from orgcode.i18n.translator import Translator
from orgcode.law.shifts import Shift, shifts
from tests.changes.house import house, organisation
from tests.changes.table import rows


def of(name: str) -> tuple[Shift, ...]:
    """The shifts of a row of the table of changes."""
    return shifts(Change.between(*next(row for row in rows() if row.name == name).sides()))


def plain(name: str) -> list[tuple[str, bool, tuple[str, ...], str]]:
    return [(shift.sort, shift.gains, shift.people, shift.of) for shift in of(name)]


def test_who_is_put_in_a_role_gains_it_its_domain_and_a_say_in_the_circle() -> None:
    assert plain("somebody is put in a role") == [
        ("role", True, ("sam",), "roles/cook"),
        ("domain", True, ("sam",), "roles/cook"),
        ("electorate", True, ("sam",), "circles/kitchen"),
    ]


def test_it_is_said_in_words() -> None:
    say = Translator("en").say
    said = [say(shift.sentence) for shift in of("somebody is put in a role")]
    assert said[:2] == [
        "Sam gains the role Cook in Kitchen.",
        'Sam now decides about "The pans".',
    ]
    assert said[2].startswith("Now deciding in Kitchen: Sam. About: ")


def test_a_role_that_begins_later_is_not_yet_gained() -> None:
    assert plain("somebody is put in a role from a day on") == []


def test_who_is_released_loses_them() -> None:
    found = plain("somebody is released")
    assert found == [
        ("role", False, ("cas",), "roles/cook"),
        ("domain", False, ("cas",), "roles/cook"),
        ("electorate", False, ("cas",), "circles/kitchen"),
    ]


def test_a_lead_comes_to_decide_in_the_circle_above() -> None:
    assert ("electorate", True, ("mia",), "circles/house") in plain("a lead is chosen")


def test_a_domain_that_a_circle_loses() -> None:
    assert plain("a domain of a circle less") == [("domain", False, (), "circles/kitchen")]


def test_who_joins_gets_a_vote_and_who_becomes_a_guest_loses_it() -> None:
    assert ("vote", True, ("new",), "org") in plain("somebody joins")
    assert ("vote", False, ("kim",), "org") in plain("another membership")


def test_another_ruleset_is_followed_into_every_circle() -> None:
    found = plain("another ruleset")
    assert {where for sort, _, _, where in found if sort == "electorate"} >= {
        "circles/house",
        "circles/kitchen",
        "circles/stove",
    }


def test_a_new_id_shifts_no_authority() -> None:
    assert plain("a role gets another id") == []


def test_the_way_back_is_the_same_the_other_way_round() -> None:
    for row in rows():
        before, after = row.sides()
        if any(effect["kind"].endswith((".renamed", ".rekeyed")) for effect in row.effects):
            continue
        there = {(s.sort, s.gains, s.people, s.of) for s in shifts(Change.between(before, after))}
        back = {
            (s.sort, not s.gains, s.people, s.of) for s in shifts(Change.between(after, before))
        }
        assert there == back, row.name


def test_nothing_changed_shifts_nothing() -> None:
    assert shifts(Change.between(organisation(house()), organisation(house()))) == ()


def test_who_takes_on_more_keeps_a_role_that_gets_another_id() -> None:
    before = house()
    after = {path: text for path, text in before.items() if path != "roles/cook.yaml"}
    cook, keeper = before["roles/cook.yaml"], before["roles/keeper.yaml"]
    assert isinstance(cook, bytes)
    assert isinstance(keeper, bytes)
    after["roles/chef.yaml"] = b"aliases: [cook]\n" + cook
    after["roles/keeper.yaml"] = keeper.replace(b"[ida]", b"[ida, cas]")
    found = shifts(Change.between(organisation(before), organisation(after)))
    assert [(shift.sort, shift.gains, shift.of) for shift in found] == [
        ("role", True, "roles/keeper"),
        ("electorate", True, "circles/garden"),
    ]
