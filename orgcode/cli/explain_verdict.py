"""`orgcode explain-verdict`: how a verdict came about."""

from __future__ import annotations

import click

from orgcode.actions.explaining_verdict import explain_verdict
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.model.message import message
from orgcode.reporting.derivations import derivation_as_data, report_derivation
from orgcode.reporting.json import write_json
from orgcode.reporting.verdicts import report_verdict, verdict_as_data


@orgcode_command(
    "explain-verdict",
    formats=("text", "json"),
    reads=False,
    help="Tell how the verdict on a proposal comes about: for each thing that it changes the rule "
    "and where it stands, who decides, what each of them said and how that counts, what is missing "
    "and from when it can be adopted.\n\nID is that of the proposal: its branch is proposal/ID.",
)
@click.argument("id")
@click.option(
    "--target", metavar="BRANCH", help="The branch on which decisions are kept; else main."
)
def command(context: Context, id: str, target: str | None) -> None:
    """Print the derivation."""
    judged = explain_verdict(context.directory, id, context.now, target, context.progress)
    verdict, org, translator = judged.verdict, judged.change.before, context.translator
    if context.format == "json":
        data = verdict_as_data(verdict, judged.new_errors, org, translator)
        judgements = derivation_as_data(verdict, org, translator)
        about = {"proposal": judged.proposal or None, "change": judged.evidence.change}
        seen = {
            "opened_at": judged.evidence.opened_at,
            "change_seen_at": judged.evidence.change_seen_at,
        }
        context.out(write_json({**about, **seen, **data, "judgements": judgements}))
    else:
        said = report_verdict(verdict, org, translator)
        derivation = report_derivation(verdict, org, translator)
        context.out(f"{said}\n{derivation}" if derivation else said)
    for flaw in judged.log_flaws:
        context.say(message("The log of the server shows nothing here: {why}", why=flaw))
    context.next("orgcode guide deciding", message("tells how a change becomes lawful"))
