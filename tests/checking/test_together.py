"""What is compared across things: names, ids, accounts, links, and what many have together."""

from __future__ import annotations

from functools import partial

import pytest

from orgcode.checking.check import check, problems_at
from orgcode.checking.rules import RULES
from orgcode.i18n.translator import Translator
from orgcode.model.org import Org
from tests.checking.examples import BASE, organisation

BY_NAME = {rule.name: rule for rule in RULES}


def found(name: str, files: dict[str, str]) -> list[tuple[str, int]]:
    """Where a rule finds something in the examples' organisation with some files more."""
    return [(f.path, f.line) for f in check(organisation({**BASE, **files}), [BY_NAME[name]])]


def role(name: str, more: str = "") -> str:
    return f"name: {name}\ncircle: house\npurpose: Meals\n{more}"


@pytest.mark.parametrize(
    ("one", "other"),
    [("role-1", "role-l"), ("c00k", "cook"), ("modem", "modern"), ("navvy", "nawy")],
)
def test_of_two_ids_that_look_alike_the_later_one_is_found(one: str, other: str) -> None:
    files = {f"roles/{one}.yaml": role("First"), f"roles/{other}.yaml": role("Second")}
    assert found("id-confusable", files) == [(f"roles/{other}.yaml", 1)]


def test_three_ids_that_look_alike_are_all_but_the_first_found() -> None:
    ids = {"c00k": "One", "c0ok": "Two", "cook": "Three"}
    files = {f"roles/{id}.yaml": role(name) for id, name in ids.items()}
    assert found("id-confusable", files) == [("roles/c0ok.yaml", 1), ("roles/cook.yaml", 1)]


def test_an_id_is_compared_with_that_of_a_file_that_cannot_be_read() -> None:
    files = {"roles/modem.yaml": "name: [\n", "roles/modern.yaml": role("Second")}
    assert found("id-confusable", files) == [("roles/modern.yaml", 1)]


def test_the_same_name_in_another_circle_is_no_duplicate() -> None:
    garden = "name: Garden\nparent: house\npurpose: Vegetables\n"
    files = {"roles/a.yaml": role("Cook"), "roles/b.yaml": role("Cook")}
    apart = {**files, "roles/b.yaml": role("Cook").replace("house", "garden")}
    assert found("duplicate-name", files) == [("roles/b.yaml", 1)]
    assert found("duplicate-name", {**apart, "circles/garden.yaml": garden}) == []


def test_a_role_called_as_a_core_role_of_its_circle_is_a_duplicate() -> None:
    assert found("duplicate-name", {"roles/a.yaml": role("Facilitator")}) == [("roles/a.yaml", 1)]


def test_what_is_over_may_have_the_name_of_something_else() -> None:
    files = {
        "roles/a.yaml": role("Cook", "ended: {on: 2027-01-01}\n"),
        "roles/b.yaml": role("Cook"),
    }
    assert found("duplicate-name", files) == []


def test_an_alias_of_three_things_is_found_at_all_but_the_first() -> None:
    files = {f"roles/{id}.yaml": role(id, "aliases: [chef]\n") for id in ("a", "b", "c")}
    assert found("alias-collision", files) == [("roles/b.yaml", 4), ("roles/c.yaml", 4)]


def test_who_came_later_has_the_finding_about_a_shared_address() -> None:
    files = {
        "people/omar.yaml": "name: Omar\njoined_on: 2026-02-01\nemails: [a@example.org]\n",
        "people/sara.yaml": "name: Sara\njoined_on: 2026-01-01\nemails: [A@example.org]\n",
    }
    assert found("account-shared", files) == [("people/omar.yaml", 3)]


def test_a_link_to_a_folder_with_something_in_it_leads_somewhere() -> None:
    page = "[roles](../roles/) [people](/people) [home](..) [none](../rooms/)\n"
    assert found("unknown-link", {"pages/a.md": page, "roles/a.yaml": role("A")}) == [
        ("pages/a.md", 1)
    ]


def test_links_are_found_in_texts_of_each_language_and_of_lists() -> None:
    texts = "accountabilities:\n  - {nl: '[a](no.md)', en: '[b](no.md)'}\n  - '[c](no.md)'\n"
    assert found("unknown-link", {"roles/a.yaml": role("A", texts)}) == [
        ("roles/a.yaml", 5),
        ("roles/a.yaml", 5),
        ("roles/a.yaml", 6),
    ]


def test_the_files_of_a_folder_outside_are_told_of_together() -> None:
    files = {f"rooms/{name}.txt": "" for name in "abc"}
    (finding,) = check(organisation({**BASE, **files}), [BY_NAME["file-outside"]])
    assert finding.path == "rooms/a.txt"
    assert "3 files" in Translator("en").say(finding.cause)


def test_whoever_decides_with_many_is_among_others() -> None:
    """Of those who are judged, the number is told."""
    rules = "decision_rules:\n  - {for: [assignment, policy], by: consent, of: circle:garden}\n"
    files = {
        "org.yaml": BASE["org.yaml"] + rules,
        "circles/garden.yaml": "name: G\nparent: house\npurpose: G\nmembers: [p1, p2, p3, p4]\n",
        **{f"people/p{n}.yaml": f"name: P{n}\n" for n in range(1, 5)},
        "roles/cook.yaml": role("Cook", "holders: [sara, omar]\n"),
    }
    (finding,) = check(organisation({**BASE, **files}), [BY_NAME["one-sided-authority"]])
    said = Translator("en").say(finding.cause)
    assert "P1, P2 and P3, among others, can appoint or release Omar and Sara" in said


def house(people: int) -> Org:
    files = {f"people/p{n}.yaml": f"name: Person {n}x\n" for n in range(people)}
    roles = {
        f"roles/r{n}.yaml": f"name: R{n}x\ncircle: c{n}\npurpose: P\nholders: [p{n}]\n"
        for n in range(people)
    }
    circles = {
        f"circles/c{n}.yaml": f"name: C{n}x\nparent: house\npurpose: P\n" for n in range(people)
    }
    return organisation({**BASE, **files, **roles, **circles, "roles/cook.yaml": role("Cook")})


@pytest.mark.parametrize("path", ["roles/r3.yaml", "people/p3.yaml", "circles/c3.yaml"])
def test_as_much_is_looked_up_for_a_thing_in_a_large_organisation_as_in_a_small_one(
    path: str,
) -> None:
    small, large = house(5), house(25)
    in_small = small.reads.of(partial(problems_at, small, path))[1]
    assert large.reads.of(partial(problems_at, large, path))[1] == in_small
