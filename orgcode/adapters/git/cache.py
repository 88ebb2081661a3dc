"""What is kept between runs, under git's own folder: facts by blob id, and named pieces of data.

It only ever saves work. Every piece carries a checksum over its name and content; whatever is
missing, damaged or locked counts as not kept, and the file is written anew. Each version of
orgcode has a file of its own, so that none reads what another understood differently. What is
kept is data (MessagePack in SQLite), never code.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

FOLDER = "orgcode"
_DAYS_KEPT = 30
_MOST_FACTS = 1_000_000
_TABLES = """
    CREATE TABLE IF NOT EXISTS facts (
        blob TEXT NOT NULL, kind TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (blob, kind)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS pieces (name TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
"""
_FAILURES = (sqlite3.Error, OverflowError, UnicodeDecodeError)
"""What a damaged file may lead to: SQLite complains of it in words that hold bytes of the file."""
_PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)
"""What says nothing about the file itself."""
_CHECK = 8
_AT_ONCE = 500


class DamagedError(Exception):
    """Something that must have been kept is not there: start anew, with nothing kept."""


class Cache:
    """The pieces that are kept for a repository; every method works without a file too."""

    def __init__(self, connection: sqlite3.Connection | None, file: Path | None = None) -> None:
        self._connection = connection
        self._file = file
        self._process = os.getpid()

    @classmethod
    def open(cls, git_folder: Path, version: str) -> Cache:
        """The cache of a repository for a version of orgcode (any text without a slash)."""
        folder = git_folder / FOLDER
        file = folder / f"cache-{version}.sqlite3"
        try:
            if folder.is_symlink():
                return cls(None)
            folder.mkdir(exist_ok=True)
            is_new = not os.path.lexists(file)
            if not is_new and not _is_own(file):
                return cls(None)
            cache = cls(_connect(file, is_new=is_new), file)
        except OSError:
            return cls(None)
        except _FAILURES as error:
            cls(None, file)._give_up(error)
            return cls(None)
        if is_new:
            _remove_old(folder, file)
        return cache

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @property
    def is_empty(self) -> bool:
        """Whether no facts are kept at all."""
        return not self._rows("SELECT 1 FROM facts LIMIT 1", ())

    def piece(self, name: str, sum: bytes | None = None) -> bytes | None:
        """A piece; None where it is not kept, is damaged, or has another checksum."""
        rows = self._rows("SELECT content FROM pieces WHERE name = ?", (name,))
        for (content,) in rows:
            checked = self._checked(name, content)
            return checked if sum is None or content[:_CHECK] == sum else None
        return None

    def facts(self, wanted: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, bytes]]:
        """Those facts that are kept, of all that are wanted by (blob, kind)."""
        asked = list(wanted)
        if len(asked) > _AT_ONCE:
            want = set(asked)
            rows: Iterable[tuple[Any, ...]] = (
                row
                for row in self._rows("SELECT blob, kind, content FROM facts", ())
                if row[:2] in want
            )
        else:
            rows = (
                row
                for key in asked
                for row in self._rows(
                    "SELECT blob, kind, content FROM facts WHERE blob = ? AND kind = ?", key
                )
            )
        for blob, kind, content in rows:
            checked = self._checked(f"{kind} {blob}", content)
            if checked is not None:
                yield blob, kind, checked

    def keep(
        self,
        pieces: Mapping[str, bytes],
        facts: Iterable[tuple[str, str, bytes]] = (),
        *,
        unless_altered: tuple[str, bytes | None] | None = None,
    ) -> None:
        """Keep pieces and facts, all or none.

        `unless_altered` names a piece and what it was: where another run has written it since,
        nothing is kept.
        """
        connection = self._connection
        if connection is None:
            return
        wanted = sorted(
            (blob, kind, _with_check(f"{kind} {blob}", content)) for blob, kind, content in facts
        )
        try:
            if connection.in_transaction:
                connection.execute("COMMIT")
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                if unless_altered is not None:
                    name, before = unless_altered
                    if self.piece(name) != before:
                        return
                (count,) = connection.execute("SELECT count(*) FROM facts").fetchone()
                if count > _MOST_FACTS:
                    connection.execute("DELETE FROM facts")
                connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?, ?)", wanted)
                connection.executemany(
                    "INSERT OR REPLACE INTO pieces VALUES (?, ?)",
                    [(name, _with_check(name, content)) for name, content in pieces.items()],
                )
            connection.execute("PRAGMA journal_mode = WAL")
        except _FAILURES as error:
            self._give_up(error)

    def forget(self) -> None:
        """Throw everything away: something of it was not as it was written."""
        self.close()
        if self._file is not None:
            for name in (self._file, *(Path(f"{self._file}{end}") for end in ("-wal", "-shm"))):
                with suppress(OSError):
                    name.unlink(missing_ok=True)

    def _rows(self, query: str, values: tuple[str, ...]) -> list[tuple[Any, ...]]:
        if self._connection is None or self._process != os.getpid():
            return []  # a database must not be used in a child that was forked with it
        try:
            return self._connection.execute(query, values).fetchall()
        except _FAILURES as error:
            self._give_up(error)
            return []

    def _checked(self, name: str, content: object) -> bytes | None:
        if isinstance(content, bytes) and content[:_CHECK] == checksum(name, content[_CHECK:]):
            return content[_CHECK:]
        self.forget()
        return None

    def _give_up(self, error: Exception) -> None:
        """Go on without the cache; one that is locked or may not be written, say, stays."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code in _PASSING:
            self.close()
        else:
            self.forget()


def _connect(file: Path, *, is_new: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        connection.execute("PRAGMA page_size = 16384")
        # What fills a new file need not be written twice; nobody reads it yet.
        with suppress(sqlite3.OperationalError):  # whoever fills it now keeps its way of writing
            connection.execute(f"PRAGMA journal_mode = {'MEMORY' if is_new else 'WAL'}")
        # Whoever still reads a new file holds up each page that is written before the end.
        connection.execute("PRAGMA cache_spill = OFF")
        connection.execute("PRAGMA busy_timeout = 1000")
        connection.execute("PRAGMA synchronous = OFF")  # checksums tell what a crash spoilt
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.executescript(_TABLES)
        connection.execute("BEGIN")  # everything is read as it was at one moment
    except _FAILURES:
        connection.close()
        raise
    return connection


def _is_own(file: Path) -> bool:
    """Whether a file is an ordinary one that this user has made: others might be allowed to read
    files of the organisation that this one is not.
    """
    found = file.lstat()
    return stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid()


def _remove_old(folder: Path, own: Path) -> None:
    """Remove what other versions of orgcode have not used for long."""
    with suppress(OSError):
        for file in folder.glob("cache-*.sqlite3*"):
            is_old = time.time() - file.stat().st_mtime > _DAYS_KEPT * 24 * 3600
            if is_old and not file.name.startswith(own.name):
                file.unlink(missing_ok=True)


def checksum(name: str, content: bytes) -> bytes:
    """A few bytes that are others for another name or content."""
    named = b"\0".join((name.encode("utf-8", "surrogatepass"), content))
    return hashlib.blake2b(named, digest_size=_CHECK).digest()


def _with_check(name: str, content: bytes) -> bytes:
    return checksum(name, content) + content
