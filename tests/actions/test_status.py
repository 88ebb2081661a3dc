"""How several proposals stand is what each of them alone is judged to be, whatever is kept."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from orgcode.actions.gate import gate
from orgcode.actions.status import Standing, status
from tests.proposing import BAKER, FILES, NOW, House

CAKE = {"roles/cook.yaml": FILES["roles/cook.yaml"].replace("Meals", "Cake")}
RULES = {"org.yaml": FILES["org.yaml"].replace("3 days", "4 days")}
WRONG = {"roles/waiter.yaml": "name: Waiter\ncircle: nowhere\npurpose: Wait\n"}


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = House.make(tmp_path)
    for id, files in {"a": BAKER, "b": CAKE, "c": RULES, "d": WRONG}.items():
        house.propose(id, files)
    house.respond("kim", "consent", id="a")
    house.respond("rob", "consent", id="a")
    git = house.builder.git
    git("branch", "proposal/e", git("commit-tree", "main^{tree}", "-m", "Of nowhere"))
    return house


@pytest.mark.parametrize("kept", ["nothing", "everything", "never", "a part"])
def test_each_stands_as_it_does_alone(house: House, kept: str) -> None:
    root, now = house.builder.root, datetime.fromisoformat(NOW)
    folder = root / ".git/orgcode"
    alone = {id: gate(root, "main", f"proposal/{id}", now) for id in "abcd"}
    if kept in {"nothing", "never"}:
        shutil.rmtree(folder)
    if kept == "never":
        folder.write_text("in the way")
    if kept == "a part":
        (file,) = folder.glob("*.sqlite3")
        with closing(sqlite3.connect(file)) as connection, connection:
            gone = connection.execute("DELETE FROM pieces WHERE name LIKE 'check/readers%'")
            assert gone.rowcount
    found: dict[str, Standing] = {each.proposal.id: each for each in status(root, now).standings}
    assert list(found) == ["a", "b", "c", "d", "e"]
    for id, judged in alone.items():
        here = found[id].judged
        assert here is not None
        assert here.verdict == judged.verdict
        assert here.new_errors == judged.new_errors
    outcomes = [judged.verdict.outcome for judged in alone.values()]
    assert outcomes == ["adopted", "open", "open", "invalid"]
    assert found["e"].judged is None
    assert found["e"].trouble is not None
