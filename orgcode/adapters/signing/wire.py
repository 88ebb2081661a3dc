"""How SSH writes numbers and strings of bytes (RFC 4251, section 5), read strictly."""

from __future__ import annotations

MOST = 1 << 14
"""Bytes of a signature or key; the longest RSA keys have a third of that."""


class MalformedError(ValueError):
    """The bytes are not what SSH writes there."""


class Reader:
    """Reads bytes from their beginning; what is not there, or too much, is an error."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 0

    def take(self, count: int) -> bytes:
        """So many bytes."""
        end = self._place + count
        if end > len(self._data):
            raise MalformedError
        self._place, found = end, self._data[self._place : end]
        return found

    def number(self) -> int:
        """A number of four bytes."""
        return int.from_bytes(self.take(4), "big")

    def string(self, length: int | None = None) -> bytes:
        """Bytes with their length before them; `length` is the only one that will do."""
        found = self.take(self.number())
        if length is not None and len(found) != length:
            raise MalformedError
        return found

    def integer(self) -> int:
        """A whole number of any size (`mpint`): positive, and in no more bytes than it needs."""
        found = self.string()
        if not found or found[0] >= 0x80 or (found[0] == 0 and found[1:2] < b"\x80"):
            raise MalformedError
        return int.from_bytes(found, "big")

    def name(self) -> str:
        """The name of a kind or a way of signing: ASCII that can be shown as it is."""
        found = self.string()
        if not found.isascii() or not found.decode("ascii").isprintable():
            raise MalformedError
        return found.decode("ascii")

    def end(self) -> None:
        """There is nothing more."""
        if self._place != len(self._data):
            raise MalformedError


def string(data: bytes) -> bytes:
    """Bytes with their length before them."""
    return len(data).to_bytes(4, "big") + data
