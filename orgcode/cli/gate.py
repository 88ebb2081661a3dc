"""`orgcode gate`: whether a change may be merged."""

from __future__ import annotations

import click

from orgcode.actions.gate import gate
from orgcode.actions.judging import Judged
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.model.message import message
from orgcode.reporting.json import write_json
from orgcode.reporting.verdicts import annotate_verdict, report_verdict, verdict_as_data


@orgcode_command(
    "gate",
    formats=("text", "json", "github"),
    reads=False,
    help="Tell whether a change may be merged, by the rules of the organisation as they are "
    "before it. Nothing is checked out, merged or believed but what stands in git and, where a "
    "server keeps one, in the log of what it received.\n\nThe exit code is 0 only if the change "
    "is lawful as it stands; 1 if it is not, or not yet; 2 if nobody can say.",
)
@click.option("--base", metavar="REV", required=True, help="The branch that it is to be part of.")
@click.option("--head", metavar="REV", required=True, help="The last commit of the change.")
def command(context: Context, base: str, head: str) -> int:
    """Print the verdict."""
    judged = gate(context.directory, base, head, context.now, context.progress)
    context.out(told(context, judged))
    for flaw in judged.log_flaws:
        context.say(message("The log of the server shows nothing here: {why}", why=flaw))
    if judged.proposal and not judged.verdict.is_founding:
        context.next(
            f"orgcode explain-verdict {judged.proposal}", message("tells how it came to that")
        )
    elif judged.new_errors:
        context.next("orgcode check", message("shows what is wrong, with the way out"))
    else:
        context.next("orgcode guide deciding", message("tells how a change becomes lawful"))
    return 0 if judged.verdict.is_adopted else 1


def told(context: Context, judged: Judged) -> str:
    """The verdict in the form that was asked for."""
    verdict, org, translator = judged.verdict, judged.change.before, context.translator
    match context.format:
        case "json":
            about = {
                "proposal": judged.proposal or None,
                "change": judged.evidence.change,
                "target": judged.result.target,
                "head": judged.result.head,
            }
            data = verdict_as_data(verdict, judged.new_errors, org, translator)
            return write_json({**about, **data})
        case "github":
            return annotate_verdict(verdict, judged.new_errors, org, translator)
    return report_verdict(verdict, org, translator)
