"""What became of a file, step by step: the part of a page that tells its history."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from orgcode.handbook.book import Book
from orgcode.handbook.discretion import is_quiet, page_of, ref_of, said, without_addresses
from orgcode.handbook.standing import standing
from orgcode.model.chronicle import Happening, Passage, Told
from orgcode.model.message import Message, message, messages
from orgcode.rendering.page import Ref

OPEN = 6
"""So many steps stand open; those before them are folded."""
MOST = 200
"""So many steps a page tells at most."""
_LINES = 12
"""So many sentences about one step are told."""
_LONG = 1500
"""What a commit says beyond this is cut."""
_TRAILER = re.compile(r"[A-Za-z][A-Za-z-]*: .*")


class Line(Struct, frozen=True, kw_only=True):
    """A sentence, and the page of what it is about."""

    sentence: Message
    page: str | None = None


class Step(Struct, frozen=True, kw_only=True):
    """What a step did, and who wrote what about it; without these where they are not shown."""

    day: date
    lines: tuple[Line, ...]
    more: int
    """How many sentences are not told."""
    subject: str = ""
    body: str = ""
    author: str = ""
    brought: tuple[tuple[str, str], ...] = ()
    """Author and subject of the commits that it brought in; of a proposal its own page tells."""
    proposal: Ref | None = None
    outcome: Message | None = None
    """What became of that proposal, where it was not adopted."""
    state: str = ""
    url: str | None = None
    """Where the commit can be seen."""


class Story(Struct, frozen=True, kw_only=True):
    """The history of what a page is about."""

    is_known: bool
    """Whether there is any history to tell from."""
    pending: str = ""
    """Whether something is not committed yet: "new" or "altered"."""
    unsaid: tuple[Line, ...] = ()
    """What is not committed yet."""
    last: Step | None = None
    steps: tuple[Step, ...] = ()
    older: tuple[Step, ...] = ()
    more: int = 0
    """How many steps are not told."""
    address: str = ""
    """What the thing is called in `orgcode log`."""
    cut_off: date | None = None
    """The day before which nothing is known."""


def story(book: Book, path: str, address: str) -> Story:
    """The history of a thing: `path` is its file, `address` what commands call it."""
    if book.past is None:
        return Story(is_known=False)
    passages, total = book.past.story(path, MOST)
    pending, unsaid = book.past.pending(path)
    is_core = address.count("/") > 1
    if is_core:
        passages = tuple(_of_core(passages, address))
        unsaid = tuple(one for one in unsaid if one.thing == address)
        pending = pending if unsaid or pending == "new" else ""
    steps = tuple(step for one in passages if (step := _of_file(book, one, address)))
    return Story(
        is_known=True,
        pending=pending,
        unsaid=lines_of(book, unsaid, address),
        last=steps[0] if steps else None,
        steps=steps[:OPEN],
        older=steps[OPEN:],
        more=0 if is_core or book.audience.hidden else max(0, total - MOST),
        address=address,
        cut_off=book.past.cut_off,
    )


def step_of(book: Book, happening: Happening, told: Iterable[Told], address: str = "") -> Step:
    """A step as far as it did what is told of it, on the page of the thing at an address."""
    lines = lines_of(book, told, address)
    decision = happening.proposal if f"proposals/{happening.proposal}" != address else None
    ref = ref_of(book, "proposal", decision) if decision else None
    found = book.org.proposals.get(decision or "") if ref else None
    outcome, state = standing(book, found) if found and found.outcome else (None, "")
    step = Step(
        day=happening.at.date(),
        lines=lines[:_LINES],
        more=max(0, len(lines) - _LINES),
        proposal=ref,
        outcome=outcome,
        state=state,
    )
    return step if book.audience.hidden else _signed(book, step, happening)


def lines_of(book: Book, told: Iterable[Told], address: str) -> tuple[Line, ...]:
    """What is said of things that were done, on the page of the thing at an address."""
    return tuple(_lines(book, told, address))


def written(text: str) -> tuple[str, str]:
    """The subject of a commit's message, and the rest without what programs wrote below it."""
    subject, _, rest = without_addresses(text.strip()).partition("\n")
    parts = re.split(r"\n\s*\n", rest.strip())
    if parts and all(_TRAILER.fullmatch(line.strip()) for line in parts[-1].splitlines()):
        parts.pop()
    body = "\n\n".join(parts)
    return subject.strip(), body if len(body) <= _LONG else f"{body[:_LONG].rstrip()} …"


def _of_core(passages: Iterable[Passage], address: str) -> Iterator[Passage]:
    """Of the steps of a circle those that are about one of its core roles."""
    for one in passages:
        mine = tuple(told for told in one.told if told.thing == address)
        if mine:
            yield one._replace(told=mine, is_new=False)


def _of_file(book: Book, passage: Passage, address: str) -> Step | None:
    """A step as the page of the file tells it; None where its readers are shown nothing of it."""
    step = step_of(book, passage.happening, passage.told, address)
    if step.lines:
        return step
    if passage.is_new:
        line = Line(sentence=message("It was written down here for the first time."))
    elif not passage.told and passage.happening.files > 1 and not book.audience.hidden:
        others = passage.happening.files - 1
        line = Line(
            sentence=messages(
                "It was changed together with one other file.",
                "It was changed together with {count} other files.",
                others,
            )
        )
    elif address.endswith(".md"):
        line = Line(sentence=message("It was changed."))
    else:
        return None
    return replace(step, lines=(line,))


def _lines(book: Book, told: Iterable[Told], address: str) -> Iterator[Line]:
    """What is said, each with the page of what it is about where that is another one."""
    for one in told:
        sentence = said(book, one)
        if sentence is not None:
            is_elsewhere = one.thing != address and not is_quiet(one)
            yield Line(sentence=sentence, page=page_of(book, one) if is_elsewhere else None)


def _signed(book: Book, step: Step, happening: Happening) -> Step:
    """A step with what its author wrote about it."""
    subject, body = written(happening.text)
    return replace(
        step,
        subject=subject,
        body=body,
        author=without_addresses(happening.author),
        brought=tuple(
            (without_addresses(who), without_addresses(what)) for who, what in happening.brought
        )
        if happening.proposal is None
        else (),
        url=_commit_url(book, happening.id),
    )


_COMMITS = {"github": "commit", "gitlab": "-/commit", "forgejo": "commit", "gitea": "commit"}


def _commit_url(book: Book, id: str) -> str | None:
    forge = book.org.organisation.forge if book.org.organisation else {}
    url, middle = forge.get("url", ""), _COMMITS.get(forge.get("kind", ""))
    if middle is None or not url.startswith(("https://", "http://")):
        return None
    return f"{url.rstrip('/')}/{middle}/{id}"
