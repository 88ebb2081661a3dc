"""Found an organisation: make the repository that it starts with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from uuid import UUID

from msgspec import Struct

from orgcode.actions.check import check_in_words
from orgcode.actions.naming import Team, id_from, whole
from orgcode.actions.starters import Starter, Words, starter_files, starter_named
from orgcode.actions.tooling import with_record
from orgcode.adapters.git.configuration import user_setting
from orgcode.adapters.git.repository import Repository
from orgcode.adapters.new_folder import new_folder
from orgcode.model.errors import OrgcodeError
from orgcode.model.finding import Finding
from orgcode.model.message import message
from orgcode.model.ruleset import Ruleset
from orgcode.rendering.starter import Day

_FIRST_COMMIT: Mapping[str, str] = {
    "en": "Found the organisation\n\nIts name, its purpose, and the first who takes part.\n",
    "nl": "Richt de organisatie op\n\nNaam, bestaansreden, en wie als eerste meedoet.\n",
}


class Founding(Struct, frozen=True, kw_only=True):
    """What one has to know to found an organisation."""

    name: str
    purpose: str
    founder: str
    language: str
    email: str | None = None
    """The address by which git knows the founder."""
    starter: str = "teal"
    teams: tuple[Team, ...] = ()


class Founded(Struct, frozen=True, kw_only=True):
    """Where the organisation is, what checking it found, and in whose words to say that."""

    folder: Path
    commit: str
    findings: tuple[Finding, ...]
    ruleset: Ruleset


def known_founder() -> str | None:
    """The name of whoever sits at this computer, as git knows it."""
    return user_setting("user.name")


def known_email(founder: str) -> str | None:
    """Their address, as git knows it; None where git knows somebody else, or no address."""
    email = user_setting("user.email")
    return email if email and "@" in email and known_founder() == founder else None


def init(folder: Path, founding: Founding, now: datetime, id: UUID) -> Founded:
    """Write the files of a new organisation to a new repository, and commit them.

    Raises `OrgcodeError`, with the folder left as it was, where they cannot be written.
    """
    starter = starter_named(founding.starter)
    _check_teams(starter, founding.teams)
    with new_folder(folder) as root:
        repository = Repository.create(root)
        files = init_files(founding, now.date(), id, repository.branch)
        text, author = _FIRST_COMMIT[founding.language], whole(founding.founder)
        email = repository.author[1]
        commit = repository.commit_files(files, text, author, email, now, repository.branch)
    findings, ruleset = check_in_words(root, now.date())
    return Founded(folder=root, commit=commit, findings=findings, ruleset=ruleset)


def init_files(
    founding: Founding, today: date, id: UUID, branch: str = "refs/heads/main"
) -> Mapping[str, bytes]:
    """The files of a new organisation, by path."""
    language = founding.language
    words = Words(
        language=language,
        founder_id=id_from(founding.founder),
        teams=founding.teams,
        others={
            "name": whole(founding.name),
            "purpose": whole(founding.purpose),
            "founder": whole(founding.founder),
            "email": founding.email,
            "id": str(id),
            "today": today.isoformat(),
            "day": Day(today),
            "version": version("orgcode"),
        },
    )
    files = dict(starter_files(starter_named(founding.starter), words))
    files |= with_record(version("orgcode"), language, branch.removeprefix("refs/heads/"))
    return dict(sorted(files.items()))


def _check_teams(starter: Starter, teams: tuple[Team, ...]) -> None:
    if teams and not starter.has_teams:
        raise OrgcodeError(
            message("The starter {name} has no teams to name.", name=starter.name),
            message("Leave out --team, or choose the starter neighbourhood-care."),
        )
    if starter.has_teams and not teams:
        raise OrgcodeError(
            message("The starter {name} needs the names of its teams.", name=starter.name),
            message('Name each with --team, as in --team "North" --team "South".'),
        )
