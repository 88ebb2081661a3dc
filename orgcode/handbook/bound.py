"""What binds a circle, role or person, as pages show it: by where it comes from."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from orgcode.handbook.addresses import address
from orgcode.handbook.book import Book
from orgcode.handbook.listing import Entry, agreement_entry, policy_entry
from orgcode.law.binding import Binding
from orgcode.model.entities import Circle, Person, Policy, Role
from orgcode.model.message import Message, message
from orgcode.rendering.page import Ref

_FEW = 8
"""So many of one circle are named; the page of that circle has all."""


class Source(Struct, frozen=True, kw_only=True):
    """Policies and agreements of one circle that bind here."""

    circle: Ref
    entries: tuple[Entry, ...]
    more: int


def bound(book: Book, thing: Circle | Role | Person, *, own: bool = True) -> tuple[Source, ...]:
    """What binds today, the nearest circle first; `own` says whether to repeat what is its own."""
    of = f"{thing.path} {thing.id}"
    binding = book.org.latest("what binds", of, lambda: book.index.bindings.what_binds(thing).now)
    found: dict[str, list[Binding]] = {}
    for each in binding:
        if own or each.circle != thing.id:
            found.setdefault(each.circle, []).append(each)
    return tuple(_source(book, circle, each) for circle, each in found.items())


def _source(book: Book, circle_id: str, bindings: list[Binding]) -> Source:
    """Kept, since the same binds everything in a circle."""
    of = [(each.thing.path, _domains(each)) for each in bindings]
    name = f"source.{book.translator.language}:{circle_id}:{of}"
    return book.org.kept(name, lambda: _made(book, circle_id, bindings))


def _domains(binding: Binding) -> list[str]:
    return [reason.of for reason in binding.reasons if reason.why == "domain"]


def _made(book: Book, circle_id: str, bindings: list[Binding]) -> Source:
    entries = [_entry(book, each) for each in bindings]
    circle = book.refs.circle(circle_id)
    return Source(
        circle=replace(circle, path=f"{address('circle', circle_id)}#policies")
        if circle.path
        else circle,
        entries=tuple(entries[:_FEW]),
        more=max(0, len(entries) - _FEW),
    )


def _entry(book: Book, binding: Binding) -> Entry:
    thing = binding.thing
    if isinstance(thing, Policy):
        entry = policy_entry(book, thing)
        line = _about_a_domain(book, binding)
        return replace(entry, line=line) if line is not None else entry
    return agreement_entry(book, thing)


def _about_a_domain(book: Book, binding: Binding) -> Message | None:
    """Whose domain a policy is about, where that is why it binds here."""
    for reason in binding.reasons:
        if reason.why == "domain":
            return message("about what {holder} decides alone", holder=book.refs.party(reason.of))
    return None
