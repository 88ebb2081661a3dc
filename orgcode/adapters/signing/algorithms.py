"""Whether a signature fits a public key and what it covers, by the kind of the key.

The only module that knows the library `cryptography`, and so the only one that takes long to
import.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from orgcode.adapters.signing.public_keys import PublicKey
from orgcode.adapters.signing.wire import MalformedError, Reader
from orgcode.model.message import Message, message

RSA_BITS = 2048
"""Shorter RSA keys can be broken."""

DOES_NOT_FIT = message("It does not fit what it is to have signed: something was altered.")
MALFORMED = message("It is damaged, or not made for orgcode.")

_PRESENT = 0x01
_APPLICATION = b"ssh:"
_RSA_HASHES: Mapping[str, hashes.HashAlgorithm] = {
    "rsa-sha2-256": hashes.SHA256(),
    "rsa-sha2-512": hashes.SHA512(),
}


class _Curve(NamedTuple):
    """A curve of NIST, and the hash that belongs to it."""

    name: str
    curve: ec.EllipticCurve
    hash: hashes.HashAlgorithm


_P256 = _Curve("nistp256", ec.SECP256R1(), hashes.SHA256())
_P384 = _Curve("nistp384", ec.SECP384R1(), hashes.SHA384())
_P521 = _Curve("nistp521", ec.SECP521R1(), hashes.SHA512())


class _WeakError(Exception):
    """A signature that may fit, but proves nothing."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.id)
        self.why = why


def flaw(key: PublicKey, signature: bytes, covered: bytes) -> Message | None:
    """Why a signature by a key of `KINDS` proves nothing; None where it proves that these bytes
    were signed with it.
    """
    try:
        _read(key)(Reader(signature), covered)
    except MalformedError:
        return MALFORMED
    except InvalidSignature:
        return DOES_NOT_FIT
    except _WeakError as error:
        return error.why
    return None


def ed25519(seed: bytes) -> tuple[bytes, Callable[[bytes], bytes]]:
    """The public half of the key that 32 bytes make, and what signs with it: always the same."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return key.public_key().public_bytes_raw(), key.sign


def weakness(key: PublicKey) -> Message | None:
    """Why no signature by a key of `KINDS` can prove anything; None where it can."""
    try:
        _read(key)
    except MalformedError:
        return message("This {kind} key is not one that OpenSSH makes to sign with.", kind=key.kind)
    except _WeakError as error:
        return error.why
    return None


Check = Callable[[Reader, bytes], None]
"""Whether a signature fits what it covers, with one key: raises an error where it does not."""


def _read(key: PublicKey) -> Check:
    inside = Reader(key.data)
    inside.name()
    check = _KINDS[key.kind](inside)
    inside.end()
    return check


def _ed25519(key: Reader) -> Check:
    public = Ed25519PublicKey.from_public_bytes(key.string(32))

    def check(signed: Reader, covered: bytes) -> None:
        _begin(signed, "ssh-ed25519")
        signature = signed.string(64)
        signed.end()
        public.verify(signature, covered)

    return check


def _ecdsa(curve: _Curve, key: Reader) -> Check:
    point = _point(key, curve)

    def check(signed: Reader, covered: bytes) -> None:
        _begin(signed, f"ecdsa-sha2-{curve.name}")
        signature = _two_integers(signed)
        signed.end()
        point.verify(signature, covered, ec.ECDSA(curve.hash))

    return check


def _rsa(key: Reader) -> Check:
    exponent, modulus = key.integer(), key.integer()
    if modulus.bit_length() < RSA_BITS:
        raise _WeakError(
            message("RSA keys of fewer than {bits} bits prove nothing here.", bits=RSA_BITS)
        )
    try:
        public = RSAPublicNumbers(exponent, modulus).public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise MalformedError from error

    def check(signed: Reader, covered: bytes) -> None:
        name = signed.name()
        if name == "ssh-rsa":
            raise _WeakError(message("It is made with SHA-1, which can be forged."))
        if name not in _RSA_HASHES:
            raise MalformedError
        signature = signed.string()
        signed.end()
        # Some agents leave out the zeros with which one in 256 signatures begins.
        whole = signature.rjust((modulus.bit_length() + 7) // 8, b"\0")
        public.verify(whole, covered, padding.PKCS1v15(), _RSA_HASHES[name])

    return check


def _security_key_ed25519(key: Reader) -> Check:
    public = Ed25519PublicKey.from_public_bytes(key.string(32))
    application = _application(key)

    def check(signed: Reader, covered: bytes) -> None:
        _begin(signed, "sk-ssh-ed25519@openssh.com")
        signature = signed.string(64)
        public.verify(signature, _by_security_key(application, signed, covered))

    return check


def _security_key_ecdsa(key: Reader) -> Check:
    point, application = _point(key, _P256), _application(key)

    def check(signed: Reader, covered: bytes) -> None:
        _begin(signed, "sk-ecdsa-sha2-nistp256@openssh.com")
        signature = _two_integers(signed)
        whole = _by_security_key(application, signed, covered)
        point.verify(signature, whole, ec.ECDSA(_P256.hash))

    return check


def _begin(signed: Reader, name: str) -> None:
    """A signature names how it is made, and that must be the way of its key."""
    if signed.name() != name:
        raise MalformedError


def _point(key: Reader, curve: _Curve) -> ec.EllipticCurvePublicKey:
    """A point as OpenSSH wants it: written whole, on the curve, and neither coordinate very small
    or beyond the order of the group.
    """
    name, written = key.name(), key.string()
    if name != curve.name or written[:1] != b"\x04":
        raise MalformedError
    try:
        point = ec.EllipticCurvePublicKey.from_encoded_point(curve.curve, written)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise MalformedError from error
    numbers, order = point.public_numbers(), curve.curve.group_order
    for coordinate in (numbers.x, numbers.y):
        if coordinate.bit_length() <= order.bit_length() // 2:
            raise MalformedError
        if coordinate >= order - 1:
            raise MalformedError
    return point


def _two_integers(signed: Reader) -> bytes:
    inside = Reader(signed.string())
    r, s = inside.integer(), inside.integer()
    inside.end()
    return encode_dss_signature(r, s)


def _application(key: Reader) -> bytes:
    """What a security key was told that the key is for; not, say, to log in to a site."""
    application = key.string()
    if not application.startswith(_APPLICATION):
        raise MalformedError
    return application


def _by_security_key(application: bytes, signed: Reader, covered: bytes) -> bytes:
    """What a security key signs: that somebody was there (they touched it), and how many signatures
    it has made.
    """
    flags, counter = signed.take(1), signed.take(4)
    signed.end()
    if not flags[0] & _PRESENT:
        raise _WeakError(message("Nobody touched the security key when it was made."))
    digests = (hashlib.sha256(application).digest(), hashlib.sha256(covered).digest())
    return digests[0] + flags + counter + digests[1]


_KINDS: Mapping[str, Callable[[Reader], Check]] = {
    "ssh-ed25519": _ed25519,
    "ecdsa-sha2-nistp256": partial(_ecdsa, _P256),
    "ecdsa-sha2-nistp384": partial(_ecdsa, _P384),
    "ecdsa-sha2-nistp521": partial(_ecdsa, _P521),
    "ssh-rsa": _rsa,
    "sk-ssh-ed25519@openssh.com": _security_key_ed25519,
    "sk-ecdsa-sha2-nistp256@openssh.com": _security_key_ecdsa,
}
