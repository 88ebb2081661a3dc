"""`orgcode propose`: a change that others can respond to."""

from __future__ import annotations

import click
from msgspec.structs import replace

from orgcode.actions.drafting import Draft, draft
from orgcode.actions.proposal_record import Words, plain
from orgcode.actions.proposing import Proposed, propose
from orgcode.actions.renewing import renew
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.cli.sharing import next_push
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import Message, message, one
from orgcode.reporting.findings import report
from orgcode.reporting.json import write_json
from orgcode.reporting.proposals import report_proposal
from orgcode.reporting.values import Values
from orgcode.reporting.verdicts import verdict_as_data


@orgcode_command(
    "propose",
    formats=("text", "json"),
    reads=False,
    help="Propose what you have changed in the files and not committed yet: it comes on a branch "
    "of its own, proposal/ID, together with why, and with your own consent. Your files stay as "
    "they are. PATHS limit it to some files or folders.\n\nTitle and tension are asked for at a "
    "terminal where they are not given.\n\nWith --renew, a proposal of yours is brought up to date "
    "with what was decided meanwhile, and takes in what you have changed in the files since.",
)
@click.argument("paths", nargs=-1)
@click.option("--title", metavar="TEXT", help="The proposal in a few words.")
@click.option(
    "--tension", metavar="ID|TEXT", help="The tension that it starts from: an id, or a sentence."
)
@click.option("--because", metavar="TEXT", help="Why this change helps.")
@click.option("--example", metavar="TEXT", help="A case in which it would have helped.")
@click.option("--role", metavar="ID", help="The role from which you propose it.")
@click.option(
    "--ask",
    "asked",
    metavar="ID",
    multiple=True,
    help="A person or role to be heard as well; may be given several times.",
)
@click.option("--as", "person", metavar="PERSON", help="Who you are: the id of a person.")
@click.option("--id", metavar="ID", help="The id of the proposal; else made of day and title.")
@click.option("--renew", "renewing", is_flag=True, help="Bring a proposal of yours up to date.")
@click.option("--branch", metavar="REV", help="Propose what a branch of yours changes.")
@click.option(
    "--target", metavar="BRANCH", help="The branch on which decisions are kept; else main."
)
@click.option("--switch", is_flag=True, help="Go to the branch of the proposal.")
@click.option("--no-sign", is_flag=True, help="Do not sign your consent.")
def command(
    context: Context,
    paths: tuple[str, ...],
    title: str | None,
    tension: str | None,
    because: str | None,
    example: str | None,
    role: str | None,
    asked: tuple[str, ...],
    person: str | None,
    id: str | None,
    branch: str | None,
    target: str | None,
    *,
    renewing: bool,
    switch: bool,
    no_sign: bool,
) -> int:
    """Find out what there is to propose, ask what is missing, write it, and say what comes next."""
    words = Words(
        title=title,
        tension=tension,
        because=because,
        example=example,
        role=role,
        ask=asked,
        id=id,
    )
    if renewing:
        _refuse_with_renew(branch, switch=switch)
        made = renew(
            context.directory,
            words,
            context.now,
            paths=paths,
            person=person,
            sign=not no_sign,
            target=target,
            progress=context.progress,
        )
    else:
        found = draft(
            context.directory,
            context.now,
            paths=paths,
            branch=branch,
            person=person,
            sign=not no_sign,
            target=target,
            progress=context.progress,
        )
        made = propose(
            found,
            _complete(context, found, words),
            context.now,
            switch=switch,
            progress=context.progress,
        )
    return _tell(context, made, renewed=renewing, no_sign=no_sign)


def _refuse_with_renew(branch: str | None, *, switch: bool) -> None:
    if branch is not None or switch:
        raise OrgcodeError(
            message(
                "--renew does not go with {option}.", option="--branch" if branch else "--switch"
            ),
            message("Leave one of them out."),
        )


def _complete(context: Context, found: Draft, words: Words) -> Words:
    """Ask at a terminal what is not given; elsewhere a title is needed."""
    if words.title is None and not plain(found.written.get("title", "")):
        if not context.interactive:
            raise OrgcodeError(
                message("The {proposal} has no title.", proposal=one("proposal")),
                message('Say in a few words what is proposed: --title "..."'),
            )
        question = message("What do you propose, in a few words?")
        words = replace(words, title=_ask(context, question))
    if words.tension is None and "tension" not in found.written and context.interactive:
        question = message(
            "From which {tension} does it start: what is not as it could be?",
            tension=one("tension"),
        )
        words = replace(words, tension=_ask(context, question))
    return words


def _ask(context: Context, said: Message) -> str:
    question, answer = context.translator.say(said), ""
    while not answer.strip():
        answer = click.prompt(question, default="", err=True, show_default=False, prompt_suffix=" ")
    return answer


def _tell(context: Context, made: Proposed, *, renewed: bool, no_sign: bool) -> int:
    """What it does and how it stands, or what is wrong with it; and what comes next."""
    judged = made.judged
    org = judged.change.before
    if context.format == "json":
        data = verdict_as_data(judged.verdict, judged.new_errors, org, context.translator)
        about = {
            "id": made.id,
            "commit": made.commit if made.is_written else None,
            "change": judged.evidence.change,
            "signed": made.is_signed,
            "left": made.left,
        }
        context.out(write_json({**about, **data}))
    elif made.is_written:
        context.out(report_proposal(judged.change, judged.verdict, context.translator))
    else:
        speaker = context.translator.speaking(org.ruleset)
        context.out(report(judged.new_errors, "text", speaker, colour=context.colour))
    if not made.is_written:
        context.warn(message("Nothing is proposed: the change would bring errors."))
        context.next("orgcode check", message("shows what is wrong, with the way out"))
        return 1
    context.say(message("Proposed on the branch {branch}.", branch=f"proposal/{made.id}"))
    if made.left:
        context.say(
            message(
                "The change is another one now, so that the assent of {people} no longer holds: "
                "ask them again.",
                people=tuple(map(Values(org, context.translator).person, made.left)),
            )
        )
    if renewed and judged.objections:
        objectors = (heard.response.person for heard in judged.objections)
        context.say(
            message(
                "The {objection} of {people} stands until they let it go: ask them again.",
                objection=one("objection"),
                people=tuple(map(Values(org, context.translator).person, objectors)),
            )
        )
    if not made.is_signed and not no_sign:
        context.say(message("Your consent is not signed: no key of yours is listed and at hand."))
    shared = next_push(
        context, made.repository, f"proposal/{made.id}", message("lets others see it")
    )
    if judged.verdict.is_adopted:
        context.next(f"orgcode adopt {made.id}", message("makes it part of the organisation"))
    elif not shared:
        context.next(f"orgcode status {made.id}", message("tells how it stands"))
    return 0
