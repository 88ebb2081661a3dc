"""The entry: which commands there are, and what becomes of errors.

Exit codes: 0 clean, 1 findings, 2 wrong use or an unusable repository, 3 a bug in orgcode.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

import click

from orgcode.cli.choices import Choices, language_asked_for, shared_options
from orgcode.cli.command import Command, write_help

INTERRUPTED = 130
"""What a shell calls a program that was stopped with Ctrl-C."""
PIPE_CLOSED = 141
"""What a shell calls a program whose reader went away."""

COLLECTIONS = (1_000_000, 20, 1_000)
"""After how many new objects Python looks through these for garbage, after how many times also
through older ones, and how seldom through all: an organisation is read once and kept to the end,
and looking through it at the usual pace takes a fifth of the time of a check and finds none; at
a tenth of this number it still takes a twentieth.
"""


class Entry(NamedTuple):
    """A command that is not imported yet: its module in this room, and what it is for."""

    module: str
    help: str


COMMANDS = {
    "demo": Entry("demo", help="Make a complete example organisation with its handbook."),
    "init": Entry("init", help="Make the repository of a new organisation."),
    "import": Entry("importing", help="Make an organisation out of the files of another system."),
    "check": Entry("check", help="Find what is wrong in the organisation's files."),
    "show": Entry("show", help="Show one thing: a circle, role, person, policy..."),
    "list": Entry("listing", help="List the things of a kind, such as all roles."),
    "who-decides": Entry("who_decides", help="Tell who decides about a thing, and how."),
    "what-binds": Entry("what_binds", help="Tell which policies and agreements hold somewhere."),
    "log": Entry("log", help="Tell what happened: to the organisation, or to one thing."),
    "blame": Entry("blame", help="Tell since when each line of a thing is there, and why."),
    "diff": Entry("diff", help="Tell what a change means, and for whom."),
    "affected": Entry("affected", help="Tell whom a change concerns, and why."),
    "propose": Entry("propose", help="Propose what you have changed in the files."),
    "respond": Entry("respond", help="Say what you think of a proposal."),
    "status": Entry("status", help="Tell how the open proposals stand."),
    "adopt": Entry("adopt", help="Make a proposal part of the organisation, if it may be."),
    "withdraw": Entry("withdraw", help="Withdraw a proposal of yours."),
    "explain-verdict": Entry(
        "explain_verdict", help="Tell how the verdict on a proposal comes about."
    ),
    "gate": Entry("gate", help="Tell whether a change may be merged."),
    "hook": Entry("hook", help="Let a server take in only what is lawful."),
    "doctor": Entry("doctor", help="Tell whether all is ready for deciding together."),
    "key": Entry("key", help="List the keys with which people sign, or add your own."),
    "audit": Entry("audit", help="Tell whether all that was decided was decided lawfully."),
    "build": Entry("build", help="Make the handbook: a website of the whole organisation."),
    "explain": Entry("explain", help="Explain a rule that check goes by."),
    "guide": Entry("guide", help="Read a short guide, for instance about the files."),
}


class Group(click.Group):
    """All commands; each is imported only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (as click calls it)
        """The names, in the order in which one comes to need them."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 (as click calls it)
        cmd_name: str,
    ) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"orgcode.cli.{COMMANDS[cmd_name].module}")
        command: Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is asked for."""
        if args[0] not in COMMANDS:
            from orgcode.cli.errors import no_such_command

            raise no_such_command(args[0], tuple(COMMANDS))
        return super().resolve_command(ctx, args)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 (as click calls it)
        formatter: click.HelpFormatter,
    ) -> None:
        """Write what each command is for, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])

    def get_help(self, ctx: click.Context) -> str:
        """The help, in the language asked for."""
        return write_help(self, ctx)


def _show_version(context: click.Context, _: click.Parameter, value: object) -> None:
    if value:
        from importlib.metadata import version

        click.echo(f"orgcode {version('orgcode')}")
        context.exit()


group = Group(
    "orgcode",
    params=[
        *shared_options(),
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            help="Show the version and exit.",
        ),
    ],
    help="Your organisation as code: circles, roles, people and agreements in plain files, with "
    "rules that check them and a handbook that shows them.",
    epilog="orgcode COMMAND --help tells more about a command.",
)


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    gc.set_threshold(*COLLECTIONS)
    code = run(sys.argv[1:])
    sys.stderr.flush()
    # The system takes back the memory of an organisation at once; Python would do it bit by bit.
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run the command line and give its exit code."""
    choices = Choices(language=language_asked_for(arguments, os.environ))
    try:
        code = _invoke(list(arguments), choices)
        sys.stdout.flush()
    except BrokenPipeError:
        from orgcode.cli.context import drop_output

        drop_output()
        return PIPE_CLOSED
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 (the one place that tells a bug from wrong use)
        from orgcode.cli.errors import report

        return report(error, choices.language)
    return code


def _invoke(arguments: list[str], choices: Choices) -> int:
    try:
        if not arguments:
            arguments = ["--help"]
        with group.make_context("orgcode", arguments, obj=choices) as ctx:
            return group.invoke(ctx) or 0
    except click.exceptions.Exit as end:
        return end.exit_code
