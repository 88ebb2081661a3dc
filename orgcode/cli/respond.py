"""`orgcode respond`: what somebody thinks of a proposal."""

from __future__ import annotations

import click

from orgcode.actions.elsewhere import elsewhere
from orgcode.actions.judging import judge_proposal
from orgcode.actions.responding import STANCES, Responded, answer, respond
from orgcode.adapters.git.repository import find
from orgcode.adapters.signing.verifying import verify
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.cli.sharing import next_push, tell_behind, tell_lacking_log
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message
from orgcode.reporting.json import write_json
from orgcode.reporting.proposals import report_weight
from orgcode.reporting.verdicts import report_verdict, verdict_as_data

ANSWER = "answer"


@orgcode_command(
    "respond",
    formats=("text", "json"),
    reads=False,
    help="Say what you think of a proposal: consent, objection, concern, advice, yes, no or "
    "abstain. It is written on the branch of the proposal, bound to the change as it is now, and "
    "signed if a key of yours is listed and at hand. A newer response takes the place of an "
    "earlier one; both stay to be read.\n\nAn objection, a concern and advice need a --reason. "
    "With --record-for you write down what somebody else said, as in a meeting.\n\nAs the proposer "
    "you answer what somebody said: orgcode respond ID answer --to PERSON --reason TEXT.",
)
@click.argument("id")
@click.argument("stance", type=click.Choice((*STANCES, ANSWER)))
@click.option("--reason", metavar="TEXT", help="Why; or what you answer.")
@click.option("--role", metavar="ID", help="The role from which you speak.")
@click.option("--nominee", metavar="PERSON", help="In an election: whom you put forward.")
@click.option("--to", metavar="PERSON", help="With answer: whom you answer, or which response.")
@click.option("--as", "person", metavar="PERSON", help="Who you are: the id of a person.")
@click.option("--record-for", metavar="PERSON", help="Write down what this person said.")
@click.option(
    "--target", metavar="BRANCH", help="The branch on which decisions are kept; else main."
)
@click.option("--no-sign", is_flag=True, help="Do not sign it.")
def command(
    context: Context,
    id: str,
    stance: str,
    reason: str | None,
    role: str | None,
    nominee: str | None,
    to: str | None,
    person: str | None,
    record_for: str | None,
    target: str | None,
    *,
    no_sign: bool,
) -> int:
    """Write it down, and say what it weighs and how the proposal stands then."""
    if (stance == ANSWER) != (to is not None):
        raise OrgcodeError(
            message("An answer needs --to, and only an answer has it."),
            message("As in: orgcode respond {id} answer --to PERSON --reason TEXT", id=id),
        )
    if to is not None:
        made = answer(
            context.directory,
            id,
            to,
            reason or "",
            context.now,
            person=person,
            target=target,
            progress=context.progress,
        )
        branch, repository = f"proposal/{made.id}", find(context.directory)
        context.say(message("Answered on the branch {branch}.", branch=branch))
        if not next_push(context, repository, branch, message("lets others see it")):
            context.next(f"orgcode status {made.id}", message("tells how it stands"))
        return 0
    tell_response(
        context,
        respond(
            context.directory,
            id,
            stance,
            context.now,
            reason=reason,
            role=role,
            nominee=nominee,
            person=person,
            record_for=record_for,
            sign=not no_sign,
            target=target,
            progress=context.progress,
        ),
        no_sign=no_sign,
    )
    return 0


def tell_response(context: Context, made: Responded, *, no_sign: bool) -> None:
    """What the response weighs, and how the proposal stands with it."""
    aim, proposal = made.target, made.proposal
    judged = judge_proposal(
        aim.repository, aim.tip, made.commit, context.now, verify, kept=aim.kept
    )
    person, digest = made.saying.person, made.written.digest
    is_signed = "signature" in made.written.entry
    if context.format == "json":
        data = verdict_as_data(judged.verdict, judged.new_errors, aim.org, context.translator)
        about = {"id": proposal.id, "digest": digest, "commit": made.commit, "signed": is_signed}
        context.out(write_json({**about, **data}))
    else:
        weight = report_weight(judged.verdict, person, digest, aim.org, context.translator)
        context.out(f"{weight}{report_verdict(judged.verdict, aim.org, context.translator)}")
    if not is_signed and not no_sign:
        context.say(message("It is not signed: no key of yours is listed and at hand."))
    there = elsewhere(aim, [proposal])
    tell_behind(context, there, aim.name)
    shared = next_push(
        context, aim.repository, f"proposal/{proposal.id}", message("lets others see it")
    )
    if judged.verdict.is_adopted:
        tell_lacking_log(context, there)
        context.next(f"orgcode adopt {proposal.id}", message("makes it part of the organisation"))
    elif not shared:
        context.next(f"orgcode status {proposal.id}", message("tells how it stands"))
