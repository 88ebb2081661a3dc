"""Whose signature an entry bears. Signatures themselves are held to OpenSSH elsewhere: here each
one simply names the key that it is made with.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from orgcode.documents.loading import load
from orgcode.law.signers import day_of, signer
from orgcode.model.entities import Response
from orgcode.model.message import Message, message
from orgcode.model.org import Org
from orgcode.model.snapshot import Files
from tests.law.small import DAY, HOUSE

NOW = datetime(2027, 3, 10, tzinfo=UTC)
KIM, SAM, BOTH = "ssh-ed25519 AAAAkim", "ssh-ed25519 AAAAsam", "ssh-ed25519 AAAAboth"
TWICE = "ssh-ed25519 AAAAtwice"
"""A key that kim laid down and took up again."""


def org() -> Org:
    keys = (
        f"[{{key: {KIM}, since: 2027-03-02}}, {{key: {BOTH}}},"
        f" {{key: {TWICE} old, until: 2027-02-01}}, {{key: {TWICE} new, since: 2027-03-01}}]"
    )
    people = {
        "people/kim.yaml": f"name: Kim\nkeys: {keys}\n",
        "people/sam.yaml": f"name: Sam\nkeys: [{{key: {SAM} desk, until: 2027-03-05}}]\n",
        "people/rob.yaml": f"name: Rob\nkeys: [{{key: {BOTH} other}}]\n",
    }
    texts = {**HOUSE, **people}
    return load(Files({path: text.encode() for path, text in texts.items()}), DAY)


def entry(signature: str | None, at: str, recorded_by: str | None = None) -> Response:
    return Response(
        proposal="p",
        person="kim",
        stance="consent",
        change="0" * 64,
        at=at,
        after=None,
        path="",
        pointer=(0,),
        recorded_by=recorded_by,
        signature=signature,
    )


def verify(text: bytes, signature: str, keys: Iterable[str]) -> str | Message:
    assert text == b"text"
    return next((key for key in keys if key.startswith(signature)), message("{who}", who="nobody"))


def signed(
    signature: str | None, at: str, recorded_by: str | None = None, *, seen: int | None = None
) -> tuple[str | None, str | None]:
    seen_at = None if seen is None else datetime(2027, 3, seen, tzinfo=UTC)
    said = entry(signature, at, recorded_by)
    person, flaw = signer(org(), said, b"text", verify, seen_at=seen_at, now=NOW)
    return person, None if flaw is None else flaw.id


@pytest.mark.parametrize(
    ("signature", "at", "recorded_by", "seen", "person", "why"),
    [
        (None, "2027-03-03T12:00:00Z", None, None, None, None),
        (KIM, "2027-03-03T12:00:00Z", None, None, "kim", None),
        (KIM, "2027-03-02T00:00:00Z", None, None, "kim", None),
        (KIM, "2027-03-01T12:00:00Z", None, None, None, "not valid"),
        (TWICE, "2027-03-03T12:00:00Z", None, None, "kim", None),
        (TWICE, "2027-02-03T12:00:00Z", None, None, None, "not valid"),
        (TWICE, "2027-01-03T12:00:00Z", None, None, "kim", None),
        (KIM, "2027-03-03T12:00:00Z", None, 1, None, "not valid"),
        (KIM, "2027-02-30T12:00:00Z", None, None, None, "not valid"),
        (SAM, "2027-03-03T12:00:00Z", None, None, None, "{who}"),
        (SAM, "2027-03-03T12:00:00Z", "sam", None, None, "not valid"),
        (SAM, "2027-03-03T12:00:00Z", "sam", 5, "sam", None),
        (SAM, "2027-03-03T12:00:00Z", "sam", 6, None, "not valid"),
        (KIM, "2027-03-03T12:00:00Z", "nobody", None, "kim", None),
        (BOTH, "2027-03-03T12:00:00Z", None, None, None, "several people"),
    ],
)
def test_whose_signature_it_is(
    signature: str | None,
    at: str,
    recorded_by: str | None,
    seen: int | None,
    person: str | None,
    why: str | None,
) -> None:
    found, flaw = signed(signature, at, recorded_by, seen=seen)
    assert found == person
    assert (flaw is None) == (why is None)
    assert why is None or why in (flaw or "")


def test_days_of_moments() -> None:
    assert day_of("2027-03-01T23:30:00Z") == DAY
    assert day_of("2027-02-28T23:30:00-01:00") == DAY
    assert day_of("0001-01-01T00:00:00+14:00") is None
    assert day_of("soon") is None


def test_the_day_on_which_a_key_was_not_valid_is_told() -> None:
    for at, told in (("2027-03-01T12:00:00Z", DAY), ("2027-02-30T12:00:00Z",) * 2):
        _, flaw = signer(org(), entry(KIM, at), b"text", verify, seen_at=None, now=NOW)
        assert flaw is not None
        assert flaw.arguments["day"] == told
