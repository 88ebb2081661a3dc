"""The same house under any ruleset: three circles in each other, every core role held."""

from __future__ import annotations

import json
from collections.abc import Mapping

from orgcode.documents.loading import load
from orgcode.documents.rulesets import load_ruleset
from orgcode.model.org import Org
from orgcode.model.snapshot import Files
from tests.law.small import DAY, ORG

ANCHOR_KINDS: Mapping[str, str] = {
    "cooperative@1": "members-meeting",
    "holacracy@1": "anchor",
    "open-source@1": "project",
    "sociocracy@1": "top",
    "teal@1": "anchor",
}
"""The kind of circle that is meant to be the anchor."""

WORKERS = ("ida", "joe", "kim")
"""Holders of an ordinary role, one in each circle."""


def house(ruleset: str, more: str = "", *, kind: str | None = None, crowd: int = 0) -> Org:
    """A house, a kitchen in it, and a stove in that, which are of a given or the usual kind.

    `more` comes at the end of org.yaml. Everybody is listed as a member of the house, as in a
    cooperative, and nobody holds two roles. So many as `crowd` are members of every circle.
    """
    rules = load_ruleset(ruleset)
    kinds = {"house": ANCHOR_KINDS[ruleset]} | dict.fromkeys(
        ("kitchen", "stove"), kind or rules.default_circle_kind
    )
    parents = {"house": None, "kitchen": "house", "stove": "kitchen"}
    circles: dict[str, dict[str, object]] = {}
    for circle, its_kind in kinds.items():
        held = {core: [f"{circle}-{core}"] for core in rules.circle_kinds[its_kind].core_roles}
        circles[circle] = {"name": circle.title(), "kind": its_kind, "core_roles": held}
        if parents[circle]:
            circles[circle] |= {"parent": parents[circle], "purpose": "Warmth"}
    people = [*WORKERS, *(id for c in circles.values() for [id] in c["core_roles"].values())]  # type: ignore[attr-defined]
    many = [f"member-{number}" for number in range(crowd)]
    people += many
    for id, circle_data in circles.items():
        circle_data["members"] = people if id == "house" else many
    roles = {
        f"work-in-{circle}": {"name": circle, "circle": circle, "purpose": "Work", "holders": [who]}
        for circle, who in zip(kinds, WORKERS, strict=True)
    }
    files: dict[str, object] = {f"circles/{id}.yaml": circle for id, circle in circles.items()}
    files |= {f"roles/{id}.yaml": role for id, role in roles.items()}
    files |= {f"people/{id}.yaml": {"name": id.title()} for id in people}
    texts = {path: json.dumps(data) for path, data in files.items()}
    texts["org.yaml"] = ORG.replace("teal@1", ruleset) + more
    return load(Files({path: text.encode() for path, text in texts.items()}), DAY)
