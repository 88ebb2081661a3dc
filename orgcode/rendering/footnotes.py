"""Links as footnotes, for pages that are read on paper: a number in the text, addresses at the end.

Only print shows them; the stylesheet hides them on a screen. People are left out: their name says
enough.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from orgcode.rendering.words import ROOT

_LINK = re.compile(r'<a href="([^"#]+)(?:#[^"]*)?"([^>]*)>(.*?)</a>', re.DOTALL)


def footnotes(html: Markup) -> Markup:
    """The HTML with a number at every link, and at its end the list of where they lead."""
    numbers: dict[str, int] = {}

    def numbered(match: re.Match[str]) -> str:
        address = _short(match[1])
        if address is None or 'class="term"' in match[2]:
            return match[0]
        number = numbers.setdefault(address, len(numbers) + 1)
        return f'<a data-note="{number}"{match[0][2:]}'

    marked = _LINK.sub(numbered, html)
    if not numbers:
        return html
    notes = "".join(f"<li>{address}</li>" for address in numbers)
    return Markup(f'{marked}<ol class="on-paper footnotes">{notes}</ol>')  # noqa: S704 (was HTML)


def _short(address: str) -> str | None:
    """What stands on paper for an address; nothing for that of a person."""
    if not address.startswith(ROOT):
        return address
    path = address.removeprefix(ROOT).removesuffix(".html")
    return None if path.startswith("people/") or "/people/" in path else path
