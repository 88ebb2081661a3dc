"""`orgcode explain-verdict`: how a verdict came about."""

from __future__ import annotations

import click

from orgcode.actions.explaining_verdict import Explained, explain_verdict
from orgcode.actions.judging_steps import JudgedStep
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.model.message import Message, message
from orgcode.reporting.derivations import derivation_as_data, earlier_as_data, report_derivation
from orgcode.reporting.json import write_json
from orgcode.reporting.terminal import one_line
from orgcode.reporting.verdicts import report_verdict, verdict_as_data


@orgcode_command(
    "explain-verdict",
    formats=("text", "json"),
    reads=False,
    help="Tell how the verdict on a proposal comes about: for each thing that it changes the rule "
    "and where it stands, who decides, what each of them said and how that counts, what is missing "
    "and from when it can be adopted. Of one that is decided it tells how it came about then.\n\n"
    "ID is that of the proposal: its branch is proposal/ID, its record stands in proposals/ID.",
)
@click.argument("id")
@click.option(
    "--target", metavar="BRANCH", help="The branch on which decisions are kept; else main."
)
def command(context: Context, id: str, target: str | None) -> None:
    """Print the derivation."""
    found = explain_verdict(context.directory, id, context.now, target, context.progress)
    if context.format == "json":
        context.out(write_json(_as_data(found, context)))
    else:
        context.out("\n".join(_paragraphs(found, context)))
    for flaw in found.log_flaws:
        context.say(message("The log of the server shows nothing here: {why}", why=flaw))
    if found.step is None:
        context.next("orgcode guide deciding", message("tells how a change becomes lawful"))
    else:
        context.next(
            f"orgcode show proposals/{found.proposal}", message("shows what is on record about it")
        )


def _paragraphs(found: Explained, context: Context) -> list[str]:
    org, translator = found.before, context.translator
    paragraphs = [report_verdict(found.verdict, org, translator)]
    if found.step is not None:
        lines = [_of_step(found.step), *found.step.flaws]
        paragraphs.insert(0, "\n  ".join(one_line(translator.say(it)) for it in lines) + "\n")
    derivation = report_derivation(found.verdict, found.evidence, found.answers, org, translator)
    return [*paragraphs, derivation] if derivation else paragraphs


def _of_step(step: JudgedStep) -> Message:
    """That it was decided; or that it only came to stand there."""
    day, commit = step.at.date(), step.commit[:8]
    if step.is_lawful:
        return message("Decided on {day}, by commit {commit}.", day=day, commit=commit)
    return message(
        "Taken in on {day} by commit {commit}, which was unlawful.", day=day, commit=commit
    )


def _as_data(found: Explained, context: Context) -> dict[str, object]:
    org, translator, step = found.before, context.translator, found.step
    decided = step and {
        "commit": step.commit,
        "at": step.at,
        "is_lawful": step.is_lawful,
        "flaws": [translator.say(flaw) for flaw in step.flaws],
    }
    return {
        "proposal": found.proposal or None,
        "change": found.evidence.change,
        "decided": decided,
        "opened_at": found.evidence.opened_at,
        "change_seen_at": found.evidence.change_seen_at,
        **verdict_as_data(found.verdict, found.new_errors, org, translator),
        "judgements": derivation_as_data(found.verdict, found.answers, org, translator),
        "earlier": earlier_as_data(found.evidence, found.answers, org, translator),
    }
