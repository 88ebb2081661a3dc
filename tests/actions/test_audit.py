"""The audit on real repositories: every unlawful step is named, and no lawful one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from orgcode.actions.audit import assurance_of, audit
from orgcode.actions.explaining_verdict import explain_verdict
from orgcode.actions.gate import gate
from orgcode.actions.judging_steps import JudgedStep
from orgcode.model.errors import OrgcodeError
from tests.benchmarks.decisions import FEW, write
from tests.proposing import BAKER, FILES, NOW, PROPOSAL, House

LATER = datetime.fromisoformat("2027-03-01T00:00:00Z")
OTHER = "2027-01-20-miller"
MILLER = {"roles/miller.yaml": "name: Miller\ncircle: kitchen\npurpose: Flour\n"}


@pytest.fixture
def house(tmp_path: Path) -> House:
    """With one lawful decision."""
    house = House.make(tmp_path)
    house.propose()
    house.respond("kim", "consent")
    house.respond("rob", "consent")
    house.adopt()
    return house


def steps(house: House, start: str | None = None) -> list[JudgedStep]:
    return list(audit(house.builder.root, "main", start, LATER).judged())


def unlawful(house: House) -> list[str]:
    return [step.commit for step in steps(house) if not step.is_lawful]


def agreed(house: House) -> None:
    """A second proposal to which all consent."""
    house.propose(OTHER, MILLER)
    for person in ("kim", "rob"):
        house.respond(person, "consent", id=OTHER, at="2027-01-21T12:00:00Z")


def test_what_is_lawful(house: House) -> None:
    founding, decision = steps(house)
    assert founding.is_lawful
    assert founding.verdict is not None
    assert founding.verdict.is_founding
    assert decision.is_lawful
    assert decision.proposal == PROPOSAL
    assert decision.at == datetime.fromisoformat(NOW)
    assert assurance_of(decision) == "claimed"


def test_gate_and_audit_agree(house: House) -> None:
    agreed(house)
    judged = gate(house.builder.root, "main", f"proposal/{OTHER}", datetime.fromisoformat(NOW))
    house.adopt(OTHER)
    last = steps(house)[-1]
    assert last.verdict == judged.verdict
    assert last.evidence is not None
    assert last.evidence.change == judged.evidence.change
    assert last.evidence.heard == judged.evidence.heard


def test_a_squash_with_its_whole_record_is_a_step(house: House) -> None:
    agreed(house)
    house.builder.git("merge", "-q", "--squash", f"proposal/{OTHER}")
    house.builder.git("commit", "-q", "-m", "Squash", at="2027-01-22T12:00:00Z")
    assert unlawful(house) == []


@pytest.mark.parametrize("seen_at", [None, "2027-01-15T12:00:00Z"])
def test_backdated_steps_are_taken_when_they_can_have_been_wherever_one_begins(
    house: House, seen_at: str | None
) -> None:
    """From any step on, and each explained alone, as in an audit of all."""
    if seen_at is not None:
        witness = f"witnesses: [{{name: server, key: {house.key('server')}}}]\n"
        house.builder.commit({"org.yaml": FILES["org.yaml"] + witness}, at=NOW)
        house.receive(("refs/heads/main", "main"), at=seen_at)
    agreed(house)
    house.adopt(OTHER, at="2020-01-02T12:00:00Z")
    third = "2027-01-25-baker"
    house.propose(third, {"roles/baker.yaml": BAKER["roles/baker.yaml"].replace("Bread", "Rolls")})
    house.adopt(third, at="2020-01-03T12:00:00Z")
    whole = {step.commit: step.at for step in steps(house)}
    moments = [*whole.values()]
    assert moments[-2:] == [datetime.fromisoformat(seen_at or NOW)] * 2
    for start in [*whole][:-1]:
        assert {step.commit: step.at for step in steps(house, start)}.items() <= whole.items()
    for id in (PROPOSAL, OTHER, third):
        step = explain_verdict(house.builder.root, id, LATER).step
        assert step is not None
        assert step.at == whole[step.commit]


def plain(house: House) -> str:
    return house.builder.commit({"pages/a.md": "# A\n"})


def too_early(house: House) -> str:
    house.propose(OTHER, MILLER)
    return house.adopt(OTHER)


def another_tree(house: House) -> str:
    agreed(house)
    house.builder.git("merge", "-q", "--no-ff", "--no-commit", f"proposal/{OTHER}")
    role = MILLER["roles/miller.yaml"].replace("Flour", "Power")
    return house.builder.commit({"roles/miller.yaml": role}, at="2027-01-22T12:00:00Z")


def altered_record(house: House) -> str:
    path = f"proposals/{PROPOSAL}/responses/kim.yaml"
    text = (house.builder.root / path).read_text().replace("consent", "objection\n  reason: No")
    return house.builder.commit({path: text})


def two_at_once(house: House) -> str:
    agreed(house)
    house.builder.git("checkout", "-q", "-b", "x", f"proposal/{OTHER}")
    house.builder.commit({"proposals/2027-01-20-x/proposal.yaml": "title: X\nproposer: cas\n"})
    house.builder.git("checkout", "-q", "main")
    house.builder.git("merge", "-q", "--no-ff", "-m", "m", "x", at="2027-01-22T12:00:00Z")
    return house.builder.git("rev-parse", "HEAD")


def octopus(house: House) -> str:
    agreed(house)
    tree = house.builder.git("rev-parse", f"proposal/{OTHER}^{{tree}}")
    options = ("-p", "main", "-p", f"proposal/{OTHER}", "-p", f"proposal/{PROPOSAL}")
    id = house.builder.git("commit-tree", tree, *options, "-m", "m", at="2027-01-22T12:00:00Z")
    house.builder.git("reset", "-q", "--hard", id)
    return id


def latch_removed(house: House) -> str:
    text = FILES["org.yaml"].replace("rules_in_force_since: 2027-01-01\n", "")
    return house.builder.commit({"org.yaml": text})


def unreadable(house: House) -> str:
    return house.builder.commit({"org.yaml": "name: ["})


def link(house: House) -> str:
    (house.builder.root / "roles" / "link.yaml").symlink_to("cook.yaml")
    return house.builder.commit()


@pytest.mark.parametrize(
    "attack",
    [
        plain,
        too_early,
        another_tree,
        altered_record,
        two_at_once,
        octopus,
        latch_removed,
        unreadable,
        link,
    ],
    ids=lambda attack: attack.__name__,
)
def test_an_unlawful_step_is_named(house: House, attack: Callable[[House], str]) -> None:
    bad = attack(house)
    assert unlawful(house) == [bad]


def test_what_comes_after_an_unlawful_step_is_judged_by_what_it_left(house: House) -> None:
    bad = plain(house)
    agreed(house)
    house.adopt(OTHER, at="2027-01-22T12:00:00Z")
    assert unlawful(house) == [bad]
    assert [step.commit for step in steps(house, bad)] == [house.builder.git("rev-parse", "main")]
    assert all(step.is_lawful for step in steps(house, bad))


def test_a_start_that_is_not_on_the_line(house: House) -> None:
    with pytest.raises(OrgcodeError) as caught:
        steps(house, f"proposal/{PROPOSAL}")
    assert "from beside" in caught.value.cause.id
    house.builder.git("checkout", "-q", "--orphan", "elsewhere")
    house.builder.commit()
    house.builder.git("checkout", "-q", "main")
    with pytest.raises(OrgcodeError) as caught:
        steps(house, "elsewhere")
    assert "rewritten" in caught.value.cause.id


def recorded(house: House, outcome: str, at: str = "2027-01-22T12:00:00Z") -> str:
    """A step that records how the second proposal ended."""
    builder = house.builder
    folder = f"proposals/{OTHER}"
    builder.git("merge", "-q", "--no-ff", "--no-commit", "-s", "ours", f"proposal/{OTHER}")
    builder.git("checkout", f"proposal/{OTHER}", "--", folder)
    record = yaml.load((builder.root / folder / "proposal.yaml").read_text(), yaml.BaseLoader)  # noqa: S506
    record["outcome"] = outcome
    return builder.commit({f"{folder}/proposal.yaml": yaml.safe_dump(record)}, at=at)


def test_what_was_withdrawn_and_recorded(house: House) -> None:
    house.propose(OTHER, MILLER)
    house.respond("cas", "withdraw", id=OTHER, at="2027-01-21T12:00:00Z")
    recorded(house, "withdrawn")
    last = steps(house)[-1]
    assert (last.is_lawful, last.is_recorded, last.flaws) == (True, True, ())


def test_what_was_recorded_and_not_withdrawn(house: House) -> None:
    house.propose(OTHER, MILLER)
    assert unlawful(house) == []
    bad = recorded(house, "withdrawn")
    assert unlawful(house) == [bad]


def test_a_record_that_leaves_out_what_was_said(house: House) -> None:
    house.propose(OTHER, MILLER)
    house.respond("kim", "concern", reason="Hm", id=OTHER, at="2027-01-21T12:00:00Z")
    house.respond("cas", "withdraw", id=OTHER, at="2027-01-21T12:00:00Z")
    recorded(house, "withdrawn")
    house.builder.git("rm", "-q", f"proposals/{OTHER}/responses/kim.yaml")
    house.builder.git("commit", "-q", "--amend", "-m", "x", at="2027-01-22T12:00:00Z")
    last = steps(house)[-1]
    assert not last.is_lawful
    assert any("not that of" in flaw.id for flaw in last.flaws)


def test_a_shallow_clone_is_no_founding(house: House, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    house.builder.git("clone", "-q", "--depth=1", f"file://{house.builder.root}", str(clone))
    with pytest.raises(OrgcodeError) as caught:
        audit(clone, "HEAD", None, LATER)
    assert "shallow" in caught.value.cause.id


def test_a_tree_that_cannot_be_told_ends_the_audit_at_its_step(house: House) -> None:
    builder = house.builder
    blob = bytes.fromhex(builder.git("hash-object", "-w", "--stdin", stdin=b"x"))
    raw = b"100644 a\0" + blob + b"100644 a\0" + blob
    options = ("hash-object", "-t", "tree", "-w", "--stdin", "--literally")
    tree = builder.git(*options, stdin=raw)
    bad = builder.git("commit-tree", tree, "-p", "main", "-m", "x")
    last = builder.git("commit-tree", "main^{tree}", "-p", bad, "-m", "x")
    builder.git("update-ref", "refs/heads/main", last)
    found = steps(house)
    assert (found[-1].commit, found[-1].is_lawful) == (bad, False)
    assert len(found) == 3


def test_a_cache_that_somebody_wrote_is_not_read(house: House) -> None:
    bad = plain(house)
    gate(house.builder.root, "main~1", "main", LATER)
    for file in (house.builder.root / ".git" / "orgcode").iterdir():
        file.write_bytes(b"anything")
    assert unlawful(house) == [bad]


def test_signed_decisions(tmp_path: Path) -> None:
    write(tmp_path / "org", FEW)
    found = list(
        audit(tmp_path / "org", "main", None, datetime.fromisoformat("2037-01-01T00:00Z")).judged()
    )
    assert len(found) == FEW.decisions + 1
    assert all(step.is_lawful for step in found)
    assert {assurance_of(step) for step in found[1:]} == {"signed"}


def test_names_that_look_alike_to_some_computers(house: House) -> None:
    house.propose(OTHER, {"roles/Miller.yaml": MILLER["roles/miller.yaml"], **BAKER})
    assert steps(house)[-1].is_lawful
    bad = house.adopt(OTHER)
    assert unlawful(house) == [bad]


def test_an_objection_after_the_decision_comes_too_late(house: House) -> None:
    """What a server received before it knew of the decision counts, and nothing later."""
    agreed(house)
    builder, ref = house.builder, f"refs/heads/proposal/{OTHER}"
    step = house.adopt(OTHER, at="2027-01-22T12:00:00Z")
    late = house.respond(
        "kim",
        "objection",
        reason="No",
        id=OTHER,
        at="2027-01-23T12:00:00Z",
        change="0" * 64,
    )
    house.receive(("refs/heads/main", step), at="2027-01-22T12:00:00Z", key=None)
    house.receive((ref, late), at="2027-01-23T12:00:00Z", key=None)
    assert unlawful(house) == []
    builder.git("update-ref", "-d", "refs/orgcode/received")
    builder.git("checkout", "-q", "-b", "before", "main~1")
    builder.git("update-ref", "refs/heads/main", "main~1")
    house.receive((ref, late), at="2027-01-21T13:00:00Z", key=None)
    builder.git("update-ref", "refs/heads/main", step)
    house.receive(("refs/heads/main", step), at="2027-01-22T12:00:00Z", key=None)
    assert unlawful(house) == [step]
