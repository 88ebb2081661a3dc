"""What is told of a change, whatever stands in the files."""

from __future__ import annotations

import json
import re

import pytest

from orgcode.changes.change import Change
from orgcode.checking.check import check, check_change
from orgcode.i18n.translator import Translator
from orgcode.law.affected_by import affected_by
from orgcode.law.shifts import shifts
from orgcode.reporting.changes import Form, Told, change_as_data, report_affected, report_change
from orgcode.reporting.json import write_json
from orgcode.reporting.markdown import in_markdown
from tests.attacks.mutations import sound, spoil
from tests.changes.test_applying import organisation
from tests.reporting.test_hostile_text import STEERING

SPOILT = 20
_MARKUP = re.compile(r"(?<!\\)<(?!!-- -->)")
"""A sign that begins markup, but for the empty comments that are ours."""


def told(before: int | None, after: int) -> Told:
    first = organisation(sound() if before is None else spoil(before))
    last = organisation(spoil(after))
    change = Change.between(first, last)
    return Told(
        change=change,
        affected=affected_by(change),
        shifts=shifts(change),
        appeared=(*check(last), *check_change(change)),
        vanished=check(first),
    )


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("first", range(0, SPOILT, 10))
def test_spoilt_files_are_told_without_a_word_that_steers(first: int, language: str) -> None:
    translator = Translator(language)
    for seed in range(first, first + 10):
        all_of_it = told(None if seed % 2 else seed + 1000, seed)
        forms: tuple[Form, ...] = ("text", "markdown")
        for form in forms:
            said = report_change(all_of_it, form, translator)
            said += report_affected(all_of_it, form, translator)
            assert not STEERING.search(said), seed
            assert not [line for line in said.splitlines() if line.lstrip().startswith("::")]
            assert form == "text" or not _MARKUP.search(said), seed
        data = json.loads(write_json(change_as_data(all_of_it, translator)))
        assert len(data["effects"]) == len(all_of_it.change.effects)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain words", "plain words"),
        ("a\nb", "a b"),
        ("<b>", "\\<b\\>"),
        ("[a](b)", "\\[a\\]\\(b\\)"),
        ("@team", "@<!-- -->team"),
        ("see #12", "see #<!-- -->12"),
        ("# title", "\\# title"),
        ("https://x.org", "https\\:\\/\\/x\\.org"),
        ("<!-- x -->", "\\<\\!\\-\\- x \\-\\-\\>"),
        ("\x1b[31m", "\\<U\\+001B\\>\\[31m"),
    ],
)
def test_in_markdown_nothing_has_a_meaning(text: str, written: str) -> None:
    assert in_markdown(text) == written
