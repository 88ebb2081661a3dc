"""A small builder of real git repositories, for the tests of every room."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from orgcode.adapters.git.repository import Repository, find

MOMENT = "2026-01-05T12:00:00Z"
"""When commits are made unless a test says otherwise: the same everywhere, so are their ids."""


@dataclass(frozen=True, slots=True)
class Builder:
    """A folder with a git repository in it."""

    root: Path

    @classmethod
    def make(cls, root: Path, *options: str) -> Builder:
        """A new, empty repository; `options` are those of `git init`."""
        root.mkdir(parents=True, exist_ok=True)
        builder = cls(root)
        builder.git("init", "-q", "-b", "main", *options)
        return builder

    def git(self, *arguments: str, stdin: bytes | None = None, at: str = MOMENT) -> str:
        """What git prints; a failure of git fails the test."""
        environment = {**os.environ, "GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env=environment,
            input=stdin,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout.decode(errors="surrogateescape").rstrip("\n")

    def write(self, path: str, content: str | bytes = "") -> Path:
        """Write one file, and the folders above it."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def commit(
        self,
        files: Mapping[str, str | bytes] | None = None,
        *,
        message: str = "Change",
        at: str = MOMENT,
    ) -> str:
        """Write `files`, commit everything on disk, and give the id of the commit."""
        for path, content in (files or {}).items():
            self.write(path, content)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, at=at)
        return self.git("rev-parse", "HEAD")

    def find(self) -> Repository:
        """The repository as orgcode sees it."""
        return find(self.root)
