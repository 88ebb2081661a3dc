"""Under which name a file was there before a commit that brought it in under a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from orgcode.changes.items import likeness

MOST = 100
"""With more files of the same folder taken away at once, only names and equal contents tell."""

Data = Callable[[str, str], object]
"""What the file at a path with a blob says."""


def name_before(path: str, blob: str, gone: Mapping[str, str], data: Data) -> str | None:
    """Which of the files that went in the same commit is the one at `path` now; None if it is new.

    `gone` has the blob of each by its path. A former name among the file's `aliases` tells; else
    the same content, in the same folder before elsewhere; else, in the same folder, the file with
    which it has most pieces in common, if that is at least half of all their pieces.
    """
    folder = path.rpartition("/")[0]
    beside = sorted(other for other in gone if other.rpartition("/")[0] == folder)
    says = data(path, blob)
    for alias in _aliases(says):
        if f"{folder}/{alias}.yaml" in gone:
            return f"{folder}/{alias}.yaml"
    for other in (*beside, *sorted(gone.keys() - set(beside))):
        if gone[other] == blob:
            return other
    if not isinstance(says, Mapping) or len(beside) > MOST:
        return None
    ranked = sorted((-likeness(data(other, gone[other]), says), other) for other in beside)
    return ranked[0][1] if ranked and ranked[0][0] <= -0.5 else None


def _aliases(says: object) -> Sequence[object]:
    aliases = says.get("aliases") if isinstance(says, Mapping) else None
    return aliases if isinstance(aliases, list | tuple) else ()
