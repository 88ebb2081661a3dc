"""`orgcode withdraw`: a proposal that its proposer no longer wants."""

from __future__ import annotations

import click

from orgcode.actions.adopting import record
from orgcode.actions.responding import respond
from orgcode.cli.adopt import tell_left
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.cli.sharing import next_push
from orgcode.model.message import message


@orgcode_command(
    "withdraw",
    reads=False,
    help="Withdraw a proposal of yours. That is put on record at once, together with what was "
    "said: the change itself is not made.",
)
@click.argument("id")
@click.option("--reason", metavar="TEXT", help="Why.")
@click.option("--as", "person", metavar="PERSON", help="Who you are: the id of a person.")
@click.option(
    "--target", metavar="BRANCH", help="The branch on which decisions are kept; else main."
)
@click.option("--no-sign", is_flag=True, help="Do not sign it.")
def command(
    context: Context,
    id: str,
    reason: str | None,
    person: str | None,
    target: str | None,
    *,
    no_sign: bool,
) -> int:
    """Say so on its branch, and put it on record."""
    made = respond(
        context.directory,
        id,
        "withdraw",
        context.now,
        reason=reason,
        person=person,
        sign=not no_sign,
        target=target,
        progress=context.progress,
    )
    ended = record(
        context.directory, made.proposal.id, context.now, context.translator.say, target=target
    )
    context.say(message("{title} is withdrawn, and that is on record.", title=ended.proposal.title))
    tell_left(context, ended)
    name = ended.target.name
    if not next_push(context, ended.target.repository, name, message("lets others have it")):
        context.next("orgcode status", message("tells how the others stand"))
    return 0
