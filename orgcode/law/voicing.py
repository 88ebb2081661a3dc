"""How each person's words counted in a decision, said in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from orgcode.law.ballot import Ballot
from orgcode.law.electorate import Electorate
from orgcode.law.verdict import Voice
from orgcode.law.voices import Standing
from orgcode.model.message import Message, message


def say_voices(ballot: Ballot, electorate: Electorate, spoken: Iterable[str]) -> Iterator[Voice]:
    """Of everybody who decides, in order of their ids, then of others who said something."""
    counted = {*ballot.body}
    deciding = sorted({*ballot.body, *electorate.people, *electorate.away, *electorate.recused})
    others = [person for person in spoken if person not in set(deciding)]
    for person in (*deciding, *others):
        standing = ballot.standing.get(person)
        is_counted = person in counted and standing is not None and standing.is_response
        is_against = person in ballot.objectors and bool(standing and standing.is_opposition)
        yield Voice(
            person=person,
            heard=standing.heard if standing else None,
            is_counted=is_counted or is_against,
            why=_why(ballot, electorate, person, standing),
        )


def say_own(person: str, standing: Standing | None) -> Voice:
    """Of somebody whose own assent is needed."""
    is_counted = standing is not None and standing.is_response
    return Voice(
        person=person,
        heard=standing.heard if standing else None,
        is_counted=is_counted,
        why=_stands(standing) if standing else message("has not responded yet"),
    )


def _why(ballot: Ballot, electorate: Electorate, person: str, standing: Standing | None) -> Message:
    if person in electorate.recused:
        return message("stands aside in this, being concerned or proposing it, and is not counted")
    if standing is None:
        if person in ballot.short:
            return message("has responded, but it is not sure enough that it was them")
        if person in electorate.away:
            return message("is away, and is counted only with a response")
        return message("has not responded yet")
    if person in ballot.objectors and standing.is_opposition:
        return _stands(standing)
    if person in ballot.affected:
        return _stands(standing)
    if person in ballot.body:
        return _stands(standing)
    if person in ballot.objectors:
        return message(
            "decided at the opening or decides now, not both, and counts only against it"
        )
    return message("does not decide about this; it is heard and not counted")


def _stands(standing: Standing) -> Message:
    if not standing.is_response:
        if standing.is_opposition:
            return message("objected to an earlier version, and has not let go of it")
        if standing.stance == "withdraw":
            return message("withdraws it")
        return message("responded to another version of the change, or dates it in the future")
    return _STANCES[standing.stance]


_STANCES = {
    "consent": message("consents"),
    "yes": message("says yes"),
    "no": message("says no"),
    "abstain": message("stands aside"),
    "objection": message("objects"),
    "concern": message("has a concern"),
    "advice": message("gives advice"),
}
