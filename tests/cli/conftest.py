"""A small organisation in a real repository, and orgcode as people start it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from orgcode.cli.main import run
from tests.builder import Builder

DAY = "2027-03-01"

ORGANISATION = {
    "org.yaml": """\
orgcode: 1
id: 0b0b9c1e-6f0c-4e0e-8f52-0a6f6f0c4e0e
name: {nl: De Buurt, en: The Neighbourhood}
purpose: {nl: Samen wonen en werken., en: Live and work together.}
anchor: buurt
ruleset: teal@1
languages: [nl, en]
decision_rules:
  - {for: tension, by: advice, of: all, open_for: 1 day}
""",
    "circles/buurt.yaml": """\
name: De Buurt
core_roles:
  lead: [omar]
  representative: [sara]
  facilitator: [omar]
  secretary: [sara]
""",
    "circles/keuken.yaml": """\
name: {nl: Keuken, en: Kitchen}
purpose: {nl: Iedereen eet goed., en: Everybody eats well.}
parent: buurt
core_roles:
  lead: [sara]
  representative: [omar]
  facilitator: [{person: omar, since: 2027-01-01, until: 2028-01-01, elected: true}]
  secretary: [sara]
""",
    "roles/kok.yaml": """\
name: {nl: Kok, en: Cook}
circle: keuken
purpose: {nl: Lekkere maaltijden., en: Good meals.}
accountabilities:
  - {nl: Koken op maandag, en: Cooking on Mondays}
domains:
  - {id: menu, text: {nl: Het menu, en: The menu}}
seats: 2
holders:
  - {person: sara, until: 2028-03-01}
  - {person: omar, since: 2028-03-02}
""",
    "people/sara.yaml": "name: Sara van Dam\nskills: [koken]\n",
    "people/omar.yaml": "name: Omar El Idrissi\naway: [{from: 2027-02-01, until: 2027-04-01}]\n",
    "policies/afwas.yaml": """\
title: {nl: Afwas, en: Dishes}
circle: keuken
text: {nl: Wie kookt wast niet af., en: Who cooks does not wash up.}
""",
    "tensions/pannen.yaml": """\
title: {nl: Te weinig pannen, en: Too few pans}
sensed_by: sara
role: kok
sensed_on: 2027-02-01
""",
}
"""Without errors; one seat of the role `kok` is open."""


@pytest.fixture
def repository(tmp_path: Path) -> Builder:
    """The organisation, committed."""
    builder = Builder.make(tmp_path / "buurt")
    builder.commit(ORGANISATION)
    return builder


class Answer(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


Ask = Callable[..., Answer]


@pytest.fixture
def ask(
    repository: Builder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Ask:
    """Run a command in the repository, in this process, in English unless told otherwise."""
    monkeypatch.chdir(repository.root)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def ask(*arguments: str) -> Answer:
        code = run(["--now", DAY, *arguments])
        return Answer(code, *capsys.readouterr())

    return ask


START = (sys.executable, "-c", "from orgcode.cli.main import main; main()")


def start(
    *arguments: str, folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run orgcode as a process of its own."""
    return subprocess.run(
        [*START, *arguments],
        cwd=folder,
        env={**quiet_environment(), **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )


def quiet_environment() -> dict[str, str]:
    """The environment without what decides about language and colour."""
    spoken = {"LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS"}
    return {name: value for name, value in os.environ.items() if name not in spoken}
