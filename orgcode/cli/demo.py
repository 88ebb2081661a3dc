"""`orgcode demo`: a complete example organisation with its handbook."""

from __future__ import annotations

import sys
import webbrowser
from shlex import quote

import click

from orgcode.actions.demo import Demo, demo
from orgcode.adapters.serving import serve_site, wait_for_interrupt
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.model.message import message
from orgcode.reporting.findings import report


@orgcode_command(
    "demo",
    reads=False,
    help="Make a complete example organisation: a neighbourhood cooperative of five circles, in "
    "a git repository of its own, with its handbook.\n\nDIR is the folder to make it in, which "
    "must be new or empty; without it, orgcode-demo.",
)
@click.argument("dir", default="orgcode-demo")
@click.option("--serve", is_flag=True, help="Show the handbook in the browser until Ctrl-C.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="PORT",
    help="The port to show it at; without it, any that is free.",
)
def command(context: Context, dir: str, serve: bool, port: int) -> int:  # noqa: FBT001 (options)
    """Make it, say where it is, and show it if asked to."""
    made = demo(context.directory / dir, context.now, context.language)
    context.out(
        report(
            made.findings, "text", context.translator.speaking(made.ruleset), colour=context.colour
        )
    )
    say = context.translator.say
    context.out(say(message("The example organisation is in {folder}", folder=made.folder)))
    context.out(say(message("Its handbook is {file}", file=made.handbook.first_page)))
    if serve:
        _serve(context, made, port)
    context.next(
        f"orgcode -C {quote(str(context.directory / dir))} list roles --open",
        message("shows where somebody is looked for"),
    )
    return 0


def _serve(context: Context, made: Demo, port: int) -> None:
    with serve_site(made.handbook.folder, port) as address:
        said = message("Until you press Ctrl-C it is shown at {address}", address=address)
        context.out(context.translator.say(said))
        sys.stdout.flush()
        if context.interactive:
            webbrowser.open(address)
        wait_for_interrupt()
