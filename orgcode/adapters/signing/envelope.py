"""What a signature of OpenSSH holds (SSHSIG), to and from the one line in which it is kept."""

from __future__ import annotations

import binascii
import hashlib
from base64 import b64decode, b64encode

from msgspec import Struct

from orgcode.adapters.signing.wire import MOST, MalformedError, Reader, string

NAMESPACE = b"orgcode"
"""What the signature was made for, so that one for another purpose proves nothing here."""

_MAGIC = b"SSHSIG"
_VERSION = 1
_RESERVED = b""
_HASHES = ("sha256", "sha512")
_BEGIN = b"-----BEGIN SSH SIGNATURE-----"
_END = b"-----END SSH SIGNATURE-----"


class Envelope(Struct, frozen=True, kw_only=True):
    """A signature, the public key that it is made with, and the hash that it covers."""

    public_key: bytes
    hash: str
    signature: bytes

    def covered(self, text: bytes) -> bytes:
        """The bytes that were signed, if that text was."""
        digest = hashlib.new(self.hash, text).digest()
        parts = (NAMESPACE, _RESERVED, self.hash.encode("ascii"), digest)
        return _MAGIC + b"".join(string(part) for part in parts)


def write_envelope(envelope: Envelope) -> str:
    """The line in which a signature is kept; `read_envelope` reads it."""
    hash = envelope.hash.encode("ascii")
    parts = (envelope.public_key, NAMESPACE, _RESERVED, hash, envelope.signature)
    content = _MAGIC + _VERSION.to_bytes(4, "big") + b"".join(map(string, parts))
    return b64encode(content).decode("ascii")


def read_envelope(line: str) -> Envelope:
    """The signature that a line holds; raises `MalformedError` where it is not exactly one that
    OpenSSH makes for orgcode.
    """
    reader = Reader(decoded(line))
    if reader.take(len(_MAGIC)) != _MAGIC or reader.number() != _VERSION:
        raise MalformedError
    public_key = reader.string()
    if reader.string() != NAMESPACE or reader.string() != _RESERVED:
        raise MalformedError
    hash = reader.name()
    if hash not in _HASHES:
        raise MalformedError
    envelope = Envelope(public_key=public_key, hash=hash, signature=reader.string())
    reader.end()
    return envelope


def without_armour(armoured: bytes) -> str:
    """The one line for a signature as OpenSSH prints it; `MalformedError` where it is none."""
    lines = [line.strip() for line in armoured.strip().splitlines()]
    if lines[:1] != [_BEGIN] or lines[-1:] != [_END]:
        raise MalformedError
    line = b"".join(lines[1:-1]).decode("ascii", "replace")
    decoded(line)
    return line


def decoded(line: str) -> bytes:
    """The bytes of base64 that is written in the one way in which these bytes can be."""
    try:
        found = b64decode(line, validate=True) if len(line) <= 2 * MOST else b""
    except (ValueError, binascii.Error) as error:
        raise MalformedError from error
    if not found or len(found) > MOST or b64encode(found).decode("ascii") != line:
        raise MalformedError
    return found
