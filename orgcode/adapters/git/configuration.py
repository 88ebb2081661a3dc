"""The git configuration of whoever runs orgcode; never that of a repository unless asked for."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pygit2


def user_setting(name: str, *, before: Path | None = None) -> str | None:
    """A setting such as `user.name`: from the file `before`, the user's own, or the computer's."""
    for file in (*([before] if before else []), *_files()):
        try:
            if file.is_file() and (value := pygit2.Config(str(file))[name]):
                return str(value)
        except (KeyError, OSError, ValueError, pygit2.GitError):
            continue
    return None


def user_folder() -> Path | None:
    """Where git's other files of the user are, such as `ignore`."""
    try:
        return Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config").expanduser() / "git"
    except RuntimeError:
        return None


def _files() -> Iterator[Path]:
    named = os.environ.get("GIT_CONFIG_GLOBAL")
    if named is not None:
        yield Path(named)
    else:
        with contextlib.suppress(RuntimeError):
            yield Path("~/.gitconfig").expanduser()
        if folder := user_folder():
            yield folder / "config"
    if os.environ.get("GIT_CONFIG_NOSYSTEM", "").lower() not in ("1", "true", "yes", "on"):
        yield Path("/etc/gitconfig")
