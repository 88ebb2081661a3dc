"""An organisation read from a repository, with what an earlier run has kept of it.

A *state* is kept under a name (`check`, `build`), all of it at once: the listing of the snapshot
with its blob ids, the postings of all files, who read what, and the results of the work. From the
difference between that listing and the present one follows which work is to be done again.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from orgcode.adapters.git.bulk import decoded, kind_at, postings_at, read_all, read_file
from orgcode.adapters.git.cache import Cache
from orgcode.adapters.git.listing import (
    Listing,
    Remembering,
    decode_listing,
    encode_listing,
    list_snapshot,
    listed,
)
from orgcode.adapters.git.pieces import Pieces
from orgcode.adapters.git.readers import KeptReaders
from orgcode.adapters.processes import FEW, Tell, nobody
from orgcode.documents.loading import Content, content_of, organisation_of
from orgcode.model.coding import CodingError, decode, encode, encode_facts
from orgcode.model.facts import Facts, identify
from orgcode.model.org import Org
from orgcode.model.postings import those_beside
from orgcode.model.reads import stale, touched
from orgcode.model.shelf import Shelf
from orgcode.model.snapshot import Snapshot


class Kept:
    """One state: the organisation as it is now, and what is kept from before."""

    def __init__(
        self,
        cache: Cache,
        snapshot: Snapshot,
        name: str,
        today: date,
        tell: Tell = nobody,
        like: str = "check",
    ) -> None:
        """`like` is a state of the same snapshot, of which may be learnt what has been read."""
        self._cache = cache
        self._today = today
        self._facts: dict[str, bytes | Facts] = {}
        self._contents: dict[str, Content] = {}
        self._new_facts: dict[tuple[str, str], bytes] = {}
        self._touched: set[str] = set()
        self._pieces = Pieces(cache, name)
        self._before = _listing_in(self._pieces.get("listing"))
        self._given = snapshot
        self._now = time.time_ns()
        looked_at = self._before or _listing_in(cache.piece(f"{like}/listing"))
        self._listing = list_snapshot(snapshot, looked_at, self._now, later=cache.is_empty)
        self.snapshot = Remembering(snapshot, self._listing)
        self.changed = frozenset(self._differences())
        """Paths that are not as they were when the state was kept."""
        self._postings: Shelf[str] = Shelf("postings", self._pieces.one)
        self._boxes: dict[str, bytes] = {}
        self._readers = KeptReaders(self._pieces)
        follows = self._follow()
        if not follows:
            self._read_everything(tell)
        self.is_new = not follows or self._pieces.get("seal") != self._seal()
        """Whether nothing of the results that are kept can be used."""
        self._just_kept: tuple[object, dict[str, str]] | None = None
        self.org = organisation_of(self.snapshot, today, self)

    @property
    def listing(self) -> Listing:
        """Every path of the snapshot, with the id of its blob."""
        return self._listing

    def results(self) -> object:
        """The results as they were kept; None where there are none to be used."""
        if self._just_kept is not None:
            return self._just_kept[0]
        return None if self.is_new else self.earlier_results()

    def earlier_results(self) -> object:
        """The results as they were kept, also of another day or under another org.yaml."""
        content = self._pieces.get("results")
        try:
            return decode(content) if content else None
        except CodingError:
            return None

    def touch(self, reads: Iterable[str]) -> None:
        """Note what else may be read otherwise now, besides what files hold."""
        self._touched.update(reads)

    def start_anew(self) -> None:
        """Use nothing of the results that are kept."""
        self.is_new = True

    def stale(self) -> frozenset[str]:
        """Which units of work have read something that has changed since, and the paths of all
        files that have changed themselves.
        """
        if self._just_kept is not None or not self._touched:
            return frozenset()
        digests = self._digests()
        found = stale(
            self._touched,
            self._readers_of,
            lambda name: name not in digests or digests[name] != self.org.digest(name),
        )
        return self.changed | found

    def _readers_of(self, read: str) -> Iterator[str]:
        yield from self._readers.of(read)
        index, _, key = read.partition(":")
        yield from those_beside(index, key, (path for path, _ in self.postings(index, key)))

    @property
    def is_current(self) -> bool:
        """Whether the results that are kept are those of the files as they are."""
        return self._just_kept is not None or (not self.is_new and not self.changed)

    def read_by(self, reads: Iterable[str], other: Org) -> frozenset[str]:
        """Which units of work read any of these, where an answer is the same in another
        organisation no further; asked while the results that are kept are current.
        """
        digests = self._digests()

        def readers(read: str) -> Iterator[str]:
            yield from self._readers_of(read)
            index, _, key = read.partition(":")
            yield from those_beside(index, key, (path for path, _ in other.postings(index, key)))

        return frozenset(
            stale(
                reads,
                readers,
                lambda name: name not in digests or digests[name] != other.digest(name),
            )
        )

    def save(
        self,
        results: object,
        readers: Iterable[str],
        by_read: Mapping[str, list[int]],
        digests: Mapping[str, str],
    ) -> None:
        """Keep the results, and who read what to make them: `by_read` has numbers of `readers`;
        `digests` are those of answers.

        Where another run has kept a later state meanwhile, that one stays; and where files were
        altered while they were read, nobody can tell which state that was.
        """
        facts = self._facts_to_keep()
        if self.snapshot.is_torn:
            self._cache.keep({}, facts)
            return
        if self.is_new:
            self._readers.renew(readers, by_read)
        else:
            self._readers.add(readers, by_read)
            digests = {**self._digests(), **digests}
        pieces = {
            "results": encode(results),
            "digests": encode(dict(digests)),
            "listing": encode_listing(self.listing),
            "seal": self._seal(),
        }
        boxes = self._boxes or dict(self._postings.altered())
        self._pieces.keep({**pieces, **boxes, **self._readers.altered()}, facts)
        # Whoever goes on with them need not read again what was written, if it was.
        self._just_kept, self._before = (results, dict(digests)), self._listing

    def keep_facts(self) -> None:
        """Keep what was read where nothing was kept before, and do of `save` what can be done as
        soon as everything has been read.
        """
        if not self._before:
            self._cache.keep({}, self._facts_to_keep())
            self._new_facts = {}
            self._boxes = dict(self._postings.altered())

    def forget(self) -> None:
        """Throw away what is kept, since some of it is not as it was written."""
        self._cache.forget()

    def _facts_to_keep(self) -> list[tuple[str, str, bytes]]:
        return [(blob, kind, content) for (blob, kind), content in self._new_facts.items()]

    @property
    def has_changed(self) -> bool:
        """Whether anything is otherwise than when the state was kept."""
        return bool(self.changed) or self.is_unsettled

    @property
    def is_unsettled(self) -> bool:
        """Whether something is worth keeping although nothing has changed: the times of files
        that had just been written when they were looked at last.
        """
        return self.listing != self._before

    # What `documents.loading` asks of a source

    def facts(self, path: str) -> Facts:
        """The facts of a file of a thing."""
        known = self._facts.get(path)
        if isinstance(known, Facts):
            return known
        facts = (
            (decoded(known) if known else None)
            or self._kept_facts(path, self.listing)
            or self._read(path)
        )
        self._facts[path] = facts
        return facts

    def content(self, path: str) -> Content:
        """What a file of a thing holds."""
        if path in self._contents:
            return self._contents[path]
        return content_of(path, self.facts(path))

    def postings(self, index: str, key: str) -> tuple[tuple[str, str], ...]:
        """Paths of the files with a posting, in order, each with the note of the posting."""
        texts = self._postings.get(f"{index}:{key}")
        if len(texts) > 1:
            return tuple(sorted(map(_split, texts)))
        return (_split(texts[0]),) if texts else ()

    def open(self) -> Org:
        """The organisation for whoever asks on when what is kept can no longer be read anew."""
        self._postings.open_all()
        return self.org

    def prepare(self) -> None:
        """Fetch everything that is kept, before work is divided over processes: these can ask
        neither the cache nor git.
        """
        self._postings.open_all()
        wanted: dict[tuple[str, str], list[str]] = {}
        for path, item in () if self._cache.is_empty else self.listing.items():
            identity = identify(path)
            if identity is not None and item.blob is not None and path not in self._facts:
                wanted.setdefault((item.blob, identity.kind), []).append(path)
        for blob, kind, content in self._cache.facts(wanted):
            self._facts.update((path, content) for path in wanted[blob, kind])
        for path in self.listing:
            if path.startswith("pages/"):
                self.snapshot.read(path)

    def _read(self, path: str) -> Facts:
        facts, blob = read_file(self.snapshot, path)
        if blob is not None:
            self._new_facts[blob, facts.kind] = encode_facts(facts)
        return facts

    def _kept_facts(self, path: str, listing: Listing) -> Facts | None:
        identity, item = identify(path), listing.get(path)
        if identity is None or item is None or item.blob is None:
            return None
        for _, _, content in self._cache.facts([(item.blob, identity.kind)]):
            return decoded(content)
        return None

    # From the listing before to the present one

    def _differences(self) -> Iterator[str]:
        """Paths that are there now and were not, or the other way round, or are otherwise; what
        could not be read may be otherwise each time.
        """
        for path, item in self.listing.items():
            before = self._before.get(path)
            is_same = before is item or (before is not None and before[:2] == item[:2])
            if not is_same or item.blob is None:
                yield path
        yield from (path for path in self._before if path not in self.listing)

    def _follow(self) -> bool:
        """Bring the postings up to date, and gather what may be read otherwise now; False where
        that cannot be done, or starting anew is as fast.
        """
        if not self._before or len(self.changed) > FEW:
            return False
        try:
            for path in sorted(self.changed):
                before = self._postings_before(path)
                after = self._postings_now(path)
                identity = identify(path)
                self._touched.update(
                    touched(path, identity.kind if identity else None, before, after)
                )
                for key, note in (before or frozenset()) ^ (after or frozenset()):
                    self._post(path, key, note, is_there=(key, note) in (after or ()))
        except KeyError:
            return False
        return True

    def _post(self, path: str, key: str, note: str, *, is_there: bool) -> None:
        text = f"{path} {note}"
        others = [other for other in self._postings.get(key) if other != text]
        self._postings.put(key, [*others, text] if is_there else others)

    def _postings_before(self, path: str) -> frozenset[tuple[str, str]] | None:
        if path not in self._before:
            return None
        if identify(path) is None:
            return frozenset()
        if self._before[path].blob is None:
            return frozenset({(f"broken:{kind_at(path)}", "")})
        facts = self._kept_facts(path, self._before)
        if facts is None:
            raise KeyError(path)
        return postings_at(path, facts)

    def _postings_now(self, path: str) -> frozenset[tuple[str, str]] | None:
        if path not in self.listing:
            return None
        return frozenset() if identify(path) is None else postings_at(path, self.facts(path))

    def _read_everything(self, tell: Tell) -> None:
        self._postings = Shelf("postings")
        self.prepare()
        found = read_all(self._given, self.listing, self._facts, tell)
        for path, blob, facts in found.read:
            self._facts[path] = facts
            self._listing[path] = listed(self._listing[path], blob, self._now)
            if blob is not None:
                self._new_facts[blob, kind_at(path)] = facts
        self._facts.update(found.facts)
        self._contents = found.contents
        self._postings.fill(found.postings)

    def _digests(self) -> dict[str, str]:
        return self._just_kept[1] if self._just_kept is not None else self._earlier_digests

    @cached_property
    def _earlier_digests(self) -> dict[str, str]:
        content = self._pieces.get("digests")
        found = decode(content) if content else {}
        return found if isinstance(found, dict) else {}

    def _seal(self) -> bytes:
        """What all results depend on: the day, and org.yaml."""
        item = self.listing.get("org.yaml")
        return encode([self._today.isoformat(), item.blob if item else None])


def _listing_in(content: bytes | None) -> Listing:
    try:
        return decode_listing(content) if content else {}
    except CodingError:
        return {}


def _split(text: str) -> tuple[str, str]:
    path, _, note = text.partition(" ")
    return path, note
