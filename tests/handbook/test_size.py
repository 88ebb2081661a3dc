"""The pages of a large organisation can still be taken in, and those of a small one say enough."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.handbook.organisation import FILES, site
from tests.handbook.reading import Reading

PEOPLE = 200
CIRCLES = 60


def _large() -> Mapping[str, str]:
    people = {
        f"people/p{number:03}.yaml": f"name: {chr(65 + number % 26)}. Mens {number:03}\n"
        for number in range(PEOPLE)
    }
    circles = {
        f"circles/c{number:02}.yaml": (
            f"name: Kring {number:02}\nparent: buurt\npurpose: Doel {number:02}.\n"
            f"kind: {'project' if number % 3 else 'team'}\n"
            f"members: [p{number:03}]\n"
        )
        for number in range(CIRCLES)
    }
    roles = {
        f"roles/r{number:03}.yaml": (
            f"name: Rol {number:03}\ncircle: c{number % CIRCLES:02}\npurpose: Werk.\n"
            f"holders: [p{number % PEOPLE:03}]\n"
        )
        for number in range(320)
    }
    return {**people, **circles, **roles}


@pytest.fixture(scope="module")
def large() -> Mapping[str, bytes]:
    return site(_large())


def read(book: Mapping[str, bytes], path: str) -> Reading:
    return Reading(path, book[path])


def test_many_people_stand_by_letter(large: Mapping[str, bytes]) -> None:
    page = large["en/people.html"].decode()
    assert '<a href="#A">A</a>' in page
    assert '<h2 id="Z">Z</h2>' in page
    assert "202 people, by letter." in read(large, "en/people.html").words
    assert all(
        f"en/people/p{n:03}.html" in read(large, "en/people.html").links for n in range(PEOPLE)
    )


def test_many_circles_stand_by_kind_with_their_numbers(large: Mapping[str, bytes]) -> None:
    page = read(large, "index.html")
    assert "Projecten 40" in page.words
    assert "Teams 20" in page.words
    assert "Kring 07 6 leden één open plaats" in page.words
    assert all(f"circles/c{number:02}.html" in page.links for number in range(CIRCLES))
    assert "Doel 07." not in page.words


def test_many_roles_stand_by_circle_without_those_that_every_circle_has(
    large: Mapping[str, bytes],
) -> None:
    page = read(large, "en/roles.html")
    assert "Core roles are left out here" in page.words
    assert all(f"en/roles/r{number:03}.html" in page.links for number in range(320))
    assert not any("/secretary" in link for link in page.links)


def test_no_page_grows_without_need(large: Mapping[str, bytes]) -> None:
    assert max(len(large[path]) for path in large if path.endswith(".html")) < 100_000


def test_every_page_is_within_four_clicks(large: Mapping[str, bytes]) -> None:
    content = {
        path: large[path]
        for path in large
        if path.endswith(".html") and not path.startswith("en/") and path != "404.html"
    }
    pages = {path for path, page in content.items() if b'http-equiv="refresh"' not in page}
    near, edge = {"index.html"}, {"index.html"}
    for _ in range(4):
        found = {link for path in edge for link in Reading(path, content[path]).links}
        edge = (found & content.keys()) - near
        near |= edge
    assert pages <= near


def test_a_club_of_one_circle_has_a_first_page_that_says_who_is_there() -> None:
    others = ("roles", "circles/keuken", "policies", "objectives", "tensions")
    club = {path: "" for path in FILES if path.startswith(others)}
    club["circles/buurt.yaml"] = "name: Club\nkind: anchor\nmembers: [sara, tom]\n"
    page = read(site(club), "index.html")
    assert "Club 2 leden" in page.words
    assert "Direct daarin" not in page.words
