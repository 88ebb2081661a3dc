"""What binds a circle, role or person, in sentences and as data."""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.i18n.translator import Translator
from orgcode.law.binding import Binding, Reason, WhatBinds, ends, sentence, starts
from orgcode.model.entities import Policy, Thing
from orgcode.model.message import Message, message
from orgcode.model.org import Org
from orgcode.reporting.terminal import in_lines, one_line
from orgcode.reporting.things import name_of
from orgcode.reporting.values import Values


def report_binding(thing: Thing, what: WhatBinds, org: Org, translator: Translator) -> str:
    """What holds for a thing, each with its reasons; then what does not yet, or no longer."""
    translator = translator.speaking(org.ruleset)
    name = Values(org, translator).text(name_of(thing))
    parts = (
        (message("What holds for {name}", name=name), what.now),
        (message("Does not hold yet"), what.later),
        (message("No longer holds"), what.over),
    )
    said = "\n".join(
        "\n".join(_part(heading, bindings, org, translator)) + "\n"
        for heading, bindings in parts
        if bindings
    )
    return in_lines(said)


def binding_as_data(what: WhatBinds, org: Org, translator: Translator) -> dict[str, object]:
    """Lists `now`, `later` and `over` of objects with fields that stay.

    `kind` is policy or agreement; `id`, `path` and `title` say which, `circle` (an id) where it
    comes from, `inherited` whether only because that lies above; `since` and `until` are the
    first day on which it holds and the first on which it no longer does, where it says so;
    `reasons` say why: `why` is party, domain, here or above, `of` the party, the holder of the
    domain or the circle, and `sentence` says it in words.
    """
    translator = translator.speaking(org.ruleset)
    return {
        state: [_data(binding, org, translator) for binding in bindings]
        for state, bindings in (("now", what.now), ("later", what.later), ("over", what.over))
    }


def _part(
    heading: Message, bindings: tuple[Binding, ...], org: Org, translator: Translator
) -> Iterator[str]:
    values = Values(org, translator)
    yield one_line(f"{translator.say(heading)}:")
    for binding in bindings:
        address = binding.thing.path.removesuffix(".yaml")
        yield one_line(f"  {values.text(binding.thing.title)} ({address})")
        for reason in binding.reasons:
            yield one_line(f"    {translator.say(_why(reason, values))}")
        for said in _days(binding, org):
            yield one_line(f"    {translator.say(said)}")


def _days(binding: Binding, org: Org) -> Iterator[Message]:
    """From when something holds, and until when, where that lies ahead or is over."""
    first, last = starts(binding.thing), ends(binding.thing)
    if last is not None and last <= org.today:
        yield message("It has not held since {day}.", day=last)
        return
    if first is not None and first > org.today:
        yield message("It holds from {day} on.", day=first)
    if last is not None:
        yield message("It no longer holds from {day} on.", day=last)


def _why(reason: Reason, values: Values) -> Message:
    kind, _, id = reason.of.partition(":")
    named = {"circle": values.circle, "role": values.role, "person": values.person}[kind](id)
    return sentence(reason.why, named)


def _data(binding: Binding, org: Org, translator: Translator) -> dict[str, object]:
    values = Values(org, translator)
    thing = binding.thing
    return {
        "kind": "policy" if isinstance(thing, Policy) else "agreement",
        "id": thing.id,
        "path": thing.path,
        "title": values.text(thing.title),
        "circle": binding.circle,
        "inherited": binding.is_inherited,
        "since": starts(thing),
        "until": ends(thing),
        "reasons": [
            {
                "why": reason.why,
                "of": reason.of,
                "sentence": translator.say(_why(reason, values)),
            }
            for reason in binding.reasons
        ],
    }
