"""How a verdict came about: thing by thing that the change needs, the rule and where it stands, who
decides, what each person said and how it counts, and what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from orgcode.documents.spots import find_spot
from orgcode.i18n.translator import Translator
from orgcode.law.evidence import Evidence, Heard, Level
from orgcode.law.sentences import way_in_words, where_it_stands
from orgcode.law.verdict import Judgement, Outcome, Sort, Verdict, Voice
from orgcode.model.message import Message, message
from orgcode.model.org import Org
from orgcode.model.snapshot import Unreadable
from orgcode.reporting.terminal import one_line
from orgcode.reporting.values import Values

OUTCOME_WORDS: Mapping[Outcome, Message] = {
    "rejected": message("rejected"),
    "invalid": message("cannot be"),
    "blocked": message("blocked"),
    "open": message("open"),
    "adopted": message("there"),
}
"""What a single thing that a change needs has come to."""

LEVEL_WORDS: Mapping[Level, Message] = {
    "claimed": message("what is written in somebody's name is believed"),
    "minuted": message("it has to be signed, or recorded and signed by who keeps the minutes"),
    "attested": message("it has to be signed, or shown by the forge"),
    "signed": message("it has to be signed"),
}
"""How sure it has to be who said something."""

_SORTS: Mapping[Sort, Message] = {
    "rule": message("By a rule"),
    "own": message("Own agreement"),
    "proposer": message("Agreement of the proposer"),
}


def report_derivation(
    verdict: Verdict,
    evidence: Evidence,
    answers: Mapping[str, str],
    org: Org,
    translator: Translator,
) -> str:
    """Every judgement of a verdict, then what was said earlier; `answers` of the proposer are by
    the digest of the entry, and `org` is the organisation before the change.
    """
    words = _Words(org, translator, answers)
    paragraphs = [words.paragraph(judgement) for judgement in verdict.judgements]
    paragraphs.append(words.earlier(replaced(evidence)))
    texts = ("".join(f"{one_line(line)}\n" for line in lines) for lines in paragraphs)
    return "\n".join(text for text in texts if text)


def replaced(evidence: Evidence) -> tuple[Heard, ...]:
    """The entries in whose place their authors have put later ones, the first first."""
    followed = {heard.response.after for heard in evidence.heard}
    found = (heard for heard in evidence.heard if heard.digest in followed)
    return tuple(sorted(found, key=lambda heard: (heard.response.at, heard.digest)))


def earlier_as_data(
    evidence: Evidence, answers: Mapping[str, str], org: Org, translator: Translator
) -> list[dict[str, object]]:
    """Objects with `person`, `stance`, `at`, `reason`, `digest`, `signed_by`, `flaw`, `seen_at` and
    `answer` (null where there is none): what was replaced by something later.
    """
    words = _Words(org, translator, answers)
    return [{"person": it.response.person, **words.entry(it)} for it in replaced(evidence)]


def derivation_as_data(
    verdict: Verdict, answers: Mapping[str, str], org: Org, translator: Translator
) -> list[dict[str, object]]:
    """Objects with `sort` (rule, own, proposer), `effects` (`kind`, `thing`, `sentence`), `kind`,
    `circle`, `outcome`, `sentence`, `level`; `rule` (null but for sort rule) with `by`, `of`,
    `open_for` (days), `quorum`, `silence`, `threshold`, `recuse`, `is_otherwise`, `level`, `path`,
    `line` and `sentence`; `electorate` with `people`, `away`, `recused`, `passed_to`; `voices`,
    each with `person`, `stance`, `at`, `reason`, `digest`, `signed_by`, `flaw`, `seen_at`,
    `answer`, `is_counted` and `why`; `missing` and `unblock` (ids); `instead`, judgements any of
    which would do.
    """
    words = _Words(org, translator, answers)
    return [words.data(judgement) for judgement in verdict.judgements]


class _Words:
    def __init__(self, org: Org, translator: Translator, answers: Mapping[str, str]) -> None:
        self._org = org
        self._answers = answers
        self._speaker = translator.speaking(org.ruleset)
        self._values = Values(org, self._speaker)

    def paragraph(self, judgement: Judgement, indent: str = "") -> Iterator[str]:
        say, values = self._speaker.say, self._values
        heading = say(_SORTS[judgement.sort])
        if judgement.circle:
            heading = say(
                message(
                    "{heading}, in {circle}",
                    heading=heading,
                    circle=values.circle(judgement.circle),
                )
            )
        yield f"{indent}{heading}: {say(OUTCOME_WORDS[judgement.outcome])}"
        inner = f"{indent}  "
        for said in dict.fromkeys(say(effect.sentence) for effect in judgement.effects):
            yield f"{inner}- {said}"
        for line in self._lines(judgement):
            yield f"{inner}{say(line)}"
        for voice in judgement.voices:
            for told in self._voice(voice):
                yield f"{inner}{told}"
        yield f"{inner}{say(judgement.sentence)}"
        for other in judgement.instead:
            yield f"{inner}{say(message('Or instead:'))}"
            yield from self.paragraph(other, f"{inner}  ")

    def data(self, judgement: Judgement) -> dict[str, object]:
        say, electorate = self._speaker.say, judgement.electorate
        return {
            "sort": judgement.sort,
            "effects": [
                {"kind": effect.kind, "thing": effect.thing, "sentence": say(effect.sentence)}
                for effect in judgement.effects
            ],
            "kind": judgement.kind,
            "circle": judgement.circle or None,
            "outcome": judgement.outcome,
            "sentence": say(judgement.sentence),
            "level": judgement.level,
            "rule": self._rule(judgement),
            "electorate": None
            if electorate is None
            else {
                "people": electorate.people,
                "away": electorate.away,
                "recused": electorate.recused,
                "passed_to": electorate.passed_to,
            },
            "voices": [self._voice_as_data(voice) for voice in judgement.voices],
            "missing": judgement.missing,
            "unblock": judgement.unblock,
            "instead": [self.data(other) for other in judgement.instead],
        }

    def _lines(self, judgement: Judgement) -> Iterator[Message]:
        way, match, electorate = judgement.way, judgement.match, judgement.electorate
        if match is not None and way is not None and electorate is not None:
            said = way_in_words(self._org, way, electorate, judgement.circle)
            if judgement.is_otherwise:
                yield message("The way out for what is stuck: {sentence}", sentence=said)
            else:
                yield said
        if match is not None:
            yield where_it_stands(self._org, match)
        yield message("How sure it must be: {level}.", level=LEVEL_WORDS[judgement.level])
        if electorate is not None:
            for hole, people in (
                (message("Who decides: {people}."), electorate.people),
                (message("Away, counted with a response: {people}."), electorate.away),
                (message("Stand aside: {people}."), electorate.recused),
            ):
                if people:
                    yield Message(id=hole.id, arguments={"people": self._names(people)})
        if judgement.missing:
            yield message("Waits for: {people}.", people=self._names(judgement.missing))

    def earlier(self, replaced: Iterable[Heard]) -> Iterator[str]:
        """What was said before something later took its place."""
        for place, heard in enumerate(replaced):
            if place == 0:
                yield self._speaker.say(message("Said earlier, and replaced since:"))
            who = self._values.person(heard.response.person)
            for line in self._with_proof(f"{who}: {heard.response.stance}", heard):
                yield f"  {line}"

    def _voice(self, voice: Voice) -> Iterator[str]:
        said = message("{who} {why}.", who=self._values.person(voice.person), why=voice.why)
        line = self._speaker.say(said)
        if voice.heard is None:
            yield line
        else:
            yield from self._with_proof(line, voice.heard)

    def _with_proof(self, line: str, heard: Heard) -> Iterator[str]:
        proof = message("{at}, not signed", at=heard.response.at)
        if heard.signed_by is not None:
            signer = self._values.person(heard.signed_by)
            proof = message("{at}, signed by {signer}", at=heard.response.at, signer=signer)
        elif heard.flaw is not None:
            proof = message(
                "{at}; its signature proves nothing: {flaw}", at=heard.response.at, flaw=heard.flaw
            )
        reason = heard.response.reason
        quoted = f' "{self._values.text(reason)}"' if reason else ""
        yield f"{line} ({self._speaker.say(proof)}){quoted}"
        if answer := self._answers.get(heard.digest):
            told = message("Answer of the proposer: {answer}", answer=self._values.text(answer))
            yield f"  {self._speaker.say(told)}"

    def _voice_as_data(self, voice: Voice) -> dict[str, object]:
        return {
            "person": voice.person,
            **self.entry(voice.heard),
            "is_counted": voice.is_counted,
            "why": self._speaker.say(voice.why),
        }

    def entry(self, heard: Heard | None) -> dict[str, object]:
        """What somebody said, and what shows that they did; all null where nothing was said."""
        response = heard.response if heard else None
        return {
            "stance": response.stance if response else None,
            "at": response.at if response else None,
            "reason": self._values.text(response.reason) if response and response.reason else None,
            "digest": heard.digest if heard else None,
            "signed_by": heard.signed_by if heard else None,
            "flaw": self._speaker.say(heard.flaw) if heard and heard.flaw else None,
            "seen_at": heard.seen_at if heard else None,
            "answer": self._answers.get(heard.digest) if heard else None,
        }

    def _rule(self, judgement: Judgement) -> dict[str, object] | None:
        match, way = judgement.match, judgement.way
        if match is None or way is None:
            return None
        return {
            "by": way.by,
            "of": way.of,
            "open_for": way.open_for,
            "quorum": way.quorum,
            "silence": way.silence,
            "threshold": way.threshold if way.by == "vote" else None,
            "recuse": way.recuse,
            "is_otherwise": judgement.is_otherwise,
            "level": match.level,
            "path": match.rule.path or None,
            "line": self._line(match.rule.path, match.rule.pointer),
            "sentence": self._speaker.say(where_it_stands(self._org, match)),
        }

    def _line(self, path: str, pointer: tuple[str | int, ...]) -> int | None:
        content = self._org.snapshot.read(path) if path else Unreadable.MISSING
        return None if isinstance(content, Unreadable) else find_spot(content, pointer).line

    def _names(self, people: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._values.person(id) for id in people)
