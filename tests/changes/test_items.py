"""Which piece of a file is which piece of it before."""

from __future__ import annotations

import pytest

from orgcode.changes.items import items_of, matches
from orgcode.changes.renaming import name_before

Found = list[tuple[int, bool] | None]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({"name": "A"}, {"name": "A"}, [(0, True)]),
        ({"name": "A"}, {"name": "B"}, [(0, False)]),
        ({"name": "A"}, {"title": "A"}, [None]),
        ({"purpose": "Cook"}, {"purpose": {"nl": "Kook", "en": "Cook"}}, [None, (0, True)]),
        ({"tags": ["a", "b"]}, {"tags": ["b", "a"]}, [(1, True), (0, True)]),
        ({"tags": ["a-b"]}, {"tags": ["a-c"]}, [None]),
        ({"tags": ["a", "a"]}, {"tags": ["a", "a", "a"]}, [(0, True), (1, True), None]),
        (
            {"accountabilities": ["Cook soup", "Bake bread"]},
            {"accountabilities": ["Bake dark bread", "Cook soup"]},
            [(1, False), (0, True)],
        ),
        ({"accountabilities": ["Cook the soup"]}, {"accountabilities": ["Bake a bread"]}, [None]),
        (
            {"accountabilities": ["a b c d", "a b c e"]},
            {"accountabilities": ["a b c e f", "a b x y"]},
            [(1, False), (0, False)],
        ),
        ({"holders": ["sara"]}, {"holders": [{"person": "sara"}]}, [(0, True)]),
        (
            {"holders": [{"person": "sara", "since": "x"}]},
            {"holders": [{"since": "x", "person": "sara", "until": "y"}]},
            [(0, False)],
        ),
        (
            {"holders": [{"person": "sara", "since": "x"}]},
            {"holders": [{"person": "sara", "since": "y"}]},
            [None],
        ),
        (
            {"domains": [{"id": "a", "text": "The menu"}]},
            {"domains": [{"id": "b", "text": "The menu"}]},
            [None],
        ),
        (
            {"domains": ["The menu"]},
            {"domains": [{"id": "menu", "text": "The menu"}]},
            [(0, False)],
        ),
        (
            {"key_results": [{"name": "Guests", "current": 1}]},
            {"key_results": [{"name": "Guests", "current": 2}]},
            [(0, False)],
        ),
        ({"core_roles": {"lead": ["a"]}}, {"core_roles": {"secretary": ["a"]}}, [None]),
    ],
)
def test_pieces_are_matched_by_what_they_are_about(
    before: object, after: object, found: Found
) -> None:
    assert matches(items_of(before), items_of(after)) == found


SAYS = {"a": {"name": "A", "circle": "x"}, "b": {"name": "B", "circle": "y", "aliases": ["old"]}}


@pytest.mark.parametrize(
    ("path", "blob", "gone", "name"),
    [
        ("roles/new.yaml", "b", {"roles/old.yaml": "z", "roles/same.yaml": "b"}, "roles/old.yaml"),
        ("roles/new.yaml", "a", {"people/x.yaml": "a", "roles/x.yaml": "a"}, "roles/x.yaml"),
        ("roles/new.yaml", "a", {"old/place.yaml": "a"}, "old/place.yaml"),
        ("roles/new.yaml", "a", {"roles/x.yaml": "half"}, "roles/x.yaml"),
        ("roles/new.yaml", "a", {"people/x.yaml": "half"}, None),
        ("roles/new.yaml", "a", {"roles/x.yaml": "other"}, None),
        ("pages/new.md", "page", {"pages/old.md": "page"}, "pages/old.md"),
        ("pages/new.md", "page", {"pages/old.md": "other"}, None),
    ],
)
def test_a_file_is_known_under_its_former_name(
    path: str, blob: str, gone: dict[str, str], name: str | None
) -> None:
    says = {**SAYS, "half": {"name": "A", "circle": "z"}, "other": {"name": "Q"}}
    assert name_before(path, blob, gone, lambda _, blob: says.get(blob)) == name
