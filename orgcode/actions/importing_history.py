"""Make the repository of an organisation with all its history in another system."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from orgcode.actions.importing import ImportedOrganisation, document_bytes, import_files
from orgcode.actions.progress import Progress, silent
from orgcode.adapters.git.replay import Altered, Replay, signed
from orgcode.adapters.git.repository import Repository
from orgcode.adapters.importers import FORMATS, Documents, load_format_with_history
from orgcode.adapters.importers.replaying import State, Steps
from orgcode.adapters.importers.sources import open_source
from orgcode.adapters.new_folder import new_folder
from orgcode.checking.check import check
from orgcode.documents.loading import load
from orgcode.i18n.translator import Translator
from orgcode.model.message import message
from orgcode.model.snapshot import Files
from orgcode.reporting.import_history import history_page

HISTORY = "pages/import-history.md"
"""Where the account of the history is kept."""


def import_organisation_with_history(
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
    """Read all commits of a source, and write each as a commit of a new repository; on top of them
    one more, with the account and with what every repository of an organisation has.

    Raises `OrgcodeError`, with the folder left as it was, where one of the two cannot be done.
    """
    module = load_format_with_history(format)
    text = translator.say(message("Import {title}", title=FORMATS[format].title)) + "\n"
    with open_source(source, rev) as opened, new_folder(into) as root:
        ancestry = opened.ancestry()
        repository = Repository.create(root)
        replay = Replay(repository.branch)
        steps = Steps(module, ancestry, name)
        written = _Written(replay)
        total = len(ancestry.commits)
        for done, state in enumerate(steps.states(), 1):
            progress(message("Replaying commits"), done, total)
            written.copy(state)
        report = steps.report()
        branch = repository.branch.removeprefix("refs/heads/")
        files = dict(import_files(format, steps.newest, translator, branch))
        org = load(Files(files), now.date())
        page = history_page(report, translator.speaking(org.ruleset))
        files[HISTORY] = page.encode("utf-8", "replace")
        written.add(ancestry.tip.id, files, signed(*repository.author, now), text)
        commit = repository.replay(replay, dict(sorted(files.items())))
    return ImportedOrganisation(
        folder=root,
        commit=commit,
        report=steps.newest.report,
        findings=tuple(check(org)),
        ruleset=org.ruleset,
        history=report,
    )


class _Written:
    """What each commit holds, so that of the next one only what differs is written."""

    def __init__(self, replay: Replay) -> None:
        self._replay = replay
        self._blobs: dict[str, dict[str, str]] = {}
        self._documents: Documents = {}
        self._latest: dict[str, str] = {}

    def copy(self, state: State) -> None:
        """Write the commit that a commit of the source became."""
        blobs = {path: self._blob(path, data) for path, data in state.documents.items()}
        self._documents, self._latest = state.documents, blobs
        parents = state.commit.parents
        before = self._blobs[parents[0]] if parents else {}
        self._blobs[state.commit.id] = before if blobs == before else blobs
        self._replay.copy(state.commit, _altered(before, blobs))

    def add(self, parent: str, files: Mapping[str, bytes], who: bytes, text: str) -> None:
        """Write one more commit."""
        blobs = {path: self._replay.blob(content) for path, content in files.items()}
        self._replay.add(parent, who, text, _altered(self._blobs[parent], blobs))

    def _blob(self, path: str, data: Mapping[str, object] | str) -> str:
        if path in self._latest and self._documents[path] == data:
            return self._latest[path]
        return self._replay.blob(document_bytes(path, data))


def _altered(before: Mapping[str, str], after: Mapping[str, str]) -> Altered:
    return Altered(
        files={path: blob for path, blob in after.items() if before.get(path) != blob},
        gone=tuple(path for path in before if path not in after),
    )
