"""What is kept comes back as it was, and bytes that nobody kept are refused."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgcode.checking.check import Found
from orgcode.checking.coding import found_in, plain_found
from orgcode.checking.rule import Share
from orgcode.documents.facts import read_facts
from orgcode.model.coding import (
    Coded,
    CodingError,
    decode,
    decode_facts,
    encode,
    encode_facts,
    from_plain,
    plain,
)
from orgcode.model.facts import identify
from orgcode.model.finding import Problem, Spot
from orgcode.model.message import Message, Word
from orgcode.model.snapshot import Unreadable
from tests.attacks.mutations import spoil

TEXTS = st.text(st.characters(codec=None), max_size=12)
"""With halves of surrogate pairs, as names of files may have them."""
WHOLE = st.integers(-(2**70), 2**70)
SCALARS = st.one_of(st.none(), st.booleans(), WHOLE, st.floats(allow_nan=False), TEXTS)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)


def _arguments(messages: st.SearchStrategy[Message]) -> st.SearchStrategy[object]:
    one = st.one_of(
        messages,
        st.builds(Word, key=TEXTS, many=st.booleans(), capital=st.booleans()),
        st.dates(),
        st.dictionaries(st.sampled_from(("nl", "en")), TEXTS),
        SCALARS,
    )
    return one | st.lists(one, max_size=4).map(tuple)


MESSAGES = st.recursive(
    st.builds(Message, id=TEXTS),
    lambda inner: st.builds(
        Message,
        id=TEXTS,
        plural=st.none() | TEXTS,
        count=st.none() | WHOLE,
        arguments=st.dictionaries(TEXTS, _arguments(inner), max_size=4),
    ),
    max_leaves=6,
)


@given(DATA)
def test_plain_data_comes_back(data: object) -> None:
    assert decode(encode(data)) == data


@given(_arguments(MESSAGES))
def test_every_kind_of_argument_comes_back(argument: object) -> None:
    assert from_plain(decode(encode(plain(argument)))) == argument


@given(MESSAGES)
def test_messages_come_back(message: Message) -> None:
    assert from_plain(decode(encode(plain(message)))) == message


@given(
    st.lists(
        st.builds(
            Found,
            rule=TEXTS,
            what=st.one_of(
                st.builds(Share, key=TEXTS, data=st.lists(_arguments(MESSAGES)).map(tuple)),
                st.builds(
                    Problem,
                    path=TEXTS,
                    cause=MESSAGES,
                    way_out=MESSAGES,
                    pointer=st.lists(TEXTS | st.integers(0, 99)).map(tuple),
                    on_key=st.booleans(),
                    within=TEXTS,
                    spot=st.none() | st.builds(Spot, st.integers(1, 99), st.integers(1, 99)),
                ),
            ),
        ),
        max_size=3,
    )
)
@settings(max_examples=50)
def test_what_was_found_comes_back(found: list[Found]) -> None:
    assert list(found_in(decode(encode(plain_found(found))))) == found


def test_facts_of_spoilt_files_come_back() -> None:
    kinds = set()
    for seed in range(40):
        for path, content in spoil(seed).items():
            identity = identify(path)
            if identity is not None:
                facts = read_facts(identity.kind, content)
                assert decode_facts(encode_facts(facts)) == facts, (seed, path)
                kinds.add(facts.kind)
    assert len(kinds) == 10


@pytest.mark.parametrize("why", list(Unreadable))
def test_facts_of_what_cannot_be_read_come_back(why: Unreadable) -> None:
    facts = read_facts("role", why)
    assert decode_facts(encode_facts(facts)) == facts


def test_numbers_of_any_length_and_names_that_are_no_text_come_back() -> None:
    for number in (2**63, 2**64 - 1, 2**64, -(2**63), -(2**63) - 1, 10**5000):
        assert decode(encode({"x": [number]})) == {"x": [number]}
    for text in ("\udcff", "\ud800", "é\udc80", "\ud83d\ude00"):
        assert decode(encode({text: [text, "é"]})) == {text: [text, "é"]}


@given(st.binary(max_size=60))
@settings(max_examples=300)
def test_other_bytes_are_refused_and_nothing_else_happens(content: bytes) -> None:
    for read in (decode, decode_facts):
        with suppress(CodingError):
            read(content)


@given(st.data())
@settings(max_examples=100)
def test_facts_with_altered_bytes_are_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(_FACTS)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(CodingError):
        decode_facts(bytes(content))


@pytest.mark.parametrize(
    "data", [5, ["role"], ["king", None, [], None], ["role", None, [], 5], ["role", 1, [["x"]], []]]
)
def test_data_that_is_no_facts_is_refused(data: object) -> None:
    with pytest.raises(CodingError):
        decode_facts(encode(data))


@given(DATA)
def test_data_that_is_nothing_of_ours_is_refused(data: Any) -> None:
    with suppress(CodingError):
        from_plain(data)


def test_what_has_no_place_in_a_message_is_no_plain_data() -> None:
    with pytest.raises(TypeError):
        plain(object())
    with pytest.raises(CodingError):
        from_plain(["d", "2027-02-30"])
    assert plain(date(2027, 3, 1)) == ["d", "2027-03-01"]


_FACTS = encode_facts(read_facts("role", b"name: 1\nholders: [nobody, sara\nseats: 9e9\n"))


ODD = "roles/\udcff.yaml"


@pytest.mark.parametrize("path", ["roles/kok.yaml", ODD])
def test_data_of_one_type_comes_back(path: str) -> None:
    coded = Coded(dict[str, tuple[int, str | None]])
    for number in (7, 2**70):
        data = {path: (number, None), "org.yaml": (0, path)}
        assert coded.decode(encode(data)) == data


@pytest.mark.parametrize("data", [[1], {"a": "b"}, {ODD: "b"}, {"a": [1, 2]}, None])
def test_data_of_another_type_is_refused(data: object) -> None:
    with pytest.raises(CodingError):
        Coded(dict[str, tuple[int, str | None]]).decode(encode(data))
