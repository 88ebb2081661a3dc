"""Whose signature it is, by the keys in people/, and on which days it counts."""

from __future__ import annotations

from datetime import date

import pytest

from orgcode.adapters.signing.proving import proven_by, signer, witnessed_by
from orgcode.model.entities import Person, Witness
from orgcode.model.message import Message
from orgcode.model.org import Org
from tests.adapters.signing.openssh import Making, Pair
from tests.law.small import organisation

TEXT = b"what was said"
DAY = date(2027, 3, 1)


def house(**keys: str) -> Org:
    """People with what stands under their `keys`."""
    return organisation(
        {f"people/{id}.yaml": f"name: {id.title()}\nkeys:\n{text}" for id, text in keys.items()}
    )


def entry(pair: Pair, **days: str) -> str:
    more = "".join(f"    {name}: {day}\n" for name, day in days.items())
    return f"  - key: {pair.line}\n{more}"


def signed(pair: Pair) -> str:
    return Making(pair=pair, text=TEXT).line()


def said(found: object) -> str:
    assert isinstance(found, Message)
    return found.id


def test_a_person_signs_for_themselves(pairs: dict[str, Pair]) -> None:
    org = house(kim=entry(pairs["ed25519"]), rob=entry(pairs["p256"]))
    for name, id in (("ed25519", "kim"), ("p256", "rob")):
        assert proven_by(org, id, None, TEXT, signed(pairs[name]), [DAY]) == id
        found = signer(org, TEXT, signed(pairs[name]), [DAY])
        assert isinstance(found, Person)
        assert found.id == id


def test_who_recorded_it_signs_for_it(pairs: dict[str, Pair]) -> None:
    org = house(kim=entry(pairs["ed25519"]), rob=entry(pairs["p256"]))
    assert proven_by(org, "rob", "kim", TEXT, signed(pairs["ed25519"]), [DAY]) == "kim"
    assert proven_by(org, "rob", "kim", TEXT, signed(pairs["p256"]), [DAY]) == "rob"


def test_another_persons_key_proves_nothing(pairs: dict[str, Pair]) -> None:
    org = house(kim=entry(pairs["ed25519"]), rob=entry(pairs["p256"]))
    found = proven_by(org, "rob", "mia", TEXT, signed(pairs["ed25519"]), [DAY])
    assert said(found) == "It is made with a key of {person}."


def test_a_key_that_is_not_listed_proves_nothing(pairs: dict[str, Pair]) -> None:
    org = house(kim=entry(pairs["ed25519"]))
    assert "not listed" in said(proven_by(org, "kim", None, TEXT, signed(pairs["p256"]), [DAY]))


@pytest.mark.parametrize("second", ["", " another remark"])
def test_a_key_at_two_people_proves_nothing(second: str, pairs: dict[str, Pair]) -> None:
    bare = " ".join(pairs["ed25519"].line.split(" ")[:2])
    over = f"  - key: {bare}{second}\n    until: 2020-01-01\n"
    org = house(kim=entry(pairs["ed25519"]), rob=over)
    for id in ("kim", "rob"):
        found = proven_by(org, id, None, TEXT, signed(pairs["ed25519"]), [DAY])
        assert said(found) == "The key {key} stands at several people: {people}."


@pytest.mark.parametrize(
    ("days", "counts"),
    [
        ({}, True),
        ({"since": "2027-03-01"}, True),
        ({"since": "2027-03-02"}, False),
        ({"until": "2027-03-01"}, True),
        ({"until": "2027-02-28"}, False),
        ({"since": "2027-03-01", "until": "2027-03-01"}, True),
        ({"since": "2027-04-01", "until": "2027-02-01"}, False),
    ],
)
def test_a_key_counts_from_its_first_day_to_its_last(
    days: dict[str, str], counts: bool, pairs: dict[str, Pair]
) -> None:
    org = house(kim=entry(pairs["ed25519"], **days))
    found = proven_by(org, "kim", None, TEXT, signed(pairs["ed25519"]), [DAY])
    assert (found == "kim") is counts
    if not counts:
        assert said(found) == "The key of {person} ({key}) does not count on {day}."


def test_a_key_counts_on_all_days_that_matter(pairs: dict[str, Pair]) -> None:
    org = house(kim=entry(pairs["ed25519"], until="2027-03-01"))
    line = signed(pairs["ed25519"])
    assert proven_by(org, "kim", None, TEXT, line, [date(2027, 2, 1), DAY]) == "kim"
    found = proven_by(org, "kim", None, TEXT, line, [DAY, date(2027, 3, 2)])
    assert isinstance(found, Message)
    assert found.arguments["day"] == date(2027, 3, 2)


def test_a_key_that_came_back_counts_in_both_its_times(pairs: dict[str, Pair]) -> None:
    pair = pairs["ed25519"]
    twice = entry(pair, until="2026-12-31") + entry(pair, since="2027-03-01")
    org, line = house(kim=twice), signed(pair)
    assert proven_by(org, "kim", None, TEXT, line, [date(2026, 5, 5), DAY]) == "kim"
    assert isinstance(proven_by(org, "kim", None, TEXT, line, [date(2027, 2, 1)]), Message)


def test_what_was_altered_or_is_no_signature_proves_nothing(pairs: dict[str, Pair]) -> None:
    org, line = house(kim=entry(pairs["ed25519"])), signed(pairs["ed25519"])
    assert "altered" in said(proven_by(org, "kim", None, TEXT + b".", line, [DAY]))
    assert "no signature" in said(proven_by(org, "kim", None, TEXT, "x", [DAY]))


def test_a_witness_is_known_by_its_key(pairs: dict[str, Pair]) -> None:
    witnesses = [
        Witness(name="old", key=pairs["p256"].line, until=date(2027, 2, 1)),
        Witness(name="server", key=pairs["ed25519"].line, since=DAY),
    ]
    assert witnessed_by(witnesses, TEXT, signed(pairs["ed25519"]), DAY) == "server"
    for name, day in (("p256", DAY), ("ed25519", date(2027, 2, 28)), ("other", DAY)):
        assert "not listed" in said(witnessed_by(witnesses, TEXT, signed(pairs[name]), day))
    assert witnessed_by(witnesses, TEXT, signed(pairs["p256"]), date(2027, 1, 1)) == "old"
