"""The states of a source, one after the other, as an organisation each.

Work is in proportion to what changed: a file is parsed once, a state that stands already in a
parent is not made again, and of one that is made only documents that differ are handed on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from orgcode.adapters.git.ancestry import Ancestry, RawCommit
from orgcode.adapters.git.arrivals import day_of
from orgcode.adapters.importers import Documents, FormatWithHistory, Imported, Known
from orgcode.adapters.importers import import_snapshot as import_state
from orgcode.adapters.importers.leaves import Intake
from orgcode.adapters.importers.parsing import Parsed
from orgcode.adapters.importers.piecewise import KeptParser
from orgcode.adapters.importers.register import Register
from orgcode.model.errors import OrgcodeError
from orgcode.model.intake import Carried, HistoryReport, Stalled, Unread
from orgcode.model.message import Message
from orgcode.model.snapshot import FOLDER, Entry, Unreadable

Entries = Mapping[str, Entry]
Days = Mapping[str, date]


class State(Struct, frozen=True, kw_only=True):
    """What became of one commit of the source."""

    commit: RawCommit
    documents: Documents
    days: Days
    entries: Entries
    """The files of the commit; what could not be read is as it was when it could."""
    is_sound: bool
    """Whether all files could be read, and something could be made of them."""


class Steps:
    """All states of a source, and the account of what could not be read in them."""

    def __init__(self, module: FormatWithHistory, ancestry: Ancestry, name: str | None) -> None:
        self._module = module
        self._ancestry = ancestry
        self._parser = KeptParser()
        self.register = Register()
        """The ids of the whole history."""
        self._name = name
        self._days = _days(ancestry, module.ARCHIVES)
        self._unread: Counter[tuple[str, str | None, bool]] = Counter()
        self._first: dict[tuple[str, str | None, bool], tuple[Unread, str]] = {}
        self._stalled: Counter[str] = Counter()
        self._stalled_first: dict[str, tuple[Message, str]] = {}
        self._unchanged = 0
        self.newest = self._import_newest()
        """What the newest state gives, just as when it is imported alone."""
        self._note_others()
        self._founding = _founding(self.newest.documents)

    def states(self) -> Iterator[State]:
        """The state of each commit, parents before children."""
        live: dict[str, State] = {}
        waiting = Counter(parent for each in self._ancestry.commits for parent in each.parents)
        for commit in self._ancestry.commits:
            before = [live[parent] for parent in commit.parents]
            state = self._state(commit, before)
            self._unchanged += bool(before) and state.documents == before[0].documents
            live[commit.id] = state
            yield state
            waiting.subtract(commit.parents)
            for parent in commit.parents:
                if not waiting[parent]:
                    del live[parent]

    def report(self) -> HistoryReport:
        """The account, once all states have been made."""
        commits = self._ancestry.commits
        days = [day for each in commits if (day := day_of(each.seconds))]
        return HistoryReport(
            commits=len(commits),
            merges=sum(len(each.parents) > 1 for each in commits),
            unchanged=self._unchanged,
            carried=tuple(
                Carried(
                    path=unread.path,
                    cause=unread.cause,
                    line=unread.line,
                    column=unread.column,
                    commit=commit,
                    count=self._unread[key],
                    has_former=key[2],
                )
                for key, (unread, commit) in self._first.items()
            ),
            stalled=tuple(
                Stalled(cause=cause, commit=commit, count=self._stalled[key])
                for key, (cause, commit) in self._stalled_first.items()
            ),
            joined=self.register.joined,
            is_shallow=self._ancestry.is_shallow,
            began_on=min(days, default=None),
        )

    def _import_newest(self) -> Imported:
        tip = self._ancestry.tip
        entries = self._ancestry.entries(tip)
        self.register.note(self._module.claims(self._intake(entries), self._known(tip)))
        return import_state(
            self._module,
            self._ancestry.snapshot(entries),
            self._known(tip),
            self._parse_in(entries),
        )

    def _note_others(self) -> None:
        """Each file that a commit brought is heard once."""
        seen: set[tuple[str, str | None]] = set()
        trees: set[str] = set()
        for commit in self._ancestry.commits:
            if commit.tree in trees:
                continue
            trees.add(commit.tree)
            entries = self._ancestry.entries(commit)
            new = {path: entry for path, entry in entries.items() if (path, entry.blob) not in seen}
            seen.update((path, entry.blob) for path, entry in new.items())
            try:
                self.register.note(self._module.claims(self._intake(new), self._known(commit)))
            except OrgcodeError:
                continue  # nothing to hear in it; what becomes of it is told later
        self.register.settle()

    def _state(self, commit: RawCommit, before: list[State]) -> State:
        days = self._days[commit.id]
        for state in before:
            if state.is_sound and state.commit.tree == commit.tree and state.days == days:
                return replace(state, commit=commit)
        entries = self._ancestry.entries(commit)
        intake = self._intake(entries)
        documents, trouble = self._convert(intake, commit)
        is_sound = trouble is None and not intake.unread
        if intake.unread:
            entries = self._with_former(commit, entries, intake.unread, before)
            documents, trouble = self._convert(self._intake(entries), commit)
        if trouble is not None:
            self._stalled[trouble.id] += 1
            self._stalled_first.setdefault(trouble.id, (trouble, commit.id))
        if documents is None:
            documents = before[0].documents if before else self._founding
        return State(
            commit=commit, documents=documents, days=days, entries=entries, is_sound=is_sound
        )

    def _convert(
        self, intake: Intake, commit: RawCommit
    ) -> tuple[Documents | None, Message | None]:
        try:
            return self._module.convert(intake, self._known(commit)), None
        except OrgcodeError as error:
            return None, error.cause

    def _with_former(
        self,
        commit: RawCommit,
        entries: Entries,
        unread: tuple[Unread, ...],
        before: list[State],
    ) -> Entries:
        """The files of a commit; those that cannot be read as they last could in a parent."""
        found = dict(entries)
        for each in unread:
            former = next((s.entries[each.path] for s in before if each.path in s.entries), None)
            key = (each.path, entries[each.path].blob, former is not None)
            self._unread[key] += 1
            self._first.setdefault(key, (each, commit.id))
            if former is None:
                del found[each.path]
            else:
                found[each.path] = former
        return found

    def _known(self, commit: RawCommit) -> Known:
        return Known(name=self._name, days=self._days[commit.id], ids=self.register)

    def _intake(self, entries: Entries) -> Intake:
        return Intake(_Unasked(entries), self._parse_in(entries))

    def _parse_in(self, entries: Entries) -> _ParseIn:
        return _ParseIn(self._ancestry, self._parser, entries)


class _Unasked:
    """A snapshot of which only the paths count: contents are read where they are not known yet."""

    def __init__(self, entries: Entries) -> None:
        self.entries = entries

    def read(self, path: str, most: int = 0) -> bytes | Unreadable:  # noqa: ARG002 (a snapshot's)
        """Nothing."""
        return b""


class _ParseIn:
    """Parses files of one state, reading only those that are new."""

    def __init__(self, ancestry: Ancestry, parser: KeptParser, entries: Entries) -> None:
        self._snapshot = ancestry.snapshot(entries)
        self._parser = parser

    def __call__(self, path: str, content: bytes | Unreadable) -> Parsed:  # noqa: ARG002 (so too)
        entry = self._snapshot.entries[path]
        blob = f"{entry.mode:o} {entry.blob}"
        known = self._parser.kept(path, blob)
        return known or self._parser.parse(path, blob, self._snapshot.read(path))


def _days(ancestry: Ancestry, folders: tuple[str, ...]) -> Mapping[str, Days]:
    """For each commit: since when the files of these folders stand there, by its first parents."""
    found: dict[str, Days] = {}
    files: dict[str, frozenset[str]] = {}
    for commit in ancestry.commits:
        if not folders:
            found[commit.id] = {}
            continue
        here = files[commit.id] = frozenset(
            path
            for path, entry in ancestry.entries(commit).items()
            if entry.mode != FOLDER and path.startswith(folders)
        )
        first = commit.parents[0] if commit.parents else None
        if first and files[first] == here:
            found[commit.id] = found[first]
            continue
        earlier = found[first] if first else {}
        stood = files[first] if first else frozenset()
        came = None if not first and ancestry.is_shallow else day_of(commit.seconds)
        days = {path: earlier[path] for path in here & stood if path in earlier}
        found[commit.id] = {**days, **(dict.fromkeys(here - stood, came) if came else {})}
    return found


def _founding(newest: Documents) -> Documents:
    """What there is before anything can be made of the source: an organisation of one circle."""
    org = newest["org.yaml"]
    assert not isinstance(org, str)  # noqa: S101 (every format gives it as data)
    path = f"circles/{org['anchor']}.yaml"
    anchor = newest[path]
    assert not isinstance(anchor, str)  # noqa: S101 (so too)
    circle = {key: anchor[key] for key in ("name", "kind") if key in anchor}
    return {"org.yaml": org, path: circle}
