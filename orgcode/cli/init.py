"""`orgcode init`: the repository of a new organisation."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

import click

from orgcode.actions.init import Founding, init, known_founder
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.cli.init_update import refuse_mixture, run_update
from orgcode.documents.rulesets import DEFAULT
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import Message, message
from orgcode.reporting.findings import report

QUESTIONS: Mapping[str, Message] = {
    "--name": message("What is your organisation called?"),
    "--purpose": message("What is it for, in one sentence?"),
    "--founder": message("What is your own name?"),
}


@orgcode_command(
    "init",
    reads=False,
    help="Make the repository of a new organisation: its first circle and person, a README, "
    "settings for editors, and a workflow that checks every pull request.\n\nDIR is the folder "
    "to make it in, which must be new or empty; without it, the current one. What is not given "
    "as an option is asked for at a terminal. --lang is also the language of the organisation.\n\n"
    "With --update, DIR is an organisation's repository that is there already. What an earlier "
    "version wrote (schemas, settings for editors, the workflow) is refreshed; what you changed or "
    "deleted stays as it is. Nothing is committed.",
)
@click.argument("dir", default=".")
@click.option("--name", metavar="TEXT", help="What the organisation is called.")
@click.option("--purpose", metavar="TEXT", help="What it is for, in one sentence.")
@click.option(
    "--founder", metavar="TEXT", help="Your own name; without it, the name that git knows."
)
@click.option(
    "--update", is_flag=True, help="Refresh the schemas, settings and workflow of a repository."
)
@click.option("--dry-run", is_flag=True, help="With --update: only say what would be done.")
@click.option("--diff", is_flag=True, help="With --update: only show what is different.")
@click.option(
    "--ruleset", metavar="RULESET", default=DEFAULT, help="The rules to start with: teal@1."
)
def command(
    context: Context,
    dir: str,
    name: str | None,
    purpose: str | None,
    founder: str | None,
    ruleset: str,
    *,
    update: bool,
    dry_run: bool,
    diff: bool,
) -> int:
    """Ask what is missing, write the repository, and say where it is."""
    given = {"--name": name, "--purpose": purpose, "--founder": founder}
    refuse_mixture(given, {"--dry-run": dry_run, "--diff": diff}, update=update)
    if update:
        return run_update(context, dir, dry_run=dry_run, diff=diff)
    answers = _complete(context, given)
    founding = Founding(
        name=answers["--name"],
        purpose=answers["--purpose"],
        founder=answers["--founder"],
        language=context.language,
        ruleset=ruleset,
    )
    made = init(context.directory / dir, founding, context.now, uuid4())
    if made.findings:
        context.out(report(made.findings, "text", context.translator, colour=context.colour))
    said = message("Your organisation is in {folder}", folder=made.folder)
    context.out(context.translator.say(said))
    context.say(message("Read its README.md first: it tells where things are."))
    context.next("orgcode guide what-orgcode-is", message("tells how to go on"))
    return 0


def _complete(context: Context, given: Mapping[str, str | None]) -> Mapping[str, str]:
    """What was given, and what is asked for; never asks where nobody can answer."""
    for option, answer in given.items():
        if answer is not None and not answer.strip():
            raise OrgcodeError(
                message("{option} is empty.", option=option),
                message("Give it a text, or leave it out to be asked for it."),
            )
    known = {"--founder": known_founder()}
    missing = [option for option, answer in given.items() if answer is None]
    if context.interactive:
        asked = {option: _ask(context, option, known.get(option)) for option in missing}
    else:
        asked = {option: found for option in missing if (found := known.get(option))}
        if lacking := [option for option in missing if option not in asked]:
            raise OrgcodeError(
                message("There is nobody at a terminal to ask for {options}.", options=lacking),
                message(
                    "Give it as options: {options}.",
                    options=" ".join(f'{option} "..."' for option in lacking),
                ),
            )
    return {
        option: answer if answer is not None else asked[option] for option, answer in given.items()
    }


def _ask(context: Context, option: str, known: str | None) -> str:
    question = context.translator.say(QUESTIONS[option])
    answer = ""
    while not answer.strip():
        answer = click.prompt(
            question,
            default=known or "",
            err=True,
            show_default=bool(known),
            prompt_suffix=": " if known else " ",
        )
    return answer
