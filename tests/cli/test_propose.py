"""`orgcode propose`: from files that somebody changed to a branch that others can respond to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.cli.deciding import NOW, Ask, ask_in_house, house
from tests.proposing import House

ID = "2027-01-05-a-baker"
BAKER = "name: Baker\ncircle: kitchen\npurpose: Bread\n"
TITLE = ("--title", "A baker", "--tension", "There is no bread.")

__all__ = ["ask_in_house", "house"]


def data(house: House, path: str, id: str = ID) -> object:
    return yaml.safe_load(house.builder.git("show", f"proposal/{id}:proposals/{id}/{path}"))


def state(house: House) -> tuple[str, ...]:
    """All that a checkout is: HEAD, index, status, and every file on disk."""
    git, root = house.builder.git, house.builder.root
    files = sorted(p for p in root.rglob("*") if p.is_file() and ".git" not in p.parts)
    return (
        git("symbolic-ref", "HEAD"),
        git("rev-parse", "HEAD"),
        git("ls-files", "--stage"),
        git("status", "--porcelain", "--untracked-files=all"),
        *(f"{file}: {file.read_bytes()!r}" for file in files),
    )


def test_a_change_becomes_a_branch_and_the_checkout_stays_as_it_is(house: House, ask: Ask) -> None:
    house.builder.write("roles/baker.yaml", BAKER)
    house.builder.write("roles/cook.yaml", "staged, and then undone")
    house.builder.git("add", "roles/cook.yaml")
    house.builder.write("roles/cook.yaml", house.builder.git("show", "HEAD:roles/cook.yaml") + "\n")
    before = state(house)

    answer = ask("propose", *TITLE, "--as", "cas", "--because", "We like bread.", "--ask", "rob")

    assert answer.code == 0, answer.err
    assert state(house) == before
    git = house.builder.git
    assert git("log", "--format=%s", f"main..proposal/{ID}") == "Propose: A baker"
    assert git("diff", "--name-status", "main", f"proposal/{ID}").split("\n") == [
        f"A\tproposals/{ID}/proposal.yaml",
        f"A\tproposals/{ID}/responses/cas.yaml",
        "A\troles/baker.yaml",
    ]
    assert git("show", f"proposal/{ID}:roles/baker.yaml") == BAKER.rstrip("\n")
    assert data(house, "proposal.yaml") == {
        "title": "A baker",
        "proposer": "cas",
        "opened": {"at": NOW, "base": git("rev-parse", "main")},
        "tension": {"text": "There is no bread."},
        "because": "We like bread.",
        "ask": {"people": ["rob"]},
    }
    assert data(house, "responses/cas.yaml") == [
        {"stance": "consent", "change": house.change(ID), "at": NOW, "after": None}
    ]
    git("fsck", "--strict")


def test_it_tells_what_it_does_who_decides_and_how_it_stands(house: House, ask: Ask) -> None:
    house.builder.write("roles/baker.yaml", BAKER)
    answer = ask("propose", *TITLE, "--as", "cas")
    for said in (
        "The role Baker is new in Kitchen.",
        "Who is affected",
        "Consent of the members of Kitchen decides.",
        "Kim and Rob have not responded yet.",
    ):
        assert said in answer.out
    assert f"proposal/{ID}" in answer.err
    assert f"orgcode status {ID}" in answer.err


def test_it_is_told_as_data(house: House, ask: Ask) -> None:
    house.builder.write("roles/baker.yaml", BAKER)
    told = json.loads(ask("--format", "json", "propose", *TITLE, "--as", "cas").out)
    assert told["id"] == ID
    assert told["commit"] == house.builder.git("rev-parse", f"proposal/{ID}")
    assert (told["outcome"], told["unblock"], told["signed"]) == ("open", ["kim", "rob"], False)
    assert told["change"] == house.change(ID)


def test_paths_limit_what_is_proposed(house: House, ask: Ask) -> None:
    house.builder.write("roles/baker.yaml", BAKER)
    house.builder.write("roles/butcher.yaml", BAKER.replace("Baker", "Butcher"))
    assert ask("propose", "roles/baker.yaml", *TITLE, "--as", "cas").code == 0
    assert "butcher" not in house.builder.git("ls-tree", "-r", "--name-only", f"proposal/{ID}")


def test_what_git_ignores_is_left_out(house: House, ask: Ask) -> None:
    house.builder.write(".git/info/exclude", "draft.txt\n")
    house.builder.write("draft.txt", "only mine")
    house.builder.write("roles/baker.yaml", BAKER)
    assert ask("propose", *TITLE, "--as", "cas").code == 0
    assert "draft" not in house.builder.git("ls-tree", "-r", "--name-only", f"proposal/{ID}")


def test_a_file_that_is_gone_is_proposed_to_go(house: House, ask: Ask) -> None:
    house.builder.write("pages/old.md", "Old\n")
    house.builder.commit(message="A page")
    (house.builder.root / "pages/old.md").unlink()
    assert ask("propose", *TITLE, "--as", "cas").code == 0
    assert "D\tpages/old.md" in house.builder.git("diff", "--name-status", "main", f"proposal/{ID}")


def test_switch_goes_to_the_branch_and_leaves_nothing_uncommitted(house: House, ask: Ask) -> None:
    house.builder.write("roles/baker.yaml", BAKER)
    answer = ask("propose", "--switch", *TITLE, "--as", "cas")
    assert answer.code == 0, answer.err
    assert house.builder.git("symbolic-ref", "HEAD") == f"refs/heads/proposal/{ID}"
    assert house.builder.git("status", "--porcelain") == ""
    house.builder.git("switch", "-q", "main")
    assert not (house.builder.root / "roles/baker.yaml").exists()


def test_a_branch_is_proposed(house: House, ask: Ask) -> None:
    house.builder.git("switch", "-q", "-c", "mine")
    house.builder.commit({"roles/baker.yaml": BAKER}, message="One")
    house.builder.commit({"roles/cook.yaml": "name: Chef\ncircle: kitchen\npurpose: Food\n"})
    house.builder.git("switch", "-q", "main")
    assert ask("propose", "--branch", "mine", *TITLE, "--as", "cas").code == 0
    assert house.builder.git("rev-list", "--count", f"main..proposal/{ID}") == "1"
    assert house.builder.git("show", f"proposal/{ID}:roles/baker.yaml") == BAKER.rstrip("\n")


def test_the_same_title_gets_an_id_of_its_own(house: House, ask: Ask) -> None:
    house.builder.write("roles/baker.yaml", BAKER)
    assert ask("propose", *TITLE, "--as", "cas").code == 0
    assert ask("propose", *TITLE, "--as", "kim").code == 0
    assert house.builder.git("branch", "--list", f"proposal/{ID}-2") != ""


def test_a_record_that_was_written_by_hand_is_taken(house: House, ask: Ask) -> None:
    house.builder.write("roles/baker.yaml", BAKER)
    house.builder.write("proposals/bread/proposal.yaml", "title: Bread\nevaluate_on: 2027-06-01\n")
    assert ask("propose", "--as", "cas").code == 0
    found = data(house, "proposal.yaml", "bread")
    assert isinstance(found, dict)
    assert found["title"] == "Bread"
    assert str(found["evaluate_on"]) == "2027-06-01"


def test_a_tension_that_is_written_down_is_named_by_its_id(house: House, ask: Ask) -> None:
    house.builder.write("tensions/bread.yaml", "title: No bread\nsensed_by: cas\n")
    house.builder.write("roles/baker.yaml", BAKER)
    assert ask("propose", "--title", "A baker", "--tension", "bread", "--as", "cas").code == 0
    found = data(house, "proposal.yaml")
    assert isinstance(found, dict)
    assert found["tension"] == {"id": "bread"}


def test_a_consent_is_signed_with_a_listed_key(
    house: House, ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    (home / ".ssh").mkdir(parents=True)
    key = house.key("cas")
    for name in ("cas", "cas.pub"):
        (house.keys / name).rename(home / ".ssh" / name.replace("cas", "id_ed25519"))
    monkeypatch.setenv("HOME", str(home))
    house.builder.commit({"people/cas.yaml": f"name: Cas\nkeys: [{{key: {key}}}]\n"})
    house.builder.write("roles/baker.yaml", BAKER)
    told = json.loads(ask("--format", "json", "propose", *TITLE, "--as", "cas").out)
    assert told["signed"] is True
    why = ask("explain-verdict", ID)
    assert "signed" in why.out
    unsigned = ask("--format", "json", "propose", *TITLE, "--as", "cas", "--no-sign")
    assert json.loads(unsigned.out)["signed"] is False


REFUSALS = {
    "nothing": ((), {}, "Nothing has changed"),
    "nothing there": (("people",), {"roles/baker.yaml": BAKER}, "Nothing has changed in"),
    "no title": (("--as", "cas"), {"roles/baker.yaml": BAKER}, "has no title"),
    "no such person": ((*TITLE, "--as", "cass"), {"roles/baker.yaml": BAKER}, "no person cass"),
    "nobody": (TITLE, {"roles/baker.yaml": BAKER}, "does not know who you are"),
    "no such tension": (
        ("--title", "A", "--tension", "nope", "--as", "cas"),
        {"roles/baker.yaml": BAKER},
        "no tension nope",
    ),
    "two proposals": (
        (*TITLE, "--as", "cas"),
        {"proposals/a/proposal.yaml": "title: A\n", "proposals/b/proposal.yaml": "title: B\n"},
        "files of several proposals: a and b",
    ),
    "somebody's response": (
        (*TITLE, "--as", "cas"),
        {"proposals/a/responses/kim.yaml": "[]\n", "roles/baker.yaml": BAKER},
        "it is written when somebody responds",
    ),
    "bad id": (
        (*TITLE, "--as", "cas", "--id", "A B"),
        {"roles/baker.yaml": BAKER},
        "cannot be the id",
    ),
    "option as id": (
        (*TITLE, "--as", "cas", "--id=--upload-pack=x"),
        {"roles/baker.yaml": BAKER},
        "cannot be the id",
    ),
    "nobody to ask": (
        (*TITLE, "--as", "cas", "--ask", "nobody"),
        {"roles/baker.yaml": BAKER},
        "no person or role nobody",
    ),
    "outside": (("/etc", *TITLE, "--as", "cas"), {"roles/baker.yaml": BAKER}, "not in this repo"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_cannot_be_proposed_is_refused_plainly(house: House, ask: Ask, name: str) -> None:
    arguments, files, said = REFUSALS[name]
    for path, content in files.items():
        house.builder.write(path, content)
    before = state(house)
    answer = ask("propose", *arguments)
    assert answer.code == 2, answer.err
    assert said in answer.err
    assert state(house) == before
    assert house.builder.git("branch", "--list", "proposal/*") == ""


def test_errors_that_it_would_bring_are_shown_and_nothing_is_proposed(
    house: House, ask: Ask
) -> None:
    house.builder.write("roles/baker.yaml", "name: Baker\ncircle: nowhere\npurpose: Bread\n")
    answer = ask("propose", *TITLE, "--as", "cas")
    assert answer.code == 1
    assert "unknown-circle" in answer.out
    assert "roles/baker.yaml:2" in answer.out
    assert house.builder.git("branch", "--list", "proposal/*") == ""


def test_links_and_programs_are_refused(house: House, ask: Ask) -> None:
    (house.builder.root / "pages").mkdir()
    (house.builder.root / "pages/link.md").symlink_to("/etc/passwd")
    assert "no ordinary file" in ask("propose", *TITLE, "--as", "cas").err
    (house.builder.root / "pages/link.md").unlink()
    house.builder.write("pages/run.md", "x").chmod(0o755)
    assert "marked as a program" in ask("propose", *TITLE, "--as", "cas").err


def test_who_stands_elsewhere_is_told_how_to_go_on(house: House, ask: Ask) -> None:
    house.builder.git("switch", "-q", "-c", "mine")
    house.builder.commit({"roles/baker.yaml": BAKER})
    house.builder.write("roles/baker.yaml", BAKER + "domains: [Oven]\n")
    answer = ask("propose", *TITLE, "--as", "cas")
    assert answer.code == 2
    assert "--branch mine" in answer.err


def test_renewing_takes_in_what_was_decided_and_keeps_all_that_was_said(
    house: House, ask: Ask
) -> None:
    house.builder.write("roles/baker.yaml", BAKER)
    ask("propose", *TITLE, "--as", "cas")
    ask("respond", ID, "consent", "--as", "kim")
    head = house.builder.git("rev-parse", f"proposal/{ID}")
    (house.builder.root / "roles/baker.yaml").unlink()
    house.builder.commit({"pages/news.md": "News\n"}, message="Decided")

    answer = ask("propose", "--renew", "--as", "cas")

    assert answer.code == 0, answer.err
    git = house.builder.git
    assert git("rev-parse", f"proposal/{ID}^1") == head
    assert git("rev-parse", f"proposal/{ID}^2") == git("rev-parse", "main")
    assert git("diff", "--name-only", "main", f"proposal/{ID}").split("\n") == [
        f"proposals/{ID}/proposal.yaml",
        f"proposals/{ID}/responses/cas.yaml",
        f"proposals/{ID}/responses/kim.yaml",
        "roles/baker.yaml",
    ]
    assert "no longer holds" not in answer.err
    assert ask("propose", "--renew", "--as", "cas").code == 2


def test_renewing_with_other_files_names_whose_assent_no_longer_holds(
    house: House, ask: Ask
) -> None:
    house.builder.write("roles/baker.yaml", BAKER)
    ask("propose", *TITLE, "--as", "cas")
    ask("respond", ID, "consent", "--as", "kim")
    house.builder.write("roles/baker.yaml", BAKER.replace("Bread", "Bread and cake"))
    answer = ask("propose", "--renew", "--as", "cas")
    assert answer.code == 0, answer.err
    assert "the assent of Kim (kim) no longer holds" in answer.err
    entries = data(house, "responses/cas.yaml")
    assert isinstance(entries, list)
    assert [entry["change"] for entry in entries][1] == house.change(ID)
    assert entries[0]["change"] != entries[1]["change"]
    assert entries[1]["after"] is not None
    assert "Kim and Rob have not responded" in ask("status", ID).out
    assert "To be asked again, having responded to an earlier version: Kim" in ask("status").out


def test_renewing_names_whose_objection_stands(house: House, ask: Ask) -> None:
    house.builder.write("roles/baker.yaml", BAKER)
    ask("propose", *TITLE, "--as", "cas")
    ask("respond", ID, "objection", "--reason", "Too much bread", "--as", "kim")
    house.builder.write("roles/baker.yaml", BAKER.replace("Bread", "Less bread"))
    answer = ask("propose", "--renew", "--as", "cas")
    assert "The objection of Kim (kim) stands until they let it go: ask them again." in answer.err
    ask("respond", ID, "consent", "--as", "kim")
    house.builder.write("roles/baker.yaml", BAKER.replace("Bread", "Bread, not much"))
    assert "stands until they let it go" not in ask("propose", "--renew", "--as", "cas").err


def test_a_conflict_is_settled_by_the_files(house: House, ask: Ask) -> None:
    cook = "name: Cook\ncircle: kitchen\npurpose: {}\nholders: [cas]\n"
    house.builder.write("roles/cook.yaml", cook.format("Soup"))
    ask("propose", *TITLE, "--as", "cas")
    house.builder.commit({"roles/cook.yaml": cook.format("Salad")}, message="Decided")
    refused = ask("propose", "--renew", "--as", "cas")
    assert refused.code == 2
    assert "roles/cook.yaml" in refused.err
    house.builder.write("roles/cook.yaml", cook.format("Soup and salad"))
    assert ask("propose", "--renew", "--as", "cas").code == 0
    assert "Soup and salad" in house.builder.git("show", f"proposal/{ID}:roles/cook.yaml")


def test_only_its_proposer_renews(house: House, ask: Ask) -> None:
    house.builder.write("roles/baker.yaml", BAKER)
    ask("propose", *TITLE, "--as", "cas")
    answer = ask("propose", "--renew", "--id", ID, "--as", "kim")
    assert answer.code == 2
    assert "is of cas" in answer.err


def test_the_id_takes_whole_words_of_a_title_as_long_as_one_types_it(
    house: House, ask: Ask
) -> None:
    house.builder.write("roles/baker.yaml", BAKER)
    title = "A baker who bakes bread on Mondays and on every other day"
    ask("propose", "--title", title, "--as", "cas")
    assert house.builder.git("branch", "--list", "proposal/*").strip() == (
        "proposal/2027-01-05-a-baker-who-bakes-bread-on"
    )
    title = "Bovenkamervergaderingsvoorbereidingscommissie"
    ask("propose", "--title", title, "--as", "cas")
    assert house.builder.git("branch", "--list", "proposal/*b*v*").strip() == (
        "proposal/2027-01-05-bovenkamervergaderingsvoorbere"
    )
