"""A decision rule in plain sentences."""

from __future__ import annotations

from collections.abc import Callable

from orgcode.changes.stands import parent_of
from orgcode.law.electorate import Electorate, electorate
from orgcode.law.matching import Match
from orgcode.law.shares import HALF, parse_quorum, parse_threshold
from orgcode.law.who_decides import Decision
from orgcode.model.entities import Otherwise, Text, Way
from orgcode.model.message import Message, many, message, messages, one
from orgcode.model.org import Org


def sentence(org: Org, decision: Decision) -> Message:
    """Who decides and how, in one plain sentence or two, without the way out."""
    voters = decision.electorate
    return org.kept(
        f"law.sentence:{decision.match.name}:{voters.passed_to}",
        lambda: way_in_words(org, decision.rule.way, voters, decision.circle),
    )


def way_out(org: Org, decision: Decision) -> Message | None:
    """What holds when the decision is stuck; None where the rule has no way out."""
    otherwise, voters = decision.rule.otherwise, decision.otherwise
    if otherwise is None or voters is None:
        return None
    return org.kept(
        f"law.way-out:{decision.match.name}:{voters.passed_to}",
        lambda: _stuck(org, otherwise, voters, decision.circle),
    )


def way_in_words(org: Org, way: Way, voters: Electorate, circle_id: str) -> Message:
    """Who decides in a way of deciding, and how."""
    parts = [_method(org, way, circle_id)]
    if way.by == "vote" and way.open_for > 0:
        parts.append(message("Votes can be cast for {time}.", time=days(way.open_for)))
    waits = way.by == "vote" or (way.by == "consent" and way.silence == "consents")
    if waits and way.quorum is not None:
        parts.append(_quorum(way.quorum))
    if way.recuse:
        parts.append(_recusal(way))
    if voters.passed_to is not None:
        parts.append(_passed(org, voters, circle_id))
    said = parts[0]
    for part in parts[1:]:
        said = message("{first} {second}", first=said, second=part)
    return said


def stuck_in(org: Org, otherwise: Otherwise, circle_id: str) -> Message:
    """What holds in a circle when a decision is stuck."""
    return _stuck(org, otherwise, electorate(org, otherwise.way, circle_id), circle_id)


def where_it_stands(org: Org, match: Match) -> Message:
    """In which place the rule stands, as a sentence."""
    if match.level == "circle":
        circle = _circle(org, match.circle or "")
        return message("This rule stands in the file of {circle}.", circle=circle)
    if match.level == "organisation":
        return message("This rule stands in org.yaml.")
    return message("This rule comes with the ruleset {ruleset}.", ruleset=org.ruleset.id)


def days(count: int) -> Message:
    """A number of days, in words."""
    return messages("{count} day", "{count} days", count)


def _stuck(org: Org, otherwise: Otherwise, voters: Electorate, circle_id: str) -> Message:
    return message(
        "If that is stuck {time} after the {proposal} was opened: {sentence}",
        proposal=one("proposal"),
        time=days(otherwise.after),
        sentence=way_in_words(org, otherwise.way, voters, circle_id),
    )


def _method(org: Org, way: Way, circle_id: str) -> Message:
    groups = [_together(org, of, circle_id) for of in way.of] or [message("nobody")]
    # in the anchor circle its members are those of the anchor circle too
    together = tuple(group for at, group in enumerate(groups) if group not in groups[:at])
    consent = one("consent")
    if way.by == "consent":
        if way.silence == "blocks":
            return message(
                "{consent:^} of {electorate} decides.", consent=consent, electorate=together
            )
        if way.open_for == 0:
            return message(
                "{consent:^} of {electorate} decides; silence counts as {consent}.",
                consent=consent,
                electorate=together,
            )
        return message(
            "{consent:^} of {electorate} decides; silence of {time} counts as {consent}.",
            consent=consent,
            electorate=together,
            time=days(way.open_for),
        )
    if way.by == "consensus":
        return message(
            "{consensus:^} of {electorate} decides: all agree.",
            consensus=one("consensus"),
            electorate=together,
        )
    if way.by == "vote":
        return message(
            "A vote of {electorate} decides, with {share} of the votes in favour.",
            electorate=together,
            share=_share(way.threshold),
        )
    decider = _or([_any(org, of, circle_id) for of in way.of])
    if way.by == "role":
        return message("The decision is up to {decider}.", decider=decider)
    if way.open_for == 0:
        return message(
            "Whoever proposes it decides, after asking everyone affected for advice; this is open "
            "to {decider}.",
            decider=decider,
        )
    return message(
        "Whoever proposes it decides, after everyone affected has had {time} to give advice; this "
        "is open to {decider}.",
        decider=decider,
        time=days(way.open_for),
    )


def _quorum(text: str) -> Message:
    quorum = parse_quorum(text)
    if quorum.people is not None:
        return messages(
            "At least {count} of them has to respond.",
            "At least {count} of them have to respond.",
            quorum.people,
        )
    if quorum.share == HALF:
        return message("At least half of them have to respond.")
    return message("At least {share} of them have to respond.", share=str(quorum.share))


def _share(text: str) -> Message:
    threshold = parse_threshold(text)
    if threshold.comparison == ">":
        if threshold.share == HALF:
            return message("more than half")
        return message("more than {share}", share=str(threshold.share))
    return message("at least {share}", share=str(threshold.share))


def _recusal(way: Way) -> Message:
    if len(set(way.recuse)) == 2:
        return message("Neither the proposer nor the person concerned is counted.")
    if "proposer" in way.recuse:
        return message("The proposer is not counted.")
    return message("The person concerned is not counted.")


def _passed(org: Org, voters: Electorate, circle_id: str) -> Message:
    of = {"parent": "parent-members", "anchor": "anchor-members"}.get(voters.passed_to or "", "all")
    return message(
        "As nobody is there for that today, it passes to {electorate}.",
        electorate=_together(org, of, circle_id),
    )


def _together(org: Org, of: str, circle_id: str) -> Message:
    """A group as a whole: "the members of Keuken"."""
    return _phrase(
        org,
        of,
        circle_id,
        members=lambda circle: message(
            "the {members} of {circle}", members=many("member"), circle=circle
        ),
        everyone=message("everyone"),
        affected=message("everyone affected"),
    )


def _any(org: Org, of: str, circle_id: str) -> Message:
    """Any one of a group: "any member of Keuken"."""
    return _phrase(
        org,
        of,
        circle_id,
        members=lambda circle: message(
            "any {member} of {circle}", member=one("member"), circle=circle
        ),
        everyone=message("anyone"),
        affected=message("anyone affected"),
    )


def _phrase(
    org: Org,
    of: str,
    circle_id: str,
    *,
    members: Callable[[Text], Message],
    everyone: Message,
    affected: Message,
) -> Message:
    word, _, id = of.partition(":")
    if word == "all":
        return everyone
    if word == "affected":
        return affected
    if word == "subject":
        return message("the person concerned")
    if word == "role":
        return _holder(org, id)
    if word == "core":
        return _holder(org, f"{circle_id}/{id}")
    return members(_circle(org, {"circle": id}.get(word) or _meant(org, word, circle_id)))


def _meant(org: Org, word: str, circle_id: str) -> str:
    circle = org.circles.get(circle_id)
    if word == "parent-members" and circle is not None:
        return parent_of(org, circle)
    return circle_id if word == "members" else org.anchor or ""


def _holder(org: Org, role_id: str) -> Message:
    circle_id, slash, core_id = role_id.partition("/")
    if slash:
        core = org.core_role_kinds.get(core_id)
        return message(
            "whoever holds the {role} {name} in {circle}",
            role=one("role"),
            name=core.name if core else core_id,
            circle=_circle(org, circle_id),
        )
    role = org.roles.get(role_id)
    name = role.name if role else role_id
    return message("whoever holds the {role} {name}", role=one("role"), name=name)


def _or(phrases: list[Message]) -> Message:
    said = phrases[0] if phrases else message("nobody")
    for phrase in phrases[1:]:
        said = message("{first} or {second}", first=said, second=phrase)
    return said


def _circle(org: Org, circle_id: str) -> Text:
    circle = org.circles.get(circle_id)
    return circle.name if circle else circle_id
