"""Text of a repository steers neither a terminal nor a workflow, in any format."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Literal

import pytest

from orgcode.i18n.translator import Translator
from orgcode.reporting.findings import report
from orgcode.reporting.terminal import escape_json, one_line, visible
from tests.reporting.findings import finding

ENGLISH = Translator("en")
FORMATS: tuple[Literal["text", "json", "github"], ...] = ("text", "json", "github")
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)

ATTACKS = {
    "clears the screen": "\x1b[2J\x1b[H",
    "paints an error green": "\x1b[32mall is well\x1b[0m",
    "sets the title of the window": "\x1b]0;owned\x07",
    "writes the clipboard": "\x1b]52;c;cm0gLXJm\x07",
    "uses the eight-bit escape": "\x9b31m",
    "overwrites the line": "innocent\rguilty",
    "takes back what was written": "guilty\b\b\b\b\b\bgood",
    "reverses the reading order": "\u202egnp.exe",
    "isolates the reading order": "\u2067abc\u2069",
    "hides in tag characters": "a\U000e0041\U000e0042",
    "is half a character": "\ud83d",
    "ends the string": "\x00 rest",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
@pytest.mark.parametrize("format", FORMATS)
def test_what_steers_a_terminal_is_shown(
    attack: str, format: Literal["text", "json", "github"]
) -> None:
    said = report([finding(attack, attack, path=f"roles/{attack}.yaml")], format, ENGLISH)
    assert not STEERING.search(said)


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_json_still_says_exactly_what_was_there(attack: str) -> None:
    data = json.loads(report([finding(attack)], "json", ENGLISH))
    assert data["findings"][0]["cause"] == attack


INJECTIONS = [
    "::set-output name=x::y",
    "a\n::error::forged",
    "a\r\n::add-mask::secret",
    "a\r::stop-commands::x",
    "x::error::y",
    "##[error]forged",
    "a\n##[set-env name=PATH]x",
    "%0A::error::forged",
    "%250A::error::forged",
    "a,line=1,title=forged::forged",
    "\u2028::error::forged",
    "\x85::error::forged",
    "\x0b::error::forged",
]


@pytest.mark.parametrize("text", INJECTIONS)
@pytest.mark.parametrize("count", [1, 12])
def test_repository_text_cannot_inject_a_workflow_command(text: str, count: int) -> None:
    said = report([finding(text, text, path=text)] * count, "github", ENGLISH)
    assert "##[" not in said
    commands = [line for line in said.splitlines() if line.lstrip().startswith("::")]
    assert len(commands) == min(count, 10)
    for command in commands:
        match = re.fullmatch(r"::error ([^:]*)::(.*)", command)
        assert match
        names = [part.partition("=")[0] for part in match[1].split(",")]
        assert names == ["file", "line", "col", "title"]
        if not STEERING.search(text) and "\u2028" not in text and "##[" not in text:
            assert _unescape(match[2]) == f"{text}\n{text}"
            assert _unescape(match[1].split(",")[0]) == f"file={text}"


@pytest.mark.parametrize("text", INJECTIONS)
def test_text_in_a_log_cannot_inject_a_workflow_command_either(text: str) -> None:
    said = report(
        [finding(f"Found {text}", f"Mend {text}", path=path) for path in (text, f"x{text}")],
        "text",
        ENGLISH,
    )
    assert "##[" not in said
    assert not [line for line in said.splitlines() if line.lstrip().startswith("::")]


def _unescape(text: str) -> str:
    """As GitHub's runner does it."""
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_naughty_strings_steer_nothing(real_data: Path) -> None:
    naughty = json.loads((real_data / "naughty-strings.json").read_bytes())
    for text in naughty:
        for format in FORMATS:
            said = report([finding(text, text)], format, ENGLISH)
            assert not STEERING.search(said), (text, format)
        data = json.loads(report([finding(text)], "json", ENGLISH))
        assert data["findings"][0]["cause"] == text


def test_plain_text_stays_as_it_is() -> None:
    text = "Zoë kookt voor Łukasz, 王 en 👩‍🍳;\tok\n"
    assert visible(text) == text
    assert escape_json(text) == text
    assert one_line("a\tb\nc") == "a b c"
