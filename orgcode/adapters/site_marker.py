"""The file by which orgcode knows a folder as a site of its own, and everything in it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

MARKER = ".orgcode-site"
_FORMAT = 1
_DROPPINGS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What file managers leave in any folder that somebody looks at."""


def marker_content(paths: Iterable[str]) -> bytes:
    """What the marker says of a site with these files."""
    record = {"orgcode_site": _FORMAT, "files": sorted(paths)}
    return json.dumps(record, indent=0, ensure_ascii=True).encode() + b"\n"


def foreign_path(folder: Path) -> str | None:
    """A path in the folder that no marker lists as part of a site; None where all is a site's.

    An empty folder holds nothing foreign. A marker that cannot be read lists nothing.
    """
    listed = {MARKER, *_listed(folder / MARKER)}
    return next(
        (
            path
            for path in _paths_in(folder)
            if path not in listed and path.rpartition("/")[2] not in _DROPPINGS
        ),
        None,
    )


def remove_site(folder: Path) -> None:
    """Remove a folder in which nothing is foreign: the marker goes last, so that a removal that
    is cut short can be recognised and finished.
    """
    for current, folders, files in os.walk(folder, topdown=False):
        is_top = Path(current) == folder
        for name in files:
            if not (is_top and name == MARKER):
                os.unlink(f"{current}/{name}")  # noqa: PTH108 - several times faster
        for name in folders:
            if os.path.islink(f"{current}/{name}"):  # noqa: PTH114 - likewise
                os.unlink(f"{current}/{name}")  # noqa: PTH108 - likewise
        if not is_top:
            Path(current).rmdir()
    (folder / MARKER).unlink(missing_ok=True)
    folder.rmdir()


def _listed(marker: Path) -> Iterator[str]:
    try:
        if marker.is_symlink():
            return
        record = json.loads(marker.read_bytes())
    except (OSError, ValueError, RecursionError):
        return
    if isinstance(record, dict) and record.get("orgcode_site") == _FORMAT:
        files = record.get("files")
        yield from (path for path in files if isinstance(path, str)) if files else ()


def _paths_in(folder: Path) -> Iterator[str]:
    """Every path that is no folder; a link to a folder is a path and not entered."""
    pending = [""]
    while pending:
        prefix = pending.pop()
        with os.scandir(folder / prefix) as scan:
            for item in scan:
                if item.is_dir(follow_symlinks=False):
                    pending.append(f"{prefix}{item.name}/")
                else:
                    yield prefix + item.name
