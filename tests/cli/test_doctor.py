"""`orgcode doctor`: what is in order, and the command for what is not."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from orgcode.actions.tooling import WORKFLOW
from tests.actions.test_update import set_back
from tests.cli.conftest import start
from tests.cli.deciding import Ask, ask_in_house, house
from tests.proposing import PROPOSAL, START, House

__all__ = ["ask_in_house", "house"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, without an agent."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    folder = tmp_path / "home"
    (folder / ".ssh").mkdir(parents=True)
    return folder


def points(ask: Ask, *arguments: str) -> Mapping[str, Mapping[str, str]]:
    answer = ask("doctor", "--format", "json", *arguments)
    data = json.loads(answer.out)
    assert data["is_well"] == all(point["is_ok"] for point in data["points"])
    assert answer.code == (0 if data["is_well"] else 1)
    return {point["topic"]: point for point in data["points"]}


def to_do(ask: Ask, *arguments: str) -> Mapping[str, str]:
    found = points(ask, *arguments)
    return {topic: point["command"] for topic, point in found.items() if not point["is_ok"]}


def kim_has_a_key(house: House, home: Path) -> None:
    key = home / "id"
    subprocess.run(("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key), check=True)
    line = (home / "id.pub").read_text().strip()
    text = f"name: Kim\nemails: [kim@example.org]\nkeys: [{{key: {line}}}]\n"
    house.builder.commit({"people/kim.yaml": text}, at=START)


def share(house: House, folder: Path) -> Path:
    """Clone it to a server, with which it is shared from now on."""
    git, bare = house.builder.git, folder / "server.git"
    git("clone", "-q", "--bare", str(house.builder.root), str(bare))
    git("remote", "add", "origin", str(bare))
    git("fetch", "-q", "origin")
    return bare


def test_who_is_unknown_is_told_how_to_be_known(
    house: House, ask: Ask, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kim_has_a_key(house, home)
    settings = tmp_path / "gitconfig"
    settings.write_text("")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    found = points(ask)
    assert found["git"]["command"] == "git config --global user.email you@example.org"
    assert "--as" in found["person"]["way_out"]
    assert "key" not in found
    settings.write_text("[user]\n\temail = kim@example.org\n")
    assert to_do(ask)["git"] == 'git config --global user.name "Your Name"'
    settings.write_text("[user]\n\tname = Kim\n\temail = kim@example.org\n")
    found = points(ask)
    assert found["git"]["is_ok"]
    assert "people/kim.yaml" in found["person"]["sentence"]


def test_a_key_is_listed_and_at_hand_or_not(house: House, ask: Ask, home: Path) -> None:
    assert to_do(ask, "--as", "kim")["key"] == "orgcode key add"
    kim_has_a_key(house, home)
    found = points(ask, "--as", "kim")["key"]
    assert not found["is_ok"]
    assert "on this computer" in found["sentence"]
    for name in ("id", "id.pub"):
        (home / name).rename(home / ".ssh" / name.replace("id", "id_ed25519"))
    found = points(ask, "--as", "kim")["key"]
    assert found["is_ok"]
    assert "SHA256:" in found["sentence"]


def test_what_is_here_or_there_only_comes_with_a_command(
    house: House, ask: Ask, tmp_path: Path
) -> None:
    git = house.builder.git
    assert points(ask)["sharing"]["is_ok"]
    bare = share(house, tmp_path)
    assert points(ask)["sharing"]["is_ok"]
    house.propose()
    assert to_do(ask)["proposals"] == f"git push origin proposal/{PROPOSAL}"
    git("push", "-q", "origin", f"proposal/{PROPOSAL}")
    assert "proposals" not in to_do(ask)
    first = git("rev-parse", "main")
    house.adopt()
    assert to_do(ask)["sharing"] == "git push origin main"
    git("push", "-q", "origin", "main")
    git("reset", "-q", "--hard", first)
    assert to_do(ask)["sharing"] == "git pull origin main"
    house.builder.commit({"pages/y.md": "Y\n"})
    command = to_do(ask)["sharing"]
    subprocess.run(["sh", "-c", command], cwd=house.builder.root, check=True, capture_output=True)
    assert "sharing" not in to_do(ask)
    assert git("rev-parse", "main") == git("-C", str(bare), "rev-parse", "main")


def test_what_the_witness_saw_is_fetched_from_then_on(
    house: House, ask: Ask, tmp_path: Path
) -> None:
    witness = f"witnesses: [{{name: server, key: {house.key('server')}}}]\n"
    org = (house.builder.root / "org.yaml").read_text()
    house.builder.commit({"org.yaml": org + witness}, at=START)
    house.propose()
    bare = share(house, tmp_path)
    command = to_do(ask)["witness"]
    assert command == "git config --add remote.origin.fetch 'refs/orgcode/*:refs/orgcode/*'"
    subprocess.run(["sh", "-c", command], cwd=house.builder.root, check=True)
    assert to_do(ask)["witness"] == "git fetch origin"
    house.receive((f"refs/heads/proposal/{PROPOSAL}", f"proposal/{PROPOSAL}"), at=START)
    git, log = house.builder.git, "refs/orgcode/received"
    git("push", "-q", str(bare), log)
    git("update-ref", "-d", log)
    assert to_do(ask)["witness"] == "git fetch origin"
    assert f"git fetch origin {log}:{log}" in ask("status").err
    git("fetch", "-q", "origin")
    assert "witness" not in to_do(ask)
    assert log not in ask("status").err


def test_branches_of_what_is_decided_may_go(house: House, ask: Ask) -> None:
    house.propose()
    assert "branches" not in to_do(ask)
    house.adopt()
    command = to_do(ask)["branches"]
    subprocess.run(command.split(" "), cwd=house.builder.root, check=True, capture_output=True)
    assert "branches" not in to_do(ask)


def test_tooling_that_is_missing_or_of_an_older_version_is_named(house: House, ask: Ask) -> None:
    assert to_do(ask)["tooling"] == "orgcode init --update"
    assert points(ask)["tooling"]["sentence"].startswith("These files are not here yet: ")
    assert ask("init", "--update").code == 0
    set_back(house.builder, {"schema/role.schema.json": b"{}\n"}, "0.0.1")
    assert to_do(ask)["tooling"] == "orgcode init --update"
    said = "An older version of orgcode made these files: schema/role.schema.json."
    assert points(ask)["tooling"]["sentence"] == said
    assert ask("init", "--update").code == 0
    assert "tooling" not in to_do(ask)
    (house.builder.root / WORKFLOW).write_text("of our own\n")
    assert "tooling" not in to_do(ask)


def test_a_founding_is_told_and_is_no_fault(house: House, ask: Ask) -> None:
    assert "2027" in points(ask)["rules"]["sentence"]
    org = (house.builder.root / "org.yaml").read_text()
    text = org.replace("rules_in_force_since: 2027-01-01\n", "")
    house.builder.commit({"org.yaml": text}, at=START)
    found = points(ask)["rules"]
    assert found["is_ok"]
    assert "rules_in_force_since" in found["way_out"]


def test_without_the_branch_or_with_a_broken_org_it_says_so(house: House, ask: Ask) -> None:
    assert list(to_do(ask, "--target", "elsewhere")) == ["target"]
    house.builder.commit({"org.yaml": "orgcode: [\n"}, at=START)
    assert to_do(ask)["target"] == "orgcode check"


def test_a_server_is_looked_at_as_one(house: House, tmp_path: Path) -> None:
    bare = share(house, tmp_path)

    def look() -> tuple[int, str]:
        done = start("-C", str(bare), "doctor", folder=tmp_path)
        return done.returncode, done.stdout.decode()

    code, out = look()
    assert code == 1
    assert "orgcode hook install --new-key" in out
    assert start("-C", str(bare), "hook", "install", folder=tmp_path).returncode == 0
    assert "no key" in look()[1]
    start("-C", str(bare), "hook", "install", "--new-key", folder=tmp_path)
    assert "does not stand under `witnesses`" in look()[1]
    key = " ".join((bare / "orgcode/key.pub").read_text().split()[:2])
    org = (house.builder.root / "org.yaml").read_text()
    house.builder.commit({"org.yaml": f"{org}witnesses: [{{name: server, key: {key}}}]\n"})
    git = house.builder.git
    git("push", "-q", "--no-verify", "origin", "main:refs/heads/tmp")
    git("-C", str(bare), "update-ref", "refs/heads/main", "refs/heads/tmp")
    code, out = look()
    assert code == 0, out
    assert "to do" not in out


def test_dutch(ask: Ask) -> None:
    out = ask("doctor", "--lang", "nl").out
    assert "te doen  " in out
    assert "in orde  De regels gelden sinds" in out


def test_a_tag_that_git_takes_for_main_is_to_go(house: House, ask: Ask) -> None:
    git = house.builder.git
    git("tag", "v1")
    git("tag", "picture", git("rev-parse", "main:org.yaml"))
    assert "tags" not in points(ask)
    git("tag", "origin/main")
    git("tag", "main")
    command = to_do(ask)["tags"]
    assert command == "git tag -d main origin/main"
    subprocess.run(command.split(), cwd=house.builder.root, check=True, capture_output=True)
    assert "tags" not in points(ask)
