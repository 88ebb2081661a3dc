"""The accent can be read in both modes, whatever was wished for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgcode.rendering.colour import DEFAULT_ACCENT, PAPER, accent, contrast


@given(st.integers(0, 0xFFFFFF), st.sampled_from(["light", "dark"]))
def test_every_wish_becomes_legible(wish: int, mode: str) -> None:
    made = accent(f"#{wish:06x}", mode)
    assert contrast(made.colour, PAPER[mode]) >= 4.5
    assert contrast(made.colour, made.tint) >= 4.5
    assert contrast(made.upon, made.colour) >= 4.5


@pytest.mark.parametrize(
    "wish", [None, "", "teal", "#123", "#12345g", "red; } body { display:none"]
)
def test_what_is_no_colour_gives_the_default(wish: str | None) -> None:
    assert accent(wish, "light") == accent(DEFAULT_ACCENT, "light")


def test_a_legible_wish_is_kept() -> None:
    assert accent("#0f6b6b", "light").colour == "#0F6B6B"


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
