"""Make the example organisation: its repository, its findings, its handbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from orgcode.actions.build import Built, build
from orgcode.actions.check import check_in_words
from orgcode.actions.demo_files import demo_files
from orgcode.adapters.git.repository import Repository
from orgcode.adapters.new_folder import new_folder
from orgcode.model.finding import Finding
from orgcode.model.ruleset import Ruleset

AUTHOR = ("Ineke Smit", "ineke@sluiskwartier.example")
"""Who commits: a member, so that the same moment gives the same commit on every computer."""

_FIRST_COMMIT: Mapping[str, str] = {
    "en": "Write down how we work together\n\n"
    "So that everybody can read it, and anybody can propose to change it.\n",
    "nl": "Leg vast hoe we samenwerken\n\n"
    "Zodat iedereen het kan lezen, en iedereen kan voorstellen om het te veranderen.\n",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """Where the example is, what checking it found, and in whose words to say that."""

    folder: Path
    commit: str
    findings: tuple[Finding, ...]
    ruleset: Ruleset
    handbook: Built


def demo(folder: Path, now: datetime, language: str) -> Demo:
    """Write the example to a new repository, check it and build its handbook."""
    files = demo_files(now.date(), language)
    with new_folder(folder) as root:
        repository = Repository.create(root)
        name, email = AUTHOR
        text = _FIRST_COMMIT[language]
        commit = repository.commit_files(files, text, name, email, now, repository.branch)
    findings, ruleset = check_in_words(root, now.date())
    handbook = build(root, now.date())
    return Demo(folder=root, commit=commit, findings=findings, ruleset=ruleset, handbook=handbook)
