"""Why a text is no YAML, in plain words: from the parser's complaint to the likely mistake."""

from __future__ import annotations

import re
from typing import NamedTuple

from orgcode.documents import textloss
from orgcode.documents.nodes import spot
from orgcode.model.finding import Flaw
from orgcode.model.message import Message, message


class Place(NamedTuple):
    """Where in the text the parser stopped and what it said; `context` began further up."""

    text: str
    problem: str
    at: int
    context: str
    context_at: int | None


def explain(place: Place) -> Flaw:
    """The flaw that stopped the parser."""
    text, problem, context, index = place.text, place.problem, place.context, place.at
    begin = index if place.context_at is None else place.context_at
    char = text[index : index + 1]
    if conflict := _CONFLICT.search(text):
        return _flaw(place, conflict.start(), _TWO_VERSIONS, _ONE_VERSION)
    if (odd := _odd_space(text, begin, index)) is not None:
        return _flaw(place, odd, _ODD_SPACE, _PLAIN_SPACE)
    if "tab character" in problem or ("start any token" in problem and char == "\t"):
        return _flaw(place, index, _TAB, _SPACES)
    if "start any token" in problem:
        return textloss.indicator(text, index, char)
    if any(word in context for word in (" alias", " anchor", " tag", " block scalar")):
        return textloss.indicator(text, begin, text[begin : begin + 1])
    if "quoted scalar" in context:
        if "escape" in problem or "hex" in problem:
            return _flaw(place, index, _BACKSLASH, _SINGLE_QUOTES)
        return _flaw(place, begin, _OPEN_QUOTE, _CLOSE_QUOTE)
    if (
        "node content" in problem
        and char
        and char in ",]}"
        and not _is_between_brackets(text, index)
    ):
        return textloss.indicator(text, index, char)
    if "mapping keys are not allowed" in problem:
        return textloss.indicator(text, index, char)
    if "block sequence entries" in problem:
        return _flaw(place, index, _LIST_ON_LINE, _LIST_BELOW)
    if "flow" in context and begin < index:
        cause = message("The bracket {bracket} is not closed.", bracket=text[begin : begin + 1])
        return _flaw(place, begin, cause, _CLOSE_BRACKET)
    return _in_block(place, begin)


def unprintable(text: str, code: int) -> Flaw:
    """A character that YAML does not allow."""
    index = max(0, text.find(chr(code)))
    return Flaw(
        rule="yaml-syntax",
        spot=spot(text, index),
        cause=message(
            "Here stands an invisible character, number {code}, that YAML does not allow.",
            code=f"U+{code:04X}",
        ),
        way_out=message("Delete the character; if this is no text file, put it in assets/."),
    )


def _in_block(place: Place, begin: int) -> Flaw:
    """Keys and lists, one on a line: spaces after colons, indentation, stray lines."""
    text, problem, index = place.text, place.problem, place.at
    if glued := _colon_without_space(text, begin, index):
        line = text[textloss.line_start(text, glued) : textloss.line_end(text, glued)]
        cut = glued - textloss.line_start(text, glued)
        return _flaw(
            place,
            glued - 1,
            message("There is no space after the colon."),
            message("Write {line} instead.", line=f"{line[:cut]} {line[cut:]}"),
        )
    start = textloss.line_start(text, index)
    if "mapping values" in problem:
        key = _KEY.match(text, start)
        if key and key.end() < index:
            return textloss.colon(text, key.end(), textloss.value_end(text, key.end()))
        return _flaw(place, _first(text, index), _UNDER_VALUE, _ALIGN_OR_BLOCK)
    if "expected ':'" in problem:
        return _flaw(place, begin, _NO_COLON, _COLON_OR_INDENT)
    if "expected key" in problem or "'-' indicator" in problem:
        key = _KEY.match(text, start) or _DASH.match(text, start)
        if key and key.end() < index:
            end = textloss.value_end(text, key.end())
            cause = message("After the closing quote or bracket the text goes on.")
            return _flaw(place, index, cause, textloss.in_quotes(text, key.end(), end))
        return _flaw(place, index, _INDENTATION, _ALIGN)
    return _flaw(place, index, _SOMETHING, _LOOK)


def _flaw(place: Place, index: int, cause: Message, way_out: Message) -> Flaw:
    return Flaw(rule="yaml-syntax", spot=spot(place.text, index), cause=cause, way_out=way_out)


_KEY = re.compile(r"[ \t]*(?:- +)*[^\s:#'\"\[{&*!|>%@`-][^:\r\n]*:[ \t]+(?=[^\s#])")
_DASH = re.compile(r"[ \t]*(?:- +)+(?=[^\s#])")
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)
_ODD = re.compile(r"(?:^[ \u00a0]*|^[ ]*-|^[^:\n]*:)[\u00a0\u2007\u202f\u3000]", re.MULTILINE)
_GLUED = re.compile(r"[ \t]*(?:- +)*[a-z][a-z_]*:(?=[^\s:/])")


def _colon_without_space(text: str, begin: int, index: int) -> int:
    """Where text follows a colon at once, on the lines concerned or the one above; or 0."""
    first = textloss.line_start(text, index)
    above = textloss.line_start(text, max(0, first - 1))
    for start in (textloss.line_start(text, begin), first, above):
        if match := _GLUED.match(text, start):
            return match.end()
    return 0


def _odd_space(text: str, begin: int, index: int) -> int | None:
    """Where a space that is none for YAML keeps a colon, a dash or an indentation from its work."""
    lines = _ODD.finditer(text, textloss.line_start(text, begin), textloss.line_end(text, index))
    return next((match.end() - 1 for match in lines), None)


def _is_between_brackets(text: str, index: int) -> bool:
    before = text[textloss.line_start(text, index) : index]
    return "[" in before or "{" in before


def _first(text: str, index: int) -> int:
    """The first character of the line that is no space."""
    start = textloss.line_start(text, index)
    return start + len(text[start:index]) - len(text[start:index].lstrip(" "))


_TWO_VERSIONS = message(
    "Git left two versions of these lines here, between lines of <<<<<<<, ======= and >>>>>>>."
)
_ONE_VERSION = message(
    "Keep of the lines between them what should hold, and remove the three marking lines."
)
_ODD_SPACE = message("Here stands a no-break space: it looks like a space, but YAML knows it not.")
_PLAIN_SPACE = message("Delete it, and type a space in its place.")
_TAB = message("Here stands a tab; YAML wants spaces at the start of a line.")
_SPACES = message("Replace the tab by two spaces for each level.")
_BACKSLASH = message("Between double quotes a backslash begins a special character.")
_SINGLE_QUOTES = message("Use single quotes around the text, or write the backslash twice.")
_OPEN_QUOTE = message("The quote that opens here is not closed.")
_CLOSE_QUOTE = message("Add the same quote at the end of the text.")
_LIST_ON_LINE = message("A list cannot begin on the line of its key.")
_LIST_BELOW = message("Put each item on a line of its own below, or put quotes around the text.")
_CLOSE_BRACKET = message("Close the bracket, or put quotes around text that begins with one.")
_UNDER_VALUE = message("This key cannot stand here, because the line above has a value already.")
_ALIGN_OR_BLOCK = message(
    "Begin the line as far in as the other keys; for a text of several lines write | after its"
    " colon."
)
_NO_COLON = message("This line has no colon, so it is neither a key nor part of the text above.")
_COLON_OR_INDENT = message(
    "Write a colon and a space after the key, or begin the line further in than the key above."
)
_INDENTATION = message("This line does not begin as far in as the lines that it belongs to.")
_ALIGN = message("Begin lines that belong together with the same number of spaces.")
_SOMETHING = message("YAML cannot make sense of what stands here.")
_LOOK = message("Look at the quotes, colons and indentation of this line and the one above.")
