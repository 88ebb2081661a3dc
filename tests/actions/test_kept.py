"""What is kept between runs only saves work: with it and without it everything is the same."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from orgcode.actions.build import build
from orgcode.actions.check import check_in_words
from orgcode.adapters.git.repository import find
from orgcode.checking.check import check
from orgcode.documents.loading import load
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import identify
from orgcode.model.finding import Finding
from orgcode.model.snapshot import Files, Unreadable
from tests.attacks.mutations import sound, spoil
from tests.builder import Builder
from tests.checking.demo import DAY

FEW_EDITS = 120
MANY_EDITS = 2000
BUILDS = 12


class Edited:
    """A repository whose files are altered again and again; what is kept stays."""

    def __init__(self, root: Path) -> None:
        self.builder = Builder.make(root)
        self.files: dict[str, bytes] = {}
        self.put(sound())

    @property
    def root(self) -> Path:
        return self.builder.root

    def put(self, files: Mapping[str, bytes | Unreadable]) -> None:
        """Make the working tree hold these files; only what differs is written."""
        wanted = {path: content for path, content in files.items() if isinstance(content, bytes)}
        for path in self.files.keys() - wanted.keys():
            (self.root / path).unlink()
        for path, content in wanted.items():
            if self.files.get(path) != content:
                self.builder.write(path, content)
        self.files = wanted

    def found(self, day: date = DAY) -> tuple[Finding, ...]:
        return check_in_words(self.root, day).findings

    def found_anew(self, day: date = DAY) -> tuple[Finding, ...]:
        return check(load(find(self.root).working_tree(), day))


def edits(count: int, first: int = 0) -> list[tuple[int, dict[str, bytes | Unreadable]]]:
    return [(seed, spoil(seed)) for seed in range(first, first + count)]


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    return Edited(tmp_path / "org")


def test_after_every_edit_the_findings_are_those_of_a_check_without_anything_kept(
    edited: Edited,
) -> None:
    for seed, files in edits(FEW_EDITS):
        edited.put(files)
        assert edited.found() == edited.found_anew(), seed


@pytest.mark.deep
def test_after_each_of_many_edits_the_findings_are_those_of_a_check_without_anything_kept(
    edited: Edited,
) -> None:
    checked = 0
    for seed, files in edits(MANY_EDITS, 10_000):
        edited.put(files)
        if any(identify(path) for path in find(edited.root).working_tree().entries):
            assert edited.found() == edited.found_anew(), seed
            checked += 1
        else:
            with pytest.raises(OrgcodeError, match=r"no org\.yaml"):
                edited.found()
    assert checked > MANY_EDITS * 0.95


def test_small_edits_one_upon_the_other(edited: Edited) -> None:
    """Edits as people make them: one thing at a time, in an organisation that is sound."""
    random = Random(3)  # noqa: S311
    files: dict[str, bytes] = dict(sound())
    for step in range(FEW_EDITS):
        path = random.choice(sorted(path for path in files if path.endswith(".yaml")))
        lines = files[path].decode().splitlines(keepends=True)
        other = random.choice(sorted(files)).rpartition("/")[2].removesuffix(".yaml")
        match random.randrange(5):
            case 0:
                del lines[random.randrange(len(lines))]
            case 1:
                lines.append(f"tags: [{other}]\n")
            case 2:
                lines = [line.replace("sara", other) for line in lines]
            case 3:
                lines = [line.replace("circle: keuken", f"circle: {other}") for line in lines]
            case 4:
                files = dict(sound())
        files = {**files, path: "".join(lines).encode()}
        edited.put(files)
        assert edited.found() == edited.found_anew(), (step, path)


def test_another_day_is_another_check(edited: Edited) -> None:
    for days in (0, 1, 400, 0, 4000):
        day = DAY + timedelta(days=days)
        assert edited.found(day) == edited.found_anew(day)


def test_places_are_right_on_another_day_and_after_an_edit(edited: Edited) -> None:
    """Where something stood in a file that has changed since, something else may stand now."""
    for number, (seed, files) in enumerate(edits(FEW_EDITS // 4, 900)):
        edited.put({path: _lower(content, number) for path, content in files.items()})
        day = DAY + timedelta(days=40 * number)
        assert edited.found(day) == edited.found_anew(day), seed


def _lower(content: bytes | Unreadable, lines: int) -> bytes | Unreadable:
    """The same some lines further down in the file."""
    if lines % 3 or not isinstance(content, bytes) or content.startswith(b"\xef"):
        return content
    return b"# below\n" * lines + content


def test_a_file_that_is_written_without_its_size_or_time_changing_is_read_again(
    edited: Edited,
) -> None:
    file = edited.root / "roles/kok.yaml"
    edited.found()
    before = file.stat()
    text = file.read_bytes()
    file.write_bytes(text.replace(b"circle: keuken", b"circle: kauken"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert any(finding.rule == "unknown-circle" for finding in edited.found())
    assert edited.found() == edited.found_anew()


def test_pages_are_those_of_a_handbook_made_anew(edited: Edited, tmp_path: Path) -> None:
    for seed, files in edits(BUILDS, 500):
        edited.put(files)
        build(edited.root, DAY, output=tmp_path / "kept")
        fresh = Edited(tmp_path / f"fresh-{seed}")
        fresh.put(files)
        build(fresh.root, DAY, output=tmp_path / f"anew-{seed}")
        assert _content(tmp_path / "kept") == _content(tmp_path / f"anew-{seed}"), seed


def _content(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_files_in_memory_and_on_disk_give_the_same(edited: Edited) -> None:
    assert edited.found() == check(load(Files(edited.files), DAY))
