"""What the law makes of a change: one word (section 5)."""

from __future__ import annotations

import re
from typing import NamedTuple

from tests.law.naive.court import ORDER, Court, Part
from tests.law.naive.effects import effects
from tests.law.naive.people import is_active
from tests.law.naive.reading import Data, changed_paths, load, moment, read


class Answer(NamedTuple):
    outcome: str
    parts: list[Part]


def judge(case: Data) -> Answer:
    """`case`: before, after, opening (files by path), modes (of files that are not ordinary),
    proposal, change, now, opened_at, change_seen_at, conflicts, heard, new_errors."""
    now = moment(case["now"])
    before = read(case["before"], now.date())
    is_unsound = bool(case["new_errors"] or case["conflicts"] or case["modes"])
    if "org.yaml" in before.unreadable:
        return Answer("invalid", [])
    if "rules_in_force_since" not in before.org:
        return Answer("invalid" if is_unsound else "adopted", [])
    after = read(case["after"], now.date())
    if "org.yaml" in after.unreadable:
        # its other files are read as under the organisation that there was
        after.parsed["org.yaml"] = before.org
        is_unsound = True
    own = f"proposals/{case['proposal']}/proposal.yaml"
    if own not in case["after"]:
        return Answer("invalid", [])
    record: Data = load(case["after"][own])
    proposer = record["proposer"]
    court = Court(case, record, before, after, now)
    done = effects(before, after)
    is_invalid = (
        is_unsound
        or not is_one_record(case)
        or not is_active(before, proposer)
        or any(not is_utf8(path) for path in changed_paths(case["before"], case["after"]))
        or "rules_in_force_since" not in after.org
        or before.org["id"] != after.org.get("id")
        or not done
    )
    parts = [part for effect in done for part in court.judge_effect(effect)]
    outcomes = [part.outcome for part in parts] + (["invalid"] if is_invalid else [])
    return Answer(min(outcomes, key=ORDER.index), parts)


def is_utf8(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_one_record(case: Data) -> bool:
    """Whether one new record is there with its known files, and no other is touched."""
    folder = f"proposals/{case['proposal']}/"
    for path in changed_paths(case["before"], case["after"]):
        if path.startswith("proposals/") and not path.startswith(folder):
            return False
    for path in case["after"]:
        rest = path.removeprefix(folder)
        is_response = re.fullmatch(r"responses/[^/]+\.yaml", rest)
        if rest != path and rest != "proposal.yaml" and not is_response:
            return False
    return not any(path.startswith(folder) for path in case["before"])
