"""Pages that people write as such: the organisation's own, and the guides of orgcode."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from msgspec import Struct

from orgcode import resources
from orgcode.handbook.addresses import FREE_PAGES, HELP, NOT_FOUND
from orgcode.handbook.book import Book
from orgcode.handbook.story import story
from orgcode.handbook.thing import forge_url, free_address, mentions, page_language
from orgcode.model.entities import Text
from orgcode.model.message import message
from orgcode.model.org import Org
from orgcode.model.snapshot import ORDINARY, Unreadable
from orgcode.rendering.page import Page, Ref

_HEADING = re.compile(r"\A\s*# +(.+?)(?: +#+)?\s*(?:\n|\Z)")


class FreeView(Struct, frozen=True, kw_only=True):
    """A text in Markdown, without the heading that became its title."""

    text: Text
    mentions: tuple[Ref, ...]


class HelpView(Struct, frozen=True, kw_only=True):
    """The guides there are."""

    guides: tuple[Ref, ...]


class RedirectView(Struct, frozen=True, kw_only=True):
    """Where a page has gone."""

    to: Ref


def free_titles(org: Org) -> Mapping[str, Text]:
    """The title of every file in pages/, by its path."""
    languages = org.organisation.languages if org.organisation else ()
    return {
        path: _marked(path, _split(text, path.rpartition("/")[2].removesuffix(".md"))[0], languages)
        for path in org.snapshot.entries
        if (text := _read(org, path)) is not None
    }


def free_page(book: Book, path: str) -> Page:
    """One of the organisation's own pages."""
    _, text = _split(_read(book.org, path) or "", "")
    return Page(
        path=free_address(path),
        template="pages/free.html",
        title=book.titles[path],
        view=FreeView(text=_marked(path, text, book.languages), mentions=mentions(book, path)),
        crumbs=(book.home(), Ref(label=message("Pages"), path=FREE_PAGES)),
        file=path,
        forge_url=forge_url(book, path),
        story=story(book, path, path),
    )


def _marked(path: str, text: str, languages: Collection[str]) -> Text:
    """A text in the language that its file is marked with."""
    language = page_language(path, languages)
    return {language: text} if language else text


def guide_pages(book: Book) -> tuple[Page, ...]:
    """The guides of orgcode in the language of the book, and what there is of them."""
    language = book.translator.language
    pages = []
    for name in resources.template_names("guides"):
        folder, _, file = name.partition("/")
        if folder == language and file.endswith(".md"):
            text = resources.read_template(f"guides/{name}").decode()
            title, rest = _split(text, file.removesuffix(".md"))
            pages.append(
                Page(
                    path=guide_address(file),
                    template="pages/free.html",
                    title={language: title},
                    view=FreeView(text={language: rest}, mentions=()),
                    crumbs=(book.home(), Ref(label=message("Help"), path=HELP)),
                    file=f"{GUIDES}{file}",
                )
            )
    overview = Page(
        path=HELP,
        template="pages/help.html",
        title=message("Help"),
        view=HelpView(guides=tuple(Ref(label=page.title, path=page.path) for page in pages)),
        crumbs=(book.home(),),
    )
    return (*pages, overview)


GUIDES = "orgcode-guides/"
"""A folder that no repository has; relative links between guides count from it."""


def guide_address(file: str) -> str:
    """The page of a guide."""
    return f"help/{file.removesuffix('.md')}.html"


def guide_files(language: str) -> Mapping[str, str]:
    """The page of each guide, by the path from which its links count."""
    prefix = f"{language}/"
    return {
        f"{GUIDES}{name.removeprefix(prefix)}": guide_address(name.removeprefix(prefix))
        for name in resources.template_names("guides")
        if name.startswith(prefix) and name.endswith(".md")
    }


def not_found_page() -> Page:
    """What a server shows for an address that does not exist."""
    return Page(
        path=NOT_FOUND,
        template="pages/404.html",
        title=message("Page not found"),
        view=None,
    )


def redirect_page(path: str, to: Ref) -> Page:
    """A page at a former address."""
    return Page(
        path=path,
        template="pages/redirect.html",
        title=message("This page has moved"),
        view=RedirectView(to=to),
    )


def stays_inside(path: str) -> bool:
    """Whether a path goes down only; a git tree can hold others."""
    return not {"", ".", ".."} & set(path.removesuffix(".md").split("/"))


def _read(org: Org, path: str) -> str | None:
    if not (path.startswith("pages/") and path.endswith(".md") and stays_inside(path)):
        return None
    if org.snapshot.entries[path].mode != ORDINARY:
        return None
    content = org.snapshot.read(path)
    return None if isinstance(content, Unreadable) else content.decode("utf-8", "replace")


def _split(text: str, otherwise: str) -> tuple[str, str]:
    """The first heading as the title, and the rest."""
    heading = _HEADING.match(text.removeprefix("\ufeff"))
    if heading is None:
        return otherwise, text
    return re.sub(r"[*_`]", "", heading[1]), text.removeprefix("\ufeff")[heading.end() :]
