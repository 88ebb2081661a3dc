"""`orgcode log` and `orgcode blame` tell the story of a role, a person and the organisation."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

import pytest

from tests.builder import Builder
from tests.cli.conftest import ORGANISATION, Ask, start

WORKS = {
    "monday": "Cooking on Mondays",
    "better": "Cooking on Mondays and Tuesdays",
    "shop": "Buying what is needed in the week",
}


def role(*works: str, holders: str, circle: str = "keuken", more: str = "") -> str:
    lines = "".join(f"  - {work}\n" for work in works)
    return (
        f"name: Cook\ncircle: {circle}\npurpose: Good meals.\n{more}"
        f"accountabilities:\n{lines}holders: [{holders}]\n"
    )


@pytest.fixture
def story(repository: Builder) -> Builder:
    """A role that is founded, extended, reordered, reworded, handed over and renamed."""
    steps = (
        ("Found the cook", role(WORKS["monday"], holders="sara"), "2026-02-01"),
        ("Shop too", role(WORKS["monday"], WORKS["shop"], holders="sara"), "2026-03-01"),
        ("Shop first", role(WORKS["shop"], WORKS["monday"], holders="sara"), "2026-04-01"),
        ("Tuesdays", role(WORKS["shop"], WORKS["better"], holders="sara"), "2026-05-01"),
        ("Hand over", role(WORKS["shop"], WORKS["better"], holders="omar"), "2026-06-01"),
    )
    for message, text, day in steps:
        repository.commit({"roles/kok.yaml": text}, message=message, at=f"{day}T12:00:00Z")
    return repository


@pytest.fixture
def tell(story: Builder, ask: Ask) -> Callable[..., dict[str, object]]:
    def tell(*arguments: str) -> dict[str, object]:
        answer = ask(*arguments, "--format", "json")
        assert answer.code == 0, answer.err
        data: dict[str, object] = json.loads(answer.out)
        return data

    return tell


def test_what_moved_keeps_its_origin_and_what_was_reworded_says_so(
    story: Builder, ask: Ask
) -> None:
    answer = ask("blame", "roles/kok")
    assert answer.code == 0
    assert answer.out.splitlines()[0] == "Cook · roles/kok"
    lines = [line.strip() for line in answer.out.splitlines()]
    place = lines.index(f"- {WORKS['shop']}")
    assert lines[place + 1].startswith("since 1 March 2026, ")
    assert ": Shop too (" in lines[place + 1]
    place = lines.index(f"- {WORKS['better']}")
    assert lines[place + 1].startswith("reworded on 1 May 2026, ")
    assert lines[place + 2] == f"before: {WORKS['monday']}"
    assert lines[place + 3].startswith("began on 5 January 2026, ")
    place = lines.index("- omar")
    assert lines[place + 1].startswith("since 1 June 2026, ")
    assert answer.err.startswith("Next: orgcode log roles/kok ")


def test_blame_for_programs_names_commits_in_full(
    story: Builder, tell: Callable[..., dict[str, list[dict[str, dict[str, str]]]]]
) -> None:
    lines = {(*line["place"], str(line["value"])): line for line in tell("blame", "kok")["lines"]}
    shop = lines["accountabilities", WORKS["shop"]]
    assert shop["since"]["commit"] == story.git("rev-parse", "HEAD~3")
    assert shop["since"]["subject"] == "Shop too"
    assert shop["first"] is None
    better = lines["accountabilities", WORKS["better"]]
    assert better["before"] == WORKS["monday"]
    assert better["first"]["commit"] == story.git("rev-parse", "HEAD~5")


def test_a_role_tells_every_holder_from_when_to_when(story: Builder, ask: Ask) -> None:
    lines = ask("log", "roles/kok").out.splitlines()
    assert lines[:5] == [
        "Cook · roles/kok",
        "",
        "Held by",
        "  Omar El Idrissi (omar): since 1 June 2026",
        "  Sara van Dam (sara): from 5 January 2026 until 1 June 2026",
    ]
    subjects = [line for line in lines if line.startswith(("1 ", "5 "))]
    assert [line.split(": ")[1].split(" (")[0] for line in subjects] == [
        "Hand over",
        "Tuesdays",
        "Shop first",
        "Shop too",
        "Found the cook",
        "Change",
    ]
    assert any("Omar El Idrissi" in line and "Cook" in line for line in lines[5:])


def test_a_person_tells_every_role_held(story: Builder, ask: Ask) -> None:
    story.commit(
        {"roles/afwas.yaml": role("Washing up", holders="{person: sara, since: 2026-03-01}")},
        message="Dishes",
        at="2026-07-01T12:00:00Z",
    )
    first = ask("log", "people/sara").out
    for out in (first, ask("log", "sara").out):
        assert "  Cook (roles/kok): from 5 January 2026 until 1 June 2026\n" in out
        assert "  Cook (roles/afwas): since 1 March 2026\n" in out
        assert "  Lead of Kitchen (roles/keuken/lead): since 5 January 2026\n" in out
    story.commit(
        {"roles/afwas.yaml": role("Washing up", holders="omar")},
        message="Swap",
        at="2026-08-01T12:00:00Z",
    )
    assert "(roles/afwas): from 1 March 2026 until 1 August 2026\n" in ask("log", "sara").out
    assert "(roles/afwas): since 1 August 2026\n" in ask("log", "omar").out


def test_a_core_role_has_a_story_of_its_own(story: Builder, ask: Ask) -> None:
    circle = ORGANISATION["circles/keuken.yaml"]
    story.commit(
        {"circles/keuken.yaml": circle.replace("lead: [sara]", "lead: [omar]")},
        message="Another lead",
        at="2026-07-01T12:00:00Z",
    )
    story.commit(
        {"circles/keuken.yaml": f"{circle.replace('lead: [sara]', 'lead: [omar]')}tags: [x]\n"},
        message="Tags",
    )
    out = ask("log", "roles/keuken/lead").out
    lead = "Lead of Kitchen (roles/keuken/lead)"
    assert f"Omar El Idrissi (omar), {lead}: since 1 July 2026" in out
    assert f"Sara van Dam (sara), {lead}: from 5 January 2026 until 1 July 2026" in out
    assert "Another lead" in out
    assert "Tags" not in out
    blamed = ask("blame", "roles/keuken/lead").out
    assert "Another lead" in blamed
    assert "secretary" not in blamed


def test_a_renamed_role_keeps_its_story(story: Builder, ask: Ask) -> None:
    story.git("mv", "roles/kok.yaml", "roles/chef.yaml")
    text = role(WORKS["shop"], WORKS["better"], holders="omar", more="aliases: [kok]\n")
    story.commit({"roles/chef.yaml": text}, message="Another id", at="2026-07-01T12:00:00Z")
    for name in ("roles/chef", "roles/kok", "kok"):
        out = ask("log", name).out
        assert out.startswith("Cook · roles/chef\n")
        assert "Found the cook" in out
        assert "Sara van Dam (sara): from 5 January 2026 until 1 June 2026" in out
    assert "Shop too" in ask("blame", "roles/chef").out
    held = ask("log", "people/sara").out
    assert "Cook (roles/chef): from 5 January 2026 until 1 June 2026" in held
    assert "roles/kok)" not in held


def test_what_is_no_longer_there_still_has_a_story(story: Builder, ask: Ask) -> None:
    story.git("rm", "-q", "roles/kok.yaml")
    story.commit(message="Away with it", at="2026-07-01T12:00:00Z")
    answer = ask("log", "roles/kok")
    assert answer.code == 0
    assert "Away with it" in answer.out
    assert "Omar El Idrissi (omar): from 1 June 2026 until 1 July 2026" in answer.out
    refused = ask("blame", "roles/kok")
    assert refused.code == 2
    assert "no longer there" in refused.err
    assert ask("log", "roles/never").code == 2


def test_a_merge_tells_who_did_the_work(story: Builder, ask: Ask) -> None:
    story.git("checkout", "-q", "-b", "side")
    story.commit(
        {"roles/kok.yaml": role(WORKS["shop"], WORKS["better"], "Baking", holders="omar")},
        message="Bake as well",
        at="2026-07-01T12:00:00Z",
    )
    story.git("checkout", "-q", "main")
    story.git("merge", "-q", "--no-ff", "-m", "Take it in", "side", at="2026-07-09T12:00:00Z")
    lines = ask("blame", "roles/kok").out.splitlines()
    place = lines.index("  - Baking")
    assert "since 1 July 2026" in lines[place + 1]
    assert "Bake as well" in lines[place + 1]
    assert "merged on 9 July 2026" in lines[place + 2]
    out = ask("log", "roles/kok").out
    assert "9 July 2026" in out
    assert "brought in: " in out
    assert "Bake as well" in out


def test_the_diary_tells_every_step_the_latest_first(story: Builder, ask: Ask) -> None:
    answer = ask("log")
    assert answer.out.startswith("The Neighbourhood\n\n1 June 2026, ")
    subjects = ("Hand over", "Tuesdays", "Shop first", "Shop too", "Found the cook")
    places = [answer.out.index(subject) for subject in subjects]
    assert places == sorted(places)
    assert answer.err.startswith("Next: orgcode log roles/kok ")
    brief = ask("log", "--limit", "2")
    assert "Shop first" not in brief.out
    assert "4 older steps are not told; --limit 6 tells all." in brief.err
    assert ask("log", "--at", "2026-04-15").out.count("Tuesdays") == 0


def test_both_speak_dutch(story: Builder, ask: Ask) -> None:
    logged = ask("log", "roles/kok", "--lang", "nl")
    assert "Vervuld door" in logged.out
    assert "Sara van Dam (sara): van 5 januari 2026 tot en met 1 juni 2026" in logged.out
    blamed = ask("blame", "roles/kok", "--lang", "nl")
    assert "Verantwoordelijkheden" in blamed.out
    assert "anders geformuleerd op 1 mei 2026" in blamed.out
    assert "eerst: Cooking on Mondays" in blamed.out


def test_a_proposal_is_named_with_what_it_brought(story: Builder, ask: Ask) -> None:
    story.commit(
        {
            "roles/kok.yaml": role(WORKS["shop"], "Frying", holders="omar"),
            "proposals/2026-07-01-fry/proposal.yaml": "title: Fry\nproposer: omar\n"
            "opened: {at: 2026-07-01T12:00:00Z}\n",
        },
        message="Fry",
        at="2026-07-02T12:00:00Z",
    )
    assert "by the proposal proposals/2026-07-01-fry" in ask("blame", "kok").out
    assert "by the proposal proposals/2026-07-01-fry" in ask("log", "kok").out


def test_pages_have_a_story_without_fields(story: Builder, ask: Ask) -> None:
    story.commit({"pages/welkom.md": "# Welkom\n"}, message="Welcome")
    assert "Welcome" in ask("log", "pages/welkom.md").out
    refused = ask("blame", "pages/welkom.md")
    assert refused.code == 2
    assert "no file with fields" in refused.err


DISHES = """\
title: Dishes
circle: keuken
text: Who cooks does not wash up; [how]({link}).
"""


def test_a_page_that_a_policy_links_to_is_told_of_both(story: Builder, ask: Ask) -> None:
    def then(files: dict[str, str], message: str, day: int) -> None:
        story.commit(files, message=message, at=f"2026-07-{day:02}T12:00:00Z")

    said = 'The policy "Dishes" links to pages/afwas.md, which has changed.'
    then({"pages/afwas.md": "# Dishes\n"}, "A page that nobody links to", 1)
    then({"policies/afwas.yaml": DISHES.format(link="../pages/afwas.md")}, "Link to it", 2)
    then({"pages/afwas.md": "# Dishes\n\nWith hot water.\n"}, "Hot water", 3)
    then({"people/els.yaml": "name: Els\n"}, "Els", 4)
    for thing in ("policies/afwas", "pages/afwas.md", None):
        told = ask("log", *filter(None, (thing,))).out
        assert told.count(said) == 1, thing
        assert said in told[told.index("Hot water") : told.index("\n\n", told.index("Hot water"))]
    assert "A page that nobody links to" not in ask("log", "policies/afwas").out
    assert "The page pages/afwas.md" not in ask("log", "policies/afwas").out
    # once the policy links elsewhere, that page is its own matter again
    then({"policies/afwas.yaml": DISHES.format(link="../pages/week.md")}, "Elsewhere", 5)
    assert "Hot water" in ask("log", "policies/afwas").out
    then({"pages/afwas.md": "# Dishes\n\nWith cold water.\n"}, "Cold water", 6)
    assert "Cold water" not in ask("log", "policies/afwas").out
    assert ask("log").out.count(said) == 1
    then({"pages/week.md": "# Week\n"}, "The week", 7)
    week = '"Dishes" verwijst naar pages/week.md, en dat is nieuw.'
    assert week in ask("log", "policies/afwas", "--lang", "nl").out
    assert week in ask("log", "--lang", "nl").out


def test_what_a_page_did_to_a_policy_is_told_alike_with_and_without_what_is_kept(
    story: Builder, ask: Ask
) -> None:
    linking = {"policies/afwas.yaml": DISHES.format(link="../pages/afwas.md")}
    story.commit({**linking, "pages/afwas.md": "# Dishes\n"}, message="Link")
    first = ask("log", "policies/afwas").out, ask("log").out
    assert (ask("log", "policies/afwas").out, ask("log").out) == first
    story.commit({"pages/afwas.md": "# Other\n"}, message="Other")
    kept = ask("log", "policies/afwas").out, ask("log").out
    rmtree(story.root / ".git" / "orgcode")
    assert (ask("log", "policies/afwas").out, ask("log").out) == kept
    assert kept[0] != first[0]


def test_what_is_not_committed_is_said_not_to_be_told(story: Builder, ask: Ask) -> None:
    story.write("roles/kok.yaml", role("Nothing", holders="sara"))
    answer = ask("blame", "roles/kok")
    assert "Nothing" not in answer.out
    assert "roles/kok.yaml has changes that are not committed" in answer.err
    assert "not committed" in ask("log", "roles/kok").err


def test_a_shallow_clone_says_from_when_it_knows(story: Builder, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    story.git("clone", "-q", "--depth=2", f"file://{story.root}", str(clone))
    for command in ("blame", "log"):
        answer = start(command, "roles/kok", folder=clone)
        assert answer.returncode == 0
        assert b"shallow" in answer.stderr
        assert b"1 May 2026" in answer.stderr
    Builder(clone).git("fetch", "-q", "--unshallow")
    answer = start("log", "roles/kok", folder=clone)
    assert b"shallow" not in answer.stderr
    assert b"Found the cook" in answer.stdout


def test_where_a_shallow_clone_ends_nothing_seems_to_begin(story: Builder, tmp_path: Path) -> None:
    clone = tmp_path / "shallow"
    story.git("clone", "-q", "--depth", "3", f"file://{story.root}", str(clone))
    for command in (("log",), ("log", "roles/kok")):
        told = start(*command, folder=clone).stdout.decode()
        assert told.count("Here this clone begins; what this step changed is not known") == 1
        assert "is founded" not in told
        assert "is new" not in told
        assert "Hand over" in told


def test_commits_from_before_there_was_an_organisation_are_told(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path / "org")
    builder.commit({"notes.txt": "first\n"}, message="Notes")
    builder.commit(ORGANISATION, message="Organise")
    answer = start("log", folder=builder.root)
    assert answer.returncode == 0, answer.stderr
    assert b"Notes" in answer.stdout
    assert b"Organise" in answer.stdout


def test_versions_that_cannot_be_read_are_passed_over(story: Builder, ask: Ask) -> None:
    text = role(WORKS["shop"], WORKS["better"], holders="omar")
    story.commit({"roles/kok.yaml": "name: [\n"}, message="Broken", at="2026-07-01T12:00:00Z")
    assert ask("blame", "roles/kok").code == 2
    assert "Broken" in ask("log", "roles/kok").out
    story.commit({"roles/kok.yaml": text}, message="Mended", at="2026-07-02T12:00:00Z")
    out = ask("blame", "roles/kok").out
    assert "Mended" not in out
    assert "Shop too" in out
    assert "Sara van Dam (sara): from 5 January 2026 until 1 June 2026" in ask("log", "kok").out


def test_hostile_messages_and_names_steer_nothing(story: Builder, ask: Ask) -> None:
    story.git("config", "user.name", "Eve\x1b[31m")
    story.commit(
        {"roles/kok.yaml": role("Plain", holders="omar")}, message="::error::x\u202e\x1b[2J"
    )
    for command in ("log", "blame"):
        for format in ("text", "json"):
            out = ask(command, "roles/kok", "--format", format).out
            assert "\x1b" not in out
            assert "\u202e" not in out
            assert not any(line.lstrip().startswith("::") for line in out.splitlines())


def test_the_answer_is_the_same_however_often_it_is_asked(story: Builder, ask: Ask) -> None:
    for arguments in (("log",), ("log", "kok"), ("log", "sara"), ("blame", "kok")):
        kept = [ask(*arguments) for _ in range(2)]
        for file in (story.root / ".git" / "orgcode").iterdir():
            file.unlink()
        assert {*kept, ask(*arguments)} == {kept[0]}


def test_a_branch_that_leads_to_no_commit_is_told(story: Builder, ask: Ask) -> None:
    story.git("tag", "-a", "odd", "-m", "Odd")
    (story.root / ".git/refs/heads/main").write_text(story.git("rev-parse", "odd") + "\n")
    for command in ("log", "blame"):
        refused = ask(command, "kok")
        assert refused.code == 2
        assert "git fsck" in refused.err
