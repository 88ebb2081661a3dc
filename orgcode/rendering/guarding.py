"""What a page made with an organisation's own templates may be: it says the same about what a
browser may load as every page does, and holds no element that could run or fetch anything.
"""

from __future__ import annotations

import re
from functools import cache

from orgcode import resources
from orgcode.model.message import Message, message
from orgcode.rendering.markdown import TAGS
from orgcode.rendering.own_templates import our_names
from orgcode.rendering.words import ROOT

_MORE = frozenset(
    {
        *(
            "address",
            "bdi",
            "bdo",
            "caption",
            "cite",
            "col",
            "colgroup",
            "data",
            "dfn",
            "div",
            "figcaption",
        ),
        *("figure", "meter", "progress", "ruby", "rp", "rt", "samp", "section", "tfoot", "time"),
        *("var", "wbr"),
    }
)
_NEVER = frozenset({"base", "embed", "form", "frame", "iframe", "object", "style"})
_CHECKED = frozenset({"script", "link", "meta"})

_TAG = re.compile(r"<([a-zA-Z][^\s/>]*)[^>]*>?")
_OF_OURS = re.compile(r"<([a-z][a-z0-9]*)")
_INSIDE = rf"{ROOT}(?!/)[A-Za-z0-9_.~%/-]*(?:\#[A-Za-z0-9_.~%/-]*)?"
_SAFE = (
    re.compile(rf'<script (?:defer )?src="{_INSIDE}\.js"(?: defer)?>\Z'),
    re.compile(
        r'<link rel="(?:stylesheet|alternate|canonical|icon|search)"(?: [a-z]+="[^"]*")*'
        rf' href="{_INSIDE}">\Z'
    ),
    re.compile(r'<link rel="canonical" href="https?://[^"]*">\Z'),
    re.compile(r'<meta charset="utf-8">\Z'),
    re.compile(
        r'<meta name="(?:viewport|referrer|color-scheme|robots|description|author|theme-color'
        r'|generator)" content="[^"]*">\Z'
    ),
    re.compile(rf'<meta http-equiv="refresh" content="0; url={_INSIDE}">\Z'),
)
_ATTRIBUTE = re.compile(r"""([^\s"'/=<>]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]*)""")
_ELSEWHERE = re.compile(rf"""["']?\s*(?:{ROOT}?//|[a-z][a-z0-9+.-]*:)""", re.IGNORECASE)
_BEGINNING = re.compile(
    r'\s*<!doctype html>\s*<html lang="[A-Za-z-]+">\s*<head>\s*<meta charset="utf-8">\s*'
    r'(?:<meta name="viewport"[^>]*>\s*)?'
    r'(?P<policy><meta http-equiv="Content-Security-Policy" content="[^"]*">)'
)


def objection(html: str) -> tuple[Message, str] | None:
    """What is wrong with a page, and the beginning of the tag that makes it so."""
    beginning = _BEGINNING.match(html)
    if beginning is None or beginning["policy"] not in _policies():
        return (
            message("A page made with this template does not say what a browser may load."),
            "<html",
        )
    for tag in _TAG.finditer(html, beginning.end()):
        name = tag[1].lower()
        if name in _CHECKED:
            is_allowed = any(safe.match(tag[0]) for safe in _SAFE) or tag[0] in _policies()
        else:
            is_allowed = name in _allowed() and not _fetches_from_elsewhere(tag[0])
        if not is_allowed:
            return (
                message(
                    "A page made with this template holds {tag}, which no page of a handbook may.",
                    tag=tag[0][:80],
                ),
                f"<{tag[1]}",
            )
    return None


def _fetches_from_elsewhere(tag: str) -> bool:
    """Whether it shows a picture from elsewhere: no browser loads it, and its place stays empty."""
    return any(
        name.lower() in {"src", "srcset"} and _ELSEWHERE.match(value)
        for name, value in _ATTRIBUTE.findall(tag)
    )


@cache
def _ours() -> tuple[str, ...]:
    return tuple(resources.read_template(name).decode() for name in sorted(our_names()))


@cache
def _policies() -> frozenset[str]:
    """What our own pages say about what a browser may load."""
    policy = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
    return frozenset(found for text in _ours() for found in policy.findall(text))


@cache
def _allowed() -> frozenset[str]:
    """The elements of Markdown, of our own templates, and some that do no more than those."""
    used = {name for text in _ours() for name in _OF_OURS.findall(text)}
    return frozenset((used | TAGS | _MORE) - _NEVER - _CHECKED)
