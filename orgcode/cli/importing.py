"""`orgcode import`: an organisation out of the files of another system."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import click

from orgcode.actions.importing import import_organisation
from orgcode.actions.importing_history import import_organisation_with_history
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message
from orgcode.reporting.findings import report
from orgcode.reporting.import_history import history_data, report_history
from orgcode.reporting.imports import report_import, report_import_as_json


@orgcode_command(
    "import",
    formats=("text", "json"),
    reads=False,
    help="Make the repository of an organisation out of the files of another system.\n\nFORMAT "
    "is rust-team, kubernetes-sigs or peribolos. SRC is a folder, a git repository or a git "
    "bundle with those files. What has no place in an organisation's files is counted, field by "
    "field; nothing is left out in silence.\n\nWith --history every commit of SRC becomes a "
    "commit: by the same people, of the same moments, with the same messages and merges.",
)
@click.argument("kind", metavar="FORMAT")
@click.argument("src", metavar="SRC")
@click.option(
    "--into",
    metavar="DIR",
    help="The folder to make it in, new or empty; without it, one called after the format.",
)
@click.option(
    "--rev", metavar="REV", help="The revision of SRC to read; without it, the files as they are."
)
@click.option("--name", metavar="TEXT", help="What the organisation is called.")
@click.option(
    "--history",
    is_flag=True,
    help="Replay every commit that led to it; for rust-team and kubernetes-sigs.",
)
def command(
    context: Context,
    kind: str,
    src: str,
    into: str | None,
    rev: str | None,
    name: str | None,
    history: bool,  # noqa: FBT001 (an option)
) -> int:
    """Import, report, and say where it is."""
    for option, given in (("--into", into), ("--rev", rev), ("--name", name)):
        if given is not None and not given.strip():
            raise OrgcodeError(
                message("{option} is empty.", option=option),
                message("Give it a text, or leave it out."),
            )
    folder = into or f"orgcode-{kind}"
    do = import_organisation_with_history if history else import_organisation
    made = do(
        kind,
        context.directory / Path(src).expanduser(),
        context.directory / folder,
        context.now,
        context.translator,
        rev=rev,
        name=name,
        progress=context.progress,
    )
    translator = context.translator.speaking(made.ruleset)
    errors = tuple(finding for finding in made.findings if finding.severity == "error")
    if context.format == "json":
        told = history_data(made.history, translator) if made.history else None
        context.out(report_import_as_json(made.report, translator, told))
    else:
        if errors:
            context.out(report(errors, "text", translator, colour=context.colour))
        context.out(report_import(made.report, translator))
        if made.history:
            context.out(report_history(made.history, translator))
        said = message("The organisation is in {folder}", folder=made.folder)
        context.out(context.translator.say(said))
    here = f"orgcode -C {quote(str(context.directory / folder))}"
    if errors:
        context.next(f"{here} check", message("shows what is still wrong in it"))
        return 1
    if history:
        context.next(f"{here} log", message("tells how it came to be what it is"))
    else:
        context.next(f"{here} build", message("makes the handbook"))
    return 0
