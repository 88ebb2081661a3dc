"""The defences of the judge, each to be switched off by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from orgcode.changes.change import Change
from orgcode.law.affected_by import affected_in
from orgcode.law.assurance import needed_level
from orgcode.law.ballot import Ballot, Tally
from orgcode.law.electorate import _stages, electorate
from orgcode.law.matching import rule_for, rules_for
from orgcode.law.needs import Need
from orgcode.law.voices import Standing, _rank
from orgcode.model.effect import Effect
from orgcode.model.message import message
from orgcode.model.org import Org

Off = Callable[[pytest.MonkeyPatch, Change], None]
"""Switches a defence off."""


def electorates_after(patch: pytest.MonkeyPatch, change: Change) -> None:
    """Who decides is read from what the change makes of the organisation."""
    patch.setattr(
        "orgcode.law.case.electorate",
        lambda _, *rest, **named: electorate(change.after, *rest, **named),
    )


def electorates_of_today_only(patch: pytest.MonkeyPatch, change: Change) -> None:
    """Who decided when it was opened is not looked at."""
    patch.setattr(
        "orgcode.law.case.electorate",
        lambda _, *rest, **named: electorate(change.before, *rest, **named),
    )


def affected_after(patch: pytest.MonkeyPatch, change: Change) -> None:
    """Whom it concerns is read from what the change says."""

    def found(_: Org, effect: Effect) -> Any:
        return affected_in(change.after, effect)

    patch.setattr("orgcode.law.case.affected_in", found)


def law_after(patch: pytest.MonkeyPatch, change: Change) -> None:
    """The rules that the change brings judge it."""
    patch.setattr("orgcode.law.needs.rule_for", lambda _, *rest: rule_for(change.after, *rest))
    patch.setattr("orgcode.law.needs.rules_for", lambda _, *rest: rules_for(change.after, *rest))


def assurance_after(patch: pytest.MonkeyPatch, change: Change) -> None:
    """How sure it must be is read from what the change says."""
    for place in ("deciding", "needs"):
        patch.setattr(
            f"orgcode.law.{place}.needed_level", lambda _, kind: needed_level(change.after, kind)
        )


def narrower_rules_decide(patch: pytest.MonkeyPatch, change: Change) -> None:
    patch.setattr("orgcode.law.needs._ABOUT_RULES", frozenset())


def altered_rules_are_not_asked(patch: pytest.MonkeyPatch, change: Change) -> None:
    patch.setattr("orgcode.law.needs.rules_for", lambda *_: ())


def fields_after(patch: pytest.MonkeyPatch, change: Change) -> None:
    """A rule asks of a thing only what it becomes."""

    def found(effect: Effect, circle: str) -> Iterator[Any]:
        yield effect.after

    patch.setattr("orgcode.law.needs._fields", found)


def nobody_is_recused(patch: pytest.MonkeyPatch, change: Change) -> None:
    patch.setattr(
        "orgcode.law.case.electorate",
        lambda org, way, *rest, **named: electorate(org, replace(way, recuse=()), *rest, **named),
    )


def nobody_is_enough(patch: pytest.MonkeyPatch, change: Change) -> None:
    """An empty electorate does not pass on, and nobody is against it."""
    patch.setattr("orgcode.law.electorate._stages", lambda *rest: list(_stages(*rest))[:1])

    def adopted(ballot: Ballot) -> Tally:
        return Tally(outcome="adopted", sentence=message("Nobody objects."))

    patch.setattr("orgcode.law.deciding._nobody", adopted)


def latch_is_loose(patch: pytest.MonkeyPatch, change: Change) -> None:
    patch.setattr("orgcode.law.form._since", lambda _: "always")


def unreadable_is_founding(patch: pytest.MonkeyPatch, change: Change) -> None:
    patch.setattr("orgcode.law.form.is_readable", lambda _: True)


def anybody_withdraws(patch: pytest.MonkeyPatch, change: Change) -> None:
    def each(self: Any, effect: Effect, found: Any) -> Iterator[Need]:
        for person in ("dee", "eli"):
            yield Need(
                sort="proposer", effect=effect, kind=effect.kind, circle="house", person=person
            )

    patch.setattr("orgcode.law.needs._Needs._of_proposer", each)


def every_word_is_of_now(patch: pytest.MonkeyPatch, change: Change) -> None:
    """Neither the change that a word was about nor its moment is looked at."""
    patch.setattr(
        "orgcode.law.voices.Voices._stand",
        lambda _, heard: Standing(heard=heard, is_response=True),
    )


def best_end_stands(patch: pytest.MonkeyPatch, change: Change) -> None:
    patch.setattr("orgcode.law.voices._rank", lambda standing: -_rank(standing))


def unsure_is_silent(patch: pytest.MonkeyPatch, change: Change) -> None:
    patch.setattr("orgcode.law.voices.Voices.falls_short", lambda *_: False)


def stays_on(patch: pytest.MonkeyPatch, change: Change) -> None:
    """The defence lies in the effects of the change, which the attack spoils itself."""
