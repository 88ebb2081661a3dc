"""Questions of somebody who sees the handbook of the Rust project for the first time, and has only
the first page, a mouse and three clicks. The answers are read from the source by other code.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator

from tests.browser.browsing import Visitor, visitor
from tests.browser.handbooks import HOME, REAL, Handbook
from tests.importers.counting import rust_people, rust_teams, toml_files
from tests.importers.running import clone

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("width", [320, 1280]),
]


class Reader:
    """Somebody who starts at home, clicks on what they see, and reads what is there then."""

    def __init__(self, tab: Visitor) -> None:
        self._page = tab.page
        self._clicks = 0
        tab.visit(HOME)

    def click(self, text: str, beside: str = "") -> None:
        """Click on a text, where needed the one in the same row as another text."""
        row: Any = self._page.locator("dl > div", has_text=beside) if beside else self._page
        links: Locator = row.get_by_role("link", name=text, exact=True)
        self._click(links.or_(row.locator("summary", has_text=text)).first)

    def fact(self, name: str) -> list[str]:
        """The names that stand behind a word at the head of the page."""
        row = self._page.locator(".glance > div").filter(
            has=self._page.locator("dt").get_by_text(name, exact=True)
        )
        return row.locator("dd a").all_inner_texts()

    def section(self, heading: str) -> Locator:
        """The part of the page under a heading."""
        return self._page.locator("section, .deciding > div").filter(
            has=self._page.locator("h2, h3").get_by_text(heading, exact=True)
        )

    def unfold(self, part: Locator) -> None:
        """Click on the line behind which a part of the page tells more."""
        self._click(part.locator("summary"))

    def read(self, selector: str) -> str:
        """What stands in a place of the page."""
        return self._page.locator(selector).inner_text()

    def _click(self, what: Locator) -> None:
        self._clicks += 1
        assert self._clicks <= 3, "a new reader has given up by now"
        what.click()


@pytest.fixture(scope="module")
def source(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the Rust project, as they are kept there."""
    return clone(real_data / REAL["rust-team"], tmp_path_factory.mktemp("rust") / "team")


@pytest.fixture
def reader(
    chromium: Browser, handbook_of: Callable[[str], Handbook], width: int
) -> Iterator[Reader]:
    """Somebody new, with a phone or a screen."""
    tab = visitor(chromium, handbook_of("rust-team").folder, width)
    yield Reader(tab)
    tab.page.context.close()


def names_of_teams(source: Path) -> dict[str, str]:
    """What each team is called on the website of the project, or else in its file."""
    teams = toml_files(source / "teams").values()
    return {team["name"]: team.get("website", {}).get("name", team["name"]) for team in teams}


def test_who_leads_the_compiler_team(reader: Reader, source: Path) -> None:
    reader.click("Compiler team")
    people = rust_people(source)
    leads = {people[login]["name"] for login in rust_teams(source)["compiler"].leads}
    assert set(reader.fact("Lead")) == leads


def test_what_the_compiler_team_is_responsible_for(reader: Reader, source: Path) -> None:
    reader.click("Compiler team")
    team = toml_files(source / "teams")["compiler.toml"]
    assert reader.read(".purpose") == team["website"]["description"]


def test_which_teams_a_person_is_in(reader: Reader, source: Path) -> None:
    seed = os.environ.get("ORGCODE_SEED") or datetime.now(UTC).date().isoformat()
    teams = {name: team for name, team in rust_teams(source).items() if not team.is_over}
    called = names_of_teams(source)
    found = {
        login: {
            called[name]
            for name, team in teams.items()
            if login in team.leads | team.members | team.included
        }
        for login in rust_people(source)
    }
    names = [person["name"] for person in rust_people(source).values()]
    candidates = sorted(
        login
        for login, name in zip(rust_people(source), names, strict=True)
        if len(found[login]) > 2 and names.count(name) == 1
    )
    login = random.Random(seed).choice(candidates)  # noqa: S311 (nobody gains by guessing it)

    reader.click("Contributors")
    reader.click(rust_people(source)[login]["name"])

    assert set(reader.fact("Teams")) == found[login], f"ORGCODE_SEED={seed}"


def test_what_is_archived(reader: Reader, source: Path) -> None:
    reader.click("What is over", beside="What is no longer there")
    teams = reader.section("Teams").locator("li")
    called = names_of_teams(source)
    archived = [called[name] for name, team in rust_teams(source).items() if team.is_over]
    assert len(archived) > 40
    assert sorted(teams.locator(".entry").all_inner_texts()) == sorted(archived)
    assert all("over since" in text for text in teams.all_inner_texts())


def test_who_decides_on_a_new_member(reader: Reader, source: Path) -> None:
    reader.click("Who decides what", beside="somebody who wants to join")
    part = reader.section("Joining and leaving the organisation").last
    assert part.is_visible()
    assert "of the members of Leadership council decides" in part.inner_text()
    reader.unfold(part)
    people = rust_people(source)
    council = rust_teams(source)["leadership-council"]
    names = {people[login]["name"] for login in council.leads | council.members}
    assert set(part.locator("details a").all_inner_texts()) == names


def test_who_decides_on_a_new_member_of_a_team(reader: Reader) -> None:
    reader.click("Compiler team")
    part = reader.section("Who belongs to this team").last
    assert "of the members of Compiler team decides" in part.inner_text()
