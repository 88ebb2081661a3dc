"""How our own templates are compiled: all that is shown is escaped, and nothing goes missing."""

from __future__ import annotations

import datetime

import pytest
from jinja2 import Environment, UndefinedError
from markupsafe import Markup

from orgcode.documents.rulesets import load_ruleset
from orgcode.i18n.translator import Translator
from orgcode.model.message import Message, Word, message
from orgcode.rendering.environment import environment_for
from orgcode.rendering.page import Edition
from orgcode.rendering.words import Words


def environment(language: str) -> Environment:
    edition = Edition(
        language=language,
        base="",
        others=(),
        languages=(language,),
        organisation="Huis",
        ruleset=load_ruleset("teal@1"),
        today=datetime.date(2027, 3, 1),
        nav=(),
        pages_of={},
        assets=frozenset(),
    )
    return environment_for(Words(edition, Translator(language)))


def shown(template: str, language: str = "en", **given: object) -> str:
    return environment(language).from_string(template).render(given)


EVIL = "<script>'\"&"
ESCAPED = "&lt;script&gt;&#39;&#34;&amp;"


@pytest.mark.parametrize(
    "template",
    [
        "{{ evil }}",
        "{{ view.evil }}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(evil) }}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ evil }}{% endcall %}",
        "{% set x = evil %}{{ x }}",
        "{% for one in [evil] %}{{ one }}{% endfor %}",
        "{{ words('{evil}', evil=evil) }}",
        "{{ 'a' ~ evil if false else evil }}",
        "{{ evil.strip() }}",
    ],
)
def test_what_is_shown_is_escaped_once(template: str) -> None:
    assert shown(template, evil=EVIL, view={"evil": EVIL}) == ESCAPED


@pytest.mark.parametrize(
    "template",
    ["{{ missing.x }}", "{{ missing() }}", "{% for x in missing %}{% endfor %}", "{{ view.x.y }}"],
)
def test_what_is_missing_is_an_error(template: str) -> None:
    with pytest.raises(UndefinedError):
        shown(template, view={})


@pytest.mark.parametrize("template", ["{{ missing }}", "{{ view.missing }}"])
def test_what_is_missing_is_not_shown_as_nothing(template: str) -> None:
    with pytest.raises((UndefinedError, TypeError)):
        shown(template, view={})


def test_a_template_is_compiled_for_all_languages_and_speaks_each() -> None:
    template = "{{ 10000.5 }} {{ words('over') }}"
    assert shown(template) == "10,000.5 over"
    assert shown(template, "nl") == "10.000,5 voorbij"


@pytest.mark.parametrize(
    ("said", "html"),
    [
        (message("{a} & {b}", a="<", b=Markup("<b>x</b>")), "&lt; &amp; <b>x</b>"),
        (message("{list}", list=("<", 2, Word(key="circle"))), "&lt;, 2 and circle"),
        (message("{list}", list=("a", ("b", "c"))), "a and b and c"),
        (message("{circle:a} of {name}", circle=Word(key="circle"), name="<"), "a circle of &lt;"),
        (Message(id="one", plural="{count}", count=2, arguments={"count": 2}), "2"),
        (message("{inner}", inner=message("{x}", x="&")), "&amp;"),
    ],
)
def test_sentences_are_escaped_around_what_is_in_their_holes(said: Message, html: str) -> None:
    assert shown("{{ said }}", said=said) == html
