"""`orgcode key`: which keys are listed, and adding one's own."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.builder import Builder
from tests.cli.conftest import Ask


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of Sara, who has no key yet."""
    folder = tmp_path / "home"
    (folder / ".ssh").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(folder / "gitconfig"))
    (folder / "gitconfig").write_text("[user]\n\temail = sara@example.org\n")
    return folder


def make_key(file: Path, *kind: str) -> str:
    options = kind or ("-t", "ed25519")
    subprocess.run(
        ["ssh-keygen", "-q", *options, "-N", "", "-C", "sara@home", "-f", str(file)], check=True
    )
    return Path(f"{file}.pub").read_text().strip()


SARA = """\
# Sara herself
name: Sara van Dam
emails: [sara@example.org]  # at home

skills: [koken]
"""


@pytest.fixture
def sara(repository: Builder) -> Path:
    return repository.write("people/sara.yaml", SARA)


def test_the_only_key_is_added_with_all_the_rest_as_it_was(
    sara: Path, home: Path, ask: Ask, repository: Builder
) -> None:
    line = make_key(home / ".ssh" / "id_ed25519")
    index, head = repository.git("ls-files", "-s"), repository.git("rev-parse", "HEAD")
    answer = ask("key", "add")
    assert answer.code == 0
    assert sara.read_text() == f"{SARA}keys:\n  - key: {line}\n    since: 2027-03-01\n"
    assert "of Sara van Dam now stands in people/sara.yaml" in answer.out
    assert "not in force yet" in answer.err
    assert "orgcode guide beginning" in answer.err
    assert repository.git("ls-files", "-s") == index
    assert repository.git("rev-parse", "HEAD") == head
    assert not [file for file in sara.parent.iterdir() if file.name.startswith(".")]
    assert ask("check").code == 0


def test_once_the_rules_are_in_force_a_key_is_proposed(
    sara: Path, home: Path, ask: Ask, repository: Builder
) -> None:
    make_key(home / ".ssh" / "id_ed25519")
    org = (repository.root / "org.yaml").read_text()
    repository.write("org.yaml", f"{org}rules_in_force_since: 2027-01-01\n")
    answer = ask("key", "add")
    assert answer.code == 0
    assert "adopted as your organisation decides" in answer.err
    assert "orgcode propose" in answer.err


def test_a_second_key_goes_below_the_first(sara: Path, home: Path, ask: Ask) -> None:
    first, second = make_key(home / "a"), make_key(home / "b", "-t", "ecdsa")
    assert ask("key", "add", str(home / "a.pub"), "--now", "2027-01-01").code == 0
    assert ask("key", "add", str(home / "b.pub")).code == 0
    assert sara.read_text() == (
        f"{SARA}keys:\n  - key: {first}\n    since: 2027-01-01\n"
        f"  - key: {second}\n    since: 2027-03-01\n"
    )


def test_one_says_who_one_is(sara: Path, home: Path, ask: Ask, repository: Builder) -> None:
    line = make_key(home / "a")
    assert ask("key", "add", str(home / "a.pub"), "--as", "omar").code == 0
    assert line in (repository.root / "people" / "omar.yaml").read_text()
    assert sara.read_text() == SARA


def test_the_key_of_git_is_taken_of_several(sara: Path, home: Path, ask: Ask) -> None:
    make_key(home / ".ssh" / "id_ecdsa", "-t", "ecdsa")
    line = make_key(home / ".ssh" / "id_ed25519")
    answer = ask("key", "add")
    assert answer.code == 2
    assert "several SSH keys: SHA256:" in answer.err
    assert sara.read_text() == SARA
    for name, value in (("gpg.format", "ssh"), ("user.signingkey", "~/.ssh/id_ed25519.pub")):
        subprocess.run(["git", "config", "--global", name, value], check=True)
    assert ask("key", "add").code == 0
    assert line in sara.read_text()


class TestRefusals:
    """Nothing is written, and what is said names the way out."""

    @pytest.fixture(autouse=True)
    def _nothing_is_written(self, sara: Path) -> object:
        yield
        assert sara.read_text() == SARA

    def test_no_key(self, ask: Ask) -> None:
        answer = ask("key", "add")
        assert answer.code == 2
        assert "ssh-keygen -t ed25519" in answer.err

    def test_a_private_key(self, home: Path, ask: Ask) -> None:
        make_key(home / "a")
        answer = ask("key", "add", str(home / "a"))
        assert answer.code == 2
        assert "is a private key" in answer.err
        assert f"{home / 'a'}.pub" in answer.err

    @pytest.mark.parametrize(
        ("content", "cause"),
        [
            (None, "cannot be read"),
            ("", "does not hold one line"),
            ("hello\n", "not the line of a public SSH key"),
            ("ssh-ed25519 AAAA x\n", "damaged"),
            ("ssh-rsa AAAA x\nssh-rsa AAAA y\n", "does not hold one line"),
            ("ssh-dss AAAA x\n", "prove nothing here"),
        ],
    )
    def test_a_file_that_is_no_key(
        self, content: str | None, cause: str, home: Path, ask: Ask
    ) -> None:
        if content is not None:
            (home / "a.pub").write_text(content)
        answer = ask("key", "add", str(home / "a.pub"))
        assert answer.code == 2
        assert cause in answer.err

    def test_a_weak_key(self, home: Path, ask: Ask) -> None:
        make_key(home / "a", "-t", "rsa", "-b", "1024")
        answer = ask("key", "add", str(home / "a.pub"))
        assert answer.code == 2
        assert "RSA keys of fewer than 2048 bits" in answer.err

    def test_somebody_elses_key(self, home: Path, ask: Ask) -> None:
        make_key(home / "a")
        assert ask("key", "add", str(home / "a.pub"), "--as", "omar").code == 0
        answer = ask("key", "add", str(home / "a.pub"))
        assert answer.code == 2
        assert "stands in people/omar.yaml already" in answer.err

    def test_a_person_that_nobody_is(self, home: Path, ask: Ask) -> None:
        make_key(home / "a")
        answer = ask("key", "add", str(home / "a.pub"), "--as", "sarah")
        assert answer.code == 2
        assert "Did you mean sara?" in answer.err

    def test_the_past(self, ask: Ask) -> None:
        assert "Leave out --at" in ask("key", "add", "--at", "HEAD").err

    def test_another_word(self, ask: Ask) -> None:
        assert ask("key", "remove").code == 2


def test_a_file_that_would_be_disturbed_is_left(sara: Path, home: Path, ask: Ask) -> None:
    line = make_key(home / "a")
    text = "{name: Sara, emails: [sara@example.org]}\n"
    sara.write_text(text)
    answer = ask("key", "add", str(home / "a.pub"))
    assert answer.code == 2
    assert f"- {{key: {line}, since: 2027-03-01}}" in answer.err
    assert sara.read_text() == text


def test_a_file_that_may_not_be_written_is_left(sara: Path, home: Path, ask: Ask) -> None:
    make_key(home / "a")
    sara.chmod(0o444)
    answer = ask("key", "add", str(home / "a.pub"))
    assert answer.code == 2
    assert "read-only" in answer.err
    assert sara.read_text() == SARA


def test_keys_are_listed_with_what_they_are_worth(
    sara: Path, home: Path, ask: Ask, repository: Builder
) -> None:
    lines = [make_key(home / name) for name in "abcde"]
    short = make_key(home / "f", "-t", "rsa", "-b", "1024")
    days = ("since: 2027-03-01", "until: 2027-03-01", "since: 2027-03-02", "until: 2027-02-28")
    keys = "".join(
        f"  - key: {line}\n    {day}\n" for line, day in zip(lines[:4], days, strict=True)
    )
    both = f"  - key: {lines[4]}\n"
    ended = f"  - key: {short}\n    since: 2027-01-01\n    until: 2028-01-01\n"
    sara.write_text(f"{SARA}keys:\n{keys}{both}{ended}")
    repository.write("people/omar.yaml", f"name: Omar\nkeys:\n{both}  - key: hello\n")
    said = ask("key", "list", "sara").out
    for part in (
        "It counts since 1 March 2027.",
        "It counts until 1 March 2027.",
        "It does not count yet, but from 2 March 2027 on.",
        "It no longer counts; its last day was 28 February 2027.",
        "stands at several people: Omar and Sara van Dam.",
        "RSA keys of fewer than 2048 bits prove nothing here.",
    ):
        assert part in said
    assert "Omar (" not in said
    data = json.loads(ask("key", "list", "--format", "json").out)["keys"]
    states = [(row["person"], row["state"]) for row in data]
    assert states == [
        ("omar", "shared"),
        ("sara", "counts"),
        ("sara", "counts"),
        ("sara", "later"),
        ("sara", "over"),
        ("sara", "shared"),
        ("sara", "unusable"),
    ]
    assert data[1]["key"] == lines[0]
    assert data[1]["since"] == "2027-03-01"
    assert data[1]["fingerprint"].startswith("SHA256:")


def test_a_key_without_days_or_with_both_counts(sara: Path, home: Path, ask: Ask) -> None:
    lines = [make_key(home / name) for name in "ab"]
    sara.write_text(
        f"{SARA}keys:\n  - key: {lines[0]}\n"
        f"  - {{key: {lines[1]}, since: 2027-01-01, until: 2028-01-01}}\n"
    )
    said = ask("key", "list", "people/sara.yaml").out
    assert "It counts.\n" in said
    assert "It counts from 1 January 2027 until 1 January 2028." in said


def test_the_keys_of_another_day(sara: Path, home: Path, ask: Ask, repository: Builder) -> None:
    make_key(home / "a")
    ask("key", "add", str(home / "a.pub"))
    assert "SHA256:" not in ask("key", "list", "--at", "HEAD").out
    assert "SHA256:" in ask("key", "list").out


def test_a_list_that_is_empty_says_so(ask: Ask) -> None:
    answer = ask("key", "list")
    assert (answer.code, answer.out) == (0, "")
    assert "No key is listed" in answer.err
    assert "orgcode key add" in answer.err


def test_a_list_of_nobody(ask: Ask) -> None:
    assert "no person sarah" in ask("key", "list", "sarah").err
    assert "'orgcode key list sara'" in ask("key", "list", "--as", "sara").err


def test_an_added_key_as_json(sara: Path, home: Path, ask: Ask) -> None:
    line = make_key(home / ".ssh" / "id_ed25519")
    (row,) = json.loads(ask("key", "add", "--format", "json").out)["keys"]
    assert (row["person"], row["key"], row["state"]) == ("sara", line, "counts")
