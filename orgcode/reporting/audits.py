"""What an audit found, step by step, in words and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from orgcode.i18n.translator import Translator
from orgcode.law.evidence import LEVELS, Level
from orgcode.law.verdict import Verdict
from orgcode.model.message import Message, message, messages, one
from orgcode.model.org import Org
from orgcode.reporting.terminal import one_line


class Audited(Struct, frozen=True, kw_only=True):
    """One step as it is reported."""

    commit: str
    at: datetime
    proposal: str
    is_lawful: bool
    verdict: Verdict | None
    flaws: tuple[Message, ...]
    """Why it is unlawful whatever the verdict is."""
    unproved: tuple[tuple[str, Message], ...]
    """Whose signature proves nothing, and why."""
    assurance: Level | None
    is_recorded: bool
    org: Org
    """The organisation before the step."""

    @property
    def is_founding(self) -> bool:
        """Whether the rules were not in force yet."""
        return self.verdict is not None and self.verdict.is_founding


ASSURANCE_WORDS: Mapping[Level, Message] = {
    "claimed": message("taken at people's word"),
    "minuted": message("in minutes that were signed"),
    "attested": message("shown by a forge"),
    "signed": message("signed by each"),
}
"""How sure a decision is, of all that counted the least sure."""


def report_step(step: Audited, translator: Translator) -> str:
    """A step with what is wrong with it; empty where nothing is."""
    return "".join(f"{one_line(line)}\n" for line in _lines(step, translator))


def step_as_data(step: Audited, translator: Translator) -> dict[str, object]:
    """`commit`, `at` (a moment), `proposal` (an id or null), `is_lawful`, `is_founding`,
    `is_recorded`, `outcome` and `sentence` (null where nobody can say), `reasons`, `unproved`
    (`person`, `why`), `assurance` (claimed, minuted, attested, signed or null).
    """
    speaker = translator.speaking(step.org.ruleset)
    verdict = step.verdict
    return {
        "commit": step.commit,
        "at": step.at,
        "proposal": step.proposal or None,
        "is_lawful": step.is_lawful,
        "is_founding": step.is_founding,
        "is_recorded": step.is_recorded,
        "outcome": verdict.outcome if verdict else None,
        "sentence": speaker.say(verdict.sentence) if verdict else None,
        "reasons": [
            *(speaker.say(flaw) for flaw in step.flaws),
            *(speaker.say(reason) for reason in (verdict.reasons if verdict else ())),
        ],
        "unproved": [{"person": person, "why": speaker.say(why)} for person, why in step.unproved],
        "assurance": step.assurance,
    }


class Summary(Struct):
    """What all steps together came to; counted as they come."""

    total: int
    judged: int = 0
    unlawful: int = 0
    founding: int = 0
    first: str | None = None
    """The first step that is not lawful."""
    levels: Counter[Level] | None = None

    def count(self, step: Audited) -> None:
        """Count one step."""
        self.judged += 1
        self.founding += step.is_founding
        if not step.is_lawful:
            self.unlawful += 1
            self.first = self.first or step.commit
        if step.assurance is not None and step.is_lawful:
            self.levels = self.levels or Counter()
            self.levels[step.assurance] += 1

    def as_data(self) -> dict[str, object]:
        """`steps`, `judged`, `unlawful`, `founding`, `first_unlawful`, and `assurance`: how many
        decisions are how sure.
        """
        levels = self.levels or Counter()
        return {
            "steps": self.total,
            "judged": self.judged,
            "unlawful": self.unlawful,
            "founding": self.founding,
            "first_unlawful": self.first,
            "assurance": {level: levels[level] for level in LEVELS},
        }


def report_summary(summary: Summary, translator: Translator) -> str:
    """How many steps are lawful, how sure they are, and what no audit can know."""
    return "".join(f"{translator.say(said)}\n" for said in _summary(summary))


def _lines(step: Audited, translator: Translator) -> Iterator[str]:
    speaker = translator.speaking(step.org.ruleset)
    if step.is_lawful and not step.unproved:
        return
    about = step.proposal or speaker.say(message("no {proposal}", proposal=one("proposal")))
    state = message("lawful") if step.is_lawful else message("unlawful")
    yield f"{step.commit[:12]} {step.at:%Y-%m-%d} ({about}): {speaker.say(state)}"
    if not step.is_lawful:
        for flaw in step.flaws:
            yield f"  {speaker.say(flaw)}"
        if step.verdict is not None and not step.verdict.is_adopted:
            said = step.verdict.sentence.arguments.get("why")
            yield f"  {speaker.say(step.verdict.sentence)}"
            for reason in step.verdict.reasons:
                if reason != said:
                    yield f"  {speaker.say(reason)}"
    for person, why in step.unproved:
        said = message("The signature of {who} proves nothing: {why}", who=person, why=why)
        yield f"  {speaker.say(said)}"


def _summary(summary: Summary) -> Iterator[Message]:
    lawful = summary.judged - summary.unlawful
    yield messages("{count} step is lawful.", "{count} steps are lawful.", lawful)
    if summary.founding:
        yield messages(
            "{count} of them is of the founding, before the rules were in force.",
            "{count} of them are of the founding, before the rules were in force.",
            summary.founding,
        )
    for level in reversed(LEVELS):
        if summary.levels and summary.levels[level]:
            yield messages(
                "{count} decision is {how}.",
                "{count} decisions are {how}.",
                summary.levels[level],
                how=ASSURANCE_WORDS[level],
            )
    if summary.unlawful:
        yield messages(
            "{count} step is unlawful, {first}.",
            "{count} steps are unlawful, the first of them {first}.",
            summary.unlawful,
            first=(summary.first or "")[:12],
        )
    if summary.judged < summary.total:
        yield messages(
            "{count} step after that cannot be judged.",
            "{count} steps after that cannot be judged.",
            summary.total - summary.judged,
        )
    yield message(
        "What no audit can know: whether witnesses and who runs the server told the truth, whether"
        " keys were in other hands, what was said and never written down, and whether a branch that"
        " is gone held more. A lawful majority can change the law step by step."
    )
