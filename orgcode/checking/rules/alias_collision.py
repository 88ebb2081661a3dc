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

from orgcode.checking.rule import Group
from orgcode.model.facts import FOLDERS
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "references"


def check(org: Org) -> Iterator[Problem]:
    """Compare the aliases of each kind of thing with its ids and with each other."""
    for kind in (*FOLDERS.values(), "proposal"):
        taken: dict[str, str] = {}
        for thing in org.things(kind).values():
            for place, alias in enumerate(thing.aliases):
                other = taken.setdefault(alias, thing.id)
                if org.is_known(kind, alias):
                    cause = message("“{alias}” is the id of something else.", alias=alias)
                elif other != thing.id:
                    cause = message(
                        "“{alias}” is an alias of “{other}” too.", alias=alias, other=other
                    )
                else:
                    continue
                yield Problem(
                    path=thing.path,
                    pointer=("aliases", place),
                    cause=cause,
                    way_out=message("Take it out of one of the two."),
                )
