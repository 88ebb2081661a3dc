"""What peribolos settles besides who is in which team: settings, and repositories to be had."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orgcode.adapters.importers.leaves import Place
from orgcode.adapters.importers.things import Names
from orgcode.model.message import message

SETTINGS = (
    "default_repository_permission",
    "has_organization_projects",
    "has_repository_projects",
    "members_can_create_repositories",
    "members_can_create_public_repositories",
    "members_can_create_private_repositories",
    "members_can_fork_private_repositories",
)
NO_FILE = message("It is about a file of which nothing was imported.")


def settings_policy(place: Place, circle: str, name: str) -> Mapping[str, object] | None:
    """What every member of an organisation may do, and what there is in it."""
    said = [(key, place.take(key)) for key in SETTINGS if place.at(key).is_leaf]
    lines = [f"- `{key}`: {value}\n" for key, value in said if value]
    if not lines:
        return None
    return {
        "title": f"Settings on GitHub: {name}",
        "circle": circle,
        "kind": "access",
        "text": "For every member of the organisation on GitHub holds:\n\n" + "".join(lines),
    }


def restriction_policies(
    folder: str, place: Place, circles: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Which repositories the teams of a file may be given rights on. `circles` has the id and
    name of the circle of each file of teams, by its path.
    """
    titles: dict[str, Names] = {}
    for restriction in place.at("restrictions").items():
        said = restriction.text("path")
        path = f"{folder}/{said}" if folder else said
        if path is None or path not in circles:
            restriction.leave(NO_FILE)
            continue
        patterns = [
            text for item in restriction.at("allowedRepos").items() if (text := item.take())
        ]
        if not patterns:
            continue
        circle, name = circles[path]
        restriction.take("path")
        title = titles.setdefault(circle, Names()).unique(f"Repositories: {name}", path)
        lines = "".join(f"- `{pattern}`\n" for pattern in patterns)
        yield (
            circle,
            {
                "title": title,
                "circle": circle,
                "kind": "constraint",
                "text": f"The teams in `{path}` get rights only on repositories of which the name"
                f" matches one of these:\n\n{lines}",
            },
        )
