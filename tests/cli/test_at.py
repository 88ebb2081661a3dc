"""Looking back with `--at`, to a day or a revision."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from orgcode.cli.main import run
from tests.builder import Builder
from tests.cli.conftest import ORGANISATION, Ask, start

ROLE = "name: Kok\ncircle: keuken\npurpose: Koken.\nholders: [{who}]\n"
_BANNER = re.compile(r"<aside class=\"back\".*?</aside>", re.DOTALL)


@pytest.fixture
def past(repository: Builder) -> Builder:
    """The role of the cook has passed from Sara to Omar."""
    repository.commit(
        {"roles/kok.yaml": ROLE.format(who="sara")}, message="Sara", at="2026-02-01T12:00:00Z"
    )
    repository.commit(
        {"roles/kok.yaml": ROLE.format(who="omar")}, message="Omar", at="2026-05-01T12:00:00Z"
    )
    return repository


@pytest.mark.parametrize(("at", "who"), [("2026-02-01", "sara"), ("2026-05-01", "omar")])
def test_a_thing_is_shown_as_it_was_on_a_day(past: Builder, ask: Ask, at: str, who: str) -> None:
    shown = json.loads(ask("show", "roles/kok", "--at", at, "--format", "json").out)
    assert [holder["person"] for holder in shown["holders"]] == [who]
    listed = json.loads(ask("list", "roles", "--at", at, "--format", "json").out)
    holders = {row["id"]: row["holders"] for row in listed["things"]}
    assert holders["kok"] == [who]


@pytest.mark.parametrize(
    "command",
    [("check",), ("who-decides", "roles/kok"), ("what-binds", "roles/kok"), ("show", "kok")],
)
def test_every_command_that_reads_looks_back(
    past: Builder, ask: Ask, command: tuple[str, ...]
) -> None:
    then = past.git("rev-parse", "HEAD~1")
    by_day = ask(*command, "--at", "2026-03-15")
    assert by_day.code in (0, 1)
    assert by_day == ask(*command, "--at", then)
    past.write("roles/kok.yaml", "name: [")
    assert by_day == ask(*command, "--at", "2026-03-15")


def test_a_handbook_of_a_day_is_that_of_its_last_step(
    past: Builder, ask: Ask, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folders = [tmp_path_factory.mktemp(name) / "site" for name in "ab"]
    for folder, at in zip(folders, ("2026-03-15", past.git("rev-parse", "HEAD~1")), strict=True):
        assert ask("build", "--at", at, "--output", str(folder)).code == 0
    by_day, by_revision = (
        {str(p.relative_to(folder)): p.read_text("utf-8") for p in folder.rglob("*.html")}
        for folder in folders
    )
    assert by_day.keys() == by_revision.keys()
    for path, page in by_day.items():
        (said,), (also,) = _BANNER.findall(page), _BANNER.findall(by_revision[path])
        assert said != also, "one names the day, the other the revision"
        assert page.replace(said, "") == by_revision[path].replace(also, ""), path


def test_the_day_that_is_looked_back_to_is_the_day_for_which_is_answered(
    repository: Builder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = "{person: sara, until: 2026-03-31}, {person: omar, since: 2026-04-01}"
    repository.commit({"roles/kok.yaml": ROLE.format(who=turns)}, at="2026-02-01T12:00:00Z")

    monkeypatch.chdir(repository.root)
    for at, who in (("2026-03-31", "sara"), ("2026-04-01", "omar")):
        assert run(["show", "roles/kok", "--format", "json", "--at", at]) == 0
        shown = json.loads(capsys.readouterr().out)
        assert [h["person"] for h in shown["holders"] if h["state"] == "current"] == [who]


def test_a_day_on_which_there_was_no_organisation_yet_is_refused_plainly(
    tmp_path: Path,
) -> None:
    builder = Builder.make(tmp_path / "it")
    early = builder.commit({"README.md": "A plan\n"}, at="2026-01-01T12:00:00Z")
    builder.commit(ORGANISATION, at="2026-02-01T12:00:00Z")
    for command in (("list", "roles"), ("check",), ("show", "roles/kok"), ("build",)):
        done = start(*command, "--at", "2026-01-15", folder=builder.root)
        assert done.returncode == 2, command
        said = done.stderr.decode()
        assert f"In commit {early[:10]}, of 1 January 2026, there is no org.yaml" in said
    assert not (builder.root / "site").exists()


def test_a_day_before_the_beginning_is_refused_plainly(past: Builder, ask: Ask) -> None:
    answer = ask("check", "--at", "2025-12-31")
    assert answer.code == 2
    assert "On 31 December 2025 there was nothing yet" in answer.err
    assert "the history begins on 5 January 2026" in answer.err
