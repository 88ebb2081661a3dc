"""Every starter, in every language, is an organisation that stands and reads naturally."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from orgcode import resources
from orgcode.actions.build import build
from orgcode.actions.init import Founding, init, init_files
from orgcode.actions.naming import Team, teams_from
from orgcode.actions.starters import STARTERS, Starter, starter_named
from orgcode.checking.check import check
from orgcode.cli.init import VACANCIES
from orgcode.documents.loading import load
from orgcode.documents.rulesets import load_ruleset, ruleset_ids
from orgcode.i18n.translator import Translator
from orgcode.law.electorate import electorate
from orgcode.law.matching import rules_for
from orgcode.model.effect import KINDS, RULELESS
from orgcode.model.errors import OrgcodeError
from orgcode.model.org import Org
from orgcode.model.snapshot import Files

TODAY = date(2028, 2, 29)
NOW = datetime(2028, 2, 29, 12, 30, tzinfo=UTC)
ID = UUID("0b6c0e63-5d0c-4c51-8a3c-9b1f1c7e6c11")
LANGUAGES = ("nl", "en")
TEAMS = teams_from(["Noord", "Zuid", "West"])

EACH = pytest.mark.parametrize(
    ("starter", "language"),
    [(starter, language) for starter in STARTERS for language in LANGUAGES],
    ids=lambda value: value.name if isinstance(value, Starter) else str(value),
)


def founding(starter: Starter, language: str, teams: tuple[Team, ...] = TEAMS) -> Founding:
    return Founding(
        name="Haan",
        purpose="Wakker.",
        founder="Sara Hoekstra",
        language=language,
        starter=starter.name,
        teams=teams if starter.has_teams else (),
    )


def files_of(
    starter: Starter, language: str, teams: tuple[Team, ...] = TEAMS, today: date = TODAY
) -> dict[str, bytes]:
    return dict(_files(starter.name, language, teams, today))


@cache
def _files(name: str, language: str, teams: tuple[Team, ...], today: date) -> Mapping[str, bytes]:
    return init_files(founding(starter_named(name), language, teams), today, ID)


def org_of(starter: Starter, language: str) -> Org:
    return load(Files(files_of(starter, language)), TODAY)


def texts_of(starter: Starter, language: str) -> dict[str, str]:
    """What is not tooling."""
    return {
        path: content.decode()
        for path, content in files_of(starter, language).items()
        if not path.startswith((".", "schema/"))
    }


# Sound


@pytest.mark.parametrize("today", [TODAY, date(2027, 12, 31), date(2028, 10, 30)])
@EACH
def test_it_passes_check_but_for_seats_that_are_open(
    starter: Starter, language: str, today: date
) -> None:
    found = check(load(Files(files_of(starter, language, today=today)), today))
    assert {finding.rule for finding in found} <= VACANCIES
    assert all(finding.severity != "error" for finding in found)
    assert found, "somebody is always looked for"


@EACH
def test_git_knows_the_founder_by_the_address_in_their_file(
    starter: Starter, language: str
) -> None:
    known = replace(founding(starter, language), email="sara@example.org")
    org = load(Files(dict(init_files(known, TODAY, ID))), TODAY)
    assert [person.emails for person in org.people.values()] == [("sara@example.org",)]


@EACH
def test_its_rules_can_come_into_force(starter: Starter, language: str) -> None:
    files = files_of(starter, language)
    files["org.yaml"] = files["org.yaml"].replace(b"# rules_in", b"rules_in")
    org = load(Files(files), TODAY)
    assert org.organisation is not None
    assert org.organisation.rules_in_force_since == TODAY
    assert {finding.rule for finding in check(org)} <= VACANCIES


@EACH
def test_somebody_can_decide_about_everything_from_the_first_day(
    starter: Starter, language: str
) -> None:
    org = org_of(starter, language)
    for circle in org.circles:
        for kind in KINDS:
            if kind not in RULELESS:
                for match in rules_for(org, kind, circle):
                    found = electorate(
                        org, match.rule.way, circle, subjects=["sara-hoekstra"], affected=()
                    )
                    assert found.people == ("sara-hoekstra",), (kind, match.rule)


@EACH
def test_once_every_seat_is_filled_there_is_nothing_left_to_say(
    starter: Starter, language: str
) -> None:
    org = org_of(starter, language)
    files = files_of(starter, language)
    things: dict[str, dict[str, Any]] = {
        path: dict(facts.data)
        for path, facts in org.files.items()
        if isinstance(facts.data, Mapping)
    }
    voting = next(iter(org.memberships), None)
    newcomers: list[str] = []

    def newcomer() -> str:
        newcomers.append(f"newcomer-{len(newcomers)}")
        person = {"name": f"Newcomer {len(newcomers)}", "membership": voting}
        things[f"people/{newcomers[-1]}.yaml"] = {k: v for k, v in person.items() if v}
        return newcomers[-1]

    for role in org.every_role.values():
        for _ in range(org.open_seats(role)):
            if role.core is None:
                things[role.path].setdefault("holders", []).append(newcomer())
            elif not role.core.optional:
                held = things[role.path].setdefault("core_roles", {})
                held.setdefault(role.core.id, []).append(newcomer())
    anchor = things[f"circles/{org.anchor}.yaml"]
    if "members" in anchor:
        anchor["members"] += newcomers
    files |= {path: json.dumps(thing).encode() for path, thing in things.items()}
    assert newcomers
    assert check(load(Files(files), TODAY)) == ()


@EACH
def test_it_is_a_repository_with_a_handbook(
    starter: Starter, language: str, tmp_path: Path
) -> None:
    made = init(tmp_path / "new", founding(starter, language), NOW, ID)
    built = build(made.folder, TODAY, output=tmp_path / "site")
    assert built.first_page.is_file()
    assert built.languages == (language,)
    assert built.errors == 0
    org = org_of(starter, language)
    assert built.pages > len(org.circles) + len(org.roles) + len(org.policies)


@EACH
def test_terms_end_by_the_calendar_whatever_leap_days_lie_between(
    starter: Starter, language: str
) -> None:
    ends = {"1 year": "2028-11-30", "2 years": "2029-11-30", "3 years": "2030-11-30"}
    today = date(2027, 12, 1)
    files = files_of(starter, language, today=today)
    org = load(Files(files), today)
    held = [(role, one) for role in org.every_role.values() for one in role.holders if one.until]
    for role, holding in held:
        term = role.core.term if role.core and role.core.term else "1 year"
        assert str(holding.until) == ends[term], role.id
    written = {
        day
        for path, content in files.items()
        if path.startswith(("circles/", "roles/", "policies/"))
        for day in re.findall(r"\d{4}-\d\d-\d\d", content.decode())
    }
    assert written <= {"2027-12-01", "2028-05-31", "2028-12-01", *ends.values()}


@EACH
def test_the_same_answers_give_the_same_bytes(starter: Starter, language: str) -> None:
    again = init_files(founding(starter, language), TODAY, ID)
    assert list(again.items()) == list(files_of(starter, language).items())


@EACH
def test_it_shows_circles_roles_and_a_policy_to_edit(starter: Starter, language: str) -> None:
    org = org_of(starter, language)
    assert len(org.circles) >= 3
    assert len(org.roles) >= 2
    assert org.policies
    assert list(org.people) == ["sara-hoekstra"]
    assert org.organisation is not None
    assert org.anchor == starter.anchors[language]


@EACH
def test_no_file_that_is_changed_by_hand_has_lines_too_long_for_a_screen(
    starter: Starter, language: str
) -> None:
    for path, text in texts_of(starter, language).items():
        assert all(len(line) <= 130 for line in text.splitlines()), path
        assert text.endswith("\n")
        assert "\n\n\n" not in text


# In the words of the language and of the ruleset

DUTCH = r"\b(de|het|een|van|wie|niet|voor|zijn|wij|naar|ook|geen|als|dan|waar)\b"
ENGLISH = r"\b(the|and|who|not|for|with|what|they|also|whoever|where|has|from|by)\b"
ALLOWED = re.compile(
    r"`[^`]*`|\bby: \w+|\bfor: \S+|\bof: \S+|https?://\S+|Propose changes|^    orgcode .*?  |"
    r"\bwho-decides\b|#.*editor.*",
    re.M,
)
"""Keys, commands and names of buttons, which are English everywhere."""


@EACH
def test_its_texts_are_in_the_language_asked_for(starter: Starter, language: str) -> None:
    own, foreign = (DUTCH, ENGLISH) if language == "nl" else (ENGLISH, DUTCH)
    said = 0
    for path, text in texts_of(starter, language).items():
        plain = ALLOWED.sub("", text)
        assert not re.findall(foreign, plain, re.I), (path, re.findall(foreign, plain, re.I))
        said += len(re.findall(own, plain, re.I))
    assert said > 90


@pytest.mark.parametrize("starter", STARTERS, ids=lambda starter: starter.name)
def test_it_is_the_same_organisation_in_every_language(starter: Starter) -> None:
    shapes = []
    for language in LANGUAGES:
        org = org_of(starter, language)
        shapes.append(
            {
                "folders": Counter(path.rpartition("/")[0] for path in files_of(starter, language)),
                "kinds": Counter(
                    c.kind
                    for c in org.circles.values()
                    if c.kind in org.ruleset.circle_kinds or c.kind is None
                ),
                "held": Counter(len(r.holders) for r in org.every_role.values()),
                "policies": Counter(p.kind for p in org.policies.values()),
                "depth": Counter(len(org.path_to_anchor(id)) for id in org.circles),
                "works": Counter(
                    (len(r.accountabilities), len(r.domains)) for r in org.every_role.values()
                ),
            }
        )
    assert shapes[0] == shapes[1]


@EACH
def test_its_readme_speaks_with_the_words_of_its_ruleset(starter: Starter, language: str) -> None:
    readme = texts_of(starter, language)["README.md"]
    words = load_ruleset(starter.ruleset).vocabulary
    for notion in ("circle", "role", "policy", "tension", "objective", "agreement"):
        assert words[notion].many[language] in readme
    assert readme.startswith("# Haan\n")


@EACH
def test_no_word_of_its_ruleset_is_missing(starter: Starter, language: str) -> None:
    for term in load_ruleset(starter.ruleset).vocabulary.values():
        for text in (term.one, term.many, term.meaning):
            assert text[language].strip()


# Which there are


def test_there_is_a_starter_for_every_ruleset() -> None:
    assert {starter.ruleset for starter in STARTERS} == set(ruleset_ids())
    assert STARTERS[0].name == "teal"


def test_every_folder_of_starters_is_offered() -> None:
    folders = {
        name.partition("/")[0] for name in resources.template_names("starters") if "/" in name
    }
    assert folders == {starter.name for starter in STARTERS}


def test_nothing_in_those_folders_is_left_over() -> None:
    for name in resources.template_names("starters"):
        if "/" in name:
            assert name.split("/")[1] in LANGUAGES, name


@pytest.mark.parametrize("starter", STARTERS[:5], ids=lambda starter: starter.name)
def test_a_ruleset_has_its_starter_with_and_without_its_version(starter: Starter) -> None:
    assert starter_named(None, starter.ruleset) is starter
    assert starter_named(None, starter.ruleset.partition("@")[0]) is starter
    assert starter_named(starter.name, starter.ruleset) is starter


def test_a_starter_may_share_a_ruleset() -> None:
    assert starter_named("neighbourhood-care", "cooperative@1").name == "neighbourhood-care"


@pytest.mark.parametrize(
    ("name", "ruleset", "named"),
    [
        ("tael", None, "neighbourhood-care"),
        (None, "teal@2", "sociocracy@1"),
        ("", None, "teal"),
        (None, "", "teal@1"),
        ("teal", "holacracy@1", "--ruleset"),
    ],
)
def test_what_is_mistyped_is_answered_with_what_there_is(
    name: str | None, ruleset: str | None, named: str
) -> None:
    with pytest.raises(OrgcodeError) as refused:
        starter_named(name, ruleset)
    assert named in Translator("en").say(refused.value.way_out)


# The teams of a care cooperative

CARE = next(starter for starter in STARTERS if starter.has_teams)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_team_gets_a_circle_with_rotating_roles(language: str) -> None:
    org = org_of(CARE, language)
    names = {}
    for team in TEAMS:
        circle = org.circles[team.id]
        kind = org.kind_of(circle)
        assert circle.parent == CARE.anchors[language]
        assert kind is not None
        assert len(kind.core_roles) >= 5
        assert all(org.core_role_kinds[core].term for core in kind.core_roles)
        names[team.id] = circle.name
    assert names == {
        "team-noord": "Team Noord",
        "team-zuid": "Team Zuid",
        "team-west": "Team West",
    }
    helping = [c for c in org.circles.values() if c.serves]
    assert [set(circle.serves) for circle in helping] == [set(names)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_team_is_enough_and_forty_are_fine(language: str) -> None:
    for count in (1, 40):
        teams = teams_from(f"Wijk {number}" for number in range(count))
        org = load(Files(files_of(CARE, language, teams)), TODAY)
        assert len([c for c in org.circles if c.startswith("team-")]) == count
        assert {finding.rule for finding in check(org)} <= VACANCIES


@pytest.mark.parametrize(
    "name",
    ["null", "#1", "a: b", "{{ anchor }}", "{% x %}", "北区", "Ça & là", "<b>", "[x] y", "'\"\\"],
)
def test_whatever_a_team_is_called_its_circle_is_called_so(name: str) -> None:
    (team, other) = teams_from([name, "Zuid"])
    files = files_of(CARE, "nl", (team, other))
    org = load(Files(files), TODAY)
    assert org.circles[team.id].name == f"Team {name}"
    assert {finding.rule for finding in check(org)} <= VACANCIES
    assert "<b>" not in files["README.md"].decode().replace("\\<b", "")


def test_teams_and_starter_have_to_go_together(tmp_path: Path) -> None:
    for starter, teams in ((STARTERS[0], TEAMS), (CARE, ())):
        wrong = Founding(
            name="x", purpose="y", founder="z", language="nl", starter=starter.name, teams=teams
        )
        with pytest.raises(OrgcodeError):
            init(tmp_path / "new", wrong, NOW, ID)
    assert list(tmp_path.iterdir()) == []


PROBLEMS: tuple[tuple[list[str], str], ...] = (
    (["Noord", "Noord"], "Two teams are called Team Noord."),
    (["Noord", " noord "], "would both get the id team-noord"),
    (["Nóórd", "Noord"], "would both get the id team-noord"),
    (["Noord", "Team Noord"], "Two teams are called Team Noord."),
    (["x" * 70, "x" * 71], "would both get the id"),
    ([""], "A team has no name."),
    (["Noord", "\t "], "A team has no name."),
)


@pytest.mark.parametrize(("names", "said"), PROBLEMS)
def test_names_that_cannot_be_told_apart_are_answered(names: list[str], said: str) -> None:
    with pytest.raises(OrgcodeError) as refused:
        teams_from(names)
    assert said in Translator("en").say(refused.value.cause)


def test_names_that_have_no_letters_for_an_id_get_their_place() -> None:
    assert [team.id for team in teams_from(["北", "Zuid", "🌻", "\udcff"])] == [
        "team-1",
        "team-zuid",
        "team-3",
        "team-4",
    ]
