"""Where the addresses in Kubernetes' files lead: some are whole, others are names or relative."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin

from orgcode.adapters.importers.leaves import Place
from orgcode.adapters.importers.things import NO_ADDRESS, Room

FILES = "https://git.k8s.io/community/"
"""Where relative addresses start: the folders of the groups in kubernetes/community."""
CHANNELS = "https://kubernetes.slack.com/messages/"
TEAMS = "https://github.com/orgs/kubernetes/teams/"


_URL = re.compile(r"(?:https?://|mailto:)[^\s<>]+\Z")
_EMAIL = re.compile(r"[^@\s<>:/]+@[^@\s<>/]+\Z")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
_OWNERS = re.compile(
    r"https://(?:raw\.githubusercontent\.com/([^/]+/[^/]+)(?:/refs/heads)?/[^/]+"
    r"|github\.com/([^/]+/[^/]+)/(?:blob|tree)/[^/]+)/(.*)\Z"
)


_LINK = 6
"""The values of which a link consists, with its beginning and end."""


class Links:
    """The links of one circle, each once, as long as there is room for them."""

    def __init__(self, folder: str, room: Room) -> None:
        self.data: list[dict[str, str]] = []
        self._base = f"{FILES}{quote(folder, safe='')}/"
        self._room = room
        self._seen: set[tuple[str, str]] = set()

    def add(self, place: Place, name: str, url: str) -> bool:
        """Add a link that follows from what stands there; tells whether it is among them now."""
        if (name, url) in self._seen:
            return True
        if not self._room.has(_LINK, place):
            return False
        self._seen.add((name, url))
        self.data.append({"name": name, "url": url})
        return True

    def add_named(self, place: Place, name: str, start: str, what: str) -> bool:
        """Add a link to something that a service knows by its name."""
        return self.add(place, name, start + quote(what, safe=""))

    def take(self, name: str, place: Place, *keys: str) -> None:
        """Take a whole address, of a page or for e-mail, as a link."""
        text = place.text(*keys)
        self._take(name, whole(text) if text else None, place.at(*keys))

    def take_relative(self, name: str, place: Place, *keys: str) -> None:
        """Take an address that may be one of a file in the folder of the group."""
        text = place.text(*keys)
        self._take(name, self.resolve(text.strip()) if text else None, place.at(*keys))

    def _take(self, name: str, url: str | None, place: Place) -> None:
        if url is None:
            place.leave(NO_ADDRESS)
        elif self.add(place, name, url):
            place.take()

    def resolve(self, target: str) -> str | None:
        """The whole address of a link in a text of the group, which stands in its README."""
        if _SCHEME.match(target):
            return whole(target)
        start = f"{self._base}README.md" if target.startswith("#") else self._base
        if target.startswith("/") and not target.startswith("//"):
            start, target = FILES, target.lstrip("/")
        return whole(urljoin(start, target))


def take_page(place: Place, *keys: str) -> str | None:
    """The address of a page, taken."""
    text = place.text(*keys)
    url = whole(text) if text else None
    if url is None or not url.startswith("http"):
        place.leave(NO_ADDRESS, *keys)
        return None
    place.take(*keys)
    return url


def whole(text: str) -> str | None:
    """The text where it is a whole address, an e-mail address with `mailto:`; None: it is none."""
    address = text.strip().strip(_UNSEEN)
    if _EMAIL.match(address):
        return f"mailto:{address}"
    return address if _URL.match(address) else None


def repository_of(owners: str) -> str:
    """What the people in a file OWNERS look after: a repository, or a folder in it."""
    address = owners.strip()
    match = _OWNERS.match(address)
    if match is None:
        return address
    folder = match[3].removesuffix("OWNERS").strip("/")
    return "/".join(part for part in (match[1] or match[2], folder) if part)
