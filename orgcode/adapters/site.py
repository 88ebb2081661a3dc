"""Write a site: staged beside the old one and swapped in, so that no half of one ever stands.

At every moment the old or the new site is whole. A run that is killed leaves at worst a hidden
folder beside the target, which the next run finishes: it is moved back if the target is gone
and removed otherwise. Runs at the same time wait for each other.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from orgcode.adapters.paths import is_safe
from orgcode.adapters.site_files import Making, Written, fill, flush
from orgcode.adapters.site_marker import MARKER, foreign_path, remove_site
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import Message, message


def write_site(
    target: Path,
    files: Mapping[str, bytes],
    making: Making | None = None,
    *,
    protected: tuple[Path, ...] = (),
) -> Written:
    """Make `target` hold exactly `files` (and a marker); raises `OrgcodeError` where it must not.

    A folder in which there is anything that orgcode did not write there is refused, and so is
    one that is or contains a git repository or one of the `protected` folders.
    """
    _refuse_unsafe(files)
    try:
        place = _Place(_resolve(target))
        place.refuse_target(protected)
        place.folder.parent.mkdir(parents=True, exist_ok=True)
        with place.staging() as staged:
            written = fill(staged, files, place.folder, making or Making())
            with place.locked():
                place.swap(staged, protected)
    except OSError as error:
        raise OrgcodeError(
            message(
                "The site {folder} cannot be written ({reason}).",
                folder=target,
                reason=error.strerror or str(error),
            ),
            message(
                "Make room or give yourself the right to write there, or choose another folder."
            ),
        ) from error
    return written


def recover_site(target: Path) -> None:
    """Finish what a killed run left behind: bring back the old site if the target is gone."""
    folder = _resolve(target)
    if folder.parent.is_dir():
        place = _Place(folder)
        with place.locked():
            place.recover()


class _Place:
    """The folder of a site, and the hidden ones beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._prefix = f".{folder.name}.orgcode-"

    def refuse_target(self, protected: tuple[Path, ...]) -> None:
        """Raise `OrgcodeError` unless the folder may be replaced."""
        folder = self.folder
        if folder.is_symlink():
            raise _refusal(message("{folder} is a link to another folder.", folder=folder))
        if any(name.casefold() == ".git" for name in folder.parts):
            raise _refusal(
                message("{folder} is inside the folder in which git keeps its data.", folder=folder)
            )
        if os.path.lexists(folder / ".git") or any(
            guarded.resolve().is_relative_to(folder) for guarded in protected
        ):
            raise _refusal(message("{folder} is or contains a repository.", folder=folder))
        if not folder.exists():
            return
        if not folder.is_dir():
            raise _refusal(message("{folder} is a file, not a folder.", folder=folder))
        if foreign := foreign_path(folder):
            raise OrgcodeError(
                message(
                    "{folder} holds files that are not orgcode's, such as {file}.",
                    folder=folder,
                    file=foreign,
                ),
                message("Choose an empty or new folder, or move those files elsewhere first."),
            )

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One run at a time; the lock ends with the process, however it ends."""
        descriptor = os.open(self.folder.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """A new folder beside the target, locked so that no other run takes it for a leftover."""
        with self.locked():
            self.recover()
            staged = self._beside("new")
            staged.mkdir()
            lock = os.open(staged, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield staged
        finally:
            if staged.exists():
                remove_site(staged)
            os.close(lock)

    def swap(self, staged: Path, protected: tuple[Path, ...]) -> None:
        """Put the staged folder in the place of the target."""
        self.recover()
        self.refuse_target(protected)
        if not self.folder.exists():
            staged.rename(self.folder)
            return
        old = self._beside("old")
        self.folder.rename(old)
        try:
            staged.rename(self.folder)
        finally:
            if not self.folder.exists():
                old.rename(self.folder)
        flush(self.folder.parent)
        remove_site(old)

    def recover(self) -> None:
        """Under the lock: move an old site back if the target is gone, and remove leftovers."""
        left = [item for item in self.folder.parent.iterdir() if item.name.startswith(self._prefix)]
        for item in sorted(left, key=lambda item: item.name):
            if item.is_symlink() or not item.is_dir() or _is_in_use(item) or foreign_path(item):
                continue
            if "-old-" in item.name and not os.path.lexists(self.folder):
                item.rename(self.folder)
            else:
                remove_site(item)

    def _beside(self, kind: str) -> Path:
        return self.folder.with_name(f"{self._prefix}{kind}-{secrets.token_hex(8)}")


def _is_in_use(folder: Path) -> bool:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _resolve(target: Path) -> Path:
    """The folder itself is not resolved, so that a link can be refused; what is above it is."""
    if target.name in ("", ".."):
        return target.resolve()
    return target.parent.resolve() / target.name


def _refuse_unsafe(files: Mapping[str, bytes]) -> None:
    folders = {path.rpartition("/")[0] for path in files}
    inside_files = {folder for folder in folders if _is_in_or_is(folder, files)}
    for path in files:
        is_inside_file = path.rpartition("/")[0] in inside_files
        if not is_safe(path) or path == MARKER or is_inside_file:
            raise OrgcodeError(
                message("No page or file of a site can be called {path}.", path=path),
                message("Give that file another name, without special characters."),
            )


def _is_in_or_is(folder: str, files: Mapping[str, bytes]) -> bool:
    """Whether a folder is one of the files, or would be in one."""
    steps = folder.split("/")
    return any("/".join(steps[:n]) in files for n in range(1, len(steps) + 1))


def _refusal(cause: Message) -> OrgcodeError:
    return OrgcodeError(cause, message("Choose another folder for the site."))
