"""`orgcode hook`: three members, their clones, and a server that takes in only what is lawful."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.builder import Builder
from tests.cli.conftest import Answer, start
from tests.proposing import BAKER, FILES, NOW, PROPOSAL, House

LOG = "refs/orgcode/received"
ZERO = "0" * 40


@dataclass(frozen=True, slots=True)
class Server:
    """A bare repository with the hooks, and a clone of it with a proposal."""

    house: House
    bare: Path

    def push(self, *refs: str, force: bool = False) -> Answer:
        """Push from the clone."""
        options = ["--force"] if force else []
        done = subprocess.run(
            ["git", "push", *options, str(self.bare), *refs],
            cwd=self.house.builder.root,
            capture_output=True,
            text=True,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def tip(self, ref: str) -> str:
        """Where a reference of the server leads; empty: nowhere."""
        git = self.house.builder.git
        return git("-C", str(self.bare), "for-each-ref", "--format=%(objectname)", ref)

    def log(self) -> list[Mapping[str, object]]:
        """What the server wrote down, the latest first."""
        git = self.house.builder.git
        texts = git("-C", str(self.bare), "log", "--first-parent", "--format=%B%x00", LOG)
        lines = [text.strip().split("\n") for text in texts.split("\0")]
        return [json.loads(line[2]) for line in lines if line[0] == "Received"]


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bare repository with its hooks, to be copied."""
    folder = tmp_path_factory.mktemp("guarded")
    house = House.make(folder)
    bare = folder / "server.git"
    house.builder.git("clone", "-q", "--bare", str(house.builder.root), str(bare))
    done = start("-C", str(bare), "hook", "install", "--new-key", folder=folder)
    assert done.returncode == 0, done.stderr
    for name in ("pre-receive", "post-receive"):
        hook = bare / "hooks" / name
        hook.write_text(hook.read_text().replace(" hook ", f" --now {NOW} hook "))
    return bare


@pytest.fixture
def server(guarded: Path, tmp_path: Path) -> Server:
    house = House.make(tmp_path)
    return Server(house, shutil.copytree(guarded, tmp_path / "server.git", symlinks=True))


def test_install_makes_hooks_and_a_key_and_prints_the_witness(tmp_path: Path) -> None:
    house = House.make(tmp_path)
    bare = tmp_path / "server.git"
    house.builder.git("clone", "-q", "--bare", str(house.builder.root), str(bare))
    command = ("-C", str(bare), "--now", "2027-01-05", "hook", "install")
    done = start(*command, "--new-key", "--name", "our server", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    key = (bare / "orgcode/key.pub").read_text().split()
    (witness,) = yaml.safe_load(done.stdout)["witnesses"]
    assert witness["name"] == "our server"
    assert witness["key"].split() == key[:2]
    assert str(witness["since"]) == "2027-01-05"
    assert stat.S_IMODE((bare / "orgcode/key").stat().st_mode) == 0o600
    for name in ("pre-receive", "post-receive"):
        assert (bare / "hooks" / name).stat().st_mode & stat.S_IXUSR
    again = start(*command, folder=tmp_path)
    assert again.returncode == 0
    assert again.stdout == done.stdout.replace(b"our server", b"server")
    assert start(*command, "--new-key", folder=tmp_path).returncode == 2


def test_hooks_of_others_and_working_trees_are_left_alone(tmp_path: Path) -> None:
    house = House.make(tmp_path)
    bare = tmp_path / "server.git"
    house.builder.git("clone", "-q", "--bare", str(house.builder.root), str(bare))
    hook = bare / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 0\n")
    done = start("-C", str(bare), "hook", "install", "--new-key", folder=tmp_path)
    assert done.returncode == 2
    assert hook.read_text() == "#!/bin/sh\nexit 0\n"
    assert not (bare / "orgcode").exists()
    assert start("-C", str(bare), "hook", "install", "--replace", folder=tmp_path).returncode == 0
    assert "orgcode" in hook.read_text()
    clone = start("hook", "install", folder=house.builder.root)
    assert clone.returncode == 2
    assert b"no bare repository" in clone.stderr


def test_a_key_that_is_there_is_used(tmp_path: Path) -> None:
    house = House.make(tmp_path)
    line = house.key("mine")
    bare = tmp_path / "server.git"
    house.builder.git("clone", "-q", "--bare", str(house.builder.root), str(bare))
    key = str(house.keys / "mine")
    done = start("-C", str(bare), "hook", "install", "--key", key, folder=tmp_path)
    assert yaml.safe_load(done.stdout)["witnesses"][0]["key"] == " ".join(line.split()[:2])
    server = Server(house, bare)
    house.propose()
    assert server.push(f"proposal/{PROPOSAL}").code == 0
    text = house.builder.git("-C", str(bare), "log", "-1", "--format=%B", LOG)
    assert "signature: " in text


def test_what_is_pushed_is_written_down_and_kept(server: Server) -> None:
    head = server.house.propose()
    assert server.push(f"proposal/{PROPOSAL}").code == 0
    (entry,) = server.log()
    assert entry["refs"] == [[f"refs/heads/proposal/{PROPOSAL}", ZERO, head]]
    assert entry["target"] == server.tip("refs/heads/main")
    assert server.house.builder.git("-C", str(server.bare), "rev-parse", f"{LOG}^1") == head
    more = server.house.respond("kim", "consent")
    assert server.push(f"proposal/{PROPOSAL}").code == 0
    assert server.log()[0]["refs"] == [[f"refs/heads/proposal/{PROPOSAL}", head, more]]
    assert len(server.log()) == 2
    server.house.builder.git("-C", str(server.bare), "fsck", "--strict")


def test_the_server_is_a_witness_by_its_key(server: Server) -> None:
    house = server.house
    org = house.builder.root / "org.yaml"
    key = " ".join((server.bare / "orgcode/key.pub").read_text().split()[:2])
    org.write_text(org.read_text() + f"witnesses: [{{name: server, key: {key}}}]\n")
    house.builder.commit(message="Founding goes on")
    house.builder.git("push", "-q", "--no-verify", str(server.bare), "main:refs/heads/tmp")
    house.builder.git("-C", str(server.bare), "update-ref", "refs/heads/main", "refs/heads/tmp")
    house.propose()
    assert server.push(f"proposal/{PROPOSAL}").code == 0
    done = start("-C", str(server.bare), "--now", NOW, "status", folder=server.bare)
    assert b"Kim and Rob have not responded" in done.stdout
    assert b"No witness" not in done.stdout
    house.builder.git("-C", str(server.bare), "update-ref", "-d", LOG)
    done = start("-C", str(server.bare), "--now", NOW, "status", folder=server.bare)
    assert b"No witness" in done.stdout


def test_a_lawful_step_is_taken_and_an_unlawful_one_is_not(server: Server) -> None:
    house = server.house
    house.propose()
    house.respond("kim", "consent")
    old = server.tip("refs/heads/main")
    house.adopt()
    refused = server.push("main")
    assert refused.code != 0
    assert "Rob has not responded yet" in refused.err
    assert f"orgcode status {PROPOSAL}" in refused.err
    assert server.tip("refs/heads/main") == old
    house.builder.git("reset", "-q", "--hard", old)
    house.respond("rob", "consent")
    step = house.adopt()
    assert server.push("main").code == 0
    assert server.tip("refs/heads/main") == step
    audit = start("-C", str(server.bare), "--now", NOW, "audit", folder=server.bare)
    assert audit.returncode == 0


def test_who_adopts_too_early_is_told_from_when_and_how_to_go_back(tmp_path: Path) -> None:
    house = House.make(tmp_path)
    bare = tmp_path / "server.git"
    git = house.builder.git
    git("clone", "-q", "--bare", str(house.builder.root), str(bare))
    start("-C", str(bare), "hook", "install", "--new-key", folder=tmp_path)
    for name in ("pre-receive", "post-receive"):
        hook = bare / "hooks" / name
        hook.write_text(hook.read_text().replace(" hook ", f" --now {NOW} hook "))
    key = " ".join((bare / "orgcode/key.pub").read_text().split()[:2])
    org = (house.builder.root / "org.yaml").read_text()
    rule = (
        "decision_rules:\n  - {for: role, by: consent, of: members, open_for: 3 days, early: false}"
    )
    patient = org.replace("decision_rules:", rule)
    house.builder.commit({"org.yaml": f"{patient}witnesses: [{{name: server, key: {key}}}]\n"})
    git("push", "-q", str(bare), "main:refs/heads/tmp")
    git("-C", str(bare), "update-ref", "refs/heads/main", "refs/heads/tmp")
    git("remote", "add", "origin", str(bare))
    git("fetch", "-q", "origin")
    house.propose()
    for person in ("kim", "rob"):
        house.respond(person, "consent")
    git("push", "-q", "origin", f"proposal/{PROPOSAL}")
    here = ("-C", str(house.builder.root), "--now", NOW)
    early = start(*here, "adopt", PROPOSAL, folder=tmp_path)
    assert early.returncode == 0, "nobody here knows when the server saw it"
    fetch = f"git fetch origin {LOG}:{LOG}"
    assert fetch in early.stderr.decode()
    refused = Server(house, bare).push("main")
    said = refused.err.replace("\nremote: ", " ")
    assert refused.code != 0
    assert "it can be adopted from 13 January 2027" in said
    for command in ("git switch -C main origin/main", fetch):
        assert command in said
        git(*command.split(" ")[1:])
    late = start(*here, "adopt", PROPOSAL, folder=tmp_path)
    assert late.returncode == 1
    assert "13 January 2027" in late.stdout.decode()


def test_a_direct_push_is_told_what_to_do_instead(server: Server) -> None:
    server.house.builder.commit(BAKER)
    refused = server.push("main")
    assert refused.code != 0
    assert "orgcode propose" in refused.err
    assert "Traceback" not in refused.err


def test_of_several_steps_each_is_judged(server: Server) -> None:
    house = server.house
    house.propose()
    for person in ("kim", "rob"):
        house.respond(person, "consent")
    house.adopt()
    house.builder.commit({"pages/x.md": "X\n"}, message="Sneaked in")
    assert server.push("main").code != 0
    assert server.push("main~1:main").code == 0


def test_the_target_is_neither_rewritten_nor_deleted(server: Server) -> None:
    house = server.house
    old = server.tip("refs/heads/main")
    house.builder.git("commit", "-q", "--amend", "-m", "Another past")
    rewritten = server.push("main", force=True)
    assert rewritten.code != 0
    assert "rewritten" in rewritten.err
    deleted = server.push(":main")
    assert deleted.code != 0
    assert "never deleted" in deleted.err
    assert server.tip("refs/heads/main") == old


def test_a_foxtrot_merge_is_refused(server: Server) -> None:
    git = server.house.builder.git
    git("switch", "-q", "-c", "side", "main")
    git("commit", "-q", "--allow-empty", "-m", "Beside")
    tree, side, main = git("rev-parse", "side^{tree}", "side", "main").split("\n")
    other = git("commit-tree", tree, "-p", main, "-m", "Other")
    merge = git("commit-tree", tree, "-p", other, "-p", side, "-m", "Foxtrot")
    refused = server.push(f"{merge}:refs/heads/main")
    assert refused.code != 0


def test_nobody_writes_the_servers_own_references(server: Server) -> None:
    server.house.propose()
    server.push(f"proposal/{PROPOSAL}")
    log = server.tip(LOG)
    for ref in (f"main:{LOG}", f":{LOG}", "main:refs/orgcode/other"):
        refused = server.push(ref, force=True)
        assert refused.code != 0
        assert "written by the server alone" in refused.err
    assert server.tip(LOG) == log


@pytest.mark.parametrize(
    "name",
    [
        "refs/tags/main",
        "refs/tags/Main",
        "refs/main",
        "refs/tags/origin/main",
        f"refs/tags/proposal/{PROPOSAL}",
        f"refs/tags/origin/proposal/{PROPOSAL}",
        f"refs/proposal/{PROPOSAL}",
    ],
)
def test_a_tag_called_main_is_not_pulled_in_its_place(server: Server, name: str) -> None:
    git = server.house.builder.git
    decided = git("rev-parse", "main")
    server.house.propose()
    proposed = f"proposal/{PROPOSAL}"
    assert server.push("main", proposed).code == 0
    refused = server.push(f"{proposed}:{name}")
    assert refused.code != 0
    assert f"Git would take {name} for a branch" in refused.err
    victim = server.bare.parent / "victim"
    git("clone", "-q", str(server.bare), str(victim))
    git("-C", str(victim), "pull", "-q", "--ff", "origin", "main")
    assert git("-C", str(victim), "rev-parse", "HEAD") == decided
    assert server.push("main:refs/tags/v1", "main:refs/tags/domain").code == 0


def test_a_tag_that_hides_a_branch_may_be_deleted(server: Server) -> None:
    server.house.builder.git("-C", str(server.bare), "tag", "main")
    assert server.push(":refs/tags/main").code == 0


def test_what_others_said_is_neither_dropped_nor_altered_on_a_branch(server: Server) -> None:
    house = server.house
    first = house.propose()
    house.respond("kim", "objection", reason="No")
    branch = f"proposal/{PROPOSAL}"
    assert server.push(branch).code == 0
    kept = server.tip(f"refs/heads/{branch}")
    dropped = server.push(f"{first}:refs/heads/{branch}", force=True)
    assert dropped.code != 0
    assert "said by kim" in dropped.err
    git, path = house.builder.git, f"proposals/{PROPOSAL}/responses/kim.yaml"
    git("switch", "-q", branch)
    altered = (house.builder.root / path).read_text().replace("'No'", "Yes").replace("No", "Yes")
    house.builder.commit({path: altered})
    assert server.push(branch).code != 0
    git("rm", "-q", path)
    house.builder.commit()
    assert server.push(branch).code != 0
    git("reset", "-q", "--hard", kept)
    house.builder.commit({"roles/baker.yaml": BAKER["roles/baker.yaml"] + "domains: [Oven]\n"})
    assert server.push(branch).code == 0
    git("switch", "-q", "main")
    gone = server.push(f":{branch}")
    assert gone.code != 0
    assert "still open" in gone.err


def test_a_branch_that_is_decided_may_go(server: Server) -> None:
    house = server.house
    house.propose()
    for person in ("kim", "rob"):
        house.respond(person, "consent")
    assert server.push(f"proposal/{PROPOSAL}").code == 0
    house.adopt()
    assert server.push("main", f":proposal/{PROPOSAL}").code == 0


def test_a_push_is_judged_with_all_that_comes_with_it(server: Server) -> None:
    house = server.house
    house.propose()
    for person in ("kim", "rob"):
        house.respond(person, "consent")
    house.adopt()
    house.respond("kim", "objection", reason="On second thoughts")
    together = server.push("main", f"proposal/{PROPOSAL}")
    assert together.code != 0
    assert "Kim has an objection" in together.err
    assert server.tip("refs/heads/main") != house.builder.git("rev-parse", "main")


def test_an_objection_that_the_server_has_seen_cannot_be_left_out(server: Server) -> None:
    house = server.house
    house.propose()
    for person in ("kim", "rob"):
        house.respond(person, "consent")
    agreed = house.builder.git("rev-parse", f"proposal/{PROPOSAL}")
    house.respond("kim", "objection", reason="On second thoughts")
    assert server.push(f"proposal/{PROPOSAL}").code == 0
    house.builder.git("merge", "-q", "--no-ff", "-m", "Adopt", agreed)
    refused = server.push("main")
    assert refused.code != 0
    assert "Kim has an objection" in refused.err


def test_branches_from_before_the_hook_are_written_down_at_the_next_push(tmp_path: Path) -> None:
    house = House.make(tmp_path)
    head = house.propose()
    bare = tmp_path / "server.git"
    house.builder.git("clone", "-q", "--bare", str(house.builder.root), str(bare))
    start("-C", str(bare), "hook", "install", "--new-key", folder=tmp_path)
    server = Server(house, bare)
    house.builder.git("branch", "other")
    assert server.push("other").code == 0
    (entry,) = server.log()
    assert entry["refs"] == [[f"refs/heads/proposal/{PROPOSAL}", ZERO, head]]


def test_ordinary_branches_are_let_in(server: Server) -> None:
    server.house.builder.git("switch", "-q", "-c", "draft")
    server.house.builder.commit({"pages/x.md": "X\n"})
    assert server.push("draft").code == 0
    assert server.push(":draft").code == 0
    assert server.tip(LOG) == ""


def test_a_server_that_guards_another_branch_says_so(tmp_path: Path) -> None:
    """Or main would stand open without anybody knowing."""
    house = House.make(tmp_path)
    bare = tmp_path / "server.git"
    house.builder.git("init", "-q", "--bare", "-b", "master", str(bare))
    start("-C", str(bare), "hook", "install", folder=tmp_path)
    server = Server(house, bare)
    refused = server.push("main")
    assert refused.code != 0
    assert "guards master" in refused.err
    house.builder.git("-C", str(bare), "symbolic-ref", "HEAD", "refs/heads/main")
    assert server.push("main").code == 0


def test_a_founding_is_pushed_freely(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path / "org")
    files = dict(FILES)
    text = files["org.yaml"].replace("rules_in_force_since: 2027-01-01\n", "")
    bare = tmp_path / "server.git"
    builder.git("init", "-q", "--bare", "-b", "main", str(bare))
    start("-C", str(bare), "hook", "install", folder=tmp_path)
    builder.commit({**files, "org.yaml": text})
    builder.commit({"pages/x.md": "X\n"})
    builder.git("push", "-q", str(bare), "main")
    builder.commit({"org.yaml": files["org.yaml"]}, message="The rules are in force")
    builder.git("push", "-q", str(bare), "main")
    builder.commit({"pages/x.md": "Y\n"})
    done = subprocess.run(
        ["git", "push", str(bare), "main"], cwd=builder.root, capture_output=True, check=False
    )
    assert done.returncode != 0
