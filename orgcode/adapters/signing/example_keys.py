"""Keys of the people in the example organisation. Everybody can make them, so they prove nothing
outside it; that they are always the same makes the example the same everywhere.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from orgcode.adapters.signing.envelope import Envelope, write_envelope
from orgcode.adapters.signing.wire import string

_KIND = b"ssh-ed25519"


class ExampleKey:
    """The key of one person."""

    def __init__(self, person: str) -> None:
        # Only whoever makes the example needs the library.
        from orgcode.adapters.signing.algorithms import ed25519

        public, self._sign = ed25519(sha256(f"orgcode example: {person}".encode()).digest())
        self._public = string(_KIND) + string(public)
        self._person = person

    @property
    def line(self) -> str:
        """The public key as it stands in the file of the person."""
        return f"{_KIND.decode()} {b64encode(self._public).decode()} {self._person}"

    def sign(self, text: bytes) -> str:
        """The signature of a text, in one line."""
        unsigned = Envelope(public_key=self._public, hash="sha512", signature=b"")
        signature = string(_KIND) + string(self._sign(unsigned.covered(text)))
        return write_envelope(Envelope(public_key=self._public, hash="sha512", signature=signature))
