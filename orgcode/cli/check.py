"""`orgcode check`: find what is wrong in the organisation's files."""

from __future__ import annotations

import click

from orgcode.actions.check import check_in_words
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message
from orgcode.reporting.findings import report


@orgcode_command(
    "check",
    formats=("text", "json", "github", "sarif", "junit"),
    help="Find what is wrong in the organisation's files: what cannot be read, what refers to "
    "something that does not exist, what is at odds with the rules.\n\nEnds with 1 where there "
    "are errors (with --strict also where there are warnings), else with 0.\n\nOf the "
    "formats, github makes annotations in a workflow on GitHub, sarif (2.1.0) is for services that "
    "scan code, and junit for services that show the results of tests.",
)
@click.option("--staged", is_flag=True, help="Check what is staged for the next commit.")
@click.option(
    "--against",
    metavar="DATE|REV",
    help="Also go by the rules about changes, from this day or revision to the files.",
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
def command(
    context: Context,
    staged: bool,  # noqa: FBT001 (an option)
    against: str | None,
    strict: bool,  # noqa: FBT001 (likewise)
) -> int:
    """Check, report, and count."""
    if staged and context.at:
        raise OrgcodeError(
            message("--staged and --at cannot be used together."),
            message("Leave out one of them."),
        )
    if against is None:
        findings, ruleset = check_in_words(
            context.directory,
            context.today,
            at=context.at,
            staged=staged,
            progress=context.progress,
        )
    else:
        from orgcode.actions.differing import check_against  # only here: imports much

        findings, ruleset = check_against(
            context.directory,
            context.today,
            against,
            at=context.at,
            staged=staged,
            progress=context.progress,
        )
    context.out(
        report(
            findings,
            context.format if context.format != "markdown" else "text",
            context.translator.speaking(ruleset),
            colour=context.colour,
            strict=strict,
            with_change=against is not None,
            version=_version() if context.format == "sarif" else "",
        )
    )
    counted = {"error", "warning"} if strict else {"error"}
    serious = [finding.rule for finding in findings if finding.severity in counted]
    if serious:
        context.next(
            f"orgcode explain {serious[0]}",
            message("tells more about a rule; its name stands at the end of each finding"),
        )
        return 1
    context.next("orgcode build", message("makes the handbook"))
    return 0


def _version() -> str:
    from importlib.metadata import version  # only here: slow to import, seldom needed

    return version("orgcode")
