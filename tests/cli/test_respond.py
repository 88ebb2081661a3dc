"""`orgcode respond`, `status`, `adopt` and `withdraw`: from a proposal to a decision."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml

from orgcode.model.digest import entry_digest
from tests.builder import Builder
from tests.cli.deciding import Ask, ask_in_house, house
from tests.proposing import BAKER, FILES, ORG, PROPOSAL, House

__all__ = ["ask_in_house", "house"]


def entries(house: House, person: str, id: str = PROPOSAL) -> list[dict[str, object]]:
    path = f"proposals/{id}/responses/{person}.yaml"
    text = house.builder.git("show", f"proposal/{id}:{path}")
    found = yaml.load(text, yaml.BaseLoader)  # noqa: S506 (every scalar as it is written)
    assert isinstance(found, list)
    return found


def test_each_response_is_an_entry_behind_the_one_before(house: House, ask: Ask) -> None:
    house.propose()
    head = house.builder.git("rev-parse", f"proposal/{PROPOSAL}")
    ask("respond", PROPOSAL, "objection", "--reason", "Too much: bread?\nAnd cake", "--as", "kim")
    ask("respond", PROPOSAL, "consent", "--as", "kim", "--role", "cook")
    git = house.builder.git
    assert git("rev-parse", f"proposal/{PROPOSAL}~2") == head
    first, second = entries(house, "kim")
    change = house.change()
    assert (first["stance"], first["change"], first["reason"]) == (
        "objection",
        change,
        "Too much: bread?\nAnd cake",
    )
    assert (second["stance"], second["change"], second["role"]) == ("consent", change, "cook")
    plain = {**first, "after": None}
    assert second["after"] == entry_digest(ORG, PROPOSAL, "kim", plain)
    assert git("status", "--porcelain") == ""
    assert git("symbolic-ref", "HEAD") == "refs/heads/main"


def test_what_people_wrote_in_the_file_stays(house: House, ask: Ask) -> None:
    house.propose()
    house.respond("kim", "concern", reason="Hm")
    path = f"proposals/{PROPOSAL}/responses/kim.yaml"
    git = house.builder.git
    git("switch", "-q", f"proposal/{PROPOSAL}")
    text = "# what I think\n" + git("show", f"HEAD:{path}")
    house.builder.commit({path: text})
    git("switch", "-q", "main")
    ask("respond", PROPOSAL, "consent", "--as", "kim")
    assert git("show", f"proposal/{PROPOSAL}:{path}").startswith(text)


def test_it_tells_what_a_response_weighs(house: House, ask: Ask) -> None:
    house.builder.commit({"people/eva.yaml": "name: Eva\n"}, message="Founding goes on")
    house.propose()
    counted = ask("respond", PROPOSAL, "consent", "--as", "kim")
    assert "It counts in the decision of Kitchen" in counted.out
    assert "Rob has not responded yet" in counted.out
    other = ask("respond", PROPOSAL, "consent", "--as", "eva")
    assert "It does not count in the decision of Kitchen" in other.out
    assert "does not decide about this" in other.out


def test_what_falls_short_is_said(tmp_path: Path, house: House, ask: Ask) -> None:
    org = house.builder.root / "org.yaml"
    org.write_text(org.read_text() + "assurance: {people: {default: signed}}\n")
    house.builder.commit(message="Signatures are needed")
    house.propose()
    answer = ask("respond", PROPOSAL, "consent", "--as", "kim")
    assert "it is not sure enough that it was them" in answer.out
    assert "not signed: no key of yours" in answer.err


def test_a_meeting_is_written_down_by_its_secretary(house: House, ask: Ask) -> None:
    house.propose()
    ask("respond", PROPOSAL, "consent", "--record-for", "kim", "--as", "rob")
    (entry,) = entries(house, "kim")
    assert entry["recorded_by"] == "rob"


def test_the_proposer_answers(house: House, ask: Ask) -> None:
    house.propose()
    house.respond("kim", "concern", reason="Hm")
    change = house.change()
    answered = ask("respond", PROPOSAL, "answer", "--to", "kim", "--reason", "Yes", "--as", "cas")
    assert answered.code == 0, answered.err
    record = yaml.safe_load(
        house.builder.git("show", f"proposal/{PROPOSAL}:proposals/{PROPOSAL}/proposal.yaml")
    )
    assert record["answers"] == [{"to": house.ends[PROPOSAL, "kim"], "text": "Yes"}]
    assert house.change() == change
    digest = house.ends[PROPOSAL, "kim"]
    ask("respond", PROPOSAL, "answer", "--to", digest[:12], "--reason", "No", "--as", "cas")
    record = yaml.safe_load(
        house.builder.git("show", f"proposal/{PROPOSAL}:proposals/{PROPOSAL}/proposal.yaml")
    )
    assert record["answers"] == [{"to": digest, "text": "No"}]


REFUSALS = {
    "no such proposal": (("nope", "consent", "--as", "kim"), "no open proposal nope"),
    "near": (("2027-01-02-bakr", "consent", "--as", "kim"), f"Did you mean {PROPOSAL}"),
    "no reason": ((PROPOSAL, "objection", "--as", "kim"), "objection needs a reason"),
    "no such role": ((PROPOSAL, "consent", "--as", "kim", "--role", "x"), "no role x"),
    "nominee": ((PROPOSAL, "consent", "--as", "kim", "--nominee", "x"), "no person x"),
    "answer of another": (
        (PROPOSAL, "answer", "--to", "cas", "--reason", "x", "--as", "kim"),
        "is of cas",
    ),
    "answer to nobody": (
        (PROPOSAL, "answer", "--to", "kim", "--reason", "x", "--as", "cas"),
        "kim has said nothing",
    ),
    "answer without to": ((PROPOSAL, "answer", "--as", "cas"), "needs --to"),
    "option": (("--as", "kim", "--", "-x", "consent"), "no open proposal -x"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_cannot_be_said_is_refused_plainly(house: House, ask: Ask, name: str) -> None:
    head = house.propose()
    arguments, said = REFUSALS[name]
    answer = ask("respond", *arguments)
    assert answer.code == 2, answer.err
    assert said in answer.err
    assert house.builder.git("rev-parse", f"proposal/{PROPOSAL}") == head


def test_a_proposal_is_adopted_and_the_files_follow(house: House, ask: Ask) -> None:
    house.propose()
    for person in ("kim", "rob"):
        house.respond(person, "consent")
    head = house.builder.git("rev-parse", f"proposal/{PROPOSAL}")
    old = house.builder.git("rev-parse", "main")

    answer = ask("adopt", PROPOSAL)

    assert answer.code == 0, answer.err
    git = house.builder.git
    assert git("rev-parse", "main^1", "main^2").split("\n") == [old, head]
    assert git("rev-parse", "main^{tree}") == git("rev-parse", f"{head}^{{tree}}")
    assert git("status", "--porcelain") == ""
    assert (house.builder.root / "roles/baker.yaml").read_text() == BAKER["roles/baker.yaml"]
    text = git("log", "-1", "--format=%B", "main")
    assert text.startswith("Bread\n\nEverything that this change needs is there.")
    assert git("log", "-1", "--format=%(trailers:key=Proposal,valueonly)").strip() == PROPOSAL
    assert ask("audit").code == 0
    assert "No proposal is open" in ask("status").err
    again = ask("adopt", PROPOSAL)
    assert again.code == 2
    assert "decided already" in again.err


def test_an_adoption_that_was_cut_short_is_finished_by_the_next(house: House, ask: Ask) -> None:
    git = house.builder.git
    house.propose()
    for person in ("kim", "rob"):
        house.respond(person, "consent")
    assert ask("adopt", PROPOSAL).code == 0
    decided = git("rev-parse", "main")
    git("reset", "-q", "--hard", "main^1")
    git("update-ref", "refs/heads/main", decided)  # as if the files had not followed
    house.builder.write("roles/cook.yaml", "not finished")

    answer = ask("adopt", PROPOSAL)

    assert answer.code == 2
    assert "That was cut short before the files here followed; now they have." in answer.err
    assert git("status", "--porcelain") == " M roles/cook.yaml"
    assert git("rev-parse", "main") == decided
    assert "cut short" not in ask("adopt", PROPOSAL).err


@pytest.mark.parametrize("what", ["a part is taken back", "there was a step since"])
def test_what_somebody_takes_back_is_not_taken_for_an_adoption_cut_short(
    house: House, ask: Ask, what: str
) -> None:
    git = house.builder.git
    house.propose()
    for person in ("kim", "rob"):
        house.respond(person, "consent")
    assert ask("adopt", PROPOSAL).code == 0
    if what == "there was a step since":
        git("commit", "-q", "--allow-empty", "-m", "Another step")
        git("revert", "--no-commit", "-m", "1", "main~1")
    else:
        git("rm", "-q", "roles/baker.yaml")
    before = git("status", "--porcelain")

    answer = ask("adopt", PROPOSAL)

    assert (answer.code, "cut short" in answer.err) == (2, False)
    assert git("status", "--porcelain") == before != ""


def test_a_target_that_moved_is_taken_in_at_adoption(house: House, ask: Ask) -> None:
    house.propose()
    for person in ("kim", "rob"):
        house.respond(person, "consent")
    house.propose("2027-01-03-page", {"pages/x.md": "X\n"}, by="kim")
    for person in ("rob", "cas"):
        house.respond(person, "consent", id="2027-01-03-page")
    assert ask("adopt", "2027-01-03-page").code == 0
    assert ask("adopt", PROPOSAL).code == 0
    assert ask("audit").code == 0
    assert (house.builder.root / "pages/x.md").read_text() == "X\n"


def test_what_is_not_agreed_is_not_adopted(house: House, ask: Ask) -> None:
    house.propose()
    old = house.builder.git("rev-parse", "main")
    answer = ask("adopt", PROPOSAL)
    assert answer.code == 1
    assert "Kim and Rob have not responded" in answer.out
    assert house.builder.git("rev-parse", "main") == old
    told = json.loads(ask("--format", "json", "adopt", PROPOSAL).out)
    assert (told["commit"], told["outcome"]) == (None, "open")


def test_files_that_somebody_is_changing_are_left_as_they_are(house: House, ask: Ask) -> None:
    cook = "name: Chef\ncircle: kitchen\npurpose: Meals\nholders: [cas]\n"
    house.propose(files={**BAKER, "roles/cook.yaml": cook})
    for person in ("kim", "rob"):
        house.respond(person, "consent")
    house.builder.write("roles/cook.yaml", "mine, not finished")
    house.builder.write("roles/baker.yaml", "mine too")
    answer = ask("adopt", PROPOSAL)
    assert answer.code == 0, answer.err
    assert "roles/baker.yaml and roles/cook.yaml" in answer.err
    assert (house.builder.root / "roles/cook.yaml").read_text() == "mine, not finished"
    assert (house.builder.root / "roles/baker.yaml").read_text() == "mine too"
    assert (house.builder.root / f"proposals/{PROPOSAL}/proposal.yaml").is_file()


def test_what_was_proposed_from_these_files_is_clean_after_adoption(house: House, ask: Ask) -> None:
    house.builder.write("roles/baker.yaml", BAKER["roles/baker.yaml"])
    ask("propose", "--title", "A baker", "--id", "baker", "--as", "cas")
    for person in ("kim", "rob"):
        ask("respond", "baker", "consent", "--as", person)
    assert ask("adopt", "baker").code == 0
    assert house.builder.git("status", "--porcelain") == ""


def test_a_bare_repository_adopts_too(house: House, ask: Ask, tmp_path: Path) -> None:
    house.propose()
    for person in ("kim", "rob"):
        house.respond(person, "consent")
    bare = tmp_path / "bare.git"
    house.builder.git("clone", "-q", "--bare", str(house.builder.root), str(bare))
    assert "git fetch" not in ask("-C", str(bare), "status").err, "a server fetches nothing"
    adopted = ask("-C", str(bare), "adopt", PROPOSAL)
    assert adopted.code == 0
    assert "git push" not in adopted.err
    assert ask("-C", str(bare), "audit").code == 0


def test_withdrawing_keeps_the_record_and_changes_nothing_else(house: House, ask: Ask) -> None:
    house.propose()
    house.respond("kim", "objection", reason="No")
    head = house.builder.git("rev-parse", f"proposal/{PROPOSAL}")
    refused = ask("withdraw", PROPOSAL, "--as", "kim")
    assert refused.code == 2
    assert "is of cas" in refused.err
    assert house.builder.git("rev-parse", f"proposal/{PROPOSAL}") == head

    answer = ask("withdraw", PROPOSAL, "--as", "cas", "--reason", "Never mind")

    assert answer.code == 0, answer.err
    git = house.builder.git
    assert git("rev-parse", "main^2~1") == head
    assert git("diff", "--name-only", "main^1", "main").split("\n") == [
        f"proposals/{PROPOSAL}/proposal.yaml",
        f"proposals/{PROPOSAL}/responses/cas.yaml",
        f"proposals/{PROPOSAL}/responses/kim.yaml",
    ]
    assert "outcome: withdrawn" in git("show", f"main:proposals/{PROPOSAL}/proposal.yaml")
    assert git("status", "--porcelain") == ""
    audited = ask("audit")
    assert audited.code == 0, audited.out


def test_what_was_rejected_is_put_on_record(house: House, ask: Ask) -> None:
    policy = {"policies/bread.yaml": "title: Bread\ncircle: kitchen\ntext: Every day.\n"}
    house.propose(files=policy)
    open_yet = ask("adopt", PROPOSAL, "--record")
    assert open_yet.code == 2
    assert "has not ended" in open_yet.err
    for person in ("kim", "rob"):
        house.respond(person, "no")
    rejected = ask("adopt", PROPOSAL)
    assert rejected.code == 1
    assert f"orgcode adopt {PROPOSAL} --record" in rejected.err
    assert ask("adopt", PROPOSAL, "--record").code == 0
    assert not (house.builder.root / "policies/bread.yaml").exists()
    record = house.builder.git("show", f"main:proposals/{PROPOSAL}/proposal.yaml")
    assert "outcome: rejected" in record
    audited = ask("audit")
    assert audited.code == 0, audited.out


def test_status_tells_of_all_that_are_open(house: House, ask: Ask) -> None:
    house.propose()
    house.respond("kim", "objection", reason="Too much bread")
    house.propose("2027-01-03-page", {"pages/x.md": "X\n"}, by="kim")
    answer = ask("status")
    assert f"{PROPOSAL}: Bread" in answer.out
    assert "Kim has an objection" in answer.out
    assert "Objection of Kim (kim): Too much bread" in answer.out
    assert "2027-01-03-page: Bread" in answer.out
    told = json.loads(ask("--format", "json", "status").out)["proposals"]
    assert [(each["id"], each["outcome"]) for each in told] == [
        (PROPOSAL, "blocked"),
        ("2027-01-03-page", "open"),
    ]
    assert told[0]["objections"] == [
        {"person": "kim", "reason": "Too much bread", "digest": house.ends[PROPOSAL, "kim"]}
    ]
    one = json.loads(ask("--format", "json", "status", PROPOSAL).out)
    assert one == told[0]


def test_a_proposal_that_cannot_be_judged_hides_no_other(house: House, ask: Ask) -> None:
    house.propose()
    git = house.builder.git
    git("switch", "-q", "--orphan", "proposal/stranger")
    house.builder.commit({"x": "x"})
    git("switch", "-q", "main")
    answer = ask("status")
    assert answer.code == 0
    assert "no commit in common" in answer.out
    assert "Kim and Rob have not responded" in answer.out


def test_a_branch_that_was_only_fetched_is_gone_on_from(
    house: House, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.propose()
    house.builder.git("clone", "-q", str(house.builder.root), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    assert "Kim and Rob" in ask("status").out
    assert ask("respond", PROPOSAL, "consent", "--as", "kim").code == 0
    assert "Rob has not responded yet" in ask("status", PROPOSAL).out
    head = house.respond("rob", "consent")
    house.builder.git("-C", str(tmp_path / "clone"), "fetch", "-q")
    apart = ask("status", PROPOSAL)
    assert apart.code == 2
    assert "went on in two ways" in apart.err
    assert house.builder.git("rev-parse", f"proposal/{PROPOSAL}") == head


def test_one_branch_that_went_on_in_two_ways_does_not_hide_the_others(
    house: House, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.propose()
    house.propose("2027-01-02-tea", {"pages/tea.md": "Tea\n"})
    git, clone = house.builder.git, tmp_path / "clone"
    git("clone", "-q", str(house.builder.root), str(clone))
    monkeypatch.chdir(clone)
    assert ask("respond", PROPOSAL, "consent", "--as", "kim").code == 0
    house.respond("rob", "consent")
    git("-C", str(clone), "fetch", "-q")
    said = ask("status")
    assert said.code == 0
    assert "went on in two ways" in said.out
    assert "2027-01-02-tea" in said.out
    git("config", "receive.denyCurrentBranch", "ignore")
    way_out = ask("status", PROPOSAL).err.partition("behind the rest: ")[2]
    git("-C", str(clone), "config", "user.email", "kim@example.org")
    for command in way_out.strip().split(" && "):
        git("-C", str(clone), *command.split(" ")[1:])
    assert "went on in two ways" not in ask("status").out
    assert len(entries(house, "rob")) == len(entries(house, "kim")) == 1


@pytest.fixture
def clone(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Builder:
    """A clone of the house as it is at first, in which all that follows is asked."""
    house.builder.git("clone", "-q", str(house.builder.root), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    return Builder(root=tmp_path / "clone")


def test_where_it_is_shared_the_next_step_is_to_push(
    house: House, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.propose()
    house.builder.git("clone", "-q", str(house.builder.root), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    push = f"Next: git push origin proposal/{PROPOSAL} "
    assert push in ask("respond", PROPOSAL, "consent", "--as", "kim").err
    told = ask("status").err
    assert f"git push origin proposal/{PROPOSAL}" in told
    assert "'git fetch origin' brings" in told
    ready = ask("respond", PROPOSAL, "consent", "--as", "rob").err
    assert push in ready
    assert f"orgcode adopt {PROPOSAL}" in ready
    assert "Next: git push origin main " in ask("adopt", PROPOSAL).err
    assert "origin does not have what you have of main" in ask("status").err


def test_a_commit_without_a_proposal_is_not_said_to_be_for_pushing(
    house: House, ask: Ask, clone: Builder
) -> None:
    clone.git("config", "user.email", "cas@example.org")
    before = clone.git("rev-parse", "main")
    stray = clone.commit({"roles/waiter.yaml": BAKER["roles/baker.yaml"]})
    clone.commit({"roles/waiter.yaml": BAKER["roles/baker.yaml"].replace("Baker", "Waiter")})
    told = ask("status").err
    assert "does not have what you have" not in told
    assert f"The commit {stray[:12]} on main takes in no proposal" in told
    command = f"git reset --soft {stray[:12]}^ && orgcode propose"
    assert command in told
    assert command in ask("doctor").out
    clone.git("reset", "--soft", f"{stray[:12]}^")
    assert clone.git("rev-parse", "main") == before
    assert ask("propose", "--title", "Waiter", "--as", "cas").code == 0
    assert "takes in no proposal" not in ask("status").err


def test_who_pulled_into_a_commit_of_their_own_is_not_sent_back_to_the_founding(
    house: House, ask: Ask, clone: Builder
) -> None:
    clone.git("config", "user.email", "cas@example.org")
    clone.commit({"roles/waiter.yaml": BAKER["roles/baker.yaml"]})
    there = house.builder.commit({"README.md": "# Decided meanwhile\n"})
    clone.git("pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
    joined = clone.git("rev-parse", "main")
    told = ask("status").err
    assert f"The commit {joined[:12]} on main takes in no proposal" in told
    assert f"git reset --soft {there[:12]} && orgcode propose" in told
    clone.git("reset", "--soft", there[:12])
    assert ask("propose", "--title", "Waiter", "--as", "cas").code == 0
    assert clone.git("rev-parse", "main") == there
    assert "takes in no proposal" not in ask("status").err


def test_who_has_responded_is_not_asked_again(house: House, ask: Ask) -> None:
    kim = "name: Kim\nemails: [test@example.org]\n"
    house.builder.commit({"people/kim.yaml": kim})
    house.propose()
    assert f"Next: orgcode respond {PROPOSAL} consent" in ask("status").err
    ask("respond", PROPOSAL, "consent")
    assert f"Next: orgcode explain-verdict {PROPOSAL}" in ask("status").err


def test_a_blocked_proposal_also_names_who_has_not_responded(house: House, ask: Ask) -> None:
    house.propose()
    ask("respond", PROPOSAL, "objection", "--reason", "Too much", "--as", "kim")
    data = json.loads(ask("status", PROPOSAL, "--format", "json").out)
    assert data["outcome"] == "blocked"
    assert data["missing"] == ["rob"]


def test_on_the_branch_of_a_proposal_the_files_follow(house: House, ask: Ask) -> None:
    house.propose()
    git = house.builder.git
    git("switch", "-q", f"proposal/{PROPOSAL}")
    house.builder.write("notes.txt", "My own\n")
    for arguments in (
        ("respond", PROPOSAL, "concern", "--reason", "Flour", "--as", "kim"),
        ("respond", PROPOSAL, "answer", "--to", "kim", "--reason", "Yes", "--as", "cas"),
    ):
        assert ask(*arguments).code == 0
        assert git("status", "--short") == "?? notes.txt"
    assert (house.builder.root / f"proposals/{PROPOSAL}/responses/kim.yaml").exists()
    house.builder.write("roles/baker.yaml", BAKER["roles/baker.yaml"] + "domains: [Oven]\n")
    assert ask("propose", "roles", "--renew", "--as", "cas").code == 0
    assert git("status", "--short") == "?? notes.txt"


def test_where_no_ruleset_is_known_the_words_are_dutch_too(house: House, ask: Ask) -> None:
    house.propose()
    unknown = ask("respond", "nope", "consent", "--as", "kim", "--lang", "nl")
    assert "Er is geen open voorstel nope." in unknown.err
    theirs = ask("withdraw", PROPOSAL, "--as", "kim", "--lang", "nl")
    assert f"Het voorstel {PROPOSAL} is van cas." in theirs.err


def test_whoever_objected_is_told_how_to_let_go(house: House, ask: Ask) -> None:
    kim = "name: Kim\nemails: [test@example.org]\n"
    house.builder.commit({"people/kim.yaml": kim})
    house.propose()
    ask("respond", PROPOSAL, "objection", "--reason", "Too much")
    told = ask("status").err
    assert f"Next: orgcode respond {PROPOSAL} consent (lets go of your objection)" in told


def test_the_proposer_of_what_is_blocked_is_told_to_renew_it(house: House, ask: Ask) -> None:
    cas = "name: Cas\nemails: [test@example.org]\n"
    house.builder.commit({"people/cas.yaml": cas})
    house.propose()
    ask("respond", PROPOSAL, "objection", "--reason", "Too much", "--as", "kim")
    assert f"Next: orgcode propose --renew --id {PROPOSAL} " in ask("status").err


def test_the_proposer_is_told_to_answer_advice(house: House, ask: Ask) -> None:
    org = house.builder.git("show", "main:org.yaml").replace(
        "by: consent, of: members, open_for: 3 days", "by: advice, of: all"
    )
    cas = "name: Cas\nemails: [test@example.org]\n"
    house.builder.commit({"people/cas.yaml": cas, "org.yaml": org})
    house.propose()
    assert "Next: orgcode adopt" in ask("status").err
    ask("respond", PROPOSAL, "advice", "--reason", "Less bread", "--as", "kim")
    wanted = f"Next: orgcode respond {PROPOSAL} answer --to PERSON --reason TEXT"
    assert wanted in ask("status").err
    ask("respond", PROPOSAL, "answer", "--to", "kim", "--reason", "Done")
    assert wanted not in ask("status").err


def test_a_no_without_a_reason_is_no_objection(house: House, ask: Ask) -> None:
    house.propose(files={"policies/bread.yaml": "title: Bread\ncircle: house\nkind: agreement\n"})
    ask("respond", PROPOSAL, "no", "--as", "kim")
    ask("respond", PROPOSAL, "no", "--reason", "Too much", "--as", "rob")
    data = json.loads(ask("status", PROPOSAL, "--format", "json").out)
    assert [each["person"] for each in data["objections"]] == ["rob"]


def test_what_was_decided_elsewhere_is_fetched_before_anything_else(
    house: House, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.propose()
    git = house.builder.git
    git("clone", "-q", str(house.builder.root), str(tmp_path / "clone"))
    house.builder.commit({"README.md": "Decided meanwhile\n"})
    monkeypatch.chdir(tmp_path / "clone")
    git("-C", str(tmp_path / "clone"), "fetch", "-q")
    said = ask("respond", PROPOSAL, "consent", "--as", "kim").err
    assert "origin is ahead of what you have of main, which can change the verdict" in said
    told = ask("status").err
    assert "Next: git pull origin main (brings what was decided meanwhile)" in told
    ask("respond", PROPOSAL, "consent", "--as", "rob")
    refused = ask("adopt", PROPOSAL)
    assert refused.code == 2
    assert "origin has more of main than you." in refused.err
    assert "git pull origin main" in refused.err
    git("-C", str(tmp_path / "clone"), "pull", "-q", "origin", "main")
    assert ask("adopt", PROPOSAL).code == 0


def test_a_file_called_like_a_pattern_or_a_command_adds_no_other(
    house: House, ask: Ask, clone: Builder
) -> None:
    names = (":!a", ":/", "*", "it's $(touch ran); touch ran", "-A", "[a-z]?")
    files = {f"{name}/x" if name == ":/" else name: "x\n" for name in names}
    house.builder.commit(files)
    clone.git("fetch", "-q")
    for path, text in {**files, "secret": "s\n"}.items():
        clone.write(path, text)
    said = ask("status").err.partition("can change the verdict: ")[2]
    command, _, _ = said.partition("\n")
    add, _, _ = command.partition(" && ")
    subprocess.run(["sh", "-c", add], cwd=clone.root, check=True, capture_output=True)
    staged = clone.git("diff", "--cached", "--name-only", "-z").split("\0")[:-1]
    assert sorted(staged) == sorted(path.replace("//", "/") for path in files)
    subprocess.run(["sh", "-c", command], cwd=clone.root, check=True, capture_output=True)
    assert clone.git("status", "--short") == "?? secret"


def test_who_proposed_new_files_gets_them_back_by_pulling(
    house: House, ask: Ask, clone: Builder
) -> None:
    git = house.builder.git
    cook = FILES["roles/cook.yaml"].replace("Meals", "Soup")
    for path, text in {**BAKER, "roles/cook.yaml": cook}.items():
        clone.write(path, text)
    house.propose(files={**BAKER, "roles/cook.yaml": cook})
    house.adopt()
    clone.git("fetch", "-q")
    command = ask("status").err.partition("Next: ")[2].partition(" (brings")[0]
    assert command == "git add -- roles/baker.yaml roles/cook.yaml && git pull origin main"
    assert command in ask("doctor").out
    clone.write("roles/cook.yaml", cook.replace("Soup", "Cake"))
    assert "git add -- roles/baker.yaml && git pull" in ask("status").err
    clone.write("roles/cook.yaml", cook)
    subprocess.run(["sh", "-c", command], cwd=clone.root, check=True, capture_output=True)
    assert clone.git("status", "--short") == ""
    assert clone.git("rev-parse", "main") == git("rev-parse", "main")
