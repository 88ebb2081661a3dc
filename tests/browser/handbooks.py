"""Handbooks on disk: those of real organisations, and what the files of any of them hold."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from orgcode.actions.build import SITE, build
from orgcode.actions.importing import import_organisation
from orgcode.i18n.translator import Translator

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
HOME = "index.html"
REAL: Mapping[str, str] = {
    "rust-team": "rust-team.bundle",
    "kubernetes-sigs": "kubernetes-sigs.bundle",
    "peribolos": "kubernetes-org",
}
"""The public organisations, by the format in which they are written down."""

_ATTRIBUTE = r"\s+[a-zA-Z:-]+(?:=\"[^\"]*\")?"
_LINK = re.compile(rf"<([a-z]+)(?:{_ATTRIBUTE})*?\s+(?:href|src)=\"([^\"]*)\"")
_PLACE = re.compile(r"\sid=\"([^\"]+)\"")
_TEMPLATE = re.compile(r"<body class=\"page-([^\"]+)\"")
_FOLLOWED = ("http", "https", "mailto")


@dataclass(frozen=True)
class Handbook:
    """The files of a handbook, read without a browser."""

    folder: Path

    @cached_property
    def files(self) -> frozenset[str]:
        """The path of every file."""
        return frozenset(
            file.relative_to(self.folder).as_posix()
            for file in self.folder.rglob("*")
            if file.is_file()
        )

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The path of every page."""
        return tuple(sorted(path for path in self.files if path.endswith(".html")))

    @cached_property
    def links(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        """For each page the elements that lead or load, with the address as it is written."""
        return {
            page: frozenset((tag, unescape(it)) for tag, it in _LINK.findall(text))
            for page, text in self._texts.items()
        }

    @cached_property
    def templates(self) -> Mapping[str, tuple[str, ...]]:
        """The pages of each template, the largest first."""
        found: dict[str, list[str]] = {}
        for page, text in sorted(self._texts.items(), key=lambda it: (-len(it[1]), it[0])):
            name = _TEMPLATE.search(text)
            found.setdefault(name[1] if name else Path(page).stem, []).append(page)
        return {name: tuple(pages) for name, pages in sorted(found.items())}

    def broken(self, page: str) -> list[str]:
        """Addresses on a page that lead nowhere, or load from somewhere else."""
        found = []
        for tag, written in sorted(self.links[page]):
            parts = urlsplit(written)
            path = self.target(page, written)
            if path is None:
                if tag != "a" or parts.scheme not in _FOLLOWED:
                    found.append(f"{page}: {written}")
            elif path not in self.files:
                found.append(f"{page}: {written}")
            elif parts.fragment and unquote(parts.fragment) not in self._places.get(path, ()):
                found.append(f"{page}: {written} (no such place)")
        return found

    def target(self, page: str, written: str) -> str | None:
        """The file that an address on a page leads to; None where it leads out of the handbook."""
        parts = urlsplit(written)
        if parts.scheme or parts.netloc:
            return None
        path = unquote(parts.path)
        return normpath(join(dirname(page), path)) if path else page

    def clicks(self) -> Mapping[str, int]:
        """How many clicks each page is from home, as far as one gets there."""
        found = {HOME: 0}
        new = [HOME]
        while new:
            reached = {
                path
                for page in new
                for tag, written in self.links[page]
                if tag == "a" and (path := self.target(page, written)) in self.links
            }
            away = found[new[0]] + 1
            new = [path for path in reached if path is not None and path not in found]
            found |= dict.fromkeys(new, away)
        return found

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        return {page: (self.folder / page).read_text(encoding="utf-8") for page in self.pages}

    @cached_property
    def _places(self) -> Mapping[str, frozenset[str]]:
        """The places within each page that a link can lead to."""
        return {
            page: frozenset(map(unescape, _PLACE.findall(text)))
            for page, text in self._texts.items()
        }


def real_handbook(format: str, data: Path, folder: Path) -> Handbook:
    """Import a public organisation and build its handbook, unless another worker did so."""
    site = folder / SITE
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (site / HOME).is_file():
            made = import_organisation(format, data / REAL[format], folder, NOW, Translator("en"))
            assert [finding for finding in made.findings if finding.severity == "error"] == []
            build(folder, NOW.date())
    return Handbook(site.resolve())
