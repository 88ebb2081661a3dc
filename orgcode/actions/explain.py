"""Explain the rules that `check` goes by."""

from __future__ import annotations

from difflib import get_close_matches

from orgcode.checking.change_rules import EVERY_RULE
from orgcode.checking.rule import Rule
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message


def explain(name: str) -> Rule:
    """The rule of that name; raises `OrgcodeError` where there is none."""
    rules = {rule.name: rule for rule in EVERY_RULE}
    if name in rules:
        return rules[name]
    asked = name.lower().replace("_", "-")
    near = get_close_matches(asked, rules, n=1) or [rule for rule in rules if asked in rule]
    raise OrgcodeError(
        message("There is no rule called {name}.", name=name),
        message("Did you mean {name}?", name=near[0])
        if near
        else message("The command 'orgcode explain' lists all rules."),
    )
