"""What people answer stands in the files of a new organisation as they said it."""

from __future__ import annotations

from datetime import date
from html import unescape

import cmarkgfm  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from orgcode.documents.facts import read_facts
from orgcode.documents.scalars import quoted
from orgcode.rendering.starter import Day, markdown, render_starter

ANY = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@given(ANY)
def test_any_text_is_read_back_from_yaml_as_it_was(text: str) -> None:
    facts = read_facts("person", f"name: {quoted(text)}\n".encode())
    assert facts.flaws == ()
    assert isinstance(facts.data, dict)
    assert facts.data["name"] == text


@given(ANY)
def test_a_quoted_text_is_one_line_that_can_be_printed(text: str) -> None:
    assert quoted(text).isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "# kop",
        "- lijst",
        "+ lijst",
        "1. lijst",
        "12) lijst",
        "> citaat",
        "=== --- ===",
        "*vet* _schuin_ ~door~ `code`",
        "[link](http://x.example) ![plaatje](x.png)",
        "<script>alert(1)</script> <http://x.example>",
        "a & b &amp; c \\* d",
        "een | twee",
        "twee\n\nregels\tmet   ruimte",
        "🌻 zon #1",
    ],
)
def test_any_text_is_read_back_from_a_line_of_markdown(text: str) -> None:
    said = " ".join(text.split())
    assert html_of(f"# {markdown(text)}") == f"<h1>{said}</h1>"
    assert html_of(markdown(text)) == f"<p>{said}</p>"


def html_of(text: str) -> str:
    return unescape(cmarkgfm.markdown_to_html(text)).strip()


def test_a_day_is_counted_from_today_over_the_end_of_months_and_years() -> None:
    text = "{{ day(+1) }} {{ day(0) }} {{ day(-60) }} {{ day(+366) }}\n"
    day = Day(date(2028, 2, 29))
    assert render_starter(text, {"day": day}) == "2028-03-01 2028-02-29 2027-12-31 2029-03-01\n"


def test_a_mark_that_nobody_fills_in_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render_starter("{{ name }}", {})
