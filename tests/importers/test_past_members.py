"""Who was in which team on a day: the imported history says what the source's own files said."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from orgcode.actions.importing import import_organisation
from orgcode.actions.importing_history import import_organisation_with_history
from orgcode.actions.listing import list_things
from orgcode.adapters.git.repository import find
from orgcode.adapters.importers import Known, load_format_with_history
from orgcode.adapters.importers.leaves import Intake
from orgcode.adapters.importers.replaying import Steps
from orgcode.checking.check import check
from orgcode.documents.loading import load
from orgcode.i18n.translator import Translator
from orgcode.model.entities import Person
from tests.importers.past import Line, Members, git, kubernetes_members, rust_members

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
EARLY_RUST = "4d28497933c064faac11d516668824bd07259ce9"
Imported = Callable[[str, str], tuple[Path, Path]]


@pytest.fixture(scope="session")
def imported(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """The source and what it became, by format and revision; each made once."""

    @cache
    def make(format: str, rev: str) -> tuple[Path, Path]:
        folder = tmp_path_factory.mktemp("past")
        bundle = real_data / f"{format}.bundle"
        source, made = folder / "source", folder / "made"
        git(folder, "clone", "-q", "-b", "main", str(bundle), str(source))
        git(source, "reset", "-q", "--hard", rev)
        import_organisation_with_history(format, source, made, NOW, Translator("en"))
        return source, made

    return make


def equal_on(source: Path, made: Path, members: Callable[[Path, str], Members], pairs: int) -> None:
    """Compare so many random pairs of a team and a day; the sample differs every day."""
    seed = datetime.now(UTC).date().toordinal()
    print(f"The sample of {source} has the seed {seed}.")  # noqa: T201 (to find it again)
    chance = random.Random(seed)  # noqa: S311 (a sample)
    line = Line(source)
    for _ in range(pairs):
        day = line.a_day(chance)
        commit = line.on(day)
        assert commit is not None
        said = _read(members, source, commit)
        team = chance.choice(sorted(said))
        assert _listed(made, team, day) == said[team], f"{team} on {day}, seed {seed}"


@cache
def _read(members: Callable[[Path, str], Members], source: Path, commit: str) -> Members:
    return members(source, commit)


def _listed(made: Path, team: str, day: date) -> frozenset[str]:
    found = list_things(made, day, "people", circle=team.lower(), at=day.isoformat())
    people = [thing for thing in found.things if isinstance(thing, Person)]
    accounts = (account for person in people for account in person.accounts)
    return frozenset(
        str(account.login).lower() for account in accounts if account.forge == "github"
    )


def test_members_of_early_rust_teams_on_a_day(imported: Imported) -> None:
    equal_on(*imported("rust-team", EARLY_RUST), rust_members, 12)


def test_leads_of_early_kubernetes_groups_on_a_day(imported: Imported) -> None:
    equal_on(
        *imported("kubernetes-sigs", "54aeedfea835f6f2376bc6e538957515566349aa"),
        kubernetes_members,
        25,
    )


@pytest.mark.deep
def test_members_of_rust_teams_on_a_day(imported: Imported) -> None:
    equal_on(*imported("rust-team", "HEAD"), rust_members, 200)


@pytest.mark.deep
def test_leads_of_kubernetes_groups_on_a_day(imported: Imported) -> None:
    equal_on(*imported("kubernetes-sigs", "HEAD"), kubernetes_members, 100)


def test_what_is_kept_from_state_to_state_makes_no_difference(imported: Imported) -> None:
    source, _ = imported("rust-team", EARLY_RUST)
    module = load_format_with_history("rust-team")
    ancestry = find(source).ancestry("HEAD")
    steps = Steps(module, ancestry, None)
    compared = 0
    for number, state in enumerate(steps.states()):
        if number % 20 == 7:
            known = Known(days=state.days, ids=steps.register)
            afresh = module.convert(Intake(ancestry.snapshot(state.entries)), known)
            assert afresh == state.documents, state.commit.id
            compared += 1
    assert compared > 15


@pytest.mark.deep
@pytest.mark.parametrize("format", ["rust-team", "kubernetes-sigs"])
def test_states_on_the_way_have_no_errors(imported: Imported, format: str) -> None:
    _, made = imported(format, "HEAD")
    chance = random.Random(datetime.now(UTC).date().toordinal())  # noqa: S311 (a sample)
    commits = git(made, "rev-list", "HEAD").decode().split()
    for commit in chance.sample(commits, 40):
        org = load(find(made).commit(commit), NOW.date())
        assert [found for found in check(org) if found.severity == "error"] == [], commit


@pytest.mark.deep
@pytest.mark.parametrize("format", ["rust-team", "kubernetes-sigs"])
def test_the_end_is_that_of_an_import_without_history(
    imported: Imported, format: str, tmp_path: Path
) -> None:
    source, made = imported(format, "HEAD")
    import_organisation(format, source, tmp_path / "plain", NOW, Translator("en"))
    listed = [
        set(git(folder, "ls-tree", "-r", "HEAD").decode().splitlines())
        for folder in (made, tmp_path / "plain")
    ]
    (besides,) = listed[0] ^ listed[1]
    assert besides.endswith("\tpages/import-history.md")


@pytest.mark.deep
@pytest.mark.parametrize("format", ["rust-team", "kubernetes-sigs"])
def test_each_commit_has_its_counterpart_and_git_finds_no_fault(
    imported: Imported, format: str
) -> None:
    source, made = imported(format, "HEAD")
    subprocess.run(["git", "fsck", "--strict"], cwd=made, check=True)
    form = "--format=%H %P|%an|%ae|%at|%cn|%ce|%ct|%s"
    copies = git(
        made, "log", "HEAD~1", "--format=%(trailers:key=Imported-from,valueonly,separator=) %H"
    )
    pairs = [line.split() for line in copies.decode().splitlines()]
    ids = {copy: original for original, copy in pairs}
    assert len(ids) == len(set(ids.values()))
    told = git(made, "log", form, "HEAD~1").decode("utf-8", "replace")
    for copy, original in ids.items():
        told = told.replace(copy, original)
    own = git(source, "log", form, "HEAD").decode("utf-8", "replace")
    assert sorted(told.splitlines()) == sorted(own.splitlines())
