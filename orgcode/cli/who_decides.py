"""`orgcode who-decides`: who decides about a thing or a kind of change."""

from __future__ import annotations

import click

from orgcode.actions.who_decides import who_decides
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.model.message import message
from orgcode.reporting.decisions import decisions_as_data, report_decisions
from orgcode.reporting.json import write_json


@orgcode_command(
    "who-decides",
    formats=("text", "json"),
    help="Tell who decides about something: by which rule, in which way, which people, and where "
    "the rule stands.\n\nTHING is an address such as roles/cook, or a kind of change: governance, "
    "organisation, circle, role, assignment, person, identity, policy, agreement, objective, "
    "tension, page or tooling.",
)
@click.argument("thing")
@click.option("--circle", metavar="ID", help="For a kind of change: only in this circle.")
def command(context: Context, thing: str, circle: str | None) -> int:
    """Print the decisions."""
    found = who_decides(
        context.directory,
        context.today,
        thing,
        circle=circle,
        at=context.at,
        progress=context.progress,
    )
    if context.format == "json":
        data = decisions_as_data(found.decisions, found.org, context.translator)
        context.out(write_json({"decisions": data}))
    else:
        context.out(report_decisions(found.decisions, found.org, context.translator))
    if not found.decisions:
        context.say(message("No decision rule says anything about this."))
    context.next("orgcode guide", message("lists what to read about decisions and more"))
    return 0
