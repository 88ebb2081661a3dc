"""A group of Kubernetes, and a subproject of one, as a circle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct

from orgcode.adapters.importers.kubernetes_links import CHANNELS, TEAMS, Links, repository_of, whole
from orgcode.adapters.importers.kubernetes_meetings import meetings
from orgcode.adapters.importers.kubernetes_people import Contributors
from orgcode.adapters.importers.leaves import Place
from orgcode.adapters.importers.prose import is_one_link, links_in, one_line, plain, purpose_of
from orgcode.adapters.importers.things import Room, without_nothing
from orgcode.model.message import message

NO_SUCH_GROUP = message("No group in the file has this name.")

_FORMER = 3
"""The values that stand around the person, where one was in a circle before."""
LIAISON = ("contact", "liaison")
REPRESENTATIVE = "governing-board-representative"
EMERITI = (("leadership", "emeritus_leads"), ("emeritus_leads",))


class Leads(NamedTuple):
    """Where a group names people, and which core role they hold."""

    keys: tuple[str, ...]
    core_role: str


class Kind(Struct, frozen=True, kw_only=True):
    """The groups of one list of the file: which circles they become, and who leads them."""

    circle_kind: str
    title: str
    """What a group is called in full."""
    leads: tuple[Leads, ...]


_LEADERSHIP = (
    Leads(("leadership", "chairs"), "chair"),
    Leads(("leads",), "chair"),
    Leads(("organizers",), "chair"),
    Leads(("leadership", "tech_leads"), "tech-lead"),
)
KINDS = {
    "sigs": Kind(circle_kind="sig", title="SIG {name}", leads=_LEADERSHIP),
    "workinggroups": Kind(circle_kind="working-group", title="WG {name}", leads=_LEADERSHIP),
    "usergroups": Kind(circle_kind="user-group", title="UG {name}", leads=_LEADERSHIP),
    "committees": Kind(
        circle_kind="committee",
        title="{name} Committee",
        leads=(Leads(("leadership", "chairs"), "committee-member"),),
    ),
}
"""By the key of the list. What the oldest files call leads or organizers became chairs; whom the
file calls chairs of a committee, Kubernetes calls its members everywhere else."""
STEERING = Kind(
    circle_kind="steering-committee",
    title="{name} Committee",
    leads=(Leads(("leadership", "chairs"), "steering-member"),),
)
SUBPROJECT_LEADS = (Leads(("leads",), "lead"),)


class Group(Struct, frozen=True, kw_only=True):
    """A group: where it stands in the file, what it is called there and in full, and who speaks for
    it elsewhere.
    """

    place: Place
    kind: Kind
    folder: str
    name: str
    title: str
    representative: Place | None


def group_circle(
    group: Group, parent: str, people: Contributors, by_name: Mapping[str, str]
) -> dict[str, object]:
    """A group as a circle; `by_name` has the ids of the SIGs, and of other groups, by name."""
    place = group.place
    place.take("dir")
    place.take("name")
    room = Room()
    links = Links(group.folder, room)
    links.take_relative("Charter", place, "charter_link")
    core_roles = _core_roles(place, group.kind.leads, people, room)
    core_roles[REPRESENTATIVE] = people.holders(there(group.representative), room)
    core_roles["liaison"] = people.holders(there(place.at(*LIAISON)), room)
    emeriti = (p for keys in EMERITI for p in place.at(*keys).items())
    former = people.holders([p for p in emeriti if room.has(_FORMER, p)], room)
    return {
        "name": group.title,
        "kind": group.kind.circle_kind,
        "parent": parent,
        "core_roles": without_nothing(core_roles),
        "former": [{"person": id} for id in former],
        "serves": _serves(place, by_name, room),
        **_about(place, "mission_statement", links, room),
    }


def subproject_circle(
    place: Place, folder: str, parent: str, people: Contributors
) -> dict[str, object]:
    """A subproject as a circle of its group, in whose folder it has its relative links."""
    room = Room()
    links = Links(folder, room)
    return {
        "name": one_line(place.take("name") or ""),
        "kind": "subproject",
        "parent": parent,
        "core_roles": without_nothing(_core_roles(place, SUBPROJECT_LEADS, people, room)),
        **_about(place, "description", links, room),
    }


def there(place: Place | None) -> list[Place]:
    """A place as a list: empty where nothing stands."""
    return [place] if place and place.is_there else []


def _about(place: Place, text: str, links: Links, room: Room) -> dict[str, object]:
    """What groups and subprojects have in common."""
    purpose, context = _purpose(place, text, links)
    contact = _contact(place, links)
    held = meetings(place, links, room)
    for owners in place.at("owners").items():
        links.take(f"Owners of {repository_of(owners.text() or '')}", owners)
    label = place.take("label")
    return {
        "purpose": purpose,
        "context": {"text": context} if context else None,
        "meetings": held,
        "contact": contact,
        "links": links.data,
        "tags": [one_line(label)] if label else None,
    }


def _purpose(place: Place, key: str, links: Links) -> tuple[str | None, str | None]:
    """Purpose and context; a text that only leads elsewhere is a link."""
    text = place.take(key)
    if text is None:
        return None, None
    if is_one_link(text):
        for _, url in links_in(text, links.resolve):
            if links.add(place.at(key), "Description", url):
                return None, None
    purpose = purpose_of(text, links.resolve)
    return purpose.words or None, purpose.rest


def _core_roles(
    place: Place, leads: tuple[Leads, ...], people: Contributors, room: Room
) -> dict[str, list[str]]:
    by_role: dict[str, list[Place]] = {}
    for keys, core_role in leads:
        by_role.setdefault(core_role, []).extend(place.at(*keys).items())
    return {core_role: people.holders(places, room) for core_role, places in by_role.items()}


def _serves(place: Place, by_name: Mapping[str, str], room: Room) -> list[str]:
    """The SIGs in which a working group has a stake."""
    served: dict[str, None] = {}
    for sig in place.at("stakeholder_sigs").items():
        id = by_name.get(one_line(sig.text() or "").lower())
        if id is None:
            sig.leave(NO_SUCH_GROUP)
        elif id in served or room.has(1, sig):
            sig.take()
            served[id] = None
    return list(served)


def _contact(place: Place, links: Links) -> str | None:
    """How to reach the group, in a line; where there is an address for it, as a link too."""
    here = place.at("contact")
    ways: list[str] = []
    if channel := here.take("slack"):
        name = one_line(channel).lstrip("#")
        ways.append(f"#{name} on Slack")
        links.add_named(here, f"Slack: #{name}", CHANNELS, name)
    links.take("Mailing list", here, "mailing_list")
    private = whole(here.text("private_mailing_list") or "")
    if private and private.startswith("mailto:"):
        ways.append(private.removeprefix("mailto:"))
    links.take("Private mailing list", here, "private_mailing_list")
    _teams(here, links)
    return ", ".join(ways) or None


def _teams(contact: Place, links: Links) -> None:
    """Teams on GitHub, by which a group can be called: a list, and for some days a mapping."""
    for team in contact.at("teams").items():
        if (name := team.text("name")) and _team(name, team, links):
            team.take("name")
    for name, team in contact.at("teams").named():
        _team(name, team, links)
    first = contact.at("github_team")
    if (name := first.text()) and _team(name, first, links):
        first.take()


def _team(name: str, team: Place, links: Links) -> bool:
    about = team.text("description") or ""
    words = plain(about)
    title = f"@{name} on GitHub{f': {words}' if words else ''}"
    if not links.add_named(team, title, TEAMS, name):
        return False
    if all(links.add(team, said, url) for said, url in links_in(about, links.resolve)):
        team.take("description")
    return True
