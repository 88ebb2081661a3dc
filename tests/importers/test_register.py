"""Ids stay what they are through a history."""

from __future__ import annotations

from orgcode.adapters.importers.ids import assign_ids
from orgcode.adapters.importers.register import Claim, Register


def test_the_newest_state_gets_what_it_gets_alone() -> None:
    names = [("a", "b-c"), ("a-b", "c"), ("x_y",)]
    register = Register()
    assert register.assign("roles", names) == assign_ids(names)


def test_a_name_that_collides_only_in_one_state_takes_nothing_from_the_other() -> None:
    register = Register()
    newest = register.assign("roles", [("a-b", "c")])
    older = register.assign("roles", [("a", "b-c"), ("a-b", "c")])

    assert newest["a-b", "c"] == older["a-b", "c"] == "a-b-c"
    assert older["a", "b-c"].startswith("a-b-c-")
    assert register.assign("roles", [("a", "b-c")])["a", "b-c"] == older["a", "b-c"]


def test_spaces_do_not_know_each_other() -> None:
    register = Register()
    assert register.assign("people", [("core",)]) == {("core",): "core"}
    assert register.assign("circles", [("core",)]) == {("core",): "core"}


def test_capitals_make_no_difference_unless_both_stand_side_by_side() -> None:
    register = Register()
    assert register.assign("circles", [("Core",)])["Core",] == "core"
    assert register.assign("circles", [("core",)])["core",] == "core"
    both = register.assign("circles", [("Core",), ("core",)])
    assert both["Core",] == "core"
    assert both["core",] != "core"


def people(*claims: tuple[str, str]) -> list[Claim]:
    return [Claim("people", (login,), proof=number) for login, number in claims]


def test_logins_of_one_account_are_of_one_person() -> None:
    register = Register()
    register.note(people(("new", "1")))
    register.assign("people", [("new",)])
    register.note(people(("old", "1"), ("other", "2")))
    register.settle()

    ids = register.assign("people", [("old",), ("other",)])
    assert ids == {("old",): "new", ("other",): "other"}
    assert register.joined == 1


def test_the_last_login_counts_for_whoever_left() -> None:
    register = Register()
    register.note([])
    register.note(people(("first", "1")))
    register.note(people(("second", "1")))
    register.settle()
    assert register.assign("people", [("first",)])["first",] == "second"


def test_a_login_that_two_accounts_had_proves_nothing() -> None:
    register = Register()
    register.note(people(("new", "1")))
    register.assign("people", [("new",)])
    register.note(people(("old", "1")))
    register.note(people(("old", "2")))
    register.settle()
    assert register.assign("people", [("old",)])["old",] == "old"


def test_two_logins_that_the_newest_state_names_stay_two() -> None:
    register = Register()
    register.note(people(("new", "1")))
    register.assign("people", [("new",), ("old",)])
    register.note(people(("old", "1")))
    register.settle()
    assert register.assign("people", [("old",)])["old",] == "old"


def subprojects(*names: tuple[str, ...]) -> list[Claim]:
    return [Claim("circles", name, short=name[-1]) for name in names]


def test_a_subproject_that_moves_is_known_by_its_name_alone() -> None:
    register = Register()
    register.note(subprojects(("sig-b",), ("sig-b", "tool")))
    register.note(subprojects(("sig-a",), ("sig-a", "tool")))
    register.settle()
    assert register.is_alone(("sig-b", "tool"))
    assert register.is_alone(("sig-a", "tool"))


def test_of_two_that_ever_stand_side_by_side_the_newest_has_the_name() -> None:
    register = Register()
    register.note(subprojects(("sig-b", "tool")))
    register.note(subprojects(("sig-a", "tool")))
    register.note(subprojects(("sig-a", "tool"), ("sig-b", "tool")))
    register.settle()
    assert register.is_alone(("sig-b", "tool"))
    assert register.is_alone(("sig-a", "tool")) is False


def test_a_subproject_called_as_a_group_leaves_it_the_name() -> None:
    register = Register()
    register.note(subprojects(("tool",)))
    register.note(subprojects(("tool",), ("sig-a", "Tool")))
    register.settle()
    assert register.is_alone(("sig-a", "Tool")) is False
