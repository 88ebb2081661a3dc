"""Tests of what somebody may not read: root may read everything, so root steps aside."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pygit2
from pygit2.enums import ConfigLevel

NOBODY = 65534
_HOMES = (ConfigLevel.GLOBAL, ConfigLevel.XDG)


@contextmanager
def without_privileges() -> Iterator[None]:
    """Within it, the process has the rights of nobody in particular, even if it was root.

    Root's home is closed to nobody, and git's library remembers it: nobody has none.
    """
    if os.geteuid():
        yield
        return
    homes = {level: pygit2.settings.search_path[level] for level in _HOMES}
    for level in _HOMES:
        pygit2.settings.search_path[level] = "/nonexistent"
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        for level, home in homes.items():
            pygit2.settings.search_path[level] = home


@contextmanager
def shared_folder() -> Iterator[Path]:
    """A folder that others can reach; those that pytest makes are closed to them."""
    folder = Path(tempfile.mkdtemp(prefix="orgcode-test-")).resolve()
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        for current, _, _ in os.walk(folder):
            Path(current).chmod(0o755)
        shutil.rmtree(folder)


def give_to_nobody(folder: Path) -> None:
    """Make nobody the owner of a folder and of everything in it; only root can."""
    for current, _, files in os.walk(folder):
        for name in (".", *files):
            os.chown(Path(current) / name, NOBODY, NOBODY, follow_symlinks=False)
