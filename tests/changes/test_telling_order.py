"""What is told first of a change."""

from __future__ import annotations

from orgcode.changes.telling_order import as_told
from orgcode.model.effect import KINDS, NARROWINGS, Effect
from orgcode.model.message import message


def effect(kind: str, thing: str = "x") -> Effect:
    return Effect(kind=kind, thing=thing, paths=(thing,), circles=(), sentence=message("x"))


def test_that_an_organisation_is_founded_is_told_before_its_readme() -> None:
    found = [effect("tooling.added"), effect("page.added"), effect("organisation.added")]
    assert [each.kind for each in as_told(found)] == [
        "organisation.added",
        "page.added",
        "tooling.added",
    ]


def test_what_weighs_the_same_keeps_its_order() -> None:
    found = [effect("role.added", "roles/b"), effect("assignment.added"), effect("role.ended", "a")]
    assert [each.thing for each in as_told(found)] == ["roles/b", "a", "x"]


def test_every_kind_of_effect_has_its_place() -> None:
    kinds = [*KINDS, *(f"{kind}.{narrow}" for kind, them in NARROWINGS.items() for narrow in them)]
    assert len(as_told(map(effect, kinds))) == len(kinds)
