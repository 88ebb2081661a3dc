"""For whom a handbook is, and what it contains: `handbook.audience` and `handbook.public`.

A handbook for members (the default) shows everything. One for everyone contains the kinds of
things in `public`; without that key: circles, roles, policies and pages. Whoever is not shown is
counted, never named. What cannot be read in org.yaml opens nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from orgcode.handbook.addresses import (
    DIARY,
    GLOSSARY,
    HELP,
    HOME,
    NOT_FOUND,
    OVERVIEWS,
    WHO_DECIDES,
)
from orgcode.handbook.unnamed import is_hidden
from orgcode.model.entities import Organisation
from orgcode.model.facts import FOLDERS
from orgcode.model.org import Org

KINDS = (*OVERVIEWS, "page")
"""What a handbook may show or not, in the order of its menu."""

UNLESS_SAID = frozenset({"circle", "role", "policy", "page"})
"""What a handbook for everyone shows where org.yaml does not say."""


class Audience(Struct, frozen=True, kw_only=True):
    """Who reads a handbook, and which kinds of things are in it."""

    everyone: bool = False
    kinds: frozenset[str] = frozenset(KINDS)

    def shows(self, kind: str) -> bool:
        """Whether things of a kind are shown."""
        return kind in self.kinds

    @property
    def hidden(self) -> tuple[str, ...]:
        """The kinds that are not shown, in the order of the menu."""
        return tuple(kind for kind in KINDS if kind not in self.kinds)

    def has_page(self, path: str) -> bool:
        """Whether a page is part of the handbook.

        A page about the whole that is not known here needs everything: what it shows may come
        from anywhere.
        """
        if not self.hidden:
            return True
        folder, slash, id = path.partition("/")
        if not slash:
            return _NEEDED.get(path, frozenset(KINDS)) <= self.kinds
        if folder in ("help", "diary"):
            return True
        needed = {"page"} if folder == "pages" else {FOLDERS.get(folder, folder.removesuffix("s"))}
        if folder == "roles" and "/" in id:
            needed.add("circle")  # a core role's address names its circle
        return needed <= self.kinds and not is_hidden(id.removesuffix(".html"))


MEMBERS = Audience()
"""A handbook that shows everything."""

_NEEDED: Mapping[str, frozenset[str]] = {
    HOME: frozenset(),
    NOT_FOUND: frozenset(),
    GLOSSARY: frozenset(),
    HELP: frozenset(),
    DIARY: frozenset(),
    WHO_DECIDES: frozenset({"circle"}),
    "pages.html": frozenset({"page"}),
    **{path: frozenset({kind}) for kind, path in OVERVIEWS.items()},
}


def audience_of(org: Org, wished: str | None = None) -> Audience:
    """The audience that org.yaml names, or the one wished for instead, with what it may see.

    Where org.yaml cannot be read whole and names none, it might have meant everyone: then no
    more is shown than for them.
    """
    organisation, facts = org.organisation, org.files.get("org.yaml")
    is_whole = facts is not None and facts.is_whole
    audience = wished or (organisation.handbook.audience if organisation else None)
    if audience is None:
        audience = "members" if is_whole else "everyone"
    if audience == "members":
        return MEMBERS
    return Audience(everyone=True, kinds=_public(organisation, is_whole=is_whole))


def _public(organisation: Organisation | None, *, is_whole: bool) -> frozenset[str]:
    named = organisation.handbook.public if organisation else None
    if named is not None:
        return frozenset(KINDS) & frozenset(named)
    return UNLESS_SAID if is_whole else frozenset()
