"""What a small case is: the house, what is proposed, who says what, and what must come of it."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field
from datetime import timedelta
from typing import Any

from orgcode.model.digest import entry_digest
from tests.law.generated.organisations import ID, Data, texts
from tests.law.generated.responses import NOW, digest_of, written

PROPOSAL = "2027-02-19-soup"
CHANGE = digest_of("the change")
OLD = digest_of("an older change")
SOUP: Data = {"roles/soup.yaml": {"name": "Soup", "circle": "kitchen", "purpose": "Soup"}}
PEOPLE = ("ann", "ben", "cas", "dee", "eli", "fay", "zoe")
HOUSE: Data = {
    "circles/house.yaml": {"name": "House", "kind": "anchor", "members": ["ann", "ben", "cas"]},
    "circles/kitchen.yaml": {
        "name": "Kitchen",
        "kind": "team",
        "parent": "house",
        "purpose": "Food",
        "core_roles": {"facilitator": ["fay"]},
        "members": ["eli"],
    },
    "circles/stove.yaml": {"name": "Stove", "kind": "team", "parent": "kitchen", "purpose": "Fire"},
    "roles/cook.yaml": {
        "name": "Cook",
        "circle": "kitchen",
        "purpose": "Meals",
        "holders": ["dee"],
    },
    **{f"people/{id}.yaml": {"name": id.title()} for id in PEOPLE},
    "people/gil.yaml": {"name": "Gil", "membership": "guest"},
}
"""The members of the kitchen are dee, eli and fay; of the house ann, ben and cas; zoe is in no
circle, gil has no vote."""


def rule(kind: str | list[str], by: str, of: Any = "members", **more: Any) -> Data:
    return {"for": kind, "by": by, "of": of, **more}


def say(person: str, stance: str, **more: Any) -> Data:
    """Something that is said; `known` is how: signed_by, is_attested."""
    return {"person": person, "stance": stance, **more}


@dataclass(frozen=True)
class Small:
    """One case: dee proposes a role, opened and seen by a witness ten days ago, and consents."""

    number: int
    what: str
    want: str
    _: KW_ONLY
    rules: list[Data] = field(default_factory=lambda: [rule("role", "consent")])
    change: Data = field(default_factory=lambda: SOUP)
    says: list[Data] = field(default_factory=list)
    by: str = "dee"
    proposer_says: str | None = "consent"
    before: Data = field(default_factory=dict)
    opening: Data = field(default_factory=dict)
    org: Data = field(default_factory=dict)
    seen_days_ago: float | None = 10
    answers: tuple[int, ...] = ()
    """Places in `says` that the proposer has answered."""
    record: Data | None = field(default_factory=dict)
    conflicts: tuple[str, ...] = ()
    modes: Data = field(default_factory=dict)

    def case(self) -> Data:
        before = self._before()
        seen = (
            None
            if self.seen_days_ago is None
            else written(NOW - timedelta(days=self.seen_days_ago))
        )
        claimed = written(NOW - timedelta(days=10))
        heard = self._heard()
        after = {path: data for path, data in {**before, **self._change()}.items() if data}
        if self.record is not None:
            answers = [{"to": heard[place]["digest"], "text": "Well."} for place in self.answers]
            after[f"proposals/{PROPOSAL}/proposal.yaml"] = {
                "title": "Soup",
                "proposer": self.by,
                "opened": {"at": claimed, "base": "0" * 40},
                "tension": {"text": "We are hungry."},
                **({"answers": answers} if answers else {}),
                **self.record,
            }
        opening = {path: data for path, data in {**before, **self.opening}.items() if data}
        return {
            "proposal": PROPOSAL,
            "change": CHANGE,
            "now": written(NOW),
            "opened_at": seen,
            "change_seen_at": seen,
            "claimed_opening": claimed,
            "conflicts": list(self.conflicts),
            "modes": self.modes,
            "heard": heard,
            "before": texts(before),
            "after": texts(after),
            "opening": texts(opening),
        }

    def _before(self) -> Data:
        org = {
            "orgcode": 1,
            "id": ID,
            "name": "The house",
            "purpose": "Live and work together.",
            "anchor": "house",
            "ruleset": "teal@1",
            "memberships": {"guest": {"name": "Guest", "votes": False}},
            "rules_in_force_since": "2026-01-01",
            "decision_rules": self.rules,
            **self.org,
        }
        found = {
            **HOUSE,
            "org.yaml": {k: v for k, v in org.items() if v is not None},
            **self.before,
        }
        return {path: data for path, data in found.items() if data}

    def _change(self) -> Data:
        """What of org.yaml changes is put on top of what there is."""
        found = dict(self.change)
        if isinstance(found.get("org.yaml"), dict):
            both = {**self._before()["org.yaml"], **found["org.yaml"]}
            found["org.yaml"] = {key: value for key, value in both.items() if value is not None}
        return found

    def _heard(self) -> list[Data]:
        said = list(self.says)
        if self.proposer_says:
            said.append(say(self.by, self.proposer_says))
        found: list[Data] = []
        for one in said:
            at = written(NOW - timedelta(days=one.get("days_ago", 1)))
            entry = {
                "stance": one["stance"],
                "change": one.get("change", CHANGE),
                "at": at,
                "after": found[one["after"]]["digest"] if "after" in one else None,
            }
            reason = one.get("reason", one["stance"] in ("objection", "concern", "advice"))
            if reason:
                entry["reason"] = "It is so."
            if "recorded_by" in one:
                entry["recorded_by"] = one["recorded_by"]
            found.append(
                {
                    "person": one["person"],
                    "entry": entry,
                    "digest": entry_digest(ID, PROPOSAL, one["person"], entry),
                    "signed_by": one.get("signed_by"),
                    "is_attested": one.get("is_attested", False),
                    "seen_at": None,
                }
            )
        return found


ALL = [say("eli", "consent"), say("fay", "consent")]
HOUSEMATES = [say("ann", "consent"), say("ben", "consent"), say("cas", "consent")]
CLAIMED = {"assurance": {"time": "claimed"}}
SILENT = rule("role", "consent", silence="consents", open_for="5 days")
COOK: dict[str, Any] = HOUSE["roles/cook.yaml"]
KITCHEN: dict[str, Any] = HOUSE["circles/kitchen.yaml"]
TENSION = {"tensions/cold.yaml": {"title": "Cold", "sensed_by": "dee"}}
AWAY = {"name": "Fay", "away": [{"from": "2027-02-25", "until": "2027-03-05"}]}
GONE = {"name": "Eli", "ended": {"on": "2027-02-01"}}
GOVERNANCE = rule("governance", "consent", "anchor-members", quorum="1/2")
IN_THE_END = {"after": "28 days", "by": "vote", "of": "all", "quorum": "1/2"}
SIGNED = {"assurance": {"people": {"role": "signed"}}}
MINUTED = {"assurance": {"people": {"default": "minuted"}}}
SURE = [say(p, "consent", signed_by=p) for p in ("eli", "fay", "dee")]


def vote(**more: Any) -> list[Any]:
    return [rule("role", "vote", **more)]
