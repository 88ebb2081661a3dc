"""A small organisation with a past, in a real repository."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from orgcode.actions.build import site_files
from orgcode.actions.chronicle import GitChronicle
from orgcode.actions.past_things import Look, look_back
from orgcode.documents.loading import load
from orgcode.handbook.audience import Audience
from orgcode.handbook.pages import Handbook, handbook
from tests.builder import Builder
from tests.handbook.organisation import FILES, TODAY

T = TypeVar("T")

OBJECTIVE = "objectives/tachtig.yaml"
COOK = "roles/kok.yaml"
HOSTILE = "<script>alert(1)</script> & \x1b]8;; \u202e"


def evolved(root: Path) -> Builder:
    """Made on 5 January 2026; figures, holders and a name change in 2026 and 2027."""
    builder = Builder.make(root)
    builder.git("config", "user.name", "Sara de Wit")
    builder.git("config", "user.email", "sara@example.org")
    builder.write(".gitignore", "site/\n")
    builder.commit(dict(FILES), message="Leg alles vast\n\nZodat iedereen het kan lezen.")
    for month, figure in (("11", 10), ("12", 25)):
        text = FILES[OBJECTIVE].replace("current: 40", f"current: {figure}")
        files = {OBJECTIVE: text.replace("2027-02-22", f"2026-{month}-20")}
        builder.commit(files, message=f"Tel in {month}", at=f"2026-{month}-21T12:00:00Z")
    builder.commit({OBJECTIVE: FILES[OBJECTIVE]}, message="Tel weer", at="2027-02-22T12:00:00Z")
    ravi = "  - {person: ravi, since: 2026-02-01}\nseats"
    builder.commit(
        {COOK: FILES[COOK].replace("seats", ravi), "people/ravi.yaml": "name: Ravi\n"},
        message="Ravi gaat koken\n\nMail ravi@example.org.\n\nSigned-off-by: R <r@example.org>",
        at="2027-02-23T12:00:00Z",
    )
    builder.commit({COOK: FILES[COOK]}, message=HOSTILE, at="2027-02-24T12:00:00Z")
    return builder


def told(
    builder: Builder,
    work: Callable[[Handbook], T],
    audience: Audience | None = None,
    today: date = TODAY,
) -> T:
    """Do some work with the handbook of what is checked out, and its past."""
    org = load(builder.find().working_tree(), today)

    def within(look: Look) -> T:
        past = GitChronicle(
            look.past,
            org,
            lambda path: _blob(builder.root / path),
            lambda path: org.files.get(path),
        )
        return work(handbook(org, audience, past))

    return look_back(builder.root, today, None, within)


def site(builder: Builder, audience: Audience | None = None) -> dict[str, bytes]:
    """Every file of that handbook."""
    org = load(builder.find().working_tree(), TODAY)
    return told(builder, lambda made: dict(site_files(org, made)), audience)


def _blob(file: Path) -> str | None:
    """The id that git gives to what a file holds."""
    if not file.is_file():
        return None
    content = file.read_bytes()
    made = hashlib.sha1(b"blob %d\0%b" % (len(content), content), usedforsecurity=False)
    return made.hexdigest()
