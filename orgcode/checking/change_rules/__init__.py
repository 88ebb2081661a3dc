"""The rules about a change, one module each: what only shows when two states are compared.

They are written as those about one state (`orgcode.checking.rules`), with these differences:

    GROUP: Group = "change"
    FOR: tuple[Subject, ...] = ("change",)

    def check(org: Org, change: Change) -> Iterator[Problem]:
        '''`org` is the organisation afterwards, in whose files the problems stand.'''

In an example, `before` behind a path means that the file stands there before the change only, or
says that before; without it the file is one of those afterwards. What stands in the organisation of
the examples anyway is there on both sides. How severe a rule is, org.yaml says as it was before.
"""

from __future__ import annotations

from orgcode.checking.change_rules import id_reused, mass_change, record_altered, vanished
from orgcode.checking.rule import Rule, rule_in
from orgcode.checking.rules import RULES

CHANGE_RULES: tuple[Rule, ...] = tuple(
    rule_in(module) for module in (id_reused, mass_change, record_altered, vanished)
)
"""Every rule about a change, by name; a test compares it with the folder."""

EVERY_RULE: tuple[Rule, ...] = (*RULES, *CHANGE_RULES)
"""Those about one state, and those about a change."""
