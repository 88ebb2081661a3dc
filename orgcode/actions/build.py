"""Build the handbook of an organisation's repository."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import Struct

from orgcode.actions.check import check_in_words
from orgcode.actions.chronicle import GitChronicle
from orgcode.actions.noting import Readers
from orgcode.actions.open_then import Then, end_of, open_at, open_now, records_of
from orgcode.actions.past_things import Look, look_back
from orgcode.actions.progress import Progress, silent
from orgcode.actions.reading import snapshot_of, with_kept
from orgcode.actions.sharing import pages_by_circle
from orgcode.adapters.git.kept import Kept
from orgcode.adapters.git.repository import Repository, find
from orgcode.adapters.processes import FEW
from orgcode.adapters.site import write_site
from orgcode.adapters.site_files import Making, digest_of
from orgcode.handbook.assets import LeftOut
from orgcode.handbook.audience import audience_of
from orgcode.handbook.pages import Handbook, handbook
from orgcode.model.coding import encode
from orgcode.model.facts import Facts, identify
from orgcode.model.history import moment_of
from orgcode.model.message import Message, message
from orgcode.model.org import Org
from orgcode.model.snapshot import MAX_CARRIED, ORDINARY, Snapshot, Unreadable
from orgcode.model.span import day_named
from orgcode.rendering.own_faults import all_faults
from orgcode.rendering.own_templates import BrokenTemplatesError, own_templates
from orgcode.rendering.site import render_site
from orgcode.resources import template_digest

SITE = "site"
"""The folder in the repository that holds the handbook unless another is named."""


class Built(Struct, frozen=True, kw_only=True):
    """What was built: where, how many pages, in which languages, and what check has to say."""

    folder: Path
    first_page: Path
    pages: int
    languages: tuple[str, ...]
    errors: int
    warnings: int
    left_out: tuple[LeftOut, ...] = ()
    """Files of assets/ that are not carried along, and why."""


def build(
    directory: Path,
    today: date,
    *,
    at: str | None = None,
    output: Path | None = None,
    audience: str | None = None,
    progress: Progress = silent,
) -> Built:
    """Write the handbook of the files as they are, or of a revision.

    What is sound is built, errors elsewhere or not: a handbook that lacks a page is worth more
    than none. How many errors there are is told. It is for the audience that org.yaml names
    unless another is given. Raises `BrokenTemplatesError` where the organisation's own templates
    are broken; the handbook that was there then stays.
    """
    repository = find(directory)
    root = repository.root
    folder = (root / SITE) if output is None else output

    then = _then(repository, today, at)
    snapshot = snapshot_of(repository, at=at)
    if then is not None:
        snapshot = snapshot.lending(records_of(then))

    def built(look: Look | None) -> tuple[Handbook, int]:
        def work(kept: Kept) -> tuple[Handbook, int]:
            past = None
            if look is not None:
                past = GitChronicle(look.past, kept.org, _blobs(kept), _facts(kept), then)
            back = _back(repository, look, at)
            made = handbook(kept.org, audience_of(kept.org, audience), past, back)
            try:
                files = site_files(kept.org, made)
                _Writing(kept, made, files, past, progress).write(folder, root)
            except BrokenTemplatesError as error:
                own = own_templates(kept.org.snapshot)
                raise BrokenTemplatesError(
                    all_faults(error.findings, made.editions, own)
                ) from error
            return made, sum(path.endswith(".html") for path in files)

        return with_kept(
            repository, snapshot, "build", today, work, progress=progress, is_last=True
        )

    made, pages = look_back(directory, today, at, built, progress) if then else built(None)
    findings = check_in_words(directory, today, at=at, progress=progress).findings
    return Built(
        folder=folder,
        first_page=folder / "index.html",
        pages=pages,
        languages=tuple(made.editions),
        left_out=made.left_out,
        errors=sum(finding.severity == "error" for finding in findings),
        warnings=sum(finding.severity == "warning" for finding in findings),
    )


def site_files(org: Org, made: Handbook | None = None) -> Mapping[str, bytes]:
    """All files of the handbook, each made when it is asked for."""
    made = made or handbook(org)
    assets: dict[str, Callable[[], bytes]] = {
        path: partial(_content, org.snapshot, path) for path in made.assets
    }
    own = own_templates(org.snapshot)
    return render_site(made.editions, assets, made.accent, own, made.feeds)


def _then(repository: Repository, today: date, at: str | None) -> Then | None:
    """Which proposals are open, or were then; None where there is no commit yet."""
    if at is None:
        return open_now(repository, today) if repository.has_tip else None
    day = day_named(at)
    if day is not None:
        return open_at(repository, repository.id_on(day), end_of(day))
    tip = repository.id_of(at)
    now = open_now(repository, today)
    if tip == now.target:
        return now
    return open_at(repository, tip, moment_of(repository.commits.commit(tip).seconds))


def _blobs(kept: Kept) -> Callable[[str], str | None]:
    """The id of what each file holds now."""

    def blob(path: str) -> str | None:
        item = kept.listing.get(path)
        return None if item is None else item.blob

    return blob


def _facts(kept: Kept) -> Callable[[str], Facts | None]:
    """What each ordinary file says now."""

    def facts(path: str) -> Facts | None:
        item = kept.listing.get(path)
        return kept.facts(path) if item is not None and item.mode == ORDINARY else None

    return facts


def _back(repository: Repository, look: Look | None, at: str | None) -> Message | None:
    """Of which day or revision the handbook is, where that is not what is checked out."""
    if look is None or at is None:
        return None
    day, short = day_named(at), look.tip[:10]
    if day is not None:
        return message(
            "This is the handbook as it was on {day} (commit {commit}).", day=day, commit=short
        )
    if repository.has_tip and repository.id_of("HEAD") == look.tip:
        return None
    return message(
        "This is the handbook as it was at {revision} (commit {commit}, of {day}).",
        revision=at,
        commit=short,
        day=look.past.recorded(look.past.history.tip).at.date(),
    )


def _content(snapshot: Snapshot, path: str) -> bytes:
    content = snapshot.read(path, MAX_CARRIED)
    return b"" if isinstance(content, Unreadable) else content


class _Writing:
    """Writing a handbook, of which only those pages are made anew that read something else now."""

    def __init__(
        self,
        kept: Kept,
        made: Handbook,
        files: Mapping[str, bytes],
        past: GitChronicle | None,
        progress: Progress,
    ) -> None:
        self._kept = kept
        self._is_kept = made.org is kept.org
        self._past = past
        self._frame = _frame(kept, made, past)
        self._files = files
        self._units = {
            edition.base + path: path for edition, pages in made.editions.values() for path in pages
        }
        """By page its path within its language: a page is made of the same in each."""
        self._made_of_org = self._units | {
            edition.base + path: edition.base + path
            for language, (edition, _) in made.editions.items()
            for path in made.feeds.get(language, ())
        }
        """Feeds too, each of which is one by itself."""
        self._progress = progress
        self._readers = Readers(kept.org)

    def write(self, folder: Path, root: Path) -> None:
        """Make the files and put them in the place of those that were there."""
        known = {path: it for path, it in self._known().items() if (folder / path).is_file()}
        stale = [path for path in self._files if path not in known]
        made: dict[str, bytes] = {}
        if len(stale) <= FEW:
            for number, path in enumerate(stale):
                self._progress(message("Making the handbook"), number, len(stale))
                made[path] = self._noted(path)
        else:
            self._kept.prepare()
            if self._past is not None:
                self._past.prepare(self._kept.listing, self._progress)
        written = write_site(
            folder,
            _Made(self._files, made, self._noted),
            Making(
                known=known,
                groups=self._groups() if len(stale) > FEW else (),
                alone=[path for path in self._files if path not in self._made_of_org],
                report=self._readers.report,
                tell=partial(self._progress, message("Making the handbook")),
            ),
            protected=(root,),
        )
        for report in written.reports:
            self._readers.hear(report)
        tip = self._past.tip if self._past else None
        results = {
            "frame": self._frame,
            "files": dict(written.digests),
            "tip": tip,
            "proposals": self._past.state_of_proposals() if self._past else None,
        }
        if self._is_kept and (self._kept.is_new or self._kept.has_changed or stale):
            noted = self._readers
            self._kept.save(results, noted.numbers, noted.by_read, noted.digests)

    def _groups(self) -> tuple[list[str], ...]:
        things = [path for path in self._kept.listing if identify(path) is not None]
        return pages_by_circle(self._kept.org, things, self._units)

    def _noted(self, path: str) -> bytes:
        """A file, of which is noted what it is made of."""
        unit = self._made_of_org.get(path, path)
        return self._readers.note(unit, partial(self._files.__getitem__, path))

    def _known(self) -> Mapping[str, str]:
        """Digests of the pages that are as they were.

        Pages for people who are not shown everything are made of another organisation, of which
        nothing is kept.
        """
        results = self._kept.results() if self._is_kept else None
        is_same = isinstance(results, dict) and results.get("frame") == self._frame
        if not is_same or not isinstance(results, dict):
            self._kept.start_anew()
            return {}
        touched = self._touched(results.get("tip"), results.get("proposals"))
        if touched is None:
            self._kept.start_anew()
            return {}
        self._kept.touch(touched)
        stale = self._kept.stale()
        digests: Mapping[str, str] = results["files"]
        units = self._made_of_org
        return {
            path: digest
            for path, digest in digests.items()
            if path in units and units[path] not in stale
        }

    def _touched(self, tip: object, proposals: object) -> frozenset[str] | None:
        """What of the past may be told otherwise now; None where nobody can tell."""
        if self._past is None:
            return frozenset() if tip is None else None
        touched = self._past.touched_since(tip) if isinstance(tip, str) else None
        return None if touched is None else touched | self._past.pending_since(proposals)


class _Made(Mapping[str, bytes]):
    """Files of which some are made already."""

    def __init__(
        self, files: Mapping[str, bytes], made: Mapping[str, bytes], make: Callable[[str], bytes]
    ) -> None:
        self._files = files
        self._made = made
        self._make = make

    def __getitem__(self, path: str) -> bytes:
        made = self._made.get(path)
        return self._make(path) if made is None else made

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def _frame(kept: Kept, made: Handbook, past: GitChronicle | None) -> str:
    """What every page depends on besides what it reads: another frame, other pages."""
    own = [(path, it.blob) for path, it in kept.listing.items() if path.startswith("templates/")]
    titles = [(path, str(title)) for path, title in made.titles.items()]
    said = [str(edition.back) for edition, _ in made.editions.values()]
    cut_off = [past is None, str(past.cut_off if past else None)]
    shown = [own, titles, made.assets, [*made.editions], made.everyone, said, cut_off]
    return digest_of(encode([shown, template_digest()]))
