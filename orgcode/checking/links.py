"""The links that a check follows: in the texts of a thing, or in a page."""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.texts import Texts
from orgcode.model.finding import Pointer, Spot
from orgcode.model.links import in_markdown, is_page, targets
from orgcode.model.org import Org
from orgcode.model.snapshot import Unreadable

Link = tuple[str, Pointer, Spot | None]
"""A link as it is written, and where: in a text at a pointer, or at a spot in a page."""


def links(org: Org, where: Texts | str) -> Iterator[Link]:
    """Every link to a file in the texts of a thing, or in the page at a path."""
    if isinstance(where, Texts):
        for pointer, text in where.with_links:
            for target in targets(text):
                yield target, pointer, None
        if where.path == "org.yaml" and org.organisation and org.organisation.handbook.logo:
            yield org.organisation.handbook.logo, ("handbook", "logo"), None
    elif is_page(where):
        content = org.snapshot.read(where)
        if not isinstance(content, Unreadable):
            for line, column, target in in_markdown(content.decode("utf-8", "replace")):
                yield target, (), Spot(line, column)
