"""Ensure that a former id leads to one thing only.

`aliases` are addresses that a thing had before; in the handbook they lead to where it is now. An
alias that is also the id of another thing of that kind, or an alias of two things, would lead to
the wrong page. Take it out of one of the two.

Wrong:

    # people/sara.yaml
    name: Sara
    aliases: [omar]  # <-- here

Right:

    # people/sara.yaml
    name: Sara
    aliases: [sara-v]
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.rule import THINGS, Group, Subject
from orgcode.model.entities import Thing
from orgcode.model.facts import identify
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "references"
FOR: tuple[Subject, ...] = THINGS


def check(org: Org, thing: Thing) -> Iterator[Problem]:
    """Compare the aliases of a thing with the ids of its kind and with the aliases of others."""
    for place, alias in enumerate(thing.aliases):
        kind = type(thing).__name__.lower()
        with_alias = org.notes_under("alias", f"{kind}:{alias}")
        first = identify(with_alias[0][0]) if with_alias else None
        if org.is_known(kind, alias):
            cause = message("“{alias}” is the id of something else.", alias=alias)
        elif first is not None and first.id != thing.id:
            cause = message("“{alias}” is an alias of “{other}” too.", alias=alias, other=first.id)
        else:
            continue
        yield Problem(
            path=thing.path,
            pointer=("aliases", place),
            cause=cause,
            way_out=message("Take it out of one of the two."),
        )
