"""Make the example organisation: its repository, its findings, its handbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from msgspec import Struct

from orgcode.actions.build import Built, build
from orgcode.actions.check import check_in_words
from orgcode.actions.demo_deciding import decide
from orgcode.actions.demo_files import demo_files
from orgcode.adapters.git.committing import lasting_together
from orgcode.adapters.git.repository import Repository, find
from orgcode.adapters.new_folder import new_folder
from orgcode.documents.loading import load
from orgcode.model.finding import Finding
from orgcode.model.ruleset import Ruleset
from orgcode.model.snapshot import Files

FOUNDED = 24
"""So many days ago everything was written down; since then the rules have decided."""

AUTHOR = ("Ineke Smit", "ineke@sluiskwartier.example")
"""Who commits: a member, so that the same day gives the same commit on every computer."""

_FIRST_COMMIT: Mapping[str, str] = {
    "en": "Write down how we work together\n\n"
    "So that everybody can read it, and anybody can propose to change it.\n",
    "nl": "Leg vast hoe we samenwerken\n\n"
    "Zodat iedereen het kan lezen, en iedereen kan voorstellen om het te veranderen.\n",
}


class Demo(Struct, frozen=True, kw_only=True):
    """Where the example is, what checking it found, and in whose words to say that."""

    folder: Path
    commit: str
    findings: tuple[Finding, ...]
    ruleset: Ruleset
    handbook: Built


def demo(folder: Path, now: datetime, language: str) -> Demo:
    """Write the example to a new repository, let its people decide, check it and build its
    handbook.
    """
    today = now.date()
    files = demo_files(today, language)
    names = {id: person.name for id, person in load(Files(files), today).people.items()}
    began_at = datetime.combine(today - timedelta(days=FOUNDED), time(9), UTC)
    with new_folder(folder) as root, lasting_together():
        repository = Repository.create(root)
        name, email = AUTHOR
        text = _FIRST_COMMIT[language]
        repository.commit_files(files, text, name, email, began_at)
        # What is kept of the first state is filled before several look into it at a time.
        check_in_words(root, began_at.date(), at="HEAD")
        decide(root, today, language, names)
    commit = find(root).id_of("HEAD")
    findings, ruleset = check_in_words(root, now.date())
    handbook = build(root, now.date())
    return Demo(folder=root, commit=commit, findings=findings, ruleset=ruleset, handbook=handbook)
