"""What is told of proposals: what one does, who decides, what a response weighs, how all stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from orgcode.changes.change import Change
from orgcode.i18n.nouns import capital
from orgcode.i18n.translator import Translator
from orgcode.law.affected_by import affected_by
from orgcode.law.evidence import Heard
from orgcode.law.sentences import way_in_words
from orgcode.law.verdict import Judgement, Verdict
from orgcode.law.voices import ASSENTS
from orgcode.model.effect import named
from orgcode.model.message import Message, message, one
from orgcode.model.org import Org
from orgcode.reporting.changes import Told, report_change
from orgcode.reporting.terminal import one_line
from orgcode.reporting.values import Values
from orgcode.reporting.verdicts import report_verdict


class Stands(Struct, frozen=True, kw_only=True):
    """What is told of how a proposal stands; `trouble` is why nobody can judge it."""

    id: str
    title: str
    verdict: Verdict | None = None
    trouble: Message | None = None
    objections: Sequence[Heard] = ()
    missing: Sequence[str] = ()
    stale: Sequence[str] = ()


def report_proposal(change: Change, verdict: Verdict, translator: Translator) -> str:
    """What a proposal does, in sentences; whom it concerns; who decides; and how it stands."""
    told = Told(change=change, affected=affected_by(change))
    parts = [
        report_change(told, "text", translator),
        _section(message("Who decides"), _deciding(change.before, verdict, translator), translator),
        _section(
            message("How it stands"),
            report_verdict(verdict, change.before, translator).splitlines(),
            translator,
        ),
    ]
    return "\n".join(part for part in parts if part)


def report_weight(
    verdict: Verdict, person: str, digest: str, org: Org, translator: Translator
) -> str:
    """What an entry of somebody weighs: in which decisions it counts, and why not in others."""
    speaker = translator.speaking(org.ruleset)
    lines = dict.fromkeys(_weighing(verdict, person, digest, org, speaker))
    if not lines:
        lines = {
            speaker.say(
                message(
                    "No decision depends on it; it is kept with the {proposal}.",
                    proposal=one("proposal"),
                )
            ): None
        }
    return "".join(f"{one_line(line)}\n" for line in lines)


def report_standing(told: Stands, org: Org, translator: Translator) -> str:
    """How one proposal stands, in a few lines."""
    speaker = translator.speaking(org.ruleset)
    values = Values(org, speaker)
    lines = [f"{told.id}: {told.title}"]
    if told.verdict is not None:
        verdict_lines = report_verdict(told.verdict, org, translator).splitlines()
        lines += [f"  {line}" for line in verdict_lines]
    said = [told.trouble] if told.trouble is not None else []
    said += [
        message(
            "{objection:^} of {who}: {reason}",
            who=values.person(heard.response.person),
            reason=values.text(heard.response.reason),
            objection=one("objection"),
        )
        for heard in told.objections
    ]
    if told.missing:
        people = tuple(values.person(person) for person in told.missing)
        said.append(message("Still to respond: {people}.", people=people))
    if told.stale:
        people = tuple(values.person(person) for person in told.stale)
        said.append(
            message(
                "To be asked again, having responded to an earlier version: {people}.",
                people=people,
            )
        )
    lines += [f"  {speaker.say(each)}" for each in said]
    return "".join(f"{one_line(line)}\n" for line in lines)


def standing_as_data(told: Stands, org: Org, translator: Translator) -> dict[str, object]:
    """`id`, `title`, `outcome` (null where nobody can judge it), `sentence`, `unblock`, `missing`
    and `stale` (ids), `objections` (each `person`, `reason`, `digest`) and `adoptable_from`.
    """
    speaker = translator.speaking(org.ruleset)
    values = Values(org, speaker)
    verdict = told.verdict
    said = verdict.sentence if verdict is not None else told.trouble
    return {
        "id": told.id,
        "title": told.title,
        "outcome": verdict.outcome if verdict is not None else None,
        "sentence": speaker.say(said) if said is not None else "",
        "unblock": verdict.unblock if verdict is not None else (),
        "missing": told.missing,
        "stale": told.stale,
        "objections": [
            {
                "person": heard.response.person,
                "reason": values.text(heard.response.reason),
                "digest": heard.digest,
            }
            for heard in told.objections
        ],
        "adoptable_from": verdict.adoptable_from if verdict is not None else None,
    }


def _section(heading: Message, lines: Sequence[str], translator: Translator) -> str:
    if not lines:
        return ""
    return "".join(
        f"{line}\n" for line in (translator.say(heading), *(f"  {each}" for each in lines))
    )


def _deciding(org: Org, verdict: Verdict, translator: Translator) -> list[str]:
    speaker = translator.speaking(org.ruleset)
    return list(dict.fromkeys(_deciders(org, verdict, speaker)))


def _deciders(org: Org, verdict: Verdict, speaker: Translator) -> Iterator[str]:
    values = Values(org, speaker)
    for judgement in _with_instead(verdict.judgements):
        if judgement.sort != "rule" or judgement.way is None or judgement.electorate is None:
            continue
        said = way_in_words(org, judgement.way, judgement.electorate, judgement.circle)
        people = tuple(values.person(id) for id in judgement.electorate.people)
        who = message("Today that is: {people}.", people=people)
        about = message(
            "{about}, in {circle}",
            about=capital(speaker.say(named(judgement.kind))),
            circle=values.circle(judgement.circle),
        )
        line = f"{speaker.say(about)}: {speaker.say(said)}"
        yield one_line(f"{line} {speaker.say(who)}" if people else line)


def _with_instead(judgements: Sequence[Judgement]) -> Iterator[Judgement]:
    for judgement in judgements:
        yield judgement
        yield from _with_instead(judgement.instead)


def _weighing(
    verdict: Verdict, person: str, digest: str, org: Org, speaker: Translator
) -> Iterator[str]:
    values = Values(org, speaker)
    every = sorted(_with_instead(verdict.judgements), key=lambda it: it.sort == "rule")
    for judgement in every:
        voice = next((each for each in judgement.voices if each.person == person), None)
        if voice is None:
            continue
        stands = voice.heard is not None and voice.heard.digest == digest
        circle = values.circle(judgement.circle)
        if judgement.sort != "rule":
            if voice.is_counted and stands:
                yield speaker.say(
                    message("It counts as your own assent, without which this cannot be adopted.")
                    if voice.heard is not None and voice.heard.response.stance in ASSENTS
                    else message("Without your own assent this cannot be adopted.")
                )
        elif voice.is_counted and stands:
            yield speaker.say(message("It counts in the decision of {circle}.", circle=circle))
        else:
            said = message(
                "It does not count in the decision of {circle}: {who} {why}.",
                circle=circle,
                who=values.person(person),
                why=voice.why,
            )
            yield speaker.say(said)
