"""The Dutch catalogue says everything, and nothing else, with the same holes."""

from __future__ import annotations

from string import Formatter

import pytest

from orgcode import resources
from orgcode.i18n.catalogue import compile_catalogue
from tests.i18n.extraction import unwritten
from tests.i18n.update_catalogue import CATALOGUE, Key, read, wanted, written

DUTCH = read(CATALOGUE)
SAID = list(wanted())


def holes(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_every_sentence_is_written_where_it_can_be_found() -> None:
    assert unwritten() == ()


def test_every_sentence_is_translated() -> None:
    assert [key for key in SAID if key not in DUTCH] == []


def test_nothing_is_translated_that_is_no_longer_said() -> None:
    assert [key for key in DUTCH if key not in set(SAID)] == []


@pytest.mark.parametrize("key", list(DUTCH), ids=repr)
def test_a_translation_has_the_holes_of_its_sentence(key: Key) -> None:
    translation = DUTCH[key]
    if isinstance(key, str):
        assert isinstance(translation, str)
        assert holes(translation) == holes(key)
        return
    one, many = key
    assert isinstance(translation, tuple)
    assert len(translation) == 2
    assert holes(translation[0]) - {"count"} == holes(one) - {"count"}
    assert holes(translation[1]) == holes(many)


def test_the_catalogue_is_sorted_as_the_update_command_writes_it() -> None:
    assert CATALOGUE.read_bytes() == written(DUTCH)


def test_the_catalogue_compiles() -> None:
    source = resources.read_catalogue("nl", "po")
    assert source is not None
    assert compile_catalogue(source)[:4] in {b"\xde\x12\x04\x95", b"\x95\x04\x12\xde"}
