"""Places: the same as one would find by reading the file again for each finding."""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.places import TOP, Places
from orgcode.documents.facts import read_facts
from orgcode.documents.spots import find_spot
from orgcode.model.facts import identify
from orgcode.model.finding import Pointer, Spot
from orgcode.model.snapshot import Unreadable
from tests.checking.demo import demo

TEXT = b"""\
name: House
notes: |
  See [the plan](plan.md),
  or the plan.md of last year.
members:
- sara
- person: omar
ended:
"""


def pointers(value: object, here: Pointer = ()) -> Iterator[Pointer]:
    yield here
    if isinstance(value, dict):
        for key, item in value.items():
            yield from pointers(item, (*here, key))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from pointers(item, (*here, place))


def test_every_value_and_key_of_the_demo_stands_where_reading_again_finds_it() -> None:
    for path, content in demo().items():
        if identity := identify(path):
            places = Places(content)
            for pointer in pointers(read_facts(identity.kind, content).data):
                for on_key in (False, True):
                    again = find_spot(content, pointer, on_key=on_key)
                    assert places.spot(pointer, on_key=on_key) == again


def test_what_is_not_there_stands_where_what_would_hold_it_stands() -> None:
    places = Places(TEXT)
    assert places.spot(("members", 0, "person")) == Spot(6, 3)
    assert places.spot(("members", 1, "since")) == Spot(7, 3)
    assert places.spot(("parent",)) == TOP
    assert places.spot(("ended",)) == Spot(8, 1)


def test_words_within_a_text_are_found_wherever_the_search_was_before() -> None:
    places = Places(TEXT)
    assert places.spot(("notes",), within="last year") == Spot(4, 21)
    assert places.spot(("notes",), within="plan.md") == Spot(3, 18)
    assert places.spot(("notes",), within="sara") == Spot(2, 8)


def test_a_file_of_which_nothing_can_be_read_has_only_a_top() -> None:
    assert Places(Unreadable.LINK).spot(("name",)) == TOP
    assert Places(b"name: [").spot(("name",)) == TOP
