"""What the page of a proposal says, and that of a former address."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from orgcode.checking.check import check
from tests.handbook import proposal
from tests.handbook.reading import Reading


@pytest.fixture(scope="module")
def book() -> Mapping[str, bytes]:
    return proposal.site()


def words(book: Mapping[str, bytes], path: str) -> str:
    return Reading(path, book[path]).words


def test_the_proposal_itself_is_sound() -> None:
    found = check(proposal.organisation())
    assert [finding for finding in found if finding.path.startswith("proposals/")] == []


def test_a_proposal_says_who_proposes_what_and_why(book: Mapping[str, bytes]) -> None:
    page = words(book, f"proposals/{proposal.PROPOSAL}.html")
    assert "Ook op donderdag koken" in page
    assert "Sara" in page
    assert "Op woensdag is de tafel vol." in page
    assert "20 februari 2027" in page


def test_a_proposal_shows_every_response_the_withdrawn_objection_too(
    book: Mapping[str, bytes],
) -> None:
    page = words(book, f"proposals/{proposal.PROPOSAL}.html")
    objected = page.index("Op donderdag is de keuken verhuurd.")
    assert objected < page.index("De huurder schuift op.")
    assert page.index("Begin klein.") < page.index("We beginnen met één donderdag in de maand.")
    assert "Fatma" in page


def test_a_former_address_of_a_role_leads_on(book: Mapping[str, bytes]) -> None:
    assert b'content="0; url=../roles/kok.html"' in book["roles/chef.html"]
    assert "Kok" in words(book, "roles/chef.html")
    assert b'content="0; url=../../en/roles/kok.html"' in book["en/roles/chef.html"]
