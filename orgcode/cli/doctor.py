"""`orgcode doctor`: whether all is ready for deciding together."""

from __future__ import annotations

import click

from orgcode.actions.doctor import examine
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.model.message import many, message
from orgcode.reporting.health import health_as_json, report_health


@orgcode_command(
    "doctor",
    formats=("text", "json"),
    reads=False,
    help="Tell whether all is ready for deciding together: whether git and orgcode know who you "
    "are, whether you can sign, whether the rules are in force, whether what you say reaches "
    "others, whether a witness sees it, and whether the tooling is up to date. On a server it "
    "looks at the hooks.\n\nBelow each thing to do stands the command for it; nothing is changed. "
    "The exit code is 0 if nothing is to be done, else 1.",
)
@click.option("--as", "person", metavar="PERSON", help="Who you are: the id of a person.")
@click.option(
    "--target", metavar="BRANCH", help="The branch on which decisions are kept; else main."
)
def command(context: Context, person: str | None, target: str | None) -> int:
    """Print every point."""
    points = examine(
        context.directory, context.now, person=person, target=target, progress=context.progress
    )
    if context.format == "json":
        context.out(health_as_json(points, context.translator))
    else:
        context.out(report_health(points, context.translator))
    context.next(
        "orgcode status", message("tells how the {proposals} stand", proposals=many("proposal"))
    )
    return 0 if all(point.is_ok for point in points) else 1
