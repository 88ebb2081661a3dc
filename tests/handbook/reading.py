"""What a reader finds on a page: its text and where it leads."""

from __future__ import annotations

import posixpath
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag

VOID = {"meta", "link", "img", "br", "hr", "input"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text: list[str] = []
        self.heading: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        self.links += [value for name, value in attrs if name in ("href", "src") and value]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if "h1" in self.open:
            self.heading.append(data)


class Reading:
    """One page, read."""

    def __init__(self, path: str, content: bytes) -> None:
        reader = _Reader()
        reader.feed(content.decode())
        reader.close()
        assert reader.open == []
        self.text = "".join(reader.text)
        self.words = " ".join(self.text.split())
        self.heading = "".join(reader.heading)
        self.tags = frozenset(reader.tags)
        self.links = frozenset(
            posixpath.normpath(
                posixpath.join(posixpath.dirname(path), unquote(urldefrag(link).url))
            )
            for link in reader.links
            if ":" not in link and urldefrag(link).url
        )
