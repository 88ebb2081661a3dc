"""The account of an import, as text, as data and as a page."""

from __future__ import annotations

import json

import pytest

from orgcode.documents.rulesets import load_ruleset
from orgcode.i18n.translator import Translator
from orgcode.model.intake import FieldCount, ImportReport, Loss, Unread
from orgcode.model.message import message
from orgcode.rendering.markdown import to_html
from orgcode.reporting.imports import import_page, report_import, report_import_as_json

NO_PLACE = message("There is no place for it in the files of an organisation.")
ENGLISH = Translator("en").speaking(load_ruleset("teal@1"))
HOSTILE = "a|b`<script>alert(1)</script>\n::error::\x1b[31m"


def loss(field: str, count: int = 1, file: str = "*.toml") -> Loss:
    return Loss(
        file=file, field=field, reason=NO_PLACE, count=count, path=f"{field}.toml", value="secret"
    )


REPORT = ImportReport(
    files=3,
    leaves=17,
    imported=(FieldCount(file="*.toml", field="name", count=10),),
    losses=(loss("weight", 6), loss(HOSTILE)),
    unread=(Unread(path=f"{HOSTILE}.toml", cause=message("It is."), line=3, column=4),),
    others=tuple(f"other{number}" for number in range(12)),
    remarks=(message("Something was made up."),),
    made={"circles": 2, "people": 1, "pages": 0},
)


def test_as_text_it_counts_by_reason_and_field() -> None:
    text = report_import(REPORT, ENGLISH)

    assert text.startswith(
        "Of 17 values in 3 files, 10 found a place and 7 did not.\n"
        "They became 2 circles and one person.\n"
    )
    assert "There is no place for it in the files of an organisation. (7 values)\n" in text
    assert "  6  *.toml  weight" in text
    assert "12 files are not of this format and were left alone, such as other0, other1" in text
    assert "Something was made up.\n" in text


def test_as_text_it_steers_neither_a_terminal_nor_a_log() -> None:
    text = report_import(REPORT, ENGLISH)

    assert "\x1b" not in text
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())
    assert "<U+001B>[31m.toml:3:4: It is." in text


def test_as_data_it_is_whole() -> None:
    data = json.loads(report_import_as_json(REPORT, ENGLISH))

    assert (data["leaves"], data["imported"], data["lost"]) == (17, 10, 7)
    assert [loss["value"] for loss in data["losses"]] == ["secret", "secret"]
    assert data["unread"][0]["line"] == 3
    assert len(data["others"]) == 12


def test_as_a_page_it_has_tables_and_no_values_and_does_no_harm() -> None:
    page = import_page(REPORT, ENGLISH)
    shown = str(to_html(page, "pages/import.md", lambda _: None, 2))

    assert "secret" not in page
    assert "<script" not in shown
    assert shown.count("<tr>") == 3
    assert shown.count("<td") == 8
    assert "Something was made up." in shown


@pytest.mark.parametrize(
    ("ruleset", "things"),
    [
        ("teal@1", "2 cirkels en één persoon"),
        ("sociocracy@1", "2 kringen en één persoon"),
        ("open-source@1", "2 teams en één deelnemer"),
    ],
)
def test_in_dutch_and_in_the_words_of_the_organisation(ruleset: str, things: str) -> None:
    translator = Translator("nl").speaking(load_ruleset(ruleset))
    assert report_import(REPORT, translator).startswith(
        "Van de 17 gegevens in 3 bestanden kregen er 10 een plaats en 7 niet.\n"
        f"Dat werden {things}.\n"
    )
