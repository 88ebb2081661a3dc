"""Which keys the user of this computer has, and with which of them to sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from orgcode.adapters.files import read_ordinary
from orgcode.adapters.git.configuration import user_setting
from orgcode.adapters.signing.public_keys import PublicKey, read_public_key
from orgcode.adapters.signing.signer import keys_of_agent
from orgcode.model.message import Message

_LITERAL = "key::"
_MOST = 1 << 16


class OwnKey(Struct, frozen=True, kw_only=True):
    """A key of the user: the public one, and what to give to `sign`."""

    public: PublicKey
    sign_with: Path | str
    is_chosen: bool = False
    """Whether git signs with it, because its user said so."""


def own_key(listed: Iterable[str]) -> OwnKey | None:
    """The key to sign with: the first of the user's that is among those listed for them. None where
    none is, since a signature with another proves nothing.
    """
    wanted = {key.data for line in listed if isinstance(key := read_public_key(line), PublicKey)}
    return next((own for own in own_keys() if own.public.data in wanted), None) if wanted else None


def own_keys() -> Iterator[OwnKey]:
    """The user's keys, what they chose first: with which git signs, those that an agent has, those
    in the usual place. Each is looked for when it is asked for.
    """
    chosen = _chosen_for_git()
    if chosen is not None:
        yield chosen
    for line in keys_of_agent():
        if isinstance(key := read_public_key(line), PublicKey):
            yield OwnKey(public=key, sign_with=key.line)
    for file in _usual_files():
        if (found := key_in(file)) is not None:
            yield found


def key_in(file: Path) -> OwnKey | None:
    """The key whose public or private file this is; None where no public one can be read."""
    public_file = file if file.suffix == ".pub" else file.with_name(f"{file.name}.pub")
    content = read_ordinary(public_file.resolve(), _MOST)
    if not isinstance(content, bytes):
        return None
    key = read_public_key(content.decode("utf-8", "replace"))
    if isinstance(key, Message):
        return None
    private = public_file.with_suffix("")
    return OwnKey(public=key, sign_with=private if private.is_file() else key.line)


def _chosen_for_git() -> OwnKey | None:
    """The key that `user.signingkey` names: a file, or the line of a public key."""
    chosen = user_setting("user.signingkey")
    if not chosen or user_setting("gpg.format") != "ssh":
        return None
    key = read_public_key(chosen.removeprefix(_LITERAL))
    if isinstance(key, PublicKey):
        return OwnKey(public=key, sign_with=key.line, is_chosen=True)
    try:
        found = key_in(Path(chosen).expanduser())
    except RuntimeError:
        return None
    return replace(found, is_chosen=True) if found else None


def _usual_files() -> Iterator[Path]:
    try:
        folder = Path("~/.ssh").expanduser()
    except RuntimeError:
        return
    yield from sorted(folder.glob("id_*.pub"))
