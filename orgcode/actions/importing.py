"""Make the repository of an organisation that is written down in the files of another system."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from msgspec import Struct

from orgcode import resources
from orgcode.actions.progress import Progress, WatchedSnapshot, silent
from orgcode.actions.tooling import with_record
from orgcode.adapters.git.repository import Repository
from orgcode.adapters.importers import FORMATS, Imported, Known, import_snapshot, load_format
from orgcode.adapters.importers.sources import open_source
from orgcode.adapters.new_folder import new_folder
from orgcode.checking.check import check
from orgcode.documents.loading import load
from orgcode.documents.rulesets import load_ruleset
from orgcode.documents.writing import write_document
from orgcode.i18n.translator import Translator
from orgcode.model.facts import identify
from orgcode.model.finding import Finding
from orgcode.model.intake import HistoryReport, ImportReport
from orgcode.model.message import message
from orgcode.model.ruleset import Ruleset
from orgcode.model.snapshot import Files
from orgcode.rendering.starter import render_starter
from orgcode.reporting.imports import import_page

REPORT = "pages/import.md"
"""Where the account is kept, so that the handbook shows it."""


class ImportedOrganisation(Struct, frozen=True, kw_only=True):
    """Where the organisation is, what came of the source, and what checking it found."""

    folder: Path
    commit: str
    report: ImportReport
    findings: tuple[Finding, ...]
    ruleset: Ruleset
    history: HistoryReport | None = None
    """The account of its history, where that was imported too."""


def import_organisation(
    format: str,
    source: Path,
    into: Path,
    now: datetime,
    translator: Translator,
    *,
    rev: str | None = None,
    name: str | None = None,
    progress: Progress = silent,
) -> ImportedOrganisation:
    """Read a source, and write what it describes to a new repository with one commit.

    Raises `OrgcodeError`, with the folder left as it was, where one of the two cannot be done.
    """
    imported = read_source(format, source, rev=rev, name=name, progress=progress)
    text = translator.say(message("Import {title}", title=FORMATS[format].title)) + "\n"
    with new_folder(into) as root:
        repository = Repository.create(root)
        branch = repository.branch.removeprefix("refs/heads/")
        files = import_files(format, imported, translator, branch)
        author, email = repository.author
        commit = repository.commit_files(files, text, author, email, now, repository.branch)
    org = load(Files(files), now.date())
    return ImportedOrganisation(
        folder=root,
        commit=commit,
        report=imported.report,
        findings=tuple(check(org)),
        ruleset=org.ruleset,
    )


def read_source(
    format: str,
    source: Path,
    *,
    rev: str | None = None,
    name: str | None = None,
    progress: Progress = silent,
) -> Imported:
    """What a source says, at a revision."""
    module = load_format(format)
    with open_source(source, rev) as opened:
        known = Known(name=name, days=opened.days(module.ARCHIVES))
        return import_snapshot(module, WatchedSnapshot(opened.snapshot, progress), known)


def import_files(
    format: str, imported: Imported, translator: Translator, branch: str = "main"
) -> Mapping[str, bytes]:
    """The files of the new repository, by path: the organisation, the account of its import, and
    what every repository of an organisation has.
    """
    files = {path: document_bytes(path, data) for path, data in imported.documents.items()}
    page = import_page(imported.report, translator.speaking(_ruleset(imported)))
    files[REPORT] = page.encode("utf-8", "replace")
    files["README.md"] = _readme(format, imported, translator)
    files |= with_record(version("orgcode"), translator.language, branch)
    return dict(sorted(files.items()))


def _readme(format: str, imported: Imported, translator: Translator) -> bytes:
    org = _org_yaml(imported)
    template = resources.read_template(f"imported/README.{translator.language}.md")
    variables = {
        "name": str(org["name"]),
        "purpose": str(org["purpose"]),
        "format": format,
        "title": translator.say(FORMATS[format].title),
        "version": version("orgcode"),
    }
    return render_starter(template.decode("utf-8"), variables).encode("utf-8", "replace")


def _ruleset(imported: Imported) -> Ruleset:
    return load_ruleset(str(_org_yaml(imported)["ruleset"]))


def _org_yaml(imported: Imported) -> Mapping[str, object]:
    org = imported.documents["org.yaml"]
    assert not isinstance(org, str)  # noqa: S101 (every format gives it as data)
    return org


def document_bytes(path: str, data: Mapping[str, object] | str) -> bytes:
    """A document as it stands in the repository."""
    if isinstance(data, str):
        return data.encode("utf-8", "replace")
    identity = identify(path)
    if identity is None:
        raise ValueError(path)
    return write_document(identity.kind, data)
