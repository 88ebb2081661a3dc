"""Write down what a server has received (`received` reads it)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from orgcode.adapters.git.branches import Branches
from orgcode.adapters.git.commits import LOG, Commits
from orgcode.adapters.git.committing import Move
from orgcode.adapters.git.folders import EMPTY, Laid
from orgcode.adapters.git.received import Moved
from orgcode.model.digest import canonical_json

ABSENT = "0" * 40
"""What git writes for the id of nothing."""


def note_received(
    branches: Branches,
    commits: Commits,
    moved: Sequence[Moved],
    *,
    organisation: str,
    target: str,
    at: datetime,
    sign: Callable[[bytes], str | None],
) -> None:
    """Add an entry to the log; raises `MovedError` where another was added meanwhile.

    What was received becomes a parent of it, and so is never thrown away.
    """
    line = canonical_json(
        {
            "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "organisation": organisation,
            "refs": [list(each) for each in moved],
            "target": target,
        }
    )
    text = f"Received\n\n{line.decode('utf-8')}\n"
    signature = sign(line)
    if signature is not None:
        text += f"signature: {signature}\n"
    before = branches.tip(LOG)
    kept = [each.new for each in moved if each.new != ABSENT and commits.has(each.new)]
    parents = list(dict.fromkeys([*([before] if before else []), *kept]))
    commit = branches.write_tree(Laid(EMPTY, {EMPTY: b""}), parents, text, at)
    branches.move(Move(LOG, before, commit), text, at)
