"""What the pages of single things answer: what binds, who comes next, whom to ask."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from tests.handbook.organisation import FILES, site
from tests.handbook.reading import Reading
from tests.i18n.extraction import sentences

MORE = {
    "circles/keuken.yaml": FILES["circles/keuken.yaml"]
    + """\
strategy: "Meer vuur: [Kok](../roles/kok.yaml) en [elders](https://example.org/vuur)."
former: [{person: piet, since: 2025-01-01, until: 2025-06-30}]
meetings: [{name: Overleg, every: 1 week, day: maandag}]
""",
    "circles/bakkerij.yaml": (
        "name: Bakkerij\npurpose: Brood voor iedereen.\nparent: keuken\n"
        "core_roles: {lead: [tom]}\nmembers: [sara]\n"
    ),
    "roles/oven.yaml": (
        "name: Oven\ncircle: bakkerij\npurpose: Warmte.\nholders: [tom]\n"
        "consult: [role:kok, sara]\n"
    ),
    "policies/stil.yaml": (
        "title: Stil na tienen\ncircle: buurt\ntext: Zachtjes.\n"
        "effective_on: 2026-01-01\nreview_on: 2028-01-01\n"
    ),
    "people/piet.yaml": "name: Piet\nended: {on: 2025-07-01}\n",
}


def words(book: Mapping[str, bytes], path: str) -> str:
    return Reading(path, book[path]).words


@pytest.fixture(scope="module")
def book() -> Mapping[str, bytes]:
    return site(MORE)


@pytest.mark.parametrize("page", ["circles/bakkerij.html", "roles/oven.html", "people/tom.html"])
def test_what_is_inherited_binds_with_its_source(book: Mapping[str, bytes], page: str) -> None:
    english = words(book, f"en/{page}")
    assert "From Buurt Stil na tienen" in english
    assert "From Kitchen" in english
    assert "Drie gangen" in english
    assert "Van Buurt Stil na tienen" in words(book, page)
    assert "en/policies/stil.html" in Reading(f"en/{page}", book[f"en/{page}"]).links


def test_a_circle_does_not_inherit_what_is_its_own(book: Mapping[str, bytes]) -> None:
    assert "Besides what Kitchen has agreed itself: From Buurt" in words(
        book, "en/circles/keuken.html"
    )


def test_where_nothing_binds_the_page_says_so() -> None:
    bare = site({"policies/menu.yaml": "", "agreements/ruil.yaml": ""})
    assert "Only what Kitchen agrees itself, and the decision rules." in words(
        bare, "en/circles/keuken.html"
    )
    assert "Nog geen afspraak, van Keuken of daarboven; alleen de beslisregels." in words(
        bare, "roles/kok.html"
    )


def test_a_circle_says_who_comes_and_who_goes(book: Mapping[str, bytes]) -> None:
    page = words(book, "en/circles/keuken.html")
    assert "Tom holds Kok from 21 March 2027. in 2 weeks" in page
    assert "Sara de Wit holds Kok until 20 March 2027. in 2 weeks" in page
    assert "Tom vervult Kok vanaf 21 maart 2027." in words(book, "circles/keuken.html")


def test_sub_circles_stand_side_by_side_with_who_leads_them(book: Mapping[str, bytes]) -> None:
    page = words(book, "en/circles/keuken.html")
    assert "Bakkerij Brood voor iedereen.Lead: Tom 2 members" in page


def test_a_person_says_whom_they_ask_and_who_asks_them(book: Mapping[str, bytes]) -> None:
    assert "As Oven: Kok and Sara de Wit." in words(book, "en/people/tom.html")
    assert "Is asked first byOven" in words(book, "en/people/sara.html")
    assert "Als Oven: Kok en Sara de Wit." in words(book, "people/tom.html")


def test_a_person_says_when_a_term_ends_and_how_long_that_is(book: Mapping[str, bytes]) -> None:
    assert "since 20 August 2026, until 20 March 2027 (in 2 weeks)" in words(
        book, "en/people/sara.html"
    )


def test_somebody_who_left_is_remembered_where_they_were(book: Mapping[str, bytes]) -> None:
    assert "Took part before in Kitchen from 1 January 2025 to 30 June 2025" in words(
        book, "en/people/piet.html"
    )
    assert "Piet" in words(book, "en/circles/keuken.html")


def test_what_is_not_shown_is_said(book: Mapping[str, bytes]) -> None:
    said = "E-mail addresses stand in the file; this handbook does not show them."
    assert said in words(book, "en/people/sara.html")
    assert said not in words(book, "en/people/tom.html")


def test_money_is_written_as_readers_of_the_language_do() -> None:
    measured = (
        "metrics:\n  - {name: Kosten, value: 3.1, unit: €}\n"
        "  - {name: Restjes, value: 3.1, unit: kg}\n"
    )
    made = site({"circles/keuken.yaml": FILES["circles/keuken.yaml"] + measured})
    english, dutch = words(made, "en/circles/keuken.html"), words(made, "circles/keuken.html")
    assert "Kosten€3.10" in english
    assert "Restjes3.1 kg" in english
    assert "Kosten€ 3,10" in dutch
    assert "Restjes3,1 kg" in dutch


def test_what_is_not_written_down_is_said_in_one_line(book: Mapping[str, bytes]) -> None:
    page = words(book, "en/circles/bakkerij.html")
    assert "Not written down: accountabilities, strategy, context, metrics, meetings" in page
    other = words(book, "en/circles/keuken.html")
    assert "Not written down: accountabilities and metrics." in other


def test_a_policy_says_since_when_and_for_whom(book: Mapping[str, bytes]) -> None:
    page = words(book, "en/policies/stil.html")
    assert "OfBuurt and all that is in it" in page
    assert "since 1 January 2026, 14 months ago" in page
    assert "Review1 January 2028, in 10 months" in page


def test_a_meeting_recurs_in_plain_words(book: Mapping[str, bytes]) -> None:
    assert "Overlegevery week, maandag" in words(book, "en/circles/keuken.html")
    assert "Overlegelke week, maandag" in words(book, "circles/keuken.html")


def test_on_paper_a_circle_has_its_policies_in_full_and_its_links_as_notes(
    book: Mapping[str, bytes],
) -> None:
    page = book["circles/keuken.html"].decode()
    assert '<div class="on-paper">\n<h3>Drie gangen</h3>' in page
    notes = re.findall(r"<li>([^<]+)</li>", page.partition('footnotes">')[2].partition("</ol>")[0])
    assert "roles/kok" in notes
    assert "https://example.org/vuur" in notes
    assert not any(note.startswith("people/") for note in notes)
    number = notes.index("roles/kok") + 1
    assert f'<a data-note="{number}" href="../roles/kok.html"' in page


def test_a_page_does_not_link_to_itself(book: Mapping[str, bytes]) -> None:
    page = book["roles/inkoop.html"].decode().partition("<h1>")[2].partition("</main>")[0]
    assert "Inkoop beslist nergens alleen over" in words(book, "roles/inkoop.html")
    assert '/inkoop.html"' not in page


def test_a_page_in_another_language_is_not_named_where_it_mentions_something() -> None:
    book = site(
        {
            "pages/week.nl.md": "# De week\n\n[Kok](../roles/kok.yaml)\n",
            "pages/week.en.md": "# The week\n\n[Cook](../roles/kok.yaml)\n",
        }
    )
    assert "Genoemd in De week" in words(book, "roles/kok.html")
    assert "The week" not in words(book, "roles/kok.html")
    english = words(book, "en/roles/kok.html")
    assert "The week" in english
    assert "De week" not in english


QUESTIONS = {
    "Who decides on somebody who wants to join?": "Wie beslist over iemand die mee wil doen?",
    "What is no longer there, and since when?": "Wat is er niet meer, en sinds wanneer?",
    "What do the words mean?": "Wat betekenen de woorden?",
}


def test_the_first_page_answers_what_people_come_to_ask(book: Mapping[str, bytes]) -> None:
    for english, dutch in QUESTIONS.items():
        assert english in words(book, "en/index.html")
        assert dutch in words(book, "index.html")
    assert b'href="who-decides.html#person"' in book["index.html"]


# In the organisation's words

TERMS = re.compile(
    r"\b(circles?|sub-circles?|roles?|policy|policies|tensions?|objectives?|proposals?"
    r"|key results?|domains?|accountability|accountabilities|agreements?)\b",
    re.IGNORECASE,
)


def test_no_sentence_of_the_handbook_has_a_term_that_a_ruleset_can_rename() -> None:
    found = []
    for one, many, place in sentences():
        if place.startswith(("templates", "orgcode/handbook")):
            for text in (one, many or ""):
                bare = re.sub(r"\{[^}]*\}|“[^”]*”|\S+/\S*", "", text)
                if TERMS.search(bare):
                    found.append((place, text))
    assert found == []


def test_another_ruleset_renames_what_its_pages_say() -> None:
    renamed = {"org.yaml": FILES["org.yaml"].replace("teal@1", "open-source@1")}
    book = site({**MORE, **renamed})
    for path in ("index.html", "circles/keuken.html", "roles/kok.html", "who-judges.html"):
        for base in ("", "en/"):
            said = re.sub(r"\S*/\S*", "", words(book, base + path))
            assert not re.search(r"circle|cirkel|kring", said, re.IGNORECASE), base + path
    assert "Kinds of team" in words(book, "en/glossary.html")
    assert "1 member 1 subteam" in words(book, "en/index.html")
