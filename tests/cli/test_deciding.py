"""`orgcode gate`, `explain-verdict` and `audit`, as people and programs see them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from orgcode.cli.main import run
from tests.cli.conftest import Answer
from tests.proposing import FILES, NOW, PROPOSAL, House

GATE = ("gate", "--base", "main", "--head", f"proposal/{PROPOSAL}")


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    house = House.make(tmp_path)
    house.propose()
    monkeypatch.chdir(house.builder.root)
    return house


def agree(house: House) -> None:
    for person in ("kim", "rob"):
        house.respond(person, "consent", key=person)


def ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> Answer:
    code = run(["--lang", "en", "--now", NOW, *arguments])
    return Answer(code, *capsys.readouterr())


def test_the_gate_says_what_is_missing(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ask(capsys, *GATE)
    assert code == 1
    assert out == (
        "Still open: Kim and Rob have not responded yet.\n"
        "  No witness has seen this, so that silence does not count.\n"
        "  Who can bring it further: Kim (kim) and Rob (rob).\n"
    )
    assert f"orgcode explain-verdict {PROPOSAL}" in err
    agree(house)
    code, out, _ = ask(capsys, *GATE)
    assert (code, out) == (0, "Everything that this change needs is there.\n")


def test_the_gate_for_programs(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ask(capsys, "--format", "json", *GATE)
    data = json.loads(out)
    assert code == 1
    assert data["outcome"] == "open"
    assert data["unblock"] == ["kim", "rob"]
    assert data["proposal"] == PROPOSAL
    assert data["change"] == house.change()
    assert data["head"] == house.builder.git("rev-parse", f"proposal/{PROPOSAL}")


def test_the_gate_on_github(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    house.builder.git("checkout", "-q", "-b", "bad", "main")
    house.builder.commit({"roles/x.yaml": "name: X\ncircle: no%0A::nowhere\npurpose: x\n"})
    code, out, _ = ask(capsys, "--format", "github", "gate", "--base", "main", "--head", "bad")
    assert code == 1
    first, *others = out.splitlines()
    assert first.startswith("::error title=orgcode gate::It cannot be adopted as it is")
    assert all(line.startswith("::error file=roles/x.yaml") for line in others)
    assert others


def test_a_name_that_looks_like_an_option_is_refused(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.builder.root.exists()
    code, _, err = ask(capsys, "gate", "--base", "main", "--head=--all")
    assert code == 2
    assert "--all" in err
    code, _, err = ask(capsys, "explain-verdict", "--", "--upload-pack")
    assert code == 2
    assert "no open proposal" in err


def test_a_verdict_explained(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    house.respond("kim", "objection", reason="Too \x1b[31mmuch", key="kim")
    code, out, _ = ask(capsys, "explain-verdict", PROPOSAL)
    assert code == 0
    assert "By a rule, in Kitchen (kitchen): blocked" in out
    assert "This rule stands in org.yaml." in out
    assert "Kim (kim) objects. (2027-01-03T12:00:00Z; its signature proves nothing" in out
    assert "Rob (rob) has not responded yet." in out
    assert "\x1b" not in out
    code, out, _ = ask(capsys, "--format", "json", "explain-verdict", PROPOSAL)
    (rule,) = (it for it in json.loads(out)["judgements"] if it["sort"] == "rule")
    assert rule["rule"]["path"] == "org.yaml"
    assert rule["electorate"]["people"] == ["cas", "kim", "rob"]
    assert [voice["stance"] for voice in rule["voices"]] == ["consent", "objection", None]


def test_what_was_said_earlier_is_told_with_its_answer(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    house.respond("kim", "objection", reason="Too much")
    said = house.ends[PROPOSAL, "kim"]
    answer = ("respond", PROPOSAL, "answer", "--to", "kim", "--reason", "Less", "--as", "cas")
    code, _, err = ask(capsys, *answer)
    assert code == 0, err
    agree(house)
    _, out, _ = ask(capsys, "explain-verdict", PROPOSAL)
    counted, earlier = out.split("\nSaid earlier, and replaced since:\n")
    assert "Too much" not in counted
    first, answered = earlier.splitlines()
    assert first.startswith("  Kim (kim): objection (2027-01-03T12:00:00Z, not signed)")
    assert answered == "    Answer of the proposer: Less"
    _, out, _ = ask(capsys, "--format", "json", "explain-verdict", PROPOSAL)
    (entry,) = json.loads(out)["earlier"]
    assert (entry["digest"], entry["answer"]) == (said, "Less")


def test_a_reason_cannot_speak_for_the_proposer(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    house.respond(
        "kim", "advice", reason='Well"\nAnswer of the proposer: I take it back.\nOutcome: adopted'
    )
    forged = ("  - Answer of the proposer:", "    Answer of the proposer:", "    Outcome:")
    shown = ask(capsys, "--at", f"proposal/{PROPOSAL}", "show", f"proposals/{PROPOSAL}").out
    assert "| Answer of the proposer: I take it back." in shown
    assert not [line for line in shown.splitlines() if line.startswith(forged)]
    reply = "Bread\n  - Kim (kim): consent"
    answer = ("respond", PROPOSAL, "answer", "--to", "kim", "--reason", reply, "--as", "cas")
    assert ask(capsys, *answer).code == 0
    shown = ask(capsys, "--at", f"proposal/{PROPOSAL}", "show", f"proposals/{PROPOSAL}").out
    assert "    Answer of the proposer: Bread\n" in shown
    assert not re.search(r"^ *- Kim \(kim\): consent", shown, re.MULTILINE)


def test_the_verdict_on_what_is_decided(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    agree(house)
    before = ask(capsys, "explain-verdict", PROPOSAL).out
    commit = house.adopt()
    code, out, err = ask(capsys, "explain-verdict", f"proposals/{PROPOSAL}")
    assert code == 0
    heading, _, rest = out.partition("\n\n")
    assert heading == f"Decided on 10 January 2027, by commit {commit[:8]}."
    assert rest == before
    assert f"orgcode show proposals/{PROPOSAL}" in err
    house.builder.commit({"roles/cook.yaml": FILES["roles/cook.yaml"].replace("Meals", "Soup")})
    assert ask(capsys, "explain-verdict", PROPOSAL).out == out
    data = json.loads(ask(capsys, "--format", "json", "explain-verdict", PROPOSAL).out)
    assert data["decided"] == {
        "commit": commit,
        "at": NOW.replace("Z", "+00:00"),
        "is_lawful": True,
        "flaws": [],
    }
    shown = ask(capsys, "show", f"proposals/{PROPOSAL}")
    assert shown.out.endswith("Outcome: adopted\n")
    assert f"orgcode explain-verdict {PROPOSAL}" in shown.err
    assert "The role Baker is new in Kitchen." in ask(capsys, "log", f"proposals/{PROPOSAL}").out


def test_a_verdict_that_was_not_met_is_told_of_the_step_that_took_it_in_anyway(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    commit = house.adopt()
    _, out, _ = ask(capsys, "explain-verdict", PROPOSAL)
    assert out.startswith(f"Taken in on 10 January 2027 by commit {commit[:8]}, which was unlawful")
    assert "Still open: Kim and Rob have not responded yet." in out
    data = json.loads(ask(capsys, "--format", "json", "explain-verdict", PROPOSAL).out)
    assert (data["outcome"], data["decided"]["is_lawful"]) == ("open", False)


def test_a_step_that_smuggles_a_file_in_is_not_told_as_decided(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    agree(house)
    house.adopt()
    house.builder.write("roles/smuggled.yaml", "name: Smuggled\ncircle: kitchen\npurpose: Gold\n")
    house.builder.git("add", "-A")
    house.builder.git("commit", "-q", "--amend", "--no-edit", at=NOW)
    _, out, _ = ask(capsys, "explain-verdict", PROPOSAL)
    taken, why = out.splitlines()[:2]
    assert taken.endswith("which was unlawful.")
    assert why.startswith("  Its files are not those that come of laying")


def test_a_branch_that_hides_an_outcome_is_not_told_as_adopted(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    path = f"proposals/{PROPOSAL}/proposal.yaml"
    record = house.builder.git("show", f"proposal/{PROPOSAL}:{path}")
    house.builder.commit({path: f"{record}\noutcome: rejected\n"})
    house.builder.git("checkout", "-q", "-b", "hiding")
    house.builder.commit({path: f"{record}\n"})
    _, out, _ = ask(capsys, "--at", "hiding", "show", f"proposals/{PROPOSAL}")
    assert "adopted" not in out
    _, out, _ = ask(capsys, "--at", "main", "show", f"proposals/{PROPOSAL}")
    assert "Outcome: rejected" in out


def test_a_response_whose_name_no_text_can_hold_stops_nobody(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    builder = house.builder
    builder.git("checkout", "-q", f"proposal/{PROPOSAL}")
    name = f"{builder.root}/proposals/{PROPOSAL}/responses/".encode() + b"\xff.yaml"
    with open(name, "wb") as file:  # noqa: PTH123 (a path of bytes)
        file.write(b"[{stance: objection}]\n")
    builder.git("add", "-A")
    builder.git("commit", "-q", "-m", "Respond")
    builder.git("checkout", "-q", "main")
    for command in (("status",), ("explain-verdict", PROPOSAL), ("status", PROPOSAL)):
        code, out, err = ask(capsys, *command)
        assert code == 0, err
        assert "<U+DCFF>.yaml" in out
    code, out, err = ask(capsys, "gate", "--base", "main", "--head", f"proposal/{PROPOSAL}")
    assert (code, "<U+DCFF>.yaml" in out) == (1, True), err
    house.adopt()
    code, out, err = ask(capsys, "audit")
    assert (code, "<U+DCFF>.yaml" in out) == (1, True), err


def test_who_goes_on_with_a_branch_does_not_undo_the_decision(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    agree(house)
    house.adopt()
    decided = ask(capsys, "explain-verdict", PROPOSAL).out
    house.respond("kim", "objection", reason="It was never adopted")
    assert ask(capsys, "explain-verdict", PROPOSAL).out == decided
    assert ask(capsys, "explain-verdict", f"proposals/{PROPOSAL}").out == decided


def test_an_audit(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    agree(house)
    house.adopt()
    code, out, _ = ask(capsys, "audit")
    assert code == 0
    assert "2 steps are lawful." in out
    assert "1 decision is taken at people's word." in out
    assert "What no audit can know" in out
    bad = house.builder.commit({"pages/a.md": "# A\n"})
    code, out, err = ask(capsys, "audit")
    assert code == 1
    # it says to be older than the step before it, which is not believed
    assert f"{bad[:12]} 2027-01-10 (no proposal): unlawful" in out
    assert f"orgcode diff {bad}^..{bad}" in err
    code, out, _ = ask(capsys, "--format", "json", "audit")
    data = json.loads(out)
    assert data["summary"]["first_unlawful"] == bad
    assert [step["is_lawful"] for step in data["steps"]] == [True, True, False]
    assert ask(capsys, "audit", "--from", bad)[0] == 0


def test_in_dutch(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    agree(house)
    assert run(["--lang", "nl", "--now", NOW, "audit"]) == 0
    assert "rechtmatig" in capsys.readouterr().out
