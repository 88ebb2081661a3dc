"""The example is what it promises: alive, bilingual, sound on every day, and always the same."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from orgcode.actions.audit import audit
from orgcode.actions.demo import Demo, demo
from orgcode.actions.demo_deciding import SIGNING
from orgcode.actions.demo_files import demo_files
from orgcode.actions.judging import judge_proposal
from orgcode.actions.open_proposals import open_proposals
from orgcode.adapters.git.repository import find
from orgcode.adapters.signing.example_keys import ExampleKey
from orgcode.adapters.signing.verifying import verify
from orgcode.checking.check import check
from orgcode.cli.main import run
from orgcode.documents.loading import load
from orgcode.model.errors import OrgcodeError
from orgcode.model.org import Org
from orgcode.model.snapshot import Files

NOW = datetime(2028, 2, 29, 23, 59, 30, tzinfo=UTC)
TODAY = NOW.date()
DAYS = (
    date(2026, 11, 23),
    date(2027, 1, 1),
    date(2027, 2, 28),
    date(2027, 12, 31),
    date(2028, 2, 29),
    date(2028, 3, 1),
    date(2028, 12, 31),
    date(2099, 6, 30),
)
LANGUAGES = ("nl", "en")
PROGRAM = "from orgcode.cli.main import main; main()"


@cache
def org(day: date = TODAY) -> Org:
    return load(Files(demo_files(day)), day)


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


# What there is


def test_there_are_five_circles_in_three_levels() -> None:
    live = [circle.id for circle in org().live_circles()]
    assert len(live) == 5
    assert {len(org().path_to_anchor(circle)) for circle in live} == {1, 2, 3}


def test_there_are_twenty_five_roles_and_fourteen_people() -> None:
    assert len(org().roles) == 25
    assert len(list(org().active_people())) == 14


def test_something_is_over_and_somebody_has_left() -> None:
    live = {circle.id for circle in org().live_circles()}
    assert set(org().circles) - live == {"straatfeest"}
    active = {person.id for person in org().active_people()}
    assert set(org().people) - active == {"wim"}


def test_every_circle_has_roles_of_its_own() -> None:
    assert {role.circle for role in org().roles.values()} == {c.id for c in org().live_circles()}


def test_a_rotation_is_planned_ahead() -> None:
    planned = {
        role.id: [h.person for h in role.holders if h.state(TODAY) == "planned"]
        for role in org().roles.values()
    }
    assert max(map(len, planned.values())) >= 4
    assert sum(len(people) > 1 for people in planned.values()) >= 2


@pytest.mark.parametrize("days", range(0, 340, 17))
def test_the_rotation_leaves_no_day_without_a_cook(days: int) -> None:
    day = TODAY + timedelta(days=days)
    later = load(Files(demo_files(TODAY)), day)
    assert len(later.holders(later.roles["kok"])) == 2
    assert len(later.holders(later.roles["vraagbaak"])) == 1


def test_one_seat_is_vacant() -> None:
    assert [role.id for role in org().live_roles() if org().open_seats(role)] == ["restjes"]


def test_one_term_is_about_to_end() -> None:
    soon = [
        holding.until
        for role in org().live_roles()
        for holding in org().holders(role)
        if holding.until and holding.until < TODAY + timedelta(days=60)
    ]
    assert soon == [TODAY + timedelta(days=20)]


def test_there_is_something_of_everything() -> None:
    assert len(org().policies) >= 6
    kinds = {policy.kind for policy in org().policies.values()}
    assert kinds == {"constraint", "authority", "access", "process"}
    assert {a.kind for a in org().agreements.values()} == {"decision", "relational", "feedback"}
    assert all(o.progress is not None for o in org().objectives.values())
    assert {o.result for o in org().objectives.values()} >= {None, "achieved"}
    assert {t.closed is None for t in org().tensions.values()} == {True, False}
    assert all(c.metrics and c.context and c.meetings for c in org().live_circles())
    assert any(d.id for role in org().roles.values() for d in role.domains)
    assert sum(path.startswith("pages/") for path in org().snapshot.entries) >= 2


def test_its_own_rules_are_in_force() -> None:
    organisation = org().organisation
    assert organisation is not None
    assert organisation.ruleset == "teal@1"
    assert organisation.rules_in_force_since is not None
    assert organisation.rules_in_force_since < TODAY
    assert organisation.decision_rules
    assert any(circle.decision_rules for circle in org().circles.values())
    assert organisation.core_roles
    assert {m.id: m.votes for m in organisation.memberships.values()} == {
        "member": True,
        "aspirant": False,
    }
    assert {person.membership for person in org().people.values()} == {"member", "aspirant"}


def test_nobody_carries_too_much() -> None:
    assert max(len(org().current_seats(person)) for person in org().people) <= 5
    assert min(len(org().current_seats(person.id)) for person in org().active_people()) >= 1


def test_nobody_is_reachable_at_a_real_address() -> None:
    for path, content in demo_files(TODAY).items():
        for address in re.findall(r"[\w.]+@([\w.]+)", content.decode()):
            assert address.endswith(".example") or path == "org.yaml", path


# On which day, in which language


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_check_finds_what_one_wants_to_see_and_no_more(day: date, language: str) -> None:
    findings = check(load(Files(demo_files(day, language)), day))
    assert [(f.rule, f.severity, f.path) for f in findings] == [
        ("term-ending", "notice", "circles/buurt.yaml"),
        ("seat-open", "notice", "roles/restjes.yaml"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_asked_for_comes_first(language: str) -> None:
    files = demo_files(TODAY, language)
    organisation = load(Files(files), TODAY).organisation
    assert organisation is not None
    assert organisation.languages[0] == language
    assert set(organisation.languages) == set(LANGUAGES)
    title = {"nl": b"# Buurt", "en": b"# Sluiskwartier Neigh"}[language]
    assert files["README.md"].startswith(title)


VISIBLE = {
    "name", "purpose", "text", "title", "notes", "about", "focus", "because", "strategy",
    "description", "accountabilities", "values", "domains",
}  # fmt: skip


def texts(data: object, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Everything under a key for text that people read: a text, or one for each language."""
    if isinstance(data, Mapping):
        if set(data) & set(LANGUAGES) and way:
            yield way, data
            return
        for key, value in data.items():
            yield from texts(value, (*way, str(key)))
    elif isinstance(data, list | tuple):
        for item in data:
            yield from texts(item, way)
    elif isinstance(data, str) and way and way[-1] in VISIBLE:
        yield way, data


def test_everything_visible_is_in_both_languages() -> None:
    seen = 0
    for path, facts in org().files.items():
        for way, text in texts(facts.data):
            if facts.kind == "person" and way == ("name",):
                continue
            assert isinstance(text, Mapping), (path, way, text)
            assert set(text) == set(LANGUAGES), (path, way)
            assert text["nl"] != text["en"] or len(text["nl"].split()) < 3, (path, way)
            seen += 1
    assert seen > 250


def test_every_free_page_has_its_counterpart() -> None:
    pages = {p: c.decode() for p, c in demo_files(TODAY).items() if p.startswith("pages/")}
    for path, text in pages.items():
        other = re.search(r"^\*\[.+\]\((.+\.md)\)\*$", text, re.M)
        assert other is not None, path
        back = pages[f"pages/{other[1]}"]
        assert f"]({path.removeprefix('pages/')})" in back


# The repository


@pytest.fixture(scope="module", params=LANGUAGES)
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return demo(tmp_path_factory.mktemp("demo") / "new", NOW, request.param)


def test_it_is_a_clean_repository_with_a_handbook(example: Demo) -> None:
    made = example
    assert git(made.folder, "rev-parse", "HEAD").strip() == made.commit
    assert git(made.folder, "rev-list", "--count", "--first-parent", "HEAD").strip() == "10"
    assert git(made.folder, "status", "--porcelain") == ""
    assert git(made.folder, "fsck", "--strict", "--no-dangling") == ""
    assert all(day < "2028-02-29" for day in git(made.folder, "log", "--format=%aI %cI").split())
    assert {finding.severity for finding in made.findings} == {"notice"}
    assert made.handbook.first_page.is_file()
    assert made.handbook.errors == 0
    assert check(load(find(made.folder).commit("HEAD"), TODAY)) == made.findings


def test_every_step_of_it_is_lawful(example: Demo) -> None:
    steps = list(audit(example.folder, "main", None, NOW).judged())
    assert [step.commit for step in steps if not step.is_lawful] == []
    assert [step.verdict is not None and step.verdict.is_founding for step in steps].count(
        True
    ) == 1
    assert sum(step.is_recorded for step in steps) == 2
    heard = [heard for step in steps if step.evidence for heard in step.evidence.heard]
    signers = {each.signed_by for each in heard if each.signed_by}
    assert signers == {"fatma", "lotte", "reiger", "sara", "youssef"}
    assert [each.flaw for each in heard if each.flaw] == []
    assert any(each.response.recorded_by == each.signed_by != None for each in heard)  # noqa: E711


def test_it_has_decisions_by_every_method_and_with_every_ending(example: Demo) -> None:
    steps = list(audit(example.folder, "main", None, NOW).judged())
    methods = {
        judgement.way.by
        for step in steps
        if step.verdict
        for judgement in step.verdict.judgements
        if judgement.way and judgement.outcome == "adopted"
    }
    assert methods == {"advice", "consent", "consensus", "vote", "role"}
    org = load(find(example.folder).commit("HEAD"), TODAY)
    outcomes = [proposal.outcome for proposal in org.proposals.values()]
    assert sorted(map(str, outcomes)) == ["None"] * 7 + ["rejected", "withdrawn"]
    stances = [
        (entry.proposal, entry.person, entry.stance)
        for entries in org.response_files.values()
        for entry in entries
    ]
    let_go = {
        (proposal, person)
        for proposal, person, stance in stances
        if stance == "objection" and (proposal, person, "consent") in stances
    }
    assert len(let_go) == 1
    repository = find(example.folder)
    found = open_proposals(repository, example.commit)
    assert len(found) == 2
    verdicts = [judge_proposal(repository, example.commit, it.tip, NOW, verify) for it in found]
    assert {judged.verdict.outcome for judged in verdicts} == {"open", "blocked"}


def test_what_people_said_is_in_the_language_of_the_example(example: Demo) -> None:
    org = load(find(example.folder).commit("HEAD"), TODAY)
    assert org.organisation is not None
    said = "Without a card" if org.organisation.languages[0] == "en" else "Zonder kaartje"
    reasons = [str(e.reason) for entries in org.response_files.values() for e in entries]
    assert any(reason.startswith(said) for reason in reasons)
    for proposal in org.proposals.values():
        assert set(proposal.title) == set(LANGUAGES)
        assert next(iter(proposal.title)) == org.organisation.languages[0]


def test_the_keys_of_the_example_are_those_that_everybody_can_make() -> None:
    listed = {id: [key.key for key in person.keys] for id, person in org().people.items()}
    assert {id: keys for id, keys in listed.items() if keys} == {
        id: [ExampleKey(id).line] for id in SIGNING
    }


def test_the_same_day_gives_the_same_commit_and_handbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = demo(tmp_path / "first", NOW, "nl")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Somebody Else")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    second = demo(tmp_path / "second", NOW, "nl")
    assert first.commit == second.commit
    assert site(first.folder) == site(second.folder)
    later = demo(tmp_path / "third", NOW + timedelta(days=1), "nl")
    assert later.commit != first.commit


def site(folder: Path) -> dict[str, bytes]:
    files = (file for file in (folder / "site").rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_a_folder_with_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(OrgcodeError):
        demo(tmp_path, NOW, "nl")
    assert [item.name for item in tmp_path.iterdir()] == ["mine.txt"]


# The command


@pytest.mark.parametrize(("arguments", "folder"), [([], "orgcode-demo"), (["x/y"], "x/y")])
def test_it_says_where_everything_is(
    tmp_path: Path, arguments: list[str], folder: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(tmp_path), "demo", *arguments, "--lang", "en"]) == 0
    said = capfd.readouterr()
    assert str(tmp_path / folder) in said.out
    assert str(tmp_path / folder / "site/index.html") in said.out
    assert "[seat-open]" in said.out
    assert "Next: orgcode" in said.err
    assert run(["-C", str(tmp_path), "demo", *arguments]) == 2


def test_serve_shows_the_handbook_until_it_is_interrupted(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "--lang", "en", "demo", str(tmp_path / "x"), "--serve"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as showing:
        assert showing.stdout is not None
        try:
            said = read_until(showing.stdout.fileno(), rb"http://127\.0\.0\.1:\d+/")
            with urllib.request.urlopen(said, timeout=20) as answer:  # noqa: S310 (our own)
                assert b"Sluiskwartier Neighbourhood Cooperative" in answer.read()
        finally:
            showing.send_signal(signal.SIGINT)
        assert showing.wait(20) == 0


def read_until(descriptor: int, wanted: bytes) -> str:
    said = b""
    while not (found := re.search(wanted + rb"\s", said)):
        assert select.select([descriptor], [], [], 60)[0], said
        piece = os.read(descriptor, 4096)
        assert piece, said
        said += piece
    return found[0].decode().strip()
