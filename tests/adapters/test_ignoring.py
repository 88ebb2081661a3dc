"""What git ignores is left out of the working tree, exactly as git itself would."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgcode.adapters.git.ignoring import is_ignored, read_rules
from tests.builder import Builder


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    return Builder.make(tmp_path / "org")


def listed_by_git(builder: Builder) -> list[str]:
    listed = builder.git("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    files = {path for path in listed.split("\0") if path}
    return sorted(path for path in files if os.path.lexists(builder.root / path))


PATHS = [
    *("a.yaml", "b.pyc", "build/x", "build/deep/y", "doc/build/z", "doc/a.txt", "doc/deep/a.txt"),
    *("doc/deep/er/a.txt", "foo/bar/baz", "foo/x/bar/baz", "foo/barbaz", "[x]", "a*b", "a?b"),
    *("\\a", "#hash", "!bang", "keep.log", "drop.log", "logs/keep.log", "logs/drop.log", "tail "),
    *("trailing", "é/é.txt", ".hidden/x", "-dash", "a+b", "(c)", "a-z", "{1,2}", "foo/deep/y/a/y"),
]


@pytest.mark.parametrize(
    "lines",
    [
        "*.pyc", "build", "build/", "/build", "/build/", "doc/*.txt", "doc/**/a.txt", "**/a.txt",
        "doc/**", "**", "*", "/*", "foo/**/baz", "foo/*/baz", "foo/**bar", "foo**baz", "[x]",
        r"\[x\]", "[[]x]", r"a\*b", "a?b", "a[*?]b", "a[!*]b", "a[^?]b", r"\\a", r"\#hash", "#hash",
        r"\!bang", "!bang", "*.log\n!keep.log", "logs/\n!logs/keep.log", "logs/*\n!logs/keep.log",
        "trailing   ", "tail\\ ", "[a-b].yaml", "[b-a].yaml", "[[:alpha:]].yaml", "[", "[a", "a[",
        "[[:nope:]].yaml", "*[", "\\", "a\\", "/", "//", "***", "a/", "é", "*/é.txt", ".*", "-dash",
        "a+b", "(c)", "{1,2}", "[]-]", "a[]-]z", "a[]+-]b", "**/", "/**/", "**/deep/**", "foo**",
        "doc/**/**/a.txt", "*.txt\n!doc/\n!doc/deep/a.txt", "", " ", "\ta", "*\n!*/\n!*.txt",
        "a[b/c]d", "foo[/]bar", "foo?bar", "foo/bar/", "**foo", "foo/**/**", "*.yaml\r", "!*",
        "**/deep/**/y", "foo/**/y/**/y", "**/y/**", "foo/**/deep/y", "**/x/**/baz",
    ],
)  # fmt: skip
def test_patterns_mean_what_they_mean_to_git(builder: Builder, lines: str) -> None:
    for path in PATHS:
        builder.write(path)
    for folder in ("", "foo/"):
        builder.write(f"{folder}.gitignore", lines + "\n")
        assert list(builder.find().working_tree().entries) == listed_by_git(builder)
        (builder.root / folder / ".gitignore").unlink()


PIECES = ["a", "b", "*", "**", "/", "?", "[ab]", "[!a]", "!", "\\*", "a*", ".", "/**/", "**/", " "]


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), min_size=1, max_size=4),
    st.lists(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), max_size=3),
)
def test_any_patterns_mean_what_they_mean_to_git(
    tmp_path_factory: pytest.TempPathFactory, top: list[str], inner: list[str]
) -> None:
    builder = Builder.make(tmp_path_factory.mktemp("ignoring"))
    for path in (
        "a",
        "b",
        "ab/a",
        "ab/b",
        "ab/ab/a",
        "ba/.a",
        "ba/a.b/ab",
        "ba/aa/a/b",
        "bb/*",
        ".b",
    ):
        builder.write(path)
    builder.write(".gitignore", "\n".join(top))
    builder.write("ba/.gitignore", "\n".join(inner))
    assert list(builder.find().working_tree().entries) == listed_by_git(builder)


def test_what_is_in_the_index_is_never_ignored(builder: Builder) -> None:
    builder.commit({"build/kept.yaml": "", "kept.log": "", "other/deep/kept": ""})
    builder.write(".gitignore", "build/\n*.log\nother\n")
    builder.write("build/left.yaml")
    builder.write("left.log")
    builder.write("other/left")
    expected = [".gitignore", "build/kept.yaml", "kept.log", "other/deep/kept"]
    assert list(builder.find().working_tree().entries) == expected == listed_by_git(builder)


def test_the_users_own_list_and_that_of_the_clone_count(
    builder: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").write_text("*.swp\n")
    (tmp_path / "config").write_text(f"[core]\n\texcludesFile = {tmp_path}/mine\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    builder.write(".git/info/exclude", "/private\n")
    for path in ("a.swp", "private", "public", "deep/private"):
        builder.write(path)
    expected = ["deep/private", "public"]
    assert list(builder.find().working_tree().entries) == expected == listed_by_git(builder)


def test_an_ignore_file_that_is_a_link_or_no_text_is_survived(builder: Builder) -> None:
    (builder.root / ".gitignore").symlink_to("/etc/passwd")
    builder.write("a/.gitignore", b"\xff\xfe\n\xef\xbb\xbf\n\0\n*.x\n")
    builder.write("b/.gitignore", b"\xef\xbb\xbf*.y\n")
    for path in ("a/1.x", "a/2.y", "b/1.x", "b/2.y"):
        builder.write(path)
    expected = [".gitignore", "a/.gitignore", "a/2.y", "b/.gitignore", "b/1.x"]
    assert list(builder.find().working_tree().entries) == expected == listed_by_git(builder)


@pytest.mark.parametrize(
    "pattern", ["*a" * 60 + "b", "a*" * 60 + "b", "**/a/" * 9 + "b", "[!b]*" * 50 + "b"]
)
def test_a_pattern_made_of_stars_takes_no_time(tmp_path: Path, pattern: str) -> None:
    (tmp_path / "ignore").write_text(pattern)
    rules = read_rules(tmp_path / "ignore", "")
    assert rules
    for path in ("a" * 250, "a/" * 300 + "c"):
        assert not is_ignored(path, [rules], is_folder=False)
