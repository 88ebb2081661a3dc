"""A large organisation, always the same: for measuring, and for trying things out at size.

python -m tests.benchmarks.organisation FOLDER
"""

from __future__ import annotations

import base64
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path

SEED = 20270301
DAY = "2027-03-01"
"""The day for which the organisation is made; pass it as `--now` when checking."""


def _each(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_FIRST = _each(
    "Aart Anna Bas Bram Carla Daan Dirk Eline Emma Fatima Femke Floor Gijs Hanna Hugo Ilse Iris "
    "Jan Joost Julia Karim Kees Koen Lars Lieke Lotte Luuk Maaike Mees Milan Mohamed Naomi Niels "
    "Noor Olaf Omar Pien Pieter Quinten Rachid Roos Ruben Sam Sanne Sara Sem Sofie Stijn Tess "
    "Thijs Tim Tom Ulrike Vera Victor Wes Willem Xander Yara Yusuf Zahra Zoë"
)
_LAST = _each(
    "Aydin Bakker Berg Boer Bos Bosch Brouwer Bruin Dekker Dijk Dijkstra Dongen El-Amrani Fischer "
    "Geest Gerritsen Graaf Groot Haan Heij Hendriks Hermans Hoek Hofman Hout Huisman Jacobs "
    "Jansen Jong Kaya Kemper Klein Koning Koster Kramer Kuiper Laan Leeuw Linden Maas Martens "
    "Meijer Meulen Mol Mulder Nguyen Nijland Okafor Oost Peeters Peters Plas Post Prins Reijnders "
    "Ridder Roos Sanders Schouten Schmidt Scholten Silva Smeets Smit Smits Sommer Timmermans Veen "
    "Velde Ven Verhoeven Vermeer Verbeek Visser Vliet Vos Vries Wal Wang Water Weber Willems Wit "
    "Wolf Yilmaz Zand Zijlstra"
)
_DOING = _each(
    "Planning Buying Cooking Repairing Teaching Welcoming Counting Gardening Writing Drawing "
    "Listening Driving Cleaning Testing Building Hosting Mending Weighing Sorting Lending"
)
_WHAT = _each(
    "bread bicycles books budgets chairs contracts courses data events furniture gardens guests "
    "homes invoices kitchens lamps letters machines meals meetings music news orders paint parcels "
    "pianos plants recipes rooms rotas samples schedules seeds shelves stories tables tools trees "
    "volunteers websites"
)
_SENTENCES = (
    "We begin with the {what} need, and *only then* with what we have.",
    "Who needs {what} asks [the circle](../circles/{circle}.yaml), which answers within a week.",
    "**{doing}** happens in pairs, so that nobody is the only one who knows how.",
    "See also [the neighbours](../circles/{circle}.yaml), who do the same with {what}.",
    "In winter there is less of it: `{what}` then come once a month.",
    "What it costs is written down, and read aloud at the first meeting of the quarter.",
    "Nobody has to do this alone; asking for help is part of the work.",
    "If it takes more than a day, say so before you begin.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many of each kind."""

    roles: int
    people: int
    circles: int
    policies: int

    @property
    def files(self) -> int:
        """All files, org.yaml included."""
        return self.roles + self.people + self.circles + self.policies + 1


LARGE = Size(roles=20_000, people=5_000, circles=1_000, policies=500)
SMALL = Size(roles=60, people=15, circles=4, policies=3)


def files(size: Size) -> Iterator[tuple[str, str]]:
    """Path and text of every file, about 1 KB each."""
    dice = random.Random(SEED)  # noqa: S311 (the same every time is the point)
    people = dict(islice(_names(), size.people))
    circles = [f"circle-{number:04}" for number in range(1, size.circles + 1)]
    words = _Words(dice, circles)
    holders = _deck(dice, list(people))
    yield "org.yaml", _organisation(circles[0])
    for place, id in enumerate(circles):
        parent = circles[(place - 1) // 8] if place else None
        yield f"circles/{id}.yaml", _circle(words, place, parent, holders)
    for id, name in people.items():
        yield f"people/{id}.yaml", _person(words, id, name)
    for place in range(size.roles):
        circle = circles[place % size.circles]
        yield f"roles/role-{place + 1:05}.yaml", _role(words, place, size, circle, holders)
    for place in range(size.policies):
        circle = circles[place * len(circles) // size.policies]
        yield f"policies/policy-{place + 1:03}.yaml", _policy(words, place, circle)


def write(folder: Path, size: Size = LARGE) -> None:
    """Write the organisation as a git repository with one commit, the same every time."""
    for path, text in files(size):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    moment = f"{DAY}T12:00:00Z"
    by = {"NAME": "Benchmark", "EMAIL": "benchmark@example.org", "DATE": moment}
    nobodys = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    environment = (
        os.environ
        | nobodys
        | {
            f"GIT_{who}_{key}": value
            for who in ("AUTHOR", "COMMITTER")
            for key, value in by.items()
        }
    )
    for command in (
        ["init", "--quiet", "--initial-branch=main"],
        ["add", "--all"],
        ["commit", "--quiet", "--message=A large organisation"],
    ):
        subprocess.run(["git", *command], cwd=folder, env=environment, check=True)


class _Words:
    """Texts for people to read, with links that lead somewhere."""

    def __init__(self, dice: random.Random, circles: list[str]) -> None:
        self.dice = dice
        self._circles = circles

    def sentence(self) -> str:
        pick = self.dice.choice
        return pick(_SENTENCES).format(
            what=pick(_WHAT), doing=pick(_DOING), circle=pick(self._circles)
        )

    def work(self) -> str:
        return f"{self.dice.choice(_DOING)} {self.dice.choice(_WHAT)} for {self.dice.choice(_WHAT)}"

    def markdown(self, sentences: int, indent: str = "  ") -> str:
        """A literal block of YAML with a heading, paragraphs and a list."""
        half = sentences // 2
        lines = ["## How we do it", ""]
        lines += [self.sentence() for _ in range(half)]
        lines += ["", *(f"- {self.sentence()}" for _ in range(sentences - half))]
        return "|\n" + "\n".join(f"{indent}{line}".rstrip() for line in lines) + "\n"


def _names() -> Iterator[tuple[str, str]]:
    """Ids and names, each only once."""
    for last, first in product(_LAST, _FIRST):
        id = f"{first}-{last}".lower().replace("ë", "e")
        yield id, f"{first} {last}"


def _deck(dice: random.Random, people: list[str]) -> Iterator[str]:
    """People in turn, shuffled anew each round, so that nobody has many more roles than others."""
    while True:
        dice.shuffle(people)
        yield from people


def _organisation(anchor: str) -> str:
    return f"""\
orgcode: 1
id: 5f0c2c7e-9a55-4d64-9a0e-2f6f0f1f7a01
name: {{nl: De grote vereniging, en: The large association}}
purpose: Show how an organisation of five thousand people reads, checks and changes.
anchor: {anchor}
ruleset: teal@1
languages: [en, nl]
values: [Openness, Care, Craft]
"""


def _circle(words: _Words, place: int, parent: str | None, holders: Iterator[str]) -> str:
    kind = "team" if parent else "anchor"
    core = ["facilitator", "secretary", *(["representative"] if parent else [])]
    filled = "".join(
        f"  {name}:\n    - {{person: {next(holders)}, since: 2026-09-01, until: 2027-08-31, "
        "elected: true}\n"
        for name in core
    )
    above = f"parent: {parent}\n" if parent else ""
    return (
        f"name: {words.dice.choice(_DOING)} circle {place + 1}\n"
        f"purpose: {words.work()}\nkind: {kind}\n{above}"
        f"domains:\n  - {{id: rooms, text: The rooms of circle {place + 1}}}\n"
        f"accountabilities:\n  - {words.work()}\n  - {words.work()}\n"
        f"core_roles:\n{filled}"
        f"members: [{next(holders)}]\n"
        f"metrics:\n  - {{name: Visitors, value: {place * 7 % 900}, unit: people, "
        "as_of: 2027-01-15}\n"
        "meetings:\n  - {name: Circle meeting, kind: governance, every: 2 weeks, day: tuesday}\n"
        f"context:\n  text: {words.markdown(5, '    ')}  as_of: 2026-12-01\n"
    )


def _person(words: _Words, id: str, name: str) -> str:
    key = base64.b64encode(b"\0\0\0\x0bssh-ed25519\0\0\0 " + words.dice.randbytes(32)).decode()
    return (
        f"name: {name}\njoined_on: 20{words.dice.randint(10, 26)}-0{words.dice.randint(1, 9)}-15\n"
        f"accounts:\n  github: {{login: {id}}}\nemails: [{id}@example.org]\n"
        f"keys:\n  - {{key: ssh-ed25519 {key}, since: 2027-01-01}}\n"
        f"skills: [{words.dice.choice(_DOING).lower()}, {words.dice.choice(_WHAT)}]\n"
        f"languages: [nl, en]\nabout: {words.markdown(7)}"
    )


def _role(words: _Words, place: int, size: Size, circle: str, holders: Iterator[str]) -> str:
    turn = place // size.circles  # the how-manieth role of its circle; names differ within one
    name = f"{_DOING[turn % len(_DOING)]} {_WHAT[(turn // len(_DOING) + place) % len(_WHAT)]}"
    return (
        f"name: {name}\ncircle: {circle}\npurpose: {words.work()}\n"
        f"accountabilities:\n  - {words.work()}\n  - {words.work()}\n  - {words.work()}\n"
        f"domains:\n  - The shelf of {words.dice.choice(_WHAT)} in {circle}, number {place}\n"
        f"holders:\n  - {{person: {next(holders)}, since: 2026-03-01}}\n"
        f"skills: [{words.dice.choice(_WHAT)}]\ntags: [benchmark]\n"
        f"notes: {words.markdown(8)}"
    )


def _policy(words: _Words, place: int, circle: str) -> str:
    return (
        f"title: Agreement {place + 1} on {words.dice.choice(_WHAT)}\ncircle: {circle}\n"
        f"kind: constraint\ndomain: {circle}#rooms\n"
        "effective_on: 2026-06-01\nreview_on: 2028-06-01\n"
        f"text: {words.markdown(10)}"
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]))
