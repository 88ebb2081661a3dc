"""What an attack is: how it is set up, what stops it, and by which ways it could get in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass
from typing import Any

import pytest

from orgcode.actions import judging, judging_steps
from orgcode.changes.change import Change
from orgcode.law.verdict import Verdict
from tests.attacks.defences import Off as OffInJudge
from tests.attacks.entrances import ENTRANCES, Entrance
from tests.attacks.stage import Stage
from tests.law.by_rules.small import Small

Off = Callable[[pytest.MonkeyPatch], None]
"""Switches a defence off."""
Does = Callable[[Stage], None]


@dataclass(frozen=True)
class Attack:
    """One attack, by the name that the people who feared it gave it."""

    name: str
    small: Small
    _: KW_ONLY
    off: tuple[Off, ...]
    """The defences that stop it."""
    does: Does | None = None
    """What the attacker does when the case has come about; by default the step is the merge."""
    through: tuple[Entrance, ...] = ENTRANCES
    says: tuple[str, ...] = ()
    """Words one of which everybody is told who tries it."""

    def prepare(self, stage: Stage) -> None:
        """Set it up."""
        if self.does is not None:
            self.does(stage)
        if not stage.step:
            stage.step = stage.merged()


def in_judge(off: OffInJudge, spoil: Callable[[Change], Change] | None = None) -> Off:
    """Switch a defence of the judge off, whichever entrance asks it."""

    def switch(patch: pytest.MonkeyPatch) -> None:
        for place in (judging, judging_steps):
            patch.setattr(place, "judge", _with(place.judge, off, spoil))

    return switch


def _with(
    judge: Callable[..., Verdict], off: OffInJudge, spoil: Callable[[Change], Change] | None
) -> Callable[..., Verdict]:
    def judged(change: Change, *rest: Any) -> Verdict:
        with pytest.MonkeyPatch.context() as own:
            told = spoil(change) if spoil else change
            off(own, told)
            return judge(told, *rest)

    return judged


def named(attacks: Iterable[Attack]) -> list[Any]:
    """Each attack with each way in, for pytest."""
    return [
        pytest.param(attack, entrance, id=f"{attack.name} - {entrance.__name__}")
        for attack in attacks
        for entrance in attack.through
    ]
