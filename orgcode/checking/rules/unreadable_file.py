"""Ensure that every file of the organisation can be opened.

A file that is too large (one mebibyte, or thousands upon thousands of values) is not read, nor one
that the present user may not open. Where a link, another repository or a folder stands in the
place of a file, it is not followed: what counts must be in this repository, for everybody to see
and for its history to keep. Put an ordinary file there.

Wrong:

    # people/sara.yaml, a link  # <-- here

    # pages/welcome.md, a link  # <-- here

Right:

    # people/sara.yaml
    name: Sara
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.flaws import flaws_of
from orgcode.checking.rule import Group, Subject
from orgcode.model.facts import is_known
from orgcode.model.finding import Problem, Severity
from orgcode.model.links import is_page
from orgcode.model.message import message
from orgcode.model.org import Org
from orgcode.model.snapshot import FOLDER, LINK, SUBMODULE, Unreadable

SEVERITY: Severity = "error"
GROUP: Group = "text"
FOR: tuple[Subject, ...] = ("flawed-file", "other-path")


def check(org: Org, path: str) -> Iterator[Problem]:
    """Pass on what was found while reading, and look at a file that is not read."""
    if path in org.files:
        yield from flaws_of(org, path, "unreadable-file")
    elif not is_known(path):
        return
    elif org.snapshot.entries[path].mode in (LINK, SUBMODULE, FOLDER):
        yield Problem(
            path=path,
            cause=message("{path} is no ordinary file.", path=path),
            way_out=message(
                "Put the file itself here; links, other repositories and folders are not followed."
            ),
        )
    elif is_page(path) and isinstance(org.snapshot.read(path), Unreadable):
        yield Problem(
            path=path,
            cause=message("{path} cannot be read.", path=path),
            way_out=message("Make it smaller than 1 MiB, and let everybody read it."),
        )
