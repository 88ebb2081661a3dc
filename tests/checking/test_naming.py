"""Names: the nearest one that exists, and those that look alike."""

from __future__ import annotations

import pytest

from orgcode.checking.spelling import Spelling, as_id
from orgcode.model.lookalikes import look, same_but_for_case

IDS = ("sara", "omar", "jo", "gardener", "house/facilitator")


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("sarah", "sara"),
        ("sra", "sara"),
        ("sera", "sara"),
        ("Sara", "sara"),
        ("gardner", "gardener"),
        ("garednre", None),
        ("house/facilitater", "house/facilitator"),
        ("ja", None),
        ("somebody", None),
    ],
)
def test_the_nearest_id_differs_by_a_letter_or_two(word: str, nearest: str | None) -> None:
    assert Spelling(IDS).nearest(word) == nearest


@pytest.mark.parametrize(
    ("words", "id"),
    [("Zoë van Dam", "zoe-van-dam"), ("  Kok (2) ", "kok-2"), ("Ω", ""), ("a--b_c", "a-b-c")],
)
def test_words_become_an_id(words: str, id: str) -> None:
    assert as_id(words) == id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sara", "S\u0430ra"),
        ("Sara", "Sa\u200bra"),
        ("role-1", "role-l"),
        ("modern", "modem"),
        ("Omar", "0mar"),
        ("Ilse", "llse"),
        ("Kok", "\uff2bok"),
    ],
)
def test_names_that_look_alike_have_the_same_look(one: str, other: str) -> None:
    assert look(one) == look(other)


@pytest.mark.parametrize(("one", "other"), [("Sara", "Sera"), ("Zoë", "Zoe"), ("kok-1", "kok-2")])
def test_names_that_differ_visibly_differ_in_look(one: str, other: str) -> None:
    assert look(one) != look(other)


def test_case_and_invisible_characters_make_no_difference() -> None:
    assert same_but_for_case("SA\u00adRA  Vos") == same_but_for_case("Sara Vos")
