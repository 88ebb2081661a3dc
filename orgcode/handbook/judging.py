"""Who judges whom: who can appoint, release, bind and spend, and how the other side answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from msgspec import Struct, field

from orgcode.handbook.addresses import WHO_JUDGES
from orgcode.handbook.book import Book
from orgcode.handbook.deciding import Deciding, gathered
from orgcode.handbook.listing import Entry
from orgcode.law.authority import Deciders, OneSided
from orgcode.law.binding import state
from orgcode.law.sentences import sentence, where_it_stands
from orgcode.model.entities import Circle, Role, Text
from orgcode.model.message import Message, message, messages
from orgcode.rendering.page import Page, Ref, Word

_FEW = 6
"""So many roles or people are named one by one; of more the number is said."""
_ALIKE = 8
"""From so many circles on that are decided alike, they stand together."""
SPENDING = ("authority", "access")
"""Kinds of policy by which somebody may spend, sign or open a door for all."""


class Filling(Struct, frozen=True, kw_only=True):
    """Who appoints and releases the holders of some roles of a circle."""

    roles: tuple[Ref | Message, ...]
    decides: Message
    number: int


class Judged(Struct, frozen=True, kw_only=True):
    """A circle, or several that are alike: who has authority there, and the answers to it."""

    circles: tuple[Ref, ...]
    fills: tuple[Filling, ...]
    binds: tuple[Deciding, ...]
    bound: int
    spends: tuple[Entry, ...]
    answers: tuple[Message, ...]
    is_one_sided: bool


class Arrow(Struct, frozen=True, kw_only=True):
    """People who can appoint or release others, who have no say over them by any rule."""

    by: tuple[Ref | Message, ...]
    over: tuple[Ref | Message, ...]
    circles: tuple[Ref, ...]
    origin: Message


class JudgingView(Struct, frozen=True, kw_only=True):
    """All authority of the organisation, the one-sided first."""

    arrows: tuple[Arrow, ...]
    judged: tuple[Judged, ...]
    alike: bool
    """Whether circles stand together."""
    spending: tuple[Text, ...]
    """What the kinds of policy are called that say who may spend; none: there are none."""
    is_spending_known: bool


def judging_page(book: Book) -> Page:
    """The overview of who judges whom."""
    org = book.org
    circles = [c for c in book.in_order(org.live_circles()) if isinstance(c, Circle)]
    one_sided: dict[str, list[OneSided]] = defaultdict(list)
    for arrow in book.index.one_sided:
        one_sided[arrow.role.circle].append(arrow)
    found = [_Found(book, circle, one_sided.get(circle.id, [])) for circle in circles]
    judged = tuple(_together(found))
    return Page(
        path=WHO_JUDGES,
        template="pages/who-judges.html",
        title=message("Who judges whom"),
        view=JudgingView(
            arrows=tuple(_arrows(book)),
            judged=judged,
            alike=any(len(one.circles) > 1 for one in judged),
            spending=tuple(
                name for kind, name in org.ruleset.policy_kinds.items() if kind in SPENDING
            ),
            is_spending_known=any(one.spends for one in judged),
        ),
        crumbs=(book.home(),),
    )


class _Answers(Struct, frozen=True, kw_only=True):
    """Those who hold a role, by the way in which they answer to who can release them."""

    along: set[str] = field(default_factory=set)
    otherwise: set[str] = field(default_factory=set)
    without_vote: set[str] = field(default_factory=set)
    without_say: set[str] = field(default_factory=set)


class _Found:
    """What there is to say about one circle, and the key of circles that are like it."""

    def __init__(self, book: Book, circle: Circle, one_sided: list[OneSided]) -> None:
        self._book = book
        org = book.org
        self.circle = book.refs.circle(circle.id)
        groups: dict[Hashable, list[Role]] = {}
        self._answers = _Answers()
        silent = {(arrow.role.id, arrow.holding.person) for arrow in one_sided}
        for role in org.live_roles_in(circle.id):
            deciders = book.index.authority.over_role(role)
            if deciders is None:
                continue
            here = deciders.match.stands_in == circle.id
            groups.setdefault((id(deciders.match.rule), here), []).append(role)
            for holding in org.holders(role):
                self._sort(role, holding.person, deciders, silent)
        self.fills = tuple(self._filling(roles) for roles in groups.values())
        decisions = book.law.who_decides("policy", circle.id)
        self.binds = gathered(book, decisions)
        self.bound = len(org.members(circle.id))
        self.spends = _spends(book, circle)
        kinds = tuple(
            (key, tuple(sorted(role.core.id for role in roles if role.core)))
            for key, roles in groups.items()
        )
        rules = tuple(
            (id(decision.match.rule), decision.electorate.passed_to) for decision in decisions
        )
        ordinary = not self.spends and not self.is_one_sided
        self.key = (kinds, rules) if ordinary else circle.id

    @property
    def is_one_sided(self) -> bool:
        return bool(self._answers.without_say)

    def judged(self, circles: tuple[Ref, ...], answers: _Answers | None = None) -> Judged:
        answers = answers or self._answers
        return Judged(
            circles=circles,
            fills=self.fills,
            binds=self.binds,
            bound=self.bound,
            spends=self.spends,
            answers=tuple(self._said(answers)),
            is_one_sided=self.is_one_sided,
        )

    def all_answers(self, others: Iterable[_Found]) -> _Answers:
        """The answers in several circles together."""
        both = _Answers()
        for found in others:
            both.along.update(found._answers.along)
            both.otherwise.update(found._answers.otherwise)
            both.without_vote.update(found._answers.without_vote)
        return both

    def _sort(
        self,
        role: Role,
        person: str,
        deciders: Deciders,
        silent: set[tuple[str, str]],
    ) -> None:
        org, answers = self._book.org, self._answers
        if person in deciders.people or deciders.by_subject:
            answers.along.add(person)
        elif (role.id, person) in silent:
            answers.without_say.add(person)
        elif not org.votes(org.people[person]):
            answers.without_vote.add(person)
        else:
            answers.otherwise.add(person)

    def _filling(self, roles: list[Role]) -> Filling:
        book = self._book
        decision = book.law.who_decides(roles[0])[0]
        core = [role for role in roles if role.core]
        named: list[Ref | Message] = [book.refs.of_role(role) for role in core]
        others = [book.refs.of_role(role) for role in roles if not role.core]
        if len(others) <= _FEW:
            named += book.refs_in_order(others)
        else:
            named.append(
                messages(
                    "{count} {role}",
                    "{count} {roles}",
                    len(others),
                    role=Word(key="role"),
                    roles=Word(key="role", many=True),
                )
            )
        return Filling(
            roles=tuple(named),
            decides=sentence(book.org, decision),
            number=len(decision.electorate.people),
        )

    def _said(self, answers: _Answers) -> Iterator[Message]:
        rest = answers.otherwise | answers.without_vote | answers.without_say
        if answers.along and not rest:
            yield message("By deciding with them: whoever is appointed here also decides.")
        elif answers.along:
            yield message(
                "By deciding with them: {people}.",
                people=_people(self._book, answers.along),
            )
        if answers.otherwise:
            yield message(
                "By other rules, which give them a say over those who decide: {people}.",
                people=_people(self._book, answers.otherwise),
            )
        if answers.without_vote:
            yield message(
                "Not by a vote, as their membership has none: {people}.",
                people=_people(self._book, answers.without_vote),
            )
        if answers.without_say:
            yield message(
                "Not at all: no rule gives a say in return to {people}.",
                people=_people(self._book, answers.without_say),
            )
        if not answers.along and not rest:
            yield message("Nobody holds anything here today, so there is nobody to answer.")


def _together(found: list[_Found]) -> Iterator[Judged]:
    """Circles one by one, save those that are decided alike where there are many of them."""
    alike: dict[Hashable, list[_Found]] = {}
    for one in found:
        alike.setdefault(one.key, []).append(one)
    for one in found:
        same = alike[one.key]
        if len(same) < _ALIKE:
            yield one.judged((one.circle,))
        elif one is same[0]:
            circles = tuple(each.circle for each in same)
            yield one.judged(circles, one.all_answers(same))


def _spends(book: Book, circle: Circle) -> tuple[Entry, ...]:
    """The policies of a circle by which somebody may spend, sign or open a door."""
    kinds = book.org.ruleset.policy_kinds
    found = []
    for policy in book.index.policies_in.get(circle.id, ()):
        if policy.kind in SPENDING and policy.kind in kinds and state(policy, book.today) == "now":
            line: Text | Message = kinds[policy.kind]
            if policy.domain:
                holder = book.refs.domain(policy.domain)
                line = message(
                    "{kind}, about what {holder} decides alone", kind=line, holder=holder
                )
            found.append(Entry(ref=book.refs.thing("policy", policy.id), line=line))
    return tuple(sorted(found, key=lambda entry: (book.key(entry.ref), entry.ref.id)))


def _arrows(book: Book) -> Iterator[Arrow]:
    """The one-sided relations, those of one rule together."""
    by_rule: dict[int, list[OneSided]] = {}
    for found in book.index.one_sided:
        by_rule.setdefault(id(found.match.rule), []).append(found)
    for same in by_rule.values():
        yield Arrow(
            by=_people(book, {person for one in same for person in one.by}),
            over=_people(book, {one.holding.person for one in same}),
            circles=book.refs_in_order(
                book.refs.circle(id) for id in {one.role.circle for one in same}
            ),
            origin=where_it_stands(book.org, same[0].match),
        )


def _people(book: Book, ids: Iterable[str]) -> tuple[Ref | Message, ...]:
    """People by name, and beyond a few how many more there are."""
    refs = book.refs_in_order(book.refs.person(id) for id in ids)
    if len(refs) <= _FEW + 1:
        return refs
    return (*refs[:_FEW], message("{count} more", count=len(refs) - _FEW))
