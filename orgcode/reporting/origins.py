"""Where the lines of a thing come from, in words and as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol

from orgcode.i18n.translator import Translator
from orgcode.model.history import Recorded
from orgcode.model.message import Message, message, one
from orgcode.reporting.commits import commit_in_words, recorded_as_data
from orgcode.reporting.terminal import in_lines, one_line

Label = Callable[[str], str]
"""Gives the label of a field."""


class Line(Protocol):
    """One field or item of a list, and where it comes from."""

    @property
    def place(self) -> tuple[str, ...]:
        """The keys that lead to it."""
        ...

    @property
    def is_listed(self) -> bool:
        """Whether it is an item of a list there."""
        ...

    @property
    def value(self) -> object:
        """What it says."""
        ...

    @property
    def made(self) -> Recorded:
        """The commit that made it say so."""
        ...

    @property
    def step(self) -> Recorded | None:
        """The step that brought that commit to the main line, if it is another one."""
        ...

    @property
    def proposal(self) -> str | None:
        """The proposal that came with it."""
        ...

    @property
    def first(self) -> Recorded | None:
        """The commit with which it began, if it has been reworded since."""
        ...

    @property
    def before(self) -> object:
        """What it said before it was reworded."""
        ...


def report_origins(
    name: str, address: str, lines: Iterable[Line], label: Label, translator: Translator
) -> str:
    """Each field and item with, below it, since when it is so and by whose change."""
    told = [f"{name} · {address}" if name else address]
    last: tuple[str, ...] = ()
    for line in lines:
        heading = ": ".join(
            label(key) if place == 0 else key for place, key in enumerate(line.place)
        )
        if line.is_listed:
            if line.place != last:
                told += ["", heading]
            told += _indented("- ", value_in_words(line.value, translator))
        else:
            said = value_in_words(line.value, translator)
            short = "\n" not in said and len(heading) + len(said) < 90
            told += ["", f"{heading}: {said}"] if short else ["", heading, *_indented("", said)]
        told += [
            f"    {one_line(translator.say(sentence))}" for sentence in _sentences(line, translator)
        ]
        last = line.place
    return in_lines("\n".join(told)) + "\n"


def origins_as_data(lines: Iterable[Line]) -> list[dict[str, object]]:
    """For each line `place` (keys), `listed`, `value`, `since` (a commit), `merged` (the commit
    that brought it to the main line, else null), `proposal`, `first` (the commit with which it
    began, if reworded since, else null) and `before` (what it said then).
    """
    return [
        {
            "place": list(line.place),
            "listed": line.is_listed,
            "value": line.value,
            "since": recorded_as_data(line.made),
            "merged": recorded_as_data(line.step) if line.step else None,
            "proposal": line.proposal,
            "first": recorded_as_data(line.first) if line.first else None,
            "before": line.before,
        }
        for line in lines
    ]


def value_in_words(value: object, translator: Translator) -> str:
    """What a field or an item of a list says, in one text."""
    match value:
        case str():
            return value.strip()
        case {"person": person, **rest}:
            known = {key: part for key, part in rest.items() if key in ("since", "until")}
            others = [
                _pair(key, part, translator) for key, part in rest.items() if key not in known
            ]
            return ", ".join([str(person), *_span(known, translator), *others])
        case Mapping() if is_text(value):
            return translator.read({str(key): str(part) for key, part in value.items()}).strip()
        case Mapping():
            return ", ".join(_pair(key, part, translator) for key, part in value.items())
        case list() | tuple():
            return ", ".join(value_in_words(part, translator) for part in value)
        case None:
            return ""
    return translator.value(value)


def is_text(value: object) -> bool:
    """Whether a value is what people wrote, in one language or in several."""
    if isinstance(value, Mapping):
        return bool(value) and all(len(str(key)) == 2 for key in value)
    return isinstance(value, str)


def _sentences(line: Line, translator: Translator) -> Iterator[Message]:
    made = commit_in_words(line.made)
    day = line.made.at.date()
    if line.first is None:
        yield message("since {day}, {commit}", day=day, commit=made)
    else:
        if line.is_listed and is_text(line.value):
            yield message("reworded on {day}, {commit}", day=day, commit=made)
        elif line.is_listed:
            yield message("altered on {day}, {commit}", day=day, commit=made)
        else:
            yield message("so since {day}, {commit}", day=day, commit=made)
        yield message("before: {value}", value=_brief(line.before, translator))
        yield message(
            "began on {day}, {commit}",
            day=line.first.at.date(),
            commit=commit_in_words(line.first),
        )
    if line.step is not None:
        yield message(
            "merged on {day}, {commit}",
            day=line.step.at.date(),
            commit=commit_in_words(line.step),
        )
    if line.proposal is not None:
        yield message(
            "by the {noun} {proposal}", proposal=f"proposals/{line.proposal}", noun=one("proposal")
        )


def _brief(value: object, translator: Translator, most: int = 200) -> str:
    said = value_in_words(value, translator)
    return said if len(said) <= most else f"{said[:most]}…"


def _span(known: Mapping[str, object], translator: Translator) -> Iterator[str]:
    since, until = (_day(known.get(key)) for key in ("since", "until"))
    if since:
        yield translator.say(message("from {since}", since=since))
    if until:
        yield translator.say(message("until {until}", until=until))


def _day(value: object) -> date | str | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return str(value)


def _pair(key: object, value: object, translator: Translator) -> str:
    return f"{key}: {value_in_words(value, translator)}"


def _indented(mark: str, said: str) -> list[str]:
    first, *rest = said.split("\n")
    return [f"  {mark}{first}", *(f"  {' ' * len(mark)}{line}".rstrip() for line in rest)]
