"""What is said when orgcode cannot go on: wrong use, an unusable repository, or a bug."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from difflib import get_close_matches

import click

from orgcode.i18n.translator import Translator
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import Message, message
from orgcode.reporting.terminal import quoted

WRONG_USE = 2
BUG = 3


def report(error: Exception, language: str) -> int:
    """Say on standard error what is wrong and what to do; gives the exit code."""
    translator = Translator(language)
    if isinstance(error, OrgcodeError):
        said, code = (error.cause, error.way_out), WRONG_USE
    elif isinstance(error, click.ClickException):
        said, code = wrong_use(error), WRONG_USE
    else:
        sys.stderr.write(f"{quoted(''.join(traceback.format_exception(error)).rstrip())}\n")
        said, code = _bug(), BUG
    cause, way_out = (quoted(translator.say(part)) for part in said)
    sys.stderr.write(f"orgcode: {cause}\n    {way_out}\n")
    return code


def wrong_use(error: click.ClickException) -> tuple[Message, Message]:
    """Cause and way out of what click found wrong with the command line."""
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    way_out = message(
        "See {command} --help.", command=ctx.command_path if ctx is not None else "orgcode"
    )
    match error:
        case click.NoSuchOption():
            cause = message("There is no option {name}.", name=error.option_name)
            return cause, _did_you_mean(error.possibilities or ()) or way_out
        case click.MissingParameter() if error.param is not None:
            name = error.param.human_readable_name
            return message("{name} is missing.", name=name), way_out
        case click.BadParameter() if error.param is not None:
            return _bad_value(error, error.param), way_out
        case click.BadOptionUsage():
            return message("{name} is not used rightly.", name=error.option_name), way_out
        case click.UsageError() if ctx is not None and isinstance(ctx.command, click.Group):
            return message("No command was given."), way_out
    return message("These arguments do not fit: {text}", text=error.format_message()), way_out


def no_such_command(name: str, commands: tuple[str, ...]) -> OrgcodeError:
    """What is wrong when there is no such command."""
    near = _did_you_mean(get_close_matches(name, commands))
    cause = message("There is no command {name}.", name=name)
    return OrgcodeError(cause, near or message("See {command} --help.", command="orgcode"))


def _bad_value(error: click.BadParameter, parameter: click.Parameter) -> Message:
    name = max(parameter.opts, key=len)
    if isinstance(parameter.type, click.Choice):
        choices = ", ".join(parameter.type.choices)
        return message("{name} must be one of: {choices}.", name=name, choices=choices)
    return message("The value of {name} is not right: {text}", name=name, text=error.message)


def _did_you_mean(near: Sequence[str]) -> Message | None:
    return message("Did you mean {name}?", name=near[0]) if near else None


def _bug() -> tuple[Message, Message]:
    from importlib.metadata import version

    return (
        message("This is a bug in orgcode, not a mistake of yours."),
        message(
            "Please report it to the makers of orgcode, with the lines above and: orgcode "
            "{version}, Python {python}, {system}.",
            version=version("orgcode"),
            python=sys.version.split()[0],
            system=sys.platform,
        ),
    )
