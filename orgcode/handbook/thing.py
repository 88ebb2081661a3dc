"""What the pages of all things have in common."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct

from orgcode.handbook.addresses import FREE_PAGES, address, circle_feed
from orgcode.handbook.book import Book
from orgcode.handbook.story import story
from orgcode.model.entities import Ended, Text, Thing
from orgcode.model.facts import identify
from orgcode.rendering.page import Around, Page, Ref


class Commons(Struct, frozen=True, kw_only=True):
    """What a thing of any kind may have, and the pages that mention it."""

    ended: Ended | None
    notes: Text | None
    tags: tuple[str, ...]
    mentions: tuple[Ref, ...]
    incomplete: bool
    """Whether something of its file could not be read."""


def commons(book: Book, thing: Thing) -> Commons:
    """The common part of a thing's page. What the file of a core role says is its circle's."""
    is_file_of_its_own = "/" not in thing.id
    facts = book.org.files.get(thing.path)
    return Commons(
        ended=thing.ended,
        notes=thing.notes,
        tags=thing.tags,
        mentions=mentions(book, thing.path) if is_file_of_its_own else (),
        incomplete=facts is not None and not facts.is_whole,
    )


def mentions(book: Book, path: str) -> tuple[Ref, ...]:
    """The pages whose texts link to what a file is about, in this language or in none."""
    mine = (None, book.translator.language)
    mentioning = (
        other
        for other in book.index.mentioned_by.get(path, ())
        if page_language(other, book.languages) in mine
    )
    return book.refs_in_order(ref for other in mentioning if (ref := file_ref(book, other)))


def file_ref(book: Book, path: str) -> Ref | None:
    """The page that is about a file of the repository."""
    identity = identify(path)
    if identity is not None:
        if identity.kind in ("org", "response"):
            return None
        return book.refs.thing(identity.kind, identity.id)
    title = book.titles.get(path)
    if title is None:
        return None
    return Ref(label=title, path=free_address(path), kind="page", id=path)


def free_refs(book: Book) -> tuple[Ref, ...]:
    """The free pages for readers of this language: those in it, and those marked with none."""
    mine = (
        path
        for path in book.titles
        if page_language(path, book.languages) in (None, book.translator.language)
    )
    return book.refs_in_order(ref for path in mine if (ref := file_ref(book, path)))


def page_language(path: str, languages: Collection[str]) -> str | None:
    """The language of a page `pages/<name>.<language>.md`; None for `pages/<name>.md`."""
    mark = path.removesuffix(".md").rpartition("/")[2].rpartition(".")[2]
    return mark if path.endswith(f".{mark}.md") and mark in languages else None


def free_address(path: str) -> str:
    """The page of a file `pages/<name>.md`."""
    return f"{FREE_PAGES.removesuffix('.html')}/{path.removeprefix('pages/')[:-3]}.html"


def page_of(
    book: Book,
    kind: str,
    thing: Thing,
    view: object,
    *,
    crumbs: Sequence[Ref],
    around: Around | None = None,
) -> Page:
    """The page of a thing."""
    return Page(
        path=address(kind, thing.id),
        template=f"pages/{kind}.html",
        title=getattr(thing, "name", None) or getattr(thing, "title", None) or thing.id,
        title_kind=kind,
        view=view,
        crumbs=tuple(crumbs),
        around=around,
        file=thing.path,
        forge_url=forge_url(book, thing.path),
        story=story(book, thing.path, address(kind, thing.id).removesuffix(".html")),
        feed=circle_feed(thing.id) if kind == "circle" and book.past is not None else None,
    )


_BLOB = {"github": "blob/HEAD", "gitlab": "-/blob/HEAD", "forgejo": "src/HEAD", "gitea": "src/HEAD"}


def forge_url(book: Book, path: str) -> str | None:
    """Where a file can be seen and changed on the forge that org.yaml names."""
    forge = book.org.organisation.forge if book.org.organisation else {}
    url = forge.get("url", "")
    if not url.startswith(("https://", "http://")):
        return None
    middle = _BLOB.get(forge.get("kind", ""))
    return f"{url.rstrip('/')}/{middle}/{path}" if middle else url
