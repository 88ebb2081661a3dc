"""The log of a server as a witness: what it shows, and when it shows nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from orgcode.actions.gate import gate
from orgcode.actions.judging import Judged
from orgcode.adapters.git.received import ReceivedLog
from orgcode.model.message import Message
from tests.proposing import BAKER, FILES, NOW, PROPOSAL, House

REF = f"refs/heads/proposal/{PROPOSAL}"
LOG = "refs/orgcode/received"


def day(number: int) -> datetime:
    return datetime(2027, 1, number, 12, tzinfo=UTC)


def at(number: int) -> str:
    return f"2027-01-{number:02}T12:00:00Z"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """With a server that is a witness, and silence that consents after three days."""
    house = House.make(tmp_path)
    rules = FILES["org.yaml"].replace("open_for: 3 days", "open_for: 3 days, silence: consents")
    witness = f"witnesses: [{{name: server, key: {house.key('server')}, until: 2027-01-20}}]\n"
    house.builder.commit({"org.yaml": rules + witness})
    return house


def passed(house: House, now: str = NOW) -> Judged:
    moment = datetime.fromisoformat(now)
    return gate(house.builder.root, "main", f"proposal/{PROPOSAL}", moment)


def why(judged: Judged) -> list[str]:
    return [flaw.id for flaw in judged.log_flaws]


def test_silence_counts_from_when_a_witness_saw_the_change(house: House) -> None:
    head = house.propose()
    assert passed(house).verdict.outcome == "open"
    house.receive((REF, head), at=at(4))
    judged = passed(house, at(6))
    assert judged.evidence.opened_at == judged.evidence.change_seen_at == day(4)
    assert judged.verdict.outcome == "open"
    assert judged.verdict.adoptable_from == day(7)
    assert passed(house, at(7)).verdict.is_adopted
    assert why(judged) == []


def test_another_change_begins_its_own_time(house: House) -> None:
    first = house.propose()
    house.receive((REF, first), at=at(3))
    house.builder.git("checkout", "-q", f"proposal/{PROPOSAL}")
    house.builder.commit({"roles/baker.yaml": BAKER["roles/baker.yaml"] + "seats: 2\n"})
    house.builder.git("checkout", "-q", "main")
    second = house.respond("cas", "consent", at=at(5))
    house.receive((REF, second), at=at(5))
    judged = passed(house, at(7))
    assert judged.evidence.opened_at == day(3)
    assert judged.evidence.change_seen_at == day(5)
    assert judged.verdict.outcome == "open"


def test_the_first_sight_of_an_entry(house: House) -> None:
    head = house.propose()
    house.receive((REF, head), at=at(3))
    house.receive((REF, house.respond("kim", "consent")), at=at(5))
    seen = {h.response.person: h.seen_at for h in passed(house).evidence.heard}
    assert seen == {"cas": day(3), "kim": day(5)}


def test_the_target_at_the_opening(house: House) -> None:
    house.receive((REF, house.propose()), at=at(3))
    before = house.builder.git("rev-parse", "main")
    house.builder.commit({"people/ida.yaml": "name: Ida\n"})
    house.receive((REF, house.respond("kim", "consent")), at=at(5))
    opening = passed(house).evidence.opening
    assert "ida" not in opening.people
    assert opening.today == day(3).date()
    assert house.builder.git("merge-base", "main", f"proposal/{PROPOSAL}") == before


@pytest.mark.parametrize("key", [None, "stranger"])
def test_who_is_no_witness(house: House, key: str | None) -> None:
    house.receive((REF, house.propose()), at=at(3), key=key)
    judged = passed(house)
    assert judged.evidence.opened_at is None
    assert judged.verdict.outcome == "open"
    assert len(why(judged)) == 1


def test_a_witness_whose_time_is_over(house: House) -> None:
    house.receive((REF, house.propose()), at=at(21))
    judged = passed(house, at(28))
    assert judged.evidence.opened_at is None
    assert len(why(judged)) == 1


def test_an_entry_out_of_order(house: House) -> None:
    head = house.propose()
    house.receive(("refs/heads/other", "main"), at=at(6))
    house.receive((REF, head), at=at(3))
    judged = passed(house)
    assert judged.evidence.opened_at is None
    assert why(judged) == ["It is of an earlier moment than one before it."]


def test_an_entry_that_was_altered(house: House) -> None:
    head = house.propose()
    id = house.receive((REF, head), at=at(6))
    builder = house.builder
    text = builder.git("show", "-s", "--format=%B", id).replace(at(6), at(3))
    tree = builder.git("rev-parse", f"{id}^{{tree}}")
    forged = builder.git("commit-tree", tree, "-p", head, stdin=text.encode())
    builder.git("update-ref", LOG, forged)
    assert passed(house).evidence.opened_at is None


def test_an_entry_that_was_left_out_still_keeps_what_was_said(house: House) -> None:
    """A damaged entry is no witness, but what it keeps is heard."""
    before = house.propose()
    objection = house.respond("kim", "objection", reason="No")
    builder = house.builder
    builder.git("update-ref", REF, before)
    tree = builder.git("hash-object", "-t", "tree", "-w", "/dev/null")
    broken = builder.git("commit-tree", tree, "-p", objection, stdin=b"Received\n\n{\n")
    builder.git("update-ref", LOG, broken)
    judged = passed(house)
    assert judged.verdict.outcome == "blocked"
    assert why(judged) == ["An entry of it cannot be read ({object})."]


def test_an_entry_of_another_organisation(house: House) -> None:
    other = "1b0b9c1e-6f0c-4e0e-8f52-0a6f6f0c4e0e"
    text = FILES["org.yaml"].replace("0b0b9c1e-6f0c-4e0e-8f52-0a6f6f0c4e0e", other)
    head = house.propose()
    house.receive((REF, head), at=at(3))
    house.builder.git("checkout", "-q", "-b", "elsewhere", "main")
    witness = f"witnesses: [{{name: server, key: {house.key('server')}}}]\n"
    house.builder.commit({"org.yaml": text + witness})
    judged = gate(house.builder.root, "elsewhere", f"proposal/{PROPOSAL}", day(10))
    assert judged.evidence.opened_at is None
    assert why(judged) == ["It is of another organisation."]


def test_a_proposal_that_pretends_to_be_an_entry(house: House) -> None:
    """The first entry has a branch as its first parent, which is made to look like one before."""
    builder = house.builder
    head = house.propose()
    tree = builder.git("hash-object", "-t", "tree", "-w", "/dev/null")
    line = '{"at":"2030-01-01T00:00:00Z","organisation":"x","refs":[],"target":"x"}'
    text = f"Received\n\n{line}\nsignature: xxxx\n".encode()
    pretender = builder.git("commit-tree", tree, stdin=text)
    house.receive(("refs/heads/proposal/x", pretender), (REF, head), at=at(3))
    judged = passed(house)
    assert judged.evidence.opened_at == day(3)


def test_a_chain_of_which_the_beginning_is_lost(house: House) -> None:
    head = house.propose()
    house.receive((REF, head), at=at(4))
    repository = house.builder.find()
    log = ReceivedLog(repository.commits, "f" * 40)
    assert log.entries == ()
    assert [flaw.id for flaw in log.flaws] == ["What it held before is lost ({object})."]
    assert isinstance(log.flaws[0], Message)
