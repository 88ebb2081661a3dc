"""What names an entry of a response, so that answers and later entries can refer to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

_ADDED_LATER = frozenset({"evidence", "signature"})


def entry_digest(organisation: str, proposal: str, person: str, entry: Mapping[str, object]) -> str:
    """The SHA-256 of the canonical JSON (RFC 8785) of what a signature of the entry covers:
    organisation, proposal, person, and the entry without its evidence and signature.
    """
    covered = {
        "entry": {key: value for key, value in entry.items() if key not in _ADDED_LATER},
        "organisation": organisation,
        "person": person,
        "proposal": proposal,
    }
    return sha256(canonical_json(covered)).hexdigest()


def canonical_json(value: object) -> bytes:
    """The canonical JSON of a value made of mappings with ASCII keys, lists, texts and null.

    With ASCII keys their order by UTF-16 code unit, which RFC 8785 wants, is the order of Python.
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")
