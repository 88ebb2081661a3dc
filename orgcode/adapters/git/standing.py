"""Where one stands: the repository, and the commit that is checked out, as far as that can be told
from a few small files. Git's library takes long to start; mostly what is kept is all that is asked.
"""

from __future__ import annotations

import os
import re
import stat
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orgcode.adapters.git.repository import Repository

_ID = re.compile(r"[0-9a-f]{40}\Z")
_BRANCH = re.compile(r"ref: (refs/heads/[A-Za-z0-9][A-Za-z0-9._/-]*)\Z")
_MOST = 1 << 20


class Standing:
    """The repository in which a folder lies; opened only when it is really needed.

    Whatever is out of the ordinary (another owner, a linked working tree, a bare repository) is
    left to `find`, which opens it at once, or says why not.
    """

    def __init__(self, start: Path) -> None:
        self._start = start
        self._quick = _ordinary(start)
        if self._quick is None:
            self.repository  # noqa: B018 (opened here, or refused)

    @cached_property
    def repository(self) -> Repository:
        """The repository itself."""
        from orgcode.adapters.git.repository import find

        return find(self._start)

    @property
    def root(self) -> Path:
        """The folder of the organisation; raises `OrgcodeError` for a bare repository."""
        return self._quick or self.repository.root

    @property
    def git_folder(self) -> Path:
        """Where git keeps what it knows of this working tree."""
        return self._quick / ".git" if self._quick else self.repository.git_folder

    @property
    def common_folder(self) -> Path:
        """Where git keeps what it knows of the repository, whichever working tree this is."""
        return common_folder(self.git_folder)

    @property
    def cut_off(self) -> frozenset[str]:
        """The commits at which this clone ends, if it is shallow."""
        return frozenset(_text(self.common_folder / "shallow").split())

    def head(self) -> str:
        """The id of the commit that is checked out."""
        quick = _checked_out(self.git_folder) if self._quick else None
        return quick or self.repository.id_of("HEAD")


def common_folder(git_folder: Path) -> Path:
    """Where git keeps what all working trees of a repository share."""
    named = git_folder / "commondir"
    if not named.is_file():
        return git_folder
    folder = (git_folder / named.read_text("utf-8", "surrogateescape").strip()).resolve()
    return folder if (folder / "objects").is_dir() else git_folder


def _ordinary(start: Path) -> Path | None:
    """The top folder of an ordinary repository that belongs to whoever asks, in which an
    organisation stands; None for any other.
    """
    try:
        folder = start.resolve(strict=True)
        for root in (folder, *folder.parents):
            if os.path.lexists(root / ".git"):
                break
            if os.path.lexists(root / "HEAD"):
                return None
        found, top = os.lstat(root / ".git"), os.lstat(root)
        is_ours = found.st_uid == top.st_uid == os.geteuid()
        is_whole = os.path.lexists(root / "org.yaml") and not os.path.lexists(
            root / ".git/commondir"
        )
    except (OSError, RuntimeError, ValueError):
        return None
    return root if stat.S_ISDIR(found.st_mode) and is_ours and is_whole else None


def _checked_out(git_folder: Path) -> str | None:
    """The commit of the branch that HEAD names, where that is plain to see."""
    head = _text(git_folder / "HEAD").strip()
    branch = _BRANCH.match(head)
    if branch and ".." not in head:
        head = _text(git_folder / branch[1]).strip()
    return head if _ID.match(head) else None


def _text(file: Path) -> str:
    """A small ordinary file as it is; empty where it is anything else."""
    try:
        found = os.lstat(file)
        if not stat.S_ISREG(found.st_mode) or found.st_size > _MOST:
            return ""
        return file.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return ""
