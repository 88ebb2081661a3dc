"""What people commonly get wrong, and the way out that they are shown."""

from __future__ import annotations

import pytest

from orgcode.checking.check import check
from orgcode.documents.loading import load
from orgcode.i18n.translator import Translator
from orgcode.model.snapshot import Files
from tests.checking.demo import DAY
from tests.cli.conftest import ORGANISATION

HEAD = "name: Kok\ncircle: keuken\npurpose: Eten\n"


@pytest.mark.parametrize(
    ("path", "content", "way_out"),
    [
        ("roles/kok.yaml", f"{HEAD}holders: sara\n", "Schrijf in plaats daarvan [sara]."),
        (
            "roles/kok.yaml",
            f"{HEAD}holders: sara, omar\n",
            "Schrijf in plaats daarvan [sara, omar].",
        ),
        ("roles/kok.yaml", "name:Kok\ncircle: keuken\n", "Schrijf in plaats daarvan name: Kok."),
        (
            "roles/kok.yaml",
            f"{HEAD}holders: [{{person: sara, since: 1-3-2027}}]\n",
            "Schrijf in plaats daarvan 2027-03-01.",
        ),
        ("roles/Bakker.yml", HEAD, "Noem het roles/bakker.yaml."),
        ("roles/bakker.yaml.txt", HEAD, "Noem het roles/bakker.yaml."),
        ("roles/hoofd bakker.YAML", HEAD, "Noem het roles/hoofd-bakker.yaml."),
    ],
)
def test_the_way_out_says_what_to_write(path: str, content: str, way_out: str) -> None:
    files = {name: text.encode() for name, text in {**ORGANISATION, path: content}.items()}
    translator = Translator("nl")
    found = [each for each in check(load(Files(files), DAY)) if each.path == path]
    assert way_out in [translator.say(each.way_out) for each in found]
