"""Where the addresses in Kubernetes' files lead: some are whole, others are names or relative."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin

from orgcode.adapters.importers.leaves import Place
from orgcode.adapters.importers.things import NO_ADDRESS
from orgcode.model.message import message

FILES = "https://git.k8s.io/community/"
"""Where relative addresses start: the folders of the groups in kubernetes/community."""
CHANNELS = "https://kubernetes.slack.com/messages/"
TEAMS = "https://github.com/orgs/kubernetes/teams/"

MAX_LINKS = 2_000
"""No list of one file gets longer: orgcode reads files of up to 20,000 values."""
TOO_MANY_LINKS = message("The list has more than {limit} links.", limit=MAX_LINKS)

_URL = re.compile(r"(?:https?://|mailto:)[^\s<>]+\Z")
_EMAIL = re.compile(r"[^@\s<>:/]+@[^@\s<>/]+\Z")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
_OWNERS = re.compile(
    r"https://(?:raw\.githubusercontent\.com/([^/]+/[^/]+)(?:/refs/heads)?/[^/]+"
    r"|github\.com/([^/]+/[^/]+)/(?:blob|tree)/[^/]+)/(.*)\Z"
)


class Links:
    """The links of one circle, each once."""

    def __init__(self, folder: str) -> None:
        self._base = f"{FILES}{quote(folder, safe='')}/"
        self._found: dict[tuple[str, str], None] = {}

    def add(self, name: str, url: str) -> None:
        """Add a link."""
        if len(self._found) < MAX_LINKS:
            self._found[name, url] = None

    def add_named(self, name: str, start: str, what: str) -> None:
        """Add a link to something that a service knows by its name."""
        self.add(name, start + quote(what, safe=""))

    def take(self, name: str, place: Place, *keys: str) -> None:
        """Take a whole address, of a page or for e-mail, as a link."""
        text = place.text(*keys)
        self._take(name, whole(text) if text else None, place, keys)

    def take_relative(self, name: str, place: Place, *keys: str) -> None:
        """Take an address that may be one of a file in the folder of the group."""
        text = place.text(*keys)
        self._take(name, self.resolve(text.strip()) if text else None, place, keys)

    def _take(self, name: str, url: str | None, place: Place, keys: tuple[str, ...]) -> None:
        if url is None:
            place.leave(NO_ADDRESS, *keys)
        elif len(self._found) >= MAX_LINKS:
            place.leave(TOO_MANY_LINKS, *keys)
        else:
            self.add(name, url)
            place.take(*keys)

    def resolve(self, target: str) -> str | None:
        """The whole address of a link in a text of the group, which stands in its README."""
        if _SCHEME.match(target):
            return whole(target)
        start = f"{self._base}README.md" if target.startswith("#") else self._base
        if target.startswith("/") and not target.startswith("//"):
            start, target = FILES, target.lstrip("/")
        return whole(urljoin(start, target))

    def data(self) -> list[dict[str, str]]:
        """The links as a circle has them."""
        return [{"name": name, "url": url} for name, url in self._found]


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
