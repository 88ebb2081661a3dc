"""What a change does, piece by piece: the effects of a diff (design section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct, field

from orgcode.model.finding import Pointer
from orgcode.model.message import Message, many, message, one

KINDS: tuple[str, ...] = (
    "governance",
    "organisation",
    "circle",
    "role",
    "assignment",
    "person",
    "identity",
    "policy",
    "agreement",
    "objective",
    "tension",
    "page",
    "tooling",
    "format",
    "proposal",
)
"""The kinds of change, without what they may be narrowed to."""

RULELESS = frozenset({"format", "proposal"})
"""Kinds for which there never is a rule."""

ANCHORED = frozenset({"governance", "organisation", "person", "identity", "page", "tooling"})
"""Kinds of change that always stand in the anchor circle."""

_OF_ANY = {
    "added": "a new file",
    "removed": "the file is deleted",
    "ended": "it is over, or on another day than was written",
    "reopened": "it is no longer over",
    "renamed": "it has another id; the former one is an alias",
    "amended": "something else of it",
    "unreadable": "the file can no longer be read, or still cannot",
    "repaired": "the file can be read again; what it says now are effects of their own",
}
_IN_CIRCLE = {**_OF_ANY, "moved": "it is in another circle"}
_HOLDING = {
    "added": "somebody is to hold it",
    "ended": "somebody no longer holds it, or until an earlier day",
    "extended": "somebody holds it until a later day, without an end, or for another term",
    "rescheduled": "somebody holds it from another day on",
    "rekeyed": "somebody holds it by their new id",
    "recorded": "somebody is added who held it in the past",
    "forgotten": "somebody is taken off the list who held it in the past",
    "amended": "focus, hours, and whether elected; or only how it is written",
    "reordered": "only the order of the holders",
}

NARROWINGS: Mapping[str, Mapping[str, str]] = {
    "governance": {
        "added": "org.yaml is new",
        "removed": "org.yaml is deleted",
        "rules": "decision rules, of the organisation or of a circle",
        "ruleset": "another ruleset",
        "memberships": "kinds of membership",
        "circle_kinds": "kinds of circle",
        "core_roles": "kinds of core role",
        "assurance": "how sure it must be who somebody is, and what time it is",
        "witnesses": "who attests time and receipt",
        "anchor": "another anchor circle",
        "in_force": "since when the rules are in force",
        "severities": "how severe findings are",
        "forge": "where the repository is",
        "id": "the organisation's id",
        "version": "the format of the files",
        "aliases": "former addresses",
        "ended": "the organisation is over, or no longer",
        "unreadable": _OF_ANY["unreadable"],
        "repaired": _OF_ANY["repaired"],
    },
    "organisation": {"added": "org.yaml is new", "amended": "name, purpose, values and the like"},
    "circle": {
        **_IN_CIRCLE,
        "moved": "it has another parent",
        "measured": "values of its metrics, and nothing else of them",
    },
    "role": {**_IN_CIRCLE, "page": "a page or picture that it links to"},
    "assignment": _HOLDING,
    "assignment.core": _HOLDING,
    "assignment.member": _HOLDING,
    "person": {
        "joined": "a new file",
        "removed": "the file is deleted",
        "left": "they leave, or on another day than was written",
        "returned": "they no longer leave",
        "renamed": _OF_ANY["renamed"],
        "membership": "another kind of membership",
        "period": "another day on which they joined",
        "away": "when they are away",
        "amended": "name, skills and the like",
        "unreadable": _OF_ANY["unreadable"],
        "repaired": _OF_ANY["repaired"],
    },
    "identity": {
        "accounts": "accounts on a forge",
        "addresses": "e-mail addresses",
        "keys": "SSH keys",
    },
    "policy": {**_IN_CIRCLE, "page": "a page or picture that it links to"},
    "agreement": {**_IN_CIRCLE, "page": "a page or picture that it links to"},
    "objective": {
        **_IN_CIRCLE,
        "measured": "how far key results are, and nothing else of them",
        "closed": "whether it was achieved or dropped",
    },
    "tension": {**_OF_ANY, "closed": "it is closed, or no longer"},
    "page": {
        "added": "a new page, picture or file for people",
        "amended": "another content",
        "removed": "it is deleted",
    },
    "tooling": {
        "added": "a new file that serves tools, or that orgcode does not know",
        "amended": "another content",
        "removed": "it is deleted",
    },
    "format": {
        "rewritten": "the file is written otherwise and says the same",
        "mode": "whether the file is marked as a program",
    },
    "proposal": {
        "opened": "a new proposal",
        "answered": "answers to what people said",
        "closed": "its outcome",
        "amended": "something else of it",
        "responded": "what somebody said to it",
        "altered": "entries of a response are no longer what they were",
        "removed": "its file, or that of a response, is deleted",
        "unreadable": _OF_ANY["unreadable"],
        "repaired": _OF_ANY["repaired"],
    },
}
"""Every kind of effect with its narrowings, and what each means. An effect's kind is the two with
a dot between them, as in `role.added` and `assignment.core.ended`.

Of the narrowings of `assignment`, `added`, `extended`, `rescheduled` and `rekeyed` put somebody in
a role; the subjects of an effect are those whom it assigns, releases, lets join, removes or gives
other keys or another id.
"""


KIND_NAMES: Mapping[str, Message] = {
    "governance": message("the rules of the organisation"),
    "organisation": message(
        "name, {purpose} and values of the organisation", purpose=one("purpose")
    ),
    "circle": message("what {circles} are for, and where they belong", circles=many("circle")),
    "circle.added": message("new {circles}", circles=many("circle")),
    "circle.ended": message("the end of {circles}", circles=many("circle")),
    "role": message("what {roles} there are", roles=many("role")),
    "assignment": message("who holds {roles}", roles=many("role")),
    "assignment.core": message("who holds {roles}", roles=many("core_role")),
    "person": message("who belongs to the organisation"),
    "person.joined": message("who joins the organisation"),
    "person.left": message("who leaves the organisation"),
    "person.amended": message("what is written about people"),
    "identity": message("accounts, addresses and keys"),
    "policy": message("{things}", things=many("policy")),
    "agreement": message("{things}", things=many("agreement")),
    "objective": message("{things}", things=many("objective")),
    "objective.measured": message("figures of {objectives}", objectives=many("objective")),
    "tension": message("what is written about {tensions}", tensions=many("tension")),
    "page": message("pages of the handbook"),
    "tooling": message("workflows, schemas and templates"),
}
"""What kinds of change are about, in words; others as the next wider kind."""


def named(kind: str) -> Message:
    """What a kind of change is about, in words."""
    while kind not in KIND_NAMES and "." in kind:
        kind = kind.rpartition(".")[0]
    return KIND_NAMES.get(kind) or message('"{text}"', text=kind)


def top(kind: str) -> str:
    """A kind of change without its narrowing."""
    return kind.partition(".")[0]


def covers(general: str, kind: str) -> bool:
    """Whether a kind stands for another: `assignment` for itself and for `assignment.core`."""
    return kind == general or kind.startswith(f"{general}.")


class Take(NamedTuple):
    """The document begins as the one at `source` before the change; None: as an empty one."""

    path: str
    source: str | None


class Put(NamedTuple):
    """A value is put at a place, in the stead of what is there."""

    path: str
    pointer: Pointer
    value: object


class Drop(NamedTuple):
    """A key, or an item by its place before the change, is taken out."""

    path: str
    pointer: Pointer


class Close(NamedTuple):
    """A key is taken out once nothing is left below it."""

    path: str
    pointer: Pointer


class Insert(NamedTuple):
    """An item is put into a list, at the place that it has after the change."""

    path: str
    pointer: Pointer
    value: object


class Arrange(NamedTuple):
    """The items of a list that stay come in another order: their places among themselves."""

    path: str
    pointer: Pointer
    order: tuple[int, ...]


class Mode(NamedTuple):
    """The file has another mode."""

    path: str
    mode: int


class Leave(NamedTuple):
    """The file is no longer there."""

    path: str


class Replace(NamedTuple):
    """The file holds other bytes as a whole: those of a blob."""

    path: str
    mode: int
    blob: str


Edit = Take | Put | Drop | Close | Insert | Arrange | Mode | Leave | Replace
"""One step from the files before to the files after. Places in lists are those before the change,
those of `Insert` after it, so that edits of several effects can be carried out together."""


class AlteredRule(NamedTuple):
    """A kind of change whose decision rules are altered, in a circle, or where none is named."""

    kind: str
    circle: str | None


class Effect(Struct, frozen=True, kw_only=True):
    """One thing that a change does."""

    kind: str
    """With its narrowing: `role.added`."""
    thing: str
    """Its address: `roles/kok`, `roles/keuken/lead`, `org`; of other files their path."""
    paths: tuple[str, ...]
    """The files that it is about, the one of the thing first."""
    circles: tuple[str, ...]
    """Ids of the circles in which it stands, before and after: it is judged once in each."""
    sentence: Message
    subjects: tuple[str, ...] = ()
    """Ids of the people whom it is about, sorted."""
    before: Mapping[str, str] = field(default_factory=dict)
    """What a rule's `where` may ask of the thing before (kind, core_role, circle, membership);
    empty where there was none."""
    after: Mapping[str, str] = field(default_factory=dict)
    """The same, afterwards."""
    alters: tuple[AlteredRule, ...] = ()
    """The kinds of change whose decision rules it alters, and where."""
    edits: tuple[Edit, ...] = ()
    """How it is carried out; empty where another effect of the same file does that."""

    @property
    def path(self) -> str:
        """The file that it is about."""
        return self.paths[0]

    @property
    def narrowing(self) -> str:
        """The last part of its kind, such as `added`."""
        return self.kind.rpartition(".")[2]
