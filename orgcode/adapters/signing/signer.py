"""Sign with OpenSSH itself, which knows private keys, agents, passphrases and security keys."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from orgcode.adapters.running import (
    ProgramFailedError,
    ProgramMissingError,
    chunks,
    converse,
    environment,
)
from orgcode.adapters.signing.envelope import NAMESPACE, without_armour
from orgcode.adapters.signing.verifying import flaw_in
from orgcode.adapters.signing.wire import MalformedError
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import Message, message

_AGENT = ("SSH_AUTH_SOCK",)
_ASKING = (
    *("SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "SSH_SK_PROVIDER", "TERM"),
    *("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR"),
)
"""By what OpenSSH finds whom to ask for a passphrase, and security keys."""


def sign(text: bytes, key: Path | str) -> str:
    """The signature of a text, in one line. `key` is the file of a private key, or the line of a
    public key whose private one an agent has.

    OpenSSH may ask for a passphrase at the terminal, or to touch a security key. Raises
    `OrgcodeError` where nothing comes of it, or what would prove nothing.
    """
    if isinstance(key, Path):
        return _signed(text, key)
    with TemporaryDirectory(prefix="orgcode-") as name:
        file = Path(name) / "key.pub"
        file.write_text(f"{key.strip()}\n", "utf-8")
        return _signed(text, file)


def keys_of_agent() -> tuple[str, ...]:
    """The lines of the public keys whose private ones an agent has; none where none runs."""
    try:
        said = b"".join(chunks(("ssh-add", "-L"), Path("/"), environment(_AGENT)))
    except (ProgramFailedError, ProgramMissingError):
        return ()
    return tuple(line for line in said.decode("utf-8", "replace").splitlines() if line)


def _signed(text: bytes, file: Path) -> str:
    command = (
        "ssh-keygen",
        "-q",
        "-Y",
        "sign",
        "-n",
        NAMESPACE.decode(),
        "-f",
        str(file.absolute()),
    )
    try:
        said = converse(command, Path("/"), environment((*_AGENT, *_ASKING)), text)
        signature = without_armour(said or b"")
    except ProgramMissingError as error:
        raise OrgcodeError(
            message("OpenSSH is not installed on this computer, so nothing can be signed."),
            message("Install OpenSSH (the program ssh-keygen), or go on without a signature."),
        ) from error
    except (ProgramFailedError, MalformedError) as error:
        raise OrgcodeError(
            message("OpenSSH made no signature with this key."),
            message(
                "See what it said above. A key with a passphrase needs a terminal, or an agent that"
                " has the key: 'ssh-add' gives it one."
            ),
        ) from error
    return _worth_something(text, signature)


def _worth_something(text: bytes, signature: str) -> str:
    why: Message | None = flaw_in(text, signature)
    if why is not None:
        raise OrgcodeError(
            message("A signature with this key would prove nothing. {why}", why=why),
            message("Make another key: 'ssh-keygen -t ed25519', then 'orgcode key add'."),
        )
    return signature


def make_key(file: Path) -> None:
    """Make a key without a passphrase, for a program that signs by itself; only its owner may read
    it. The public key stands beside it in a file with `.pub`.
    """
    command = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "orgcode", "-f", str(file))
    try:
        list(chunks(command, Path("/"), environment()))
    except ProgramMissingError as error:
        raise OrgcodeError(
            message("OpenSSH is not installed on this computer, so no key can be made."),
            message("Install OpenSSH (the program ssh-keygen), or name a key with --key."),
        ) from error
    except ProgramFailedError as error:
        raise OrgcodeError(
            message("No key could be made ({reason}).", reason=error.reason),
            message("See that {folder} may be written, and try again.", folder=file.parent),
        ) from error
