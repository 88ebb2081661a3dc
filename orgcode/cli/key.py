"""`orgcode key`: the keys with which people sign."""

from __future__ import annotations

from pathlib import Path

import click

from orgcode.actions.keys import add_key, listed_keys
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message, one
from orgcode.reporting.keys import report_keys, report_keys_as_json


@orgcode_command(
    "key",
    formats=("text", "json"),
    help="List the SSH keys with which people sign, or add your own.\n\n"
    "`orgcode key list` tells which keys stand in people/, and which of them count today; with a "
    "person, only theirs.\n\n"
    "`orgcode key add` puts your public key into your file in people/, where it counts from today "
    "on once the change is adopted. FILE is a public key such as ~/.ssh/id_ed25519.pub; without "
    "it, the key is taken with which you sign in git, or the only one that you have.",
)
@click.argument("what", type=click.Choice(["list", "add"]), metavar="list|add")
@click.argument("which", required=False, metavar="[PERSON|FILE]")
@click.option(
    "--as",
    "given",
    metavar="PERSON",
    help="Who you are; without it, the person with the e-mail address that git has of you.",
)
def command(context: Context, what: str, which: str | None, given: str | None) -> int:
    """Print the keys, or add one."""
    if what == "add":
        return _add(context, which, given)
    if given is not None:
        raise OrgcodeError(
            message("'orgcode key list' has no use for --as."),
            message("Name the person behind it, as in 'orgcode key list {person}'.", person=given),
        )
    keys = listed_keys(
        context.directory, context.today, which, at=context.at, progress=context.progress
    )
    if context.format == "json":
        context.out(report_keys_as_json(keys, context.translator))
    else:
        context.out(report_keys(keys, context.translator))
    if not keys:
        context.say(message("No key is listed, so nobody can sign yet."))
    context.next("orgcode key add", message("puts your own key into your file"))
    return 0


def _add(context: Context, which: str | None, given: str | None) -> int:
    if context.at is not None:
        raise OrgcodeError(
            message("A key is added to the files as they are now."), message("Leave out --at.")
        )
    file = Path(which).expanduser() if which is not None else None
    made = add_key(context.directory, context.today, file, given, progress=context.progress)
    added = made.key
    said = message(
        "The key {key} of {person} now stands in {path}.",
        key=added.fingerprint,
        person=added.person.name,
        path=added.person.path,
    )
    if context.format == "json":
        context.out(report_keys_as_json((added,), context.translator))
    else:
        context.out(context.translator.say(said))
    if made.is_founding:
        context.say(message("It counts once it is committed: the rules are not in force yet."))
        context.next("orgcode guide beginning", message("tells what else a beginning needs"))
        return 0
    context.say(message("It counts once this change is adopted as your organisation decides."))
    context.next(
        "orgcode propose", message("makes a {proposal} of this change", proposal=one("proposal"))
    )
    return 0
