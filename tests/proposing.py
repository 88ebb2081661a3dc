"""An organisation whose rules are in force, in a real repository, with proposals on branches and
responses signed by real keys; made with git and OpenSSH themselves.
"""

from __future__ import annotations

import atexit
import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

import yaml

from orgcode.model.digest import ChangedFile, change_digest, entry_digest, signed_text
from tests.builder import Builder

ORG = "0b0b9c1e-6f0c-4e0e-8f52-0a6f6f0c4e0e"
START = "2027-01-01T12:00:00Z"
OPENED = "2027-01-02T12:00:00Z"
SAID = "2027-01-03T12:00:00Z"
NOW = "2027-01-10T12:00:00Z"

FILES = {
    "org.yaml": f"""\
orgcode: 1
id: {ORG}
name: The house
purpose: Live and work together.
anchor: house
ruleset: teal@1
rules_in_force_since: 2027-01-01
decision_rules:
  - {{for: role, by: consent, of: members, open_for: 3 days}}
  - {{for: policy, by: vote, of: all}}
""",
    "circles/house.yaml": """\
name: House
core_roles: {lead: [kim], representative: [rob], facilitator: [kim], secretary: [rob]}
""",
    "circles/kitchen.yaml": """\
name: Kitchen
purpose: Meals
parent: house
core_roles: {lead: [kim], representative: [rob], facilitator: [kim], secretary: [rob]}
""",
    "roles/cook.yaml": "name: Cook\ncircle: kitchen\npurpose: Meals\nholders: [cas]\n",
    "people/kim.yaml": "name: Kim\n",
    "people/rob.yaml": "name: Rob\n",
    "people/cas.yaml": "name: Cas\n",
}
"""Kim, Rob and Cas are the members of the kitchen."""

BAKER = {"roles/baker.yaml": "name: Baker\ncircle: kitchen\npurpose: Bread\n"}
PROPOSAL = "2027-01-02-baker"


@dataclass(frozen=True, slots=True)
class House:
    """The organisation, and ways to propose and respond."""

    builder: Builder
    keys: Path
    ends: dict[tuple[str, str], str] = field(default_factory=dict)
    """The digest of the last entry of each person about each proposal."""

    @classmethod
    def make(cls, folder: Path, more: Mapping[str, str] | None = None) -> House:
        """The organisation on `main`."""
        if more:
            builder = Builder.make(folder / "org")
            builder.commit({**FILES, **more}, at=START)
        else:
            builder = Builder(folder / "org")
            shutil.copytree(_made_once(), builder.root, symlinks=True)
        keys = folder / "keys"
        keys.mkdir()
        return cls(builder, keys)

    def key(self, name: str) -> str:
        """The public key of that name, made where it is not there yet."""
        file = self.keys / name
        if not file.exists():
            command = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(file))
            subprocess.run(command, check=True, capture_output=True)
        return file.with_suffix(".pub").read_text().strip()

    def sign(self, text: bytes, key: str) -> str:
        """A signature in one line."""
        self.key(key)
        command = ("ssh-keygen", "-q", "-Y", "sign", "-n", "orgcode", "-f", str(self.keys / key))
        done = subprocess.run(command, input=text, check=True, capture_output=True)
        return "".join(done.stdout.decode().splitlines()[1:-1])

    def propose(
        self,
        id: str = PROPOSAL,
        files: Mapping[str, str] = BAKER,
        *,
        by: str = "cas",
        record: Mapping[str, object] | None = None,
        gone: tuple[str, ...] = (),
        assents: bool = True,
    ) -> str:
        """A branch with a change and its record, and the proposer's own assent; gives its head."""
        builder = self.builder
        builder.git("checkout", "-q", "-b", f"proposal/{id}", "main")
        for path in gone:
            builder.git("rm", "-q", path)
        base = builder.git("rev-parse", "main")
        data = {
            "title": "Bread",
            "proposer": by,
            "opened": {"at": OPENED, "base": base},
            "tension": {"text": "No bread"},
            **(record or {}),
        }
        records = {f"proposals/{id}/proposal.yaml": _yaml(data)}
        head = builder.commit({**files, **records}, message="Propose", at=OPENED)
        builder.git("checkout", "-q", "main")
        return self.respond(by, "consent", id=id, at=OPENED) if assents else head

    def respond(
        self,
        person: str,
        stance: str,
        *,
        id: str = PROPOSAL,
        at: str = SAID,
        reason: str | None = None,
        key: str | None = None,
        change: str | None = None,
        more: Mapping[str, object] | None = None,
    ) -> str:
        """Append an entry on the branch of a proposal, signed where a key is named."""
        builder = self.builder
        entry: dict[str, object] = {
            "stance": stance,
            "change": change or self.change(id),
            "at": at,
            "after": self.ends.get((id, person)),
            **({"reason": reason} if reason else {}),
            **(more or {}),
        }
        if key:
            entry["signature"] = self.sign(signed_text(ORG, id, person, entry), key)
        self.ends[id, person] = entry_digest(ORG, id, person, entry)
        builder.git("checkout", "-q", f"proposal/{id}")
        path = f"proposals/{id}/responses/{person}.yaml"
        file = builder.root / path
        before = file.read_text() if file.exists() else ""
        head = builder.commit({path: before + _yaml([entry])}, message="Respond", at=at)
        builder.git("checkout", "-q", "main")
        return head

    def adopt(self, id: str = PROPOSAL, *, at: str = NOW) -> str:
        """Merge a branch as `orgcode adopt` does; gives the step."""
        self.builder.git("merge", "-q", "--no-ff", "-m", "Adopt", f"proposal/{id}", at=at)
        return self.builder.git("rev-parse", "HEAD")

    def change(self, id: str = PROPOSAL) -> str:
        """The digest of the change on a branch, as git tells what changed."""
        git = self.builder.git
        base = git("merge-base", "main", f"proposal/{id}")
        raw = git("diff-tree", "-r", "-z", "--no-renames", base, f"proposal/{id}").split("\0")
        files = []
        for head, path in zip(raw[::2], raw[1::2], strict=False):
            _, mode, old, new, _ = head.split(" ")
            if not path.startswith("proposals/"):
                files.append(
                    ChangedFile(
                        path,
                        mode if new.strip("0") else None,
                        self._sha256(old),
                        self._sha256(new),
                    )
                )
        text = git("show", f"proposal/{id}:proposals/{id}/proposal.yaml")
        record = yaml.load(text, yaml.BaseLoader)  # noqa: S506 (every scalar as it is written)
        return change_digest(ORG, id, record, files)

    def receive(
        self,
        *refs: tuple[str, str],
        at: str,
        key: str | None = "server",
        previous: str | None = None,
    ) -> str:
        """Add an entry to the log of the server: refs and where they lead now."""
        builder = self.builder
        log = "refs/orgcode/received"
        old = previous or builder.git("for-each-ref", "--format=%(objectname)", log)
        news = [builder.git("rev-parse", new) for _, new in refs]
        line = json.dumps(
            {
                "at": at,
                "organisation": ORG,
                "refs": [[ref, "0" * 40, new] for (ref, _), new in zip(refs, news, strict=True)],
                "target": builder.git("rev-parse", "main"),
            },
            separators=(",", ":"),
            sort_keys=True,
        )
        text = f"Received\n\n{line}\n"
        if key:
            text += f"signature: {self.sign(line.encode(), key)}\n"
        parents = list(dict.fromkeys([*([old] if old else []), *news]))
        options = [part for parent in parents for part in ("-p", parent)]
        tree = builder.git("hash-object", "-t", "tree", "-w", "/dev/null")
        id = builder.git("commit-tree", tree, *options, stdin=text.encode(), at=at)
        builder.git("update-ref", log, id)
        return id

    def _sha256(self, blob: str) -> str | None:
        if not blob.strip("0"):
            return None
        content = subprocess.run(
            ("git", "cat-file", "blob", blob),
            cwd=self.builder.root,
            check=True,
            capture_output=True,
        ).stdout
        return sha256(content).hexdigest()


def _yaml(data: object) -> str:
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


@cache
def _made_once() -> Path:
    """The organisation without anything more, to be copied: so many tests begin with it."""
    folder = Path(mkdtemp(prefix="orgcode-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    builder = Builder.make(folder / "org")
    builder.commit(FILES, at=START)
    return builder.root
