"""The guides that come with orgcode."""

from __future__ import annotations

from difflib import get_close_matches

from msgspec import Struct

from orgcode import resources
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message

FIRST = (
    "what-orgcode-is",
    "the-files",
    "what-yaml-wants",
    "checking",
    "reading-the-handbook",
    "proposing",
    "deciding",
    "beginning",
)
"""The order in which to read: these, then any other topic by name."""


class Guide(Struct, frozen=True, kw_only=True):
    """A guide: the topic it is asked for by, its title, and its text in Markdown."""

    topic: str
    title: str
    text: str


def guides(language: str) -> tuple[Guide, ...]:
    """All guides in a language, in the order in which to read them."""
    found = [
        _guide(language, name)
        for name in resources.template_names(f"guides/{language}")
        if name.endswith(".md")
    ]
    return tuple(sorted(found, key=lambda guide: (_place(guide.topic), guide.topic)))


def guide(topic: str, language: str) -> Guide:
    """The guide on a topic; raises `OrgcodeError` where there is none."""
    found = {guide.topic: guide for guide in guides(language)}
    if topic in found:
        return found[topic]
    asked = topic.lower()
    near = [name for name in found if asked in name] or get_close_matches(asked, found, n=1)
    raise OrgcodeError(
        message("There is no guide called {name}.", name=topic),
        message("Did you mean {name}?", name=near[0])
        if near
        else message("The guides are: {topics}.", topics=tuple(found)),
    )


def _place(topic: str) -> int:
    return FIRST.index(topic) if topic in FIRST else len(FIRST)


def _guide(language: str, name: str) -> Guide:
    text = resources.read_template(f"guides/{language}/{name}").decode("utf-8")
    topic = name.removesuffix(".md")
    first = text.partition("\n")[0]
    title = first.lstrip("# ").strip() if first.startswith("# ") else topic
    return Guide(topic=topic, title=title, text=text)
