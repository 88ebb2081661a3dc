"""Which things have much in common, so that the same process had best look at them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from orgcode.model.facts import path_of
from orgcode.model.org import Org

IN_CIRCLE = ("role.circle", "policy.circle", "agreement.circle", "objective.circle")
"""Indices whose key is the circle to which a thing belongs."""


def by_circle(org: Org, files: Iterable[str]) -> tuple[list[str], list[str]]:
    """The files of circles and of things in them, those of each circle beside each other; and the
    rest.
    """
    rest = dict.fromkeys(files)
    together: list[str] = []
    for circle in [path for path in rest if path.startswith("circles/")]:
        id = circle[len("circles/") : -len(".yaml")]
        inside = [path for index in IN_CIRCLE for path, _ in org.postings(index, id)]
        for path in (circle, *inside):
            if path in rest:
                del rest[path]
                together.append(path)
    return together, list(rest)


def pages_by_circle(
    org: Org, files: Iterable[str], pages: Mapping[str, str]
) -> tuple[list[str], ...]:
    """The pages of things in the same order, those of a thing in each language beside each other;
    and the other pages. `pages` has for each its path within its language.
    """
    by_thing: dict[str, list[str]] = {}
    for page, path in pages.items():
        steps = path.removesuffix(".html").split("/")
        is_core_role = len(steps) == 3 and steps[0] == "roles"
        thing = path_of("circle", steps[1]) if is_core_role else "/".join(steps) + ".yaml"
        by_thing.setdefault(thing, []).append(page)
    groups = [
        [page for path in group for page in by_thing.pop(path, ())]
        for group in by_circle(org, files)
    ]
    return (*groups, [page for others in by_thing.values() for page in others])
