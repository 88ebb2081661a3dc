"""What a message becomes in each language."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from orgcode.i18n.translator import Translator
from orgcode.model.message import message, messages

ENGLISH = Translator("en")
DUTCH = Translator("nl")


def test_a_message_is_said_with_its_arguments() -> None:
    assert ENGLISH.say(message("{who} holds {role}.", who="Sara", role="Kok")) == "Sara holds Kok."


def test_braces_in_an_argument_are_left_alone() -> None:
    assert ENGLISH.say(message("Found {text}.", text="{who} {0} {{")) == "Found {who} {0} {{."


@pytest.mark.parametrize(
    ("translator", "sentence"), [(ENGLISH, "<1 March 2028>"), (DUTCH, "<1 maart 2028>")]
)
def test_dates_are_written_out(translator: Translator, sentence: str) -> None:
    assert translator.say(message("<{day}>", day=date(2028, 3, 1))) == sentence


def test_a_moment_has_its_time() -> None:
    moment = datetime(2028, 3, 1, 9, 5, tzinfo=UTC)
    assert ENGLISH.date(moment) == "1 March 2028, 09:05 UTC"


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ((), ""),
        (("a",), "a"),
        (("a", "b"), "a en b"),
        (("a", "b", "c"), "a, b en c"),
        (("a", message("b"), 2), "a, b en 2"),
    ],
)
def test_a_tuple_is_spoken_as_a_list(items: tuple[object, ...], said: str) -> None:
    assert DUTCH.say(message("{all}", all=items)) == said


@pytest.mark.parametrize(
    ("number", "english", "dutch"),
    [
        (2028, "2028", "2028"),
        (1234567, "1,234,567", "1.234.567"),
        (12345.5, "12,345.5", "12.345,5"),
        (0.1 + 0.2, "0.3", "0,3"),
        (-7, "-7", "-7"),
        (0.0, "0", "0"),
        (float("inf"), "inf", "inf"),
    ],
)
def test_numbers_follow_the_language(number: float, english: str, dutch: str) -> None:
    assert (ENGLISH.number(number), DUTCH.number(number)) == (english, dutch)


@pytest.mark.parametrize(
    ("figure", "unit", "english", "dutch"),
    [
        (3.1, "€", "€3.10", "€ 3,10"),
        (3, "£", "£3", "£ 3"),
        (3.0, "€", "€3", "€ 3"),
        (100, "€", "€100", "€ 100"),
        (1500, "$", "$1,500", "$ 1.500"),
        (0, "€", "€0", "€ 0"),
        (0.125, "€", "€0.125", "€ 0,125"),
        (-7.5, "€", "-€7.50", "€ -7,50"),
        (18450.2, "€", "€18,450.20", "€ 18.450,20"),
        (float("inf"), "€", "inf €", "inf €"),
        (3.1, "kg", "3.1 kg", "3,1 kg"),
        (40, "%", "40 %", "40 %"),
        (3.1, "€ per meal", "3.1 € per meal", "3,1 € per meal"),
        (3.1, None, "3.1", "3,1"),
        ("about 3", "€", "about 3 €", "about 3 €"),
    ],
)
def test_the_sign_of_a_currency_comes_first_and_other_units_last(
    figure: float | str, unit: str | None, english: str, dutch: str
) -> None:
    said = (ENGLISH.measured(figure, unit), DUTCH.measured(figure, unit))
    assert said == (english, dutch)


def test_one_and_many() -> None:
    said = [ENGLISH.say(messages("{count} person", "{count} people", count=n)) for n in (0, 1, 2)]
    assert said == ["0 people", "1 person", "2 people"]


def test_messages_in_messages_are_said_too() -> None:
    inner = message("<{day}>", day=date(2028, 5, 2))
    assert DUTCH.say(message("[{inner}]", inner=inner)) == "[<2 mei 2028>]"


def test_text_is_read_in_the_own_language_then_the_organisations_then_any() -> None:
    text = {"de": "Koch", "nl": "Kok", "fr": "Cuisinier"}
    assert DUTCH.read(text) == "Kok"
    assert ENGLISH.read(text, ("fr", "nl")) == "Cuisinier"
    assert ENGLISH.read(text) == "Koch"
    assert ENGLISH.read("Kok") == "Kok"
    assert ENGLISH.language_of(text, ("fr",)) == "fr"
    assert ENGLISH.language_of("Kok") is None


def test_a_sentence_without_translation_is_said_in_english() -> None:
    assert DUTCH.say(message("This sentence is in no catalogue.")) == (
        "This sentence is in no catalogue."
    )


def test_languages_have_their_names_in_the_language_of_the_reader() -> None:
    assert Translator("nl").language_name("en") == "Engels"
    assert Translator("en").language_name("nl") == "Dutch"
    assert Translator("nl").language_name("xx") == "xx"
