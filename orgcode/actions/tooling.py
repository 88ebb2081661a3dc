"""The tooling of an organisation's repository: schemas, settings for editors, the workflow; and
the record of what was written, by which a later version knows what people changed since.

Digests are of text with plain line ends, so that a clone on another computer has the same.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache

from msgspec import Struct, field

from orgcode import resources
from orgcode.i18n.languages import LANGUAGES
from orgcode.rendering.starter import render_starter

RECORD = "schema/made-by-orgcode.json"
WORKFLOW = ".github/workflows/orgcode.yml"

_RENDERED: Mapping[str, str] = {
    WORKFLOW: "workflow.yml",
    ".editorconfig": "editorconfig",
    ".gitignore": "gitignore",
    ".vscode/settings.json": "vscode-settings.json",
    ".vscode/extensions.json": "vscode-extensions.json",
}
_NOT_FOR_EDITORS = "ruleset.schema.json"


class Record(Struct, frozen=True, kw_only=True):
    """What was written, by which version, in which language, for which branch: a digest of each
    file by its path.
    """

    version: str
    language: str
    branch: str
    files: Mapping[str, str] = field(default_factory=dict)


def tooling_files(version: str, language: str, branch: str) -> Mapping[str, bytes]:
    """The files of the tooling by path, without their record."""
    variables = {"version": version, "language": language, "branch": branch}
    files = {
        path: render_starter(
            resources.read_template(f"starters/{starter}").decode("utf-8"), variables
        ).encode("utf-8")
        for path, starter in _RENDERED.items()
    }
    for name in resources.schema_names():
        if name != _NOT_FOR_EDITORS:
            files[f"schema/{name}"] = resources.read_schema(name)
    return dict(sorted(files.items()))


def with_record(version: str, language: str, branch: str) -> Mapping[str, bytes]:
    """The files of the tooling and their record, for a new repository."""
    files = tooling_files(version, language, branch)
    digests = {path: digest(content) for path, content in files.items()}
    record = Record(version=version, language=language, branch=branch, files=digests)
    return {**files, RECORD: write_record(record)}


def digest(content: bytes) -> str:
    """By what a file is known again, whatever its line ends."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def write_record(record: Record) -> bytes:
    """The record as it stands in the repository."""
    data = {
        "orgcode": record.version,
        "language": record.language,
        "branch": record.branch,
        "files": dict(sorted(record.files.items())),
    }
    return json.dumps(data, indent=2).encode("ascii") + b"\n"


def read_record(content: bytes) -> Record | None:
    """The record that somebody's repository holds; None where it is none."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return None
    match data:
        case {
            "orgcode": str(version),
            "language": str(language),
            "branch": str(branch),
            "files": dict(files),
        } if language in LANGUAGES and all(isinstance(each, str) for each in files.values()):
            return Record(version=version, language=language, branch=branch, files=files)
    return None


def was_written_before(path: str, content: bytes) -> bool:
    """Whether a version that kept no record yet wrote exactly this file."""
    neutral = content.replace(b"\r\n", b"\n")
    if path == WORKFLOW:
        neutral = _PINNED.sub(b"orgcode==", _BRANCHES.sub(b"branches: []", neutral))
    return digest(neutral) in _earlier().get(path, ())


def branch_in_workflow(content: bytes) -> str | None:
    """The branch that a workflow of an earlier version looks after."""
    found = _BRANCHES.search(content)
    name = found[0].partition(b"[")[2].rstrip(b"]").strip(b" \"'") if found else b""
    return name.decode("utf-8", "replace") or None


_BRANCHES = re.compile(rb"branches: \[[^\n]*\]")
_PINNED = re.compile(rb"orgcode==[^\s\"']*")


@cache
def _earlier() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = json.loads(resources.read_template("tooling/earlier.json"))
    return found
