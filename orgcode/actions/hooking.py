"""Let a bare repository guard itself: hooks that refuse what is unlawful, and a key to witness."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from shlex import quote

from msgspec import Struct

from orgcode.actions.receiving import KEY
from orgcode.adapters.git.repository import find
from orgcode.adapters.replacing import replace_files
from orgcode.adapters.signing.own_keys import key_in
from orgcode.adapters.signing.signer import make_key
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message

HOOKS = ("pre-receive", "post-receive")
_MARK = "# Made by 'orgcode hook install', which makes it anew."


class Installed(Struct, frozen=True, kw_only=True):
    """What stands in the repository now."""

    folder: Path
    key: str | None
    """The public key with which the server signs; None: it signs nothing."""
    since: date


def install(
    directory: Path,
    program: Path,
    today: date,
    *,
    language: str | None = None,
    key: Path | None = None,
    new_key: bool = False,
    replace: bool = False,
) -> Installed:
    """Put the hooks into a bare repository, and a key if wanted. Raises `OrgcodeError`, with
    everything as it was, where hooks or a key of somebody else's are in the way.
    """
    repository = find(directory)
    if not repository.is_bare:
        raise OrgcodeError(
            message("{folder} is no bare repository: nobody pushes to it.", folder=repository.root),
            message(
                "Make one that your members push to: git clone --bare {folder}",
                folder=repository.root,
            ),
        )
    folder = repository.git_folder
    _refuse_foreign(folder, replace=replace)
    if key is not None or new_key:
        _set_key(folder / KEY, key)
    files = {f"hooks/{name}": _stub(name, program, language) for name in HOOKS}
    replace_files(folder, files)
    for path in files:
        (folder / path).chmod(0o755)
    own = key_in(folder / KEY)
    return Installed(folder=folder, key=own.public.line if own else None, since=today)


def has_hooks(git_folder: Path) -> bool:
    """Whether both hooks stand in a bare repository as they were installed, and can be started."""
    for name in HOOKS:
        file = git_folder / "hooks" / name
        if not (file.is_file() and os.access(file, os.X_OK)):
            return False
        if _MARK not in file.read_text("utf-8", "replace"):
            return False
    return True


def _stub(name: str, program: Path, language: str | None) -> bytes:
    spoken = f" --lang {language}" if language else ""
    return f"#!/bin/sh\n{_MARK}\nexec {quote(str(program))} hook {name}{spoken}\n".encode()


def _refuse_foreign(folder: Path, *, replace: bool) -> None:
    for name in HOOKS:
        file = folder / "hooks" / name
        if replace or not os.path.lexists(file):
            continue
        if _MARK not in file.read_text("utf-8", "replace"):
            raise OrgcodeError(
                message("There is a hook {file} already.", file=file),
                message(
                    "Let it call 'orgcode hook {name}' itself, or replace it with --replace.",
                    name=name,
                ),
            )


def _set_key(place: Path, key: Path | None) -> None:
    if os.path.lexists(place):
        raise OrgcodeError(
            message("The server has a key already: {file}.", file=place),
            message("Leave out --key and --new-key, or move that file away first."),
        )
    place.parent.mkdir(mode=0o700, exist_ok=True)
    if key is None:
        make_key(place)
        return
    private = key.with_suffix("") if key.suffix == ".pub" else key
    public = private.with_name(f"{private.name}.pub")
    for file in (private, public):
        if not file.is_file():
            raise OrgcodeError(
                message("There is no file {file}.", file=file),
                message("Name the private key; the public one must stand beside it."),
            )
    place.with_name(f"{place.name}.pub").symlink_to(public.resolve())
    place.symlink_to(private.resolve())
