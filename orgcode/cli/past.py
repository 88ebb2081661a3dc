"""What the commands that look into the past have in common."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from orgcode.cli.context import Context
from orgcode.i18n.translator import Translator
from orgcode.model.message import message
from orgcode.model.term import Term


def name_in(data: object, translator: Translator) -> str:
    """What a thing is called, by its file."""
    return said_name(
        (data.get("name") or data.get("title")) if isinstance(data, Mapping) else None, translator
    )


def said_name(name: object, translator: Translator) -> str:
    """A name as it stands in a file, in the language of the reader."""
    return translator.read(name) if isinstance(name, str | Mapping) else ""


def speaking(context: Context, words: Mapping[str, Term]) -> Translator:
    """One that speaks as the organisation does."""
    return Translator(context.language, words)


def words(translator: Translator, key: str) -> str:
    """The label of a field."""
    from orgcode.reporting.labels import plain_label  # only here: `log` needs none

    return plain_label(key, translator)


def say_what_is_missing(context: Context, cut_off: date | None, altered: str | None) -> None:
    """Say what the history cannot tell: what a shallow clone lacks, what is not committed yet."""
    if cut_off is not None:
        context.warn(
            message(
                "This clone is shallow: what is from before {day} seems to be of that day.",
                day=cut_off,
            )
        )
        context.warn(message("Fetch the rest with 'git fetch --unshallow'."))
    if altered is not None:
        context.say(
            message("{path} has changes that are not committed; these are not told.", path=altered)
        )
