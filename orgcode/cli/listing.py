"""`orgcode list`: the things of a kind."""

from __future__ import annotations

from collections.abc import Iterator

import click

from orgcode.actions.addressing import address_of
from orgcode.actions.listing import Listing, list_things
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.i18n.translator import Translator
from orgcode.model.message import message
from orgcode.reporting.listing import report_list, report_list_as_json, why_empty
from orgcode.reporting.values import Values


@orgcode_command(
    "list",
    formats=("text", "json"),
    help="List the things of a KIND that are not over: circles, roles, people, policies, "
    "agreements, objectives, tensions or proposals.",
)
@click.argument("kind")
@click.option("--circle", metavar="ID", help="Only what stands in this circle.")
@click.option("--person", metavar="ID", help="Only what this person holds, senses or proposes.")
@click.option("--open", is_flag=True, help="Only what is open: vacant, not closed, not reached.")
def command(
    context: Context,
    kind: str,
    circle: str | None,
    person: str | None,
    open: bool,  # noqa: FBT001 (an option)
) -> int:
    """Print the table, or say why it is empty."""
    found = list_things(
        context.directory,
        context.today,
        kind,
        circle=circle,
        person=person,
        open=open,
        at=context.at,
        progress=context.progress,
    )
    translator = context.translator
    if context.format == "json":
        values = Values(found.org, translator)
        context.out(report_list_as_json(found.kind, found.things, found.org, values))
    else:
        context.out(report_list(found.things, found.org, translator))
    if found.things:
        address = address_of(found.kind, found.things[0].id)
        context.next(f"orgcode show {address}", message("tells all about one of these"))
        return 0
    context.say(
        why_empty(
            found.kind,
            live=found.live,
            over=found.over,
            filters=tuple(_filters(found, translator)),
            org=found.org,
            translator=translator,
        )
    )
    if found.live:
        context.next(f"orgcode list {kind}", message("lists all of them"))
    else:
        context.next("orgcode guide the-files", message("tells how to write one"))
    return 0


def _filters(found: Listing, translator: Translator) -> Iterator[str]:
    if found.circle is not None:
        name = translator.read(found.circle.name)
        yield translator.say(message("in {circle}", circle=name))
    if found.person is not None:
        yield translator.say(message("of {person}", person=found.person.name))
    if found.open:
        yield translator.say(message("only what is open"))
