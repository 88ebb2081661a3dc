"""Files are replaced together or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgcode.adapters.replacing import read_replaceable, replace_files
from orgcode.model.errors import OrgcodeError


def names(folder: Path) -> list[str]:
    return sorted(str(item.relative_to(folder)) for item in folder.rglob("*"))


def test_files_are_written_with_the_folders_above_them(tmp_path: Path) -> None:
    replace_files(tmp_path, {"a/b/c.txt": b"1", "d.txt": b"2"})
    assert (tmp_path / "a/b/c.txt").read_bytes() == b"1"
    assert names(tmp_path) == ["a", "a/b", "a/b/c.txt", "d.txt"]


def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "run.sh").write_bytes(b"old")
    (tmp_path / "run.sh").chmod(0o755)
    replace_files(tmp_path, {"run.sh": b"new"})
    assert (tmp_path / "run.sh").stat().st_mode & 0o777 == 0o755


def test_where_one_cannot_be_written_all_stays_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "first.txt").write_bytes(b"old")
    (tmp_path / "file").write_bytes(b"in the way")
    with pytest.raises(OrgcodeError):
        replace_files(tmp_path, {"first.txt": b"new", "new/x.txt": b"new", "file/y.txt": b"new"})
    assert (tmp_path / "first.txt").read_bytes() == b"old"
    assert names(tmp_path) == ["file", "first.txt"]


def test_what_cannot_be_replaced_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"text")
    (tmp_path / "read-only").write_bytes(b"text")
    (tmp_path / "read-only").chmod(0o444)
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "folder").mkdir()
    (tmp_path / "linked").symlink_to("folder")
    found = {
        path: read_replaceable(tmp_path, path)
        for path in ("file", "read-only", "link", "folder", "linked/x", "file/x", "none", "no/x")
    }
    assert found == {
        "file": b"text",
        "read-only": "read-only",
        "link": "link",
        "folder": "unreadable",
        "linked/x": "link",
        "file/x": "unreadable",
        "none": "missing",
        "no/x": "missing",
    }
