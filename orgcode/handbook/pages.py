"""All pages of the handbook, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from orgcode.handbook.addresses import (
    ATTENTION,
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
from orgcode.handbook.attention import attention_page
from orgcode.handbook.audience import Audience, audience_of
from orgcode.handbook.book import Book
from orgcode.handbook.circles import circle_page
from orgcode.handbook.free import (
    free_page,
    free_titles,
    guide_files,
    guide_pages,
    not_found_page,
    redirect_page,
    stays_inside,
)
from orgcode.handbook.glossary import glossary_page
from orgcode.handbook.home import home_page
from orgcode.handbook.index import Index
from orgcode.handbook.judging import judging_page
from orgcode.handbook.narrowing import carried, narrowed
from orgcode.handbook.overviews import free_pages_page, overview_pages
from orgcode.handbook.past import past_page
from orgcode.handbook.people import people_page, person_page
from orgcode.handbook.records import (
    agreement_page,
    objective_page,
    policy_page,
    proposal_page,
    tension_page,
)
from orgcode.handbook.redaction import redacted
from orgcode.handbook.roles import role_page, roles_page
from orgcode.handbook.thing import free_address
from orgcode.handbook.tree import circles_page
from orgcode.i18n.languages import LANGUAGES
from orgcode.i18n.translator import Translator
from orgcode.law.who_decides import Law
from orgcode.model.entities import Text
from orgcode.model.facts import FOLDER_OF, is_id
from orgcode.model.message import message
from orgcode.model.org import Org
from orgcode.model.snapshot import ORDINARY
from orgcode.rendering.page import Edition, Page, Ref

Pages = Mapping[str, Callable[[], Page]]
"""Every page by its path, made when called."""

CARRIED = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".pdf", ".txt", ".csv")
"""Which files of assets/ the handbook carries: such as hold no script."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handbook:
    """The handbook in each of its languages, by language, and the files that it carries along."""

    editions: Mapping[str, tuple[Edition, Pages]]
    assets: tuple[str, ...]
    accent: str | None


def handbook(org: Org, audience: Audience | None = None) -> Handbook:
    """The whole handbook: an edition for each language of the organisation that orgcode speaks.

    It is for the audience that org.yaml names unless another is given.
    """
    audience = audience or audience_of(org)
    org = redacted(org, audience)
    languages = spoken_languages(org)
    law, index, refs, titles = Law(org), Index(org), Refs(org), free_titles(org)
    assets = tuple(
        path
        for path, entry in org.snapshot.entries.items()
        if path.startswith("assets/")
        and path.lower().endswith(CARRIED)
        and entry.mode == ORDINARY
        and stays_inside(path)
    )
    editions = {}
    for language in languages:
        book = Book(
            org=org,
            law=law,
            index=index,
            refs=refs,
            translator=Translator(language),
            titles=titles,
            audience=audience,
        )
        assets = carried(book, assets)
        edition = _edition(book, languages, language, frozenset(assets))
        editions[language] = narrowed(edition, pages(book), audience)
    accent = org.organisation.handbook.accent if org.organisation else None
    return Handbook(editions=editions, assets=assets, accent=accent)


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
    for page in (*overview_pages(book), *guide_pages(book)):
        found[page.path] = partial(_given, page)
    if book.titles:
        found[FREE_PAGES] = partial(free_pages_page, book)
        for path in book.titles:
            found[free_address(path)] = partial(free_page, book, path)
    for former, ref in _moved(book):
        if former not in found:
            found[former] = partial(redirect_page, former, ref)
    return found


def _things(book: Book) -> Iterator[tuple[str, Callable[[], Page]]]:
    org = book.org
    for circle in org.circles.values():
        yield address("circle", circle.id), partial(circle_page, book, circle)
    for role in org.every_role.values():
        yield address("role", role.id), partial(role_page, book, role)
    for person in org.people.values():
        yield address("person", person.id), partial(person_page, book, person)
    for policy in org.policies.values():
        yield address("policy", policy.id), partial(policy_page, book, policy)
    for agreement in org.agreements.values():
        yield address("agreement", agreement.id), partial(agreement_page, book, agreement)
    for objective in org.objectives.values():
        yield address("objective", objective.id), partial(objective_page, book, objective)
    for tension in org.tensions.values():
        yield address("tension", tension.id), partial(tension_page, book, tension)
    for proposal in org.proposals.values():
        yield address("proposal", proposal.id), partial(proposal_page, book, proposal)


def _moved(book: Book) -> Iterator[tuple[str, Ref]]:
    """Former addresses of things, each with the thing."""
    for kind in FOLDER_OF:
        if kind != "org":
            for thing in book.org.things(kind).values():
                for alias in filter(is_id, thing.aliases):
                    yield address(kind, alias), book.refs.thing(kind, thing.id)


def _edition(
    book: Book, languages: tuple[str, ...], language: str, assets: frozenset[str]
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
        Ref(label=message("Glossary"), path=GLOSSARY),
        Ref(label=message("Help"), path=HELP),
    )


def _pages_of(book: Book, language: str) -> Mapping[str, str]:
    org = book.org
    found = {"org.yaml": HOME, **guide_files(language)}
    for kind in (*FOLDER_OF, "proposal"):
        if kind != "org":
            for thing in org.things(kind).values():
                found[thing.path] = address(kind, thing.id)
    found.update((path, free_address(path)) for path in book.titles)
    return found


def _given(page: Page) -> Page:
    return page


__all__ = ["CARRIED", "Handbook", "handbook", "pages"]
