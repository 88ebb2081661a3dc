"""`orgcode status`: how the open proposals stand."""

from __future__ import annotations

import click

from orgcode.actions.elsewhere import pull
from orgcode.actions.status import Standing, status
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.cli.sharing import tell_elsewhere
from orgcode.model.message import message, one
from orgcode.reporting.json import write_json
from orgcode.reporting.proposals import Stands, report_standing, standing_as_data


@orgcode_command(
    "status",
    formats=("text", "json"),
    reads=False,
    help="Tell how the open proposals stand, or one: the verdict as it is now, who still has to "
    "respond, which objections are open, whom to ask again, and from when it can be adopted.",
)
@click.argument("id", required=False)
@click.option(
    "--target", metavar="BRANCH", help="The branch on which decisions are kept; else main."
)
def command(context: Context, id: str | None, target: str | None) -> int:
    """Print how they stand."""
    overview = status(context.directory, context.now, id, target=target, progress=context.progress)
    aim, found = overview.target, overview.standings
    told = [_told(standing) for standing in found]
    if context.format == "json":
        data = [standing_as_data(each, aim.org, context.translator) for each in told]
        context.out(write_json(data[0] if id is not None else {"proposals": data}))
    else:
        said = [report_standing(each, aim.org, context.translator) for each in told]
        context.out("\n".join(said))
    if not found:
        context.say(message("No {proposal} is open.", proposal=one("proposal")))
        context.next("orgcode propose", message("proposes what you have changed in the files"))
    if overview.elsewhere is not None:
        tell_elsewhere(context, overview.elsewhere, aim.name)
    if overview.elsewhere is not None and overview.elsewhere.lead == "behind":
        command = pull(overview.elsewhere, aim.name)
        context.next(command, message("brings what was decided meanwhile"))
        return 0
    for standing in found[:1]:
        _next(context, standing, overview.viewer)
    return 0


def _told(standing: Standing) -> Stands:
    return Stands(
        id=standing.proposal.id,
        title=standing.proposal.title,
        verdict=standing.judged.verdict if standing.judged else None,
        trouble=standing.trouble.cause if standing.trouble else None,
        objections=standing.objections,
        missing=standing.missing,
        stale=standing.stale,
    )


def _next(context: Context, standing: Standing, viewer: str | None) -> None:
    id, judged = standing.proposal.id, standing.judged
    is_mine = viewer is not None and viewer == standing.proposal.proposer
    match judged.verdict.outcome if judged else None:
        case "adopted":
            context.next(f"orgcode adopt {id}", message("makes it part of the organisation"))
        case "rejected":
            context.next(f"orgcode adopt {id} --record", message("puts on record how it ended"))
        case "invalid":
            context.next(f"orgcode propose --renew --id {id}", message("brings it up to date"))
        case None:
            pass
        case "blocked" if viewer in {heard.response.person for heard in standing.objections}:
            said = message("lets go of your {objection}", objection=one("objection"))
            context.next(f"orgcode respond {id} consent", said)
        case "blocked" if is_mine:
            said = message("takes in what you change in the files now")
            context.next(f"orgcode propose --renew --id {id}", said)
        case _ if is_mine and standing.waits_for_answers:
            said = message("answers what somebody said")
            context.next(f"orgcode respond {id} answer --to PERSON --reason TEXT", said)
        case _ if viewer is None or viewer in standing.missing:
            context.next(f"orgcode respond {id} consent", message("says that you agree"))
        case _:
            context.next(f"orgcode explain-verdict {id}", message("tells how it came to that"))
