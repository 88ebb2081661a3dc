"""Where attacks are tried: a real repository of a member, a real server with the hook installed,
and real keys; made from a small case of the law, so that what is lawful there is lawful here.

Commits are written by git's library and signatures by hand, byte by byte: nothing of orgcode makes
what orgcode is to judge, but for the digests that stand in responses.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pygit2
import yaml
from pygit2.enums import FileMode, ObjectType

from orgcode.model.digest import ChangedFile, change_digest, entry_digest, signed_text
from tests.adapters.signing.openssh import Making, Pair, keygen, make_pair
from tests.cli.conftest import start
from tests.law.by_rules.small import CHANGE, PEOPLE, PROPOSAL, Small
from tests.law.generated.organisations import ID, texts
from tests.law.generated.responses import NOW, written

LOG = "refs/orgcode/received"
NOBODY = "0" * 40
FOUNDED = datetime.fromisoformat("2027-01-01T12:00:00Z")
RECORD = f"proposals/{PROPOSAL}/proposal.yaml"

_KEY = re.compile(r"KEY\(([^)]*)\)")

Files = Mapping[str, str | bytes | tuple[int, str] | None]
"""Content by path; a mode and an id for what is no ordinary file; None for nothing."""


@dataclass(frozen=True)
class Ground:
    """What all stages share: keys, and a server on which the hook was installed."""

    folder: Path

    keys: dict[str, Pair] = field(default_factory=dict)

    def key(self, name: str, kind: str = "ed25519") -> Pair:
        """The key of somebody; made by OpenSSH when it is asked for first."""
        if name not in self.keys:
            place = self.folder / "keys" / name
            place.mkdir(parents=True)
            self.keys[name] = make_pair(kind, place)
        return self.keys[name]

    @property
    def server(self) -> Path:
        return self.folder / "server.git"

    @classmethod
    def prepare(cls, folder: Path) -> Ground:
        ground = cls(folder)
        _git(folder, "init", "-q", "--bare", "--template=", "-b", "main", str(ground.server))
        (ground.server / "hooks").mkdir()
        file = ground.key("server").file
        command = ("-C", str(ground.server), "hook", "install", "--key", str(file))
        done = start(*command, folder=folder)
        assert done.returncode == 0, done.stderr
        for hook in (ground.server / "hooks").iterdir():
            hook.write_text(hook.read_text().replace(" hook ", f" --now {written(NOW)} hook "))
        return ground


@dataclass
class Stage:
    """One attack in the making. `target` is the tip of main, `head` that of the proposal."""

    ground: Ground
    folder: Path
    small: Small
    git: pygit2.Repository
    target: str = ""
    head: str = ""
    step: str = ""
    """What the attacker would have main lead to."""
    id: str = PROPOSAL
    base_ref: str = "main"
    """What the gate is told to judge against."""
    head_ref: str = ""
    audited_from: str = ""
    """Where the audit is told to start; by default at the target."""
    pushes: tuple[str, ...] = ()
    """What else is pushed with the step."""
    environment: dict[str, str] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)

    @property
    def member(self) -> Path:
        return self.folder / "member.git"

    @property
    def server(self) -> Path:
        return self.folder / "server.git"

    @classmethod
    def make(cls, ground: Ground, folder: Path, small: Small) -> Stage:
        """A repository in which the case has come about."""
        git = pygit2.init_repository(
            str(folder / "member.git"), bare=True, initial_head="main", template_path=None
        )
        stage = cls(ground, folder, small, git)
        case = small.case()
        opening, before = (stage._known(case[name]) for name in ("opening", "before"))
        stage.target = opened = stage.commit((), opening, at=FOUNDED)
        stage.main()
        stage.open(small, opened, case)
        if opening != before:
            gone = {path: None for path in opening if path not in before}
            stage.target = stage.commit((opened,), {**before, **gone}, at=FOUNDED)
            stage.main()
        stage.hear(small)
        return stage

    # The proposal

    def open(self, small: Small, opened: str, case: Mapping[str, Any]) -> None:
        """The proposal as it was opened, and seen by the server."""
        changes: dict[str, Any] = texts(small._change())
        for path, content in small._change().items():
            if content is None:
                changes[path] = None
        changes = self._known(changes)
        record = json.loads(case["after"][RECORD])
        record["opened"]["base"] = opened
        record.pop("answers", None)
        at = NOW - timedelta(days=10)
        self.head = self.commit((opened,), {**changes, RECORD: json.dumps(record)}, at=at)
        self.propose()
        if case["opened_at"]:
            self.receive(self.head, at=datetime.fromisoformat(case["opened_at"]))

    def hear(self, small: Small) -> None:
        """Everything that the case says was said; what is signed is signed."""
        said = [*small.says]
        if small.proposer_says:
            said.append({"person": small.by, "stance": small.proposer_says, "signed_by": small.by})
        digests: list[str] = []
        for one in said:
            found: dict[str, Any] = {
                "at": written(NOW - timedelta(days=one.get("days_ago", 1))),
                "after": digests[one["after"]] if "after" in one else None,
            }
            if one.get("change", CHANGE) != CHANGE:
                found["change"] = one["change"]
            self.say(one["person"], one["stance"], key=one.get("signed_by"), **found)
            digests.append(self.ends[one["person"]])
        if small.answers:
            record = json.loads(self.read(self.head, RECORD))
            record["answers"] = [{"to": digests[place], "text": "Well."} for place in small.answers]
            self.change({RECORD: json.dumps(record)})

    def say(
        self,
        person: str,
        stance: str,
        *,
        key: str | None = None,
        signature: str | None = None,
        making: Mapping[str, Any] | None = None,
        organisation: str = ID,
        proposal: str | None = None,
        path: str | None = None,
        **more: Any,
    ) -> dict[str, Any]:
        """Append an entry on the branch; what it is signed for may be said to be something else."""
        entry: dict[str, Any] = {
            "stance": stance,
            "change": self.digest(),
            "at": written(NOW - timedelta(days=1)),
            "after": self.ends.get(person),
            **({"reason": "It is so."} if stance in {"objection", "concern", "advice"} else {}),
            **more,
        }
        text = signed_text(organisation, proposal or self.id, person, entry)
        if signature is None and key is not None:
            signature = Making(pair=self.ground.key(key), text=text, **(making or {})).line()
        if signature is not None:
            entry["signature"] = signature
        self.ends[person] = entry_digest(ID, self.id, person, entry)
        file = path or f"proposals/{self.id}/responses/{person}.yaml"
        self.change({file: self.read(self.head, file) + dumped([entry])})
        return entry

    def change(self, files: Files, *, at: datetime | None = None) -> str:
        """One commit more on the branch."""
        self.head = self.commit((self.head,), files, at=at or NOW - timedelta(days=1))
        self.propose()
        return self.head

    def propose(self) -> None:
        """Let the branch of the proposal lead to the head."""
        self.git.references.create(f"refs/heads/proposal/{self.id}", self.head, force=True)

    def main(self) -> None:
        """Let main lead to the target."""
        self.git.references.create("refs/heads/main", self.target, force=True)

    def receive(
        self,
        *tips: str,
        at: datetime,
        key: str | None = "server",
        ref: str | None = None,
        organisation: str = ID,
    ) -> str:
        """Add an entry to the log of the server."""
        branch = ref or f"refs/heads/proposal/{self.id}"
        line = json.dumps(
            {
                "at": written(at),
                "organisation": organisation,
                "refs": [[branch, NOBODY, tip] for tip in tips],
                "target": self.target,
            },
            separators=(",", ":"),
            sort_keys=True,
        )
        text = f"Received\n\n{line}\n"
        if key:
            signature = Making(pair=self.ground.key(key), text=line.encode()).line()
            text += f"signature: {signature}\n"
        log = self.git.references.get(LOG)
        old = (str(log.target),) if log else ()
        empty = str(self.git.TreeBuilder().write())
        made = self.written((*old, *tips), empty, text, at)
        self.git.references.create(LOG, made, force=True)
        return made

    # Commits

    def commit(
        self, parents: Sequence[str], files: Files, *, at: datetime, base: str | None = None
    ) -> str:
        """A commit with the files of its first parent (or of another commit) but for these."""
        index = pygit2.Index()
        on = base or (parents[0] if parents else None)
        if on:
            index.read_tree(self.at(on).tree)
        for path, content in files.items():
            if content is None:
                index.remove(path)
            elif isinstance(content, tuple):
                index.add(pygit2.IndexEntry(path, pygit2.Oid(hex=content[1]), FileMode(content[0])))
            else:
                data = (
                    content.encode("utf-8", "surrogateescape")
                    if isinstance(content, str)
                    else content
                )
                blob = self.git.create_blob(data)
                index.add(pygit2.IndexEntry(path, blob, FileMode.BLOB))
        return self.written(parents, str(index.write_tree(self.git)), "Change\n", at)

    def written(
        self, parents: Iterable[str], tree: str, text: str, at: datetime, headers: str = ""
    ) -> str:
        """A commit, line by line."""
        who = f"Test <test@example.org> {int(at.timestamp())} +0000"
        lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents)]
        content = "\n".join([*lines, f"author {who}", f"committer {who}"]) + f"\n{headers}\n{text}"
        return str(self.git.odb.write(ObjectType.COMMIT, content.encode()))

    def at(self, id: object) -> pygit2.Commit:
        """A commit by its id."""
        return self.git[str(id)].peel(pygit2.Commit)

    def tree(self, *items: tuple[bytes, bytes, str]) -> str:
        """A tree, written as it is told: modes, names and ids in that order."""
        raw = b"".join(b"%s %s\0%s" % (m, name, bytes.fromhex(id)) for m, name, id in items)
        return str(self.git.odb.write(ObjectType.TREE, raw))

    def read(self, commit: str, path: str) -> str:
        """The text of a file; empty where there is none."""
        try:
            return (
                self.at(commit).tree[path].peel(pygit2.Blob).data.decode("utf-8", "surrogateescape")
            )
        except KeyError:
            return ""

    def merged(self, head: str | None = None, *, at: datetime = NOW) -> str:
        """The step by which a target takes in a head: what the head changed since both went apart
        laid over the target.
        """
        head = head or self.head
        base = self.git.merge_base(self.target, head)
        changed: dict[str, tuple[int, str] | None] = {}
        for delta in self.git.diff(str(base), head).deltas:
            new = delta.new_file
            is_gone = delta.status_char() == "D"
            changed[new.path] = None if is_gone else (new.mode, str(new.id))
        return self.commit((self.target, head), changed, at=at)

    def digest(self) -> str:
        """What a response to the present change binds to."""
        base = self.git.merge_base(self.target, self.head)
        files = []
        for delta in self.git.diff(str(base), self.head).deltas:
            old, new = delta.old_file, delta.new_file
            if not new.path.startswith("proposals/"):
                char = delta.status_char()
                files.append(
                    ChangedFile(
                        new.path,
                        None if char == "D" else f"{new.mode:06o}",
                        None if char == "A" else self._sha256(str(old.id)),
                        None if char == "D" else self._sha256(str(new.id)),
                    )
                )
        path = f"proposals/{self.id}/proposal.yaml"
        record = yaml.load(self.read(self.head, path), yaml.BaseLoader)  # noqa: S506 (as written)
        return change_digest(ID, self.id, record or {}, files)

    def _sha256(self, blob: str) -> str:
        found = self.git.get(blob)
        return sha256(found.data).hexdigest() if isinstance(found, pygit2.Blob) else blob

    def _known(self, files: Mapping[str, Any]) -> dict[str, Any]:
        """Files with the keys of people and of the server in them, where these count."""
        found = {path: text and self._with_keys(text) for path, text in files.items()}
        for person in PEOPLE:
            path = f"people/{person}.yaml"
            if '"keys"' not in (found.get(path) or '"keys"'):
                keys = {"keys": [{"key": self.ground.key(person).line}]}
                found[path] = json.dumps({**json.loads(found[path]), **keys})
        org = found.get("org.yaml") or ""
        if org.startswith("{") and "witnesses" not in org and self.small.seen_days_ago is not None:
            witness = {"name": "server", "key": self.ground.key("server").line}
            found["org.yaml"] = json.dumps({**json.loads(org), "witnesses": [witness]})
        return found

    def _with_keys(self, text: str) -> str:
        """`KEY(name)` or `KEY(name, kind)` in a case stands for the public key of that name."""
        return _KEY.sub(lambda found: self.ground.key(*found.group(1).split(", ")).line, text)

    # The server

    def serve(self) -> Path:
        """The server as the attacker finds it: it has everything but the step."""
        if not self.server.exists():
            shutil.copytree(self.ground.server, self.server, symlinks=True)
        refs = ("+refs/heads/*:refs/heads/*", "+refs/orgcode/*:refs/orgcode/*")
        _git(self.server, "fetch", "-q", "--prune", str(self.member), *refs)
        return self.server


def dumped(data: object) -> str:
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


def _git(folder: Path, *arguments: str) -> None:
    done = subprocess.run(("git", *arguments), cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


__all__ = ["LOG", "NOW", "Ground", "Stage", "keygen", "replace"]
