"""`orgcode hook`: a server that lets in only what is lawful, and witnesses what it received."""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import which

import click

from orgcode.actions.hooking import install
from orgcode.actions.receiving import parse_moves, received, refusals
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message
from orgcode.reporting.terminal import quoted


@orgcode_command(
    "hook",
    reads=False,
    help="Let the bare repository that your members push to guard itself.\n\n"
    "`orgcode hook install` puts two hooks into it. One refuses pushes that are not lawful by the "
    "rules of the organisation; the other writes down what was received and when, signed with the "
    "server's key. --new-key makes such a key; what it prints belongs into org.yaml, so that the "
    "server counts as a witness.\n\n"
    "`orgcode hook pre-receive` and `orgcode hook post-receive` are what git calls.",
)
@click.argument(
    "what",
    type=click.Choice(["install", "pre-receive", "post-receive"]),
    metavar="install|pre-receive|post-receive",
)
@click.option("--key", metavar="FILE", help="The server's own SSH key: its private file.")
@click.option("--new-key", is_flag=True, help="Make an SSH key for the server.")
@click.option("--name", metavar="TEXT", default="server", help="What the witness is called.")
@click.option("--replace", is_flag=True, help="Replace hooks that are there already.")
def command(
    context: Context, what: str, key: str | None, name: str, *, new_key: bool, replace: bool
) -> int:
    """Install the hooks, or be one of them."""
    if what == "install":
        return _install(context, key, name, new_key=new_key, replace=replace)
    moves = parse_moves(sys.stdin.buffer.read().decode("utf-8", "surrogateescape"))
    if what == "post-receive":
        received(context.directory, moves, context.now)
        return 0
    found = refusals(context.directory, moves, context.now)
    say = context.translator.say
    for cause, way_out in found:
        sys.stderr.write(f"orgcode: {quoted(say(cause))}\n    {quoted(say(way_out))}\n")
    return 1 if found else 0


def _install(context: Context, key: str | None, name: str, *, new_key: bool, replace: bool) -> int:
    if key is not None and new_key:
        raise OrgcodeError(
            message("--key and --new-key do not go together."), message("Leave one of them out.")
        )
    made = install(
        context.directory,
        _program(),
        context.today,
        language=context.language,
        key=Path(key).expanduser() if key is not None else None,
        new_key=new_key,
        replace=replace,
    )
    context.say(message("{folder} lets in only what is lawful from now on.", folder=made.folder))
    if made.key is None:
        context.say(
            message("It signs nothing, so that it is no witness of time: add a key with --new-key.")
        )
        return 0
    context.say(message("Propose these lines for org.yaml, so that it counts as a witness:"))
    context.out(
        f"witnesses:\n  - name: {name}\n    key: {made.key}\n    since: {made.since.isoformat()}\n"
    )
    context.next("orgcode guide server", message("tells how to set up a server"))
    return 0


def _program() -> Path:
    """The program that the hooks start: this one."""
    beside = Path(sys.executable).with_name("orgcode")
    found = beside if beside.is_file() else which("orgcode")
    if not found:
        raise OrgcodeError(
            message("The program orgcode is not found on this computer."),
            message("Install it so that 'orgcode' can be started, and try again."),
        )
    return Path(found).absolute()
