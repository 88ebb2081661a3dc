"""Where the page of each thing is, and how a thing is named and linked."""

from __future__ import annotations

from msgspec.structs import replace

from orgcode.handbook.unnamed import hidden_ref, is_hidden
from orgcode.model.entities import Role, Thing
from orgcode.model.facts import FOLDER_OF
from orgcode.model.message import message
from orgcode.model.org import Org
from orgcode.rendering.page import Ref

HOME = "index.html"
NOT_FOUND = "404.html"
WHO_DECIDES = "who-decides.html"
WHO_JUDGES = "who-judges.html"
ATTENTION = "attention.html"
OVER = "over.html"
GLOSSARY = "glossary.html"
HELP = "help.html"
DIARY = "diary.html"
FEED = "diary.atom"
FREE_PAGES = "pages.html"
OVERVIEWS = {
    "circle": "circles.html",
    "role": "roles.html",
    "person": "people.html",
    "policy": "policies.html",
    "agreement": "agreements.html",
    "objective": "objectives.html",
    "tension": "tensions.html",
    "proposal": "proposals.html",
}
"""The overview of each kind. It is no `index.html` in the folder of the kind, since `index` may
be somebody's id.
"""


def address(kind: str, id: str) -> str:
    """The page of a thing; that of a core role lies in the folder of its circle."""
    folder = FOLDER_OF.get(kind, "proposals")
    return f"{folder}/{id}.html"


def month_address(month: str) -> str:
    """The page of a month of the diary, such as `2027-03`."""
    return f"diary/{month}.html"


def circle_feed(id: str) -> str:
    """The feed of what happens in a circle."""
    return f"circles/{id}.atom"


class Refs:
    """Names things and links them to their pages; what is not there is named by its id."""

    def __init__(self, org: Org) -> None:
        self._org = org

    def thing(self, kind: str, id: str) -> Ref:
        """Any thing by its kind and id."""
        if kind == "role":
            return self.role(id)
        if is_hidden(id):
            return hidden_ref(kind)
        found = self._org.things(kind).get(id)
        return self._named(kind, id) if found is None else self._ref(kind, found)

    def circle(self, id: str) -> Ref:
        """A circle."""
        return self.thing("circle", id)

    def person(self, id: str) -> Ref:
        """A person."""
        return self.thing("person", id)

    def role(self, id: str) -> Ref:
        """A role or core role."""
        if is_hidden(id):
            return hidden_ref("role")
        role = self._org.every_role.get(id)
        return self._named("role", id) if role is None else self.of_role(role)

    def of_role(self, role: Role) -> Ref:
        """A role at hand."""
        return hidden_ref("role") if is_hidden(role.id) else self._ref("role", role)

    def in_full(self, role: Role) -> Ref:
        """A role as it is named outside its circle: a core role with that."""
        ref = self.of_role(role)
        circle = self._org.circles.get(role.circle)
        if role.core is None or circle is None or not ref.id:
            return ref
        label = message("{role} of {circle}", role=role.name, circle=circle.name)
        return replace(ref, label=label, kind="core_role")

    def party(self, reference: str) -> Ref:
        """A party: a person's bare id, or `circle:<id>` or `role:<id>`."""
        kind, colon, id = reference.partition(":")
        if colon and kind in ("circle", "role"):
            return self.thing(kind, id)
        return self.person(reference)

    def domain(self, reference: str) -> Ref:
        """The circle or role that holds a domain: `<circle-or-role>` or `...#<domain>`."""
        id = reference.partition("#")[0]
        return self.circle(id) if id in self._org.circles else self.role(id)

    def _ref(self, kind: str, thing: Thing) -> Ref:
        label = getattr(thing, "name", None) or getattr(thing, "title", None) or thing.id
        return Ref(
            label=label,
            path=address(kind, thing.id),
            kind=kind,
            id=thing.id,
            is_over=not thing.is_live(self._org.today),
        )

    def _named(self, kind: str, id: str) -> Ref:
        return Ref(label=id, kind=kind, id=id)
