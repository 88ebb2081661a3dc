"""`orgcode audit`: whether everything that was decided was decided lawfully."""

from __future__ import annotations

import click

from orgcode.actions.audit import assurance_of, audit
from orgcode.actions.judging_steps import JudgedStep
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.model.message import message
from orgcode.reporting.audits import (
    Audited,
    Summary,
    report_step,
    report_summary,
    step_as_data,
)
from orgcode.reporting.json import write_json


@orgcode_command(
    "audit",
    formats=("text", "json"),
    reads=False,
    help="Judge every step that the main branch took again, each by the rules as they were before "
    "it: name all that were not lawful, records that were altered and signatures that prove "
    "nothing, and tell how sure the decisions are. It needs no network and reads nothing that was "
    "kept from earlier.\n\nThe exit code is 0 if all steps are lawful, 1 if not, 2 if nobody can "
    "say.",
)
@click.option("--from", "start", metavar="REV", help="Take this step and all before for granted.")
@click.option("--target", metavar="BRANCH", default="main", help="The branch to audit.")
def command(context: Context, start: str | None, target: str) -> int:
    """Print what is unlawful as it is found, and a summary."""
    found = audit(context.directory, target, start, context.now, context.progress)
    summary = Summary(total=len(found.steps))
    steps = []
    for judged in found.judged():
        step = _audited(judged)
        summary.count(step)
        if context.format == "json":
            steps.append(step_as_data(step, context.translator))
        elif said := report_step(step, context.translator):
            context.out(said)
    if context.format == "json":
        context.out(write_json({"steps": steps, "summary": summary.as_data()}))
    else:
        context.out(report_summary(summary, context.translator))
    for flaw in found.log_flaws:
        context.say(message("The log of the server is damaged: {why}", why=flaw))
    if not found.has_log:
        context.say(
            message("There is no log of a server here, so that times are as people wrote them.")
        )
    if summary.first:
        context.next(f"orgcode diff {summary.first}^..{summary.first}", _WHAT)
    else:
        context.next("orgcode log", message("tells what happened"))
    return 1 if summary.unlawful or summary.judged < summary.total else 0


_WHAT = message("tells what the first unlawful step changed")


def _audited(judged: JudgedStep) -> Audited:
    heard = judged.evidence.heard if judged.evidence else ()
    return Audited(
        commit=judged.commit,
        at=judged.at,
        proposal=judged.proposal,
        is_lawful=judged.is_lawful,
        verdict=judged.verdict,
        flaws=judged.flaws,
        unproved=tuple((it.response.person, it.flaw) for it in heard if it.flaw is not None),
        assurance=assurance_of(judged),
        is_recorded=judged.is_recorded,
        org=judged.before,
    )
