"""Whose decision it is: the people of an electorate, each with the reason.

Rule 7 of the law: active people whose membership votes, each once; who is away is not counted
unless they respond; who is recused responds without being counted. Rule 8: nobody is nobody. An
electorate emptied by vacancy or recusal passes to the members of the parent circle, on to those of
the anchor, on to all; if recusal would empty even that, it lapses.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from orgcode.law.affected import Group, gather, holder_of, member_of
from orgcode.law.stands import parent_of
from orgcode.model.entities import Way
from orgcode.model.message import Message, message
from orgcode.model.org import Org

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
    reasons: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)
    """Why each of these is in it."""
    passed_to: PassedTo | None = None
    """To whom it passed because nobody was there; None: it did not."""
    recusal_lapsed: bool = False
    """Whether those who were to be recused are counted after all, for want of others."""
    unnamed: tuple[str, ...] = ()
    """Groups that cannot be named before there is a change: `subject`, `affected`."""


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
    for excused in (recused, frozenset[str]()):
        for passed_to, groups in _stages(org, way, circle_id, subjects or (), affected or ()):
            reasons = gather(
                ([person for person in people if _votes(org, person)], why)
                for people, why in groups
            )
            counted = [person for person in reasons if person not in excused]
            if counted or unnamed:
                return Electorate(
                    people=tuple(p for p in counted if not org.people[p].is_away(org.today)),
                    away=tuple(p for p in counted if org.people[p].is_away(org.today)),
                    recused=tuple(p for p in reasons if p in excused),
                    reasons=reasons,
                    passed_to=passed_to,
                    recusal_lapsed=excused != recused,
                    unnamed=unnamed,
                )
    return Electorate()


class Electorates:
    """Electorates as far as they can be named before there is a change; each counted once."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._kept: dict[tuple[int, str | None], Electorate] = {}

    def of(self, way: Way, circle_id: str, affected: Collection[str] | None = None) -> Electorate:
        """The electorate of a way of deciding in a circle; `affected` are those known to be."""
        if "affected" in way.of:
            return electorate(self._org, way, circle_id, subjects=None, affected=affected)
        everywhere = self._kept.get((id(way), None))
        if everywhere is not None:
            return everywhere
        key: tuple[int, str | None] = (id(way), circle_id)
        if key not in self._kept:
            found = electorate(self._org, way, circle_id, subjects=None)
            if found.passed_to is None and not any(_is_of_circle(of) for of in way.of):
                key = (id(way), None)
            self._kept[key] = found
        return self._kept[key]


def _is_of_circle(of: str) -> bool:
    """Whether a word of `of` names other people in another circle."""
    return of in {"members", "parent-members"} or of.startswith("core:")


def groups(
    org: Org,
    of: str,
    circle_id: str,
    subjects: Iterable[str] = (),
    affected: Iterable[str] = (),
) -> Iterator[Group]:
    """The people that one word of `of` names, whether they vote or not, with the reason."""
    word, _, id = of.partition(":")
    circle = org.circles.get(circle_id)
    anchor = org.anchor or ""
    if word == "members":
        yield org.members(circle_id), member_of(org, circle_id)
    elif word == "parent-members":
        if circle is not None and circle_id != anchor:
            parent = parent_of(org, circle)
            yield org.members(parent), member_of(org, parent)
    elif word == "anchor-members":
        yield org.members(anchor), member_of(org, anchor)
    elif word == "all":
        yield (
            [person.id for person in org.active_people()],
            message("takes part in the organisation"),
        )
    elif word == "affected":
        yield affected, message("is affected")
    elif word == "subject":
        yield subjects, message("is the person concerned")
    elif word == "circle":
        yield org.members(id), member_of(org, id)
    else:
        role = org.every_role.get(id if word == "role" else f"{circle_id}/{id}")
        if role is not None and role.is_live(org.today):
            yield [holding.person for holding in org.holders(role)], holder_of(org, role)


def _stages(
    org: Org, way: Way, circle_id: str, subjects: Collection[str], affected: Collection[str]
) -> Iterator[tuple[PassedTo | None, Iterable[Group]]]:
    """The electorate as written, then those to whom it passes while it is empty."""
    yield None, [g for of in way.of for g in groups(org, of, circle_id, subjects, affected)]
    yield "parent", groups(org, "parent-members", circle_id)
    yield "anchor", groups(org, "anchor-members", circle_id)
    yield "all", groups(org, "all", circle_id)


def _votes(org: Org, person_id: str) -> bool:
    person = org.people.get(person_id)
    return person is not None and org.votes(person)
