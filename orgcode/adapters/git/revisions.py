"""Which name is meant. Whoever may push a tag may call it `main`, or like the beginning of an id,
and git would take it before the branch, or the commit, of which everybody thinks.
"""

from __future__ import annotations

import re

import pygit2

_ID = re.compile(r"[0-9a-f]{7,40}(?![^~^@:])")
_NAME = re.compile(r"[^~^@:]+")
_OF_GIT = re.compile(r"[A-Z_]+|refs/.*", re.DOTALL)
"""Names that git gives itself, such as HEAD, and names in full."""
_FIRST = ("refs/heads/", "refs/remotes/")


def unmistakable(git: pygit2.Repository, rev: str) -> str:
    """A revision named so that nothing else is taken for it: by its id, if it is the id of
    something or the beginning of one, else a branch before a tag or anything else.
    """
    written = _ID.match(rev)
    if written and (id := _whole(git, written[0])):
        return id + rev[written.end() :]
    name = _NAME.match(rev)
    if name is None or _OF_GIT.fullmatch(name[0]):
        return rev
    return next((f"{place}{rev}" for place in _FIRST if place + name[0] in git.references), rev)


def _whole(git: pygit2.Repository, beginning: str) -> str | None:
    """The id that begins so; None where there is none. Raises `ValueError` where several do."""
    try:
        return str(git[beginning].id)
    except KeyError:
        return None
