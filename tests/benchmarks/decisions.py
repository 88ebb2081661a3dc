"""A history of decisions, each with three signed responses: for measuring an audit.

    python -m tests.benchmarks.decisions [FOLDER]

Makes an organisation of some 300 files and 1,000 decisions, in FOLDER if it is to stay; audits it
in a fresh process; and prints a row for the README of this folder.
"""

from __future__ import annotations

import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import yaml
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from orgcode.model.digest import ChangedFile, change_digest, signed_text
from tests.adapters.signing.openssh import Making, Pair, string
from tests.benchmarks.check import PROGRAMS, run
from tests.builder import Builder
from tests.proposing import FILES, ORG

PEOPLE = ("cas", "kim", "rob")
DAY = 24 * 3600
FIRST = 1_800_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How much there is of it."""

    decisions: int
    files: int


THOUSAND = Amount(decisions=1000, files=300)
FEW = Amount(decisions=6, files=30)


def write(folder: Path, amount: Amount) -> None:
    """The repository, by one stream that git reads."""
    builder = Builder.make(folder)
    stream = b"".join(_stream(amount))
    builder.git("fast-import", "--quiet", "--done", stdin=stream)


def measure(amount: Amount, folder: Path) -> str:
    """Audit it, and give the row of a table."""
    if not (folder / ".git").exists():
        write(folder, amount)
    cost = run([PROGRAMS / "orgcode", "--now", "2037-01-01", "audit"], folder)
    each = 1000 * cost.seconds / amount.decisions
    return (
        f"| orgcode audit, {amount.decisions} decisions over {amount.files} files |"
        f" {cost.seconds:.2f} s | {each:.1f} ms for each decision | {cost.megabytes:.0f} MB |"
    )


def _stream(amount: Amount) -> Iterator[bytes]:
    pairs = {person: _pair(number) for number, person in enumerate(PEOPLE, start=1)}
    files = {**FILES, "org.yaml": FILES["org.yaml"] + "assurance: {people: {default: signed}}\n"}
    for person, pair in pairs.items():
        files[f"people/{person}.yaml"] = f"name: {person.title()}\nkeys: [{{key: {pair.line}}}]\n"
    policies = [f"policies/p{number}.yaml" for number in range(amount.files - len(files))]
    files |= {path: _policy(path, 0) for path in policies}
    yield from _commit("main", FIRST, {path: text.encode() for path, text in files.items()})
    for number in range(amount.decisions):
        path = policies[number % len(policies)]
        texts = files[path], _policy(path, number + 1)
        yield from _decision(number, FIRST + (number + 1) * DAY, pairs, path, texts)
        files[path] = texts[1]
    yield b"done\n"


def _policy(path: str, number: int) -> str:
    return f"title: {path}\ncircle: house\ntext: Version {number}.\n"


def _decision(
    number: int, at: int, pairs: Mapping[str, Pair], path: str, texts: tuple[str, str]
) -> Iterator[bytes]:
    id, branch = f"d{number}", f"proposal/d{number}"
    before, after = (text.encode() for text in texts)
    moment = _moment(at)
    record = {
        "title": f"Decision {number}",
        "proposer": "cas",
        "opened": {"at": moment, "base": "0" * 40},
        "tension": {"text": "Work"},
    }
    digests = (sha256(content).hexdigest() for content in (before, after))
    changed = [ChangedFile(path, "100644", *digests)]
    change = change_digest(ORG, id, record, changed)
    files = {path: after, f"proposals/{id}/proposal.yaml": yaml.safe_dump(record).encode()}
    yield from _commit(branch, at, files, "refs/heads/main")
    for place, person in enumerate(PEOPLE, start=1):
        entry: dict[str, object] = {
            "stance": "yes",
            "change": change,
            "at": _moment(at + place),
            "after": None,
        }
        text = signed_text(ORG, id, person, entry)
        entry["signature"] = Making(pair=pairs[person], text=text).line()
        said = yaml.safe_dump([entry]).encode()
        files[f"proposals/{id}/responses/{person}.yaml"] = said
        yield from _commit(branch, at + place, {f"proposals/{id}/responses/{person}.yaml": said})
    yield from _commit("main", at + 60, files, "", f"refs/heads/{branch}")
    yield f"reset refs/heads/{branch}\nfrom {'0' * 40}\n\n".encode()


def _commit(
    branch: str, at: int, files: Mapping[str, bytes], start: str = "", merge: str = ""
) -> Iterator[bytes]:
    yield f"commit refs/heads/{branch}\ncommitter T <t@example.org> {at} +0000\n".encode()
    yield b"data 1\nx\n"
    if start:
        yield f"from {start}\n".encode()
    if merge:
        yield f"merge {merge}\n".encode()
    for path, content in files.items():
        yield f"M 100644 inline {path}\ndata {len(content)}\n".encode() + content + b"\n"
    yield b"\n"


def _pair(number: int) -> Pair:
    private = ed25519.Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
    point = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    data = string(b"ssh-ed25519") + string(point)
    return Pair(name="", line=f"ssh-ed25519 {b64encode(data).decode()}", private=private)


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        print(measure(THOUSAND, Path(sys.argv[1] if len(sys.argv) > 1 else name)))  # noqa: T201
