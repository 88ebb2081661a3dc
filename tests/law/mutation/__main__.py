"""Try mutants of the law: `python -m tests.law.mutation [MODULE...]`, of all modules or some;
`--listed` tries those again that are listed as survivors.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.law.mutation.trying import Fate, Tried, tell, tried

MODULES = (
    *("needs", "deciding", "voices", "form", "judge", "methods.advice", "methods.consensus"),
    *("methods.consent", "methods.role", "methods.stuck", "methods.vote", "methods.waiting"),
    *("ballot", "assurance", "clock", "electorate", "case", "matching", "keeping", "recording"),
    *("shares", "signers", "verdict", "evidence"),
)
"""The judging part of the law. What words a judgement is told in (`voicing`, `sentences`) and what
only shows the law (`who_decides`, `authority`, `binding`, `shifts` and the like) is not in it."""
LISTED = Path(__file__).parent / "survivors.md"
LEAST = 0.9


def main(asked: Sequence[str]) -> int:
    """Tell what became of them; 1 if too many survived, or one that is not listed."""
    names = [name for name in asked if name != "--listed"] or MODULES
    if unknown := sorted(set(names) - set(MODULES)):
        tell(f"No module of the law to try: {', '.join(unknown)}.")
        return 2
    listed = _listed()
    is_again = "--listed" in asked
    found = tried(names, listed if is_again else None)
    _tell_figures(found, names)
    survivors = {one.mutant.name for one in found if one.fate == "survived"}
    for name in sorted(survivors - listed):
        tell(f"survived, and is not listed: {name}")
    for name in sorted(_of(listed, names) - survivors):
        tell(f"is listed, and did not survive: {name}")
    is_enough = is_again or len(survivors) <= (1 - LEAST) * len(found)
    return 0 if is_enough and survivors == _of(listed, names) else 1


def _tell_figures(found: Sequence[Tried], names: Iterable[str]) -> None:
    tell("\n| module | mutants | killed | timed out | survived |\n|---|---|---|---|---|")
    for name in names:
        tell(_row(name, Counter(one.fate for one in found if one.module == name)))
    tell(_row("all", Counter(one.fate for one in found)))


def _row(name: str, fates: Counter[Fate]) -> str:
    return (
        f"| {name} | {fates.total()} | {fates['killed']} | {fates['timed out']} "
        f"| {fates['survived']} |"
    )


def _listed() -> set[str]:
    lines = LISTED.read_text(encoding="utf-8").splitlines()
    return {line[3:-1] for line in lines if line.startswith("- `") and line.endswith("`")}


def _of(listed: set[str], names: Iterable[str]) -> set[str]:
    modules = set(names)
    return {name for name in listed if name.partition(" ")[0] in modules}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
