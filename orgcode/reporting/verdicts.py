"""A verdict in words and as data: the same sentence, reasons and ways on for every command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from orgcode.i18n.translator import Translator
from orgcode.law.verdict import Verdict
from orgcode.model.finding import Finding, Severity
from orgcode.model.message import Message, message
from orgcode.model.org import Org
from orgcode.reporting.annotations import annotate, command_for
from orgcode.reporting.terminal import one_line
from orgcode.reporting.values import Values


def report_verdict(verdict: Verdict, org: Org, translator: Translator) -> str:
    """The sentence of a verdict, and below it the reasons, who can bring it further, and from when
    it can be adopted. `org` is the organisation before the change.
    """
    speaker = translator.speaking(org.ruleset)
    return "".join(f"{one_line(line)}\n" for line in _lines(verdict, org, speaker))


def annotate_verdict(
    verdict: Verdict, new_errors: Sequence[Finding], org: Org, translator: Translator
) -> str:
    """The same for the log of a workflow on GitHub, with each new error at its place."""
    speaker = translator.speaking(org.ruleset)
    severity: Severity = "notice" if verdict.is_adopted else "error"
    said = command_for(severity, "orgcode gate", "\n".join(_lines(verdict, org, speaker)))
    return f"{said}\n{annotate(new_errors, speaker)}"


def verdict_as_data(
    verdict: Verdict, new_errors: Sequence[Finding], org: Org, translator: Translator
) -> dict[str, object]:
    """`outcome` (rejected, invalid, blocked, open, adopted), `sentence`, `reasons` (in words),
    `unblock` (ids), `adoptable_from` (a moment or null), `is_founding`; `new_errors` with `rule`,
    `path`, `line`, `column`, `cause` and `way_out`.
    """
    speaker = translator.speaking(org.ruleset)
    return {
        "outcome": verdict.outcome,
        "sentence": speaker.say(verdict.sentence),
        "reasons": [speaker.say(reason) for reason in verdict.reasons],
        "unblock": verdict.unblock,
        "adoptable_from": verdict.adoptable_from,
        "is_founding": verdict.is_founding,
        "new_errors": [
            {
                "rule": finding.rule,
                "path": finding.path,
                "line": finding.line,
                "column": finding.column,
                "cause": speaker.say(finding.cause),
                "way_out": speaker.say(finding.way_out),
            }
            for finding in new_errors
        ],
    }


def _lines(verdict: Verdict, org: Org, speaker: Translator) -> Iterator[str]:
    values = Values(org, speaker)
    yield speaker.say(verdict.sentence)
    said = verdict.sentence.arguments.get("why")
    for reason in verdict.reasons:
        if reason != said:
            yield f"  {speaker.say(reason)}"
    for line in _ways_on(verdict, values):
        yield f"  {speaker.say(line)}"


def _ways_on(verdict: Verdict, values: Values) -> Iterable[Message]:
    if verdict.unblock:
        people = tuple(values.person(id) for id in verdict.unblock)
        yield message("Who can bring it further: {people}.", people=people)
    if verdict.adoptable_from is not None:
        yield message(
            "If nobody says anything more, it can be adopted from {moment}.",
            moment=verdict.adoptable_from,
        )
