"""The guides that come with orgcode."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from orgcode import resources
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A guide: the topic it is asked for by, its title, and its text in Markdown."""

    topic: str
    title: str
    text: str


def guides(language: str) -> tuple[Guide, ...]:
    """All guides in a language, by topic."""
    return tuple(
        _guide(language, name)
        for name in resources.template_names(f"guides/{language}")
        if name.endswith(".md")
    )


def guide(topic: str, language: str) -> Guide:
    """The guide on a topic; raises `OrgcodeError` where there is none."""
    found = {guide.topic: guide for guide in guides(language)}
    if topic in found:
        return found[topic]
    near = get_close_matches(topic.lower(), found, n=1)
    raise OrgcodeError(
        message("There is no guide called {name}.", name=topic),
        message("Did you mean {name}?", name=near[0])
        if near
        else message("The guides are: {topics}.", topics=tuple(found)),
    )


def _guide(language: str, name: str) -> Guide:
    text = resources.read_template(f"guides/{language}/{name}").decode("utf-8")
    topic = name.removesuffix(".md")
    first = text.partition("\n")[0]
    title = first.lstrip("# ").strip() if first.startswith("# ") else topic
    return Guide(topic=topic, title=title, text=text)
