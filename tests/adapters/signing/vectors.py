"""Signatures right and wrong in every way that we can think of, by sort."""

from __future__ import annotations

import textwrap
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tests.adapters.signing.openssh import (
    Making,
    Pair,
    armoured,
    number,
    signed_by_openssh,
    soft_pair,
    string,
    strings,
)

TEXTS = (b"", b"x", b'{"entry":{"stance":"consent"}}', b"\xff\0\n" * 50)


@dataclass(frozen=True, kw_only=True)
class Vector:
    """A signature of a text, as somebody hands it in, with the keys that are listed."""

    sort: str
    text: bytes
    line: str
    keys: tuple[str, ...]
    armour: bytes | None = None
    """What OpenSSH gets, where it is not the line in its armour."""

    @property
    def for_openssh(self) -> bytes:
        return self.armour if self.armour is not None else armoured(self.line)


STRICTER = {
    "version 0": "OpenSSH takes older versions than the first",
    "namespace and nothing": "a namespace has one way in which it is written",
    "reserved": "what is reserved has to be empty, since nobody signed it",
    "padded number": "a number has one way in which it is written",
    "short rsa": "RSA keys of fewer than 2048 bits can be broken",
    "absent": "the security key was not touched",
    "another application": "the security key was told that the key is for something else",
    "options": "what stands before a key in people/ has no meaning there",
    "several armours": "the field has one line with one signature, and no armour",
    "loose base64": "a signature has one way in which it is written",
    "loose key": "a key has one way in which it is written",
}
"""Sorts that orgcode refuses and OpenSSH accepts, and why; each has to occur."""


def vectors(pairs: dict[str, Pair], *, every: int) -> Iterator[Vector]:
    """All of them; of flipped bits and cut ends one in `every`."""
    for pair in pairs.values():
        if pair.name == "rsa1024":
            continue
        yield from _right(pair)
        yield from _flipped(pair, every)
        yield from _cut(pair, every)
        yield from _turned_wrong(pair, pairs)
        yield from _written_otherwise(pair)
        if isinstance(pair.private, ec.EllipticCurvePrivateKey):
            yield from _of_curves(pair)
        if isinstance(pair.private, rsa.RSAPrivateKey):
            yield from _of_rsa(pair)
        if pair.kind.startswith("sk-"):
            yield from _of_security_keys(pair)
    yield from _short(pairs["rsa1024"])


def _vector(sort: str, making: Making, *keys: str, line: str = "") -> Vector:
    listed = keys or (making.pair.line,)
    return Vector(sort=sort, text=making.text, line=line or making.line(), keys=listed)


def _right(pair: Pair) -> Iterator[Vector]:
    for text in TEXTS:
        for hash in ("sha256", "sha512"):
            making = Making(pair=pair, text=text, hash=hash)
            yield _vector("right", making)
            if pair.file is not None:
                made = signed_by_openssh(pair.file, text, "orgcode", "-O", f"hashalg={hash}")
                yield _vector("right", making, line=made)


def _flipped(pair: Pair, every: int) -> Iterator[Vector]:
    """One bit of the signature, one of its key, one of the text."""
    making = Making(pair=pair, text=TEXTS[2])
    blob = making.blob()
    for bit in range(0, len(blob) * 8, every):
        changed = _flip(blob, bit)
        sort = "version 0" if bit == 9 * 8 else "flipped"
        yield _vector(sort, making, line=b64encode(changed).decode())
    data = pair.data
    for bit in range(0, len(data) * 8, every):
        line = f"{pair.kind} {b64encode(_flip(data, bit)).decode()}"
        yield _vector("flipped key", making, line)
    for bit in range(0, len(making.text) * 8, every):
        text = _flip(making.text, bit)
        yield Vector(sort="flipped text", text=text, line=making.line(), keys=(pair.line,))


def _flip(data: bytes, bit: int) -> bytes:
    place, turn = divmod(bit, 8)
    return data[:place] + bytes([data[place] ^ (1 << turn)]) + data[place + 1 :]


def _cut(pair: Pair, every: int) -> Iterator[Vector]:
    making = Making(pair=pair, text=b"x")
    blob, line = making.blob(), making.line()
    for end in range(0, len(blob), max(1, every // 2)):
        yield _vector("cut", making, line=b64encode(blob[:end]).decode() or "=")
    for end in range(1, len(line), max(1, every * 2)):
        if end % 4:
            yield _vector("cut line", making, line=line[:end])


def _turned_wrong(pair: Pair, pairs: dict[str, Pair]) -> Iterator[Vector]:
    right, other = Making(pair=pair, text=b"x"), pairs["other" if pair.name != "other" else "p256"]

    def wrong(sort: str, **changes: object) -> Vector:
        return _vector(sort, Making(pair=pair, text=b"x", **changes))  # type: ignore[arg-type]

    for more in (b"\0", b"x", string(b""), right.blob()):
        yield wrong("more behind", after=more)
        yield wrong("more behind", after_inner=more)
        yield wrong("more behind", after_signature=more)
    yield wrong("namespace and nothing", namespace=b"orgcode\0")
    for namespace in (b"git", b"file", b"", b"orgcode ", b"orgcode\0x", b"Orgcode", b"orgcod"):
        yield wrong("namespace", namespace=namespace, signed_namespace=namespace)
        yield wrong("namespace", namespace=namespace)
        yield wrong("namespace", signed_namespace=namespace)
    for hash in ("md5", "sha1", "sha384", "sha224", "sha3_256", "blake2b"):
        yield wrong("hash", hash=hash)
        yield wrong("hash", hash="sha512", covered_hash=hash)
    for hash in ("SHA512", "sha512 ", "sha-512", ""):
        yield wrong("hash", hash=hash, covered_hash="sha512")
    yield wrong("hash", hash="sha256", covered_hash="sha512")
    for version in (2, 3, 0xFFFFFFFF):
        yield wrong("version", version=version)
    yield wrong("version 0", version=0)
    for magic in (b"SSHSIH", b"sshsig", b"SSHSIG\0", b""):
        yield wrong("magic", magic=magic)
    for reserved in (b"x", b"\0", b"sha512", string(b"")):
        yield wrong("reserved", reserved=reserved)
    for name in ("ssh-rsa", "ssh-dss", "ssh-ed25519", "rsa-sha2-256", "ecdsa-sha2-nistp256", ""):
        if name not in (pair.kind, "rsa-sha2-512"):
            yield wrong("algorithm", named_algorithm=name)
    yield wrong("swapped key", public=other.data)
    yield _vector("swapped key", Making(pair=pair, text=b"x", public=other.data), other.line)
    yield _vector("somebody else's", right, other.line)
    yield _vector("somebody else's", right, "# nothing")
    yield _vector("among others", right, other.line, pair.line)
    yield Vector(sort="another text", text=b"y", line=right.line(), keys=(pair.line,))


def _written_otherwise(pair: Pair) -> Iterator[Vector]:
    """The right bytes, in another writing of signature or key."""
    right = Making(pair=pair, text=b"x")
    line, armour = right.line(), armoured(right.line())
    for text in (
        armour + armour,
        armour.replace(b"\n", b"\r\n"),
        armour,
        armour.replace(b"-----END", b"-----BEGIN SSH SIGNATURE-----\n-----END", 1),
        b"-----BEGIN SSH SIGNATURE-----\n" + armour,
        armour.partition(b"-----END")[0] + armour,
    ):
        yield Vector(
            sort="several armours",
            text=b"x",
            line=text.decode(),
            keys=(pair.line,),
            armour=text,
        )
    twice = b64encode(armour).decode()
    yield _vector("doubled armour", right, line=twice)
    for loose in (
        f" {line}",
        f"{line}\n",
        "\n".join(textwrap.wrap(line, 40)),
        f"{line[:8]} {line[8:]}",
        line.rstrip("=") + "==",
        f"{line}====",
        line.replace("+", "-").replace("/", "_"),
        f"{line}!",
        line + line,
        line[:-1] + "\u0661",
        "",
    ):
        if loose != line:
            yield _vector("loose base64", right, line=loose or "\n")
    kind, data = pair.kind, pair.data
    encoded = b64encode(data).decode()
    for listed in (
        f'namespaces="orgcode" {pair.line}',
        f"cert-authority {pair.line}",
        f'valid-after="20000101" {pair.line}',
        f'restrict,command="x" {pair.line}',
    ):
        yield _vector("options", right, listed)
    for listed in (
        f"{kind}\t{encoded}",
        f"{kind} {encoded.rstrip('=')}",
        f"{kind} {encoded}====",
        f"{kind} {encoded[:20]} {encoded[20:]}",
        f"{encoded}",
        f"{kind}",
        f"{kind.upper()} {encoded}",
        f"ssh-ed448 {encoded}",
        f"ssh-dss {encoded}",
        f"{kind.removesuffix('@openssh.com')}-cert-v01@openssh.com {encoded}",
        f"{'ssh-rsa' if kind != 'ssh-rsa' else 'ssh-ed25519'} {encoded}",
        f"{kind} {b64encode(data + b'x').decode()}",
        f"{kind} {b64encode(data[:-1]).decode()}",
    ):
        if listed != f"{kind} {encoded}":
            yield _vector("loose key", right, listed)


def _of_curves(pair: Pair) -> Iterator[Vector]:
    def made(sort: str, integers: object) -> Vector:
        return _vector(sort, Making(pair=pair, text=b"x", integers=integers))  # type: ignore[arg-type]

    assert isinstance(pair.private, ec.EllipticCurvePrivateKey)
    order = pair.private.curve.group_order
    for _ in range(10):
        yield made("right", lambda r, s: number(r) + number(max(s, order - s)))
        yield made("right", lambda r, s: number(r) + number(min(s, order - s)))
    for zeros in (1, 2, 8):
        yield made("padded number", lambda r, s, n=zeros: number(r, padded=n) + number(s))
        yield made("padded number", lambda r, s, n=zeros: number(r) + number(s, padded=n))
    yield made("numbers", lambda r, s: number(s) + number(r))
    yield made("numbers", lambda r, _: number(r))
    yield made("numbers", lambda r, s: number(r) + number(s) + number(1))
    yield made("numbers", lambda *_: string(b"") + string(b""))
    yield made("numbers", lambda *_: number(0) + number(0))
    yield made("numbers", lambda _, s: number(0) + number(s))
    yield made("numbers", lambda r, s: number(r + order) + number(s))
    yield made("numbers", lambda r, s: number(r) + number(s + order))
    yield made("numbers", lambda r, s: number(r) + string(b"\xff" + s.to_bytes(66, "big")))
    yield from _odd_points(pair)


def _odd_points(pair: Pair) -> Iterator[Vector]:
    """Keys whose point is written otherwise, is none, or has the name of another curve."""
    kind, curve, point, *rest = strings(pair.data)
    tail = b"".join(map(string, rest))
    half = (len(point) - 1) // 2
    squeezed = bytes([2 + point[-1] % 2]) + point[1 : 1 + half]
    for odd in (
        squeezed,
        b"\0",
        b"",
        b"\x04" + bytes(2 * half),
        b"\x04" + point[1 + half :] + point[1 : 1 + half],
        b"\x06" + point[1:],
        point + b"\0",
        point[:-1],
    ):
        data = string(kind) + string(curve) + string(odd) + tail
        yield _with_key("point", pair, data)
    for name in (b"nistp256", b"nistp384", b"nistp521", b"nistp224", b""):
        if name != curve:
            yield _with_key("curve", pair, string(kind) + string(name) + string(point) + tail)


def _of_rsa(pair: Pair) -> Iterator[Vector]:
    for algorithm in ("rsa-sha2-256", "rsa-sha2-512"):
        for hash in ("sha256", "sha512"):
            making = Making(pair=pair, text=b"x", algorithm=algorithm, hash=hash)
            yield _vector("right", making)
    yield _vector("sha1", Making(pair=pair, text=b"x", algorithm="ssh-rsa"))
    for named in ("rsa-sha2-256", "rsa-sha2-512", "ssh-rsa", "rsa-sha2-384", "ssh-rsa-sha256"):
        for algorithm in ("rsa-sha2-256", "rsa-sha2-512", "ssh-rsa"):
            if named != algorithm:
                making = Making(pair=pair, text=b"x", algorithm=algorithm, named_algorithm=named)
                yield _vector("algorithm", making)
    for place in range(2000):
        making = Making(pair=pair, text=b"%d" % place)
        if strings(strings(making.blob()[10:])[4])[1][:1] == b"\0":
            yield _vector("right", Making(pair=pair, text=making.text, strip_zeros=True))
            break
    kind, exponent, modulus = strings(pair.data)
    for data in (
        string(kind) + string(b"\0" + exponent) + string(modulus),
        string(kind) + string(exponent) + string(b"\0" + modulus),
    ):
        yield _with_key("padded number", pair, data)
    for data in (
        string(kind) + string(modulus) + string(exponent),
        string(kind) + string(exponent) + string(modulus[1:]),
        string(kind) + string(exponent) + string(modulus) + string(b""),
        string(kind) + string(exponent),
        string(kind) + number(1) + string(modulus),
        string(kind) + number(0) + string(modulus),
        string(kind) + number(2) + string(modulus),
        string(kind) + string(exponent) + number(0),
    ):
        yield _with_key("numbers", pair, data)


def _of_security_keys(pair: Pair) -> Iterator[Vector]:
    for flags in (1, 5, 0x41, 0xFF):
        yield _vector("right", Making(pair=pair, text=b"x", flags=flags))
    for flags in (0, 4, 0xFE):
        yield _vector("absent", Making(pair=pair, text=b"x", flags=flags))
    for counter in (0, 1, 0xFFFFFFFF):
        yield _vector("right", Making(pair=pair, text=b"x", counter=counter))
    blob = Making(pair=pair, text=b"x").blob()
    for tail in (b"", b"\x01", b"\x01\0\0\0\x08", b"\x05\0\0\0\x07", b"\x01\0\0\0\x07\0"):
        inner = strings(blob[10:])[4][:-5] + tail
        head = blob[:10] + b"".join(map(string, strings(blob[10:])[:4]))
        line = b64encode(head + string(inner)).decode()
        if tail != b"\x01\0\0\0\x07":
            yield _vector("counter", Making(pair=pair, text=b"x"), line=line)
    for application in (b"ssh:orgcode", b"ssh:x"):
        own = soft_pair(pair.name, application)
        yield _vector("right", Making(pair=own, text=b"x"))
    for application in (b"", b"webauthn", b"https://example.org"):
        own = soft_pair(pair.name, application)
        yield _vector("another application", Making(pair=own, text=b"x"))
    swapped = pair.data[: -len(string(b"ssh:"))] + string(b"ssh:y")
    yield _with_key("swapped application", pair, swapped)
    plain = pair.data[: -len(string(b"ssh:"))]
    yield _with_key("swapped application", pair, plain)


def _short(pair: Pair) -> Iterator[Vector]:
    for text in TEXTS:
        yield _vector("short rsa", Making(pair=pair, text=text))


def _with_key(sort: str, pair: Pair, data: bytes) -> Vector:
    """The signature carries this key, and this key is listed."""
    line = f"{pair.kind} {b64encode(data).decode()}"
    return _vector(sort, Making(pair=pair, text=b"x", public=data), line)
