"""Look whether all is ready for deciding together: git, who you are, your key, the branch of the
organisation, those with whom it is shared, the witness, and the tooling. Nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from shlex import quote

from orgcode.actions.doctor_person import look_at_person
from orgcode.actions.doctor_server import look_at_server, look_at_sharing
from orgcode.actions.open_proposals import PREFIX
from orgcode.actions.progress import Progress, silent
from orgcode.actions.pushed_names import hides
from orgcode.actions.target import Target, target_of
from orgcode.actions.update import update
from orgcode.adapters.git.branches import TAGS
from orgcode.adapters.git.repository import Repository, find
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import many, message, one
from orgcode.reporting.health import Point


def examine(
    directory: Path,
    now: datetime,
    *,
    person: str | None = None,
    target: str | None = None,
    progress: Progress = silent,
) -> tuple[Point, ...]:
    """What is in order and what is to be done in a repository; raises `OrgcodeError` where there is
    none.
    """
    repository = find(directory)
    return tuple(_looked(repository, directory, now, person, target, progress))


def _looked(
    repository: Repository,
    directory: Path,
    now: datetime,
    person: str | None,
    target: str | None,
    progress: Progress,
) -> Iterator[Point]:
    try:
        aim = target_of(directory, now.date(), target, progress)
    except OrgcodeError as error:
        yield Point.of("target", error)
        return
    if not repository.is_bare:
        yield from look_at_person(aim.org, repository, person, now.date())
    yield from _look_at_rules(aim)
    yield from look_at_sharing(aim) if not repository.is_bare else look_at_server(aim)
    yield from _look_at_tags(aim)
    yield _look_at_branches(aim)
    if not repository.is_bare:
        yield _look_at_tooling(directory, now.date())


def _look_at_rules(aim: Target) -> Iterator[Point]:
    organisation = aim.org.organisation
    if organisation is None:
        yield Point(
            topic="target",
            said=message("On {target} org.yaml cannot be read.", target=aim.name),
            is_ok=False,
            command="orgcode check",
        )
        return
    yield Point(
        topic="target",
        said=message(
            "What is decided stands on the branch {target}: {name}.",
            target=aim.name,
            name=organisation.name,
        ),
    )
    since = organisation.rules_in_force_since
    if since is not None:
        yield Point(topic="rules", said=message("The rules are in force since {day}.", day=since))
    else:
        yield Point(
            topic="rules",
            said=message("The rules are not in force yet: what is sound may be changed."),
            way_out=message(
                "Are they as you want them? Then give `rules_in_force_since` a day in org.yaml; "
                "'orgcode guide beginning' tells when."
            ),
        )


def _look_at_tags(aim: Target) -> Iterator[Point]:
    """Names that git takes for a branch: then 'git pull origin main' brings something else."""
    tags = aim.repository.branches.named(TAGS)
    hiding = tuple(tag for tag in tags if hides(f"{TAGS}{tag}", aim.ref))
    if hiding:
        yield Point(
            topic="tags",
            said=message(
                "Git takes these tags for branches on which decisions are made: {tags}.",
                tags=hiding,
            ),
            is_ok=False,
            command=f"git tag -d {' '.join(map(quote, hiding))}",
        )


def _look_at_branches(aim: Target) -> Point:
    commits = aim.repository.commits
    decided = [
        f"proposal/{id}"
        for id, tip in aim.repository.branches.below(PREFIX).items()
        if commits.is_before(tip, aim.tip)
    ]
    if not decided:
        return Point(
            topic="branches",
            said=message(
                "No branch is left whose {proposal} is decided.", proposal=one("proposal")
            ),
        )
    return Point(
        topic="branches",
        said=message(
            "The {proposals} of these branches are decided, and the branches may go: {branches}.",
            proposals=many("proposal"),
            branches=tuple(decided),
        ),
        is_ok=False,
        command=f"git branch -D {' '.join(decided)}",
    )


def _look_at_tooling(directory: Path, today: date) -> Point:
    try:
        outcomes = update(directory, today, version("orgcode"), write=False).outcomes
    except OrgcodeError as error:
        return Point.of("tooling", error)
    old = tuple(path for path, what in outcomes.items() if what == "refreshed")
    absent = tuple(path for path, what in outcomes.items() if what == "new")
    if old:
        said = message("An older version of orgcode made these files: {paths}.", paths=old)
    elif absent:
        said = message(
            "These files are not here yet: {paths}. With them editors and forges check what "
            "people write.",
            paths=absent,
        )
    else:
        said = message("Workflow, schemas and settings for editors are up to date.")
    is_ok = not (old or absent)
    command = None if is_ok else "orgcode init --update"
    return Point(topic="tooling", said=said, is_ok=is_ok, command=command)
