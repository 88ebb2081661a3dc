"""Files that orgcode writes for somebody to start from: the demo, a new repository."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from jinja2 import Environment, StrictUndefined

from orgcode.documents.scalars import quoted
from orgcode.model.span import last_day

_ENVIRONMENT = Environment(  # noqa: S701 - what comes out is YAML and Markdown, not HTML
    undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
)


def markdown(text: str) -> str:
    """A text as it stands in one line of Markdown, without anything in it becoming markup."""
    line = "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))
    return _AT_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", line))


_MARKUP = re.compile(r"[\\`*_\[\]<>#|~&]")
_AT_START = re.compile(r"\A(\d{0,9})([-+=.)])")

_ENVIRONMENT.filters["quoted"] = quoted
_ENVIRONMENT.filters["markdown"] = markdown


def render_starter(text: str, variables: Mapping[str, object]) -> str:
    """The text with its marks filled in, such as `{{ name | quoted }}`."""
    return _ENVIRONMENT.from_string(text).render(variables)


class Day:
    """What `{{ day(+30) }}` stands for: the day so many days from today, as YAML writes it."""

    def __init__(self, today: date) -> None:
        self._today = today

    def __call__(self, offset: int) -> str:
        """The day `offset` days from today."""
        return (self._today + timedelta(days=offset)).isoformat()

    def last_of(self, span: str) -> str:
        """The last day of a term that begins today, as in `last_of("1 year")`."""
        return last_day(self._today, span).isoformat()

    def after(self, span: str) -> str:
        """The first day after such a term."""
        return (last_day(self._today, span) + timedelta(days=1)).isoformat()
