"""All that is wrong with an organisation's own templates, once something is known to be.

A template that is broken as it stands hides nothing of those that do not need it, nor does the
first page that cannot be made: pages of every sort are tried. Those that need a template known to
be broken are not, since whatever is wrong with them may follow from that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from orgcode.model.finding import Finding
from orgcode.rendering.bounds import TooMuchError
from orgcode.rendering.own_templates import FOLDER, BrokenTemplatesError, OwnTemplates
from orgcode.rendering.page import Edition, Page
from orgcode.rendering.site import Renderer

_TRIED = 10
"""So many pages of a folder are tried: enough to come across most of what they may show."""

Makers = Mapping[str, Callable[[], Page]]
"""What makes each page of an edition, by its path."""


def all_faults(
    first: tuple[Finding, ...],
    editions: Mapping[str, tuple[Edition, Makers]],
    own: OwnTemplates,
) -> tuple[Finding, ...]:
    """What was found first, and whatever else is wrong, by file and line."""
    edition, pages = next(iter(editions.values()))
    render = Renderer(edition, own)
    spoilt = {_name(finding) for finding in render.faults()}
    found: dict[tuple[str, int], list[Finding]] = {}
    for finding in first:
        found.setdefault((finding.path, finding.line), []).append(finding)
    for make in _some_of(pages):
        page = make()
        if render.needs(page.template, spoilt):
            continue
        try:
            render(page)
        except BrokenTemplatesError as error:
            for finding in error.findings:
                found.setdefault((finding.path, finding.line), [finding])
                if isinstance(error.__cause__, TooMuchError | RecursionError | MemoryError):
                    spoilt.add(_name(finding))  # trying it again takes as long again
    return tuple(chain.from_iterable(found[place] for place in sorted(found)))


def _name(finding: Finding) -> str:
    return finding.path.removeprefix(FOLDER)


def _some_of(pages: Makers) -> Iterator[Callable[[], Page]]:
    number: dict[str, int] = defaultdict(int)
    for path, make in pages.items():
        folder = path.rpartition("/")[0]
        number[folder] += 1
        if not folder or number[folder] <= _TRIED:
            yield make
