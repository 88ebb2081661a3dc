"""A public key as it stands in a file: its kind, its bytes in base64, and a remark."""

from __future__ import annotations

import hashlib
from base64 import b64encode

from msgspec import Struct

from orgcode.adapters.signing.envelope import decoded
from orgcode.adapters.signing.wire import MalformedError, Reader
from orgcode.model.message import Message, message

KINDS = (
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "ssh-rsa",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
)
"""The kinds of keys that can prove something."""


class PublicKey(Struct, frozen=True, kw_only=True):
    """A public key, and what its owner remarked beside it."""

    kind: str
    data: bytes
    remark: str = ""

    @property
    def line(self) -> str:
        """The key as it stands in a file, without the remark."""
        return f"{self.kind} {b64encode(self.data).decode('ascii')}"

    @property
    def fingerprint(self) -> str:
        """What OpenSSH calls the key by."""
        digest = b64encode(hashlib.sha256(self.data).digest()).decode("ascii")
        return f"SHA256:{digest.rstrip('=')}"


def read_public_key(line: str) -> PublicKey | Message:
    """The key in a line such as that of a file `id_ed25519.pub`, or why it can prove nothing."""
    kind, _, rest = line.strip().partition(" ")
    encoded, _, remark = rest.strip().partition(" ")
    if kind not in KINDS:
        return _why_not(kind, line)
    try:
        data = decoded(encoded)
        if Reader(data).name() != kind:
            raise MalformedError
    except MalformedError:
        return message("This {kind} key is damaged: a part of it is missing or altered.", kind=kind)
    return PublicKey(kind=kind, data=data, remark=remark.strip())


def key_of_bytes(data: bytes) -> PublicKey | Message:
    """The key that a signature carries, or why it can prove nothing."""
    kind = Reader(data).name()
    return PublicKey(kind=kind, data=data) if kind in KINDS else _why_not(kind, kind)


def _why_not(kind: str, line: str) -> Message:
    if "-----BEGIN" in line:
        return message(
            "This is a private key, or a file of another sort; only the public key counts."
        )
    if kind.endswith("-cert-v01@openssh.com"):
        return message("This is a certificate; only a public key itself counts.")
    if any(f" {known} " in line for known in KINDS):
        return message("Something stands before the key; a line begins with the kind of the key.")
    if kind.startswith(("ssh-", "ecdsa-", "sk-", "webauthn-")):
        return message("Keys of the kind {kind} prove nothing here.", kind=kind)
    return message("This is not the line of a public SSH key.")
