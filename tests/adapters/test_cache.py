"""Whatever happens to what is kept between runs, and whoever shares it: no answer is another."""

# ruff: noqa: S608 - tables are named in queries, and all of it stands here

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from orgcode.actions.check import check_in_words
from orgcode.adapters.git.cache import Cache
from orgcode.cli.main import run
from tests.adapters.kept_small import EDIT, FILES, Small
from tests.checking.demo import DAY
from tests.cli.conftest import START, quiet_environment
from tests.users import give_to_nobody, shared_folder, without_privileges

Damage = Callable[[Random, Path], None]


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small.make(tmp_path / "org")


# The cache by itself


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_what_was_kept_comes_back(folder: Path) -> None:
    cache = Cache.open(folder, "1")
    cache.keep({"one": b"1", "empty": b""}, [("b" * 40, "role", b"fact")])
    for again in (cache, Cache.open(folder, "1")):
        assert again.piece("one") == b"1"
        assert again.piece("empty") == b""
        assert again.piece("none") is None
        assert list(again.facts([("b" * 40, "role"), ("b" * 40, "circle")])) == [
            ("b" * 40, "role", b"fact")
        ]


def test_many_facts_are_asked_for_at_once(folder: Path) -> None:
    cache = Cache.open(folder, "1")
    facts = [(f"{number:040}", "role", b"%d" % number) for number in range(2000)]
    cache.keep({}, facts)
    wanted = [(blob, kind) for blob, kind, _ in facts[:1500]]
    assert sorted(Cache.open(folder, "1").facts(wanted)) == facts[:1500]


def test_nothing_is_kept_for_another_version(folder: Path) -> None:
    Cache.open(folder, "1").keep({"one": b"1"})
    assert Cache.open(folder, "2").piece("one") is None


def test_the_earlier_of_two_runs_yields(folder: Path) -> None:
    early, late = Cache.open(folder, "1"), Cache.open(folder, "1")
    assert early.piece("state") is late.piece("state") is None
    late.keep({"state": b"late"}, unless_altered=("state", None))
    early.keep({"state": b"early", "more": b"early"}, unless_altered=("state", None))
    now = Cache.open(folder, "1")
    assert now.piece("state") == b"late"
    assert now.piece("more") is None


def test_everything_is_read_as_it_was_at_one_moment(folder: Path) -> None:
    Cache.open(folder, "1").keep({"one": b"1", "two": b"1"})
    reading, writing = Cache.open(folder, "1"), Cache.open(folder, "1")
    assert reading.piece("one") == b"1"
    writing.keep({"one": b"2", "two": b"2"})
    assert reading.piece("two") == b"1"
    assert Cache.open(folder, "1").piece("two") == b"2"


def test_no_piece_stands_for_another(folder: Path) -> None:
    cache = Cache.open(folder, "1")
    cache.keep({"one": b"1", "two": b"2"}, [("b" * 40, "role", b"1"), ("c" * 40, "role", b"2")])
    cache.close()
    with alter(next(folder.glob("orgcode/*.sqlite3"))) as database:
        for table, key in (("pieces", "name"), ("facts", "blob")):
            database.execute(f"UPDATE {table} SET {key} = '-' WHERE content LIKE '%1'")
            rows = database.execute(f"SELECT {key}, content FROM {table} ORDER BY {key}").fetchall()
            for (key_of, _), (_, content) in zip(rows, reversed(rows), strict=True):
                database.execute(
                    f"UPDATE {table} SET content = ? WHERE {key} = ?", (content, key_of)
                )
    assert Cache.open(folder, "1").piece("two") is None
    assert list(Cache.open(folder, "1").facts([("c" * 40, "role")])) == []


def test_a_database_is_not_used_in_a_child(folder: Path) -> None:
    cache = Cache.open(folder, "1")
    cache.keep({"one": b"1"})
    child = os.fork()
    if not child:
        os._exit(0 if cache.piece("one") is None else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert cache.piece("one") == b"1"


def test_what_others_have_not_used_for_long_is_removed(folder: Path) -> None:
    for version in ("old", "new"):
        Cache.open(folder, version).keep({"one": b"1"})
    for file in folder.glob("orgcode/cache-old*"):
        os.utime(file, (time.time() - 31 * 86400,) * 2)
    other = folder / "orgcode" / "mine.txt"
    other.touch()
    os.utime(other, (1, 1))
    Cache.open(folder, "newest").close()
    assert not list(folder.glob("orgcode/cache-old*"))
    assert list(folder.glob("orgcode/cache-new.*"))
    assert other.exists()


def test_a_lock_of_another_is_waited_for_and_never_broken(folder: Path) -> None:
    Cache.open(folder, "1").keep({"one": b"1"})
    file = next(folder.glob("orgcode/*.sqlite3"))
    for lock in ("IMMEDIATE", "EXCLUSIVE"):
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute(f"BEGIN {lock}")
            Cache.open(folder, "1").keep({"one": b"2"})
        assert Cache.open(folder, "1").piece("one") == b"1"
    fresh = file.with_name("cache-2.sqlite3")
    with closing(sqlite3.connect(fresh, isolation_level=None)) as other:
        other.execute("CREATE TABLE mine (x)")
        other.execute("BEGIN EXCLUSIVE")
        before = fresh.stat().st_ino
        cache = Cache.open(folder, "2")
        assert cache.piece("one") is None
        cache.keep({"one": b"2"})
    assert fresh.stat().st_ino == before


# Damage


def test_whoever_reads_a_new_file_does_not_hold_up_whoever_fills_it(folder: Path) -> None:
    reader = Cache.open(folder, "1")
    assert reader.is_empty
    writer = Cache.open(folder, "1")
    began = time.monotonic()
    writer.keep({}, [(f"{number:040x}", "role", bytes(5000)) for number in range(5000)])
    assert time.monotonic() - began < 20  # it waited a second for each page, many minutes in all
    assert reader.is_empty
    reader.close()
    assert Cache.open(folder, "1").is_empty


@contextmanager
def alter(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        yield database
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _flip(count: int) -> Damage:
    def damage(random: Random, file: Path) -> None:
        content = bytearray(file.read_bytes())
        for _ in range(count):
            content[random.randrange(len(content))] ^= 1 << random.randrange(8)
        file.write_bytes(content)

    return damage


def _flip_near_the_start(random: Random, file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[random.randrange(200)] ^= 1 << random.randrange(8)
    file.write_bytes(content)


def _cut(random: Random, file: Path) -> None:
    os.truncate(file, random.randrange(file.stat().st_size))


def _cut_at_a_page(random: Random, file: Path) -> None:
    os.truncate(file, 4096 * random.randrange(file.stat().st_size // 4096))


def _zero_a_page(random: Random, file: Path) -> None:
    with file.open("r+b") as stream:
        stream.seek(4096 * random.randrange(file.stat().st_size // 4096))
        stream.write(bytes(4096))


def _mix_pages(random: Random, file: Path) -> None:
    content = file.read_bytes()
    pages = [content[at : at + 4096] for at in range(0, len(content), 4096)]
    here, there = random.randrange(len(pages)), random.randrange(len(pages))
    pages[here], pages[there] = pages[there], pages[here]
    file.write_bytes(b"".join(pages))


def _empty(random: Random, file: Path) -> None:
    file.write_bytes(b"")


def _noise(random: Random, file: Path) -> None:
    file.write_bytes(random.randbytes(5000))


def _table_whose_name_is_no_text(random: Random, file: Path) -> None:
    """Of which SQLite complains in words that hold these bytes."""
    with alter(file) as database:
        database.execute("PRAGMA writable_schema = ON")
        name = random.choice((b"\xc5\xff", b"pieces\xe2"))
        database.execute("UPDATE sqlite_master SET name = CAST(? AS TEXT), sql = 'X ('", (name,))


def _missing_rows(random: Random, file: Path) -> None:
    with alter(file) as database:
        for table in ("pieces", "facts"):
            key = "name" if table == "pieces" else "blob"
            keys = [row[0] for row in database.execute(f"SELECT {key} FROM {table}")]
            for gone in random.sample(keys, min(random.choice((1, 5, 500)), len(keys))):
                database.execute(f"DELETE FROM {table} WHERE {key} = ?", (gone,))


def _one_kind_of_piece_missing(random: Random, file: Path) -> None:
    what = random.choice(
        ("listing", "results", "digests", "seal", "reader names", "postings/%", "readers/%", "%")
    )
    with alter(file) as database:
        database.execute(f"DELETE FROM pieces WHERE name LIKE '%/{what}'")


def _no_facts(random: Random, file: Path) -> None:
    with alter(file) as database:
        database.execute("DELETE FROM facts")


def _swapped_rows(random: Random, file: Path) -> None:
    with alter(file) as database:
        rows = database.execute("SELECT name, content FROM pieces").fetchall()
        contents = [content for _, content in rows]
        random.shuffle(contents)
        for (name, _), content in zip(rows, contents, strict=True):
            database.execute("UPDATE pieces SET content = ? WHERE name = ?", (content, name))


def _other_types(random: Random, file: Path) -> None:
    value = random.choice(("NULL", "1", "1.5", "'text'", "x''", "CAST(x'ff' AS TEXT)"))
    with alter(file) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        database.execute(f"UPDATE OR IGNORE pieces SET content = coalesce({value}, 0)")
        database.execute(f"UPDATE OR IGNORE facts SET content = coalesce({value}, 0)")
        if random.random() < 0.5:
            database.execute(f"UPDATE OR IGNORE facts SET kind = coalesce({value}, 0)")


def _other_tables(random: Random, file: Path) -> None:
    with alter(file) as database:
        database.executescript(
            random.choice(
                (
                    "DROP TABLE pieces",
                    "DROP TABLE facts",
                    "DROP TABLE pieces; CREATE TABLE pieces (x)",
                    "DROP TABLE facts; CREATE TABLE facts (blob, kind)",
                    "DROP TABLE facts; CREATE VIEW facts AS SELECT 1 AS blob, 2 AS kind, content "
                    "FROM pieces",
                    "DROP TABLE pieces; CREATE VIEW pieces AS SELECT 'x' AS name, 1 AS content",
                    "CREATE TRIGGER t AFTER INSERT ON pieces BEGIN DELETE FROM pieces; END",
                    "CREATE TRIGGER t BEFORE INSERT ON pieces BEGIN SELECT RAISE(ABORT, 'no'); END",
                    "CREATE TRIGGER t AFTER INSERT ON facts BEGIN UPDATE facts SET content = x'00';"
                    "END",
                    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE nonsense'",
                    "PRAGMA user_version = 9; PRAGMA application_id = 9",
                    "PRAGMA auto_vacuum = FULL; VACUUM",
                    "PRAGMA journal_mode = DELETE",
                )
            )
        )


def _foreign_log(random: Random, file: Path) -> None:
    Path(f"{file}-wal").write_bytes(random.randbytes(random.choice((0, 31, 32, 9000))))
    if random.random() < 0.5:
        Path(f"{file}-shm").write_bytes(random.randbytes(random.choice((0, 100, 32768))))


def _log_of_another_file(random: Random, file: Path) -> None:
    """As a file that was thrown away while somebody was still writing to it leaves it."""
    other = file.with_name("other.sqlite3")
    shutil.copy(file, other)
    with closing(sqlite3.connect(other, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA wal_autocheckpoint = 0")
        database.execute("UPDATE pieces SET content = x'00' WHERE name LIKE '%1/%'")
        shutil.copy(f"{other}-wal", f"{file}-wal")
    if random.random() < 0.5:
        file.write_bytes(b"")
    other.unlink()


def _folder_in_its_place(random: Random, file: Path) -> None:
    file.unlink()
    file.mkdir()
    (file / "x").touch()


def _link_in_its_place(random: Random, file: Path) -> None:
    elsewhere = file.parent.parent / "elsewhere"
    shutil.move(file, elsewhere)
    file.symlink_to(random.choice((elsewhere, "nowhere", "/dev/zero", "/dev/null", file)))


def _pipe_in_its_place(random: Random, file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _file_for_the_folder(random: Random, file: Path) -> None:
    shutil.rmtree(file.parent)
    file.parent.write_bytes(b"")


def _link_for_the_folder(random: Random, file: Path) -> None:
    elsewhere = file.parent.with_name("moved")
    file.parent.rename(elsewhere)
    file.parent.symlink_to(random.choice((elsewhere, Path("nowhere"))))


def _folders_beside_it(random: Random, file: Path) -> None:
    for end in random.choice((("-wal",), ("-shm",), ("-wal", "-shm"))):
        Path(f"{file}{end}").unlink(missing_ok=True)
        Path(f"{file}{end}").mkdir()


def _gone(random: Random, file: Path) -> None:
    shutil.rmtree(file.parent)


DAMAGES: tuple[tuple[Damage, int], ...] = (
    (_flip(1), 12),
    (_flip(20), 8),
    (_flip(2000), 4),
    (_flip_near_the_start, 12),
    (_cut, 8),
    (_cut_at_a_page, 8),
    (_zero_a_page, 8),
    (_mix_pages, 8),
    (_empty, 1),
    (_noise, 2),
    (_table_whose_name_is_no_text, 2),
    (_missing_rows, 8),
    (_one_kind_of_piece_missing, 10),
    (_no_facts, 2),
    (_swapped_rows, 2),
    (_other_types, 6),
    (_other_tables, 14),
    (_foreign_log, 6),
    (_log_of_another_file, 4),
    (_folder_in_its_place, 1),
    (_link_in_its_place, 4),
    (_pipe_in_its_place, 1),
    (_file_for_the_folder, 1),
    (_link_for_the_folder, 2),
    (_folders_beside_it, 3),
    (_gone, 1),
)
COMMANDS = (("check",), ("show", "roles/kok"), ("what-binds", "roles/kok"), ("list", "roles"))


class Damaged:
    """A repository in two states, what was kept of one of them, and what commands answer."""

    def __init__(self, small: Small, capsys: pytest.CaptureFixture[str]) -> None:
        self.small = small
        self._capsys = capsys
        self.right = {}
        for edited in (False, True):
            self.edit(really=edited)
            for command in COMMANDS:
                shutil.rmtree(small.folder, ignore_errors=True)
                self.right[edited, command] = self.answer(command)
        self.edit(really=False)
        shutil.rmtree(small.folder)
        self.answer(("check",))
        self.answer(("build",))
        shutil.rmtree(small.root / "site")
        self._kept = {file.name: file.read_bytes() for file in small.folder.iterdir()}
        self._name = small.file.name

    def edit(self, *, really: bool) -> None:
        path, text = EDIT
        self.small.builder.write(path, text if really else FILES[path])

    def restore(self) -> Path:
        for name in ("orgcode", "moved", "elsewhere"):
            place = self.small.root / ".git" / name
            if place.is_symlink() or place.is_file():
                place.unlink()
            elif place.exists():
                shutil.rmtree(place)
        self.small.folder.mkdir()
        for name, content in self._kept.items():
            (self.small.folder / name).write_bytes(content)
        return self.small.folder / self._name

    def answer(self, command: tuple[str, ...]) -> tuple[int, str, str]:
        code = run(["--now", DAY.isoformat(), "-C", str(self.small.root), *command])
        self.small.let_go()
        return code, *self._capsys.readouterr()


@pytest.fixture
def damaged(small: Small, capsys: pytest.CaptureFixture[str]) -> Damaged:
    return Damaged(small, capsys)


def _hold(damaged: Damaged, damage: Damage, seeds: Iterator[int] | range) -> None:
    for seed in seeds:
        random = Random(seed)  # noqa: S311
        edited, command = random.random() < 0.5, random.choice(COMMANDS)
        damage(random, damaged.restore())
        damaged.edit(really=edited)
        for again in range(2):
            answer = damaged.answer(command)
            assert answer == damaged.right[edited, command], (seed, again)
        damaged.edit(really=not edited)
        assert damaged.answer(command) == damaged.right[not edited, command], seed


def test_no_damage_alters_an_answer(damaged: Damaged) -> None:
    for number, (damage, _) in enumerate(DAMAGES):
        _hold(damaged, damage, range(number, number + 1))


@pytest.mark.deep
def test_no_damage_alters_an_answer_ever(damaged: Damaged) -> None:
    for damage, times in DAMAGES:
        _hold(damaged, damage, range(1000, 1000 + 20 * times))


def test_damage_heals(damaged: Damaged) -> None:
    """What is kept after it can be used again: the tables are sound and the state is there."""
    for damage in (_noise, _swapped_rows):
        damage(Random(1), damaged.restore())  # noqa: S311
        for _ in range(3):
            damaged.answer(("check",))
        with closing(sqlite3.connect(damaged.small.file)) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            (count,) = database.execute("SELECT count(*) FROM pieces").fetchone()
        assert count > 2000, damage


def test_tables_of_another_shape_are_made_anew(damaged: Damaged) -> None:
    with alter(damaged.restore()) as database:
        database.executescript("DROP TABLE pieces; CREATE TABLE pieces (x)")
    for _ in range(2):
        assert damaged.answer(("check",)) == damaged.right[False, ("check",)]
    with closing(sqlite3.connect(damaged.small.file)) as database:
        assert database.execute("SELECT count(*) FROM pieces WHERE length(content) > 8").fetchone()


def test_pieces_of_two_moments_are_not_taken_for_one_state(damaged: Damaged) -> None:
    """As a loss of power may leave them: each piece is sound, and together they are not."""
    damaged.restore()
    first = _rows(damaged.small.file)
    damaged.edit(really=True)
    damaged.answer(("check",))
    second = _rows(damaged.small.file)
    altered = sorted(name for name in second if first.get(name) != second[name])
    assert len(altered) > 4
    for seed in range(8):
        random = Random(seed)  # noqa: S311
        file = damaged.restore()
        some = random.sample(altered, random.randrange(1, len(altered)))
        with alter(file) as database:
            database.executemany(
                "INSERT OR REPLACE INTO pieces VALUES (?, ?)",
                [(name, second[name]) for name in some],
            )
        for edited in (random.random() < 0.5, True, False):
            damaged.edit(really=edited)
            assert damaged.answer(("check",)) == damaged.right[edited, ("check",)], (seed, some)


def _rows(file: Path) -> dict[str, bytes]:
    with closing(sqlite3.connect(file)) as database:
        return dict(database.execute("SELECT name, content FROM pieces"))


# Room and rights


def test_without_room_for_what_is_to_be_kept_answers_are_the_same(small: Small) -> None:
    """No file may grow beyond this: so too little room looks."""
    right = small.found_anew()
    answers = []
    for size in (0, 1, 4096, 20_000, 100_000, 300_000):
        shutil.rmtree(small.folder, ignore_errors=True)
        done = subprocess.run(
            [*START, "--now", DAY.isoformat(), "check", "--format", "json"],
            cwd=small.root,
            env=quiet_environment(),
            preexec_fn=partial(_limit, size),
            capture_output=True,
            check=False,
        )
        answers.append((done.returncode, done.stdout, done.stderr))
        assert small.found() == right
    assert len(set(answers)) == 1


def _limit(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_without_the_right_to_write_answers_are_the_same() -> None:
    with shared_folder() as folder:
        small = Small.make(folder / "org")
        right = small.found_anew()
        give_to_nobody(small.root)
        with without_privileges():
            assert small.found() == right
            for mode in (0o500, 0o000, 0o600):
                small.folder.chmod(mode)
                assert small.found() == right
            small.folder.chmod(0o700)
            for mode in (0o400, 0o000):
                small.file.chmod(mode)
                assert small.found() == right
            small.file.chmod(0o600)
            (small.root / ".git").chmod(0o500)
            shutil.rmtree(small.folder, ignore_errors=True)
            assert small.found() == right
            (small.root / ".git").chmod(0o700)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be two users")
def test_what_another_user_has_kept_is_not_used(folder: Path) -> None:
    """They may have been allowed to read more."""
    Cache.open(folder, "1").keep({"one": b"1"})
    give_to_nobody(folder)
    assert Cache.open(folder, "1").piece("one") is None
    with closing(sqlite3.connect(next(folder.glob("orgcode/*.sqlite3")))) as database:
        assert database.execute("SELECT count(*) FROM pieces").fetchone() == (1,)


# Several at once, and some killed


def _start(small: Small) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*START, "--now", DAY.isoformat(), "check", "--format", "json"],
        cwd=small.root,
        env=quiet_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("count", [2, 8])
def test_checks_at_once_all_answer_as_one_alone(small: Small, count: int) -> None:
    for edited in (False, True):
        path, text = EDIT
        small.builder.write(path, text if edited else FILES[path])
        together = [_start(small) for _ in range(count)]
        answers = {(*run.communicate(timeout=60), run.returncode) for run in together}
        shutil.rmtree(small.folder) if not edited else None
        alone = _start(small)
        assert answers == {(*alone.communicate(timeout=60), alone.returncode)}
        assert small.found() == small.found_anew()


def _killed_check(small: Small, seconds: float) -> bool:
    """Whether a check was killed before its end."""
    child = os.fork()
    if not child:
        signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        signal.setitimer(signal.ITIMER_REAL, seconds)
        check_in_words(small.root, DAY)
        os._exit(0)
    return os.waitpid(child, 0)[1] != 0


def _kill_many(small: Small, count: int) -> None:
    started = time.perf_counter()
    right = [small.found()]
    longest = time.perf_counter() - started
    path, text = EDIT
    small.builder.write(path, text)
    right.append(small.found_anew())
    killed = 0
    for number in range(count):
        if number % 5 == 0:
            shutil.rmtree(small.folder, ignore_errors=True)
        small.builder.write(path, text if number % 2 else FILES[path])
        killed += _killed_check(small, longest * (number + 1) / count)
        assert small.found() == right[number % 2], number
    assert killed


def test_after_a_check_that_was_killed_the_next_one_is_right(small: Small) -> None:
    _kill_many(small, 24)


@pytest.mark.deep
def test_after_any_check_that_was_killed_the_next_one_is_right(small: Small) -> None:
    _kill_many(small, 600)


# Shared


def test_a_copy_of_a_repository_may_use_what_was_kept_of_the_original(
    small: Small, tmp_path: Path
) -> None:
    small.found()
    path, text = EDIT
    for name in ("cp", "clone"):
        other = tmp_path / name
        if name == "cp":
            shutil.copytree(small.root, other, symlinks=True)
        else:
            subprocess.run(["git", "clone", "-q", small.root, other], check=True)
            shutil.copytree(small.folder, other / ".git" / "orgcode")
        copy = Small(small.builder.__class__(other))
        assert copy.found() == copy.found_anew()
        copy.builder.write(path, text)
        assert copy.found() == copy.found_anew() != small.found()


def test_what_was_kept_of_another_organisation_at_the_same_place_is_no_matter(
    small: Small, tmp_path: Path
) -> None:
    small.found()
    shutil.copytree(small.folder, tmp_path / "kept")
    shutil.rmtree(small.root)
    other = {**FILES, "people/sara.yaml": "name: Sara\nmembership: none\n"}
    del other["roles/kok.yaml"]
    again = Small.make(small.root, other)
    shutil.copytree(tmp_path / "kept", again.folder)
    assert again.found() == again.found_anew()


def test_linked_working_trees_share_what_is_kept_and_answer_for_themselves(
    small: Small, tmp_path: Path
) -> None:
    small.builder.git("worktree", "add", "-q", "--detach", str(tmp_path / "linked"))
    linked = Small(small.builder.__class__(tmp_path / "linked"))
    path, text = EDIT
    linked.builder.write(path, text)
    for tree in (small, linked, small, linked):
        assert tree.found() == tree.found_anew()
    assert small.found() != linked.found()
    assert not (tmp_path / "linked" / ".git" / "orgcode").exists()


def test_revisions_the_index_and_files_each_have_their_answer(small: Small) -> None:
    path, text = EDIT
    first = small.builder.git("rev-parse", "HEAD")
    second = small.builder.commit({path: text})
    small.builder.write("people/omar.yaml", "name: Omar\nnmae: x\n")
    small.builder.git("add", "-A")
    (small.root / "circles/keuken.yaml").unlink()
    asked: tuple[tuple[str | None, bool], ...] = ((first, False), (second, False), (None, True))

    def answers() -> list[object]:
        found: list[object] = [
            check_in_words(small.root, DAY, at=at, staged=staged).findings for at, staged in asked
        ]
        return [*found, small.found()]

    shutil.rmtree(small.folder, ignore_errors=True)
    right = []
    for at, staged in asked:
        shutil.rmtree(small.folder, ignore_errors=True)
        right.append(check_in_words(small.root, DAY, at=at, staged=staged).findings)
        small.let_go()
    right.append(small.found_anew())
    assert all(one != other for one, other in combinations(right, 2))
    for _ in range(3):
        assert answers() == right
