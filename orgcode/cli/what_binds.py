"""`orgcode what-binds`: which policies and agreements hold for a circle, role or person."""

from __future__ import annotations

import click

from orgcode.actions.what_binds import what_binds
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.model.message import message
from orgcode.reporting.binding import binding_as_data, report_binding
from orgcode.reporting.json import write_json


@orgcode_command(
    "what-binds",
    formats=("text", "json"),
    help="Tell which policies and agreements hold somewhere: the nearest first, each with the "
    "place that it comes from and why it holds. What does not hold yet, or no longer, is told "
    "apart.\n\nTHING is an address such as roles/cook, people/sara or circles/kitchen; or just an "
    "id, where only one thing is called so.",
)
@click.argument("thing")
def command(context: Context, thing: str) -> int:
    """Print what binds it."""
    bound = what_binds(
        context.directory, context.today, thing, at=context.at, progress=context.progress
    )
    if context.format == "json":
        data = binding_as_data(bound.what, bound.org, context.translator)
        context.out(write_json({"thing": bound.found.address, **data}))
    else:
        context.out(report_binding(bound.found.thing, bound.what, bound.org, context.translator))
    if not bound.found.thing.is_live(context.today):
        context.say(message("{address} is over: nothing binds it.", address=bound.found.address))
    elif not bound.what.now:
        context.say(message("No agreement holds for {address}.", address=bound.found.address))
    context.next(
        f"orgcode who-decides {bound.found.address}",
        message("tells who decides about it, with the people by name"),
    )
    return 0
