"""What all commands have in common: the shared options, and help in Dutch and English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import click

from orgcode.cli.choices import Choices, shared_options


def command(
    name: str,
    *,
    help: str,
    formats: tuple[str, ...] = ("text",),
    reads: bool = True,
    lists: Mapping[str, Mapping[str, str]] | None = None,
) -> Callable[[Callable[..., int | None]], Command]:
    """Make a command of a function that takes a `Context` and the command's own parameters, and
    gives the exit code (None is 0).

    `formats` are the forms its answer can have; `reads` says whether it reads a repository, so
    that `--at` has a meaning. `lists` stand at the end of its help: by heading, names and what
    they are.
    """

    def decorate(callback: Callable[..., int | None]) -> Command:
        own = getattr(callback, "__click_params__", [])
        made = Command(
            name,
            callback=callback,
            params=[*reversed(own), *shared_options(formats, reads=reads)],
            help=help,
        )
        made.formats, made.reads, made.lists = formats, reads, lists or {}
        return made

    return decorate


class Command(click.Command):
    """A command with the shared options, whose function gets a `Context` first."""

    formats: tuple[str, ...] = ("text",)
    reads: bool = True
    lists: Mapping[str, Mapping[str, str]] = {}

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the lists at the end."""
        super().format_epilog(ctx, formatter)
        for heading, rows in self.lists.items():
            with formatter.section(heading):
                formatter.write_dl(list(rows.items()))

    def invoke(self, ctx: click.Context) -> int | None:
        """Call the function with its context and parameters."""
        from orgcode.cli.context import context_for

        assert self.callback is not None  # noqa: S101 (`command` always gives one)
        context = context_for(ctx.obj, self.name or "", self.formats, reads=self.reads)
        try:
            code: int | None = self.callback(context, **ctx.params)
        finally:
            context.progress.clear()
        return code

    def get_help(self, ctx: click.Context) -> str:
        """The help of this command, in the language asked for."""
        return write_help(self, ctx)


def write_help(command: click.Command, ctx: click.Context) -> str:
    """The help of a command or group, in the language asked for."""
    choices: Choices = ctx.obj
    formatter = Formatter(choices.language)
    command.format_help(ctx, formatter)
    return formatter.getvalue().rstrip("\n")


class Formatter(click.HelpFormatter):
    """Writes help in a language; all text of it passes through here."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._say: Callable[[str], str] = str
        if language != "en":  # an English `--help` is to be quick, and needs no catalogue
            from orgcode.i18n.catalogue import catalogue

            self._say = catalogue(language).gettext

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how the command is used."""
        pieces = args.replace("[OPTIONS]", f"[{self._say('OPTIONS')}]")
        super().write_usage(prog, pieces, prefix or f"{self._say('Usage:')} ")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a list."""
        super().write_heading(self._say(heading))

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        super().write_text(self._say(text))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write a list of names and what they are."""
        super().write_dl([(name, self._row(text)) for name, text in rows], col_max, col_spacing)

    def _row(self, text: str) -> str:
        said, mark, _ = text.partition("  [required]")  # click adds it to a text of ours
        return f"{self._say(said)}  [{self._say('required')}]" if mark else self._say(said)


CLICKS_OWN = (
    "OPTIONS",
    "Usage:",
    "Options",
    "Commands",
    "Show this message and exit.",
    "required",
)
"""Texts of help that come from click, for the catalogue."""
