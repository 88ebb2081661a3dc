"""However many respond at once, nothing that was said is lost."""

from __future__ import annotations

from pathlib import Path

from orgcode.model.digest import entry_digest
from tests.actions.responding_at_once import house_of_many, respond_at_once, said
from tests.proposing import ORG, PROPOSAL

PROCESSES, TIMES = 8, 25


def test_two_hundred_responses_of_eight_processes_are_all_kept(tmp_path: Path) -> None:
    house = house_of_many(tmp_path)
    git = house.builder.git
    (house.builder.root / "roles/cook.yaml").write_text("not finished")
    before = git("status", "--porcelain=v2", "--branch"), git("ls-files", "--stage")

    respond_at_once(house.builder.root, PROCESSES, TIMES)

    found = said(house)
    reasons = [entry["reason"] for entries in found.values() for entry in entries]
    assert sorted(map(str, reasons)) == sorted(
        f"{number}-{count}" for number in range(PROCESSES) for count in range(TIMES)
    )
    for person, entries in found.items():
        ends = [None, *(entry_digest(ORG, PROPOSAL, person, entry) for entry in entries)]
        assert [entry["after"] for entry in entries] == ends[:-1]
    count = git("rev-list", "--count", "--first-parent", f"main..proposal/{PROPOSAL}")
    assert int(count) == PROCESSES * TIMES + 1
    assert (git("status", "--porcelain=v2", "--branch"), git("ls-files", "--stage")) == before
    git("fsck", "--strict")
