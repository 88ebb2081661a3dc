"""What is said to people, before it is said in a language."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class Message(Struct, frozen=True, kw_only=True):
    """A sentence with named holes: an English template and what goes into the holes.

    The template is the key into the gettext catalogues. An argument may be text, a number,
    a date, a `Word` of the ruleset, another `Message`, or a tuple of these (spoken as a list: "a, b
    and c").
    With `plural` and `count` the template for one or the one for many is chosen.
    """

    id: str
    plural: str | None = None
    count: int | None = None
    arguments: Mapping[str, object] = field(default_factory=dict)


class Word(Struct, frozen=True, kw_only=True):
    """A word of the ruleset's vocabulary, said as the organisation says it."""

    key: str
    many: bool = False
    capital: bool = False


def one(key: str) -> Word:
    """The organisation's word for a notion, such as `circle`."""
    return Word(key=key)


def many(key: str) -> Word:
    """The same for several."""
    return Word(key=key, many=True)


def message(template: str, /, **arguments: object) -> Message:
    """Say `template` with `arguments`, in whatever language is asked for later."""
    return Message(id=template, arguments=arguments)


def messages(one: str, many: str, /, count: int, **arguments: object) -> Message:
    """Say `one` or `many`, as `count` asks; both may use the hole `{count}`."""
    return Message(id=one, plural=many, count=count, arguments={"count": count, **arguments})
