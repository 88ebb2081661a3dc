"""In organisations of every ruleset, however they are made, authority is what is said of it.

Beside the answers of `Authority`, which look no further than they have to, stands the definition
in plain loops over everything.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgcode.changes.stands import fields_of, stands_in
from orgcode.documents.loading import load
from orgcode.documents.rulesets import load_ruleset, ruleset_ids
from orgcode.law.affected import affected, members_and_below
from orgcode.law.authority import Authority
from orgcode.law.electorate import electorate
from orgcode.law.matching import Match, rule_for
from orgcode.model.entities import Role
from orgcode.model.org import Org
from orgcode.model.snapshot import Files
from tests.law.small import DAY

PEOPLE = ("ann", "bob", "cas", "dee", "eli")
CIRCLES = ("top", "left", "right", "leaf")
ROLES = ("baker", "cook", "driver")

Document = dict[str, object]


@st.composite
def organisations(draw: st.DrawFn, ruleset_id: str) -> Org:
    """Up to four circles, three roles and five people, with rules of their own or without."""
    ruleset = load_ruleset(ruleset_id)
    assert ruleset is not None
    kinds, cores = sorted(ruleset.circle_kinds), sorted(ruleset.core_roles)
    some = st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True)
    held = st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2, unique=True)
    over = st.sampled_from([{}] * 6 + [{"ended": {"on": "2027-01-01", "because": "Done."}}])
    words = [
        ["members", "parent-members", "anchor-members", "all", "affected", "subject"],
        [f"circle:{id}" for id in CIRCLES],
        [f"role:{id}" for id in (*ROLES, *(f"left/{core}" for core in cores))],
        [f"core:{core}" for core in cores],
    ]
    of = st.lists(
        st.sampled_from(words).flatmap(st.sampled_from), min_size=1, max_size=2, unique=True
    )

    def rules(least: int = 0) -> list[Document]:
        where = st.sampled_from([{}, {}, {"core_role": draw(st.sampled_from(cores))}])
        return [
            {"for": draw(_KINDS), "by": "consent", "of": draw(of), "where": draw(where)}
            for _ in range(draw(st.integers(least, 2)))
        ]

    texts: dict[str, Document] = {
        "org.yaml": {
            "orgcode": 1,
            "id": "0b0b9c1e-6f0c-4e0e-8f52-0a6f6f0c4e0e",
            "name": "House",
            "purpose": "Live.",
            "anchor": "top",
            "ruleset": ruleset_id,
            "memberships": {"guest": {"name": "Guest", "votes": False}},
            "decision_rules": rules(1),
        }
    }
    for id in CIRCLES:
        core_roles = draw(st.dictionaries(st.sampled_from(cores), held, max_size=2))
        texts[f"circles/{id}.yaml"] = {
            "name": id,
            "kind": draw(st.sampled_from(kinds)),
            "core_roles": core_roles,
            "members": draw(held),
            "decision_rules": rules(),
            **({} if id == "top" else {"parent": draw(st.sampled_from(CIRCLES))}),
            **draw(over),
        }
    for id in ROLES:
        texts[f"roles/{id}.yaml"] = {
            "name": id,
            "circle": draw(st.sampled_from(CIRCLES)),
            "purpose": "Work.",
            "holders": draw(held),
            "consult": draw(some),
            **draw(over),
        }
    for id in PEOPLE:
        texts[f"people/{id}.yaml"] = {
            "name": id,
            **draw(st.sampled_from([{}, {}, {}, {"membership": "guest"}])),
            **draw(st.sampled_from([{}, {}, {}, {"away": [{"from": "2027-01-01"}]}])),
            **draw(over),
        }
    return load(Files({path: json.dumps(text).encode() for path, text in texts.items()}), DAY)


_KINDS = st.sampled_from(
    [["assignment"], ["assignment.core"], ["policy"], ["assignment", "policy"], ["role"]]
)


@pytest.mark.parametrize("ruleset", ruleset_ids())
def test_authority_runs_one_way_where_the_definition_says_so(ruleset: str) -> None:
    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(organisations(ruleset), st.sampled_from(ROLES))
    def each(org: Org, role: str) -> None:
        found = [
            (arrow.role.id, arrow.holding.person, arrow.match, arrow.by)
            for arrow in Authority(org).one_sided()
        ]
        assert found == list(by_definition(org))
        alone = load(org.snapshot, DAY)  # of which nothing else has been asked before
        arrows = Authority(alone).one_sided_in(alone.roles[role])
        assert [(arrow.holding.person, arrow.by) for arrow in arrows] == [
            (person, by) for id, person, _, by in found if id == role
        ]

    each()


def by_definition(org: Org) -> Iterator[tuple[str, str, Match, frozenset[str]]]:
    """For each role and holder: who can appoint or release them, over whom they have no say."""
    appoint = {role.id: who for role in org.live_roles() if (who := fillers(org, role))}
    bind = {circle.id: who for circle in org.live_circles() if (who := binders(org, circle.id))}

    def has_a_say(one: str, other: str) -> bool:
        return any(
            one in appoint[role.id][1] and other in {h.person for h in org.holders(role)}
            for role in org.live_roles()
            if role.id in appoint
        ) or any(
            one in people and any(other in below for _, below in members_and_below(org, circle))
            for circle, (_, people) in bind.items()
        )

    for role in org.live_roles():
        for holding in org.holders(role) if role.id in appoint else ():
            match, people = appoint[role.id]
            person = holding.person
            by = {p for p in people if p != person and not has_a_say(person, p)}
            if by and org.votes(org.people[person]):
                yield role.id, person, match, frozenset(by)


def fillers(org: Org, role: Role) -> tuple[Match, frozenset[str]] | None:
    kind = "assignment.core" if role.core else "assignment"
    match = rule_for(org, kind, stands_in(org, kind, role), fields_of(org, role))
    return (match, everybody(org, match, affected(org, role))) if match else None


def binders(org: Org, circle: str) -> tuple[Match, frozenset[str]] | None:
    match = rule_for(org, "policy", circle, {"circle": circle})
    below = [person for _, people in members_and_below(org, circle) for person in people]
    return (match, everybody(org, match, below)) if match else None


def everybody(org: Org, match: Match, concerned: object) -> frozenset[str]:
    assert isinstance(concerned, (dict, list))
    way = match.rule.way
    found = electorate(org, way, match.stands_in, subjects=None, affected=list(concerned))
    return frozenset(found.people + found.away)
