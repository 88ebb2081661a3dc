"""A walk along a history finds what checking everything finds, and the gate finds the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from pathlib import Path

import pytest

from orgcode.actions.gate import gate
from orgcode.adapters.git.repository import Repository
from orgcode.adapters.git.steps import step_at
from orgcode.adapters.git.walk import Walk
from orgcode.checking.check import check_change, placed, problems_at
from orgcode.documents.loading import load
from orgcode.model.errors import OrgcodeError
from orgcode.model.finding import Finding
from orgcode.model.org import Org
from orgcode.model.snapshot import Unreadable
from tests.attacks.mutations import sound, spoil
from tests.builder import Builder
from tests.checking.demo import DAY

FEW_STEPS = 40
MANY_STEPS = 600

What = tuple[str, str, str]


def whats(findings: tuple[Finding, ...]) -> Counter[What]:
    return Counter((it.rule, it.path, repr(it.cause)) for it in findings if it.severity == "error")


def everything(org: Org, severities_of: Org) -> Counter[What]:
    """Every error, by looking at everything; as severe as another organisation says."""
    found = problems_at(org, None)
    for path in org.snapshot.entries:
        found += problems_at(org, path)
    return whats(placed(org, found, severities_of=severities_of))


def put(builder: Builder, files: Mapping[str, bytes | Unreadable]) -> str:
    builder.git("rm", "-q", "-rf", "--ignore-unmatch", ".")
    wanted = {path: content for path, content in files.items() if isinstance(content, bytes)}
    return builder.commit(wanted)


def at_random(count: int) -> list[Mapping[str, bytes | Unreadable]]:
    return [spoil(seed) if seed % 3 else sound() for seed in range(1, count + 1)]


def walked(
    root: Path, states: Iterable[Mapping[str, bytes | Unreadable]], *, with_gate: bool
) -> int:
    """Walk along steps from a sound state; gives how many brought errors."""
    builder = Builder.make(root)
    start = put(builder, sound())
    ids = [put(builder, state) for state in states]
    repository: Repository = builder.find()
    walk = Walk(repository.commit(start), DAY)
    bad = 0
    for id in ids:
        try:
            step = step_at(repository.commits, id)
        except OrgcodeError:
            return bad
        assert step.before is not None
        before = load(repository.commit(step.before.id), DAY)
        after = load(repository.commit(id), DAY)
        ahead = walk.ahead(step.unlike)
        wanted = everything(after, before) - everything(before, before)
        assert whats(ahead.new_errors) == wanted, id
        if with_gate:
            moment = datetime.fromisoformat(f"{DAY}T{time(12)}Z")
            judged = gate(root, step.before.id, id, moment)
            own = whats(check_change(judged.change))
            assert whats(judged.new_errors) - own == wanted, id
        walk.advance(ahead, step.unlike)
        assert dict(walk.entries) == dict(after.snapshot.entries)
        bad += bool(wanted)
    return bad


def test_each_step_has_the_errors_that_looking_at_everything_finds(tmp_path: Path) -> None:
    assert walked(tmp_path / "org", at_random(FEW_STEPS), with_gate=True) > FEW_STEPS / 10


def test_a_folder_that_is_called_like_a_file_is_met_where_looking_at_everything_meets_it(
    tmp_path: Path,
) -> None:
    role = "roles/odd.yaml"
    ways: tuple[dict[str, bytes], ...] = (
        {f"{role}/a": b"1"},
        {f"{role}/a": b"1", f"{role}/b": b"2"},
        {f"{role}/b": b"2"},
        {},
        {role: b"name: Odd\ncircle: keuken\npurpose: Stand there\n"},
        {f"{role}/a/roles/deeper.yaml/b": b"3"},
        {role: b"name: Odd\ncircle: keuken\npurpose: Stand there\n"},
    )
    assert walked(tmp_path / "org", [{**sound(), **way} for way in ways], with_gate=True) == 2


@pytest.mark.deep
def test_each_of_many_steps_has_the_errors_that_looking_at_everything_finds(
    tmp_path: Path,
) -> None:
    assert walked(tmp_path / "org", at_random(MANY_STEPS), with_gate=False) > MANY_STEPS / 10
