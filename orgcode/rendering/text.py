"""What people wrote, made fit for HTML: nothing is lost silently, nothing breaks out."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
_TURNS = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_CONTROL_PICTURES = 0x2400
_DELETE_PICTURE = "\u2421"


def clean(text: str) -> str:
    """The text with a visible substitute for every character that HTML cannot carry."""
    if (text.isascii() and text.isprintable()) or _UNFIT.search(text) is None:
        return text
    return _UNFIT.sub(_substitute, text.replace("\r\n", "\n"))


def _substitute(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    return _DELETE_PICTURE if code == 0x7F else "\ufffd"


def turns(text: str) -> bool:
    """Whether the text may be written from right to left, or turns the direction itself."""
    return _TURNS.search(text) is not None


def escaped(text: str) -> Markup:
    """The text as HTML; isolated where it could turn the direction of what surrounds it."""
    if text.isascii() and text.isprintable():
        return escape(text)
    fit = escape(clean(text))
    return Markup("<bdi>{}</bdi>").format(fit) if turns(text) else fit
