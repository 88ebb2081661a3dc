"""Who speaks at this computer, and how they sign what they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from orgcode.actions.who import whoami
from orgcode.adapters.git.repository import Repository
from orgcode.adapters.signing.own_keys import own_key
from orgcode.adapters.signing.signer import sign as sign_with_openssh
from orgcode.model.org import Org


class Speaker(Struct, frozen=True, kw_only=True):
    """A person, and what makes signatures of theirs; it gives None where nothing can."""

    person: str
    sign: Callable[[bytes], str | None]


Signing = bool | Callable[[bytes], str | None]
"""Whether to sign with a key that is at hand, or what makes the signatures instead."""


def speaker(
    org: Org, repository: Repository, given: str | None, today: date, *, sign: Signing = True
) -> Speaker:
    """Who speaks: whoever was named, else whose computer it is. They sign if one of their keys that
    the organisation lists is at hand.
    """
    person = whoami(org, repository, given)
    if not isinstance(sign, bool):
        return Speaker(person=person, sign=sign)
    return Speaker(person=person, sign=_signer(org, person, today) if sign else _unsigned)


def _signer(org: Org, person: str, today: date) -> Callable[[bytes], str | None]:
    """A text is signed once, however often it is asked for."""
    listed = [
        key.key
        for key in org.people[person].keys
        if (key.since is None or key.since <= today) and (key.until is None or today <= key.until)
    ]
    made: dict[bytes, str | None] = {}

    def sign(text: bytes) -> str | None:
        if text not in made:
            own = own_key(listed)
            made[text] = None if own is None else sign_with_openssh(text, own.sign_with)
        return made[text]

    return sign


def _unsigned(_: bytes) -> None:
    return None
