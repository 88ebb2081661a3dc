"""The organisation's accent, made legible on paper in both modes (WCAG 2.2, 4.5 to 1)."""

from __future__ import annotations

import re

from msgspec import Struct

DEFAULT_ACCENT = "#0F6B6B"
PAPER = {"light": "#FBFAF7", "dark": "#16181B"}
_TINT = {"light": 0.08, "dark": 0.14}
_ENOUGH = 4.6
"""A little above 4.5, so that rounding to whole steps of colour never falls below it."""

_HEX = re.compile(r"#[0-9A-Fa-f]{6}\Z")
_Channels = tuple[float, float, float]


class Accent(Struct, frozen=True, kw_only=True):
    """An accent for one mode: its colour, a tint of it for grounds, and text upon it."""

    colour: str
    tint: str
    upon: str


def accent(wish: str | None, mode: str) -> Accent:
    """The colour nearest to the wish that can be read as text on paper and on its own tint."""
    wished = _channels(wish if wish and _HEX.match(wish) else DEFAULT_ACCENT)
    towards = (0.0, 0.0, 0.0) if mode == "light" else (1.0, 1.0, 1.0)
    paper = _channels(PAPER[mode])
    for step in range(101):
        colour = _mixed(wished, towards, step / 100)
        tint = _mixed(paper, colour, _TINT[mode])
        if min(contrast(_hex(colour), PAPER[mode]), contrast(_hex(colour), _hex(tint))) >= _ENOUGH:
            break
    upon = max("#FFFFFF", "#16181B", key=lambda text: contrast(text, _hex(colour)))
    return Accent(colour=_hex(colour), tint=_hex(tint), upon=upon)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG counts it, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> _Channels:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _mixed(one: _Channels, other: _Channels, share: float) -> _Channels:
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue


def _hex(colour: _Channels) -> str:
    return "#" + "".join(f"{round(channel * 255):02X}" for channel in colour)
