"""Text of people becomes HTML without loss and without harm."""

from __future__ import annotations

import pytest

from orgcode.rendering.text import clean, escaped


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("gewoon é 家 🏡", "gewoon é 家 🏡"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("\x00\x1b[31m\x7f", "␀␛[31m␡"),
        ("\x85\ufffe\uffff\U0001ffff\ufdd0", "\ufffd" * 5),
        ("\ud800", "\ufffd"),
        ("\x02", "␂"),
    ],
)
def test_what_html_cannot_carry_has_a_visible_substitute(written: str, shown: str) -> None:
    assert clean(written) == shown


def test_markup_arrives_as_text() -> None:
    assert escaped('<b title="x">&') == "&lt;b title=&#34;x&#34;&gt;&amp;"


@pytest.mark.parametrize("written", ["\u202egnp.exe", "שלום", "\u2067x"])
def test_text_that_turns_direction_is_isolated(written: str) -> None:
    assert escaped(written) == f"<bdi>{written}</bdi>"
