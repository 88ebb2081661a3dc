"""What happened, step by step, in words and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from orgcode.i18n.translator import Translator
from orgcode.model.history import Recorded
from orgcode.model.message import Message, message, messages, one
from orgcode.reporting.commits import commit_in_words, recorded_as_data
from orgcode.reporting.terminal import in_lines, one_line

FEW = 12
"""So many sentences about one step, or commits that it brought in, are told."""


class Step(Protocol):
    """One step of the main line, and what it did."""

    @property
    def recorded(self) -> Recorded:
        """The commit."""
        ...

    @property
    def sentences(self) -> tuple[Message, ...]:
        """What it did."""
        ...

    @property
    def things(self) -> tuple[str, ...]:
        """What it changed, by address."""
        ...

    @property
    def brought(self) -> tuple[Recorded, ...]:
        """The commits that it brought in, the latest first."""
        ...

    @property
    def proposal(self) -> str | None:
        """The proposal that came with it."""
        ...


class Tenure(Protocol):
    """That somebody held a role."""

    @property
    def person(self) -> str:
        """The id."""
        ...

    @property
    def person_name(self) -> object:
        """What the person is called, where that is known."""
        ...

    @property
    def role(self) -> str:
        """The address."""
        ...

    @property
    def role_name(self) -> object:
        """What the role is called, where that is known."""
        ...

    @property
    def since(self) -> date:
        """The first day."""
        ...

    @property
    def is_stated(self) -> bool:
        """Whether the file says the first day; else it is that of the change."""
        ...

    @property
    def until(self) -> date | None:
        """The last day, if one is known."""
        ...


def report_steps(steps: Sequence[Step], translator: Translator) -> str:
    """Each step with its day, author and message, and below it what it did."""
    lines: list[str] = []
    for step in steps:
        day = translator.date(step.recorded.at.date())
        lines.append(one_line(f"{day}, {translator.say(commit_in_words(step.recorded))}"))
        lines += [f"    {one_line(translator.say(said))}" for said in _told(step)]
        lines.append("")
    return in_lines("\n".join(lines[:-1])) + "\n" if lines else ""


def report_held(held: Sequence[Tenure], translator: Translator, *, by_role: bool) -> str:
    """Who held something (`by_role`), or what somebody held, from when to when."""
    if not held:
        return ""
    heading = message("Held by") if by_role else message("Roles held")
    lines = [translator.say(heading)]
    for tenure in held:
        name, id = (
            (tenure.person_name, tenure.person) if by_role else (tenure.role_name, tenure.role)
        )
        what = _called(name, id, translator)
        if by_role and tenure.role.count("/") > 1:
            what = f"{what}, {_called(tenure.role_name, tenure.role, translator)}"
        lines.append(one_line(f"  {translator.say(_span(what, tenure))}"))
    return in_lines("\n".join(lines)) + "\n"


def _called(name: object, id: str, translator: Translator) -> str:
    said = ""
    if isinstance(name, Message):
        said = translator.say(name)
    elif isinstance(name, str | Mapping):
        said = translator.read(name)
    return f"{said} ({id})" if said else id


def steps_as_data(steps: Sequence[Step], translator: Translator) -> list[dict[str, object]]:
    """For each step its commit (`commit`, `at`, `author`, `email`, `subject`), `sentences`,
    `things` (addresses), `brought` (commits) and `proposal`.
    """
    return [
        {
            **recorded_as_data(step.recorded),
            "sentences": [translator.say(said) for said in step.sentences],
            "things": list(step.things),
            "brought": [recorded_as_data(commit) for commit in step.brought],
            "proposal": step.proposal,
        }
        for step in steps
    ]


def held_as_data(held: Sequence[Tenure]) -> list[dict[str, object]]:
    """For each holding `person`, `role`, `since`, `until` and `since_is_stated` (whether the file
    says so, or it is the day of the change).
    """
    return [
        {
            "person": tenure.person,
            "role": tenure.role,
            "since": tenure.since,
            "since_is_stated": tenure.is_stated,
            "until": tenure.until,
        }
        for tenure in held
    ]


def _told(step: Step) -> Iterator[Message]:
    yield from step.sentences[:FEW]
    more = len(step.sentences) - FEW
    if more > 0:
        yield messages("and one more", "and {count} more", more)
    if not step.sentences and step.things:
        count = len(step.things)
        yield messages("{count} file was changed.", "{count} files were changed.", count)
    for commit in step.brought[:FEW]:
        yield message("brought in: {commit}", commit=commit_in_words(commit))
    more = len(step.brought) - FEW
    if more > 0:
        yield messages("and one more commit", "and {count} more commits", more)
    if step.proposal is not None:
        yield message(
            "by the {noun} {proposal}", proposal=f"proposals/{step.proposal}", noun=one("proposal")
        )


def _span(what: str, tenure: Tenure) -> Message:
    if tenure.until is None:
        return message("{what}: since {since}", what=what, since=tenure.since)
    return message(
        "{what}: from {since} until {until}", what=what, since=tenure.since, until=tenure.until
    )
