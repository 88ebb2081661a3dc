"""The rules of `check`, listed and explained."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby

from orgcode.checking.documentation import documentation, summary
from orgcode.checking.rule import Group, Rule
from orgcode.i18n.translator import Translator
from orgcode.model.message import Message, message
from orgcode.reporting.findings import WORDS
from orgcode.reporting.json import write_json

WIDTH = 78

GROUPS: dict[Group, Message] = {
    "text": message("The text of files"),
    "shape": message("The shape of files"),
    "references": message("References"),
    "structure": message("Structure"),
    "people": message("People"),
    "time": message("Time"),
    "law": message("Law: how decisions are made"),
    "change": message("Changes: what shows when two states are compared"),
}


def list_rules(rules: Iterable[Rule], format: str, translator: Translator) -> str:
    """All rules, group by group, each with its severity and what it ensures.

    JSON: `rules`, a list of objects with `name`, `severity`, `group` and `summary`.
    """
    ordered = sorted(rules, key=lambda rule: (list(GROUPS).index(rule.group), rule.name))
    if format == "json":
        return write_json({"rules": [_brief(rule, translator) for rule in ordered]})
    return "\n".join(_table(ordered, translator)) + "\n"


def explain_rule(rule: Rule, format: str, translator: Translator) -> str:
    """A rule's documentation.

    JSON: `name`, `severity`, `group`, `summary` and `documentation`, a list of objects that have
    either `text`, or `example` and `right` (whether the example is as it should be).
    """
    parts = documentation(rule)
    if format == "json":
        told: list[dict[str, object]] = [
            {"text": translator.say(part)}
            if isinstance(part, Message)
            else {"example": part.text, "right": part.right}
            for part in parts
        ]
        return write_json({**_brief(rule, translator), "documentation": told})
    severity = translator.say(WORDS[rule.severity])
    paragraphs = [f"{rule.name} ({severity}, {translator.say(GROUPS[rule.group])})"]
    for part in parts:
        if isinstance(part, Message):
            paragraphs.append(textwrap.fill(translator.say(part), WIDTH, break_on_hyphens=False))
        else:
            paragraphs.append(textwrap.indent(part.text, "    "))
    return "\n\n".join(paragraphs) + "\n"


def _brief(rule: Rule, translator: Translator) -> dict[str, object]:
    return {
        "name": rule.name,
        "severity": rule.severity,
        "group": rule.group,
        "summary": translator.say(summary(rule)),
    }


def _table(rules: list[Rule], translator: Translator) -> Iterator[str]:
    width = max(len(rule.name) for rule in rules)
    for number, (group, members) in enumerate(groupby(rules, key=lambda rule: rule.group)):
        if number:
            yield ""
        yield translator.say(GROUPS[group])
        for rule in members:
            severity = translator.say(WORDS[rule.severity])
            yield f"  {rule.name:<{width}}  {severity:<12} {translator.say(summary(rule))}"
