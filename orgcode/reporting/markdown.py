"""Text from the repository, made harmless in Markdown that a forge shows, as in a comment."""

from __future__ import annotations

import re

from orgcode.reporting.terminal import visible

_SIGN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&:/\"'=$^])")
_CALL = re.compile(r"@")
_NUMBER = re.compile(r"\\#(?=\d)")


def in_markdown(text: str) -> str:
    """The text in one line, in which nothing has a meaning in Markdown or HTML, no address becomes
    a link, and nobody is called (`@name`) or issue mentioned (`#12`).
    """
    line = visible(" ".join(text.split()))
    escaped = _SIGN.sub(r"\\\1", line)
    return _NUMBER.sub("#<!-- -->", _CALL.sub("@<!-- -->", escaped))
