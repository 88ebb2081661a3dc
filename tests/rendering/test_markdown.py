"""Markdown reads as on the forge and does no harm."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from orgcode.rendering.markdown import links, to_html

PAGES = {"roles/kok.yaml": "\x02roles/kok.html", "assets/huis.png": "\x02assets/huis.png"}


def html(text: str, level: int = 2) -> str:
    return str(to_html(text, "policies/eten.yaml", PAGES.get, level))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "[Kok](../roles/kok.yaml)",
            '<a href="\x02roles/kok.html" rel="noopener noreferrer">Kok</a>',
        ),
        ("[Kok](../roles/kok.yaml#x)", 'href="\x02roles/kok.html"'),
        ("[weg](../roles/weg.yaml)", "<p><a>weg</a></p>"),
        ("![Het huis](../assets/huis.png)", '<img alt="Het huis" src="\x02assets/huis.png">'),
        ("![Weg](../assets/weg.png)", "<p>Weg</p>"),
        ("![Elders](https://elsewhere.example/x.png)", "<p>Elders</p>"),
        ("[x](https://a.example/)", 'href="https://a.example/"'),
        ("[x](mailto:a@b.example)", 'href="mailto:a@b.example"'),
        ("| a | b |\n|-|-|\n| 1 | 2 |", "<table>"),
        ("~~oud~~", "<del>oud</del>"),
    ],
)
def test_links_pictures_and_tables(written: str, shown: str) -> None:
    assert shown in html(written).replace(
        'src="\x02assets/huis.png" alt="Het huis"', 'alt="Het huis" src="\x02assets/huis.png"'
    )


@pytest.mark.parametrize(
    "written",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,x)",
        "[x](//elsewhere.example)",
        "[x](/etc/passwd)",
        "[x](../../../../etc/passwd)",
        "[x](file:///etc/passwd)",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<iframe src=https://elsewhere.example></iframe>",
        "<style>body { display: none }</style>",
        '<form action="https://elsewhere.example"><input name=a><button>x</button></form>',
        '<a href="https://a.example" onclick="alert(1)" style="position:fixed" target=x>y</a>',
        "![x](../assets/../roles/kok.yaml)",
    ],
)
def test_what_could_do_harm_is_left_out(written: str) -> None:
    shown = html(written)
    assert not re.search(
        r"javascript:|data:|<script|<style|<iframe|<form|<input|<button|<svg|<img|on\w+=|style=|target="
        r'|href="/|href="file|elsewhere',
        shown,
        re.IGNORECASE,
    )


def test_headings_begin_where_they_fit_and_skip_none() -> None:
    shown = html("# Een\n\n### Drie\n\n# Twee\n", 3)
    assert re.findall(r"<h(\d)>", shown) == ["3", "4", "3"]
    assert re.findall(r"</h(\d)>", shown) == ["3", "4", "3"]


def test_headings_do_not_pass_the_sixth() -> None:
    shown = html("# a\n\n## b\n\n### c\n", 5)
    assert re.findall(r"<h(\d)>", shown) == ["5", "6", "6"]


def test_a_control_character_cannot_forge_the_mark_of_an_address() -> None:
    assert "\x02" not in html("[x](\x02roles/kok.html) \x02")
    for written in (
        "&#2;roles/kok.html",
        "&#x02;",
        '<b>&#2;</b> <a href="http://x.example/&#2;">x</a>',
    ):
        assert not re.search(r"[\x00-\x08]", html(written)), written


def test_links_tells_the_files_that_a_text_names() -> None:
    text = "[a](../roles/kok.yaml) [b][c]\n\n[c]: ../circles/keuken.yaml\n<https://x.example>"
    assert links(text, "policies/eten.yaml") == {"roles/kok.yaml", "circles/keuken.yaml"}


def test_attributes_keep_their_order_in_every_process() -> None:
    text = '<img alt="b" src="../assets/huis.png"> <a href="https://x.example">y</a>'
    program = (
        "import sys; from orgcode.rendering.markdown import to_html\n"
        "print(to_html(sys.argv[1], 'pages/a.md', lambda path: path, 2))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program, text], capture_output=True, check=True
        ).stdout
        for _ in range(4)
    }
    assert len(runs) == 1


def test_payloads_of_a_sanitiser_leave_no_way_to_run_a_script(real_data: Path) -> None:
    payloads = json.loads((real_data / "xss-payloads.json").read_text(encoding="utf-8"))
    assert len(payloads) > 100
    allowed = re.compile(
        r"</?(?:abbr|b|blockquote|br|code|dd|del|dl|dt|em|h[1-6]|hr|i|ins|kbd|li|mark|p|pre|q|s|small"
        r"|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul|ol)>"
        r'|<ol start="[^"]*">|<div class="scroll" tabindex="0" role="group">|</div>'
        r'|<a(?: href="(?:https?:|mailto:)[^"]*")?(?: rel="noopener noreferrer")?>|</a>'
    )
    for payload in payloads:
        rest = allowed.sub("", html(payload["payload"]))
        assert "<" not in rest, payload["title"]


def test_no_text_passes_for_an_address() -> None:
    written = 'href="&#3;9" and src="&#3;0" [Kok](../roles/kok.yaml) <a href="&#3;0">x</a>'
    assert html(written) == (
        '<p>href="\u24039" and src="\u24030" '
        '<a href="\x02roles/kok.html" rel="noopener noreferrer">Kok</a> <a>x</a></p>\n'
    )


def test_the_same_text_leads_elsewhere_in_another_language() -> None:
    text = "[Kok](../roles/kok.yaml), [weg](../roles/weg.yaml)"
    here = html(text)
    there = str(to_html(text, "policies/eten.yaml", lambda path: f"\x02en/{path}", 2))
    assert "\x02en/roles/kok.yaml" in there
    assert "\x02en/roles/weg.yaml" in there
    assert html(text) == here
