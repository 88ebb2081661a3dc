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

from orgcode.checking.links import Link, links, resolve
from orgcode.checking.rule import Group
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import Message, message
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "references"


def check(org: Org) -> Iterator[Problem]:
    """Follow every link."""
    there = {""} | _with_folders(org)
    named: dict[str, str] = {}
    for link in links(org):
        leads_to = resolve(link.target, link.path)
        if leads_to in there:
            continue
        if not named:
            named = {path.rpartition("/")[2]: path for path in org.snapshot.entries}
        yield Problem(
            path=link.path,
            pointer=link.pointer,
            within=link.target,
            spot=link.spot,
            cause=message("The link {target} leads to no file.", target=link.target),
            way_out=_way_out(link, named.get(link.target.rpartition("/")[2])),
        )


def _with_folders(org: Org) -> set[str]:
    found = set(org.snapshot.entries)
    for path in org.snapshot.entries:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _way_out(link: Link, meant: str | None) -> Message:
    if meant is None:
        return message("Correct it, or take it out; it starts from the folder of this file.")
    up = "../" * link.path.count("/")
    return message("Write {target} if you mean that file.", target=up + meant)
