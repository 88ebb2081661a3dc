"""Ensure that `severities` in org.yaml names rules that exist and can be altered.

With `severities` an organisation makes a rule more or less strict, or switches it off. Under a name
that is misspelt, nothing would happen. A rule that is an error stays one, since the rest of orgcode
builds on it; and what depends on today's date never becomes one, since nobody changed anything.
`orgcode explain` lists the rules with their severity.

Wrong:

    # org.yaml, continued
    severities:
      seat-opne: off  # <-- here
      unknown-person: warning  # <-- here

Right:

    # org.yaml, continued
    severities:
      seat-open: off
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.rule import Group, Rule, Subject
from orgcode.checking.spelling import Spelling
from orgcode.model.entities import Organisation
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import Message, message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "references"
FOR: tuple[Subject, ...] = ("organisation",)


def check(_: Org, organisation: Organisation | None) -> Iterator[Problem]:
    """Name what stands under `severities` without effect."""
    if organisation is None or not organisation.severities:
        return
    from orgcode.checking.change_rules import EVERY_RULE  # the list holds this rule too

    rules = {rule.name: rule for rule in EVERY_RULE}
    for name, severity in organisation.severities.items():
        for cause, way_out in _wrong(rules, name, severity):
            yield Problem(
                path=organisation.path,
                pointer=("severities", name),
                on_key=True,
                cause=cause,
                way_out=way_out,
            )


def _wrong(rules: dict[str, Rule], name: str, severity: str) -> Iterator[tuple[Message, Message]]:
    rule = rules.get(name)
    if rule is None:
        yield (
            message("There is no rule with the name “{name}”.", name=name),
            Spelling(rules).way_out(name, message("`orgcode explain` lists the rules.")),
        )
    elif rule.severity == "error" and severity != "error":
        yield (
            message("The rule “{name}” is an error and stays one.", name=name),
            message("Take this line out."),
        )
    elif rule.depends_on_date and severity == "error":
        yield (
            message(
                "The rule “{name}” depends on today's date and cannot become an error.", name=name
            ),
            message("Write warning here, or take this line out."),
        )
