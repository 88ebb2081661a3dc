"""`orgcode show`: all about one thing."""

from __future__ import annotations

import click

from orgcode.actions.show import show
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.law.who_decides import who_decides
from orgcode.model.message import message
from orgcode.reporting.decisions import brief_decisions, decisions_as_data
from orgcode.reporting.things import report_thing, report_thing_as_json


@orgcode_command(
    "show",
    formats=("text", "json"),
    help="Show one thing with all that is written about it, who holds it now and next, and who "
    "decides about it.\n\nTHING is an address such as roles/cook, people/sara, roles/kitchen/lead "
    "(a role that every circle has) or org; or just an id, where only one thing is called so.",
)
@click.argument("thing")
def command(context: Context, thing: str) -> int:
    """Print the thing."""
    found, org, is_adopted = show(
        context.directory, context.today, thing, at=context.at, progress=context.progress
    )
    translator = context.translator
    decisions = who_decides(org, found.thing)
    if context.format == "json":
        data = decisions_as_data(decisions, org, translator)
        context.out(report_thing_as_json(found.kind, found.address, found.thing, org, data))
    else:
        said = tuple(brief_decisions(decisions, org, translator))
        shown = report_thing(
            found.kind, found.address, found.thing, org, translator, said, is_adopted=is_adopted
        )
        context.out(shown)
    if found.kind == "proposal":
        context.next(
            f"orgcode explain-verdict {found.thing.id}",
            message("tells how it was decided, or how it stands"),
        )
    else:
        context.next(
            f"orgcode who-decides {found.address}",
            message("tells who decides about it, with the people by name"),
        )
    return 0
