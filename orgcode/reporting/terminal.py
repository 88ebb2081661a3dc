"""Text from the repository, made harmless for terminals and logs."""

from __future__ import annotations

import re

# C0 but tab and line feed, DEL, C1, lone surrogates, and whatever reorders or hides text: bidi
# marks, embeddings, overrides and isolates, zero-width characters, line and paragraph
# separators, the byte order mark, interlinear annotation and tag characters.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)

_COMMAND = re.compile(r"^(\s*)(?=::)", re.MULTILINE)


def visible(text: str) -> str:
    """The text with every character that steers a terminal or hides shown by its number."""
    return _HIDDEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def quoted(text: str) -> str:
    """The same for a place where a log may be read for commands, as on GitHub: each line but the
    first begins with a mark of ours, and the older sign of a command is parted.
    """
    return visible(text).replace("\n", "\n    | ").replace("##[", "## [")


def in_lines(text: str) -> str:
    """The same for text that keeps its lines: a mark parts those that look like a command."""
    return _COMMAND.sub(r"\1| ", visible(text)).replace("##[", "## [")


def one_line(text: str) -> str:
    """The same, in one line."""
    return visible(" ".join(text.split("\n")).replace("\t", " "))


def escape_json(text: str) -> str:
    """JSON with those characters, which can only stand inside its strings, as escapes; so too
    the bracket of the older sign of a command, which a log obeys anywhere in a line.
    """
    return _HIDDEN.sub(_json_escape, text).replace("##[", "##\\u005b")


def _json_escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
