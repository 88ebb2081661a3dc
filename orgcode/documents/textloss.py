"""Text that YAML takes for something else, and the line as it should be written."""

from __future__ import annotations

import re

from orgcode.documents.nodes import Keys, Scalar, spot
from orgcode.model.finding import Flaw
from orgcode.model.message import Message, message

_COMMENT = re.compile(r"[ \t]+#[ \t\r\n]|[ \t]+#\Z")
_LINE_END = re.compile(r"[\r\n]|\Z")
_FLOW_END = re.compile(r"[ \t]*[,\]}\r\n]|\Z")
_DASH_BELOW = re.compile(r"[\r\n][ \t]*(-)[ \t]")
_WITHOUT_COLON = re.compile(r"[ \t\r\n]*[,}]")


def indicator(text: str, start: int, character: str) -> Flaw:
    """A value that begins with a character that means something to YAML."""
    return lost(
        text,
        start,
        value_end(text, start),
        message("In YAML a value that begins with {character} is no text.", character=character),
    )


def colon(text: str, start: int, end: int) -> Flaw:
    """A value in which a colon makes YAML take what stands before it for a key."""
    cause = message("The colon makes YAML take the words before it for a key, not for text.")
    return lost(text, start, end, cause)


def hash_sign(text: str, scalar: Scalar) -> tuple[str, Flaw]:
    """A value that is cut at a hash: the whole of it, and the flaw."""
    start = scalar.start
    if scalar.start == scalar.end:
        start = scalar.end + len(text[scalar.end :]) - len(text[scalar.end :].lstrip(" \t"))
    end = line_end(text, scalar.end)
    cause = message("YAML takes what comes after the hash for a comment; that text is lost.")
    return text[start:end].rstrip(), lost(text, start, end, cause)


def comma(text: str, value: Scalar, keys: list[Scalar]) -> tuple[str, Flaw]:
    """A value between braces that commas cut into pieces: the whole of it, and the flaw."""
    end = keys[-1].end
    cause = message("Between braces a comma ends the value; the text after it is lost.")
    return text[value.start : end], lost(text, value.start, end, cause)


def dash(text: str, scalar: Scalar) -> Flaw | None:
    """A line with a dash that YAML joins to the text above, because it begins further in."""
    found = _DASH_BELOW.search(text, scalar.start, scalar.end)
    if found is None:
        return None
    return Flaw(
        rule="text-lost",
        spot=spot(text, found.start(1)),
        cause=message("YAML joins this line with its dash to the text above."),
        way_out=message(
            "Begin the line as far in as the item above; for a list within a text write | after the"
            " colon and the text below it."
        ),
    )


def has_colon(text: str, key: Scalar) -> bool:
    """Whether a key between braces is followed by a colon, so that it was meant as a key."""
    return _WITHOUT_COLON.match(text, key.end) is None


def sentence(text: str, node: Keys) -> tuple[str, Flaw] | None:
    """A mapping with one entry that was meant as text: that text, and the flaw."""
    if node.flow or len(node.entries) != 1:
        return None
    key, value = node.entries[0]
    if type(value) is not Scalar or not (key.plain and value.plain and value.text):
        return None
    whole = " ".join(text[key.start : value.end].split())
    return whole, colon(text, key.start, value.end)


def lost(text: str, start: int, end: int, cause: Message) -> Flaw:
    """The flaw of a text from `start` to `end` that should have been in quotes."""
    return Flaw(
        rule="text-lost",
        spot=spot(text, start),
        cause=cause,
        way_out=in_quotes(text, start, end),
    )


def in_quotes(text: str, start: int, end: int) -> Message:
    """What to write: the line with quotes around what stands from `start` to `end`."""
    return message(
        "Put quotes around the text: write {line} instead.",
        line=text[line_start(text, start) : start]
        + quoted(text[start:end])
        + text[end : line_end(text, end)],
    )


def quoted(text: str) -> str:
    """A text on one line, in the quotes that suit it."""
    words = " ".join(text.split())
    for quote in "\"'":
        inside = words[1:-1]
        if len(words) > 1 and words[0] == words[-1] == quote and inside.count(quote) % 2:
            words = inside
            break
    if '"' in words or "\\" in words:
        return "'" + words.replace("'", "''") + "'"
    return f'"{words}"'


def line_start(text: str, index: int) -> int:
    """Where the line begins on which a character stands."""
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def line_end(text: str, index: int) -> int:
    """Where the line ends on which a character stands."""
    match = _LINE_END.search(text, index)
    return match.start() if match else len(text)


def value_end(text: str, start: int) -> int:
    """Where a value that begins at `start` ends for a human reader: on its line, before a comment,
    and between brackets before the next comma or bracket.
    """
    before = text[line_start(text, start) : start]
    if any(before.count(left) > before.count(right) for left, right in ("[]", "{}")):
        match = _FLOW_END.search(text, start)
        return match.start() if match else len(text)
    end = line_end(text, start)
    comment = _COMMENT.search(text, start, min(end + 1, len(text)))
    whole = text[start : comment.start() if comment else end]
    return start + len(whole.rstrip())
