"""What a command knows when it begins: where, when, in which language; and how it speaks."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path
from shlex import quote
from shutil import which
from typing import Literal

from msgspec import Struct

from orgcode.cli.choices import Choices
from orgcode.cli.progress import TerminalProgress
from orgcode.i18n.translator import Translator
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import Message, message
from orgcode.model.span import day_named
from orgcode.reporting.terminal import quoted


class Context(Struct, frozen=True, kw_only=True, dict=True):
    """The shared options, read; and the two streams.

    Data goes to standard output (`out`), everything else to standard error.
    """

    directory: Path
    at: str | None
    now: datetime
    language: str
    format: Literal["text", "json", "markdown", "github", "sarif", "junit"]
    quiet: bool

    @property
    def today(self) -> date:
        """The day, in UTC."""
        return self.now.date()

    @cached_property
    def translator(self) -> Translator:
        """Speaks the chosen language."""
        return Translator(self.language)

    @property
    def colour(self) -> bool:
        """Whether standard output may be coloured."""
        wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return wanted and sys.stdout.isatty()

    @cached_property
    def progress(self) -> TerminalProgress:
        """Shows how far long work is, where there is a terminal to show it on."""
        return TerminalProgress(
            self.translator, on=not self.quiet and sys.stderr.isatty() and _can_rewrite()
        )

    @property
    def interactive(self) -> bool:
        """Whether there is somebody to ask: both ends are a terminal."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    def out(self, text: str) -> None:
        """Give the answer, on standard output."""
        self.progress.clear()
        try:
            sys.stdout.write(text if text.endswith("\n") or not text else f"{text}\n")
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            drop_output()
            raise OrgcodeError(
                message("The answer cannot be written ({reason}).", reason=error.strerror),
                message("Look where standard output leads, and whether there is room."),
            ) from error

    def warn(self, said: Message) -> None:
        """Say something on standard error that also `--quiet` does not silence."""
        self.progress.clear()
        sys.stderr.write(f"{quoted(self.translator.say(said))}\n")

    def say(self, said: Message) -> None:
        """Say something on standard error."""
        if not self.quiet:
            self.warn(said)

    def next(self, command: str, said: Message) -> None:
        """Name the sensible next command, and what it does, on standard error."""
        does = self.translator.say(said)
        self.say(message("Next: {command} ({does})", command=self._here(command), does=does))

    def _here(self, command: str) -> str:
        """A command as it is to be typed here: for the folder that was chosen, and by the path of
        the program where its name alone does not find it.
        """
        name, *rest = command.split(" ")
        reads = rest[0] not in {"-C", "guide", "explain"}
        folder = ["-C", quote(str(self.directory))] if reads and str(self.directory) != "." else []
        return " ".join([_program(name), *folder, *rest])


def context_for(
    choices: Choices, command: str, formats: tuple[str, ...], *, reads: bool
) -> Context:
    """The context for a command; `OrgcodeError` where it cannot do what was chosen."""
    if choices.format not in formats:
        raise OrgcodeError(
            message("{command} has no format {format}.", command=command, format=choices.format),
            message("Choose from: {formats}.", formats=", ".join(formats)),
        )
    if choices.at is not None:
        _refuse_at(choices.at, command, reads=reads)
    return Context(
        directory=Path(choices.directory),
        at=choices.at,
        now=_now(choices),
        language=choices.language,
        format=choices.format,
        quiet=choices.quiet,
    )


def _now(choices: Choices) -> datetime:
    """The moment that was chosen; else the end of the day that is looked back to; else now."""
    if choices.now is not None:
        return parse_moment(choices.now)
    day = day_named(choices.at) if choices.at is not None else None
    return datetime.now(UTC) if day is None else datetime.combine(day, time(23, 59, 59), UTC)


def _program(name: str) -> str:
    started = Path(sys.argv[0])
    if which(name) or started.name != name or not started.is_file():
        return name
    here = Path.cwd()
    return quote(str(started.relative_to(here) if started.is_relative_to(here) else started))


def _can_rewrite() -> bool:
    return os.environ.get("TERM") != "dumb"


def drop_output() -> None:
    """Let go of what is still to be written: Python would try again, and complain, at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def parse_moment(text: str) -> datetime:
    """A day (its first moment) or a moment, in UTC unless it says otherwise."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise OrgcodeError(
            message('"{text}" is no day or moment.', text=text),
            message("Write a day as 2028-03-01, or a moment as 2028-03-01T14:00Z."),
        ) from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _refuse_at(at: str, command: str, *, reads: bool) -> None:
    if not reads:
        raise OrgcodeError(
            message("{command} reads no revision.", command=command),
            message("Leave out --at."),
        )
    if not at:
        raise OrgcodeError(
            message("--at names no revision."),
            message("Give a revision, such as a commit, a branch or a tag."),
        )
