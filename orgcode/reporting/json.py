"""Answers for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from orgcode.reporting.terminal import escape_json


def write_json(data: object) -> str:
    """Data as JSON: readable, and with nothing in it that steers a terminal."""
    return escape_json(json.dumps(_plain(data), indent=2, ensure_ascii=False)) + "\n"


def _plain(value: object) -> object:
    """What JSON can hold: mappings and sequences of any kind, and dates as they are written."""
    match value:
        case Mapping():
            return {str(key): _plain(part) for key, part in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(part) for part in value]
        case date():
            return value.isoformat()
        case float() if value != value or value in {float("inf"), float("-inf")}:
            return str(value)
    return value
