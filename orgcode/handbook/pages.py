"""All pages of the handbook, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TypeVar

from msgspec import Struct

from orgcode.handbook.addresses import (
    ATTENTION,
    DIARY,
    FEED,
    FREE_PAGES,
    GLOSSARY,
    HELP,
    HOME,
    NOT_FOUND,
    OVER,
    OVERVIEWS,
    WHO_DECIDES,
    WHO_JUDGES,
    Refs,
    address,
)
from orgcode.handbook.answers import who_decides_page
from orgcode.handbook.assets import LeftOut, assets_of
from orgcode.handbook.attention import attention_page
from orgcode.handbook.audience import Audience, audience_of
from orgcode.handbook.book import Book
from orgcode.handbook.circles import circle_page
from orgcode.handbook.diary import diary_pages
from orgcode.handbook.feeds import Feeds, feeds
from orgcode.handbook.free import (
    free_page,
    free_titles,
    guide_files,
    guide_pages,
    not_found_page,
    redirect_page,
)
from orgcode.handbook.glossary import glossary_page
from orgcode.handbook.home import home_page
from orgcode.handbook.index import Index
from orgcode.handbook.judging import judging_page
from orgcode.handbook.narrowing import carried, narrowed
from orgcode.handbook.overviews import free_pages_page, overview_pages
from orgcode.handbook.past import past_page
from orgcode.handbook.people import people_page, person_page
from orgcode.handbook.proposals import proposal_page
from orgcode.handbook.recalling import Recall
from orgcode.handbook.records import (
    agreement_page,
    objective_page,
    policy_page,
    tension_page,
)
from orgcode.handbook.redaction import redacted
from orgcode.handbook.roles import role_page, roles_page
from orgcode.handbook.thing import free_address
from orgcode.handbook.tree import circles_page
from orgcode.i18n.languages import LANGUAGES
from orgcode.i18n.translator import Translator
from orgcode.law.who_decides import Law
from orgcode.model.chronicle import Chronicle
from orgcode.model.entities import Text
from orgcode.model.facts import FOLDER_OF, identify, is_id
from orgcode.model.message import Message, message
from orgcode.model.org import Org
from orgcode.model.reads import Answers
from orgcode.rendering.page import Edition, Page, Ref

T = TypeVar("T")

Pages = Mapping[str, Callable[[], Page]]
"""Every page by its path, made when called."""


class Handbook(Struct, frozen=True, kw_only=True):
    """The handbook in each of its languages, by language, and the files that it carries along."""

    editions: Mapping[str, tuple[Edition, Pages]]
    assets: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    """The files of assets/ that it does not carry along."""
    accent: str | None
    org: Org
    """What the pages are made of; without what their readers are not shown."""
    titles: Mapping[str, Text]
    """The titles of the free pages, by their files."""
    feeds: Mapping[str, Feeds]
    """By language."""
    everyone: bool
    """Whether it is for everyone, not for members."""


def handbook(
    org: Org,
    audience: Audience | None = None,
    chronicle: Chronicle | None = None,
    back: Message | None = None,
) -> Handbook:
    """The whole handbook: an edition for each language of the organisation that orgcode speaks.

    It is for the audience that org.yaml names unless another is given. `chronicle` tells what
    happened before, and `back` of which day it is where that is not the present.
    """
    audience = audience or audience_of(org)
    org = redacted(org, audience)
    languages = spoken_languages(org)
    law, index, refs, titles = Law(org), Index(org), Refs(org), free_titles(org)
    assets, left_out = assets_of(org.snapshot)
    past = None if chronicle is None else Recall(chronicle, org)
    editions, followed = {}, {}
    for language in languages:
        book = Book(
            org=org,
            law=law,
            index=index,
            refs=refs,
            translator=Translator(language),
            titles=titles,
            audience=audience,
            past=past,
        )
        assets = carried(book, assets)
        edition = _edition(book, languages, language, frozenset(assets), back)
        followed[language] = feeds(book)
        editions[language] = narrowed(edition, pages(book), audience)
    accent = org.organisation.handbook.accent if org.organisation else None
    return Handbook(
        editions=editions,
        assets=assets,
        left_out=left_out,
        accent=accent,
        org=org,
        titles=titles,
        feeds=followed,
        everyone=audience.everyone,
    )


def spoken_languages(org: Org) -> tuple[str, ...]:
    """The languages of the organisation that orgcode speaks; the first one stands at the root."""
    wanted = org.organisation.languages if org.organisation else ()
    return tuple(dict.fromkeys(code for code in wanted if code in LANGUAGES)) or ("en",)


def pages(book: Book) -> Pages:
    """Every page of one edition, by its path."""
    found: dict[str, Callable[[], Page]] = {
        HOME: partial(home_page, book),
        OVERVIEWS["circle"]: partial(circles_page, book),
        OVERVIEWS["role"]: partial(roles_page, book),
        OVERVIEWS["person"]: partial(people_page, book),
        WHO_DECIDES: partial(who_decides_page, book),
        WHO_JUDGES: partial(judging_page, book),
        ATTENTION: partial(attention_page, book),
        OVER: partial(past_page, book),
        GLOSSARY: partial(glossary_page, book),
        **dict(_things(book)),
    }
    if book.translator.language == spoken_languages(book.org)[0]:
        found[NOT_FOUND] = not_found_page  # a server has one, for all addresses
    found.update(overview_pages(book))
    found.update(diary_pages(book))
    for page in guide_pages(book):
        found[page.path] = partial(_given, page)
    if book.titles:
        found[FREE_PAGES] = partial(free_pages_page, book)
        for path in book.titles:
            found[free_address(path)] = partial(free_page, book, path)
    for former, kind, id in _moved(book):
        if former not in found:
            found[former] = partial(_redirect, book, former, kind, id)
    return found


def _things(book: Book) -> Iterator[tuple[str, Callable[[], Page]]]:
    org = book.org
    yield from _each(book, "circle", org.circles, circle_page)
    yield from _each(book, "role", org.every_role, role_page)
    yield from _each(book, "person", org.people, person_page)
    yield from _each(book, "policy", org.policies, policy_page)
    yield from _each(book, "agreement", org.agreements, agreement_page)
    yield from _each(book, "objective", org.objectives, objective_page)
    yield from _each(book, "tension", org.tensions, tension_page)
    yield from _each(book, "proposal", org.proposals, proposal_page)


def _each(
    book: Book, kind: str, things: Mapping[str, T], make: Callable[[Book, T], Page]
) -> Iterator[tuple[str, Callable[[], Page]]]:
    """The pages of all things of a kind; the thing is looked up when its page is made, so that
    it is known what the page was made of.
    """
    for id in things:
        yield address(kind, id), partial(_made, book, things, id, make)


def _made(book: Book, things: Mapping[str, T], id: str, make: Callable[[Book, T], Page]) -> Page:
    return make(book, things[id])


def _redirect(book: Book, former: str, kind: str, id: str) -> Page:
    """The page at a former address; the thing is looked up when it is made, as for its own."""
    return redirect_page(former, book.refs.thing(kind, id))


def _moved(book: Book) -> Iterator[tuple[str, str, str]]:
    """Former addresses of things, each with kind and id of the thing."""
    for kind in FOLDER_OF:
        if kind != "org":
            for thing in book.org.things(kind).values():
                for alias in filter(is_id, thing.aliases):
                    yield address(kind, alias), kind, thing.id


def _edition(
    book: Book,
    languages: tuple[str, ...],
    language: str,
    assets: frozenset[str],
    back: Message | None,
) -> Edition:
    org = book.org
    organisation = org.organisation
    bases = {code: "" if code == languages[0] else f"{code}/" for code in languages}
    name: Text = organisation.name if organisation and organisation.name else ""
    url = organisation.handbook.url if organisation else None
    logo = organisation.handbook.logo if organisation else None
    return Edition(
        language=language,
        base=bases[language],
        others=tuple(
            (code, LANGUAGES[code].name, bases[code]) for code in languages if code != language
        ),
        languages=book.languages,
        organisation=name or book.translator.say(message("Handbook")),
        ruleset=org.ruleset,
        today=org.today,
        nav=_nav(book),
        pages_of=_pages_of(book, language),
        assets=assets,
        logo=logo if logo in assets else None,
        back=back,
        feed=FEED if book.past is not None else None,
        home_url=url if url and url.startswith(("https://", "http://")) else None,
    )


def _nav(book: Book) -> tuple[Ref, ...]:
    return (
        *(book.overview(kind) for kind in OVERVIEWS),
        *((Ref(label=message("Pages"), path=FREE_PAGES),) if book.titles else ()),
        Ref(label=message("Who decides what"), path=WHO_DECIDES),
        Ref(label=message("Who judges whom"), path=WHO_JUDGES),
        Ref(label=message("What needs attention"), path=ATTENTION),
        Ref(label=message("What is over"), path=OVER),
        *((Ref(label=message("Diary"), path=DIARY),) if book.past is not None else ()),
        Ref(label=message("Glossary"), path=GLOSSARY),
        Ref(label=message("Help"), path=HELP),
    )


def _pages_of(book: Book, language: str) -> Mapping[str, str]:
    org = book.org
    found = {"org.yaml": HOME, **guide_files(language)}
    found.update((path, free_address(path)) for path in book.titles)

    def page_of(path: str) -> str | None:
        identity = identify(path)
        if path in found or identity is None or identity.kind in ("org", "response"):
            return found.get(path)
        is_there = identity.id in org.things(identity.kind)
        return address(identity.kind, identity.id) if is_there else None

    return Answers(page_of, lambda: (*found, *org.files))


def _given(page: Page) -> Page:
    return page


__all__ = ["Handbook", "handbook", "pages"]
