"""The commit that is checked out is found without git's library where all is ordinary, and rightly
everywhere else.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from orgcode.adapters.git.standing import Standing
from orgcode.model.errors import OrgcodeError
from tests.builder import Builder
from tests.cli.conftest import START, quiet_environment


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    made = Builder.make(tmp_path / "org")
    made.commit({"org.yaml": "name: A\n", "roles/kok.yaml": "name: Kok\n"})
    made.commit({"org.yaml": "name: B\n"})
    return made


def _as_it_is(builder: Builder) -> Path:
    return builder.root


def _below(builder: Builder) -> Path:
    return builder.root / "roles"


def _detached(builder: Builder) -> Path:
    builder.git("checkout", "-q", "HEAD~1")
    return builder.root


def _packed(builder: Builder) -> Path:
    builder.git("pack-refs", "--all")
    return builder.root


def _on_a_tag(builder: Builder) -> Path:
    builder.git("tag", "-a", "-m", "Tag", "v1", "HEAD~1")
    builder.git("checkout", "-q", "v1")
    return builder.root


def _odd_branch(builder: Builder) -> Path:
    builder.git("checkout", "-q", "-b", "feature/één")
    builder.commit({"org.yaml": "name: C\n"})
    return builder.root


def _linked(builder: Builder) -> Path:
    builder.git("worktree", "add", "-q", "../linked", "HEAD~1")
    return builder.root.parent / "linked"


def _bare(builder: Builder) -> Path:
    builder.git("clone", "-q", "--bare", ".", "../bare.git")
    return builder.root.parent / "bare.git"


@pytest.mark.parametrize(
    "arrange",
    [_as_it_is, _below, _detached, _packed, _on_a_tag, _odd_branch, _linked, _bare],
    ids=lambda arrange: arrange.__name__.strip("_"),
)
def test_it_is_what_git_says(builder: Builder, arrange: Callable[[Builder], Path]) -> None:
    folder = arrange(builder)
    standing = Standing(folder)
    assert standing.head() == Builder(folder).git("rev-parse", "HEAD")
    assert (
        standing.common_folder.resolve()
        == (folder / Builder(folder).git("rev-parse", "--git-common-dir")).resolve()
    )


def test_where_there_is_no_repository_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(OrgcodeError):
        Standing(tmp_path)
    with pytest.raises(OrgcodeError):
        Standing(tmp_path / "absent")


def test_without_a_commit_it_says_so(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path / "org")
    builder.write("org.yaml", "")
    with pytest.raises(OrgcodeError) as caught:
        Standing(builder.root).head()
    assert "no commit yet" in caught.value.cause.id


def test_a_link_in_the_place_of_a_branch_is_not_followed(builder: Builder, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("0" * 40)
    branch = builder.root / ".git/refs/heads/main"
    branch.unlink()
    branch.symlink_to(secret)
    with pytest.raises(OrgcodeError):
        Standing(builder.root).head()


def test_many_at_once_get_the_same_answer(builder: Builder) -> None:
    running = [
        subprocess.Popen(
            [*START, "log"],
            cwd=builder.root,
            env=quiet_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(4)
    ]
    answers = {process.communicate(timeout=60) for process in running}
    assert len(answers) == 1, sorted(answers)
