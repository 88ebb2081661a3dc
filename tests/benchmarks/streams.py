"""Proposals with signed responses, as a stream of commits that git reads fast.

Nothing of it is made by the commands that are measured; the signatures are written byte by byte.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

import yaml
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from orgcode.model.digest import ChangedFile, change_digest, signed_text
from tests.adapters.signing.openssh import Making, Pair, string

DAY = 24 * 3600
FIRST = 1_800_000_000
"""The moment of the first commit, in January 2027."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposing:
    """An organisation in which people who sign propose and respond."""

    organisation: str
    pairs: Mapping[str, Pair]
    """The keys of those who respond, the first of whom proposes."""

    def proposal(
        self, id: str, at: int, changes: Sequence[tuple[str, str, str]]
    ) -> tuple[bytes, dict[str, bytes]]:
        """The commits of a branch that goes on from main: the changes (path, text before and after)
        with their record, and a signed response of everybody; and what the last one holds anew.
        """
        proposer, branch = next(iter(self.pairs)), f"proposal/{id}"
        record = {
            "title": f"Decision {id}",
            "proposer": proposer,
            "opened": {"at": moment(at), "base": "0" * 40},
            "tension": {"text": "Work"},
        }
        changed = [
            ChangedFile(path, "100644", _digest(before), _digest(after))
            for path, before, after in changes
        ]
        change = change_digest(self.organisation, id, record, changed)
        files = {path: after.encode() for path, _, after in changes}
        files[f"proposals/{id}/proposal.yaml"] = yaml.safe_dump(record).encode()
        stream = [commit(branch, at, files, start="refs/heads/main")]
        for place, person in enumerate(self.pairs, start=1):
            path = f"proposals/{id}/responses/{person}.yaml"
            files[path] = self._response(id, change, person, at + place)
            stream.append(commit(branch, at + place, {path: files[path]}))
        return b"".join(stream), files

    def _response(self, id: str, change: str, person: str, at: int) -> bytes:
        entry: dict[str, object] = {
            "stance": "yes",
            "change": change,
            "at": moment(at),
            "after": None,
        }
        text = signed_text(self.organisation, id, person, entry)
        entry["signature"] = Making(pair=self.pairs[person], text=text).line()
        return yaml.safe_dump([entry]).encode()


def commit(
    branch: str, at: int, files: Mapping[str, bytes], *, start: str = "", merge: str = ""
) -> bytes:
    """A commit on a branch; one of a new branch goes on from `start`."""
    head = f"commit refs/heads/{branch}\ncommitter T <t@example.org> {at} +0000\ndata 1\nx\n"
    origin = f"from {start}\n" if start else ""
    other = f"merge {merge}\n" if merge else ""
    return (head + origin + other).encode() + b"".join(_files(files)) + b"\n"


def gone(branch: str) -> bytes:
    """The end of a branch."""
    return f"reset refs/heads/{branch}\nfrom {'0' * 40}\n\n".encode()


def pair(number: int) -> Pair:
    """A key, the same every time."""
    private = ed25519.Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
    point = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    data = string(b"ssh-ed25519") + string(point)
    return Pair(name="", line=f"ssh-ed25519 {b64encode(data).decode()}", private=private)


def moment(at: int) -> str:
    """A moment as files have it."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _files(files: Mapping[str, bytes]) -> Iterator[bytes]:
    for path, content in files.items():
        yield f"M 100644 inline {path}\ndata {len(content)}\n".encode() + content + b"\n"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
