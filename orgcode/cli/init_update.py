"""`orgcode init --update`: the tooling of a repository, brought up to date."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from shlex import quote

from orgcode.actions.tooling import RECORD
from orgcode.actions.update import Outcome, update
from orgcode.cli.context import Context
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import Message, message
from orgcode.reporting.terminal import in_lines, one_line

SAID: Mapping[Outcome, Message] = {
    "new": message("new"),
    "refreshed": message("refreshed"),
    "current": message("current already"),
    "changed": message("kept, because you changed it"),
    "deleted": message("not made again, because you deleted it"),
    "link": message("kept, because it is or lies behind a link"),
    "read-only": message("kept, because it is read-only"),
    "unreadable": message("kept, because it is no ordinary file"),
    "no longer made": message("kept, though orgcode no longer makes it"),
}


def run_update(context: Context, dir: str, *, dry_run: bool, diff: bool) -> int:
    """Refresh, and say what became of each file."""
    folder, write = context.directory / dir, not (dry_run or diff)
    done = update(folder, context.today, version("orgcode"), write=write)
    if done.record_was_damaged:
        context.warn(
            message(
                "{path} cannot be used. What you changed is told from what early versions wrote.",
                path=RECORD,
            )
        )
    if diff:
        context.out(in_lines(done.difference))
    else:
        say = context.translator.say
        lines = (f"{one_line(path)}: {say(SAID[what])}" for path, what in done.outcomes.items())
        context.out("".join(f"{line}\n" for line in lines))
    outcomes = set(done.outcomes.values())
    here = "" if dir == "." else f" {quote(dir)}"
    if dry_run or diff:
        context.say(message("Nothing has been written: this is what would be done."))
        context.next(f"orgcode init{here} --update", message("does it"))
        return 0
    if outcomes & {"new", "refreshed"}:
        context.say(_not_committed())
    if outcomes & {"changed", "deleted"}:
        context.next(
            f"orgcode init{here} --update --diff",
            message("shows how what you changed differs from what orgcode makes"),
        )
    else:
        context.next("orgcode check", message("finds what is wrong in the files"))
    return 0


def refuse_mixture(
    founding: Mapping[str, object], updating: Mapping[str, object], *, update: bool
) -> None:
    """What founds an organisation has no meaning for one that is there, and the reverse."""
    for option, value in (founding if update else updating).items():
        if value and update:
            raise OrgcodeError(
                message("{option} cannot be used together with --update.", option=option),
                message("Leave out one of them."),
            )
        if value:
            raise OrgcodeError(
                message("{option} goes with --update.", option=option),
                message("Add --update, or leave out {option}.", option=option),
            )


def _not_committed() -> Message:
    return message(
        "Nothing has been committed: look at it with 'git diff', and propose it like any change."
    )
