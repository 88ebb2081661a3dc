"""`rust-team`: the teams of the Rust project become circles, roles and people."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from orgcode.adapters.git.repository import find
from orgcode.adapters.importers import Imported, Known, import_snapshot, load_format
from orgcode.adapters.importers.sources import open_source
from orgcode.documents.facts import read_facts
from orgcode.documents.writing import write_document
from orgcode.model.errors import OrgcodeError
from tests.importers.counting import rust_people, rust_teams
from tests.importers.running import TODAY, clone, errors, is_sound, organisation, run, written
from tests.importers.small import RUST


def team(name: str, **fields: str) -> str:
    """The file of a team."""
    lines = "".join(f"{key} = {value}\n" for key, value in fields.items() if "." not in key)
    return f'name = "{name}"\n{lines}[people]\nleads = []\nmembers = []\n'


def document(imported: Imported, path: str) -> Mapping[str, Any]:
    found = imported.documents[path]
    assert not isinstance(found, str)
    return found


def test_a_team_becomes_a_circle_with_leads_members_former_members_and_links() -> None:
    imported = run("rust-team", RUST)

    assert document(imported, "circles/compiler.yaml") == {
        "name": "Compiler team",
        "purpose": "Developing compiler internals",
        "kind": "team",
        "parent": "leadership-council",
        "core_roles": {"lead": ["grace"]},
        "members": ["grace", "linus", "edsger"],
        "former": [{"person": "alan", "role": "compiler-maintainer"}, {"person": "ada"}],
        "tags": ["top-level", "T-compiler", "Z-compiler"],
        "links": [
            {"name": "Repository", "url": "https://github.com/rust-lang/compiler-team"},
            {
                "name": "GitHub team rust-lang/compilers",
                "url": "https://github.com/orgs/rust-lang/teams/compilers",
            },
            {
                "name": "GitHub team rust-lang-nursery/compilers",
                "url": "https://github.com/orgs/rust-lang-nursery/teams/compilers",
            },
            {
                "name": "GitHub team rust-lang/compiler",
                "url": "https://github.com/orgs/rust-lang/teams/compiler",
            },
            {
                "name": "Zulip: #t-compiler/private",
                "url": "https://rust-lang.zulipchat.com/#narrow/channel/t-compiler.2Fprivate",
            },
            {
                "name": "Matrix: #compiler:matrix.org",
                "url": "https://matrix.to/#/%23compiler%3Amatrix.org",
            },
            {"name": "Mailing list compiler@example.org", "url": "mailto:compiler@example.org"},
        ],
    }
    assert is_sound(imported)


def test_a_role_of_a_team_becomes_a_role_whose_name_no_core_role_has() -> None:
    role = document(run("rust-team", RUST), "roles/compiler-maintainer.yaml")

    assert role == {
        "name": "Maintainer (Compiler team)",
        "circle": "compiler",
        "purpose": "Developing compiler internals",
        "holders": ["grace"],
        "seats": 1,
    }


def test_a_role_that_is_called_as_another_team_is_represents_that_team() -> None:
    role = document(run("rust-team", RUST), "roles/leadership-council-rep-compiler.yaml")

    assert role == {
        "name": "Representative of Compiler team",
        "circle": "leadership-council",
        "purpose": "Compiler team is heard in Leadership council.",
        "holders": ["ada"],
        "seats": 1,
        "serves": ["compiler"],
    }


def test_who_belongs_to_a_team_because_of_other_teams_is_listed_and_said() -> None:
    circle = document(run("rust-team", RUST), "circles/leads.yaml")

    assert circle["members"] == ["frances", "barbara", "edsger", "grace"]
    assert "They are listed here as they were" in circle["notes"]
    assert "- the leads of all teams\n" in circle["notes"]
    assert "- everybody in [wg-async](../circles/wg-async.yaml)\n" in circle["notes"]


@pytest.mark.parametrize(
    ("setting", "members"),
    [
        ("include-all-team-members", ["ada", "edsger", "grace", "linus"]),
        ("include-wg-leads", ["edsger"]),
        ("include-project-group-leads", []),
        ("include-all-alumni", ["alan", "niklaus"]),
    ],
)
def test_a_team_takes_in_the_people_of_others(setting: str, members: list[str]) -> None:
    alumni = '[people]\nleads = []\nmembers = []\nalumni = ["niklaus", "ada"]\n'
    some = f"[people]\nleads = []\nmembers = []\n{setting} = true\n"
    files = {
        **RUST,
        "teams/archive/old.toml": f'name = "old"\n{alumni}',
        "teams/some.toml": f'name = "some"\nkind = "marker-team"\n{some}',
    }
    imported = run("rust-team", files)
    circle = document(imported, "circles/some.yaml")

    assert circle.get("members", []) == members
    assert ("They are listed here" in circle["notes"]) is bool(members)
    assert document(imported, "people/alan.yaml")["membership"] == "former-member"
    assert is_sound(imported)


def test_teams_that_take_in_one_another_have_the_same_people() -> None:
    def around(name: str, person: str, other: str) -> str:
        people = f'leads = []\nmembers = ["{person}"]\nincluded-teams = ["{other}"]'
        return f'name = "{name}"\n[people]\n{people}\n'

    files = {
        "teams/a.toml": around("a", "ada", "b"),
        "teams/b.toml": around("b", "bob", "c"),
        "teams/c.toml": around("c", "cas", "a"),
    }
    imported = run("rust-team", files)

    for name in ("a", "b", "c"):
        found = document(imported, f"circles/{name}.yaml")["members"]
        assert sorted(found) == ["ada", "bob", "cas"]
    assert is_sound(imported)


def test_permissions_become_a_policy() -> None:
    policy = document(run("rust-team", RUST), "policies/compiler.yaml")

    assert policy["kind"] == "access"
    assert "The team may use:\n\n- `bors.rust.review`\n- `perf`\n" in policy["text"]
    assert "Its leads may use:\n\n- `bors.rust.try`\n" in policy["text"]
    assert policy["text"].endswith(
        "This holds for this team alone: no team below it may do so because of it.\n"
    )


def test_a_person_has_accounts_and_a_membership_that_follows_from_their_teams() -> None:
    imported = run("rust-team", RUST)

    assert document(imported, "people/ada.yaml") == {
        "name": "Ada Lovelace",
        "membership": "member",
        "accounts": {
            "github": {"login": "ada", "id": "1"},
            "zulip": {"login": "10"},
            "discord": {"login": "20"},
            "matrix": {"login": "@ada:matrix.org"},
            "irc": {"login": "ada_l"},
        },
        "emails": ["ada@example.org"],
    }
    assert document(imported, "people/alan.yaml")["membership"] == "former-member"
    assert document(imported, "people/frances.yaml") == {
        "name": "frances",
        "membership": "contributor",
        "accounts": {"github": {"login": "frances"}},
    }


def test_kinds_are_those_of_the_ruleset_and_others_come_into_the_organisation() -> None:
    imported = run("rust-team", RUST)
    kinds = {
        path.partition("/")[2].removesuffix(".yaml"): data.get("kind")
        for path, data in imported.documents.items()
        if path.startswith("circles/") and not isinstance(data, str)
    }

    assert kinds["wg-async"] == "working-group"
    assert kinds["leads"] == "marker"
    own = document(imported, "org.yaml")["circle_kinds"]
    assert own == {kinds["odd"]: {"name": "Odd Thing", "core_roles": ["lead"]}}


def test_what_is_archived_is_over_since_the_day_it_came_there() -> None:
    day = date(2023, 6, 26)
    imported = run("rust-team", RUST, days={"teams/archive/docs.toml": day})

    assert document(imported, "circles/docs.yaml")["ended"]["on"] == "2023-06-26"
    assert len(imported.report.remarks) == len(run("rust-team", RUST).report.remarks) - 1


def test_without_a_day_a_documented_one_stands_there_and_the_report_says_so() -> None:
    imported = run("rust-team", RUST)

    assert document(imported, "circles/docs.yaml")["ended"]["on"] == "1970-01-01"
    assert any(remark.arguments.get("names") == ("docs",) for remark in imported.report.remarks)


def test_a_team_in_a_team_that_ended_before_it_moves_up() -> None:
    files = {
        "teams/leadership-council.toml": team("leadership-council"),
        "teams/archive/old.toml": team("old", **{"subteam-of": '"leadership-council"'}),
        "teams/archive/older.toml": team("older", **{"subteam-of": '"old"'}),
        "teams/young.toml": team("young", **{"subteam-of": '"older"'}),
    }
    days = {
        "teams/archive/old.toml": date(2024, 1, 1),
        "teams/archive/older.toml": date(2020, 1, 1),
    }
    imported = run("rust-team", files, days=days)

    assert document(imported, "circles/older.yaml")["parent"] == "old"
    assert document(imported, "circles/young.yaml")["parent"] == "leadership-council"
    assert is_sound(imported)


@pytest.mark.parametrize(
    ("names", "anchor"),
    [
        (("leadership-council", "core"), "leadership-council"),
        (("core",), "core"),
        (("compiler",), "rust"),
    ],
)
def test_there_is_one_anchor(names: tuple[str, ...], anchor: str) -> None:
    imported = run("rust-team", {f"teams/{name}.toml": team(name) for name in names})

    assert document(imported, "org.yaml")["anchor"] == anchor
    assert is_sound(imported)


def test_the_organisation_is_called_as_was_asked_for() -> None:
    org = document(run("rust-team", RUST, name="Rost: a project"), "org.yaml")

    assert org["name"] == "Rost: a project"


def _people(lines: str) -> dict[str, str]:
    return {"teams/a.toml": f'name = "a"\n[people]\n{lines}\n'}


ODD: tuple[dict[str, str], ...] = (
    {
        "teams/a.toml": team("a", **{"subteam-of": '"b"'}),
        "teams/b.toml": team("b", **{"subteam-of": '"a"'}),
    },
    {"teams/a.toml": team("a", **{"subteam-of": '"a"'})},
    {"teams/a.toml": team("a", **{"subteam-of": '"gone"'})},
    {"teams/a.toml": team("a"), "teams/b.toml": team("a")},
    {"teams/a.toml": team("A b"), "teams/b.toml": team("a_b"), "teams/c.toml": team("A B")},
    {"teams/a.toml": team("../../etc/passwd"), "teams/b.toml": team("con\\u0000\\u001b[31m")},
    {"teams/a.toml": "name = 3\npeople = []\n"},
    {"teams/a.toml": "name = ''\n"},
    {"teams/a.toml": "name = 'a'\npeople = 1\nroles = 2\nwebsite = 3\nlists = 4\ngithub = 5\n"},
    _people('leads = ["x", "X", "x", 3, true, "", [], {}]'),
    _people('members = [{github = "x", roles = ["r", "r", "s"]}]'),
    _people('alumni = [{github = "x", roles = ["r", "r"]}, "x", "x"]'),
    {"people/a.toml": 'github = "a"\nemail = "x"\n', "people/b.toml": 'github = "A"\n'},
    {
        "people/a.toml": 'github = "a"\nemail = "x@y"\n',
        "people/b.toml": 'github = "b"\nemail = "X@y"\n',
    },
    {"people/a.toml": f'name = "\\n\\t "\ngithub = "--a--"\ngithub-id = {"9" * 30}\n'},
    {"people/a.toml": f'name = "a"\ngithub = "b"\ngithub-id = 0x{"f" * 9000}\n'},
    {
        "teams/core.toml": team("core"),
        "teams/archive/leadership-council.toml": team("leadership-council"),
    },
    {"teams/rust.toml": team("rust"), "teams/wg.toml": team("wg", kind='"team"')},
    {"teams/deep/er/x.toml": team("x"), "people/deep/y.toml": 'github = "y"\n'},
)


@pytest.mark.parametrize("files", ODD)
def test_whatever_stands_in_the_files_comes_out_sound(files: Mapping[str, str]) -> None:
    assert is_sound(run("rust-team", files))


@pytest.mark.parametrize("files", [{}, {"README.md": "# Hello"}, {"config.toml": "a = 1\n"}])
def test_a_source_without_teams_and_people_is_refused(files: Mapping[str, str]) -> None:
    with pytest.raises(OrgcodeError):
        run("rust-team", files)


def test_a_file_that_cannot_be_read_is_named_with_its_place_and_the_rest_comes_in() -> None:
    files: dict[str, str | bytes] = {
        **RUST,
        "teams/broken.toml": 'name = "broken"\n[people\n',
        "teams/latin.toml": 'name = "é"\n'.encode("latin-1"),
        "teams/huge.toml": b"#" * (1024 * 1024 + 1),
        "teams/deep.toml": "x = " + "[" * 5_000 + "]" * 5_000,
        "people/linus.toml": "name = \n",
    }
    imported = run("rust-team", files)
    unread = {u.path: (u.line, u.column) for u in imported.report.unread}

    assert unread == {
        "teams/broken.toml": (2, 8),
        "teams/latin.toml": (1, 9),
        "teams/huge.toml": (None, None),
        "teams/deep.toml": (None, None),
        "people/linus.toml": (1, 8),
    }
    assert is_sound(imported)
    assert "linus" in organisation(imported).members("compiler")


def test_a_team_of_a_hundred_thousand_comes_in_as_far_as_a_file_can_hold() -> None:
    everybody = ",".join(f'"{number:x}"' for number in range(100_000))
    files = {"teams/a.toml": f'name = "a"\n[people]\nmembers = [{everybody}]\n'}
    imported = run("rust-team", files)
    report = imported.report

    circle = document(imported, "circles/a.yaml")
    kept = circle["members"]
    assert 15_000 < len(kept) < 20_000
    assert report.lost_count == 100_000 - len(kept)
    assert report.imported_count + report.lost_count == report.leaves
    assert read_facts("circle", write_document("circle", circle)).flaws == ()


def test_the_same_source_gives_the_same_bytes() -> None:
    again = dict(reversed(RUST.items()))

    assert written(run("rust-team", RUST)) == written(run("rust-team", again))


def test_every_team_of_rust_has_the_people_that_its_file_names(
    real_data: Path, tmp_path: Path
) -> None:
    folder = clone(real_data / "rust-team.bundle", tmp_path / "rust")
    imported = import_snapshot(load_format("rust-team"), find(folder).commit("HEAD"), Known())
    org = organisation(imported)
    teams, people = rust_teams(folder), rust_people(folder)

    assert set(org.circles) == set(teams)
    assert set(org.people) == set(people)
    assert sum(circle.is_live(TODAY) for circle in org.circles.values()) == 165
    for name, expected in teams.items():
        circle = org.circles[name]
        assert {h.person for h in circle.core_roles.get("lead", ())} == expected.leads, name
        assert {h.person for h in circle.members} == expected.members | expected.included, name
        assert {former.person for former in circle.former} == expected.former, name
        assert circle.is_live(TODAY) is not expected.is_over, name
        roles = {role.id: role for role in org.roles_in.get(name, ()) if role.core is None}
        held = {(role, h.person) for role in roles for h in roles[role].holders}
        assert {(r.removeprefix(f"{name}-"), p) for r, p in held} == {
            (r.removeprefix(f"{name}-"), p) for r, p in expected.roles
        }, name
        if name != "leadership-council":
            assert circle.parent == (expected.parent or "leadership-council"), name
        if not expected.is_over:
            everybody = expected.leads | expected.members | expected.included
            assert org.members(name) == everybody, name
    for login, data in people.items():
        assert org.people[login].name == data["name"]
        accounts = {account.forge: account for account in org.people[login].accounts}
        assert accounts["github"].id == str(data["github-id"])
        assert org.people[login].emails == ((data["email"],) if data.get("email") else ())
    members = {
        login
        for name, expected in teams.items()
        if not expected.is_over and org.circles[name].kind != "marker"
        for login in expected.leads | expected.members
    }
    assert {p.id for p in org.people.values() if org.votes(p)} == members
    assert {name for name, expected in teams.items() if expected.included} == {
        *("all", "alumni", "crates-io-admins", "leads", "project-group-leads", "wg-leads"),
        "arm",
    }
    assert errors(imported) == []


def test_the_bundle_tells_since_when_teams_of_rust_are_archived(
    real_data: Path, tmp_path: Path
) -> None:
    folder = clone(real_data / "rust-team.bundle", tmp_path / "rust")
    module = load_format("rust-team")
    with open_source(real_data / "rust-team.bundle", None) as source:
        days = source.days(module.ARCHIVES)
        imported = import_snapshot(module, source.snapshot, Known(days=days))
    org = organisation(imported)

    ended = {circle.id: circle.ended.on for circle in org.circles.values() if circle.ended}
    assert len(ended) == 52
    for name in ("core", "wg-net", "libs-api", "hiring"):
        assert ended[name] == _added_on(folder, f"teams/archive/{name}.toml"), name
    assert errors(imported) == []


def _added_on(folder: Path, path: str) -> date:
    """As git tells it."""
    command = ["git", "log", "-1", "--first-parent", "-m", "--diff-filter=A", "--no-renames"]
    told = subprocess.run(
        [*command, "--format=%cd", "--date=format-local:%Y-%m-%d", "--", path],
        cwd=folder,
        env={**os.environ, "TZ": "UTC"},
        check=True,
        capture_output=True,
        text=True,
    )
    return date.fromisoformat(told.stdout.strip())


@pytest.mark.parametrize("rev", ["HEAD~200", "HEAD~600", "HEAD~1000", "HEAD~1300"])
def test_former_states_of_rust_come_in_sound(real_data: Path, rev: str) -> None:
    module = load_format("rust-team")
    with open_source(real_data / "rust-team.bundle", rev) as source:
        known = Known(days=source.days(module.ARCHIVES))
        imported = import_snapshot(module, source.snapshot, known)

    assert is_sound(imported)
    assert not imported.report.unread


@pytest.mark.deep
def test_states_of_rust_through_all_its_years_come_in_sound(
    real_data: Path, tmp_path: Path
) -> None:
    repository = find(clone(real_data / "rust-team.bundle", tmp_path / "rust"))
    module = load_format("rust-team")
    for back in range(0, 1825, 25):
        rev = f"HEAD~{back}"
        known = Known(days=repository.arrivals(rev, module.ARCHIVES[0]))
        imported = import_snapshot(module, repository.commit(rev), known)

        assert is_sound(imported), rev
        assert not imported.report.unread, rev
