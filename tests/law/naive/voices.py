"""What each person has said, as far as it is sure that they did (section 5, rules 4 to 6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tests.law.naive.people import core_holders
from tests.law.naive.reading import Data, State, moment

LEVELS = ("claimed", "minuted", "attested", "signed")
ASSENTS = ("consent", "yes")


class Voices:
    """The standing word of everybody, for one kind of change in one circle."""

    def __init__(
        self, state: State, case: Data, *, least: str, circle: str, subjects: list[str]
    ) -> None:
        self.change = case["change"]
        self.now: datetime = moment(case["now"])
        self.ends: dict[str, Data] = {}
        self.short: set[str] = set()
        """Those who said something that is not sure enough."""
        self.sure: list[Data] = []
        minutes = core_holders(state, circle, "secretary") | core_holders(
            state, circle, "facilitator"
        )
        minutes -= {case["proposer"], *subjects}
        said: dict[str, list[Data]] = {}
        for heard in case["heard"]:
            if LEVELS.index(level(heard, minutes)) >= LEVELS.index(least):
                said.setdefault(heard["person"], []).append(heard)
                self.sure.append(heard)
            else:
                self.short.add(heard["person"])
        for person, entries in said.items():
            followed = {heard["entry"].get("after") for heard in entries}
            ends = [heard for heard in entries if heard["digest"] not in followed]
            if ends:
                self.ends[person] = min(ends, key=self.favour)

    def favour(self, heard: Data) -> tuple[int, str]:
        stance = heard["entry"]["stance"]
        if stance in ("objection", "no", "withdraw"):
            rank = ("objection", "no", "withdraw").index(stance)
        elif not self.is_fresh(heard):
            rank = 3
        else:
            order = {"concern": 4, "advice": 5, "abstain": 6, "yes": 7, "consent": 7}
            rank = order[stance]
        return rank, heard["digest"]

    def is_fresh(self, heard: Data) -> bool:
        entry = heard["entry"]
        return entry["change"] == self.change and moment(entry["at"]) <= self.now

    def stance(self, person: str) -> str | None:
        """What somebody says to the present change."""
        end = self.ends.get(person)
        return end["entry"]["stance"] if end and self.is_fresh(end) else None

    def has_responded(self, person: str) -> bool:
        return self.stance(person) is not None

    def assents(self, person: str) -> bool:
        return self.stance(person) in ASSENTS

    def opposes(self, person: str) -> bool:
        """Whether there is an objection, or a no with a reason, fresh or not."""
        end = self.ends.get(person)
        if end is None:
            return False
        entry: Mapping[str, object] = end["entry"]
        return entry["stance"] == "objection" or (
            entry["stance"] == "no" and bool(entry.get("reason"))
        )

    def has_withdrawn(self, person: str) -> bool:
        """Of whichever state of the change, until there is a newer word."""
        end = self.ends.get(person)
        return end is not None and end["entry"]["stance"] == "withdraw"

    def says_no(self, person: str) -> bool:
        """In a vote."""
        end = self.ends.get(person)
        return end is not None and end["entry"]["stance"] in ("objection", "no")


def level(heard: Data, minutes: set[str]) -> str:
    if heard.get("signed_by") == heard["person"]:
        return "signed"
    if heard.get("is_attested"):
        return "attested"
    by = heard["entry"].get("recorded_by")
    if by is not None and heard.get("signed_by") == by and by in minutes:
        return "minuted"
    return "claimed"


def least_for(state: State, kind: str) -> str:
    people = state.org.get("assurance", {}).get("people", {})
    while kind:
        if kind in people:
            return str(people[kind])
        kind = kind.rpartition(".")[0]
    return str(people.get("default", "claimed"))
