"""What RFC 4287 asks of a feed, checked by what only reads XML."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)\Z")
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:\S+\Z")
_FEED = {"id": 1, "title": 1, "updated": 1, "subtitle": 1, "generator": 1}
_ENTRY = {"id": 1, "title": 1, "updated": 1, "content": 1}


def faults(content: bytes) -> list[str]:
    """Everything that makes it no valid feed."""
    root = ET.fromstring(content)  # noqa: S314 (made by us)
    if root.tag != f"{ATOM}feed":
        return [f"the root is {root.tag}"]
    found = _of("feed", root, _FEED)
    if not root.findall(f"{ATOM}author"):
        found.append("no author for entries without one")
    if not [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]:
        found.append("no link to itself")
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    if len(set(ids)) != len(ids):
        found.append("two entries with one id")
    for entry in root.findall(f"{ATOM}entry"):
        found += _of("entry", entry, _ENTRY)
    return found


def _of(what: str, element: ET.Element, once: dict[str, int]) -> list[str]:
    found = []
    for name in ("id", "title", "updated"):
        if not (element.findtext(f"{ATOM}{name}") or "").strip():
            found.append(f"{what} without {name}")
    for name, most in once.items():
        if len(element.findall(f"{ATOM}{name}")) > most:
            found.append(f"{what} with more than one {name}")
    if not _IRI.match(element.findtext(f"{ATOM}id") or ""):
        found.append(f"{what}: the id is no whole IRI")
    if not _MOMENT.match(element.findtext(f"{ATOM}updated") or ""):
        found.append(f"{what}: updated is no moment")
    for author in element.findall(f"{ATOM}author"):
        if not (author.findtext(f"{ATOM}name") or "").strip():
            found.append(f"{what}: an author without a name")
    alternates = [
        (link.get("type"), link.get("hreflang"))
        for link in element.findall(f"{ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    ]
    if len(set(alternates)) != len(alternates):
        found.append(f"{what}: two links to the same kind of page")
    if any(not link.get("href") for link in element.findall(f"{ATOM}link")):
        found.append(f"{what}: a link that leads nowhere")
    for content in element.findall(f"{ATOM}content"):
        inside = list(content)
        if content.get("type") == "xhtml" and [child.tag for child in inside] != [f"{XHTML}div"]:
            found.append(f"{what}: content that is not one div")
    return found
