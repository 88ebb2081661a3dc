"""`peribolos`: organisations on GitHub become circles, with their teams in them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from orgcode.adapters.git.working_tree import list_working_tree
from orgcode.adapters.importers import Imported, Known, import_snapshot, load_format
from orgcode.model.errors import OrgcodeError
from orgcode.model.org import Org
from tests.importers.counting import github_organisations, github_teams
from tests.importers.running import errors, is_sound, organisation, run, written
from tests.importers.small import PERIBOLOS


def document(imported: Imported, path: str) -> Mapping[str, Any]:
    found = imported.documents[path]
    assert not isinstance(found, str)
    return found


def test_an_organisation_becomes_a_circle_with_administrators_and_members() -> None:
    imported = run("peribolos", PERIBOLOS)

    assert document(imported, "circles/big.yaml") == {
        "name": "Big",
        "kind": "organisation",
        "parent": "project",
        "purpose": "All that is large",
        "core_roles": {"administrator": ["ada"]},
        "members": ["grace", "linus", "1815"],
        "former": [{"person": "alan", "role": "big-approver"}],
        "contact": "big@example.org",
        "links": [{"name": "GitHub: big", "url": "https://github.com/big"}],
    }
    assert document(imported, "circles/project.yaml")["core_roles"] == {"administrator": ["ada"]}
    assert is_sound(imported)


def test_a_team_becomes_a_circle_in_its_team_its_folder_or_its_organisation() -> None:
    imported = run("peribolos", PERIBOLOS)
    small = next(path for path in imported.documents if path.startswith("circles/big-small-bots-"))

    assert document(imported, "circles/big-bots.yaml") == {
        "name": "bots",
        "purpose": "Machines",
        "kind": "github-team",
        "parent": "big",
        "core_roles": {"team-maintainer": ["ada"]},
        "members": ["linus"],
        "aliases": ["big-robots"],
        "links": [{"name": "engine: write", "url": "https://github.com/big/engine"}],
    }
    assert document(imported, small)["parent"] == "big-bots"
    assert document(imported, small)["tags"] == ["secret"]
    assert document(imported, "circles/big-docs.yaml")["parent"] == "big-docs-teams"
    assert document(imported, "circles/big-docs-teams.yaml") == {
        "name": "docs (folder)",
        "purpose": "The teams of which the files stand in `big/docs`.",
        "kind": "team-folder",
        "parent": "big",
        "tags": ["area/docs"],
    }


def test_no_circle_is_called_as_the_one_around_it() -> None:
    assert called_as_the_one_around(organisation(run("peribolos", PERIBOLOS))) == []


def test_who_approves_and_reviews_has_a_role_and_lists_of_people_are_spelled_out() -> None:
    imported = run("peribolos", PERIBOLOS)

    assert document(imported, "roles/big-approver.yaml")["holders"] == ["ada"]
    assert document(imported, "roles/big-reviewer.yaml")["holders"] == [
        "grace",
        {"person": "linus", "focus": "those"},
        {"person": "edsger", "focus": "those"},
    ]
    assert document(imported, "roles/big-docs-teams-approver.yaml") == {
        "name": "Approver",
        "circle": "big-docs-teams",
        "accountabilities": ["Approving changes of the files in `big/docs`"],
        "holders": [{"person": "grace", "focus": "docs"}],
        "seats": 1,
    }
    lost = [loss.value for loss in imported.report.losses if loss.file.endswith("OWNERS")]
    assert lost == ["nobody-known"]


def test_settings_and_restrictions_become_policies() -> None:
    imported = run("peribolos", PERIBOLOS)

    settings = document(imported, "policies/big.yaml")
    assert settings["kind"] == "access"
    assert "- `default_repository_permission`: read\n" in settings["text"]
    restrictions = document(imported, "policies/big-docs-teams-repositories-1.yaml")
    assert restrictions["kind"] == "constraint"
    assert "- `^docs`\n- `^words`\n" in restrictions["text"]


def test_one_organisation_is_itself_the_anchor() -> None:
    imported = run("peribolos", {"org.yaml": "members: [a]\nteams: {t: {members: [a]}}\n"})

    assert document(imported, "org.yaml")["anchor"] == "organisation"
    assert document(imported, "circles/organisation-t.yaml")["parent"] == "organisation"
    assert is_sound(imported)


def test_organisations_may_stand_in_one_file() -> None:
    imported = run(
        "peribolos",
        {"config.yaml": "orgs:\n  one: {members: [a], teams: {t: {members: [a]}}}\n  two: {}\n"},
    )

    assert document(imported, "circles/one.yaml")["members"] == ["a"]
    assert document(imported, "circles/one-t.yaml")["parent"] == "one"
    assert document(imported, "circles/two.yaml")["parent"] == "project"
    assert is_sound(imported)


ODD: tuple[dict[str, str], ...] = (
    {"org.yaml": ""},
    {"org.yaml": "[]"},
    {"a/org.yaml": "members: 1\nadmins: {}\nteams: []\n"},
    {"a/org.yaml": "members: [x, X, x, null, 12, 1e5, no, [], {}]\nadmins: [x, x]\n"},
    {"a/org.yaml": "teams: {t: null, u: 1, v: [], w: {members: null}}\n"},
    {"a/org.yaml": "teams: {t: {}}\n", "a/b/teams.yaml": "teams: {t: {members: [x]}}\n"},
    {"a/org.yaml": "{}", "A/org.yaml": "{}", "b/c/teams.yaml": "teams: {x: {}}"},
    {"a/org.yaml": "teams: {T: {}, t: {}, 't ': {}, '': {}, '../../x': {}, '\\e[31m': {}}\n"},
    {"a/org.yaml": 'teams: {"\\e[31m\\0": {description: "\\e]0;x\\a", repos: {"../x": "\\e"}}}\n'},
    {"a/org.yaml": "teams: {x: {previously: [a, a, x, y, '-']}, y: {previously: [a]}}\n"},
    {"a/org.yaml": "{}", "a/OWNERS": "approvers: [x]\nemeritus_approvers: [x, x, y]\n"},
    {"a/org.yaml": "members: [x]", "a/OWNERS": "approvers: [x, X, x]\nreviewers: x\n"},
    {"a/org.yaml": "{}", "OWNERS": "approvers: [x]", "b/OWNERS": "labels: [x]\n"},
    {"a/org.yaml": "teams: {docs: {}}", "a/docs/teams.yaml": "teams: {d: {}}\n"},
    {"a/org.yaml": "{}", "a-b/org.yaml": "teams: {c: {}}", "a/x/teams.yaml": "teams: {b-c: {}}"},
    {"orgs.yaml": "orgs: {a: {}, A: {}, b: 1}", "a/org.yaml": "members: [x]"},
    {
        "a/org.yaml": "{}",
        "restrictions.yaml": "restrictions: [{path: a/org.yaml, allowedRepos: ['`x`']}, 1, {}]",
    },
)


@pytest.mark.parametrize("files", ODD)
def test_whatever_stands_in_the_files_comes_out_sound(files: Mapping[str, str]) -> None:
    assert is_sound(run("peribolos", files))


@pytest.mark.parametrize("files", [{}, {"teams.yaml": "teams: {a: {}}"}, {"x.toml": "a = 1"}])
def test_a_source_without_an_organisation_is_refused(files: Mapping[str, str]) -> None:
    with pytest.raises(OrgcodeError):
        run("peribolos", files)


def test_a_file_that_cannot_be_read_is_named_with_its_place_and_the_rest_comes_in() -> None:
    files: dict[str, str | bytes] = {
        **PERIBOLOS,
        "big/docs/teams.yaml": "teams:\n  docs: &x {members: [grace]}\n  more: *x\n",
        "small/org.yaml": "members: [a\nname: x\n",
        "small/x/teams.yaml": "teams: {x: {members: [ada]}}\n",
        "OWNERS_ALIASES": b"\xff",
    }
    imported = run("peribolos", files)

    assert [(u.path, u.line, u.column) for u in imported.report.unread] == [
        ("OWNERS_ALIASES", 1, 1),
        ("big/docs/teams.yaml", 2, 9),
        ("small/org.yaml", 1, 10),
    ]
    assert document(imported, "circles/small-x.yaml")["members"] == ["ada"]
    assert is_sound(imported)


def test_the_same_source_gives_the_same_bytes() -> None:
    again = dict(reversed(PERIBOLOS.items()))

    assert written(run("peribolos", PERIBOLOS)) == written(run("peribolos", again))


def test_every_team_of_kubernetes_has_the_people_that_its_file_names(real_data: Path) -> None:
    folder = real_data / "kubernetes-org" / "config"
    snapshot = list_working_tree(folder, (), dict)
    imported = import_snapshot(load_format("peribolos"), snapshot, Known())
    org = organisation(imported)
    teams, organisations = github_teams(folder), github_organisations(folder)
    by_name = {
        (organisation_above(org, circle.id), circle.name): circle
        for circle in org.circles.values()
        if circle.kind == "github-team"
    }

    assert len(teams) == 766
    assert set(by_name) == set(teams)
    for key, expected in teams.items():
        circle = by_name[key]
        maintainers = circle.core_roles.get("team-maintainer", ())
        assert {h.person for h in maintainers} == expected.leads, key
        assert {h.person for h in circle.members} == expected.members, key
        assert org.members(circle.id) == expected.leads | expected.members, key
        if expected.parent:
            assert circle.parent == by_name[key[0], expected.parent].id, key
    for login, expected in organisations.items():
        circle = org.circles[login]
        administrators = circle.core_roles["administrator"]
        assert {h.person for h in administrators} == expected.leads, login
        assert {h.person for h in circle.members} == expected.members, login
    everybody = set().union(*(o.leads | o.members for o in organisations.values()))
    assert {person.id for person in org.people.values() if org.votes(person)} == everybody
    assert len(everybody) == 1509
    assert called_as_the_one_around(org) == []
    assert errors(imported) == []


def called_as_the_one_around(org: Org) -> list[str]:
    return [
        circle.id
        for circle in org.circles.values()
        if (around := org.circles.get(circle.parent or "")) and around.name == circle.name
    ]


def organisation_above(org: Any, id: str) -> str:
    path = org.path_to_anchor(id)
    return str(next(circle.id for circle in path if circle.kind == "organisation"))
