"""What came before a commit: its history, as it is kept, and what each file said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeVar

from orgcode.adapters.git.cache import Cache, DamagedError
from orgcode.adapters.git.history import History
from orgcode.adapters.git.history_index import HistoryIndex, Tell
from orgcode.adapters.git.history_log import Altered
from orgcode.adapters.git.standing import Standing
from orgcode.model.coding import CodingError, decode, decode_facts, encode, encode_facts
from orgcode.model.facts import Facts, identify
from orgcode.model.history import Recorded, moment_of
from orgcode.model.shelf import Shelf
from orgcode.model.snapshot import MAX_BYTES, ORDINARY, Entry, Unreadable

T = TypeVar("T")


class Past:
    """The history of one commit, with the contents of files in it."""

    def __init__(self, standing: Standing, cache: Cache, tip: str, tell: Tell) -> None:
        self._standing = standing
        self._cache = cache
        self._tell = tell
        self._facts: dict[tuple[str, str], Facts] = {}
        self._new: list[tuple[str, str, bytes]] = []
        self.index = HistoryIndex(cache, standing.common_folder, standing.cut_off)
        number = self.index.extend(tip, tell)
        self.history = History(self.index, number, self._name_before)

    def recorded(self, commit: int) -> Recorded:
        """A commit as people know it."""
        id = self.history.graph.id(commit)
        told = self._standing.repository.text_of(id)
        return Recorded(
            id=id,
            author=told.author,
            email=told.email,
            at=moment_of(self.history.graph.times[commit]),
            text=told.text,
        )

    def facts(self, path: str, blob: str, mode: int = ORDINARY) -> Facts | None:
        """What a file of a thing said when it was that blob; None for any other file."""
        identity = identify(path)
        if identity is None:
            return None
        key = (blob, identity.kind)
        if key not in self._facts:
            self._facts[key] = self._kept(key) or self._read(key, mode)
        return self._facts[key]

    def data(self, path: str, blob: str, mode: int = ORDINARY) -> object:
        """What could be read of a file when it was that blob; None where that is nothing."""
        facts = self.facts(path, blob, mode)
        return None if facts is None else facts.data

    def read(self, entry: Entry, most: int = MAX_BYTES) -> bytes | Unreadable:
        """The bytes of what stood somewhere."""
        return self._standing.repository.blob(entry.blob or "", entry.mode, most)

    def paths(self, commit: int) -> Iterable[str]:
        """Every path that there was at a commit."""
        return self._standing.repository.commit(self.history.graph.id(commit)).entries

    def files_naming(self, person: str) -> tuple[str, ...]:
        """Paths of the files of roles and circles that ever named a person as a holder."""
        return tuple(sorted(self._holders.get(person)))

    def files_linking(self, path: str) -> tuple[str, ...]:
        """Paths of the files of roles, policies and agreements that ever linked to a file that is
        for people: a page or picture.
        """
        return tuple(sorted(self._linked.get(path)))

    def links(self, path: str, blob: str, mode: int = ORDINARY) -> frozenset[str]:
        """The paths that a file of a thing linked to when it was that blob."""
        from orgcode.documents.loading import content_of, postings_of  # only here: slow to import

        facts = self.facts(path, blob, mode)
        found = () if facts is None else postings_of(facts, content_of(path, facts))
        return frozenset(posting.key for posting in found if posting.of == "link")

    def save(self) -> None:
        """Keep what has been read."""
        if self._new:
            self._cache.keep({}, self._new)
            self._new = []

    def note(self, about: str, commit: int) -> object:
        """What was noted about a commit; None where nothing was."""
        if self.index.cut_off:
            return None  # where the history ends, nothing is for ever so
        for _, _, content in self._cache.facts([(self.history.graph.id(commit), about)]):
            try:
                return decode(content)
            except CodingError:
                return None
        return None

    def keep_note(self, about: str, commit: int, data: object) -> None:
        """Note something about a commit that is for ever so."""
        if not self.index.cut_off:
            self._new.append((self.history.graph.id(commit), about, encode(data)))

    @cached_property
    def _holders(self) -> Shelf[str]:
        from orgcode.adapters.git import history_mentions as mentions

        read = self._standing.repository.blob

        def named(change: Altered) -> Iterable[str]:
            return mentions.holders_in(read(change.after, change.mode))

        return mentions.files_mentioning(
            mentions.HOLDERS, self._cache, self.index, named, self._tell
        )

    @cached_property
    def _linked(self) -> Shelf[str]:
        from orgcode.adapters.git import history_mentions as mentions

        read = self._standing.repository.blob

        def named(change: Altered) -> Iterable[str]:
            if mentions.may_link(read(change.after, change.mode)):
                return self.links(change.path, change.after, change.mode)
            return ()

        return mentions.files_mentioning(
            mentions.LINKED, self._cache, self.index, named, self._tell
        )

    def _kept(self, key: tuple[str, str]) -> Facts | None:
        for _, _, content in self._cache.facts([key]):
            try:
                return decode_facts(content)
            except CodingError:
                return None
        return None

    def _read(self, key: tuple[str, str], mode: int) -> Facts:
        from orgcode.documents.facts import (
            read_facts,
        )  # only here: slow to import, not always needed

        blob, kind = key
        facts = read_facts(kind, self._standing.repository.blob(blob, mode))  # type: ignore[arg-type] # one of them
        if mode == ORDINARY:
            self._new.append((blob, kind, encode_facts(facts)))
        return facts

    def _name_before(self, new: Altered, gone: tuple[Altered, ...]) -> str | None:
        from orgcode.changes.renaming import name_before  # only here: seldom needed

        blobs = {change.path: change.before for change in gone}
        return name_before(new.path, new.after, blobs, self.data)


def with_past(
    standing: Standing, tip: str, version: str, work: Callable[[Past], T], tell: Tell
) -> T:
    """Do some work with what came before a commit; `version` is that of orgcode.

    Where what is kept turns out to be damaged, it is made anew. Raises `OrgcodeError` where that
    cannot be done either.
    """

    def attempt(cache: Cache) -> T:
        try:
            past = Past(standing, cache, tip, tell)
            result = work(past)
            past.save()
        finally:
            cache.close()
        return result

    name = f"history-{version}"
    cache = Cache.open(standing.common_folder, name)
    try:
        return attempt(cache)
    except DamagedError:
        cache.forget()
    try:
        return attempt(Cache.open(standing.common_folder, name))
    except DamagedError as error:  # nothing had been kept, so that it is git's own
        from orgcode.adapters.git.objects import damaged_object  # only here: slow to import

        raise damaged_object(tip) from error
