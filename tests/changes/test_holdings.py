"""Who held a role from when to when follows from every state that its file has had."""

from __future__ import annotations

from datetime import date

import pytest

from orgcode.changes.history import State, holdings

SARA = {"person": "sara", "since": "2026-01-01"}


def told(*states: tuple[str, object]) -> list[tuple[object, ...]]:
    """Person, core role, first and last day of each holding; a state is a day and what it says."""
    every = [
        State(day=date.fromisoformat(day), data=data if isinstance(data, dict) else None)
        for day, data in states
    ]
    return [
        (held.person, held.core, str(held.since), str(held.until) if held.until else None)
        for held in holdings(every)
    ]


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((("2026-02-01", {"holders": ["sara"]}),), [("sara", "", "2026-02-01", None)]),
        ((("2026-02-01", {"holders": [SARA]}),), [("sara", "", "2026-01-01", None)]),
        (
            (("2026-02-01", {"holders": [SARA]}), ("2026-03-01", {"holders": []})),
            [("sara", "", "2026-01-01", "2026-03-01")],
        ),
        (
            (
                ("2026-02-01", {"holders": [{**SARA, "until": "2026-06-30"}]}),
                ("2026-07-09", {"holders": []}),
            ),
            [("sara", "", "2026-01-01", "2026-06-30")],
        ),
        (
            (
                ("2026-02-01", {"holders": [{**SARA, "until": "2026-06-30"}]}),
                ("2026-05-01", {"holders": [{**SARA, "until": "2026-12-31"}]}),
            ),
            [("sara", "", "2026-01-01", "2026-12-31")],
        ),
        (
            (("2026-02-01", {"holders": [SARA]}), ("2026-03-01", {})),
            [("sara", "", "2026-01-01", "2026-03-01")],
        ),
        (
            (
                ("2026-02-01", {"holders": ["sara"]}),
                ("2026-03-01", None),
                ("2026-04-01", {"holders": ["sara"]}),
            ),
            [("sara", "", "2026-02-01", None)],
        ),
        (
            (
                ("2026-02-01", {"holders": ["sara"]}),
                ("2026-03-01", {}),
                ("2026-04-01", {"holders": ["sara"]}),
            ),
            [("sara", "", "2026-02-01", "2026-03-01"), ("sara", "", "2026-04-01", None)],
        ),
        (
            (("2026-02-01", {"holders": [SARA], "ended": {"on": "2026-05-01"}}),),
            [("sara", "", "2026-01-01", "2026-04-30")],
        ),
        (
            (
                ("2025-11-01", {"holders": [SARA]}),
                ("2025-12-01", {"holders": ["omar"]}),
            ),
            [("omar", "", "2025-12-01", None)],
        ),
        (
            (("2026-02-01", {"core_roles": {"lead": [SARA], "secretary": ["omar"]}}),),
            [("sara", "lead", "2026-01-01", None), ("omar", "secretary", "2026-02-01", None)],
        ),
    ],
    ids=[
        "from the day it was written down",
        "from the day that the file says",
        "until the day it was taken off",
        "until the day that the file says",
        "until the day it was extended to",
        "until the file went",
        "a state that cannot be read is passed over",
        "twice",
        "until the role was over",
        "what never began is left out",
        "core roles",
    ],
)
def test_who_held_it(
    states: tuple[tuple[str, object], ...], expected: list[tuple[object, ...]]
) -> None:
    assert told(*states) == expected
