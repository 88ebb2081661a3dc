"""A site is written whole or not at all, and never over somebody else's files."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from orgcode.adapters import site_files
from orgcode.adapters.site import recover_site, write_site
from orgcode.adapters.site_marker import MARKER
from orgcode.model.errors import OrgcodeError
from tests.builder import Builder

OLD = {"index.html": b"old", "roles/kok.html": b"same", "gone.html": b"old"}
NEW = {"index.html": b"new", "roles/kok.html": b"same", "a/b/c.html": b"new"}


def contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    found = {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
    found.pop(MARKER, None)
    return found


def test_a_new_site_replaces_the_old_one_entirely(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "site"
    write_site(target, OLD)
    assert contents(target) == OLD
    write_site(target, NEW)
    assert contents(target) == NEW
    assert [item.name for item in target.parent.iterdir()] == ["site"]


def test_the_same_site_has_the_same_bytes_and_can_be_read_by_all(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_site(tmp_path / name, dict(reversed(list(NEW.items()))) if name == "two" else NEW)
    assert (tmp_path / "one" / MARKER).read_bytes() == (tmp_path / "two" / MARKER).read_bytes()
    assert (tmp_path / "one").stat().st_mode & 0o055 == 0o055


def test_a_site_that_grew_beyond_one_flush_each_is_written(tmp_path: Path) -> None:
    files = {f"roles/rol-{i}.html": str(i).encode() for i in range(site_files._MANY + 1)}
    write_site(tmp_path / "site", files)
    assert contents(tmp_path / "site") == files


@pytest.mark.parametrize(
    "path",
    ["../x", "/etc/x", "a/../../x", "a\\b", "a\0b", "a\nb", "a\x9bb", "a//b", "a/", "", ".", "..",
     ".git/config", "a/.GIT/x", ".g\u200cit/x", "\ud800", "x" * 300, MARKER],
)  # fmt: skip
def test_no_path_leads_out_of_the_site(tmp_path: Path, path: str) -> None:
    with pytest.raises(OrgcodeError, match="can be called"):
        write_site(tmp_path / "site", {path: b""})
    assert list(tmp_path.iterdir()) == []


def test_a_page_cannot_be_a_folder_too(tmp_path: Path) -> None:
    with pytest.raises(OrgcodeError, match="can be called"):
        write_site(tmp_path / "site", {"a/b": b"", "a": b""})


def test_a_folder_with_somebody_elses_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine")
    with pytest.raises(OrgcodeError, match="not orgcode's"):
        write_site(tmp_path / "thesis", NEW)
    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_that_somebody_added_to_a_site_is_not_lost(tmp_path: Path) -> None:
    write_site(tmp_path / "site", OLD)
    (tmp_path / "site" / "roles" / "mine.txt").write_text("mine")
    with pytest.raises(OrgcodeError, match="not orgcode's") as caught:
        write_site(tmp_path / "site", NEW)
    assert caught.value.cause.arguments["file"] == "roles/mine.txt"
    assert contents(tmp_path / "site") == OLD | {"roles/mine.txt": b"mine"}


def test_what_file_managers_leave_behind_is_no_obstacle(tmp_path: Path) -> None:
    write_site(tmp_path / "site", OLD)
    (tmp_path / "site" / "roles" / ".DS_Store").write_bytes(b"\0")
    write_site(tmp_path / "site", NEW)
    assert contents(tmp_path / "site") == NEW


def test_a_marker_that_says_nothing_protects_the_folder(tmp_path: Path) -> None:
    for number, content in enumerate(
        (b"", b"[]", b"{", b"null", b'{"orgcode_site": 1}', b"[" * 99999)
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / MARKER).write_bytes(content)
        (folder / "mine").touch()
        with pytest.raises(OrgcodeError, match="not orgcode's"):
            write_site(folder, NEW)


def test_a_file_or_a_link_is_no_folder_for_a_site(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "nowhere").symlink_to("absent")
    for name, reason in (("file", "a file"), ("link", "a link"), ("nowhere", "a link")):
        with pytest.raises(OrgcodeError, match=reason):
            write_site(tmp_path / name, NEW)
    with pytest.raises(OrgcodeError, match="cannot be written"):
        write_site(tmp_path / "file" / "site", NEW)
    assert list((tmp_path / "real").iterdir()) == []


def test_a_folder_above_that_is_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    write_site(tmp_path / "link" / "site", NEW)
    assert contents(tmp_path / "real" / "site") == NEW


@pytest.mark.parametrize("name", [".", "..", ".git", ".git/site", "roles/.."])
def test_the_repository_is_never_replaced_even_if_it_says_it_is_a_site(
    tmp_path: Path, name: str
) -> None:
    builder = Builder.make(tmp_path / "above" / "org")
    marker = b'{"orgcode_site": 1, "files": ["org.yaml", "roles/kok.yaml"]}'
    builder.commit({"org.yaml": "", "roles/kok.yaml": "", MARKER: marker})
    before = contents(builder.root)
    with pytest.raises(OrgcodeError):
        write_site(builder.root / name, NEW, protected=(builder.root,))
    assert contents(builder.root) == before


def test_a_folder_above_a_protected_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site" / "org").mkdir(parents=True)
    with pytest.raises(OrgcodeError, match="repository"):
        write_site(tmp_path / "site", NEW, protected=(tmp_path / "site" / "org",))


def test_a_failure_while_writing_leaves_the_old_site_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_site(tmp_path / "site", OLD)
    write = site_files._write

    def full(name: str, content: bytes) -> None:
        if name.endswith("c.html"):
            raise OSError(28, "No space left on device")
        write(name, content)

    monkeypatch.setattr(site_files, "_write", full)
    with pytest.raises(OrgcodeError, match="cannot be written"):
        write_site(tmp_path / "site", NEW)
    assert contents(tmp_path / "site") == OLD
    assert [item.name for item in tmp_path.iterdir()] == ["site"]


KILLED = """
import os, signal, sys
from pathlib import Path
from orgcode.adapters import site, site_marker

point, target = int(sys.argv[1]), Path(sys.argv[2])
seen = 0

def count(event, arguments):
    global seen
    if event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link") or (
        event == "open" and "orgcode-" in str(arguments[0])
    ):
        seen += 1
        if seen == point:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(count)
site.write_site(target, {"index.html": b"new", "roles/kok.html": b"same", "a/b/c.html": b"new"})
"""


def test_a_run_killed_before_any_step_leaves_the_old_or_the_new_site(tmp_path: Path) -> None:
    """Every rename, link, removal, new folder and new file is a point at which it is killed."""
    in_place = 0
    for point in range(1, 200):
        target = tmp_path / str(point) / "site"
        write_site(target, OLD)
        command = [sys.executable, "-c", KILLED, str(point), str(target)]
        code = subprocess.run(command, check=False).returncode
        if target.exists():
            in_place += 1
            assert contents(target) in (OLD, NEW)
        recover_site(target)
        assert contents(target) in (OLD, NEW)
        assert [item.name for item in target.parent.iterdir()] == ["site"]
        if code == 0:
            break
        assert code == -signal.SIGKILL
    assert code == 0
    assert point > 20
    assert in_place >= point - 1


def test_a_run_killed_at_any_moment_leaves_the_old_or_the_new_site(tmp_path: Path) -> None:
    target = tmp_path / "site"
    sites = [{f"p/{i}.html": bytes([version]) * 500 for i in range(400)} for version in (65, 66)]
    write_site(target, sites[0])
    code = (
        "import sys; from pathlib import Path; from orgcode.adapters.site import write_site\n"
        "print('ready', flush=True)\n"
        "for n in range(9999):\n"
        "    v = bytes([65 + n % 2])\n"
        "    write_site(Path(sys.argv[1]), {f'p/{i}.html': v * 500 for i in range(400)})\n"
    )
    random.seed(2)
    for _ in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", code, str(target)], stdout=subprocess.PIPE
        ) as run:
            assert run.stdout
            run.stdout.readline()
            time.sleep(random.uniform(0.02, 0.4))  # noqa: S311
            run.kill()
        recover_site(target)
        assert contents(target) in sites
        assert [item.name for item in tmp_path.iterdir()] == ["site"]


def test_runs_at_the_same_time_all_succeed_and_leave_one_whole_site(tmp_path: Path) -> None:
    target = tmp_path / "site"
    sites = [{f"{n}/{i}.html": str(n).encode() for i in range(50)} for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda files: write_site(target, files), sites))
    assert contents(target) in sites
    assert [item.name for item in tmp_path.iterdir()] == ["site"]


def test_a_leftover_that_is_not_orgcodes_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / ".site.orgcode-old-1"
    mine.mkdir()
    (mine / "thesis.txt").touch()
    write_site(tmp_path / "site", NEW)
    assert contents(tmp_path / "site") == NEW
    assert (mine / "thesis.txt").exists()
