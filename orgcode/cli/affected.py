"""`orgcode affected`: whom a change concerns."""

from __future__ import annotations

import click

from orgcode.actions.differing import difference
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.model.message import message
from orgcode.reporting.changes import Form, Told, affected_as_data, report_affected
from orgcode.reporting.json import write_json


@orgcode_command(
    "affected",
    formats=("text", "json", "markdown"),
    reads=False,
    help="Tell whom a change concerns, and why: those who hold what changes or what refers to it, "
    "the members of its circles, whoever it is about, and whoever is to be consulted or "
    "asked.\n\nRANGE is what orgcode diff takes too: two revisions or days, as in main..mine; "
    "without it, the files as they are against what was committed last.",
)
@click.argument("range", required=False)
def command(context: Context, range: str | None) -> int:
    """Print who is affected."""
    found = difference(
        context.directory,
        context.today,
        range,
        with_findings=False,
        progress=context.progress,
    )
    told = Told(change=found.change, affected=found.affected)
    if context.format == "json":
        context.out(write_json(affected_as_data(told, context.translator)))
    else:
        form: Form = "markdown" if context.format == "markdown" else "text"
        context.out(report_affected(told, form, context.translator))
    if not found.change.effects:
        context.say(message("Nothing has changed."))
    elif not found.affected:
        context.say(message("Nobody is affected."))
    context.next(
        f"orgcode diff {range}" if range else "orgcode diff", message("tells what the change means")
    )
    return 0
