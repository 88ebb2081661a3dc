"""`orgcode diff`: what a change means."""

from __future__ import annotations

import click

from orgcode.actions.differing import difference
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.model.message import message
from orgcode.reporting.changes import Form, Told, change_as_data, report_change
from orgcode.reporting.json import write_json


@orgcode_command(
    "diff",
    formats=("text", "json", "markdown"),
    reads=False,
    help="Tell what a change means, in sentences by circle: what is new, over or otherwise; who "
    "gains or loses a role, a domain or a say; who is affected, and why; and what check finds "
    "that it did not find before.\n\nWithout RANGE it is about the files as they are, against "
    "what was committed last. RANGE is two revisions or days, as in main..mine or "
    "2027-01-01..2027-06-30, or only the first: then the files as they are come second.",
)
@click.argument("range", required=False)
def command(context: Context, range: str | None) -> int:
    """Print what the change means."""
    found = difference(context.directory, context.today, range, progress=context.progress)
    told = Told(
        change=found.change,
        affected=found.affected,
        shifts=found.shifts,
        appeared=found.appeared,
        vanished=found.vanished,
    )
    if context.format == "json":
        context.out(write_json(change_as_data(told, context.translator)))
    else:
        form: Form = "markdown" if context.format == "markdown" else "text"
        context.out(report_change(told, form, context.translator))
    if not found.change.effects:
        context.say(message("Nothing has changed."))
        context.next("orgcode log", message("tells what happened before"))
    elif any(finding.severity == "error" for finding in found.appeared):
        context.next("orgcode check", message("shows what is wrong, with the way out"))
    else:
        things = [e.thing for e in found.change.effects if _may_be_asked(e.thing)]
        if things:
            context.next(f"orgcode who-decides {things[0]}", message("tells who decides about it"))
    return 0


def _may_be_asked(thing: str) -> bool:
    return thing.startswith(("roles/", "circles/", "people/", "policies/")) and "." not in thing
