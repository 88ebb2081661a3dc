"""`orgcode init`: the repository of a new organisation."""

from __future__ import annotations

from uuid import uuid4

import click

from orgcode.actions.init import Founded, Founding, init, known_email
from orgcode.actions.naming import teams_from
from orgcode.actions.starters import STARTERS, starter_named
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.cli.init_questions import choose_starter, choose_teams, complete
from orgcode.cli.init_update import refuse_mixture, run_update
from orgcode.model.message import message, messages
from orgcode.reporting.findings import report

VACANCIES = frozenset({"seat-open", "core-role-missing"})
"""Rules whose findings are to be expected in a new organisation: it has but one person."""


@orgcode_command(
    "init",
    reads=False,
    help="Make the repository of a new organisation: some circles, roles and policies to start "
    "from, a README, settings for editors, and a workflow that checks every pull request.\n\n"
    "DIR is the folder to make it in, which must be new or empty; without it, the current one. "
    "What is not given as an option is asked for at a terminal. --lang is also the language of the "
    "organisation. `orgcode guide rulesets` compares the rulesets.\n\n"
    "With --update, DIR is an organisation's repository that is there already. What an earlier "
    "version wrote (schemas, settings for editors, the workflow) is refreshed; what you changed or "
    "deleted stays as it is. Nothing is committed.",
    lists={
        message("Starters").id: {starter.name: starter.about.id for starter in STARTERS},
    },
)
@click.argument("dir", default=".")
@click.option("--name", metavar="TEXT", help="What the organisation is called.")
@click.option("--purpose", metavar="TEXT", help="What it is for, in one sentence.")
@click.option(
    "--founder", metavar="TEXT", help="Your own name; without it, the name that git knows."
)
@click.option("--starter", metavar="NAME", help="What to start with: one of the starters below.")
@click.option(
    "--ruleset", metavar="RULESET", help="Or the rules to start with, as in sociocracy@1."
)
@click.option(
    "--team",
    "teams",
    metavar="TEXT",
    multiple=True,
    help="A team of the starter neighbourhood-care; may be given several times.",
)
@click.option(
    "--update", is_flag=True, help="Refresh the schemas, settings and workflow of a repository."
)
@click.option("--dry-run", is_flag=True, help="With --update: only say what would be done.")
@click.option("--diff", is_flag=True, help="With --update: only show what is different.")
def command(
    context: Context,
    dir: str,
    name: str | None,
    purpose: str | None,
    founder: str | None,
    starter: str | None,
    ruleset: str | None,
    teams: tuple[str, ...],
    *,
    update: bool,
    dry_run: bool,
    diff: bool,
) -> int:
    """Ask what is missing, write the repository, and say where it is."""
    given = {"--name": name, "--purpose": purpose, "--founder": founder}
    wanted = {"--starter": starter, "--ruleset": ruleset, "--team": teams}
    refuse_mixture({**given, **wanted}, {"--dry-run": dry_run, "--diff": diff}, update=update)
    if update:
        return run_update(context, dir, dry_run=dry_run, diff=diff)
    starter_named(starter, ruleset)  # what was mistyped is told before anything is asked
    teams_from(teams)
    answers = complete(context, given)
    chosen = choose_starter(context, starter, ruleset)
    founding = Founding(
        name=answers["--name"],
        purpose=answers["--purpose"],
        founder=answers["--founder"],
        language=context.language,
        email=known_email(answers["--founder"]),
        starter=chosen.name,
        teams=choose_teams(context, chosen, teams),
    )
    _tell(context, init(context.directory / dir, founding, context.now, uuid4()))
    context.next("orgcode guide what-orgcode-is", message("tells how to go on"))
    return 0


def _tell(context: Context, made: Founded) -> None:
    """Where it is, what is wrong with it if anything, and that places are open."""
    vacant = [finding for finding in made.findings if finding.rule in VACANCIES]
    if others := tuple(finding for finding in made.findings if finding not in vacant):
        context.out(
            report(others, "text", context.translator.speaking(made.ruleset), colour=context.colour)
        )
    said = message("Your organisation is in {folder}", folder=made.folder)
    context.out(context.translator.say(said))
    context.say(message("Read its README.md first: it tells where things are."))
    if vacant:
        context.say(
            messages(
                "One role is still waiting for somebody: `orgcode check` says which.",
                "{count} roles are still waiting for somebody: `orgcode check` says which.",
                len(vacant),
            )
        )
