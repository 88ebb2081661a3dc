"""What is said of keys and signatures that prove nothing; and reading them needs no library."""

from __future__ import annotations

import subprocess
import sys
from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from orgcode.adapters.signing.envelope import without_armour
from orgcode.adapters.signing.public_keys import PublicKey, read_public_key
from orgcode.adapters.signing.verifying import flaw_in, key_used, verify, weakness
from orgcode.adapters.signing.wire import MOST, MalformedError
from orgcode.model.message import Message
from tests.adapters.signing.openssh import Making, Pair, armoured, keygen, string

ORDER = ec.SECP256R1().group_order


def said(found: object) -> str:
    assert isinstance(found, Message)
    return found.id


def test_a_key_is_what_openssh_says_it_is(pairs: dict[str, Pair]) -> None:
    for pair in pairs.values():
        key = read_public_key(f"{pair.line}\n")
        assert isinstance(key, PublicKey)
        assert (key.kind, key.data) == (pair.kind, pair.data)
        assert pair.line == f"{key.line} {key.remark}"
        if pair.file is not None:
            assert key.fingerprint in keygen("-l", "-f", f"{pair.file}.pub").decode()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "not the line of a public SSH key"),
        ("hello", "not the line of a public SSH key"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nx", "private key"),
        ("ssh-dss AAAA x", "of the kind {kind} prove nothing"),
        ("webauthn-sk-ecdsa-sha2-nistp256@openssh.com AAAA", "of the kind {kind} prove nothing"),
        ("ssh-ed25519-cert-v01@openssh.com AAAA", "certificate"),
        ("restrict ssh-ed25519 AAAA x", "stands before the key"),
        ("ssh-ed25519", "damaged"),
        ("ssh-ed25519 !", "damaged"),
        ("ssh-ed25519 AAAAB3NzaC1yc2E=", "damaged"),
        ("ssh-ed25519 " + "A" * 4 * MOST, "damaged"),
    ],
)
def test_a_key_that_proves_nothing(line: str, why: str, pairs: dict[str, Pair]) -> None:
    assert why in said(read_public_key(line))
    assert why in said(verify(b"x", Making(pair=pairs["ed25519"], text=b"x").line(), [line]))


def test_a_signature_by_a_kind_of_key_that_proves_nothing(pairs: dict[str, Pair]) -> None:
    line = Making(pair=pairs["ed25519"], text=b"x", public=string(b"ssh-dss") + b"x").line()
    for found in (key_used(line), flaw_in(b"x", line), verify(b"x", line, [])):
        assert "of the kind {kind} prove nothing" in said(found)


def test_what_is_too_long_is_not_read(pairs: dict[str, Pair]) -> None:
    line = Making(pair=pairs["ed25519"], text=b"x", after=bytes(MOST)).line()
    assert "no signature" in said(key_used(line))
    assert "no signature" in said(key_used(line * 2))


def test_weak_keys_are_told_before_anything_is_signed(pairs: dict[str, Pair]) -> None:
    for name, pair in pairs.items():
        key = read_public_key(pair.line)
        assert isinstance(key, PublicKey)
        assert (weakness(key) is None) is (name != "rsa1024")
    nothing = PublicKey(kind="ssh-ed25519", data=string(b"ssh-ed25519") + string(b"short"))
    assert "not one that OpenSSH makes" in said(weakness(nothing))


@pytest.mark.parametrize("beginning", [1, 3, ORDER - 1, ORDER])
def test_points_that_openssh_does_not_take(beginning: int) -> None:
    """On the curve, but very small, or beyond the order of the group."""
    data = string(b"ecdsa-sha2-nistp256") + string(b"nistp256") + string(point_from(beginning))
    key = PublicKey(kind="ecdsa-sha2-nistp256", data=data)
    assert "not one that OpenSSH makes" in said(weakness(key))


def point_from(x: int) -> bytes:
    """The point with the first possible x from there."""
    while True:
        try:
            found = ec.EllipticCurvePublicKey.from_encoded_point(
                ec.SECP256R1(), b"\x02" + x.to_bytes(32, "big")
            )
        except ValueError:
            x += 1
            continue
        return found.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def test_armour_is_taken_off_and_nothing_else(pairs: dict[str, Pair]) -> None:
    line = Making(pair=pairs["ed25519"], text=b"x").line()
    assert without_armour(armoured(line)) == line
    assert without_armour(armoured(line).replace(b"\n", b"\r\n")) == line
    for other in (
        b"",
        b"x",
        armoured(line) * 2,
        armoured(line)[1:],
        armoured(line)[:-2],
        armoured("!"),
        armoured("\u0661"),
        armoured(""),
    ):
        with pytest.raises(MalformedError):
            without_armour(other)


def test_nobody_waits_for_a_library_that_verifies_nothing() -> None:
    code = (
        "import sys, orgcode.cli.key, orgcode.adapters.signing.proving, "
        "orgcode.adapters.signing.own_keys;"
        "sys.exit('cryptography' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    line = b64encode(b"x").decode()
    code = (
        "import sys; from orgcode.adapters.signing.verifying import verify;"
        f"verify(b'x', {line!r}, []); sys.exit('cryptography' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
