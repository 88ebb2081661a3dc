"""Whether a text was signed with one of some public keys, and with which."""

from __future__ import annotations

from collections.abc import Iterable

from orgcode.adapters.signing.envelope import read_envelope
from orgcode.adapters.signing.public_keys import PublicKey, key_of_bytes, read_public_key
from orgcode.adapters.signing.wire import MalformedError
from orgcode.model.message import Message, message

_UNREADABLE = message("It is no signature by OpenSSH for orgcode, or it is damaged.")


def verify(text: bytes, signature: str, keys: Iterable[str]) -> str | Message:
    """The one of these public keys (lines as in people/) with which a text was signed; else why the
    signature proves nothing.

    `signature` is one line: the base64 of an SSHSIG for the namespace `orgcode`.
    """
    used = key_used(signature)
    if isinstance(used, Message):
        return used
    unusable: list[Message] = []
    for line in keys:
        key = read_public_key(line)
        if isinstance(key, Message):
            unusable.append(key)
        elif key.data == used.data:
            return flaw_in(text, signature) or line
    if unusable:
        return unusable[0]
    return message("It is made with a key that is not listed ({key}).", key=used.fingerprint)


def key_used(signature: str) -> PublicKey | Message:
    """The key that a signature says it is made with, or why it proves nothing in any case."""
    try:
        return key_of_bytes(read_envelope(signature).public_key)
    except MalformedError:
        return _UNREADABLE


def flaw_in(text: bytes, signature: str) -> Message | None:
    """Why a signature proves nothing whosever key it is made with; None where it is right."""
    used = key_used(signature)
    if isinstance(used, Message):
        return used
    # Whoever verifies nothing need not wait for the library.
    from orgcode.adapters.signing.algorithms import flaw

    envelope = read_envelope(signature)
    return flaw(used, envelope.signature, envelope.covered(text))


def weakness(key: PublicKey) -> Message | None:
    """Why nothing that is signed with a key can prove anything; None where it can."""
    from orgcode.adapters.signing import algorithms  # likewise

    return algorithms.weakness(key)
