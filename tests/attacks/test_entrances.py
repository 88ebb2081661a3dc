"""Each attack is tried by every way in that it can reach, and is refused with a reason; and once
more with the defences off that it names, when it has to get in by the same ways. Otherwise it would
prove nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.attacks import (
    on_changes,
    on_proposals,
    on_servers,
    on_signatures,
    on_steps,
    on_surroundings,
)
from tests.attacks.attack import Attack, in_judge, named
from tests.attacks.entrances import ENTRANCES, Entrance, hook, open_hook
from tests.attacks.on_decisions import ATTACKS as ON_DECISIONS
from tests.attacks.stage import Ground, Stage
from tests.law.by_rules.small import SIGNED, SURE, Small

Staged = Callable[[Attack], Stage]

ELSEWHERE = {"org.yaml made unreadable", "somebody else's proposal withdrawn"}
ATTACKS = (
    [
        Attack(a.name, a.small, off=(in_judge(a.off, a.spoil),))
        for a in ON_DECISIONS
        if a.name not in ELSEWHERE
    ]
    + on_proposals.ATTACKS
    + on_signatures.ATTACKS
    + on_steps.ATTACKS
    + on_surroundings.ATTACKS
    + on_servers.ATTACKS
    + on_changes.ATTACKS
)


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground.prepare(tmp_path_factory.mktemp("ground"))


@pytest.fixture(scope="session")
def staged(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Staged:
    """The stage of an attack; ways in leave it as it was, so that all are tried on the same."""
    stages: dict[str, Stage] = {}

    def stage(attack: Attack) -> Stage:
        if attack.name not in stages:
            made = Stage.make(ground, tmp_path_factory.mktemp("stage"), attack.small)
            attack.prepare(made)
            stages[attack.name] = made
        return stages[attack.name]

    return stage


@pytest.mark.parametrize("entrance", ENTRANCES, ids=lambda entrance: entrance.__name__)
def test_what_is_lawful_is_let_in(staged: Staged, entrance: Entrance) -> None:
    """Or every refusal would prove nothing."""
    lawful = Attack("nothing", Small(0, "", "", org=SIGNED, says=SURE[:2]), off=())
    let_in, said = entrance(staged(lawful))
    assert let_in, said


@pytest.mark.parametrize(("attack", "entrance"), named(ATTACKS))
def test_it_is_refused(attack: Attack, entrance: Entrance, staged: Staged) -> None:
    let_in, said = entrance(staged(attack))
    assert not let_in
    assert said.strip()
    assert not attack.says or any(words in said for words in attack.says), said


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_it_gets_in_without_the_defence(
    attack: Attack, ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage.make(ground, tmp_path, attack.small)
    attack.prepare(stage)
    for off in attack.off:
        off(monkeypatch)
    for entrance in attack.through:
        let_in, said = (open_hook if entrance is hook else entrance)(stage)
        assert let_in, f"{entrance.__name__}: {said}"
