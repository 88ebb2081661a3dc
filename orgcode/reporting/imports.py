"""What came of an import: as text, as data, and as a page for the handbook.

The translator speaks with the ruleset of what came in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from orgcode.i18n.translator import Translator
from orgcode.model.intake import ImportReport, Loss, Unread
from orgcode.model.message import Message, many, message, messages, one
from orgcode.rendering.starter import markdown
from orgcode.reporting.json import write_json
from orgcode.reporting.terminal import in_lines, one_line

_MOST_OTHERS = 10
"""More files that are not of the format are counted, not named."""


def report_import(report: ImportReport, translator: Translator) -> str:
    """For people: how much came in, what did not and why, and what could not be read."""
    say = translator.say
    lines = [say(_sum(report)), say(_made(report))]
    for reason, losses in _by_reason(report, translator):
        count = sum(loss.count for loss in losses)
        lines += ["", say(_left_out(count, reason))]
        lines += _table(losses)
    if report.unread:
        lines += ["", say(_COULD_NOT_BE_READ)]
        lines += [f"  {_place(unread)}: {say(unread.cause)}" for unread in report.unread]
    if report.others:
        lines += ["", say(_others(report))]
    for remark in report.remarks:
        lines += ["", say(remark)]
    return in_lines("\n".join(lines)) + "\n"


def report_import_as_json(
    report: ImportReport, translator: Translator, history: Mapping[str, object] | None = None
) -> str:
    """The whole account; `leaves` is `imported` plus `lost`."""
    say = translator.say
    return write_json(
        {
            "files": report.files,
            "leaves": report.leaves,
            "imported": report.imported_count,
            "lost": report.lost_count,
            "made": report.made,
            "fields": [
                {"file": field.file, "field": field.field, "count": field.count}
                for field in report.imported
            ],
            "losses": [
                {
                    "file": loss.file,
                    "field": loss.field,
                    "count": loss.count,
                    "reason": say(loss.reason),
                    "path": loss.path,
                    "value": loss.value,
                }
                for loss in report.losses
            ],
            "unread": [
                {
                    "path": unread.path,
                    "line": unread.line,
                    "column": unread.column,
                    "cause": say(unread.cause),
                }
                for unread in report.unread
            ],
            "others": report.others,
            "remarks": [say(remark) for remark in report.remarks],
            **({"history": history} if history is not None else {}),
        }
    )


def import_page(report: ImportReport, translator: Translator) -> str:
    """A page for the handbook. It has no values of the source: they may be private."""
    say = translator.say
    lines = [f"# {say(_TITLE)}", "", say(_sum(report)), "", say(_made(report))]
    for reason, losses in _by_reason(report, translator):
        count = sum(loss.count for loss in losses)
        lines += ["", f"## {markdown(reason)}", ""]
        lines += [say(_so_many(count)), ""]
        heads = (say(_FILE), say(_FIELD), say(_COUNT), say(_EXAMPLE))
        lines += [f"| {' | '.join(heads)} |", "|---|---|--:|---|"]
        lines += [
            f"| {_code(loss.file)} | {_code(loss.field)} | {translator.number(loss.count)}"
            f" | {_code(loss.path)} |"
            for loss in losses
        ]
    if report.unread:
        lines += ["", f"## {markdown(say(_COULD_NOT_BE_READ))}", ""]
        lines += [
            f"- {markdown(_place(unread))}: {markdown(say(unread.cause))}"
            for unread in report.unread
        ]
    if report.others or report.remarks:
        lines += ["", f"## {say(_BESIDES)}"]
    if report.others:
        lines += ["", markdown(say(_others(report)))]
    for remark in report.remarks:
        lines += ["", say(remark)]
    return "\n".join(lines) + "\n"


def _by_reason(report: ImportReport, translator: Translator) -> Iterator[tuple[str, list[Loss]]]:
    """The losses of each reason, those that weigh most first; what was empty anyway last."""
    said = [(translator.say(loss.reason), loss) for loss in report.losses]
    said.sort(key=lambda pair: (pair[0], pair[1].file, pair[1].field))
    groups = [
        (reason, [loss for _, loss in pairs])
        for reason, pairs in groupby(said, key=lambda pair: pair[0])
    ]
    groups.sort(key=lambda group: -sum(loss.count for loss in group[1]))
    return iter(groups)


def _table(losses: list[Loss]) -> Iterator[str]:
    rows = [
        (str(loss.count), one_line(loss.file), one_line(loss.field), one_line(loss.path))
        for loss in losses
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for count, file, field, path in rows:
        example = "" if path == file else path
        row = f"{count.rjust(widths[0])}  {file.ljust(widths[1])}  {field.ljust(widths[2])}"
        yield f"  {row}  {example}".rstrip()


def _place(unread: Unread) -> str:
    where = [str(number) for number in (unread.line, unread.column) if number is not None]
    return one_line(":".join([unread.path, *where]))


def _code(text: str) -> str:
    """A pattern in a cell of a table."""
    inside = one_line(text).replace("`", "'").replace("|", "\\|")
    return f"`{inside}`" if inside else ""


def _sum(report: ImportReport) -> Message:
    return messages(
        "Of {leaves} values in one file, {imported} found a place and {lost} did not.",
        "Of {leaves} values in {count} files, {imported} found a place and {lost} did not.",
        count=report.files,
        leaves=report.leaves,
        imported=report.imported_count,
        lost=report.lost_count,
    )


def _made(report: ImportReport) -> Message:
    parts = tuple(
        _so_many_of(folder, count)
        for folder in (*_TERMS, "pages")
        if (count := report.made.get(folder, 0))
    )
    return message("They became {things}.", things=parts)


def _so_many_of(folder: str, count: int) -> Message:
    if folder not in _TERMS:
        return messages("one page", "{count} pages", count=count)
    term = _TERMS[folder]
    return messages("one {term}", "{count} {terms}", count=count, term=one(term), terms=many(term))


def _left_out(count: int, reason: str) -> Message:
    return messages("{reason} (one value)", "{reason} ({count} values)", count=count, reason=reason)


def _so_many(count: int) -> Message:
    return messages("One value.", "{count} values.", count=count)


def _others(report: ImportReport) -> Message:
    named = report.others[:_MOST_OTHERS]
    if len(report.others) == len(named):
        return messages(
            "One file is not of this format and was left alone: {names}.",
            "{count} files are not of this format and were left alone: {names}.",
            count=len(named),
            names=named,
        )
    return message(
        "{count} files are not of this format and were left alone, such as {names}.",
        count=len(report.others),
        names=named,
    )


_TITLE = message("What came of the import")
_FILE = message("File")
_FIELD = message("Field")
_COUNT = message("Number")
_EXAMPLE = message("For instance in")
_BESIDES = message("Besides")
_COULD_NOT_BE_READ = message("These files could not be read:")
_TERMS = {
    "circles": "circle",
    "roles": "role",
    "people": "person",
    "policies": "policy",
    "agreements": "agreement",
    "objectives": "objective",
}
