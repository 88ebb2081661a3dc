"""`kubernetes-sigs`: the file `sigs.yaml` of kubernetes/community, in every shape it has had.

The project is the anchor circle. SIGs, working groups, user groups and committees are its circles,
subprojects the circles of their group. The steering committee governs the project, so its members
are members of the anchor circle too, by a core role that reaches into the parent circle. It sends
somebody to the governing board of the foundation (`gb_rep`), who holds a core role of it.

A circle's id is the `dir` of the group or the name of the subproject, as `ids.py` makes it: a
subproject that moves to another group stays the same. Where two have the same name, each has that
of its group before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from orgcode.adapters.importers import RULESET, Documents, Known
from orgcode.adapters.importers.ids import id_of
from orgcode.adapters.importers.kubernetes_groups import (
    EMERITI,
    KINDS,
    LIAISON,
    REPRESENTATIVE,
    STEERING,
    Group,
    group_circle,
    subproject_circle,
    there,
)
from orgcode.adapters.importers.kubernetes_people import MEMBERSHIPS, Contributors
from orgcode.adapters.importers.leaves import Intake, Place, Pointer
from orgcode.adapters.importers.prose import one_line
from orgcode.adapters.importers.register import Claim, Ids
from orgcode.adapters.importers.things import Names, Room, organisation, without_nothing
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message, one

ARCHIVES: tuple[str, ...] = ()

FILE = "sigs.yaml"
NAME = "Kubernetes"
REPRESENTATIVE_KEY = "gb_rep"
CIRCLES = "circles"

NO_NAME = message("Nothing here says what it is called.")
SECOND = message("Another one of the same name stands before it.")
NO_PURPOSE = message(
    "The source does not say what the organisation is for; write its `purpose` in org.yaml."
)
NOBODY_STEERS = message(
    "The source has no steering committee, so nobody is {member:a} of the {circle} around all"
    " others.",
    member=one("member"),
    circle=one("circle"),
)

_CIRCLE_KINDS: Mapping[str, Mapping[str, object]] = {
    "project": {
        "name": "project",
        "plural": "projects",
        "description": "The project as a whole, governed by its steering committee.",
    },
    "sig": {
        "name": "special interest group",
        "plural": "special interest groups",
        "description": "A lasting group that owns a part of the project, with its subprojects.",
        "core_roles": ["chair", "tech-lead", "liaison"],
    },
    "working-group": {
        "name": "working group",
        "plural": "working groups",
        "description": "People of several SIGs who work on one subject together, and then stop.",
        "core_roles": ["chair", "tech-lead", "liaison"],
    },
    "user-group": {
        "name": "user group",
        "plural": "user groups",
        "description": "People who use the project for something in common.",
        "core_roles": ["chair", "tech-lead", "liaison"],
    },
    "committee": {
        "name": "committee",
        "plural": "committees",
        "description": "A few people who look after something that cannot be done in the open.",
        "core_roles": ["committee-member", "liaison"],
    },
    "steering-committee": {
        "name": "steering committee",
        "plural": "steering committees",
        "description": "The committee that governs the project; its members decide for the whole.",
        "core_roles": ["steering-member", REPRESENTATIVE, "liaison"],
    },
    "subproject": {
        "name": "subproject",
        "plural": "subprojects",
        "description": "A part of the work of a group, whose owners are named in its repositories.",
        "core_roles": ["lead"],
    },
}
"""With the core roles that the source can fill: others would look like open seats."""
_CORE_ROLES = {
    "steering-member": {
        "name": "Member",
        "purpose": "The project as a whole is governed well.",
        "optional": True,
        "in_parent": True,
    },
    "committee-member": {
        "name": "Member",
        "purpose": "What the committee was formed for is done.",
        "optional": True,
    },
    REPRESENTATIVE: {
        "name": "Governing board representative",
        "purpose": "The project is heard in the governing board of its foundation.",
        "optional": True,
    },
}


def convert(intake: Intake, known: Known) -> Documents:
    """Kubernetes as `sigs.yaml` has it."""
    root = _open(intake)
    groups = list(_groups(root))
    subprojects = [(group, place) for group in groups for place in _subprojects(group)]
    people = Contributors(
        [place for group in groups for place in _active(group)]
        + [lead for _, place in subprojects for lead in place.at("leads").items()]
        + [root.at(REPRESENTATIVE_KEY)],
        [p for group in groups for keys in EMERITI for p in group.place.at(*keys).items()],
        known.ids,
    )
    name = known.name or NAME
    anchor = id_of(name)
    ids = _ids(anchor, groups, subprojects, known.ids)
    by_name = {group.name.lower(): ids[group.place.pointer] for group in reversed(groups)}
    circles: dict[str, dict[str, object]] = {anchor: {"name": name, "kind": "project"}}
    kinds = dict(_CIRCLE_KINDS)
    if not any(group.kind is STEERING for group in groups):
        intake.remark(NOBODY_STEERS)
        sent = people.holders(there(root.at(REPRESENTATIVE_KEY)), Room())
        kinds["project"] = {**kinds["project"], "core_roles": [REPRESENTATIVE]}
        circles[anchor]["core_roles"] = without_nothing({REPRESENTATIVE: sent})
    for group in groups:
        circles[ids[group.place.pointer]] = group_circle(group, anchor, people, by_name)
    for group, place in subprojects:
        parent = ids[group.place.pointer]
        circles[ids[place.pointer]] = subproject_circle(place, group.folder, parent, people)
    intake.remark(NO_PURPOSE)
    return {
        "org.yaml": organisation(
            format="kubernetes-sigs",
            name=name,
            purpose=f"What the groups of {name} look after together.",
            anchor=anchor,
            ruleset=RULESET,
            memberships=MEMBERSHIPS,
            circle_kinds=kinds,
            core_roles=_CORE_ROLES,
        ),
        **{f"circles/{id}.yaml": without_nothing(data) for id, data in circles.items()},
        **people.documents(),
    }


def claims(intake: Intake, known: Known) -> Iterator[Claim]:
    """Which names there are beside one another: a subproject has its own alone for an id, if
    nothing else is called so at the same time.
    """
    root = _open(intake)
    anchor = id_of(known.name or NAME)
    yield Claim(CIRCLES, (anchor,), short=anchor)
    for group in _groups(root):
        yield Claim(CIRCLES, (group.folder,), short=group.folder)
        for place in _subprojects(group):
            name = one_line(place.text("name") or "")
            yield Claim(CIRCLES, (group.folder, name), short=name)


def _open(intake: Intake) -> Place:
    """The file, at the top or in a folder; without it there is nothing to import."""
    paths = sorted(
        (path for path in intake.paths if path.rpartition("/")[2] == FILE),
        key=lambda path: (path.count("/"), path),
    )
    if not paths:
        raise OrgcodeError(
            message("There is no file {file} here.", file=FILE),
            message("Name the folder, repository or bundle in which it stands."),
        )
    root = intake.open(paths[0], FILE)
    if root is None:
        unread = intake.unread[0]
        raise OrgcodeError(
            message(
                "The file {file} cannot be read. Line {line}: {cause}",
                file=unread.path,
                line=unread.line,
                cause=unread.cause,
            )
            if unread.line
            else message(
                "The file {file} cannot be read: {cause}", file=unread.path, cause=unread.cause
            ),
            message("Correct it there, or import another revision."),
        )
    return root


def _groups(root: Place) -> Iterator[Group]:
    """The groups that can be told apart, SIGs first."""
    folders: set[str] = set()
    titles = Names()
    for key, kind in KINDS.items():
        for place in root.at(key).items():
            folder = one_line(place.text("dir") or place.text("name") or "")
            if not folder or folder in folders:
                place.leave(SECOND if folder else NO_NAME)
                continue
            folders.add(folder)
            name = one_line(place.text("name") or folder)
            governs = key == "committees" and name.lower() == "steering"
            yield Group(
                place=place,
                kind=STEERING if governs else kind,
                folder=folder,
                name=name,
                title=titles.unique(kind.title.format(name=name), folder),
                representative=root.at(REPRESENTATIVE_KEY) if governs else None,
            )


def _subprojects(group: Group) -> Iterator[Place]:
    names: set[str] = set()
    for place in group.place.at("subprojects").items():
        name = one_line(place.text("name") or "")
        if not name or name in names:
            place.leave(SECOND if name else NO_NAME)
            continue
        names.add(name)
        yield place


def _active(group: Group) -> list[Place]:
    """Whoever does something in a group now."""
    leads = [place for leads in group.kind.leads for place in group.place.at(*leads.keys).items()]
    return [*leads, group.place.at(*LIAISON)]


def _ids(
    anchor: str, groups: list[Group], subprojects: list[tuple[Group, Place]], ids: Ids
) -> Mapping[Pointer, str]:
    """The id of each circle, by where it stands in the file."""
    own = Counter({anchor: 1})
    own.update(group.folder.lower() for group in groups)
    own.update(one_line(place.text("name") or "").lower() for _, place in subprojects)
    names: dict[Pointer, tuple[str, ...]] = {
        group.place.pointer: (group.folder,) for group in groups
    }
    for group, place in subprojects:
        name = one_line(place.text("name") or "")
        is_alone = ids.is_alone((group.folder, name))
        if is_alone is None:
            is_alone = own[name.lower()] == 1
        names[place.pointer] = (name,) if is_alone else (group.folder, name)
    found = ids.assign(CIRCLES, [(anchor,), *names.values()])
    return {pointer: found[name] for pointer, name in names.items()}
