"""Names of other systems become ids: deterministic, without collisions, and as stable as can be.

The mapping, which the guide tells to people too:

1. Capitals become small letters. Where that is an id, it is the id: `BoxyUwU` → `boxyuwu`.
2. Otherwise what can stand in an id is kept, and eight digits made of the name are put behind it:
   `foo_bar` → `foo-bar-4928cae8`. So a name gets the same id whatever other names there are.
3. Where two names get the same id, the one that is spelled just so keeps it; the others get digits
   too. Where even the digits are the same, they get more of them.
4. With a history, ids are allotted once for all of it: `register.py` tells in which order.

A name of several parts, such as (team, role), is spelled with hyphens between them, unless it is
said how to spell it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import sha256

from orgcode.model.facts import MAX_ID, is_id

_SHORTEST_DIGEST = 8
_LONGEST_DIGEST = MAX_ID


def assign_ids(
    names: Iterable[tuple[str, ...]],
    spell: Callable[[tuple[str, ...]], str] = "-".join,
    used: Collection[str] = (),
) -> Mapping[tuple[str, ...], str]:
    """The id of each name, none of those that are used already. Names are parts; most have one:
    `("BoxyUwU",)`.
    """
    wishes: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for name in dict.fromkeys(names):
        wish = spell(name).lower()
        wishes[wish if is_id(wish) and wish not in used else ""].append(name)
    found: dict[tuple[str, ...], str] = {}
    others: list[tuple[str, ...]] = []
    for wish, claimants in wishes.items():
        winner = _winner(wish, claimants)
        for name in claimants:
            if name == winner:
                found[name] = wish
            else:
                others.append(name)
    _with_digits({name: spell(name) for name in others}, {*used, *found.values()}, found)
    return found


def id_of(name: str) -> str:
    """The id of a name that has no other beside it."""
    return assign_ids([(name,)])[(name,)]


def _winner(wish: str, claimants: list[tuple[str, ...]]) -> tuple[str, ...] | None:
    if not wish:
        return None
    if len(claimants) == 1:
        return claimants[0]
    return next((name for name in claimants if name == (wish,)), None)


def _with_digits(
    spelled: Mapping[tuple[str, ...], str], used: set[str], found: dict[tuple[str, ...], str]
) -> None:
    """Give ids with digits behind them: all of one length, the least at which no two are alike."""
    length = _SHORTEST_DIGEST
    waiting = sorted(spelled)
    while waiting:
        made = {name: _digested(name, spelled[name], length) for name in waiting}
        takers: dict[str, int] = defaultdict(int)
        for id in made.values():
            takers[id] += 1
        again = [name for name in waiting if made[name] in used or takers[made[name]] > 1]
        clashing = set(again)
        for name in waiting:
            if name not in clashing:
                found[name] = made[name]
        used.update(made[name] for name in waiting if name not in clashing)
        waiting = again
        length = min(length + _SHORTEST_DIGEST, _LONGEST_DIGEST)


def _digested(name: tuple[str, ...], spelled: str, length: int) -> str:
    digits = sha256(json.dumps(name).encode("ascii")).hexdigest()[:length]
    stem = _slug(spelled)[: MAX_ID - len(digits) - 1].strip("-")
    return f"{stem}-{digits}" if stem else digits


def _slug(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name).lower()
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
