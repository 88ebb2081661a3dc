"""What a rule is, and how a module becomes one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, NamedTuple, Protocol

from msgspec import Struct

from orgcode.model.finding import Problem, Severity
from orgcode.model.org import Org

Group = Literal["text", "shape", "references", "structure", "people", "time", "law", "change"]
GROUPS: tuple[Group, ...] = (
    "text",
    "shape",
    "references",
    "structure",
    "people",
    "time",
    "law",
    "change",
)

Subject = Literal[
    "organisation",
    "file",
    "flawed-file",
    "texts",
    "other-path",
    "circle",
    "role",
    "core-role",
    "person",
    "policy",
    "agreement",
    "objective",
    "tension",
    "proposal",
    "response",
    "change",
]
"""What a rule is about, one at a time: a thing that could be read; a core role of a circle; the
entries of one person's response, as a tuple; the organisation as org.yaml describes it, None where
that cannot be read. Or a path: of the file of a thing, of one in which the text or shape is wrong,
or of anything else; or the texts in a file, gathered once for all rules about them. Or a change.
"""

THINGS: tuple[Subject, ...] = (
    "circle",
    "role",
    "person",
    "policy",
    "agreement",
    "objective",
    "tension",
    "proposal",
)
"""Every thing with a file and an id of its own."""


class Share(NamedTuple):
    """What one thing adds to a problem that many have together: plain texts, numbers and tuples
    of these. The rule's `gather` makes problems of all shares.
    """

    key: str
    data: tuple[Any, ...] = ()


Check = Callable[[Org, Any], Iterable[Problem | Share]]
Gather = Callable[[Org, Sequence[Share]], Iterable[Problem]]


class Rule(Struct, frozen=True, kw_only=True):
    """One rule: what it is called, how severe, and the function that yields its problems."""

    name: str
    severity: Severity
    group: Group
    subjects: tuple[Subject, ...]
    check: Check
    documentation: str
    """The docstring of its module; `orgcode.checking.documentation` reads it."""
    gather: Gather | None = None
    depends_on_date: bool = False
    """What depends on today's date is never an error, whatever org.yaml says."""


class RuleModule(Protocol):
    """What a module in `checking/rules` has."""

    __name__: str
    __doc__: str | None
    SEVERITY: Severity
    GROUP: Group
    FOR: tuple[Subject, ...]
    check: Check


def rule_in(module: RuleModule) -> Rule:
    """The rule that a module holds; `unknown_person.py` is named `unknown-person`."""
    return Rule(
        name=module.__name__.rpartition(".")[2].replace("_", "-"),
        severity=module.SEVERITY,
        group=module.GROUP,
        subjects=module.FOR,
        check=module.check,
        gather=getattr(module, "gather", None),
        documentation=module.__doc__ or "",
        depends_on_date=bool(getattr(module, "DEPENDS_ON_DATE", False)),
    )
