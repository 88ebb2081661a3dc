"""What came of the history of a source: as text, as data, and as a page for the handbook."""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.i18n.translator import Translator
from orgcode.model.intake import Carried, HistoryReport, Stalled
from orgcode.model.message import Message, message, messages
from orgcode.rendering.starter import markdown
from orgcode.reporting.terminal import in_lines, one_line

_SHORT = 10


def report_history(report: HistoryReport, translator: Translator) -> str:
    """For people: how many commits there are now, and which states could not be read."""
    say = translator.say
    lines = ["", *(say(said) for said in _said(report))]
    if report.carried or report.stalled:
        lines += ["", say(_NOT_AS_THEY_WERE)]
        lines += [f"  {one_line(_where(each))}: {_why(each, translator)}" for each in _each(report)]
    return in_lines("\n".join(lines)) + "\n"


def history_data(report: HistoryReport, translator: Translator) -> dict[str, object]:
    """The whole account."""
    say = translator.say
    return {
        "commits": report.commits,
        "merges": report.merges,
        "unchanged": report.unchanged,
        "joined": report.joined,
        "shallow": report.is_shallow,
        "began_on": report.began_on.isoformat() if report.began_on else None,
        "carried": [
            {
                "path": each.path,
                "line": each.line,
                "column": each.column,
                "cause": say(each.cause),
                "commit": each.commit,
                "count": each.count,
                "has_former": each.has_former,
            }
            for each in report.carried
        ],
        "stalled": [
            {"cause": say(each.cause), "commit": each.commit, "count": each.count}
            for each in report.stalled
        ],
    }


def history_page(report: HistoryReport, translator: Translator) -> str:
    """A page for the handbook."""
    say = translator.say
    lines = [f"# {say(_TITLE)}"]
    for said in _said(report):
        lines += ["", say(said)]
    if report.carried or report.stalled:
        lines += ["", f"## {say(_NOT_AS_THEY_WERE_TITLE)}", ""]
        lines += [
            f"- {markdown(_where(each))}: {markdown(_why(each, translator))}"
            for each in _each(report)
        ]
    return "\n".join(lines) + "\n"


def _said(report: HistoryReport) -> Iterator[Message]:
    yield messages(
        "One commit of the source was replayed.",
        "All {count} commits of the source were replayed, of which {merges} are merges.",
        count=report.commits,
        merges=report.merges,
    )
    if report.unchanged:
        yield messages(
            "One of them changed nothing of the organisation; it is there all the same.",
            "{count} of them changed nothing of the organisation; they are there all the same.",
            count=report.unchanged,
        )
    if report.joined:
        yield messages(
            "One account was called otherwise before; the person has the id of its newest name"
            " throughout.",
            "{count} accounts were called otherwise before; these people have the id of the newest"
            " name throughout.",
            count=report.joined,
        )
    if report.is_shallow and report.began_on:
        yield message(
            "The source is shallow: what happened before {day} is not in it, and so not here.",
            day=report.began_on,
        )
        yield message("Run 'git fetch --unshallow' in it and import it again to have it all.")


def _each(report: HistoryReport) -> Iterator[Carried | Stalled]:
    yield from report.carried
    yield from report.stalled


def _where(each: Carried | Stalled) -> str:
    if isinstance(each, Stalled):
        return each.commit[:_SHORT]
    place = [str(number) for number in (each.line, each.column) if number is not None]
    return f"{each.commit[:_SHORT]} {':'.join([each.path, *place])}"


def _why(each: Carried | Stalled, translator: Translator) -> str:
    if isinstance(each, Stalled):
        kept = messages(
            "In this commit all stayed as it was before.",
            "In this commit and others, {count} in all, everything stayed as it was before.",
            count=each.count,
        )
    elif each.has_former:
        kept = messages(
            "What the file said before stands in its place, in one commit.",
            "What the file said before stands in its place, in {count} commits.",
            count=each.count,
        )
    else:
        kept = messages(
            "There is nothing in its place, in one commit.",
            "There is nothing in its place, in {count} commits.",
            count=each.count,
        )
    return f"{translator.say(each.cause)} {translator.say(kept)}"


_TITLE = message("What came of the history")
_NOT_AS_THEY_WERE_TITLE = message("What could not be read on the way")
_NOT_AS_THEY_WERE = message("This could not be read on the way, with the first commit of each:")
