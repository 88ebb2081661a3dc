"""Whose decision it is: the people of an electorate, each with the reason.

Rule 7 of the law: active people whose membership votes, each once; who is away is not counted
unless they respond; who is recused responds without being counted. Rule 8: nobody is nobody. An
electorate emptied by vacancy or recusal passes to the members of the parent circle, on to those of
the anchor, on to all; if recusal would empty even that, it lapses.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Literal, NamedTuple

from orgcode.changes.stands import parent_of
from orgcode.law.affected import Group, Reasons, gather, holder_of, member_of
from orgcode.model.entities import Way
from orgcode.model.message import message
from orgcode.model.org import Org
from orgcode.model.postings import is_away

PassedTo = Literal["parent", "anchor", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Electorate:
    """Who decides, as of a day. All ids are sorted."""

    people: tuple[str, ...] = ()
    """Those who are counted."""
    away: tuple[str, ...] = ()
    """Those who are counted only if they respond."""
    recused: tuple[str, ...] = ()
    """Those who may respond and are not counted."""
    passed_to: PassedTo | None = None
    """To whom it passed because nobody was there; None: it did not."""
    recusal_lapsed: bool = False
    """Whether those who were to be recused are counted after all, for want of others."""
    unnamed: tuple[str, ...] = ()
    """Groups that cannot be named before there is a change: `subject`, `affected`."""
    say_why: Callable[[], Reasons] = field(default=dict, repr=False, compare=False)

    @property
    def reasons(self) -> Reasons:
        """Why each of these is in it; worked out for whoever asks."""
        return self.say_why()


def electorate(
    org: Org,
    way: Way,
    circle_id: str,
    *,
    subjects: Collection[str] | None = (),
    affected: Collection[str] | None = (),
    proposer: str | None = None,
) -> Electorate:
    """The electorate of a way of deciding, for a change that stands in that circle.

    `subjects` are the people whom the change is about, `affected` whom it concerns; None where
    that is not known yet: then those groups are left unnamed, and nothing passes on.
    """
    unnamed = tuple(
        name
        for name, people in (("subject", subjects), ("affected", affected))
        if people is None and name in way.of
    )
    recused = frozenset(subjects or ()) if "subject" in way.recuse else frozenset()
    if proposer is not None and "proposer" in way.recuse:
        recused |= {proposer}
    found = _count(
        org, way, circle_id, subjects or (), affected or (), recused, is_open=bool(unnamed)
    )
    if found is None:
        return Electorate()
    counted = sorted(found.people)
    away = _away(org)
    return Electorate(
        people=tuple(person for person in counted if person not in away),
        away=tuple(person for person in counted if person in away),
        recused=tuple(sorted(found.excused)),
        passed_to=found.passed_to,
        recusal_lapsed=found.lapsed,
        unnamed=unnamed,
        say_why=partial(_reasons, org, found),
    )


class Electorates:
    """Electorates as far as they can be named before there is a change; each counted once."""

    def __init__(self, org: Org) -> None:
        self._org = org

    def of(self, way: Way, circle_id: str, affected: Collection[str] | None = None) -> Electorate:
        """The electorate of a way of deciding in a circle; `affected` are those known to be."""
        org = self._org
        if "affected" in way.of:
            return electorate(org, way, circle_id, subjects=None, affected=affected)
        return org.kept(
            f"law.electorate:{self.name(way, circle_id)}",
            lambda: electorate(org, way, circle_id, subjects=None),
        )

    def everybody(
        self, way: Way, circle_id: str, affected: Collection[str] | None = None
    ) -> frozenset[str]:
        """The people of the electorate, also those who are away today."""
        if "affected" in way.of:
            return self._everybody(way, circle_id, affected)
        return self._org.kept(
            f"law.everybody:{self.name(way, circle_id)}",
            lambda: self._everybody(way, circle_id, None),
        )

    def name(self, way: Way, circle_id: str) -> str:
        """A name that electorates have in common if they are the same for being written alike:
        in every circle, where no word speaks of the circle and nobody passes on.
        """
        written = repr(way.of)
        if self._org.kept(f"law.anywhere:{written}", lambda: self._is_anywhere(way)):
            return written
        return f"{written}@{circle_id}"

    def _everybody(
        self, way: Way, circle_id: str, affected: Collection[str] | None
    ) -> frozenset[str]:
        is_open = "subject" in way.of or ("affected" in way.of and affected is None)
        found = _count(self._org, way, circle_id, (), affected or (), frozenset(), is_open=is_open)
        return found.people if found else frozenset()

    def _is_anywhere(self, way: Way) -> bool:
        if any(of in _OF_CIRCLE or of.startswith("core:") for of in way.of):
            return False
        return "subject" in way.of or bool(_voting(self._org, _named(self._org, way, "", (), ())))


def voters(org: Org) -> frozenset[str]:
    """Ids of the active people whose membership votes."""
    return org.kept("law.voters", lambda: frozenset(org.voters))


def _away(org: Org) -> frozenset[str]:
    return org.kept(
        "law.away",
        lambda: frozenset(
            path[len("people/") : -len(".yaml")]
            for path, note in org.notes_under("person.away", "")
            if is_away(note, org.today)
        ),
    )


_OF_CIRCLE = frozenset({"members", "parent-members", "affected"})
"""Words of `of` that name other people in another circle; so does each `core:`."""


def groups(
    org: Org,
    of: str,
    circle_id: str,
    subjects: Collection[str] = (),
    affected: Collection[str] = (),
) -> Iterator[Group]:
    """The people that one word of `of` names, whether they vote or not, with the reason."""
    word, _, id = of.partition(":")
    circle = org.circles.get(circle_id)
    anchor = org.anchor or ""
    if word == "members":
        yield org.members(circle_id), partial(member_of, org, circle_id)
    elif word == "parent-members":
        if circle is not None and circle_id != anchor:
            parent = parent_of(org, circle)
            yield org.members(parent), partial(member_of, org, parent)
    elif word == "anchor-members":
        yield org.members(anchor), partial(member_of, org, anchor)
    elif word == "all":
        yield org.voters, lambda: message("takes part in the organisation")
    elif word == "affected":
        yield affected, lambda: message("is affected")
    elif word == "subject":
        yield subjects, lambda: message("is the person concerned")
    elif word == "circle":
        yield org.members(id), partial(member_of, org, id)
    else:
        role = org.every_role.get(id if word == "role" else f"{circle_id}/{id}")
        if role is not None and role.is_live(org.today):
            holders = [holding.person for holding in org.holders(role)]
            yield holders, partial(holder_of, org, role)


class _Count(NamedTuple):
    """Who is counted at the first stage that has anybody, and who is excused there."""

    people: frozenset[str]
    excused: frozenset[str]
    groups: tuple[Group, ...]
    passed_to: PassedTo | None
    lapsed: bool


def _count(
    org: Org,
    way: Way,
    circle_id: str,
    subjects: Collection[str],
    affected: Collection[str],
    recused: frozenset[str],
    *,
    is_open: bool,
) -> _Count | None:
    """`is_open`: not everybody can be named yet, so that being empty passes nothing on."""
    for excused in (recused, frozenset[str]()):
        for passed_to, found in _stages(org, way, circle_id, subjects, affected):
            voting = _voting(org, found)
            if voting - excused or is_open:
                return _Count(
                    people=voting - excused,
                    excused=voting & excused,
                    groups=found,
                    passed_to=passed_to,
                    lapsed=excused != recused,
                )
    return None


def _stages(
    org: Org, way: Way, circle_id: str, subjects: Collection[str], affected: Collection[str]
) -> Iterator[tuple[PassedTo | None, tuple[Group, ...]]]:
    """The electorate as written, then those to whom it passes while it is empty."""
    yield None, _named(org, way, circle_id, subjects, affected)
    yield "parent", tuple(groups(org, "parent-members", circle_id))
    yield "anchor", tuple(groups(org, "anchor-members", circle_id))
    yield "all", tuple(groups(org, "all", circle_id))


def _named(
    org: Org, way: Way, circle_id: str, subjects: Collection[str], affected: Collection[str]
) -> tuple[Group, ...]:
    return tuple(g for of in way.of for g in groups(org, of, circle_id, subjects, affected))


def _voting(org: Org, found: Iterable[Group]) -> frozenset[str]:
    return voters(org).intersection(chain.from_iterable(people for people, _ in found))


def _reasons(org: Org, found: _Count) -> Reasons:
    voting = voters(org)
    return gather(([p for p in people if p in voting], why) for people, why in found.groups)
