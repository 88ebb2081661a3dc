"""The ids of a whole history: a name that has one keeps it, whatever comes and goes beside it.

1. The newest state of the source comes first. Its names get the ids that they get when it is
   imported alone, so that both imports end alike.
2. Then come the names that only earlier states have, in the order in which they appear. What would
   get an id that is taken gets digits behind it, as `ids.py` makes them.
3. Where a number proves that two names are of the same thing (that of an account, whose login was
   changed), it has one id, that of its newest name; unless the newest state has both names.
4. What is known by its own name alone as long as nothing else has it (a subproject) keeps that id
   through all groups in which it is in turn; but what is ever called so beside it has another.
5. Capitals that change make no difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from orgcode.adapters.importers.ids import assign_ids

Name = tuple[str, ...]
Spell = Callable[[Name], str]


class Claim(NamedTuple):
    """A name that occurs in a source: `space` is what it is told apart within, such as people."""

    space: str
    name: Name
    proof: str | None = None
    """What is the same for all names of one thing."""
    short: str | None = None
    """What it would be called, were nothing else called so."""


class Ids:
    """Gives the names of one state their ids, as if there were no other."""

    def assign(
        self,
        space: str,  # noqa: ARG002 (a register asks)
        names: Iterable[Name],
        spell: Spell = "-".join,
    ) -> Mapping[Name, str]:
        """The id of each name."""
        return assign_ids(names, spell)

    def is_alone(self, name: Name) -> bool | None:  # noqa: ARG002 (so too)
        """Whether a name can go by its short one; None where the state decides."""
        return None


class Register(Ids):
    """Gives names their ids once for a whole history.

    First `note` the claims of the newest state and have it converted; then `note` those of every
    other, and `settle`; then convert all others, the oldest first.
    """

    def __init__(self) -> None:
        self._ids: dict[str, dict[Name, str]] = defaultdict(dict)
        self._alone: dict[Name, bool] = {}
        self._proofs: dict[tuple[str, Name], dict[str, None]] = {}
        self._shorts: dict[str, dict[Name, None]] = defaultdict(dict)
        self._beside: dict[Name, set[Name]] = defaultdict(set)
        self._newest: dict[tuple[str, Name], Name] = {}
        self._folded: dict[tuple[str, Name], Name] = {}

    def note(self, claims: Iterable[Claim]) -> None:
        """Hear of what occurs together in one state, or in the files that came with it."""
        here: dict[str, list[Name]] = defaultdict(list)
        for claim in claims:
            if claim.proof:
                proofs = self._proofs.pop((claim.space, claim.name), {})
                self._proofs[claim.space, claim.name] = {**proofs, claim.proof: None}
            if claim.short:
                here[claim.short.lower()].append(claim.name)
        is_newest = not self._alone
        for short, names in here.items():
            for name in names:
                self._shorts[short][name] = None
                self._beside[name].update(other for other in names if other != name)
                if is_newest:
                    self._alone[name] = len(names) == 1

    def settle(self) -> None:
        """All has been heard: decide which names are of the same thing, and which are alone."""
        self._link()
        for names in self._shorts.values():
            for name in names:
                if name not in self._alone:
                    beside = self._beside[name]
                    self._alone[name] = not any(
                        len(other) == 1 or self._alone.get(other) for other in beside
                    )

    def assign(
        self, space: str, names: Iterable[Name], spell: Spell = "-".join
    ) -> Mapping[Name, str]:
        """The id of each name: the one that it has already, or a new one."""
        given = self._ids[space]
        meant = {name: self._newest.get((space, name), name) for name in names}
        here = set(meant.values())
        self._follow_capitals(space, here)
        new = [name for name in dict.fromkeys(meant.values()) if name not in given]
        if new:
            given.update(assign_ids(new, spell, frozenset(given.values())))
            for name in new:
                self._folded.setdefault((space, _fold(name)), name)
        return {name: given[same] for name, same in meant.items()}

    def is_alone(self, name: Name) -> bool | None:
        """Whether a name goes by its short one, in all states."""
        return self._alone.get(name)

    @property
    def joined(self) -> int:
        """How many names are of something that has another name by now."""
        return len(self._newest)

    def _follow_capitals(self, space: str, here: set[Name]) -> None:
        """Names that differ by capitals alone are of one thing, unless they stand side by side."""
        given = self._ids[space]
        for name in sorted(here):
            twin = self._folded.get((space, _fold(name)), name)
            if twin == name:
                continue
            if twin not in here:
                given.setdefault(name, given[twin])
            elif given.get(name) == given[twin]:
                del given[name]

    def _link(self) -> None:
        """A name that several things had in turn proves nothing."""
        groups: dict[tuple[str, str], list[Name]] = defaultdict(list)
        for (space, name), proofs in self._proofs.items():
            if len(proofs) == 1:
                groups[space, next(iter(proofs))].append(name)
        for (space, _), names in groups.items():
            now = [name for name in names if name in self._ids[space]]
            if len(now) < 2:
                newest = (now or names)[-1]
                for name in names:
                    if name != newest:
                        self._newest[space, name] = newest


def _fold(name: Name) -> Name:
    return tuple(part.lower() for part in name)
