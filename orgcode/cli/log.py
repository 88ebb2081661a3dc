"""`orgcode log`: what happened, to the organisation or to one thing."""

from __future__ import annotations

import click

from orgcode.actions.log import Log, log
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.cli.past import said_name, say_what_is_missing, speaking
from orgcode.model.message import message, messages
from orgcode.reporting.steps import held_as_data, report_held, report_steps, steps_as_data
from orgcode.reporting.terminal import in_lines


@orgcode_command(
    "log",
    formats=("text", "json"),
    help="Tell what happened, the latest first: alone the diary of the whole organisation, with a "
    "THING what became of that. Of a role or circle it tells who held it from when to when, of a "
    "person every role held.\n\nTHING is an address such as roles/cook, people/sara or "
    "roles/kitchen/lead (a role that every circle has); or just an id, where only one thing is "
    "called so. What is no longer there can be asked for too.",
)
@click.argument("thing", required=False)
@click.option(
    "--limit",
    metavar="NUMBER",
    type=click.IntRange(min=1),
    default=20,
    help="Tell so many steps at most, instead of 20.",
)
def command(context: Context, thing: str | None, limit: int) -> int:
    """Print the steps."""
    found = log(
        context.directory,
        context.today,
        thing,
        limit=limit,
        at=context.at,
        progress=context.progress,
    )
    if context.format == "json":
        from orgcode.reporting.json import write_json  # only here: words need none

        context.out(write_json(_as_data(found, context)))
    else:
        context.out(_in_words(found, context))
    path = found.thing.path if found.thing else None
    say_what_is_missing(context, found.cut_off, path if found.is_altered else None)
    older = found.total - len(found.steps)
    if older > 0:
        context.say(
            messages(
                "One older step is not told; --limit {total} tells all.",
                "{count} older steps are not told; --limit {total} tells all.",
                older,
                total=str(found.total),
            )
        )
    _next(found, context)
    return 0


def _in_words(found: Log, context: Context) -> str:
    translator = speaking(context, found.words)
    address = found.thing.address if found.thing else ""
    name = said_name(found.name, translator)
    parts = [in_lines(" · ".join(filter(None, (name, address)))) + "\n"]
    by_role = not address.startswith("people/")
    parts.append(report_held(found.held, translator, by_role=by_role))
    parts.append(report_steps(found.steps, translator))
    return "\n".join(filter(None, parts))


def _as_data(found: Log, context: Context) -> dict[str, object]:
    return {
        "thing": found.thing.address if found.thing else None,
        "path": found.thing.path if found.thing else None,
        "total": found.total,
        "shallow_before": found.cut_off,
        "held": held_as_data(found.held),
        "steps": steps_as_data(found.steps, speaking(context, found.words)),
    }


def _next(found: Log, context: Context) -> None:
    if found.thing is None:
        every = [thing for step in found.steps for thing in step.things]
        things = [thing for thing in every if "." not in thing]  # rather than a page or setting
        if things:
            context.next(f"orgcode log {things[0]}", message("tells what became of one thing"))
    elif found.thing.is_there and "." not in found.thing.address:
        context.next(
            f"orgcode blame {found.thing.address}",
            message("tells of each line where it comes from"),
        )
    else:
        context.next("orgcode log", message("tells what happened in the whole organisation"))
