"""Templates of an organisation that want to harm whoever builds or reads the handbook."""

from __future__ import annotations

import time

import pytest

from orgcode.model.finding import Finding
from orgcode.rendering.own_templates import BrokenTemplatesError
from tests.handbook.organisation import site

ROLE = "templates/pages/role.html"
FRAME = (
    "{% extends 'orgcode/pages/role.html' %}\n{% block content %}\n@\n{{ super() }}{% endblock %}"
)


def role_page(attack: str) -> str:
    """The page of a role with something put into it."""
    return site({ROLE: FRAME.replace("@", attack)})["roles/kok.html"].decode()


def refusal(attack: str) -> Finding:
    with pytest.raises(BrokenTemplatesError) as caught:
        role_page(attack)
    return caught.value.findings[0]


ENDLESS = {
    "a loop in a loop": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}"
    "{% endfor %}",
    "a text times a billion": "{{ 'x' * 1000000000 }}",
    "a list times a billion": "{{ [1] * 1000000000 }}",
    "a power of a power": "{{ 9 ** 9 ** 9 }}",
    "numbers that grow": "{% set n = namespace(x=9) %}{% for i in range(99) %}"
    "{% set n.x = n.x * n.x %}{% endfor %}",
    "a text that doubles": "{% set n = namespace(x='xxxxxxxxxx') %}{% for i in range(99) %}"
    "{% set n.x = n.x ~ n.x %}{% endfor %}",
    "a sum that doubles": "{% set n = namespace(x='xxxxxxxxxx') %}{% for i in range(99) %}"
    "{% set n.x = n.x + n.x %}{% endfor %}",
    "a list that doubles": "{% set n = namespace(x=[1]) %}{% for i in range(99) %}"
    "{% set n.x = n.x + n.x %}{% endfor %}",
    "a captured text that doubles": "{% set n = namespace(x='xxxxxxxxxx') %}"
    "{% for i in range(99) %}{% set y %}{{ n.x }}{{ n.x }}{% endset %}{% set n.x = y %}"
    "{% endfor %}",
    "a macro that calls itself": "{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}",
    "a macro that calls itself twice": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}"
    "{% endif %}{% endmacro %}{{ m(60) }}",
    "a template that includes itself": "{% include 'pages/role.html' %}",
    "a gigabyte as it stands": "{% for i in range(99999) %}" + "x" * 10_000 + "{% endfor %}",
    "a gigabyte from a macro": "{% macro m() %}" + "x" * 10_000 + "{% endmacro %}"
    "{% for i in range(99999) %}{% set y = m() %}{% endfor %}",
    "a gigabyte by joining": "{{ range(99999) | join('" + "x" * 10_000 + "') | length }}",
    "a gigabyte by replacing": "{% set x = range(99999) | join('x') %}"
    "{{ x | replace('x', x) | length }}",
    "a gigabyte of one sentence": "{{ words('{a:1000000000}', a=1) }}",
    "a recursive loop": "{% for a in [[1]] recursive %}{{ loop([a, a]) }}{% endfor %}",
    "rounding to a billion places": "{{ 1.5 | round(1000000000, 'ceil') }}",
    "lists of filters": "{% for i in range(99999) %}{{ range(99999) | list | sort | length }}"
    "{% endfor %}",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_does_not_end_is_ended_and_placed(name: str) -> None:
    began = time.monotonic()
    finding = refusal(ENDLESS[name])
    assert time.monotonic() - began < 60
    assert finding.path == ROLE
    assert finding.rule == "template-broken"
    assert finding.line in (1, 3)


OUT_OF_REACH = (
    "{{ ''.__class__.__mro__ }}",
    "{{ view.__class__ }}",
    "{{ view['__class__'] }}",
    "{{ [view] | map(attribute='__class__') | list }}",
    "{{ [view] | selectattr('__class__') | list }}",
    "{{ [view] | groupby('__class__') | list }}",
    "{{ words.__self__ }}",
    "{{ words.__func__.__globals__ }}",
    "{{ href.__self__._edition }}",
    "{{ term._words }}",
    "{{ self.__init__.__globals__ }}",
    "{{ super.__self__ }}",
    "{{ loop }}",
    "{% for x in [1] %}{{ loop._iterable }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m._func }}",
    "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "{{ parts._body_stream }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ dict.__subclasses__() }}",
    "{{ range.__globals__ }}",
    "{{ role.is_live(edition.today) }}",
    "{{ edition.today.strftime('%Y') }}",
    "{{ '{0.__class__}'.format(view) }}",
    "{{ '{a.__class__}'.format_map({'a': view}) }}",
    "{{ '%s' % view }}",
    "{{ words('{a.__class__}', a='x') }}",
    "{{ words('{a!r}', a='x') }}",
    "{{ 'x'.encode() }}",
    "{{ ('<b>' | e).unescape() }}",
    "{{ ('<b>' | e).translate({'a': '<'}) }}",
    "{{ '<b>' | safe }}",
    "{{ '<b>' | attr('__class__') }}",
    "{{ 'x' | xmlattr }}",
    "{% autoescape false %}{{ '<b>' }}{% endautoescape %}",
    "{% include '../org.yaml' %}",
    "{% include '/etc/passwd' %}",
    "{% include 'orgcode/../../etc/passwd' %}",
    "{% include 'orgcode/assets/handbook.css' %}",
    "{% include 'orgcode/starters/org.yaml' %}",
    "{% import 'orgcode/guides/en/the-files.md' as x %}",
    "{% do 1 %}",
    "{{ lipsum() }}",
    "{{ cycler }}",
    "{{ context }}",
    "{{ environment }}",
    "{{ caller }}",
    "{{ view | string }}",
    "{{ view | pprint }}",
    "{{ view | upper }}",
    "{{ view }}",
)


@pytest.mark.parametrize("attack", OUT_OF_REACH)
def test_nothing_but_plain_data_is_reached(attack: str) -> None:
    assert refusal(attack).path == ROLE


def test_text_of_others_stays_text() -> None:
    hostile = '<script>alert(1)</script><a href="javascript:alert(1)">x</a>'
    for way in ("{{ @ }}", "{{ @ | footnotes }}", "{{ [@, @] | join('<') }}", "{{ @ ~ '<' }}"):
        page = role_page(way.replace("@", f"'{hostile}'"))
        assert "<script" not in page
        assert '<a href="javascript' not in page


LOADS = (
    "<script>alert(1)</script>",
    "<SCRIPT src=//elsewhere.example/x.js></SCRIPT>",
    "<script src='assets/x.js'></script>",
    "<iframe src='https://elsewhere.example/'></iframe>",
    "<object data='https://elsewhere.example/'></object>",
    "<embed src='https://elsewhere.example/'>",
    "<form action='https://elsewhere.example/'></form>",
    "<base href='https://elsewhere.example/'>",
    "<style>@import 'https://elsewhere.example/';</style>",
    "<meta http-equiv=refresh content='0;url=https://elsewhere.example/'>",
    '<meta http-equiv="refresh" content="0; url=https://elsewhere.example/">',
    '<meta http-equiv="refresh" content="0; url=\x02https://elsewhere.example/">',
    '<meta http-equiv="refresh" content="0; url=\x02//elsewhere.example/">',
    "<link rel=dns-prefetch href='//elsewhere.example/'>",
    '<link rel="preconnect" href="https://elsewhere.example/">',
    '<link rel="stylesheet" href="https://elsewhere.example/x.css">',
    '<link rel="icon" href="\x02//elsewhere.example/x.png">',
    '<img src="https://elsewhere.example/x.png" alt="">',
    "<IMG alt='' SRC = //elsewhere.example/x.png>",
    '<img alt="" src="\x02//elsewhere.example/x.png">',
    '<img src="x.png" srcset="https://elsewhere.example/x.png 2x">',
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></mtext></math>",
    "<template><img src=x></template>",
    "<x-element></x-element>",
    "<p title='>'<script>alert(1)</script>'></p>",
)


@pytest.mark.parametrize("attack", LOADS)
def test_no_page_holds_what_could_run_or_fetch(attack: str) -> None:
    finding = refusal(attack)
    assert (finding.path, finding.line) == (ROLE, 3)


def test_a_picture_of_their_own_may_be_described_in_any_words() -> None:
    page = role_page('<img src="x.png" alt=" src=https://elsewhere.example/x.png">')
    assert 'alt=" src=https://elsewhere.example/x.png"' in page


@pytest.mark.parametrize(
    "head",
    [
        "<html><head></head><body>{{ role.name | text }}</body></html>",
        "<!doctype html><html lang='nl'><head><title>x</title></head></html>",
        '<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src *">\n</head></html>',
        '<!-- -->\n<!doctype html>\n<html lang="nl"><head></head></html>',
        "",
    ],
)
def test_no_page_is_without_its_policy(head: str) -> None:
    with pytest.raises(BrokenTemplatesError) as caught:
        dict(site({ROLE: f"{{% set role = view.role %}}{head}"}))
    assert caught.value.findings[0].path == ROLE


DEEP = {
    "brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "sums": "{{ 1" + "+1" * 20_000 + " }}",
    "nots": "{{ " + "not " * 20_000 + "1 }}",
    "ifs": "{% if 1 %}" * 3000 + "{% endif %}" * 3000,
    "loops": "{% for x in [1] %}" * 30 + "{% endfor %}" * 30,
    "attributes": "{{ x" + ".a" * 30_000 + " }}",
    "filters": "{{ 'x'" + "|lower" * 30_000 + " }}",
    "lists": "{{ " + "[" * 3000 + "]" * 3000 + " }}",
}


@pytest.mark.parametrize("name", DEEP)
def test_what_is_nested_too_deeply_is_refused(name: str) -> None:
    assert refusal(DEEP[name]).path == ROLE


def test_what_a_template_asks_counts_for_each_page_alone() -> None:
    loop = "{% for a in range(20) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"
    pages = site({ROLE: FRAME.replace("@", loop)})
    for path in pages:
        assert pages[path]
