"""One value as YAML, so that everybody reads the same in it: orgcode, other programs, people."""

from __future__ import annotations

import json
import re

__all__ = ["is_plain", "quoted", "scalar"]

_MEANS_SOMETHING = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_FIGURE = re.compile(r"[-+.0-9][-+.:_0-9a-fox TZ]*\Z", re.IGNORECASE)
"""What some version of YAML takes for a number, a time or a date; and then some."""
_CUT = re.compile(r":(?: |\Z)| #")
_FLOW = re.compile(r"[,\[\]{}:?]")


def scalar(value: object, *, flow: bool = False) -> str:
    """A text, number, yes, no or nothing, on one line."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return json.dumps(value)
    text = str(value)
    return text if is_plain(text, flow=flow) else _in_quotes(text)


def is_plain(text: str, *, flow: bool = False) -> bool:
    """Whether a text can stand without quotes; in `flow` it stands between brackets."""
    return (
        text[:1].isalnum()
        and not text.endswith(" ")
        and text.isprintable()
        and _CUT.search(text) is None
        and _FIGURE.match(text) is None
        and text.lower() not in _MEANS_SOMETHING
        and not (flow and _FLOW.search(text))
    )


def quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes, on one line, whatever is in it.

    Every JSON string is one, except that YAML wants the characters that it takes for line ends
    or does not print to be escaped.
    """
    written = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else _escaped(c) for c in written)


def _in_quotes(text: str) -> str:
    """In the quotes that need no backslashes, where there are such."""
    if ("\\" in text or '"' in text) and "'" not in text and text.isprintable():
        return f"'{text}'"
    return quoted(text)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
