"""Found an organisation: make the repository that it starts with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from uuid import UUID

from orgcode import resources
from orgcode.actions.check import check
from orgcode.actions.tooling import with_record
from orgcode.adapters.git.configuration import user_setting
from orgcode.adapters.git.repository import Repository
from orgcode.adapters.new_folder import new_folder
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import MAX_ID
from orgcode.model.finding import Finding
from orgcode.model.message import message
from orgcode.rendering.starter import render_starter

ANCHORS: Mapping[str, str] = {"en": "anchor", "nl": "topcirkel"}
"""The id of the first circle, in each language."""

_FIRST_COMMIT: Mapping[str, str] = {
    "en": "Found the organisation\n\nIts name, its purpose, and the first who takes part.\n",
    "nl": "Richt de organisatie op\n\nNaam, bestaansreden, en wie als eerste meedoet.\n",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """What one has to know to found an organisation."""

    name: str
    purpose: str
    founder: str
    language: str
    ruleset: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Founded:
    """Where the organisation is, and what checking it found."""

    folder: Path
    commit: str
    findings: tuple[Finding, ...]


def known_founder() -> str | None:
    """The name of whoever sits at this computer, as git knows it."""
    return user_setting("user.name")


def init(folder: Path, founding: Founding, now: datetime, id: UUID) -> Founded:
    """Write the files of a new organisation to a new repository, and commit them.

    Raises `OrgcodeError`, with the folder left as it was, where they cannot be written.
    """
    if founding.ruleset not in resources.ruleset_ids():
        raise OrgcodeError(
            message("There is no ruleset {name}.", name=founding.ruleset),
            message("The rulesets are: {names}.", names=", ".join(resources.ruleset_ids())),
        )
    with new_folder(folder) as root:
        repository = Repository.create(root)
        files = init_files(founding, now.date(), id, repository.branch)
        text, author = _FIRST_COMMIT[founding.language], _whole(founding.founder)
        email = repository.author[1]
        commit = repository.commit_files(files, text, author, email, now, repository.branch)
    return Founded(folder=root, commit=commit, findings=check(root, now.date()))


def init_files(
    founding: Founding, today: date, id: UUID, branch: str = "refs/heads/main"
) -> Mapping[str, bytes]:
    """The files of a new organisation, by path."""
    language = founding.language
    anchor, founder_id = ANCHORS[language], id_from(founding.founder)
    variables = {
        "name": _whole(founding.name),
        "purpose": _whole(founding.purpose),
        "founder": _whole(founding.founder),
        "founder_id": founder_id,
        "anchor": anchor,
        "language": language,
        "ruleset": founding.ruleset,
        "id": str(id),
        "today": today.isoformat(),
        "in_a_year": (today + timedelta(days=364)).isoformat(),
        "version": version("orgcode"),
    }
    rendered = {
        "org.yaml": "org.yaml",
        f"circles/{anchor}.yaml": "circle.yaml",
        f"people/{founder_id}.yaml": "person.yaml",
        "README.md": f"README.{language}.md",
    }
    files = {
        path: render_starter(
            resources.read_template(f"starters/{starter}").decode("utf-8"), variables
        ).encode("utf-8")
        for path, starter in rendered.items()
    }
    files |= with_record(version("orgcode"), language, branch.removeprefix("refs/heads/"))
    return dict(sorted(files.items()))


def id_from(name: str) -> str:
    """An id that resembles a name; `founder` where nothing of it can stand in one."""
    decomposed = unicodedata.normalize("NFKD", _whole(name)).lower()
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['\u2019]", "", plain)).strip("-")
    return words[:MAX_ID].rstrip("-") or "founder"


def _whole(text: str) -> str:
    """What came from a command line may hold bytes that are no text."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text).strip()
