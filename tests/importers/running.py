"""Run a format over files, and look at what comes out."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from orgcode.actions.importing import import_files
from orgcode.adapters.importers import Imported, Known, import_snapshot, load_format
from orgcode.checking.check import check
from orgcode.documents.loading import load
from orgcode.i18n.translator import Translator
from orgcode.model.facts import identify
from orgcode.model.finding import Finding
from orgcode.model.org import Org
from orgcode.model.snapshot import Files

TODAY = date(2026, 11, 23)


def run(format: str, files: Mapping[str, str | bytes], **known: Any) -> Imported:
    """What a format makes of files."""
    contents = {
        path: text.encode() if isinstance(text, str) else text for path, text in files.items()
    }
    return import_snapshot(load_format(format), Files(contents), Known(**known))


def written(imported: Imported) -> Mapping[str, bytes]:
    """The files that come out, whatever they came from."""
    return import_files("rust-team", imported, Translator("en"))


def organisation(imported: Imported) -> Org:
    """What comes out, as orgcode reads it."""
    files = {path: content for path, content in written(imported).items() if identify(path)}
    return load(Files(files), TODAY)


def errors(imported: Imported) -> list[Finding]:
    """The errors that checking what comes out finds."""
    return [f for f in check(organisation(imported)) if f.severity == "error"]


def is_sound(imported: Imported) -> bool:
    """Whether every value is accounted for, and what comes out has no errors."""
    report = imported.report
    balanced = report.imported_count + report.lost_count == report.leaves
    return balanced and not errors(imported)


def clone(bundle: Path, folder: Path) -> Path:
    """The files of a bundle."""
    command = ["git", "clone", "--quiet", "--branch=main", str(bundle), str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return folder
