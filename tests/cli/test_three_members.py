"""Three members, three clones and a server with the hook: as new users decide together, by what the
guides and the answers say; each with a key of their own, one in Dutch and two in English.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from orgcode.cli.main import run
from tests.cli.conftest import Answer

DAYS = ("2027-01-01", "2027-01-04T09:00Z", "2027-01-05T09:00Z", "2027-01-06T09:00Z")
FOUNDING, MONDAY, TUESDAY, WEDNESDAY = DAYS
HOME = "HOME"


@dataclass(frozen=True, slots=True)
class Member:
    """A person at a computer of their own, with a clone."""

    name: str
    folder: Path
    home: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    language: str

    def orgcode(self, *arguments: str, now: str = MONDAY) -> Answer:
        """Run orgcode in the clone, as this person."""
        with self.monkeypatch.context() as here:
            here.chdir(self.folder)
            here.setenv(HOME, str(self.home))
            code = run(["--now", now, "--lang", self.language, *arguments])
        return Answer(code, *self.capsys.readouterr())

    def git(self, command: str) -> Answer:
        """Run a command of git in the clone, as it was shown."""
        assert command.startswith("git ")
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=self.folder,
            env={**os.environ, HOME: str(self.home)},
            capture_output=True,
            text=True,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def follow(self, answer: Answer, number: int = 0) -> Answer:
        """Type the command of git that was named, and see it succeed."""
        assert answer.code == 0, answer.err
        commands = re.findall(r"^(?:Next|Hierna): (git .*) \(", answer.err, re.M)
        done = self.git(commands[number])
        assert done.code == 0, done.err
        return done

    def write(self, path: str, text: str) -> None:
        """Change a file in an editor."""
        (self.folder / path).write_text(text)


@dataclass(frozen=True, slots=True)
class Table:
    """The members, and the server."""

    anna: Member
    bram: Member
    cleo: Member
    server: Path

    def at(self, moment: str) -> None:
        """Let the clock of the server stand at a moment."""
        for name in ("pre-receive", "post-receive"):
            hook = self.server / "hooks" / name
            hook.write_text(
                re.sub(r"(--now \S+ )?hook ", f"--now {moment} hook ", hook.read_text())
            )


@pytest.fixture
def table(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Table:
    """Founded as the guide `beginning` tells: members, keys, a witness, the rules in force."""
    for name in ("SSH_AUTH_SOCK", "GIT_CONFIG_GLOBAL", "GIT_AUTHOR_EMAIL", "GIT_AUTHOR_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")

    def member(name: str, language: str) -> Member:
        home = tmp_path / f"home-{name}"
        (home / ".ssh").mkdir(parents=True)
        key = home / ".ssh/id_ed25519"
        subprocess.run(("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key), check=True)
        (home / ".gitconfig").write_text(
            f"[user]\n\tname = {name.title()}\n\temail = {name}@example.org\n"
        )
        return Member(name, tmp_path / name, home, monkeypatch, capsys, language)

    anna, bram, cleo = member("anna", "nl"), member("bram", "en"), member("cleo", "en")
    anna.folder.mkdir()
    founding = ("--name", "House", "--purpose", "Live together", "--starter", "teal")
    assert anna.orgcode("init", *founding, now=FOUNDING).code == 0
    for other in (bram, cleo):
        anna.write(
            f"people/{other.name}.yaml",
            f"name: {other.name.title()}\nemails: [{other.name}@example.org]\n",
        )
        key = str(other.home / ".ssh/id_ed25519.pub")
        assert anna.orgcode("key", "add", key, "--as", other.name, now=FOUNDING).code == 0
    assert anna.orgcode("key", "add", now=FOUNDING).code == 0
    circle = anna.folder / f"circles/{anchor_of(anna)}.yaml"
    circle.write_text(f"{circle.read_text()}members: [anna, bram, cleo]\n")
    server = tmp_path / "house.git"
    assert anna.git(f"git clone -q --bare . {server}").code == 0
    made = anna.orgcode("-C", str(server), "hook", "install", "--new-key", now=FOUNDING)
    org = anna.folder / "org.yaml"
    text = org.read_text().replace("# rules_in_force_since: ", "rules_in_force_since: ")
    org.write_text(f"{text}\n{made.out}")
    assert anna.git('git add -A && git commit -q -m "Together"').code == 0
    for command in (f"git remote add origin {server}", "git push -q -u origin main"):
        assert anna.git(command).code == 0
    for other in (bram, cleo):
        assert anna.git(f"git clone -q {server} {other.folder}").code == 0
    found = Table(anna, bram, cleo, server)
    found.at(MONDAY)
    return found


COOK = "name: Cook\ncircle: {}\npurpose: Everybody eats.\naccountabilities:\n  - Cooking on {}\n"


def test_a_role_is_decided_about_and_what_is_unlawful_is_refused(table: Table) -> None:
    anna, bram, cleo = table.anna, table.bram, table.cleo
    for each in (anna, bram, cleo):
        get_ready(each)

    bram.write("roles/cook.yaml", COOK.format(anchor_of(bram), "Mondays"))
    why = ("--title", "A cook", "--tension", "Nobody cooks.")
    proposed = bram.orgcode("propose", *why)
    id = "2027-01-04-a-cook"
    bram.follow(proposed)

    anna.git("git fetch")
    waits = anna.orgcode("status")
    assert f"orgcode respond {id} consent" in waits.err
    objected = anna.orgcode("respond", id, "objection", "--reason", "We eat every day.")
    anna.follow(objected)

    cleo.git("git fetch")
    blocked = cleo.orgcode("status", id)
    assert "We eat every day." in blocked.out
    assert "Cleo" in blocked.out, "who has still to respond is named, also while it is blocked"
    cleo.follow(cleo.orgcode("respond", id, "consent"))

    bram.git("git fetch")
    bram.write("roles/cook.yaml", COOK.format(anchor_of(bram), "every day"))
    renewed = bram.orgcode("propose", "--renew", now=TUESDAY)
    assert "cleo" in renewed.err, "whose assent no longer holds is named"
    table.at(TUESDAY)
    bram.follow(renewed)

    for each in (anna, cleo):
        each.git("git fetch")
        agreed = each.orgcode("respond", id, "consent", now=TUESDAY)
        each.follow(agreed)
    assert f"orgcode adopt {id}" in agreed.err

    cleo.git("git fetch")
    adopted = cleo.orgcode("adopt", id, now=TUESDAY)
    cleo.follow(adopted)

    anna.git("git pull")
    assert "every day" in (anna.folder / "roles/cook.yaml").read_text()
    assert anna.orgcode("build", now=WEDNESDAY).code == 0
    page = (anna.folder / f"site/proposals/{id}.html").read_text()
    assert "We eat every day." in page
    audit = anna.orgcode("audit", "--format", "json", now=WEDNESDAY)
    assert audit.code == 0
    said = yaml.safe_load((anna.folder / f"proposals/{id}/responses/anna.yaml").read_text())
    assert [entry["stance"] for entry in said] == ["objection", "consent"]
    assert all("signature" in entry for entry in said)

    table.at(WEDNESDAY)
    a_direct_push_is_proposed_instead(anna)
    a_rewritten_past_is_given_up(anna)
    a_tampered_response_is_given_up(anna, cleo)


def anchor_of(member: Member) -> str:
    """The id of the circle that everybody is part of."""
    anchor: str = yaml.safe_load((member.folder / "org.yaml").read_text())["anchor"]
    return anchor


def get_ready(member: Member) -> None:
    """Do what doctor says, until it says that nothing is to be done."""
    found = member.orgcode("doctor")
    assert found.code == 1
    commands = re.findall(r"^ +(git config .*)$", found.out, re.M)
    assert len(commands) == 1
    assert member.git(commands[0]).code == 0
    member.git("git fetch")
    assert member.orgcode("doctor").code == 0


def a_direct_push_is_proposed_instead(member: Member) -> None:
    """What the refusal says leads to a proposal, with nothing lost."""
    text = (member.folder / "roles/cook.yaml").read_text()
    member.write("roles/cook.yaml", f"{text}domains: [Stove]\n")
    assert member.git('git commit -q -a -m "Stove"').code == 0
    refused = member.git("git push origin main")
    assert refused.code != 0
    assert "orgcode propose" in refused.err
    assert member.git("git reset --soft origin/main").code == 0
    why = ("--title", "Stove", "--tension", "Whose is it?")
    member.follow(member.orgcode("propose", *why, now=WEDNESDAY))
    assert member.git("git stash").code == 0


def a_rewritten_past_is_given_up(member: Member) -> None:
    """What the refusal says brings back what the server has."""
    assert member.git('git commit -q --amend -m "Another past"').code == 0
    refused = member.git("git push --force origin main")
    assert refused.code != 0
    (back,) = re.findall(r"git switch -C main origin/main", refused.err)
    assert member.orgcode("status", now=WEDNESDAY).err.count(back) == 1
    assert member.git(back).code == 0
    assert back not in member.orgcode("status", now=WEDNESDAY).err


def a_tampered_response_is_given_up(member: Member, other: Member) -> None:
    """What somebody said cannot be altered; the refusal says how to go back."""
    branch = "proposal/2027-01-06-stove"
    other.git("git fetch")
    assert other.git(f"git switch -q {branch}").code == 0
    path = f"{branch.replace('proposal', 'proposals')}/responses/{member.name}.yaml"
    text = (other.folder / path).read_text()
    other.write(path, text.replace("consent", "abstain"))
    assert other.git('git commit -q -a -m "Put right"').code == 0
    refused = other.git(f"git push origin {branch}")
    assert refused.code != 0
    assert member.name in refused.err
    back = f"git switch -C {branch} origin/{branch}"
    assert back in refused.err.replace("\nremote: ", " ")
    assert other.git(back).code == 0
    assert other.git("git switch -q main").code == 0
    responded = other.orgcode("respond", branch.removeprefix("proposal/"), "abstain", now=WEDNESDAY)
    other.follow(responded)
