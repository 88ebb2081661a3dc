"""What a rule is, and how a module becomes one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from orgcode.model.finding import Problem, Severity
from orgcode.model.org import Org

Group = Literal["text", "shape", "references", "structure", "people", "time", "law"]
GROUPS: tuple[Group, ...] = (
    "text",
    "shape",
    "references",
    "structure",
    "people",
    "time",
    "law",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: what it is called, how severe, and the function that yields its problems."""

    name: str
    severity: Severity
    group: Group
    check: Callable[[Org], Iterator[Problem]]
    documentation: str
    """The docstring of its module; `orgcode.checking.documentation` reads it."""
    depends_on_date: bool = False
    """What depends on today's date is never an error, whatever org.yaml says."""


class RuleModule(Protocol):
    """What a module in `checking/rules` has."""

    __name__: str
    __doc__: str | None
    SEVERITY: Severity
    GROUP: Group

    def check(self, org: Org) -> Iterator[Problem]:
        """Yield what is wrong."""
        ...


def rule_in(module: RuleModule) -> Rule:
    """The rule that a module holds; `unknown_person.py` is named `unknown-person`."""
    return Rule(
        name=module.__name__.rpartition(".")[2].replace("_", "-"),
        severity=module.SEVERITY,
        group=module.GROUP,
        check=module.check,
        documentation=module.__doc__ or "",
        depends_on_date=bool(getattr(module, "DEPENDS_ON_DATE", False)),
    )
