"""Whatever stands in the files, showing and listing it is harmless and never fails."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from orgcode.documents.loading import load
from orgcode.i18n.translator import Translator
from orgcode.model.entities import Thing
from orgcode.model.org import Org
from orgcode.model.snapshot import Files
from orgcode.reporting.labels import OWN, label
from orgcode.reporting.listing import report_list, report_list_as_json
from orgcode.reporting.things import report_thing, report_thing_as_json
from orgcode.reporting.values import Values
from tests.cli.conftest import ORGANISATION
from tests.reporting.test_hostile_text import STEERING

DAY = date(2027, 3, 1)
TRANSLATORS = (Translator("nl"), Translator("en"))


def organisation(**files: str) -> Org:
    content = ORGANISATION | {path.replace("__", "/") + ".yaml": it for path, it in files.items()}
    return load(Files({path: text.encode("utf-8") for path, text in content.items()}), DAY)


def test_naughty_strings_in_every_text_of_a_role(real_data: Path) -> None:
    strings = json.loads((real_data / "naughty-strings.json").read_bytes())
    org = organisation(**{f"roles__n{n}": role_called(text) for n, text in enumerate(strings)})
    read = [(org.roles[f"n{n}"], text) for n, text in enumerate(strings) if f"n{n}" in org.roles]
    assert len(read) > 500
    for translator in TRANSLATORS:
        listed = report_list([role for role, _ in read], org, translator)
        assert not STEERING.search(listed)
        assert len(listed.split("\n")) == len(read) + 2
        for role, text in read:
            shown = report_thing("role", "roles/n", role, org, translator, [text])
            assert not STEERING.search(shown), text
    for role, text in read:
        data = json.loads(report_thing_as_json("role", "roles/n", role, org, []))
        assert data["data"]["extra"] == {"own": text}


def role_called(text: str) -> str:
    quoted = '"' + "".join(f"\\U{ord(character):08X}" for character in text) + '"'
    return (
        f"name: {quoted}\ncircle: keuken\npurpose: {quoted}\nnotes: {quoted}\n"
        f"accountabilities: [{quoted}]\nextra: {{own: {quoted}}}\n"
    )


@pytest.mark.parametrize("translator", TRANSLATORS, ids=lambda translator: translator.language)
def test_numbers_that_json_lacks_are_text(translator: Translator) -> None:
    org = organisation(
        roles__kok="name: Kok\ncircle: keuken\npurpose: x\nextra: {a: .inf, b: .nan}\n"
    )
    role = org.roles["kok"]
    data = json.loads(report_thing_as_json("role", "roles/kok", role, org, []))
    assert [str(value) for value in data["data"]["extra"].values()] == ["inf", "nan"]
    assert report_thing("role", "roles/kok", role, org, translator, [])
    assert report_list_as_json("role", [role], org, Values(org, translator))


def test_every_field_of_every_kind_has_a_label_in_both_languages() -> None:
    org = organisation()
    assert org.organisation is not None
    things: list[Thing] = [org.organisation, org.circles["keuken"], org.roles["kok"]]
    things += [org.people["sara"], org.policies["afwas"], org.tensions["pannen"]]
    for thing in things:
        for translator in TRANSLATORS:
            shown = report_thing("role", "x", thing, org, translator, [])
            assert not re.search(r"^[A-Za-z]+_", shown, re.MULTILINE)
    dutch, english = ({key: label(key, org.ruleset, t) for key in OWN} for t in TRANSLATORS)
    same = {key for key in OWN if dutch[key] == english[key]}
    assert same == {"accounts", "contact", "emails", "forge", "links"}
