"""Files edited at random as people edit them: what comes out can be read nearly always."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from random import Random
from typing import Any

import yaml

from tests.attacks.mutations import sound

_DAYS = ("2026-01-01", "2027-02-28", "2027-03-01", "2027-12-31", "2030-06-01")
_BARE = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z|true\Z|false\Z|null\Z")
_NAMES = ("Sara", "Nieuw", "a", "Zorgen voor elkaar\n\nen meer")


def edited(seed: int, files: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """The sound files, or these, after a few edits that leave them sound in shape."""
    random = Random(seed)  # noqa: S311
    result = dict(files or sound())
    for _ in range(random.choice((1, 1, 2, 4, 10))):
        path = random.choice(sorted(result))
        if not path.endswith(".yaml"):
            result[path] = result[path] + b"\nmore\n"
            continue
        data = _data(result[path])
        if random.random() < 0.15:
            _file(random, result, path, data)
            continue
        for _ in range(random.choice((1, 1, 3))):
            _edit(random, data, _values()[_sort(path)])
        result[path] = _written(data)
    return result


def _file(random: Random, files: dict[str, bytes], path: str, data: Any) -> None:
    folder, _, name = path.rpartition("/")
    other = f"{folder}/x{random.randrange(10**6)}.yaml"
    match random.randrange(4):
        case 0:
            del files[path]
        case 1 if folder in {"roles", "circles", "people", "policies", "objectives", "tensions"}:
            data["aliases"] = [*data.get("aliases", ()), name.removesuffix(".yaml")]
            files[other] = _written(data)
            if random.random() < 0.5:
                del files[path]
            else:
                old = _data(files[path])
                old["ended"] = {"on": random.choice(_DAYS)}
                files[path] = _written(old)
        case 2 if folder and not folder.startswith("proposals"):
            files[other] = files[path]
        case _:
            files[path] = _written(data)


def _edit(random: Random, data: Any, values: Mapping[str, tuple[Any, ...]]) -> None:
    spots = [spot for spot in _spots(data) if isinstance(spot[0], list | dict)]
    if not spots:
        return
    container, key = random.choice(spots)
    value = container[key]
    match random.randrange(8):
        case 0 if isinstance(container, dict):
            del container[key]
        case 1 if isinstance(value, list):
            random.shuffle(value)
        case 2 if isinstance(value, list) and value:
            value.pop(random.randrange(len(value)))
        case 3 if isinstance(value, list) and value:
            value.insert(random.randrange(len(value) + 1), deepcopy(random.choice(value)))
        case 4 if isinstance(key, str) and key in values:
            container[key] = deepcopy(random.choice(values[key]))
        case 5 if isinstance(data, dict):
            more = random.choice(tuple(values))
            data[more] = deepcopy(random.choice(values[more]))
        case 6 if isinstance(value, list) and all(_is_holder(item) for item in value):
            _hold(random, value)
        case 7 if isinstance(value, list):
            value.clear()
        case _ if isinstance(value, str):
            is_day = isinstance(key, str) and (key.endswith("_on") or key in {"until", "since"})
            container[key] = random.choice(_DAYS if is_day else _NAMES)


def _hold(random: Random, holders: list[Any]) -> None:
    place = random.randrange(len(holders) + 1)
    person = random.choice(("sara", "els", "omar", "nieuw"))
    if place == len(holders):
        holders.append({"person": person, random.choice(("since", "until")): random.choice(_DAYS)})
        return
    old = holders[place]
    entry = dict(old) if isinstance(old, dict) else {"person": old}
    key = random.choice(("since", "until", "focus", "hours", "person"))
    if key in entry and key != "person":
        del entry[key]
    else:
        entry[key] = {"focus": "x", "hours": "3", "person": person}.get(key, random.choice(_DAYS))
    holders[place] = entry["person"] if list(entry) == ["person"] and place % 2 else entry


def _is_holder(item: Any) -> bool:
    return isinstance(item, str) or (isinstance(item, dict) and "person" in item)


@cache
def _values() -> Mapping[str, Mapping[str, tuple[Any, ...]]]:
    """What the sound files of each sort say under the keys of their top."""
    found: dict[str, dict[str, list[Any]]] = {}
    for path, content in sound().items():
        if path.endswith(".yaml"):
            keys = found.setdefault(_sort(path), {})
            data = _data(content)
            for entry in data if isinstance(data, list) else [data]:
                for key, value in entry.items():
                    keys.setdefault(key, []).append(value)
    return {
        sort: {key: tuple(values) for key, values in keys.items()} for sort, keys in found.items()
    }


def _sort(path: str) -> str:
    """The folder of a file; proposals and responses have one for each sort."""
    return path.split("/")[0] + ("/responses" if "/responses/" in path else "")


def _spots(data: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(data, dict | list):
        for key in list(data) if isinstance(data, dict) else range(len(data)):
            yield data, key
            yield from _spots(data[key])


def _data(content: bytes) -> Any:
    return yaml.load(content, yaml.BaseLoader)  # noqa: S506


def _written(data: Any) -> bytes:
    return _flow(data).encode()


def _flow(data: Any) -> str:
    """As YAML, with numbers and the like as they were written."""
    if isinstance(data, dict):
        return "{" + ",\n ".join(f"{json.dumps(k)}: {_flow(v)}" for k, v in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(_flow, data)) + "]"
    return data if _BARE.match(data) else json.dumps(data, ensure_ascii=False)
