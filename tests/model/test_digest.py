"""What is signed and what names an entry or a change: the same for what means the same."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from orgcode.model.digest import (
    ChangedFile,
    canonical_json,
    change_digest,
    entry_digest,
    signed_text,
)

ENTRY = {"stance": "consent", "change": "a", "at": "2027-01-01T00:00:00Z", "after": None}
RECORD = {"title": "Soup", "proposer": "mia", "because": "We are hungry."}
FILES = (
    ChangedFile("roles/soup.yaml", "100644", None, "1"),
    ChangedFile("people/mia.yaml", None, "2", None),
)


def test_a_signature_covers_where_by_whom_and_all_but_what_is_added_later() -> None:
    text = signed_text("org", "p", "mia", {**ENTRY, "evidence": {"id": 1}, "signature": "x"})
    assert text == signed_text("org", "p", "mia", ENTRY)
    assert json.loads(text) == {
        "organisation": "org",
        "proposal": "p",
        "person": "mia",
        "entry": ENTRY,
    }
    assert entry_digest("org", "p", "mia", ENTRY) == sha256(text).hexdigest()


def test_a_response_binds_to_all_of_the_change_and_to_nothing_that_comes_later() -> None:
    bound = change_digest("org", "p", RECORD, FILES)
    later = {"answers": [{"to": "x", "text": "Well."}], "opened": {"at": "x"}, "outcome": "x"}
    assert change_digest("org", "p", {**RECORD, **later}, reversed(FILES)) == bound
    others = [
        change_digest("other", "p", RECORD, FILES),
        change_digest("org", "q", RECORD, FILES),
        change_digest("org", "p", {**RECORD, "because": "We are not."}, FILES),
        change_digest("org", "p", RECORD, FILES[:1]),
        *(
            change_digest("org", "p", RECORD, (FILES[0]._replace(**{name: "x"}), FILES[1]))
            for name in ChangedFile._fields
        ),
    ]
    assert len({bound, *others}) == len(others) + 1


def test_files_are_taken_in_the_order_of_the_bytes_of_their_paths() -> None:
    """As UTF-8, not as UTF-16 would have it."""
    files = [
        ChangedFile(path, "100644", None, "1")
        for path in ("pages/\uff5e.md", "pages/\U0001f600.md", "pages/a.md")
    ]
    text = canonical_json(
        {
            "files": [list(file) for file in (files[2], files[0], files[1])],
            "organisation": "org",
            "proposal": "p",
            "record": RECORD,
        }
    )
    assert change_digest("org", "p", RECORD, files) == sha256(text).hexdigest()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": [True, None, "x"]}, b'{"a":[true,null,"x"],"b":1}'),
        ((1, 2), b"[1,2]"),
        (1.5, b"1.5"),
        (2**53 - 1, b"9007199254740991"),
        (2**53, b'"9007199254740992"'),
        (1 - 2**53, b"-9007199254740991"),
        (-(2**53), b'"-9007199254740992"'),
        (float("inf"), b'"inf"'),
        (float("nan"), b'"nan"'),
        ("\udc80", b'"\\\\udc80"'),
        ({"\udc80": 1}, b'{"\\\\udc80":1}'),
        ({1: 1}, b'{"1":1}'),
    ],
)
def test_every_document_has_one_text(value: object, written: bytes) -> None:
    assert canonical_json(value) == written
