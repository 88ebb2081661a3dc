"""`orgcode build`: make the handbook."""

from __future__ import annotations

from pathlib import Path

import click

from orgcode.actions.build import build
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.model.message import message, messages
from orgcode.rendering.own_templates import BrokenTemplatesError
from orgcode.reporting.findings import report

_FEW = 10
"""So many files that are left out are named."""


@orgcode_command(
    "build",
    help="Make the handbook: a website with a page for everything in the organisation, in each "
    "of its languages. It can be opened from the folder, without a server.\n\nWhat cannot be "
    "read is left out; orgcode check tells what that is.\n\nFor whom the handbook is, and what one "
    "for everyone shows, handbook.audience and handbook.public say in org.yaml.\n\nEvery page "
    "tells its history, and a diary what happened each month. With --at it is the handbook of that "
    "day or revision, and says so on every page. Ends with 1 where the organisation's own "
    "templates are broken.",
)
@click.option(
    "--output",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write to, instead of site/ in the repository.",
)
@click.option(
    "--for",
    "audience",
    type=click.Choice(["everyone", "members"]),
    help="For whom, instead of what handbook.audience in org.yaml says.",
)
def command(context: Context, output: Path | None, audience: str | None) -> int:
    """Build, and say where it is."""
    try:
        built = build(
            context.directory,
            context.today,
            at=context.at,
            output=output,
            audience=audience,
            progress=context.progress,
        )
    except BrokenTemplatesError as error:
        context.out(report(error.findings, "text", context.translator, colour=context.colour))
        context.next("orgcode guide own-templates", message("tells how templates are made"))
        return 1
    context.out(str(built.first_page))
    context.say(
        messages("One page was written.", "{count} pages were written.", built.pages),
    )
    for file in built.left_out[:_FEW]:
        context.warn(message("{file} is not carried along: {why}.", file=file.path, why=file.why))
    more = len(built.left_out) - _FEW
    if more > 0:
        context.warn(
            messages(
                "One more file is not carried along.",
                "{count} more files are not carried along.",
                more,
            )
        )
    if built.errors:
        context.warn(
            messages(
                "There is {count} error in the files; what it concerns may be missing.",
                "There are {count} errors in the files; what they concern may be missing.",
                built.errors,
            )
        )
        context.next("orgcode check", message("tells what is wrong and what to do"))
    else:
        context.say(message("Open that file in a browser; a web server can show its folder."))
        context.next("orgcode list roles --open", message("shows where somebody is looked for"))
    return 0
