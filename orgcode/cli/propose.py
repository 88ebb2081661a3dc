"""`orgcode propose`: a change that others can respond to."""

from __future__ import annotations

import click

from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context


@orgcode_command(
    "propose",
    formats=("text", "json"),
    reads=False,
    help="Propose what you have changed in the files and not committed yet: it comes on a branch of "
    "its own, proposal/ID, together with why, and with your own consent. Your files stay as they "
    "are. PATHS limit it to some files or folders.\n\nTitle and tension are asked for at a "
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
