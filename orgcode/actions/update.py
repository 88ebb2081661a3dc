"""Bring the tooling of an organisation's repository up to date: schemas, settings, workflow.

Only what orgcode wrote itself, and nobody changed since, is written anew. What people changed or
deleted, made read-only or a link, stays as it is. Nothing is committed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import unified_diff
from pathlib import Path
from typing import Literal

from msgspec import Struct

from orgcode.actions.reading import read_org
from orgcode.actions.tooling import (
    RECORD,
    WORKFLOW,
    Record,
    branch_in_workflow,
    digest,
    read_record,
    tooling_files,
    was_written_before,
    write_record,
)
from orgcode.adapters.git.repository import Repository, find
from orgcode.adapters.replacing import Hindrance, read_replaceable, replace_files
from orgcode.i18n.languages import LANGUAGES
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message

Outcome = Literal[
    "new",
    "refreshed",
    "current",
    "changed",
    "deleted",
    "link",
    "read-only",
    "unreadable",
    "no longer made",
]
"""What becomes of a file. From `changed` on it is kept as it is."""

_WRITTEN = frozenset({"new", "refreshed"})


class Updated(Struct, frozen=True, kw_only=True):
    """What became of each file of the tooling, and how what is there differs from what orgcode
    makes now.
    """

    root: Path
    outcomes: Mapping[str, Outcome]
    difference: str
    record_was_damaged: bool


def update(directory: Path, today: date, version: str, *, write: bool = True) -> Updated:
    """Refresh the tooling of the repository in which `directory` lies; without `write`, only tell
    what would be done.

    Raises `OrgcodeError`, with nothing written, where that cannot be done.
    """
    repository = find(directory)
    root = repository.root
    if not os.path.lexists(root / "org.yaml"):
        raise OrgcodeError(
            message("There is no org.yaml in {folder}.", folder=root),
            message("Name the folder of an organisation with -C, or make one with 'orgcode init'."),
        )
    record, is_damaged = _record(root)
    _refuse_newer(record, version)
    known = record or _without_record(repository, root, today)
    wanted = tooling_files(version, known.language, known.branch)
    found = {path: read_replaceable(root, path) for path in wanted}
    began = record is not None or any(
        path.startswith("schema/") and content != "missing" for path, content in found.items()
    )
    outcomes = {
        path: _outcome(path, content, wanted[path], known, began=began)
        for path, content in found.items()
    }
    if write:
        _write(root, found, wanted, outcomes, known, version)
    for path in sorted(known.files.keys() - wanted.keys()):
        if isinstance(read_replaceable(root, path), bytes):
            outcomes[path] = "no longer made"
    return Updated(
        root=root,
        outcomes=dict(sorted(outcomes.items())),
        difference="".join(_differences(found, wanted, outcomes)),
        record_was_damaged=is_damaged,
    )


def _record(root: Path) -> tuple[Record | None, bool]:
    content = read_replaceable(root, RECORD)
    if content == "missing":
        return None, False
    record = read_record(content) if isinstance(content, bytes) else None
    return record, record is None


def _refuse_newer(record: Record | None, version: str) -> None:
    if record is not None and _number(record.version) > _number(version):
        raise OrgcodeError(
            message(
                "The tooling was made by orgcode {newer}, and this is the older {version}.",
                newer=record.version,
                version=version,
            ),
            message("Update orgcode first, with 'pip install --upgrade orgcode'."),
        )


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d{1,9}", version)[:4])


def _without_record(repository: Repository, root: Path, today: date) -> Record:
    """What can be told of a repository from before there were records."""
    organisation = read_org(root, today).organisation
    languages = organisation.languages if organisation else ()
    workflow = read_replaceable(root, WORKFLOW)
    branch = branch_in_workflow(workflow) if isinstance(workflow, bytes) else None
    return Record(
        version="",
        language=next((code for code in languages if code in LANGUAGES), "en"),
        branch=branch or repository.branch.removeprefix("refs/heads/"),
    )


def _outcome(
    path: str, content: bytes | Hindrance, wanted: bytes, known: Record, *, began: bool
) -> Outcome:
    if content == "missing":
        is_deleted = path in known.files or (not known.files and began)
        return "deleted" if is_deleted else "new"
    if not isinstance(content, bytes):
        return content
    here = digest(content)
    if here == digest(wanted):
        return "current"
    if here == known.files.get(path) or was_written_before(path, content):
        return "refreshed"
    return "changed"


def _write(
    root: Path,
    found: Mapping[str, bytes | Hindrance],
    wanted: Mapping[str, bytes],
    outcomes: Mapping[str, Outcome],
    known: Record,
    version: str,
) -> None:
    """Write what is new or refreshed, and last the record of it."""
    files = {
        path: _with_line_ends(found[path], content)
        for path, content in wanted.items()
        if outcomes[path] in _WRITTEN
    }
    digests = dict(known.files)
    for path, content in wanted.items():
        if outcomes[path] in _WRITTEN or outcomes[path] == "current" or path not in digests:
            digests[path] = digest(content)
    record = Record(version=version, language=known.language, branch=known.branch, files=digests)
    content = write_record(record)
    before = read_replaceable(root, RECORD)
    is_other = isinstance(before, bytes) and digest(before) != digest(content)
    if is_other or before == "missing":
        files[RECORD] = _with_line_ends(before, content)
    replace_files(root, files)


def _with_line_ends(before: bytes | Hindrance, content: bytes) -> bytes:
    """The content with the line ends that the file had."""
    if isinstance(before, bytes) and before.count(b"\r\n") == before.count(b"\n") > 0:
        return content.replace(b"\n", b"\r\n")
    return content


def _differences(
    found: Mapping[str, bytes | Hindrance],
    wanted: Mapping[str, bytes],
    outcomes: Mapping[str, Outcome],
) -> Iterator[str]:
    """From what is there to what orgcode makes, as a patch that git can apply."""
    for path, outcome in sorted(outcomes.items()):
        if outcome not in {"new", "refreshed", "changed", "deleted"}:
            continue
        before = found[path]
        is_there = isinstance(before, bytes)
        here = _lines(before) if isinstance(before, bytes) else []
        source = f"a/{path}" if is_there else "/dev/null"
        for line in unified_diff(here, _lines(wanted[path]), source, f"b/{path}"):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(content: bytes) -> list[str]:
    text = content.replace(b"\r\n", b"\n").decode("utf-8", "replace")
    return re.findall(r"[^\n]*\n|[^\n]+\Z", text)
