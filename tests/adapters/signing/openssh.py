"""Signatures written byte by byte, keys of every kind, and what OpenSSH says of them.

Nothing of orgcode is used here: what is tested must not make its own tests.
"""

from __future__ import annotations

import hashlib
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_ssh_private_key,
)

KINDS = {
    "ed25519": ("-t", "ed25519"),
    "other": ("-t", "ed25519"),
    "p256": ("-t", "ecdsa", "-b", "256"),
    "p384": ("-t", "ecdsa", "-b", "384"),
    "p521": ("-t", "ecdsa", "-b", "521"),
    "rsa2048": ("-t", "rsa", "-b", "2048"),
    "rsa3072": ("-t", "rsa", "-b", "3072"),
    "rsa1024": ("-t", "rsa", "-b", "1024"),
}
"""What OpenSSH is to be asked for."""

SOFT = ("sk-ed25519", "sk-p256")
"""Security keys, played by a program: real ones cannot be had in a test."""

NAMESPACE = b"orgcode"
PRESENT = 1

_HASHES: dict[str, hashes.HashAlgorithm] = {
    "nistp256": hashes.SHA256(),
    "nistp384": hashes.SHA384(),
    "nistp521": hashes.SHA512(),
}
_RSA: dict[str, hashes.HashAlgorithm] = {
    "rsa-sha2-256": hashes.SHA256(),
    "rsa-sha2-512": hashes.SHA512(),
    "ssh-rsa": hashes.SHA1(),  # noqa: S303 (it is to be refused)
}


def string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def number(value: int, *, padded: int = 0) -> bytes:
    """An mpint; `padded` more zeros than it needs."""
    size = value.bit_length() // 8 + 1
    return string(bytes(padded) + value.to_bytes(size, "big"))


def strings(data: bytes) -> list[bytes]:
    """The strings of which some bytes consist."""
    found = []
    while data:
        size = int.from_bytes(data[:4], "big")
        found.append(data[4 : 4 + size])
        data = data[4 + size :]
    return found


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A key: its public line, and the private one in whichever form it is had."""

    name: str
    line: str
    private: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    file: Path | None = None

    @property
    def data(self) -> bytes:
        return b64decode(self.line.split(" ")[1])

    @property
    def kind(self) -> str:
        return self.line.split(" ")[0]


def make_pair(name: str, folder: Path) -> Pair:
    """A key that OpenSSH makes."""
    file = folder / name
    keygen("-q", *KINDS[name], "-N", "", "-C", f"{name} of a test", "-f", str(file))
    private = load_ssh_private_key(file.read_bytes(), None)
    assert isinstance(
        private, ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    )
    line = file.with_suffix(".pub").read_text().rstrip("\n")
    return Pair(name=name, line=line, private=private, file=file)


def soft_pair(name: str, application: bytes = b"ssh:") -> Pair:
    """A key as a security key has it, but in this process."""
    if name == "sk-ed25519":
        edwards = ed25519.Ed25519PrivateKey.generate()
        point = edwards.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        kind, middle = "sk-ssh-ed25519@openssh.com", string(point)
        return _soft(name, kind, middle, application, edwards)
    nist = ec.generate_private_key(ec.SECP256R1())
    point = nist.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    kind, middle = "sk-ecdsa-sha2-nistp256@openssh.com", string(b"nistp256") + string(point)
    return _soft(name, kind, middle, application, nist)


def _soft(
    name: str,
    kind: str,
    middle: bytes,
    application: bytes,
    private: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey,
) -> Pair:
    data = string(kind.encode()) + middle + string(application)
    line = f"{kind} {b64encode(data).decode()} {name} of a test"
    return Pair(name=name, line=line, private=private)


Integers = Callable[[int, int], bytes]


def two_numbers(r: int, s: int) -> bytes:
    return number(r) + number(s)


@dataclass(frozen=True, kw_only=True)
class Making:
    """How a signature is made; every field but the key can be turned wrong."""

    pair: Pair
    text: bytes
    magic: bytes = b"SSHSIG"
    version: int = 1
    public: bytes | None = None
    namespace: bytes = NAMESPACE
    signed_namespace: bytes = NAMESPACE
    reserved: bytes = b""
    hash: str = "sha512"
    covered_hash: str | None = None
    """Where the hash that is computed is another than the one that is named."""
    algorithm: str | None = None
    named_algorithm: str | None = None
    integers: Integers = two_numbers
    flags: int = PRESENT
    counter: int = 7
    after_signature: bytes = b""
    after_inner: bytes = b""
    after: bytes = b""
    strip_zeros: bool = False

    def blob(self) -> bytes:
        """The bytes of the signature."""
        digest = hashlib.new(self.covered_hash or self.hash, self.text).digest()
        parts = (self.signed_namespace, b"", self.hash.encode(), digest)
        covered = b"SSHSIG" + b"".join(string(part) for part in parts)
        return (
            self.magic
            + self.version.to_bytes(4, "big")
            + string(self.pair.data if self.public is None else self.public)
            + string(self.namespace)
            + string(self.reserved)
            + string(self.hash.encode())
            + string(self._inner(covered))
            + self.after
        )

    def _inner(self, covered: bytes) -> bytes:
        private, kind = self.pair.private, self.pair.kind
        tail = b""
        if kind.startswith("sk-"):
            tail = bytes([self.flags]) + self.counter.to_bytes(4, "big")
            application = strings(self.pair.data)[-1]
            covered = hashlib.sha256(application).digest() + tail + hashlib.sha256(covered).digest()
        if isinstance(private, ed25519.Ed25519PrivateKey):
            algorithm, signature = kind, private.sign(covered)
        elif isinstance(private, ec.EllipticCurvePrivateKey):
            curve = strings(self.pair.data)[1].decode()
            algorithm = kind
            r, s = decode_dss_signature(private.sign(covered, ec.ECDSA(_HASHES[curve])))
            signature = self.integers(r, s)
        else:
            algorithm = self.algorithm or "rsa-sha2-512"
            signature = private.sign(covered, padding.PKCS1v15(), _RSA[algorithm])
            if self.strip_zeros:
                signature = signature.lstrip(b"\0")
        name = (algorithm if self.named_algorithm is None else self.named_algorithm).encode()
        return string(name) + string(signature + self.after_signature) + tail + self.after_inner

    def line(self) -> str:
        """The same in one line."""
        return b64encode(self.blob()).decode()


def armoured(line: str) -> bytes:
    """A signature as OpenSSH keeps it in a file."""
    rows = "\n".join(line[place : place + 70] for place in range(0, len(line), 70))
    return f"-----BEGIN SSH SIGNATURE-----\n{rows}\n-----END SSH SIGNATURE-----\n".encode()


def signed_by_openssh(file: Path, text: bytes, namespace: str = "orgcode", *more: str) -> str:
    """The line of a signature that OpenSSH makes."""
    said = keygen("-q", "-Y", "sign", "-n", namespace, *more, "-f", str(file), stdin=text)
    return "".join(said.decode().split("\n")[1:-2])


def openssh_accepts(text: bytes, armour: bytes, keys: tuple[str, ...]) -> bool:
    """Whether `ssh-keygen -Y verify` is content."""
    with TemporaryDirectory() as name:
        signature, allowed = Path(name) / "signature", Path(name) / "allowed"
        signature.write_bytes(armour)
        allowed.write_text("".join(f"somebody {key}\n" for key in keys))
        done = subprocess.run(
            (
                *("ssh-keygen", "-Y", "verify", "-f", allowed, "-I", "somebody"),
                *("-n", "orgcode", "-s", signature),
            ),
            input=text,
            capture_output=True,
            check=False,
            timeout=60,
        )
    return done.returncode == 0


def keygen(*arguments: str, stdin: bytes = b"") -> bytes:
    done = subprocess.run(
        ["ssh-keygen", *arguments], input=stdin, capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout
