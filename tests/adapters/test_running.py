"""Running git: it says what there is, and obeys neither surroundings nor repositories."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from orgcode.adapters import running
from orgcode.adapters.git.running import GitFailedError, make_bare, only_objects, run, stream
from orgcode.model.errors import OrgcodeError
from tests.builder import Builder

LOG = ("log", "--raw", "-z", "--no-abbrev", "--no-renames", "--format=%H")


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    builder = Builder.make(tmp_path / "org")
    builder.commit({"org.yaml": "name: X\n", "roles/kok.yaml": "name: Kok\n"})
    builder.commit({"org.yaml": "name: Y\n"})
    return builder


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program that leaves a trace."""
    file = tmp_path / "program"
    file.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    file.chmod(0o755)
    return file


def git_folder(builder: Builder) -> Path:
    return builder.root / ".git"


def test_what_git_says_comes_in_bytes(builder: Builder) -> None:
    assert run(git_folder(builder), "cat-file", "blob", "HEAD:org.yaml") == b"name: Y\n"
    id = run(git_folder(builder), "hash-object", "-w", "--stdin", stdin=b"\xff\0\n")
    assert run(git_folder(builder), "cat-file", "blob", id.decode().strip()) == b"\xff\0\n"


def test_a_disk_without_room_for_what_git_is_given(builder: Builder) -> None:
    """What is given to a program stands in a file for as long as it runs."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
    try:
        with pytest.raises(GitFailedError) as caught:
            run(git_folder(builder), "hash-object", "-w", "--stdin", stdin=b"x" * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "File too large" in caught.value.reason


def test_history_comes_piece_by_piece(builder: Builder) -> None:
    second, first = builder.git("rev-list", "HEAD").split()
    pieces = list(stream(git_folder(builder), *LOG, "HEAD", "--"))
    ids = [piece for piece in pieces if len(piece) == 40]
    assert ids == [second.encode(), first.encode()]
    assert [piece for piece in pieces if piece.endswith(b".yaml")] == [
        b"org.yaml",
        b"org.yaml",
        b"roles/kok.yaml",
    ]


def test_pieces_are_whole_however_they_arrive(
    builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = list(stream(git_folder(builder), *LOG, "HEAD", "--"))
    assert b"\0".join(whole) + b"\0" == run(git_folder(builder), *LOG, "HEAD", "--")
    for size in (1, 2, 7, 41):
        monkeypatch.setattr(running, "AT_A_TIME", size)
        assert list(stream(git_folder(builder), *LOG, "HEAD", "--")) == whole


def test_very_much_to_say_on_either_side_holds_nobody_up(builder: Builder) -> None:
    ids = f"{builder.git('rev-parse', 'HEAD:org.yaml')}\n".encode() * 50_000
    checked = run(git_folder(builder), "cat-file", "--batch-check", stdin=ids)
    assert checked.count(b" blob 8\n") == 50_000
    gone = b"".join(b"%040x\n" % number for number in range(1, 50_001))
    assert run(git_folder(builder), "cat-file", "--batch-check", stdin=gone).count(b"missing") == (
        50_000
    )


def test_a_failure_has_the_reason_that_git_gives(builder: Builder) -> None:
    with pytest.raises(GitFailedError) as caught:
        run(git_folder(builder), "cat-file", "blob", "HEAD:gone")
    assert caught.value.reason == "fatal: path 'gone' does not exist in 'HEAD'"
    with pytest.raises(GitFailedError, match="could not do its part"):
        list(stream(git_folder(builder), *LOG, "gone", "--"))
    with pytest.raises(GitFailedError, match="could not do its part"):
        run(builder.root / "gone", "rev-parse", "HEAD")


def test_a_failure_after_the_first_pieces_is_told(builder: Builder) -> None:
    first = builder.git("rev-list", "--max-parents=0", "HEAD")
    (git_folder(builder) / "objects" / first[:2] / first[2:]).unlink()
    pieces = stream(git_folder(builder), "log", "-z", "--format=%H", "HEAD", "--")
    with pytest.raises(GitFailedError):
        list(pieces)


def test_whoever_stops_listening_stops_git(
    builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder.commit({"big": b"\0".join(b"%d" % number for number in range(200_000))})
    begun: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            begun.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    for piece in stream(git_folder(builder), "cat-file", "blob", "HEAD:big"):
        assert piece == b"0"
        break
    assert [process.returncode for process in begun] == [-signal.SIGKILL]


def test_git_that_is_not_there_is_asked_for(
    builder: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OrgcodeError, match="not installed"):
        run(git_folder(builder), "rev-parse", "HEAD")


def test_what_takes_too_long_is_ended_with_all_that_it_started(
    builder: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\nsleep 60 &\necho begun\nwait\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(running, "PATIENCE", 0.3)
    start = perf_counter()
    with pytest.raises(GitFailedError) as caught:
        run(git_folder(builder), "rev-parse", "HEAD")
    assert caught.value.reason == "timeout"
    assert perf_counter() - start < 20


class TestAttacks:
    """Each is named after what somebody tries."""

    def test_settings_of_the_user_that_run_programs_or_alter_answers(
        self,
        builder: Builder,
        tmp_path: Path,
        program: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        expected = run(git_folder(builder), *LOG, "HEAD", "--")
        file = tmp_path / ".gitconfig"
        for key, value in {
            "log.showSignature": "true",
            "gpg.program": str(program),
            "diff.orderFile": "/nonexistent",
            "core.pager": str(program),
            "diff.external": str(program),
            "log.mailmap": "false",
            "log.showRoot": "false",
        }.items():
            builder.git("config", "--file", str(file), key, value)
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(file))
        monkeypatch.setenv("GIT_CONFIG_SYSTEM", str(file))
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        monkeypatch.setenv("GIT_PAGER", str(program))
        monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(program))
        assert run(git_folder(builder), *LOG, "HEAD", "--") == expected
        assert not (tmp_path / "ran").exists()

    def test_settings_of_the_repository_that_run_programs(
        self, builder: Builder, tmp_path: Path, program: Path
    ) -> None:
        signed = builder.git("cat-file", "commit", "HEAD").replace(
            "\n\n",
            "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n",
            1,
        )
        id = builder.git(
            "hash-object", "-t", "commit", "-w", "--stdin", stdin=signed.encode() + b"\n"
        )
        builder.git("update-ref", "HEAD", id)
        hooks = tmp_path / "hooks"
        hooks.mkdir()
        (hooks / "reference-transaction").symlink_to(program)
        for key in ("gpg.program", "core.fsmonitor", "core.pager", "diff.external"):
            builder.git("config", key, str(program))
        builder.git("config", "log.showSignature", "true")
        builder.git("log", "-1")
        assert (tmp_path / "ran").exists()
        (tmp_path / "ran").unlink()
        builder.git("config", "core.hooksPath", str(hooks))
        assert run(git_folder(builder), *LOG, "HEAD", "--")
        run(git_folder(builder), "update-ref", "refs/heads/new", "HEAD")
        assert not (tmp_path / "ran").exists()

    def test_a_missing_object_that_is_to_be_fetched_by_a_program(
        self, builder: Builder, tmp_path: Path, program: Path
    ) -> None:
        blob = builder.git("rev-parse", "HEAD:org.yaml")
        (git_folder(builder) / "objects" / blob[:2] / blob[2:]).unlink()
        for key, value in {
            "core.repositoryFormatVersion": "1",
            "extensions.partialClone": "origin",
            "remote.origin.url": f"file://{tmp_path}/org",
            "remote.origin.promisor": "true",
            "remote.origin.uploadpack": str(program),
            "protocol.allow": "always",
            "protocol.file.allow": "always",
        }.items():
            builder.git("config", key, value)
        with pytest.raises(AssertionError):
            builder.git("cat-file", "blob", blob)
        assert (tmp_path / "ran").exists()
        (tmp_path / "ran").unlink()
        with pytest.raises(GitFailedError):
            run(git_folder(builder), "cat-file", "blob", blob)
        assert not (tmp_path / "ran").exists()

    def test_a_replacement_for_a_commit(self, builder: Builder) -> None:
        builder.git("replace", "HEAD", "HEAD~1")
        assert builder.git("cat-file", "blob", "HEAD:org.yaml") == "name: X"
        assert run(git_folder(builder), "cat-file", "blob", "HEAD:org.yaml") == b"name: Y\n"

    def test_surroundings_that_name_another_repository(
        self, builder: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = Builder.make(tmp_path / "other")
        other.commit({"org.yaml": "forged"})
        monkeypatch.setenv("GIT_DIR", str(git_folder(other)))
        monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(git_folder(other) / "objects"))
        monkeypatch.setenv("GIT_COMMON_DIR", str(git_folder(other)))
        assert run(git_folder(builder), "cat-file", "blob", "HEAD:org.yaml") == b"name: Y\n"

    def test_a_program_called_git_in_the_repository(
        self, builder: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (git_folder(builder) / "git").write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
        (git_folder(builder) / "git").chmod(0o755)
        monkeypatch.setenv("PATH", os.pathsep.join([".", "", os.environ["PATH"]]))
        monkeypatch.chdir(git_folder(builder))
        assert run(git_folder(builder), "rev-parse", "HEAD")
        assert not (tmp_path / "ran").exists()


class TestOnlyObjects:
    """Nothing of a repository counts but its objects."""

    def test_its_configuration_grafts_and_names_do_not(self, builder: Builder) -> None:
        second, first = builder.git("rev-list", "HEAD").split()
        expected = run(git_folder(builder), *LOG, second, "--")
        (git_folder(builder) / "info" / "grafts").write_text(f"{second}\n")
        builder.git("config", "log.showRoot", "false")
        assert run(git_folder(builder), *LOG, second, "--") != expected
        with only_objects(git_folder(builder)) as folder:
            assert run(folder, *LOG, second, "--") == expected
            assert list(stream(folder, *LOG, "--stdin", stdin=f"{second}\n--\n".encode()))
            with pytest.raises(GitFailedError):
                run(folder, *LOG, "main", "--")
        assert not folder.exists()
        assert builder.git("cat-file", "-t", first) == "commit"

    def test_settings_that_cannot_be_read_do_not(self, builder: Builder) -> None:
        id = builder.git("rev-parse", "HEAD")
        (git_folder(builder) / "config").unlink()
        os.mkfifo(git_folder(builder) / "config")
        with only_objects(git_folder(builder)) as folder:
            assert run(folder, "rev-parse", f"{id}^{{commit}}").decode().strip() == id

    def test_history_ends_where_it_was_cut_off(self, builder: Builder, tmp_path: Path) -> None:
        builder.git("clone", "-q", "--depth=1", f"file://{builder.root}", str(tmp_path / "cut"))
        cut = Builder(tmp_path / "cut")
        with only_objects(git_folder(cut)) as folder:
            listed = run(folder, "rev-list", cut.git("rev-parse", "HEAD"))
        assert listed.decode().split() == [cut.git("rev-parse", "HEAD")]


def test_a_bare_repository_that_is_made_holds_nothing(tmp_path: Path) -> None:
    make_bare(tmp_path)
    assert run(tmp_path, "for-each-ref") == b""
    assert run(tmp_path, "fsck", "--strict") == b""
    assert run(tmp_path, "rev-parse", "--is-bare-repository") == b"true\n"
