"""What the handbook of a small organisation says, and where its pages lead."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

import pytest

from orgcode.model.facts import is_id
from tests.handbook.organisation import FILES, site
from tests.handbook.reading import Reading


@pytest.fixture(scope="module")
def book() -> Mapping[str, bytes]:
    return site()


def read(book: Mapping[str, bytes], path: str) -> Reading:
    return Reading(path, book[path])


def test_every_thing_has_a_page_and_every_kind_an_overview(book: Mapping[str, bytes]) -> None:
    for language in ("", "en/"):
        for path in (
            *("index", "who-decides", "glossary", "help", "pages", "pages/welkom"),
            *("circles", "circles/buurt", "circles/keuken"),
            *("roles", "roles/kok", "roles/inkoop", "roles/afwas", "roles/keuken/secretary"),
            *("people", "people/sara", "people/tom"),
            *("policies", "policies/menu", "agreements", "agreements/ruil", "proposals"),
            *("objectives", "objectives/tachtig", "tensions", "tensions/koud"),
        ):
            assert f"{language}{path}.html" in book


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("roles/kok.html", "circles/keuken.html"),
        ("roles/kok.html", "people/sara.html"),
        ("roles/kok.html", "people/tom.html"),
        ("roles/kok.html", "roles/inkoop.html"),
        ("roles/kok.html", "policies/menu.html"),
        ("roles/kok.html", "objectives/tachtig.html"),
        ("roles/kok.html", "tensions/koud.html"),
        ("roles/keuken/secretary.html", "people/sara.html"),
        ("circles/keuken.html", "circles/buurt.html"),
        ("circles/keuken.html", "policies/menu.html"),
        ("circles/keuken.html", "roles/afwas.html"),
        ("people/tom.html", "tensions/koud.html"),
        ("people/tom.html", "agreements/ruil.html"),
        ("people/sara.html", "pages/welkom.html"),
    ],
)
def test_links_lead_both_ways(book: Mapping[str, bytes], one: str, other: str) -> None:
    for language in ("", "en/"):
        assert language + other in read(book, language + one).links
        assert language + one in read(book, language + other).links


def test_no_link_leads_nowhere(book: Mapping[str, bytes]) -> None:
    for path in book:
        if path.endswith(".html"):
            assert read(book, path).links <= set(book), path


def test_a_page_says_who_holds_a_role_now_next_and_before(book: Mapping[str, bytes]) -> None:
    words = read(book, "en/roles/kok.html").words
    assert (
        "Sara de Wit since 20 August 2026, until 20 March 2027 (in 2 weeks) term ends soon" in words
    )
    assert "Tom from 21 March 2027 (in 2 weeks) planned" in words
    assert "Held before by T Tom from 1 January 2025 to 31 December 2025" in words
    assert "one open seat" in words


def test_facts_carry_their_age(book: Mapping[str, bytes]) -> None:
    assert "As of 10 January 2027, 7 weeks ago." in read(book, "en/circles/keuken.html").words
    assert "As of 22 February 2027, 7 days ago." in read(book, "en/objectives/tachtig.html").words


def test_what_is_over_says_since_when_and_why(book: Mapping[str, bytes]) -> None:
    words = read(book, "en/roles/afwas.html").words
    assert "This ended on 1 January 2027. Er is nu een machine." in words
    assert "No longer there: Afwas." in read(book, "en/circles/keuken.html").words


def test_what_is_empty_says_so_and_what_to_do(book: Mapping[str, bytes]) -> None:
    gone = "ended: {on: 2027-01-01}\n"
    over = site({"agreements/ruil.yaml": f"{FILES['agreements/ruil.yaml']}{gone}"})
    assert (
        "There are none now. A file in agreements/ adds one."
        in read(over, "en/agreements.html").words
    )
    proposals = read(book, "en/proposals.html")
    assert "No proposal has been decided yet. Anyone may make one: how" in proposals.words
    assert "help/proposing.html" in {link.removeprefix("en/") for link in proposals.links}
    assert "None are written down." in read(book, "en/roles/inkoop.html").words


def test_text_in_another_language_than_the_page_is_marked_so(book: Mapping[str, bytes]) -> None:
    assert b'<h1><span lang="nl">Kok</span></h1>' in book["en/roles/kok.html"]
    assert b"<h1>Kok</h1>" in book["roles/kok.html"]
    assert read(book, "en/circles/keuken.html").heading == "Kitchen"
    assert read(book, "circles/keuken.html").heading == "Keuken"


def test_a_former_address_leads_on(book: Mapping[str, bytes]) -> None:
    assert b'content="0; url=../circles/keuken.html"' in book["circles/eetclub.html"]
    assert b'content="0; url=../../en/people/sara.html"' in book["en/people/sarah.html"]


def test_a_former_address_never_takes_the_place_of_a_page() -> None:
    book = site({"roles/inkoop.yaml": "name: Inkoop\ncircle: keuken\naliases: [kok]\n"})
    assert read(book, "roles/kok.html").heading == "Kok"


def test_addresses_of_people_are_not_shown(book: Mapping[str, bytes]) -> None:
    assert not any(b"sara@example.org" in content for content in book.values())


def test_what_needs_no_glossary_link_twice(book: Mapping[str, bytes]) -> None:
    assert book["roles/kok.html"].count(b"glossary.html#domain") == 1


def test_no_page_asks_anything_of_other_hosts_or_runs_a_script(book: Mapping[str, bytes]) -> None:
    for path, content in book.items():
        if path.endswith(".html"):
            page = read(book, path)
            assert not page.tags & {"script", "style", "iframe", "object", "base", "form"}
            assert b"Content-Security-Policy" in content
            assert b" style=" not in content


def test_a_page_in_a_language_is_listed_for_its_readers_alone() -> None:
    book = site({"pages/week.nl.md": "# De week\n", "pages/week.en.md": "# The week\n"})
    for overview in ("index.html", "pages.html"):
        assert "pages/week.nl.html" in read(book, overview).links
        assert "pages/week.en.html" not in read(book, overview).links
        assert "en/pages/week.en.html" in read(book, f"en/{overview}").links
    assert read(book, "pages/week.en.html").heading == "The week"
    assert b'lang="en"' in book["pages/week.en.html"]


def test_an_id_that_could_be_an_overview_is_none(book: Mapping[str, bytes]) -> None:
    book = site({"roles/index.yaml": "name: Index\ncircle: keuken\npurpose: Zoeken.\n"})
    assert read(book, "roles/index.html").heading == "Index"
    assert "roles/index.html" in read(book, "roles.html").links


def test_ids_cannot_lead_out_of_the_site() -> None:
    hostile = {
        "roles/../../weg.yaml": "name: Weg\ncircle: keuken\npurpose: Weg.\n",
        "pages/../../weg.md": "# Weg\n",
        "pages/..md": "# Weg\n",
        "assets/../../weg.png": "weg",
        "roles/aliased.yaml": "name: A\ncircle: keuken\naliases: [../../weg, a/../b]\n",
    }
    for path in site(hostile):
        assert not path.startswith("/")
        assert not {"..", ".", ""} & set(path.split("/"))


def test_an_organisation_without_anything_still_has_a_handbook() -> None:
    book = site(dict.fromkeys(("org.yaml", "circles/buurt.yaml", "circles/keuken.yaml"), ""))
    assert "index.html" in book
    for path in book:
        assert book[path] is not None


def test_two_builds_are_equal_byte_for_byte(book: Mapping[str, bytes]) -> None:
    assert dict(site()) == dict(book)


def test_the_order_of_hashes_makes_no_difference() -> None:
    program = (
        "import hashlib; from tests.handbook.organisation import site\n"
        "made = site()\n"
        "print(hashlib.sha256(repr(sorted(made.items())).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2027")
    }
    assert len(digests) == 1


def test_ids_of_people_are_what_their_pages_are_called(book: Mapping[str, bytes]) -> None:
    names = [path[len("people/") : -len(".html")] for path in book if path.startswith("people/")]
    assert all(is_id(name) for name in names)
