"""Entries that are no files, and repositories that cannot be used."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import sleep

import pytest

from tests.attacks.running import findings, orgcode
from tests.builder import Builder
from tests.cli.conftest import DAY, ORGANISATION, START, quiet_environment
from tests.users import give_to_nobody, shared_folder

OUTSIDE = "Staat buiten de organisatie"
READING = (("check",), ("build",), ("show", "org"), ("list", "roles"), ("who-decides", "role"))


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    builder = Builder.make(tmp_path / "buurt")
    builder.commit(ORGANISATION)
    return builder


def site_of(builder: Builder) -> Path:
    return builder.root / "site"


KEPT = ".git/orgcode"
"""What is kept of earlier runs may change at any time."""


def everything_in(folder: Path) -> str:
    return "".join(
        file.read_bytes().decode(errors="replace")
        for file in sorted(folder.rglob("*"))
        if KEPT not in file.relative_to(folder).as_posix()
        if file.is_file()
    )


@pytest.mark.parametrize(
    "path",
    [
        "roles/vreemd.yaml",
        "roles/kok.yaml",
        "people/sara.yaml",
        "pages/vreemd.md",
        "assets/vreemd.png",
        "org.yaml",
    ],
)
@pytest.mark.parametrize("by_git", [False, True])
def test_a_symbolic_link_is_a_finding_and_never_followed(
    builder: Builder, tmp_path: Path, path: str, by_git: bool
) -> None:
    outside = tmp_path / "outside"
    outside.write_text(f"name: {OUTSIDE}\ncircle: keuken\npurpose: {OUTSIDE}\n")
    link = builder.root / path
    link.unlink(missing_ok=True)
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(outside)
    at: tuple[str, ...] = ()
    if by_git:
        builder.commit()
        at = ("--at", "HEAD")
    answer = orgcode("check", "--format", "json", *at, folder=builder.root)
    assert answer.code == 1
    assert (path, "unreadable-file") in {(f.path, f.rule) for f in findings(answer)}
    for command in READING:
        said = orgcode(*command, *at, folder=builder.root)
        assert OUTSIDE not in said.out + said.err
    assert OUTSIDE not in everything_in(site_of(builder))


def test_a_folder_that_is_a_link_is_not_entered(builder: Builder, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/vreemd.yaml").write_text(f"title: {OUTSIDE}\ncircle: keuken\ntext: a\n")
    (builder.root / "agreements").symlink_to(tmp_path / "outside")
    for command in READING:
        said = orgcode(*command, folder=builder.root)
        assert OUTSIDE not in said.out + said.err
    assert OUTSIDE not in everything_in(site_of(builder))


def test_a_submodule_is_a_finding(builder: Builder) -> None:
    commit = builder.git("rev-parse", "HEAD")
    builder.git("update-index", "--add", "--cacheinfo", f"160000,{commit},roles/vreemd.yaml")
    builder.git("commit", "-q", "-m", "x")
    for command in READING:
        orgcode(*command, "--at", "HEAD", folder=builder.root)
    found = findings(orgcode("check", "--format", "json", "--at", "HEAD", folder=builder.root))
    assert ("roles/vreemd.yaml", "unreadable-file") in {(f.path, f.rule) for f in found}


@pytest.mark.parametrize("path", ["org.yaml", "roles/kok.yaml", "pages/welkom.md"])
def test_a_folder_named_like_a_file_is_a_finding(builder: Builder, path: str) -> None:
    (builder.root / path).unlink(missing_ok=True)
    builder.write(f"{path}/kok.yaml", "name: Kok\n")
    for command in READING:
        orgcode(*command, folder=builder.root)
    found = findings(orgcode("check", "--format", "json", folder=builder.root))
    assert any(f.path.startswith(path) for f in found)


def test_a_pipe_is_not_waited_for(builder: Builder) -> None:
    os.mkfifo(builder.root / "roles/pijp.yaml")
    found = findings(orgcode("check", "--format", "json", folder=builder.root))
    assert ("roles/pijp.yaml", "unreadable-file") in {(f.path, f.rule) for f in found}


def no_folder(root: Path) -> None:
    shutil.rmtree(root)
    root.mkdir()


def empty_repository(root: Path) -> None:
    no_folder(root)
    Builder.make(root)


def bare(root: Path) -> None:
    builder = Builder(root)
    builder.git("clone", "-q", "--bare", ".", "../bare")
    shutil.rmtree(root)
    (root.parent / "bare").rename(root)


def sha256(root: Path) -> None:
    shutil.rmtree(root / ".git")
    Builder.make(root, "--object-format=sha256").commit()


def garbled_configuration(root: Path) -> None:
    (root / ".git/config").write_bytes(b"[core\n\x1b[31m")


def no_objects(root: Path) -> None:
    shutil.rmtree(root / ".git/objects")


UNUSABLE: tuple[Callable[[Path], None], ...] = (
    no_folder,
    empty_repository,
    bare,
    sha256,
    garbled_configuration,
    no_objects,
)


@pytest.mark.parametrize("spoil", UNUSABLE)
def test_an_unusable_repository_is_said_to_be(
    builder: Builder, spoil: Callable[[Path], None]
) -> None:
    spoil(builder.root)
    for command in READING:
        answer = orgcode(*command, folder=builder.root)
        assert answer.code == 2
        assert answer.out == ""
        lines = answer.err.splitlines()
        assert len(lines) == 2
        assert lines[0].startswith("orgcode: ")
        assert lines[1].strip().endswith(".")
        assert "\x1b" not in answer.err
    assert not site_of(builder).exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_repository_of_somebody_else_is_not_trusted() -> None:
    with shared_folder() as folder:
        builder = Builder.make(folder / "buurt")
        builder.commit(ORGANISATION)
        give_to_nobody(builder.root)
        for command in READING:
            answer = orgcode(*command, folder=builder.root)
            assert answer.code == 2
            assert "safe.directory" in answer.err


@pytest.mark.parametrize("at", ["-x", "--output=x", "HEAD~9", "a..b", "0" * 40, ":/x", "\x1b"])
def test_a_revision_that_is_none_is_said_to_be(builder: Builder, at: str) -> None:
    answer = orgcode("check", f"--at={at}", folder=builder.root)
    assert answer.code == 2
    assert "\x1b" not in answer.err


def test_ids_do_not_lead_out_of_the_output_folder(builder: Builder, tmp_path: Path) -> None:
    names = ("..", "...", "a..b", "..%2f..%2fx", "%2e%2e", "CON", "index", "404", "-rf", "~")
    for name in names:
        builder.write(f"roles/{name}.yaml", "name: x\ncircle: keuken\npurpose: x\n")
        builder.write(f"pages/{name}.md", "# x\n")
    for name in ("../../x", "..\\x", "/etc/x", "index", "kok"):
        builder.write(
            "policies/afwas.yaml",
            f"title: x\ncircle: keuken\ntext: x\naliases: ['{name}']\n",
        )
        before = {path for path in tmp_path.rglob("*") if not path.is_relative_to(builder.root)}
        out = tmp_path / "out" / "site"
        orgcode("build", "--output", str(out), folder=builder.root)
        assert (out / "index.html").exists()
        after = {
            path
            for path in tmp_path.rglob("*")
            if not path.is_relative_to(builder.root) and not path.is_relative_to(out.parent)
        }
        assert after <= before
        assert [path.name for path in out.parent.iterdir()] == ["site"]


@pytest.mark.parametrize("output", [".", "roles", ".git", "..", "site/../..", "README.md"])
def test_no_folder_with_something_else_in_it_is_built_over(builder: Builder, output: str) -> None:
    builder.write("README.md", "Mijn tekst\n")
    before = everything_in(builder.root)
    answer = orgcode("build", "--output", output, folder=builder.root)
    assert answer.code == 2
    assert everything_in(builder.root) == before


def test_a_build_that_is_killed_leaves_the_old_site(builder: Builder) -> None:
    orgcode("build", folder=builder.root)
    old = everything_in(site_of(builder))
    for number in range(150):
        builder.write(f"roles/r{number}.yaml", "name: x\ncircle: keuken\npurpose: x\n")
    begun = subprocess.Popen(
        [*START, "--now", DAY, "build"],
        cwd=builder.root,
        env=quiet_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while begun.poll() is None and not list(builder.root.glob(".*site*")):
        sleep(0.005)
    begun.send_signal(signal.SIGKILL)
    begun.wait()
    assert begun.returncode == -signal.SIGKILL
    assert everything_in(site_of(builder)) == old
    assert orgcode("build", folder=builder.root).code == 0
    assert (site_of(builder) / "roles/r149.html").exists()
    assert not list(builder.root.glob(".*site*"))


@pytest.mark.skipif(os.geteuid() != 0, reason="root becomes somebody who may not read")
def test_a_file_that_may_not_be_read_is_a_finding() -> None:
    with shared_folder() as folder:
        builder = Builder.make(folder / "buurt")
        builder.commit(ORGANISATION)
        give_to_nobody(builder.root)
        (builder.root / "roles/kok.yaml").chmod(0)
        done = subprocess.run(
            [sys.executable, "-c", _AS_NOBODY, "--now", DAY, "check"],
            cwd=builder.root,
            env={**quiet_environment(), "HOME": "/nonexistent", "GIT_CONFIG_GLOBAL": "/dev/null"},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        assert b"roles/kok.yaml:1:1: error" in done.stdout
        assert b"roles/kok.yaml" in done.stdout
        assert b"Traceback" not in done.stderr


_AS_NOBODY = """
from orgcode.cli.main import main
import orgcode.actions.check, orgcode.cli.check, orgcode.reporting.findings, encodings.idna
import os
os.setgroups([])
os.setuid(65534)
main()
"""
