"""Attacks on a decision itself: each is tried against the judge, and once more with the defence
that stops it switched off, when it has to succeed. Otherwise it would prove nothing.
"""

from __future__ import annotations

import pytest

from orgcode.changes.change import Change
from tests.attacks.on_decisions import ATTACKS, Attack
from tests.law.by_rules.small import Small
from tests.law.generated.judging import change_of, verdict_of


def outcome(small: Small, change: Change) -> str:
    return verdict_of(small.case(), change, ()).outcome


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_it_fails(attack: Attack) -> None:
    assert outcome(attack.small, change_of(attack.small.case())) != attack.wanted


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_it_succeeds_without_the_defence(attack: Attack, monkeypatch: pytest.MonkeyPatch) -> None:
    change = change_of(attack.small.case())
    if attack.spoil:
        change = attack.spoil(change)
    attack.off(monkeypatch, change)
    assert outcome(attack.small, change) == attack.wanted
