"""A new organisation starts with a repository that is sound, whatever it is called."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from orgcode import resources
from orgcode.actions.init import Founding, init, init_files
from orgcode.actions.naming import id_from
from orgcode.adapters.git.repository import Repository, find
from orgcode.checking.check import check
from orgcode.cli.init import VACANCIES
from orgcode.cli.main import run
from orgcode.documents.facts import read_facts
from orgcode.documents.loading import load
from orgcode.documents.source import parse
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import is_id
from orgcode.model.finding import Finding
from orgcode.model.org import Org
from orgcode.model.snapshot import Files

NOW = datetime(2028, 2, 29, 12, 30, tzinfo=UTC)
ID = UUID("0b6c0e63-5d0c-4c51-8a3c-9b1f1c7e6c11")
LANGUAGES = ("nl", "en")

HOSTILE = (
    "De 'Haan' \"kraait\"",
    "naam: waarde",
    "kamer #3",
    "# geen kop",
    "- geen lijst",
    "[haak, haak]",
    "{accolade: 1}",
    "*ster* &anker !tag |pijp >groter %procent @apen `tik`",
    "regel een\nregel twee\n\n---\n...\nid: x",
    "tab\there",
    "terug\rloop",
    "back\\slash \\n \\u0041",
    "nul\x00teken \x07 \x1b[31m \x7f \x85",
    "regel\u2028alinea\u2029bom\ufeff",
    "rechts\u202enaar links\u202c",
    "🌻 zonnebloem 👩‍👩‍👧",
    "null",
    "no",
    "~",
    "1.10",
    "0x1F",
    "2028-03-01",
    "<<",
    "${{ secrets.TOKEN }}",
    "{{ name }} {% raw %}",
    "<script>alert(1)</script>",
    "halve \ud83c letter",
    "niet-UTF-8: \udcff\udcfe",
    "x" * 5000,
)


def founding(**changes: Any) -> Founding:
    given: dict[str, Any] = {
        "name": "De Haan",
        "purpose": "Wakker worden.",
        "founder": "Sara Hoekstra",
        "language": "nl",
        **changes,
    }
    return Founding(**given)


def org_of(files: dict[str, bytes]) -> Org:
    return load(Files(files), NOW.date())


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def read_terminal(descriptor: int) -> str:
    """All that is said, until nobody holds the other end, which Linux tells as an error."""
    said = b""
    with suppress(OSError):
        while piece := os.read(descriptor, 4096):
            said += piece
    os.close(descriptor)
    return said.decode()


PROGRAM = "from orgcode.cli.main import main; main()"


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Git knows no name."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)


# What is made


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_a_repository_that_passes_check_with_its_first_commit(
    tmp_path: Path, language: str
) -> None:
    made = init(tmp_path / "new", founding(language=language), NOW, ID)
    assert_sound(made.findings)
    assert git(made.folder, "rev-parse", "HEAD").strip() == made.commit
    assert git(made.folder, "status", "--porcelain") == ""
    assert git(made.folder, "fsck", "--strict") == ""
    assert git(made.folder, "log", "--format=%an %aI").strip() == (
        "Sara Hoekstra 2028-02-29T12:30:00+00:00"
    )
    assert check(load(find(made.folder).working_tree(), NOW.date())) == made.findings


def assert_sound(findings: tuple[Finding, ...]) -> None:
    """Nothing is to be seen to but that somebody is looked for."""
    assert {finding.rule for finding in findings} <= VACANCIES


@pytest.mark.parametrize("day", [date(2028, 2, 29), date(2027, 12, 31), date(2028, 3, 1)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_sound_on_whatever_day_it_is_founded(day: date, language: str) -> None:
    files = dict(init_files(founding(language=language), day, ID))
    assert_sound(check(load(Files(files), day)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_can_decide_from_the_first_day(language: str) -> None:
    org = org_of(dict(init_files(founding(language=language), NOW.date(), ID)))
    assert org.anchor is not None
    assert "sara-hoekstra" in org.members(org.anchor)
    assert org.votes(org.people["sara-hoekstra"])
    assert org.organisation is not None
    assert org.organisation.rules_in_force_since is None
    assert org.organisation.languages == (language,)
    assert org.organisation.id == str(ID)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_role_that_the_readme_shows_can_be_added_as_it_stands(language: str) -> None:
    files = dict(init_files(founding(language=language), NOW.date(), ID))
    readme = files["README.md"].decode()
    example = readme.partition("```yaml\n")[2].partition("```")[0]
    assert example
    before = check(org_of(files))
    files["roles/example.yaml"] = example.encode()
    assert check(org_of(files)) == before


def test_the_first_day_of_the_rules_can_be_filled_in() -> None:
    files = dict(init_files(founding(), NOW.date(), ID))
    files["org.yaml"] = files["org.yaml"].replace(b"# rules_in", b"rules_in")
    org = org_of(files)
    assert org.organisation is not None
    assert org.organisation.rules_in_force_since == NOW.date()
    assert_sound(check(org))


def test_editors_find_a_schema_for_every_kind_of_file() -> None:
    files = init_files(founding(), NOW.date(), ID)
    bound = json.loads(files[".vscode/settings.json"])["yaml.schemas"]
    for schema in bound:
        assert files[schema.removeprefix("./")] == resources.read_schema(schema.rpartition("/")[2])
    kinds = {name for name in resources.schema_names() if not name.startswith(("defs", "ruleset"))}
    assert {schema.rpartition("/")[2] for schema in bound} == kinds
    assert "schema/defs.schema.json" in files
    assert json.loads(files[".vscode/extensions.json"])["recommendations"]


def test_the_workflow_checks_pull_requests_and_may_only_read() -> None:
    workflow = init_files(founding(), NOW.date(), ID)[".github/workflows/orgcode.yml"]
    assert parse(workflow).flaws == ()
    text = workflow.decode()
    assert "\n  pull_request:\n" in text
    assert "pull_request_target" not in text
    assert "\npermissions:\n  contents: read\njobs:" in text
    assert 'pip install "orgcode==' in text
    assert "orgcode check --format github" in text


def test_the_site_is_left_out_of_the_repository() -> None:
    assert init_files(founding(), NOW.date(), ID)[".gitignore"] == b"site/\n"


# Names


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_arrives_as_it_was_given(name: str) -> None:
    files = dict(init_files(founding(name=name, founder=name), NOW.date(), ID))
    arrived = re.sub("[\ud800-\udfff]", "\ufffd", name).strip()
    assert all(facts.flaws == () for facts in org_of(files).files.values())
    org = org_of(files)
    assert org.organisation is not None
    assert org.organisation.name == arrived
    (person,) = org.people.values()
    assert person.name == arrived
    assert is_id(person.id)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_leaves_the_readme_in_one_piece(name: str) -> None:
    readme = init_files(founding(name=name), NOW.date(), ID)["README.md"].decode()
    plain = init_files(founding(), NOW.date(), ID)["README.md"].decode()
    assert readme.splitlines()[1:] == plain.splitlines()[1:]
    assert "<script" not in readme.replace("\\<", "")


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Sara Hoekstra", "sara-hoekstra"),
        ("Zoë d'Água-Çelik", "zoe-dagua-celik"),
        ("Trần Ngọc Anh", "tran-ngoc-anh"),
        ("玲", "founder"),
        ("🌻", "founder"),
        ("--", "founder"),
        ("x" * 70, "x" * 63),
    ],
)
def test_the_founder_gets_an_id_that_resembles_the_name(name: str, id: str) -> None:
    assert id_from(name) == id


# Folders


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert init(tmp_path, founding(), NOW, ID).folder == tmp_path


def test_a_repository_without_commits_will_do_and_keeps_its_branch(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "trunk")
    made = init(tmp_path, founding(), NOW, ID)
    assert git(tmp_path, "rev-parse", "refs/heads/trunk").strip() == made.commit
    assert git(tmp_path, "status", "--porcelain") == ""
    assert '["trunk"]' in (tmp_path / ".github/workflows/orgcode.yml").read_text()


def test_a_folder_with_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(OrgcodeError) as refused:
        init(tmp_path, founding(), NOW, ID)
    assert "mine.txt" in refused.value.cause.arguments.values()
    assert [item.name for item in tmp_path.iterdir()] == ["mine.txt"]


def test_a_repository_with_commits_is_refused_and_left_alone(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    git(
        tmp_path,
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@y",
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "Begin",
    )
    before = git(tmp_path, "rev-parse", "HEAD")
    with pytest.raises(OrgcodeError):
        init(tmp_path, founding(), NOW, ID)
    assert git(tmp_path, "rev-parse", "HEAD") == before
    assert [item.name for item in tmp_path.iterdir()] == [".git"]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("mine")
    with pytest.raises(OrgcodeError):
        init(tmp_path / "new", founding(), NOW, ID)
    assert (tmp_path / "new").read_text() == "mine"


def test_what_fails_halfway_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Repository.commit_files

    def full_disk(self: Repository, *arguments: object, **named: object) -> str:
        real(self, *arguments, **named)  # type: ignore[arg-type]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Repository, "commit_files", full_disk)
    (tmp_path / "empty").mkdir()
    for folder in ("deep/er/new", "empty"):
        with pytest.raises(OrgcodeError):
            init(tmp_path / folder, founding(), NOW, ID)
    assert [item.name for item in tmp_path.iterdir()] == ["empty"]
    assert list((tmp_path / "empty").iterdir()) == []


def test_an_unknown_starter_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(OrgcodeError) as refused:
        init(tmp_path / "new", founding(starter="teal9"), NOW, ID)
    assert "teal" in str(refused.value.way_out.arguments["names"])
    assert not (tmp_path / "new").exists()


# The command


@pytest.mark.usefixtures("nobody")
def test_without_a_terminal_it_names_the_options_that_are_missing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", str(tmp_path / "new"), "--lang", "en", "--purpose", "x"]) == 2
    said = capfd.readouterr()
    assert said.out == ""
    assert "--name" in said.err
    assert "--founder" in said.err
    assert "--purpose" not in said.err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("option", ["--name", "--purpose", "--founder"])
def test_an_empty_answer_is_wrong_use(
    tmp_path: Path, option: str, capfd: pytest.CaptureFixture[str]
) -> None:
    given = {"--name": "x", "--purpose": "y", "--founder": "z", option: " "}
    arguments = [word for pair in given.items() for word in pair]
    assert run(["init", str(tmp_path / "new"), "--lang", "en", *arguments]) == 2
    assert option in capfd.readouterr().err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_options_alone_are_enough(
    tmp_path: Path, language: str, capfd: pytest.CaptureFixture[str]
) -> None:
    answers = ("--name", "De Haan", "--purpose", "Wakker.", "--founder", "Sara Hoekstra")
    assert run(["-C", str(tmp_path), "init", "new", "--lang", language, *answers]) == 0
    assert str(tmp_path / "new") in capfd.readouterr().out
    assert run(["-C", str(tmp_path / "new"), "check"]) == 0


def test_git_knows_who_founds_where_no_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config").write_text("[user]\n\tname = Marijke van den Bos\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    assert run(["init", str(tmp_path / "new"), "--name", "x", "--purpose", "y"]) == 0
    assert (tmp_path / "new/people/marijke-van-den-bos.yaml").is_file()


@pytest.mark.usefixtures("nobody")
def test_at_a_terminal_it_asks(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "--lang", "nl", "init", str(tmp_path / "new")],
        stdin=theirs,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    ) as asking:
        os.close(theirs)
        os.write(ours, b"De Haan\nWakker worden.\n\nSara Hoekstra\n\n")
        said = read_terminal(ours)
    assert asking.returncode == 0, said
    assert "Sara Hoekstra" in said
    org = load(find(tmp_path / "new").working_tree(), NOW.date())
    assert org.organisation is not None
    assert (org.organisation.name, org.organisation.purpose) == ("De Haan", "Wakker worden.")
    assert "sara-hoekstra" in org.people


def test_every_file_of_a_thing_is_read_whole() -> None:
    facts = read_facts(
        "person", init_files(founding(), NOW.date(), ID)["people/sara-hoekstra.yaml"]
    )
    assert facts.is_whole
