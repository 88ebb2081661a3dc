"""Ensure that links to files of the repository lead to a file that is there.

In a text, `[Cook](../roles/cook.yaml)` links to the file of a role; on the forge it opens the file,
in the handbook the page. The way to it starts in the folder of the file in which the link stands.
After something is renamed or moved, the link leads nowhere. Correct it, or take it out.

Wrong:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: >-
      Meals for everybody,
      from [the garden](../roles/garden.yaml).  # <-- here

    # pages/welcome.md
    Meet [the cook](roles/cook.yaml).  # <-- here

Right:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: >-
      Meals for everybody in
      [the house](../circles/house.yaml).

    # pages/welcome.md
    Meet [the cook](../roles/cook.yaml).
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.links import links
from orgcode.checking.rule import Group, Subject
from orgcode.checking.texts import Texts
from orgcode.model.finding import Problem, Severity
from orgcode.model.links import resolve
from orgcode.model.message import Message, message
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "references"
FOR: tuple[Subject, ...] = ("texts", "other-path")


def check(org: Org, where: Texts | str) -> Iterator[Problem]:
    """Follow every link in the texts of a thing, or in a page."""
    path = where.path if isinstance(where, Texts) else where
    for target, pointer, spot in links(org, where):
        if not _is_there(org, resolve(target, path)):
            yield Problem(
                path=path,
                pointer=pointer,
                within=target,
                spot=spot,
                cause=message("The link {target} leads to no file.", target=target),
                way_out=_way_out(path, _named(org).get(target.rpartition("/")[2])),
            )


def _is_there(org: Org, path: str | None) -> bool:
    """Whether there is a file or folder at a path; None is out of the repository."""
    if path is None:
        return False
    return not path or org.is_there(path) or path in org.kept("folders", lambda: _folders(org))


def _folders(org: Org) -> frozenset[str]:
    """Every folder with something in it; asked only about links that lead to no file."""
    found: set[str] = set()
    for path in org.snapshot.entries:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset(found)


def _named(org: Org) -> dict[str, str]:
    """A path for each name of a file."""
    return org.kept(
        "paths by name", lambda: {path.rpartition("/")[2]: path for path in org.snapshot.entries}
    )


def _way_out(path: str, meant: str | None) -> Message:
    if meant is None:
        return message("Correct it, or take it out; it starts from the folder of this file.")
    return message("Write {target} if you mean that file.", target="../" * path.count("/") + meant)
