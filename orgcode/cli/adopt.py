"""`orgcode adopt`: a proposal becomes part of the organisation, if it may."""

from __future__ import annotations

import click

from orgcode.actions.adopting import Decided, adopt, record
from orgcode.actions.elsewhere import elsewhere
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.cli.sharing import next_push, tell_lacking_log
from orgcode.model.message import message
from orgcode.reporting.json import write_json
from orgcode.reporting.verdicts import report_verdict, verdict_as_data


@orgcode_command(
    "adopt",
    formats=("text", "json"),
    reads=False,
    help="Make a proposal part of the organisation, if by its rules it may be. It is judged at "
    "that moment; files that are checked out follow where nobody is writing in them.\n\nWith "
    "--record, one that was rejected is put on record with what was said, and nothing else "
    "changes.\n\nThe exit code is 0 only if that was done.",
)
@click.argument("id")
@click.option("--record", "recording", is_flag=True, help="Put on record that it was rejected.")
@click.option(
    "--target", metavar="BRANCH", help="The branch on which decisions are kept; else main."
)
def command(context: Context, id: str, target: str | None, *, recording: bool) -> int:
    """Judge it, and let the branch of the organisation take it in."""
    decide = record if recording else adopt
    made = decide(
        context.directory,
        id,
        context.now,
        context.translator.say,
        target=target,
        progress=context.progress,
    )
    verdict, org = made.judged.verdict, made.judged.change.before
    if context.format == "json":
        data = verdict_as_data(verdict, made.judged.new_errors, org, context.translator)
        about = {"id": made.proposal.id, "commit": made.commit, "left": made.left}
        context.out(write_json({**about, **data}))
    else:
        context.out(report_verdict(verdict, org, context.translator))
    if made.commit is None:
        _tell_why_not(context, made)
        return 1
    name, title = made.target.name, made.proposal.title
    context.say(
        message("{title} is on record on {target}.", title=title, target=name)
        if recording
        else message("{title} is part of {target} now.", title=title, target=name)
    )
    tell_left(context, made)
    tell_lacking_log(context, elsewhere(made.target, [made.proposal]))
    if not next_push(context, made.target.repository, name, message("lets others have it")):
        context.next("orgcode log", message("tells what happened"))
    return 0


def tell_left(context: Context, made: Decided) -> None:
    """Which files that are checked out did not follow."""
    if made.left:
        context.say(
            message(
                "These files are left as they are here, since you are changing them: {paths}. "
                "'git diff' shows how they differ from what was decided.",
                paths=made.left,
            )
        )


def _tell_why_not(context: Context, made: Decided) -> None:
    id = made.proposal.id
    context.say(message("Nothing was changed."))
    if made.judged.verdict.outcome == "rejected":
        context.next(f"orgcode adopt {id} --record", message("puts on record how it ended"))
    elif made.judged.result.conflicts:
        context.next(f"orgcode propose --renew --id {id}", message("brings it up to date"))
    else:
        context.next(f"orgcode status {id}", message("tells how it stands"))
