"""Decisions as the handbook tells them: what is open, and how everything else was decided."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from orgcode.actions.adopting import adopt
from orgcode.actions.build import build
from orgcode.actions.demo import demo
from orgcode.actions.responding import respond
from orgcode.i18n.translator import Translator
from tests.builder import Builder
from tests.handbook.atom import faults
from tests.handbook.reading import Reading

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
TODAY = NOW.date()

Files = Mapping[str, bytes]


def on(days: int, name: str) -> str:
    """The id of a proposal of the example."""
    return f"{TODAY + timedelta(days=days)}-{name}"


FRIDGE = on(-22, "weggeefkoelkast")
MONDAY = on(-22, "maandag-open")
FIVE_HUNDRED = on(-23, "vijfhonderd-zonder-vragen")
PAIRS = on(-14, "de-eerste-keer-samen")
VAN = on(-11, "deelbus-doordeweeks")
GROUPS = on(-3, "ronde-in-groepjes")
FATMA = "Fatma Y\u0131ld\u0131z"
LEFTOVERS = on(-1, "daan-redt-de-restjes")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo(tmp_path_factory.mktemp("decisions") / "demo", NOW, "en").folder


@pytest.fixture(scope="module")
def book(example: Path) -> Files:
    return site(example / "site")


@pytest.fixture
def copy(example: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(example, tmp_path / "copy"))


def site(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def built(root: Path, at: str | None = None, day: date = TODAY) -> dict[str, bytes]:
    build(root, day, at=at)
    return site(root / "site")


def built_anew(root: Path, other: Path) -> dict[str, bytes]:
    """The handbook with nothing kept from before."""
    shutil.copytree(root, other, ignore=shutil.ignore_patterns("orgcode", "site"))
    return built(other)


def words(book: Files, path: str) -> str:
    """What stands on a page, without what is around it on every page."""
    main = book[path].decode().partition("<main")[2].partition("</main>")[0]
    plain = " ".join(unescape(re.sub(r"<[^>]+>", " ", f"<main{main}")).split())
    return re.sub(r" (?=[.,:])", "", plain)


def page(book: Files, proposal: str) -> str:
    return words(book, f"proposals/{proposal}.html")


# What is open


def test_the_overview_tells_of_what_is_open_all_that_is_needed_to_take_part(book: Files) -> None:
    overview = words(book, "proposals.html")
    open_ones, _, decided = overview.partition("Decided, proposed in 2027")
    assert open_ones.index("Daan rescues the leftovers") < open_ones.index("The round begins in")
    assert "Daan Koster holds the role Rescuer of Leftovers in Kitchen" in open_ones
    assert f"Still open: {FATMA} and Youssef el Amrani have not responded yet." in open_ones
    assert "Responded Daan Koster, Sara Hoekstra and Trần Ngọc Anh" in open_ones
    assert f"Still asked {FATMA} and Youssef el Amrani" in open_ones
    assert "Open until 2 March 2027" in open_ones
    assert "Blocked: Lotte Verschuren has an objection that is still open." in open_ones
    blocked = open_ones.partition("The round begins in")[2]
    later = "Ineke Smit, Jelle Postma, Marijke van den Bos and Youssef el Amrani"
    assert f"Still asked {later}" in blocked  # once the objection has ended, as `status` says
    assert "Spending up to €500" not in open_ones
    assert decided.count("adopted") == 7
    assert decided.count("rejected") == decided.count("withdrawn") == 1


def test_the_page_of_what_is_open_says_how_to_respond_and_has_no_history_yet(book: Files) -> None:
    text = page(book, LEFTOVERS)
    assert f"orgcode respond {LEFTOVERS} consent" in text
    assert "What it would change" in text
    assert "has not responded yet" in text
    assert "not been committed" not in text
    assert "History" not in text
    assert "This still stands." in page(book, GROUPS)


def test_the_first_page_names_what_is_open(book: Files) -> None:
    assert {f"proposals/{LEFTOVERS}.html", f"proposals/{GROUPS}.html"} <= Reading(
        "index.html", book["index.html"]
    ).links


def test_on_an_earlier_day_is_shown_what_was_open_then(copy: Path) -> None:
    day = TODAY - timedelta(days=21)
    then = built(copy, at=day.isoformat(), day=day)
    overview = words(then, "proposals.html")
    for name in ("giving fridge", "Open on Mondays too", "up to €500"):
        assert name in overview
    assert "Daan rescues" not in overview
    assert "No proposal has been decided yet." in overview
    fridge = page(then, FRIDGE)
    assert "This still stands." in fridge
    assert "Answer of the proposer" not in fridge  # it came the day after
    assert "let go of this" not in fridge
    assert not (copy / f"site/proposals/{LEFTOVERS}.html").exists()


# How it was decided


def test_a_decision_tells_all_from_the_tension_to_the_outcome(book: Files) -> None:
    text = page(book, FRIDGE)
    assert "adopted on record since 11 February 2027" in text
    assert "Food is left standing on Wednesday evening" in text
    assert 'The policy "The giving fridge" is new in Kitchen.' in text
    assert "everybody can get at it" in text
    assert "three boxes of stew" in text
    assert "To be looked back at 30 April 2027" in text
    assert "Consent of the members of Kitchen decides" in text
    assert "4 people decide." in text
    assert "This rule comes with the ruleset teal@1." in text
    assert "Times count as people wrote them" in text
    objection = text.index("Without a card nobody knows what is in a box")
    answer = text.index("Every box will say what is in it")
    ended = text.index("Sara Hoekstra let go of this on 9 February 2027.")
    assert objection < answer < ended < text.index("With a card and a date I can answer for it.")
    cleaning = text.index("Who cleans it?")
    assert cleaning < text.index("The kitchen, on Mondays, when we meet anyway.")


def test_how_sure_it_is_who_said_something_is_told_in_plain_words(book: Files) -> None:
    fridge, pairs = page(book, FRIDGE), page(book, PAIRS)
    assert fridge.count("Signed with a key of Sara Hoekstra") == 2
    assert fridge.count("Not signed.") == 2  # Ngọc, twice
    assert pairs.count("Taken down in a meeting and signed by Reiger") == 3
    assert "Signed with a key of Reiger" in pairs


def test_what_was_rejected_or_withdrawn_says_so_and_by_what(book: Files) -> None:
    rejected, withdrawn = page(book, FIVE_HUNDRED), page(book, VAN)
    assert "3 voted yes and 5 voted no, which is not enough." in rejected
    assert "4 people are not counted" in rejected
    assert "did not respond" in rejected
    assert "What it would change" in rejected
    assert "Jelle Postma has withdrawn it." in withdrawn
    assert "This stood when the proposal was withdrawn." in withdrawn
    assert "is new in Neighbour Care" in withdrawn
    for path in ("policies/deelbus-doordeweeks.html",):
        assert path not in book


def test_every_step_that_was_decided_leads_to_its_decision(book: Files) -> None:
    for path, decision in {
        "policies/weggeefkoelkast.html": FRIDGE,
        "policies/uitgeven.html": on(-12, "driehonderd-zonder-vragen"),
        "objectives/tachtig-aan-tafel.html": on(-6, "cijfers-van-de-tafel"),
        "pages/a-week.en.html": on(-15, "maandag-op-de-weekkaart"),
        "agreements/maandag-open.html": MONDAY,
    }.items():
        assert f"proposals/{decision}.html" in Reading(path, book[path]).links, path
    diary = Reading("diary/2027-02.html", book["diary/2027-02.html"]).links
    assert {
        f"proposals/{each}.html" for each in (FRIDGE, MONDAY, FIVE_HUNDRED, PAIRS, VAN)
    } <= diary
    for path in ("diary.atom", "circles/keuken.atom"):
        assert f"proposals/{FRIDGE}.html".encode() in book[path], path
        assert faults(book[path]) == []
    assert "Respond:" not in words(book, f"proposals/{FRIDGE}.html")


def test_the_diary_tells_what_was_decided_and_leaves_what_was_said_to_the_decision(
    book: Files,
) -> None:
    diary = words(book, "diary/2027-02.html")
    assert 'The policy "The giving fridge" is new in Kitchen.' in diary
    assert "Decided with: A giving fridge by the front door" in diary
    assert "Decided with: Spending up to €500 without asking rejected" in diary
    assert "is new, by Tom de Groot" in diary
    assert "consents" not in diary
    assert "votes" not in diary


def test_a_tension_shows_what_came_of_it(book: Files) -> None:
    leftovers = words(book, "tensions/restjes-blijven-staan.html")
    assert "A giving fridge by the front door adopted" in leftovers
    assert "Daan rescues the leftovers open" in leftovers
    assert "withdrawn" in words(book, "tensions/bus-staat-stil.html")
    assert "blocked" in words(book, "tensions/alleen-dezelfde-stemmen.html")


def test_a_decision_waits_to_be_looked_back_at_until_something_links_to_it(
    book: Files, copy: Path
) -> None:
    said = "Open on Mondays too: to be looked back at on 27 February 2027."
    assert said in words(book, "attention.html")
    agreement = copy / "agreements/oogst-op-tafel.yaml"
    link = f"Zie [wat eruit kwam](../proposals/{MONDAY}/proposal.yaml)."
    agreement.write_text(agreement.read_text() + f"notes: {link}\n")
    assert said not in words(built(copy), "attention.html")


def test_what_was_put_there_against_the_rules_is_shown_as_that(copy: Path) -> None:
    builder = Builder(copy)
    builder.git("config", "user.name", "Tom")
    builder.git("config", "user.email", "tom@sluiskwartier.example")
    builder.git(
        "merge", "-q", "--no-ff", "--no-edit", f"proposal/{GROUPS}", at="2027-03-01T10:00:00Z"
    )
    text = page(built(copy), GROUPS)
    assert "not by the rules" in text
    assert "it should not have been adopted" in text
    assert "Lotte Verschuren has an objection that is still open" in text
    assert "This stood when the proposal was adopted" in text


# From one state to the next


def test_after_a_response_and_an_adoption_it_is_as_if_made_anew(copy: Path, tmp_path: Path) -> None:
    built(copy)
    at = datetime(2027, 3, 1, 9, tzinfo=UTC)
    respond(copy, LEFTOVERS, "consent", at, person="fatma", sign=False)
    after = built(copy)
    assert "Still asked Youssef el Amrani" in words(after, "proposals.html")
    assert after == built_anew(copy, tmp_path / "one")
    respond(copy, LEFTOVERS, "consent", at, person="youssef", sign=False)
    made = adopt(copy, LEFTOVERS, at + timedelta(minutes=1), Translator("en").say)
    assert made.commit is not None
    adopted = built(copy)
    assert "History" in page(adopted, LEFTOVERS)
    assert "Daan Koster" in words(adopted, "roles/restjes.html")
    assert adopted == built_anew(copy, tmp_path / "two")


def test_a_branch_that_is_no_proposal_does_no_harm(copy: Path) -> None:
    before = built(copy)
    builder = Builder(copy)
    builder.git("branch", "proposal/not-A-proposal")
    builder.git("branch", "proposal/nothing-in-it")
    other = builder.git("commit-tree", "-m", "Alone", builder.git("write-tree"))
    builder.git("update-ref", "refs/heads/proposal/alone", other)
    assert built(copy) == before


# For whom


@pytest.mark.parametrize(
    "public",
    ["[circle, role, policy, page]", "[circle, role, proposal]", "[proposal, tension]", "[]"],
)
def test_nothing_of_a_decision_is_told_to_whom_it_is_not_shown(copy: Path, public: str) -> None:
    org = copy / "org.yaml"
    everything = "[circle, role, person, policy, agreement, objective, tension, proposal, page]"
    org.write_text(org.read_text().replace(everything, public))
    made = built(copy)
    text = b"".join(content for path, content in made.items() if path.endswith((".html", ".atom")))
    for secret in ("Fatma", "Lotte Verschuren", "Jelle Postma", "Sluiskade 12@"):
        assert secret.encode() not in text, secret
    shows = "proposal" in public
    assert (f"proposals/{FRIDGE}.html" in made) == shows
    assert (f"proposals/{GROUPS}.html" in made) == shows
    assert (b"Without a card nobody knows" in text) == shows
    assert (b"write down only half" in text) == shows
    for path, content in made.items():
        if path.endswith(".html"):
            assert Reading(path, content).links <= set(made), path
