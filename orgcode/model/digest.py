"""Digests over canonical JSON (RFC 8785): of an entry of a response, so that answers, later entries
and signatures can refer to it; of a change, so that a response holds for that change and no other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

import rfc8785

_ADDED_LATER = frozenset({"evidence", "signature"})
_NOT_OF_THE_CHANGE = frozenset({"answers", "opened", "outcome"})
_EXACT = 2**53


class ChangedFile(NamedTuple):
    """A file that a change touches: its mode afterwards and the SHA-256 of its content before and
    after, in hexadecimal digits; None where there is no file.
    """

    path: str
    mode: str | None
    before: str | None
    after: str | None


def signed_text(
    organisation: str, proposal: str, person: str, entry: Mapping[str, object]
) -> bytes:
    """What a signature of an entry covers: canonical JSON of the organisation's id, the proposal's
    id, the person's id, and the entry without its evidence and signature.
    """
    return canonical_json(
        {
            "entry": {key: value for key, value in entry.items() if key not in _ADDED_LATER},
            "organisation": organisation,
            "person": person,
            "proposal": proposal,
        }
    )


def entry_digest(organisation: str, proposal: str, person: str, entry: Mapping[str, object]) -> str:
    """The SHA-256 of what a signature of the entry covers."""
    return sha256(signed_text(organisation, proposal, person, entry)).hexdigest()


def change_digest(
    organisation: str, proposal: str, record: Mapping[str, object], files: Iterable[ChangedFile]
) -> str:
    """What a response binds to: the SHA-256 over organisation, proposal, the parsed proposal.yaml
    without its answers, opening and outcome, and the files that the change touches outside
    proposals/, in the order of the bytes of their paths.
    """
    rows = sorted(files, key=lambda file: file.path.encode("utf-8", "surrogateescape"))
    return sha256(
        canonical_json(
            {
                "files": [list(row) for row in rows],
                "organisation": organisation,
                "proposal": proposal,
                "record": {k: v for k, v in record.items() if k not in _NOT_OF_THE_CHANGE},
            }
        )
    ).hexdigest()


def canonical_json(value: object) -> bytes:
    """The canonical JSON of parsed YAML. What JSON cannot hold (integers that are not exact in a
    double, infinity, half of a surrogate pair) is put down as text, so that every document has one.
    """
    return rfc8785.dumps(_plain(value))


def _plain(value: object) -> Any:
    if isinstance(value, Mapping):
        return {_text(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if -_EXACT < value < _EXACT else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    return _text(str(value))


def _text(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
