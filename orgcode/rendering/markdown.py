"""Markdown as GitHub reads it, to HTML that can do no harm."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from urllib.parse import unquote, urlsplit

import nh3
from cmarkgfm import markdown_to_html_with_extensions  # type: ignore[import-untyped]
from cmarkgfm.cmark import Options  # type: ignore[import-untyped]
from markupsafe import Markup, escape

from orgcode.rendering.text import clean

Resolve = Callable[[str], str | None]
"""From a path of the repository to the address of its page or picture, or None without one."""

Withheld = Callable[[str], Markup | None]
"""From a path of the repository to what stands in the place of a link to it; None: the link."""

_EXTENSIONS = ["table", "strikethrough", "autolink"]
_OPTIONS = Options.CMARK_OPT_UNSAFE  # raw HTML goes through the sanitiser, as all of it does
TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "code",
        "dd",
        "del",
        "dl",
        "dt",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "small",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ]
)
"""The elements that a text in Markdown may become."""
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
_MARK = "\x03"
_PLACE = re.compile(
    rf'(?P<before><(?:a|img)(?: [a-z]+="[^"]*")*?)'
    rf' (?P<attribute>href|src)="{_MARK}(?P<place>[0-9]+)"'
)
_ANCHOR = re.compile(rf'<a(?: [a-z]+="(?:{_MARK}(?P<withheld>[0-9]+)|[^"]*)")*>|</a>')
_HEADING = re.compile(r"<(/?)h([1-6])>")
_IMAGE = re.compile(r'<img((?:\s+[a-z]+="[^"]*")*)\s*/?>')
_SRC = re.compile(r'\ssrc="[^"]')
_ALT = re.compile(r'\salt="([^"]*)"')


def to_html(
    text: str, file: str, resolve: Resolve, level: int, withheld: Withheld | None = None
) -> Markup:
    """The text as HTML, its highest headings at `level`.

    Links to files of the repository, which count from `file`, lead to their pages; those to
    nowhere and pictures that are not there become text. A link to what is withheld gives way,
    its words too.
    """
    html, places = _sanitised(clean(text), file)
    instead: dict[str, Markup] = {}

    def addressed(match: re.Match[str]) -> str:
        tag, path = places[int(match["place"])]
        if withheld and tag == "a" and (said := withheld(path)) is not None:
            instead[match["place"]] = said
            return match[0]
        address = resolve(path)
        leading = "" if address is None else f' {match["attribute"]}="{escape(address)}"'
        return match["before"] + leading

    if places:
        html = _PLACE.sub(addressed, html)
        html = _without(html, instead) if instead else html
    html = html.replace(_MARK, clean(_MARK))  # what is left of them was written as `&#3;`
    html = _IMAGE.sub(_picture, html).replace('<a rel="noopener noreferrer">', "<a>")
    html = html.replace("<table>", '<div class="scroll" tabindex="0" role="group"><table>')
    html = html.replace("<th></th>", "<td></td>")  # a heading over nothing is none
    html = _headings_from(html.replace("</table>", "</table></div>"), level)
    return Markup(html)  # noqa: S704 (sanitised above)


def links(text: str, file: str) -> frozenset[str]:
    """The paths of the repository that a Markdown text links to, counted from `file`."""
    if "](" not in text and "]:" not in text and "href" not in text:
        return frozenset()
    found: set[str] = set()

    def note(path: str) -> None:
        found.add(path)

    to_html(text, file, note, 1)
    return frozenset(found)


@lru_cache(maxsize=256)
def _sanitised(text: str, file: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text as HTML in which numbers stand for paths of the repository, and each of these with
    its element; kept for a while, since a text often stands on the page of each language.
    """
    places: list[tuple[str, str]] = []

    def address(tag: str, attribute: str, value: str) -> str | None:
        if attribute not in ("href", "src"):
            return value
        path = _path(value, file)
        if path is None:
            return value if tag != "img" and _scheme(value) in _SCHEMES else None
        if tag == "img" and not path.startswith("assets/"):
            return None
        places.append((tag, path))
        return f"{_MARK}{len(places) - 1}"

    html = nh3.clean(
        markdown_to_html_with_extensions(text, options=_OPTIONS, extensions=_EXTENSIONS),
        tags=set(TAGS),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        attribute_filter=address,
        link_rel="noopener noreferrer",
    )
    # `&#2;` is a control character only now
    return _MARK.join(clean(part) for part in html.split(_MARK)), tuple(places)


def _scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme
    except ValueError:
        return ""


def _path(value: str, file: str) -> str | None:
    """The path of the repository that an address is about; None where it leads elsewhere."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(parts.path)))


def _without(html: str, instead: Mapping[str, Markup]) -> str:
    """The HTML with every link that is withheld replaced, whatever is in it."""
    kept: list[str] = []
    at, within, depth = 0, 0, 0
    for tag in _ANCHOR.finditer(html):
        depth += -1 if tag[0] == "</a>" else 1
        if not within and tag["withheld"]:
            kept += [html[at : tag.start()], instead[tag["withheld"]]]
            within = depth
        elif within and depth < within:
            at, within = tag.end(), 0
    return "".join([*kept, "" if within else html[at:]])


def _picture(match: re.Match[str]) -> str:
    """A picture that is not there gives way to its description."""
    if _SRC.search(match[1]):
        return match[0]
    alt = _ALT.search(match[1])
    return alt[1] if alt else ""


def _headings_from(html: str, level: int) -> str:
    """Headings that begin at `level` and never skip one on the way down."""
    written = [int(match[2]) for match in _HEADING.finditer(html) if not match[1]]
    if not written:
        return html
    highest, before = min(written), level - 1

    def shifted(match: re.Match[str]) -> str:
        nonlocal before
        if not match[1]:
            before = min(int(match[2]) - highest + level, before + 1, 6)
        return f"<{match[1]}h{before}>"

    return _HEADING.sub(shifted, html)
