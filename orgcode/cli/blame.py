"""`orgcode blame`: since when each line of a thing is there, and by whose change."""

from __future__ import annotations

from functools import partial

import click

from orgcode.actions.blame import blame_thing
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.cli.past import name_in, say_what_is_missing, speaking, words
from orgcode.model.message import message
from orgcode.reporting.origins import origins_as_data, report_origins


@orgcode_command(
    "blame",
    formats=("text", "json"),
    help="Tell of each line of a thing since when it is there, by whose change, and why: each "
    "field, and each item of a list. What only moved in its list keeps its origin; what was "
    "reworded says so.\n\nTHING is an address such as roles/cook, people/sara, roles/kitchen/lead "
    "(a role that every circle has) or org; or just an id, where only one thing is called so.",
)
@click.argument("thing")
def command(context: Context, thing: str) -> int:
    """Print each line with its origin."""
    found = blame_thing(
        context.directory, context.today, thing, at=context.at, progress=context.progress
    )
    if context.format == "json":
        from orgcode.reporting.json import write_json  # only here: words need none

        data = {"thing": found.thing.address, "path": found.thing.path}
        context.out(write_json({**data, "lines": origins_as_data(found.lines)}))
    else:
        translator = speaking(context, found.words)
        name = name_in(found.data, translator) if not found.thing.pointer else ""
        address, label = found.thing.address, partial(words, translator)
        context.out(report_origins(name, address, found.lines, label, translator))
    say_what_is_missing(context, found.cut_off, found.thing.path if found.is_altered else None)
    context.next(
        f"orgcode log {found.thing.address}", message("tells what happened to it, step by step")
    )
    return 0
