"""A small source with a history, replayed commit by commit."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from orgcode.actions.importing import ImportedOrganisation, import_organisation
from orgcode.actions.importing_history import import_organisation_with_history
from orgcode.adapters.git.repository import find
from orgcode.checking.check import check
from orgcode.cli.main import run
from orgcode.documents.loading import load
from orgcode.i18n.translator import Translator
from orgcode.model.errors import OrgcodeError
from tests.builder import Builder

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def team(name: str, *members: str, more: str = "") -> str:
    return f'name = "{name}"\n{more}[people]\nleads = []\nmembers = {json.dumps(list(members))}\n'


def person(login: str, number: int) -> str:
    return f'name = "{login.title()}"\ngithub = "{login}"\ngithub-id = {number}\n'


@pytest.fixture
def source(tmp_path: Path) -> Builder:
    """A history with a merge, an octopus, a broken state, renames and an archive."""
    made = Builder.make(tmp_path / "source")
    made.commit({"README.md": "Nothing yet.\n"}, message="Begin", at="2020-01-01T10:00:00Z")
    made.commit(
        {
            "teams/core.toml": team("core", "ada"),
            "teams/compiler.toml": team("compiler", "ada", "Old-Grace"),
            "people/ada.toml": person("ada", 1),
            "people/grace.toml": person("Old-Grace", 2),
        },
        message="Teams\n\nWith people.\n\nCo-authored-by: Ada <ada@example.org>",
        at="2020-02-01T10:00:00+02:00",
    )
    made.git("checkout", "-q", "-b", "side")
    made.commit({"teams/docs.toml": team("docs", "ada")}, message="Docs", at="2020-03-01T10:00:00Z")
    made.git("checkout", "-q", "main")
    made.commit(
        {"teams/compiler.toml": 'name = "compiler"\n[people\n'},
        message="Oops",
        at="2020-03-02T10:00:00Z",
    )
    made.commit({"README.md": "Teams.\n"}, message="Words", at="2020-03-03T10:00:00Z")
    made.git("merge", "-q", "--no-ff", "-m", "Merge side", "side", at="2020-03-04T10:00:00Z")
    made.commit(
        {
            "teams/compiler.toml": team("compiler", "Ada", "grace", "linus"),
            "people/grace.toml": person("grace", 2),
            "people/linus.toml": person("linus", 3),
        },
        message="Mend, and Grace has a new login",
        at="2020-04-01T10:00:00Z",
    )
    for number in (1, 2):
        made.git("checkout", "-q", "-b", f"leg{number}", "main")
        made.commit({f"teams/leg{number}.toml": team(f"leg{number}", "ada")}, message="Leg")
    made.git("checkout", "-q", "main")
    made.commit({"teams/body.toml": team("body", "ada")}, message="Body")
    made.git("merge", "-q", "-m", "Octopus", "leg1", "leg2", at="2020-05-01T10:00:00Z")
    (made.root / "teams/archive").mkdir()
    made.git("mv", "teams/docs.toml", "teams/archive/docs.toml")
    made.git("mv", "teams/leg1.toml", "teams/first-leg.toml")
    made.commit(
        {"teams/first-leg.toml": team("first-leg", "ada")},
        message="Archive and rename",
        at="2020-06-01T10:00:00Z",
    )
    return made


def replayed(source: Path, into: Path) -> ImportedOrganisation:
    return import_organisation_with_history("rust-team", source, into, NOW, Translator("en"))


def copies(made: Path) -> dict[str, str]:
    """By commit of the source the one that it became."""
    form = "--format=%(trailers:key=Imported-from,valueonly,separator=) %H"
    lines = Builder(made).git("log", form, "HEAD~1").splitlines()
    return dict(line.split() for line in lines)


def by_subject(repository: Builder, subject: str) -> str:
    return repository.git("log", "--all", "--format=%H", f"--grep=^{subject}")


def file_at(made: Path, commit: str, path: str) -> str:
    return Builder(made).git("show", f"{commit}:{path}")


def test_every_commit_has_its_counterpart_in_a_graph_of_the_same_shape(
    source: Builder, tmp_path: Path
) -> None:
    made = tmp_path / "made"
    replayed(source.root, made)
    copy = copies(made)
    form = "--format=%H|%P|%an|%ae|%ad|%cn|%ce|%cd|%s"

    told = source.git("log", "--date=raw", form)
    for original, own in copy.items():
        told = told.replace(original, own)
    assert sorted(told.splitlines()) == sorted(
        Builder(made).git("log", "--date=raw", form, "HEAD~1").splitlines()
    )
    assert len(copy) == int(source.git("rev-list", "--count", "HEAD")) == 12
    assert Builder(made).git("log", "-1", "--format=%s").startswith("Import the teams of")


def test_the_source_commit_stands_among_the_trailers(source: Builder, tmp_path: Path) -> None:
    made = tmp_path / "made"
    replayed(source.root, made)
    teams = by_subject(source, "Teams")

    assert Builder(made).git("log", "-1", "--format=%B", copies(made)[teams]) == (
        f"Teams\n\nWith people.\n\nCo-authored-by: Ada <ada@example.org>\nImported-from: {teams}"
    )


def test_the_end_is_that_of_an_import_without_history(source: Builder, tmp_path: Path) -> None:
    replayed(source.root, tmp_path / "made")
    import_organisation("rust-team", source.root, tmp_path / "plain", NOW, Translator("en"))
    trees = [
        Builder(tmp_path / name).git("ls-tree", "-r", "HEAD").splitlines()
        for name in ("made", "plain")
    ]

    only_made = set(trees[0]) - set(trees[1])
    assert [line.split("\t")[1] for line in only_made] == ["pages/import-history.md"]
    assert set(trees[1]) < set(trees[0])


def test_git_finds_no_fault_and_the_working_tree_is_clean(source: Builder, tmp_path: Path) -> None:
    made = tmp_path / "made"
    replayed(source.root, made)

    subprocess.run(["git", "fsck", "--strict"], cwd=made, check=True)
    assert Builder(made).git("status", "--porcelain") == ""
    assert Builder(made).git("branch", "--format=%(refname)") == "refs/heads/main"


def test_each_state_is_an_organisation_without_errors(source: Builder, tmp_path: Path) -> None:
    made = tmp_path / "made"
    replayed(source.root, made)
    for commit in copies(made).values():
        org = load(find(made).commit(commit), date(2026, 11, 24))
        assert [found for found in check(org) if found.severity == "error"] == []
        assert "org.yaml" in org.files


def test_a_file_that_cannot_be_read_says_what_it_said_before(
    source: Builder, tmp_path: Path
) -> None:
    made = tmp_path / "made"
    report = replayed(source.root, made).history
    assert report is not None
    before, oops = (copies(made)[by_subject(source, subject)] for subject in ("Teams", "Oops"))

    assert file_at(made, oops, "circles/compiler.yaml") == file_at(
        made, before, "circles/compiler.yaml"
    )
    (carried,) = report.carried
    assert (carried.path, carried.line, carried.count) == ("teams/compiler.toml", 2, 3)
    assert carried.commit == by_subject(source, "Oops")
    assert carried.has_former
    assert [each.commit for each in report.stalled] == [by_subject(source, "Begin")]
    assert "teams/compiler.toml:2" in (made / "pages/import-history.md").read_text()
    assert (report.commits, report.merges) == (12, 2)


def test_commits_that_change_nothing_are_kept_and_counted(source: Builder, tmp_path: Path) -> None:
    made = tmp_path / "made"
    report = replayed(source.root, made).history
    words = copies(made)[by_subject(source, "Words")]

    assert Builder(made).git("diff", "--name-only", f"{words}^", words) == ""
    assert report is not None
    assert report.unchanged == 2  # the words, and the state that could not be read


def test_whoever_has_a_new_login_stays_the_same_person(source: Builder, tmp_path: Path) -> None:
    made = tmp_path / "made"
    report = replayed(source.root, made).history
    teams = copies(made)[by_subject(source, "Teams")]

    assert "login: Old-Grace" in file_at(made, teams, "people/grace.yaml")
    assert "- grace" in file_at(made, teams, "circles/compiler.yaml")
    assert report is not None
    assert report.joined == 1


def test_a_team_is_over_since_its_file_was_archived_and_not_before(
    source: Builder, tmp_path: Path
) -> None:
    made = tmp_path / "made"
    replayed(source.root, made)
    merge = copies(made)[by_subject(source, "Merge side")]

    assert "ended" not in file_at(made, merge, "circles/docs.yaml")
    assert "on: 2020-06-01" in file_at(made, "HEAD", "circles/docs.yaml")


def test_the_same_source_gives_the_same_commits(source: Builder, tmp_path: Path) -> None:
    first, second = (replayed(source.root, tmp_path / name).commit for name in ("one", "two"))
    assert first == second


def test_a_bundle_is_a_source_and_a_shallow_one_says_so(source: Builder, tmp_path: Path) -> None:
    source.git("bundle", "create", "-q", str(tmp_path / "all.bundle"), "main")
    whole = replayed(tmp_path / "all.bundle", tmp_path / "made").history
    shallow = tmp_path / "shallow"
    subprocess.run(
        ["git", "clone", "-q", "--depth=2", f"file://{source.root}", str(shallow)], check=True
    )
    cut = replayed(shallow, tmp_path / "cut").history

    assert whole is not None
    assert cut is not None
    assert (whole.commits, whole.is_shallow) == (12, False)
    assert cut.is_shallow
    assert cut.commits < 12
    assert "2020-01-01" not in (tmp_path / "cut/pages/import-history.md").read_text()
    assert "shallow" in (tmp_path / "cut/pages/import-history.md").read_text()


def test_what_has_no_history_is_refused_and_nothing_is_left(
    source: Builder, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    plain = tmp_path / "plain"
    (plain / "teams").mkdir(parents=True)
    (plain / "teams/core.toml").write_text(team("core", "ada"))
    with pytest.raises(OrgcodeError, match="no history"):
        replayed(plain, tmp_path / "made")
    assert not (tmp_path / "made").exists()

    words = ["import", "peribolos", str(source.root), "--history", "--into", str(tmp_path / "made")]
    assert run(words) == 2
    assert "The history of peribolos cannot be imported" in capfd.readouterr().err
    assert not (tmp_path / "made").exists()


def test_the_command_tells_what_came_of_it(
    source: Builder, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    made = str(tmp_path / "made")
    assert run(["import", "rust-team", str(source.root), "--history", "--into", made]) == 0
    said = capfd.readouterr()
    assert "All 12 commits of the source were replayed, of which 2 are merges." in said.out
    assert "What the file said before stands in its place, in 3 commits." in said.out
    assert said.err.endswith(f"orgcode -C {made} log (tells how it came to be what it is)\n")

    again = ["import", "rust-team", str(source.root), "--history", "--format", "json"]
    assert run([*again, "--into", str(tmp_path / "again")]) == 0
    history = json.loads(capfd.readouterr().out)["history"]
    assert (history["commits"], history["carried"][0]["count"]) == (12, 3)


def test_histories_that_begin_apart_stay_apart(source: Builder, tmp_path: Path) -> None:
    source.git("checkout", "-q", "--orphan", "other")
    source.git("rm", "-rfq", ".")
    source.commit({"teams/far.toml": team("far", "eve")}, message="Far away")
    source.git("checkout", "-q", "main")
    source.git("merge", "-q", "--allow-unrelated-histories", "-m", "Meet", "other")
    made = tmp_path / "made"
    replayed(source.root, made)
    far = copies(made)[by_subject(source, "Far away")]

    assert len(Builder(made).git("rev-list", "--max-parents=0", "HEAD").splitlines()) == 2
    tree = Builder(made).git("ls-tree", "-r", "--name-only", far).splitlines()
    assert tree == ["circles/far.yaml", "circles/rust.yaml", "org.yaml", "people/eve.yaml"]
    assert (made / "circles/far.yaml").is_file()


def test_a_tag_or_older_commit_can_be_the_end(source: Builder, tmp_path: Path) -> None:
    older = source.git("rev-parse", "HEAD~2^0")
    report = import_organisation_with_history(
        "rust-team", source.root, tmp_path / "made", NOW, Translator("nl"), rev=older
    )

    assert set(copies(tmp_path / "made")) == set(source.git("rev-list", older).split())
    page = (tmp_path / "made/pages/import-history.md").read_text()
    assert page.startswith("# Wat er van de geschiedenis is geworden\n")
    assert report.history is not None


def test_what_is_only_in_the_working_tree_does_not_come_along(
    source: Builder, tmp_path: Path
) -> None:
    source.write("teams/new.toml", team("new", "ada"))
    replayed(source.root, tmp_path / "made")
    assert not (tmp_path / "made/circles/new.yaml").exists()
