"""A team of rust-lang/team as a circle: what it is called and for, where it is to be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from orgcode.adapters.importers.leaves import Place
from orgcode.adapters.importers.things import Room, take_email, take_url, without_nothing
from orgcode.model.message import message
from orgcode.rendering.starter import markdown

TEAM = "team"
MARKER = "marker"
NOT_GRANTED = message("It says that something is not permitted, as it is without being said.")

_KINDS = {"team": TEAM, "marker-team": MARKER}
_LINK = 6
"""The values of which a link consists, with its beginning and end."""


def kind_of(place: Place) -> str:
    """The kind of a team, only looked at: one of the ruleset, or what the source calls it."""
    kind = place.text("kind") or TEAM
    return _KINDS.get(kind, kind)


class Links:
    """Addresses elsewhere, each once."""

    def __init__(self, room: Room) -> None:
        self.data: list[dict[str, str]] = []
        self._room = room
        self._urls: set[str] = set()

    def add(self, place: Place, name: str, url: str) -> None:
        """Take what stands there as a link."""
        if url in self._urls:
            place.take()
        elif self._room.has(_LINK, place):
            place.take()
            self._urls.add(url)
            self.data.append({"name": name, "url": url})


def links(team: str, place: Place, room: Room) -> list[dict[str, str]]:
    """Where a team is to be found: its repository, its teams on GitHub, its chat, its lists."""
    found = Links(room)
    repository = place.at("website", "repo")
    if url := take_url(repository):
        found.add(repository, "Repository", url)
    for github in place.at("github").items():
        _github(found, team, github)
    ping = place.at("rfcbot", "ping")
    if (said := ping.text()) and said.count("/") == 1:
        _github_team(found, ping, *said.split("/"))
    stream = place.at("website", "zulip-stream")
    if said := stream.text():
        found.add(stream, f"Zulip: #{said}", f"{_ZULIP}/#narrow/channel/{_zulip_hash(said)}")
    matrix = place.at("website", "matrix-room")
    if said := matrix.text():
        found.add(matrix, f"Matrix: {said}", f"https://matrix.to/#/{quote(said)}")
    for mailing_list in place.at("lists").items():
        address = mailing_list.at("address")
        if said := take_email(address):
            found.add(address, f"Mailing list {said}", f"mailto:{quote(said, safe='@+')}")
    return found.data


_ZULIP = "https://rust-lang.zulipchat.com"


def _github(found: Links, team: str, github: Place) -> None:
    name = github.text("team-name") or team
    for org in github.at("orgs").items():
        if said := org.text():
            _github_team(found, org, said, name)
            github.take("team-name")


def _github_team(found: Links, place: Place, org: str, name: str) -> None:
    url = f"https://github.com/orgs/{quote(org, safe='')}/teams/{quote(name, safe='')}"
    found.add(place, f"GitHub team {org}/{name}", url)


def _zulip_hash(stream: str) -> str:
    """As Zulip writes the name of a channel in an address."""
    return quote(stream, safe="").replace(".", "%2E").replace("%", ".")


def tags(place: Place, room: Room) -> list[str]:
    """Words by which a team is known elsewhere, each once."""
    found: dict[str, None] = {}
    places = [
        place.at("rfcbot", "label"),
        *(group.at("name") for group in place.at("zulip-groups").items()),
    ]
    if place.flag("top-level"):
        place.take("top-level")
        found["top-level"] = None
    for each in places:
        if (said := each.text()) and (said in found or room.has(1, each)):
            each.take()
            found[said] = None
    return list(found)


def contact(place: Place) -> str | None:
    """The address to write to."""
    return take_email(place, "website", "email")


_WORKED_OUT = {
    "include-all-team-members": "everybody who is in one of the teams",
    "include-all-alumni": "everybody who was in a team and is in none any more",
    "include-team-leads": "the leads of all teams",
    "include-wg-leads": "the leads of all working groups",
    "include-project-group-leads": "the leads of all project groups",
}


def worked_out(place: Place, ids: Mapping[str, str], room: Room, *, is_listed: bool) -> str | None:
    """Who belongs to a team without being named, because of what they are elsewhere; and whether
    they are listed as well.
    """
    lines = []
    for key, who in _WORKED_OUT.items():
        if place.flag("people", key):
            place.take("people", key)
            lines.append(f"- {who}\n")
    for team in place.at("people", "included-teams").items():
        if (name := team.text()) and name in ids and room.has(1, team):
            team.take()
            lines.append(f"- everybody in [{markdown(name)}](../circles/{ids[name]}.yaml)\n")
    if not lines:
        return None
    return (_LISTED if is_listed else _NOT_LISTED) + "".join(dict.fromkeys(lines))


_LISTED = (
    "The source does not name everybody who belongs to this team, but says who they are. They are"
    " listed here as they were when it was imported:\n\n"
)
_NOT_LISTED = "Besides those named here, to this team belong:\n\n"


def access_policy(
    place: Place, circle: str, circle_name: str, ended: Mapping[str, object] | None
) -> Mapping[str, object] | None:
    """What a team and its leads may do on other systems; None where that is nothing."""
    paragraphs = []
    for key, who in (("permissions", "The team"), ("leads-permissions", "Its leads")):
        if granted := sorted(_granted(place.at(key))):
            lines = "".join(f"- `{name}`\n" for name in granted)
            paragraphs.append(f"{who} may use:\n\n{lines}")
    if not paragraphs:
        return None
    paragraphs.append(_NOT_BELOW)
    return without_nothing(
        {
            "title": f"Permissions: {circle_name}",
            "circle": circle,
            "kind": "access",
            "text": "\n".join(paragraphs),
            "ended": ended,
        }
    )


# a policy binds the circles below too, and the format has no way to say of one that it does not
_NOT_BELOW = "This holds for this team alone: no team below it may do so because of it.\n"


def _granted(place: Place, name: str = "") -> Iterator[str]:
    """The names of all that is permitted, with dots between the keys."""
    for key in place.keys:
        inner = place.at(key)
        full = f"{name}.{key}" if name else key
        if inner.flag():
            inner.take()
            yield full
        elif inner.flag() is False:
            inner.leave(NOT_GRANTED)
        else:
            yield from _granted(inner, full)
