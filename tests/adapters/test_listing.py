"""Whatever happens to files between two runs, or during one, is seen by the next."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from orgcode.adapters.files import read_ordinary
from orgcode.adapters.git import listing, working_tree
from orgcode.adapters.git.listing import blob_id, decode_listing, encode_listing, list_snapshot
from orgcode.model.coding import CodingError, encode
from orgcode.model.snapshot import Unreadable
from tests.adapters.kept_small import EDIT, FILES, Small
from tests.users import give_to_nobody, shared_folder, without_privileges

KOK = "roles/kok.yaml"
SARA = "people/sara.yaml"


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small.make(tmp_path / "org")


@pytest.fixture
def settled(small: Small, monkeypatch: pytest.MonkeyPatch) -> Small:
    """Files that were written long ago: their times are relied on."""
    monkeypatch.setattr(listing, "_RACY", 0)
    time.sleep(0.02)
    small.found()
    return small


def _hold(small: Small) -> None:
    for _ in range(2):
        assert small.found() == small.found_anew()


def _same_size(root: Path) -> None:
    file = root / KOK
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"circle: keuken", b"circle: kauken"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _renamed_over(root: Path) -> None:
    file = root / KOK
    before = file.stat()
    other = root.parent / "other"
    other.write_bytes(file.read_bytes().replace(b"circle: keuken", b"circle: kauken"))
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)


def _swapped(root: Path) -> None:
    one, two, between = root / SARA, root / "people/omar.yaml", root.parent / "between"
    one.rename(between)
    two.rename(one)
    between.rename(two)


def _linked(root: Path) -> None:
    (root / KOK).rename(root.parent / "kok.yaml")
    (root / KOK).symlink_to(root.parent / "kok.yaml")


def _linked_twice(root: Path) -> None:
    os.link(root / KOK, root / "roles/kok-twee.yaml")


def _folder(root: Path) -> None:
    (root / KOK).unlink()
    (root / KOK).mkdir()


def _pipe(root: Path) -> None:
    (root / KOK).unlink()
    os.mkfifo(root / KOK)


def _gone(root: Path) -> None:
    (root / KOK).unlink()


def _folder_gone(root: Path) -> None:
    shutil.rmtree(root / "people")


def _line_ends(root: Path) -> None:
    file = root / KOK
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))


def _executable(root: Path) -> None:
    (root / KOK).chmod(0o755)


def _too_large(root: Path) -> None:
    with (root / KOK).open("ab") as stream:
        stream.write(b"#" * (1 << 20))


def _tomorrow(root: Path) -> None:
    """As after a clock that was set back: the file is of a later day."""
    (root / KOK).write_text(EDIT[1])
    os.utime(root / KOK, (time.time() + 86400,) * 2)


def _long_ago(root: Path) -> None:
    (root / KOK).write_text(EDIT[1])
    os.utime(root / KOK, (0, 0))


def _odd_names(root: Path) -> None:
    for name in (b"roles/\xff.yaml", b"roles/a b.yaml", b"roles/a\nb.yaml", b"roles/a\tb.yaml",
                 b"pages/\xe9.md", b"roles/-.yaml", b"\x01", b"people/SARA.yaml"):  # fmt: skip
        (root / os.fsdecode(name)).write_text("name: x\n")


def _ignored(root: Path) -> None:
    (root / ".gitignore").write_text("policies\n*.txt\n/roles/kok.yaml\n")


def _odd_keys(root: Path) -> None:
    """Things that others refer to by texts with spaces, tabs and line ends."""
    (root / "roles/odd.yaml").write_text(
        'name: "Kok\\tKok"\ncircle: "keu ken\\tx"\naliases: ["a\\tb", "c d", "e\\nf"]\n'
        'holders: ["sa ra", "sa\\tra", "sa\\nra"]\nconsult: ["sara\\t"]\n'
        'domains: ["Het menu\\t", "Het\\nmenu"]\nseats: 99999999999999999999999\n'
    )
    (root / "people/odd.yaml").write_text(
        'name: "Sara van Dam"\nemails: ["a\\tb@example.org"]\nmembership: "x\\ty z"\n'
    )


CHANGES: tuple[Callable[[Path], None], ...] = (
    *(_same_size, _renamed_over, _swapped, _linked, _linked_twice, _folder, _pipe, _gone),
    *(_folder_gone, _line_ends, _executable, _too_large, _tomorrow, _long_ago, _odd_names),
    *(_ignored, _odd_keys),
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen_and_so_is_its_undoing(
    settled: Small, change: Callable[[Path], None]
) -> None:
    right = settled.found_anew()
    change(settled.root)
    _hold(settled)
    settled.builder.git("clean", "-fdxq")
    settled.builder.git("checkout", "-q", "-f", "--", ".")
    assert settled.found() == settled.found_anew() == right


def test_a_change_of_what_the_odd_say_is_seen(settled: Small) -> None:
    _odd_keys(settled.root)
    settled.found()
    for path in ("roles/odd.yaml", "people/odd.yaml"):
        text = (settled.root / path).read_text()
        for old, new in (("a\\tb", "a\\tc"), ("keu ken\\tx", "keu ken\\ty"), ("x\\ty z", "x\\ty")):
            settled.builder.write(path, text.replace(old, new))
            _hold(settled)


def test_a_right_that_is_taken_away_and_given_back_is_seen() -> None:
    with shared_folder() as folder:
        small = Small.make(folder / "org")
        give_to_nobody(small.root)
        with without_privileges():
            right = small.found()
            for path, mode in ((KOK, 0o000), ("org.yaml", 0o000), ("odd name.txt", 0o000)):
                before = (small.root / path).stat().st_mode
                (small.root / path).chmod(mode)
                _hold(small)
                (small.root / path).chmod(before)
                assert small.found() == small.found_anew() == right
            (small.root / "pages").chmod(0o400)
            _hold(small)
            (small.root / "pages").chmod(0o700)
            assert small.found() == right


@pytest.mark.parametrize("path", [KOK, "pages/index.md", "org.yaml"])
@pytest.mark.parametrize("kept", [False, True])
def test_a_change_during_a_check_that_is_undone_leaves_nothing_behind(
    small: Small, path: str, monkeypatch: pytest.MonkeyPatch, *, kept: bool
) -> None:
    """At whichever moment of the check it comes."""
    right = small.found_anew()
    text = FILES[path]
    read = read_ordinary
    for moment in range(1, 40):
        shutil.rmtree(small.folder, ignore_errors=True)
        if kept:
            small.found()
            small.builder.write(KOK, EDIT[1])
        count = 0

        def reading(file: str, most: int = 1 << 20, moment: int = moment) -> bytes | Unreadable:
            nonlocal count
            count += 1
            if count == moment:
                small.builder.write(path, text.replace("name", "nmae").replace("](", "](../x"))
            return read(file, most)

        monkeypatch.setattr(working_tree, "read_ordinary", reading)
        small.found()
        monkeypatch.setattr(working_tree, "read_ordinary", read)
        small.builder.write(KOK, FILES[KOK])
        small.builder.write(path, text)
        assert small.found() == right, moment
        if count < moment:
            break
    assert moment > 3


def test_checks_while_files_are_edited_leave_nothing_behind(small: Small) -> None:
    ended = threading.Event()

    def edit() -> None:
        texts = (EDIT[1], FILES[KOK])
        count = 0
        while not ended.is_set():
            small.builder.write(KOK, texts[count % 2])
            small.builder.write(SARA, f"name: Sara {count % 3}\nnmae: x\n")
            count += 1
            time.sleep(0.002)

    editing = threading.Thread(target=edit)
    editing.start()
    try:
        for _ in range(12):
            small.found()
    finally:
        ended.set()
        editing.join()
    _hold(small)
    small.builder.write(KOK, FILES[KOK])
    small.builder.write(SARA, FILES[SARA])
    _hold(small)


def test_an_object_that_is_there_again_is_read(small: Small) -> None:
    """What could not be read of a commit is not taken for what it holds."""
    from orgcode.actions.check import check_in_words
    from tests.checking.demo import DAY

    def found() -> object:
        answer = check_in_words(small.root, DAY, at="HEAD").findings
        small.let_go()
        return answer

    right = found()
    shutil.rmtree(small.folder)
    blob = small.builder.git("rev-parse", f"HEAD:{KOK}")
    file = small.root / ".git/objects" / blob[:2] / blob[2:]
    file.rename(small.root.parent / "object")
    broken = found()
    assert broken != right
    assert found() == broken
    (small.root.parent / "object").rename(file)
    assert found() == right


# The listing by itself


def test_the_id_of_a_blob_is_gits(small: Small) -> None:
    for path, text in FILES.items():
        assert blob_id(text.encode()) == small.builder.git("rev-parse", f"HEAD:{path}")
    assert blob_id(b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"


def test_a_listing_comes_back_and_other_data_is_refused(small: Small) -> None:
    _odd_names(small.root)
    found = list_snapshot(small.builder.find().working_tree(), {}, time.time_ns())
    assert decode_listing(encode_listing(found)) == found
    for data in (b"", b"\xc1", encode(5), encode([5]), encode([["a"]]), encode([["a", 1, "b", 5]])):
        with pytest.raises(CodingError):
            decode_listing(data)


def test_only_what_may_have_changed_is_read_again(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = time.time_ns() + 10_000_000_000
    before = list_snapshot(small.builder.find().working_tree(), {}, later)
    small.builder.write(KOK, EDIT[1])
    subprocess.run(["touch", small.root / SARA], check=True)
    read = read_ordinary
    files: list[str] = []

    def reading(file: str, most: int = 1 << 20) -> bytes | Unreadable:
        files.append(file)
        return read(file, most)

    monkeypatch.setattr(working_tree, "read_ordinary", reading)
    after = list_snapshot(small.builder.find().working_tree(), before, later)
    assert files == [f"{small.root}/{SARA}", f"{small.root}/{KOK}"]
    assert [path for path in after if after[path][:2] != before[path][:2]] == [KOK]


def test_what_was_written_just_now_is_read_again(small: Small) -> None:
    """It may be written again within the same tick of the clock."""
    (small.root / KOK).write_text(EDIT[1])
    now = list_snapshot(small.builder.find().working_tree(), {}, time.time_ns())
    assert now[KOK].told == ()
    ahead = list_snapshot(small.builder.find().working_tree(), {}, 0)
    assert all(item.told == () for item in ahead.values())
