"""From pages as data to the files of the handbook."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from orgcode import resources
from orgcode.i18n.translator import Translator
from orgcode.model.finding import Finding
from orgcode.rendering.colour import accent
from orgcode.rendering.environment import environment_for
from orgcode.rendering.feed import TEMPLATE, Feed
from orgcode.rendering.own_pages import OwnRenderer
from orgcode.rendering.own_templates import BrokenTemplatesError, OwnTemplates
from orgcode.rendering.page import Edition, Page
from orgcode.rendering.words import ROOT, Glossed, Words

STYLE = "style/handbook.css"
FONT = "style/atkinson-hyperlegible-next-latin-wght-normal.woff2"
FONT_LICENCE = "style/OFL.txt"

_FONTS = "assets/fonts/"


class RenderedSite(Mapping[str, bytes]):
    """The files of the handbook, each rendered when it is asked for.

    An organisation of tens of thousands of pages so never lies in memory whole.
    """

    def __init__(self, files: Mapping[str, Callable[[], bytes]]) -> None:
        self._files = files

    def __getitem__(self, path: str) -> bytes:
        return self._files[path]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def render_site(
    editions: Mapping[str, tuple[Edition, Mapping[str, Callable[[], Page]]]],
    assets: Mapping[str, Callable[[], bytes]],
    wished_accent: str | None,
    own: OwnTemplates | None = None,
    feeds: Mapping[str, Mapping[str, Callable[[], Feed]]] | None = None,
) -> Mapping[str, bytes]:
    """All files of the site: the pages and feeds of every edition (by language), styles, and
    assets.

    Raises `BrokenTemplatesError` where the organisation's own templates are broken: at once, or
    when the page is asked for that cannot be made.
    """
    files: dict[str, Callable[[], bytes]] = {
        STYLE: lambda: stylesheet(wished_accent) + (own.style if own else b""),
        FONT: lambda: resources.read_template(_FONTS + FONT.rpartition("/")[2]),
        FONT_LICENCE: lambda: resources.read_template(_FONTS + FONT_LICENCE.rpartition("/")[2]),
    }
    files.update(assets)
    for language, (edition, pages) in editions.items():
        render = Renderer(edition, own)
        if broken := render.faults():
            raise BrokenTemplatesError(broken)
        for path, make in pages.items():
            files[edition.base + path] = _later(render, make)
        for path, feed in (feeds or {}).get(language, {}).items():
            files[edition.base + path] = _later_feed(render, feed)
    return RenderedSite(files)


def _later(render: Renderer, make: Callable[[], Page]) -> Callable[[], bytes]:
    return lambda: render(make())


def _later_feed(render: Renderer, make: Callable[[], Feed]) -> Callable[[], bytes]:
    return lambda: render.feed(make())


class Renderer:
    """Renders pages of one edition."""

    def __init__(self, edition: Edition, own: OwnTemplates | None = None) -> None:
        self._edition = edition
        self._words = Words(edition, Translator(edition.language))
        self._environment = environment_for(self._words)
        self._own = OwnRenderer(self._words, own) if own and not own.is_empty else None

    def faults(self) -> tuple[Finding, ...]:
        """What is wrong with the organisation's own templates as they stand."""
        return self._own.faults() if self._own else ()

    def needs(self, template: str, sought: Collection[str]) -> bool:
        """Whether pages of a template are made with one of those of the organisation's own."""
        return self._own is not None and self._own.needs(template, sought)

    def __call__(self, page: Page) -> bytes:
        """The page as it is written to disk."""
        given = {"page": page, "view": page.view, "edition": self._edition}
        ours = self._environment.get_template(page.template)

        def render_ours() -> str:
            return ours.render(given, term=Glossed(self._words))

        html = self._own(page, given, render_ours) if self._own else render_ours()
        if self._edition.pages is not None:
            html = self._words.unlinked(html)
        return self._placed(html, page.path)

    def feed(self, feed: Feed) -> bytes:
        """A feed as it is written to disk: its links whole where it is known where it stands."""
        address = self._words.canonical if self._edition.home_url else self._words.href
        template = self._environment.get_template(TEMPLATE)
        written = template.render(feed=feed, edition=self._edition, address=address)
        return self._placed(written, feed.path)

    def _placed(self, written: str, path: str) -> bytes:
        depth = (self._edition.base + path).count("/")
        return written.replace(ROOT, "../" * depth).encode()


def stylesheet(wished_accent: str | None) -> bytes:
    """The handbook's one stylesheet, with the organisation's accent made legible."""
    light, dark = accent(wished_accent, "light"), accent(wished_accent, "dark")
    accents = "".join(
        f"{opening}:root {{ --accent: {mode.colour}; --tint: {mode.tint};"
        f" --upon-accent: {mode.upon}; }}{closing}\n"
        for mode, opening, closing in (
            (light, "", ""),
            (dark, "@media screen and (prefers-color-scheme: dark) { ", " }"),
        )
    )
    return accents.encode() + resources.read_template("assets/handbook.css")
