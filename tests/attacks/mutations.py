"""Organisations spoilt at random, always the same for a seed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import cache
from random import Random
from typing import Any

import yaml

from orgcode.actions.demo_files import demo_files
from orgcode.model.snapshot import Unreadable
from tests.checking.demo import DAY
from tests.documents.samples import SAMPLES

Spoilt = dict[str, bytes | Unreadable]

_PLACES = {
    "circle": "circles/zorg.yaml",
    "role": "roles/kok-twee.yaml",
    "person": "people/els.yaml",
    "policy": "policies/huisregels.yaml",
    "agreement": "agreements/gesprek.yaml",
    "objective": "objectives/eters.yaml",
    "tension": "tensions/pannen.yaml",
    "proposal": "proposals/2027-01-01-pan/proposal.yaml",
    "response": "proposals/2027-01-01-pan/responses/els.yaml",
}
_BYTES = (b":", b"#", b"\t", b" ", b"\n", b"- ", b"'", b'"', b"{", b"]", b"&", b"*", b"\xff", b"\0")
_TEXTS = ("", " ", "~", "null", "0", "-1", "9" * 400, "1/0", "0/0", "1/2", "> 1/0", ">= 0/5", "3/2")
_TIMES = ("0 days", "9" * 30 + " days", "999999999 years", "0 weeks", "11 months", "1 day")
_DATES = ("0001-01-01", "9999-12-31", "2027-02-29", "2027-03-01", "2028-02-29", "1-3-2027")
_REFERENCES = ("all", "members", "affected", "subject", "anchor-members", "parent-members")
_HOSTILE = ("<script>alert(1)</script>", "\x1b[31m", "\u202e", "[a](../roles/kok.yaml)", "a\nb::c")
_PARTIES = ("circle:none", "role:none", "core:none", "core:lead", "circle:buurt", "role:verhalen")
_ADDRESSES = ("buurt", "buurt/lead", "none", "none/lead", "verhalen", "buurt#none", "#", "/", "..")
_ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 10**30, 1.5, float("inf"), float("nan"), [], {}, [[]], [None]),
    *({"nl": "x"}, {"nl": ""}, {"person": "sara"}, {"on": "2027-01-01"}, ["a"] * 40),
    *_TEXTS,
    *_TIMES,
    *_DATES,
    *_REFERENCES,
    *_HOSTILE,
    *_PARTIES,
    *_ADDRESSES,
)


@cache
def sound() -> Mapping[str, bytes]:
    """The demo, and a file of each kind that uses every field."""
    samples = {path: SAMPLES[kind].encode() for kind, path in _PLACES.items()}  # type: ignore[index]
    return {**demo_files(DAY), **samples}


@cache
def _values() -> Mapping[str, tuple[Any, ...]]:
    """What the sound files say under each key, so that it can be said elsewhere."""
    found: dict[str, list[Any]] = {}
    for path, content in sound().items():
        if path.endswith(".yaml"):
            for container, key in _spots(yaml.load(content, yaml.BaseLoader)):  # noqa: S506
                if isinstance(key, str):
                    found.setdefault(key, []).append(container[key])
    found.setdefault("decision_rules", []).extend(
        [[_rule(Random(seed)) for _ in range(seed % 5)] for seed in range(60)]  # noqa: S311
    )
    return {key: tuple(values) for key, values in found.items()}


def spoil(seed: int) -> Spoilt:
    """The sound files after a few mishaps."""
    random = Random(seed)  # noqa: S311
    files: Spoilt = dict(sound())
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        mishap = random.choice((_bytes, _lines, _structure, _structure, _structure, _file))
        paths = [path for path, content in files.items() if isinstance(content, bytes)]
        path = "org.yaml" if random.random() < 0.2 and "org.yaml" in files else random.choice(paths)
        if isinstance(files[path], bytes):
            mishap(random, files, path)
    return files


def _bytes(random: Random, files: Spoilt, path: str) -> None:
    content = _content(files, path)
    for _ in range(random.choice((1, 1, 5))):
        begin = random.randrange(len(content) + 1)
        end = begin + random.choice((0, 0, 1, 1, 3, 30))
        content = content[:begin] + random.choice((*_BYTES, b"")) + content[end:]
    files[path] = content[: random.randrange(len(content))] if random.random() < 0.1 else content


def _lines(random: Random, files: Spoilt, path: str) -> None:
    lines = _content(files, path).split(b"\n")
    here, there = random.randrange(len(lines)), random.randrange(len(lines))
    change: Callable[[], object] = random.choice(
        (
            lambda: lines.pop(here),
            lambda: lines.insert(there, lines[here]),
            lambda: lines.__setitem__(here, b"  " + lines[here]),
            lambda: lines.__setitem__(here, lines[here].removeprefix(b"  ")),
            lambda: lines.__setitem__(here, lines[here].replace(b": ", b":")),
            lambda: lines.__setitem__(here, b"\t" + lines[here].lstrip()),
            lambda: lines.insert(here, b"---"),
        )
    )
    change()
    files[path] = b"\n".join(lines)


def _structure(random: Random, files: Spoilt, path: str) -> None:
    try:
        data = yaml.load(_content(files, path), yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, UnicodeDecodeError):
        return
    for _ in range(random.choice((1, 1, 2, 6))):
        spots = list(_spots(data))
        if not spots:
            return
        container, key = random.choice(spots)
        same = _values().get(key, ()) if isinstance(key, str) else ()
        what = random.random()
        if what < 0.15:
            del container[key]
        elif what < 0.3 and isinstance(container, dict):
            more = random.choice(tuple(_values()))
            container[more] = deepcopy(random.choice(_values()[more]))
        elif what < 0.4 and isinstance(container, list):
            container[:] = deepcopy(container * random.choice((2, 20)))
        elif what < 0.7 and same:
            container[key] = deepcopy(random.choice(same))
        else:
            container[key] = deepcopy(random.choice(_ODD))
    files[path] = json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _file(random: Random, files: Spoilt, path: str) -> None:
    other = random.choice(tuple(files))
    match random.randrange(5):
        case 0:
            del files[path]
        case 1:
            files[path] = random.choice(tuple(Unreadable))
        case 2:
            files[path] = files[other]
        case 3:
            folder, _, name = path.rpartition("/")
            renamed = random.choice((name.upper(), "x" * 64 + ".yaml", "a b.yaml", "index.yaml"))
            files[f"{folder}/{renamed}" if folder else renamed] = files.pop(path)
        case 4:
            folder = random.choice(tuple(_PLACES.values())).rpartition("/")[0]
            files[f"{folder}/{path.rpartition('/')[2]}"] = files[path]


def _rule(random: Random) -> dict[str, Any]:
    fields: dict[str, tuple[Any, ...]] = {
        "for": ("role", ["role", "policy"], "governance", "assignment.core", "none", "", [], None),
        "by": ("advice", "consent", "consensus", "vote", "role", "king"),
        "of": (*_REFERENCES, *_PARTIES, [*_REFERENCES], list(_PARTIES), [], None, ["all"] * 50),
        "open_for": (*_TIMES, 3, None, ""),
        "quorum": ("1/2", "1/0", "0/1", "9/2", 0, 1, -1, 10**30, "9" * 5000, "x", None),
        "silence": ("consents", "blocks", "no", True),
        "threshold": ("> 1/2", ">= 1", "> 1/0", ">= 0/1", "> 2/1", "1/2", ">  1/2", 0.5, None),
        "recuse": ([], ["subject"], ["proposer", "subject"], "subject", [None]),
        "early": (True, False, "yes", None),
        "where": ({}, {"kind": "authority"}, {"circle": "none"}, {"x": []}, None, "kind"),
        "otherwise": (None, {}, {"after": "1 day", "by": "vote"}, {"by": "role", "of": "core:x"}),
    }
    return {key: random.choice(fields[key]) for key in fields if random.random() < 0.7}


def _spots(data: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(data, dict | list):
        for key in list(data) if isinstance(data, dict) else range(len(data)):
            yield data, key
            yield from _spots(data[key])


def _content(files: Spoilt, path: str) -> bytes:
    content = files[path]
    return content if isinstance(content, bytes) else b""
