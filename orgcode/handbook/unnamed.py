"""How what is not shown is counted and spoken of: by what it is, never by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from orgcode.model.message import Message, many, messages, one
from orgcode.rendering.page import Ref

_HIDDEN = re.compile(r"not-shown-([a-z]+)-[0-9]+\Z")


def hidden_id(kind: str, number: int) -> str:
    """The id under which something that is not shown is counted."""
    return f"not-shown-{kind}-{number}"


def is_hidden(id: str) -> bool:
    """Whether an id stands for something that is not shown; a core role is where its circle is."""
    return _HIDDEN.match(id.partition("/")[0]) is not None


def unnamed(kind: str, number: int = 1) -> Message:
    """How things that are not shown are spoken of."""
    if kind == "person":
        return messages(
            "somebody who is not shown here", "{count} people who are not shown here", number
        )
    if kind in ("circle", "role", "core_role"):
        key = "role" if kind == "core_role" else kind
        return messages(
            "{thing:a} that is not shown here",
            "{count} {things} that are not shown here",
            number,
            thing=one(key),
            things=many(key),
        )
    return messages(
        "one thing that is not shown here", "{count} things that are not shown here", number
    )


def hidden_ref(kind: str, number: int = 1) -> Ref:
    """A reference to what is not shown: a kind, and no id."""
    return Ref(label=unnamed(kind, number), kind=kind)


def together(refs: Iterable[Ref]) -> Iterator[Ref]:
    """References, with those to what is not shown counted at the end, kind by kind."""
    counted: dict[str, int] = {}
    for ref in refs:
        if ref.kind and not ref.id:
            counted[ref.kind] = counted.get(ref.kind, 0) + 1
        else:
            yield ref
    yield from (hidden_ref(kind, number) for kind, number in counted.items())
