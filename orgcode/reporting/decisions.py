"""Who decides, in sentences and as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from orgcode.documents.spots import find_spot
from orgcode.i18n.translator import Translator
from orgcode.law.electorate import Electorate
from orgcode.law.sentences import sentence, way_out, where_it_stands
from orgcode.law.who_decides import Decision
from orgcode.model.message import message, one
from orgcode.model.org import Org
from orgcode.model.snapshot import Unreadable
from orgcode.reporting.terminal import quoted
from orgcode.reporting.values import Values


def report_decisions(decisions: Iterable[Decision], org: Org, translator: Translator) -> str:
    """For each decision: what it is about, the rule, the people, and where the rule stands."""
    return "\n".join(
        "\n".join(_paragraph(decision, org, translator)) + "\n" for decision in decisions
    )


def brief_decisions(
    decisions: Iterable[Decision], org: Org, translator: Translator
) -> Iterator[str]:
    """One line for each decision."""
    translator = translator.speaking(org.ruleset)
    for decision in decisions:
        said = translator.say(sentence(org, decision))
        yield f"{_capital(translator.say(decision.about))}: {said}"


def decisions_as_data(
    decisions: Iterable[Decision], org: Org, translator: Translator
) -> list[dict[str, object]]:
    """Objects with fields that stay.

    `kind` and `about` say what is decided, `circle` where it is judged (an id); `rule` is the
    rule with `where`, `by`, `of`, `open_for` (days), `quorum`, `silence`, `threshold`, `recuse`,
    its `level` (circle, organisation or ruleset), `path` and `line` (null for the ruleset's);
    `people`, `away` and `recused` are ids, `reasons` says for each of them why; `sentence` and
    `way_out` (or null) say it all in words.
    """
    return [_data(decision, org, translator) for decision in decisions]


def _paragraph(decision: Decision, org: Org, translator: Translator) -> Iterator[str]:
    translator = translator.speaking(org.ruleset)
    values = Values(org, translator)
    about = _capital(translator.say(decision.about))
    circle = values.circle(decision.circle)
    heading = translator.say(message("{about}, in {circle}", about=about, circle=circle))
    yield quoted(heading if decision.circle else about)
    if only := tuple(_only(decision, values, org)):
        yield f"  {quoted(translator.say(message('Only for: {what}.', what=only)))}"
    said = [sentence(org, decision), way_out(org, decision)]
    lines = [translator.say(part) for part in said if part is not None]
    lines.extend(_people(decision.electorate, values, translator))
    place = translator.say(where_it_stands(org, decision.match))
    line = _line(decision, org)
    lines.append(f"{place} ({decision.path}:{line})" if line else place)
    yield from (f"  {quoted(line)}" for line in lines)


def _only(decision: Decision, values: Values, org: Org) -> Iterator[str]:
    """The values of a rule's `where`, as people call them."""
    for field, value in decision.rule.where.items():
        core = org.core_role_kinds.get(value) if field == "core_role" else None
        yield values.text(core.name) if core else ", ".join(values.lines(field, value))


def _people(electorate: Electorate, values: Values, translator: Translator) -> Iterator[str]:
    def names(people: Iterable[str]) -> tuple[str, ...]:
        return tuple(values.person(id) for id in people)

    if electorate.people:
        said = message("Today that is: {people}.", people=names(electorate.people))
        yield translator.say(said)
    elif not electorate.unnamed:
        yield translator.say(message("Today that is nobody."))
    if electorate.away:
        said = message(
            "Away, and counted when they respond: {people}.", people=names(electorate.away)
        )
        yield translator.say(said)
    if electorate.recused:
        said = message(
            "May respond, but are not counted: {people}.", people=names(electorate.recused)
        )
        yield translator.say(said)
    if "affected" in electorate.unnamed:
        yield translator.say(
            message("Who is affected depends on the {proposal}.", proposal=one("proposal"))
        )
    if "subject" in electorate.unnamed:
        yield translator.say(
            message(
                "Who the person concerned is depends on the {proposal}.", proposal=one("proposal")
            )
        )


def _data(decision: Decision, org: Org, translator: Translator) -> dict[str, object]:
    translator = translator.speaking(org.ruleset)
    way, stuck = decision.rule.way, way_out(org, decision)
    return {
        "kind": decision.kind,
        "about": translator.say(decision.about),
        "circle": decision.circle,
        "rule": {
            "where": dict(decision.rule.where),
            "by": way.by,
            "of": way.of,
            "open_for": way.open_for,
            "quorum": way.quorum,
            "silence": way.silence,
            "threshold": way.threshold if way.by == "vote" else None,
            "recuse": way.recuse,
            "level": decision.level,
            "path": decision.path or None,
            "line": _line(decision, org),
        },
        "people": decision.electorate.people,
        "away": decision.electorate.away,
        "recused": decision.electorate.recused,
        "reasons": {
            id: [translator.say(reason) for reason in reasons]
            for id, reasons in decision.electorate.reasons.items()
        },
        "sentence": translator.say(sentence(org, decision)),
        "way_out": None if stuck is None else translator.say(stuck),
    }


def _line(decision: Decision, org: Org) -> int | None:
    content = org.snapshot.read(decision.path) if decision.path else Unreadable.MISSING
    if isinstance(content, Unreadable):
        return None
    return find_spot(content, decision.pointer).line


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
