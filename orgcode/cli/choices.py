"""The options that every command shares, usable before and after the command's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import click
from msgspec import Struct

FORMATS = ("text", "json", "markdown", "github", "sarif", "junit")
LANGUAGES = ("nl", "en")


class Choices(Struct, kw_only=True):
    """What was chosen with the shared options; filled while the command line is parsed."""

    language: str
    directory: str = "."
    at: str | None = None
    now: str | None = None
    format: Literal["text", "json", "markdown", "github", "sarif", "junit"] = "text"
    quiet: bool = False


def language_asked_for(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language to speak before anything is parsed, so that help and errors are in it too.

    `--lang` decides, else the first of LC_ALL, LC_MESSAGES and LANG that is set.
    """
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            chosen = value if equals else "".join(arguments[place + 1 : place + 2])
            if chosen in LANGUAGES:
                return chosen
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "nl" if locale.lower().partition("_")[0].partition(".")[0] == "nl" else "en"


def shared_options(
    formats: Sequence[str] = FORMATS, *, reads: bool = True
) -> list[click.Parameter]:
    """New options, for one command; help leaves out those that it has no use for."""
    return [
        _option(
            ["-C", "directory"],
            metavar="DIR",
            help="Work as if started in this folder.",
        ),
        _option(
            ["--at"],
            metavar="DATE|REV",
            hidden=not reads,
            help="Look back: read the files as they were on this day or in this revision.",
        ),
        _option(
            ["--now"],
            metavar="MOMENT",
            help="Take this day or moment for now, as in 2028-03-01 (UTC). With a DATE for --at, "
            "that day is it.",
        ),
        _option(
            ["--lang", "language"],
            type=click.Choice(LANGUAGES),
            help="The language to speak: nl or en.",
        ),
        _format(formats),
        _option(
            ["--quiet", "-q"],
            is_flag=True,
            help="Say nothing but the answer and what is wrong.",
        ),
    ]


def _format(formats: Sequence[str]) -> click.Option:
    settings = {
        "type": click.Choice(FORMATS),
        "metavar": f"[{'|'.join(formats)}]",
        "hidden": len(formats) == 1,
    }
    if "github" not in formats:
        return _option(
            ["--format"], help="The form of the answer; json is for programs.", **settings
        )
    return _option(
        ["--format"],
        help="The form of the answer; json is for programs, github for checks on GitHub.",
        **settings,
    )


def _option(names: list[str], **settings: Any) -> click.Option:
    return click.Option(names, expose_value=False, callback=_remember, **settings)


def _remember(context: click.Context, parameter: click.Parameter, value: object) -> None:
    """Keep what was given; the option after the command's name comes last, and so wins."""
    if value is not None and value is not False and parameter.name:
        setattr(context.obj, parameter.name, value)
