"""Write a site: staged beside the old one and swapped in, so that no half of one ever stands.

At every moment the old or the new site is whole. A run that is killed leaves at worst a hidden
folder beside the target, which the next run finishes: it is moved back if the target is gone
and removed otherwise. Runs at the same time wait for each other.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from orgcode.adapters.files import read_ordinary
from orgcode.adapters.paths import is_safe
from orgcode.adapters.processes import Tell, Tick, divide, nobody, share
from orgcode.adapters.site_marker import MARKER, foreign_path, marker_content, remove_site
from orgcode.model.coding import decode, encode
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import Message, message

_MANY = 500
"""Above this many files, one flush of everything is faster than one for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """How the files of a site come about, where there is more to say than their content."""

    known: Mapping[str, str] = field(default_factory=dict)
    """Digests of files that need not be made where the old site has them as they are to be."""
    alone: Collection[str] = ()
    """Files that only this process can make; the others may be made by several."""
    groups: Collection[Sequence[str]] = ()
    """Files in an order in which neighbours have much in common; each process makes a part of each
    group. Those that are in none are a group too."""
    report: Callable[[], bytes] = bytes
    """What a process has to tell after it has made its files."""
    tell: Tell = nobody
    """Is told how many files are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The digest of every file by its path, and what the processes had to tell."""

    digests: Mapping[str, str]
    reports: tuple[bytes, ...]


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
            written = _write_files(staged, files, place.folder, making or Making())
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
        _flush(self.folder.parent)
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


def _write_files(staged: Path, files: Mapping[str, bytes], old: Path, making: Making) -> Written:
    """The marker comes first: it names what belongs to the site, should this be cut short.

    A file that is the same as in the old site is linked: nothing to write, and nothing to flush.
    """
    _write(f"{staged}/{MARKER}", marker_content(files))
    folders = {path.rpartition("/")[0] for path in files}
    for folder in sorted(folders - {""}):
        (staged / folder).mkdir(parents=True, exist_ok=True)
    alone = frozenset(making.alone)
    rest = {path: None for path in files if path not in alone}
    groups = [[path for path in group if path in rest] for group in making.groups]
    for path in chain.from_iterable(groups):
        del rest[path]
    groups.append(list(rest))

    done = {
        path: _put(path, files=files, staged=staged, old=old) for path in files if path in alone
    }
    putting = _Putting(partial(_put, files=files, staged=staged, old=old), groups, making)
    divide(putting, sum(map(len, groups)), making.tell)
    done.update(putting.done)
    written = [
        f"{staged}/{MARKER}",
        *(f"{staged}/{p}" for p, (_, is_new) in done.items() if is_new),
    ]
    if len(written) + len(folders) > _MANY:
        os.sync()
    else:
        for name in (*written, *(f"{staged}/{folder}" for folder in folders)):
            _flush(name)
    return Written(
        digests={path: digest for path, (digest, _) in done.items()},
        reports=tuple(putting.reports),
    )


class _Putting:
    """Putting files in the staged site, as work that is divided."""

    def __init__(
        self,
        put: Callable[..., tuple[str, bool]],
        groups: Collection[Sequence[str]],
        making: Making,
    ) -> None:
        self.done: dict[str, tuple[str, bool]] = {}
        self.reports: list[bytes] = []
        self._put = put
        self._groups = groups
        self._making = making

    def do(self, part: int, parts: int, tick: Tick) -> None:
        for path in chain.from_iterable(share(group, part, parts) for group in self._groups):
            self.done[path] = self._put(path, known=self._making.known.get(path))
            tick()
        self.reports.append(self._making.report())

    def report(self) -> bytes:
        return encode((self.done, self.reports))

    def hear(self, report: bytes) -> None:
        done, reports = decode(report)
        self.done.update(done)
        self.reports += reports


def _put(
    path: str, *, files: Mapping[str, bytes], staged: Path, old: Path, known: str | None = None
) -> tuple[str, bool]:
    """Put one file in the staged site; its digest, and whether it had to be written."""
    before = read_ordinary(f"{old}/{path}")
    old_digest = digest_of(before) if isinstance(before, bytes) else None
    if known is None or old_digest != known:
        content = files[path]
        known = digest_of(content)
        if old_digest != known or before != content:
            _write(f"{staged}/{path}", content)
            return known, True
    if _link(f"{old}/{path}", f"{staged}/{path}"):
        return known, False
    _write(f"{staged}/{path}", before if isinstance(before, bytes) else files[path])
    return known, True


def digest_of(content: bytes) -> str:
    """A short text that stands for the content of a file."""
    return blake2b(content, digest_size=12).hexdigest()


def _write(name: str, content: bytes) -> None:
    """Write a new file. What a process left there that ended badly may be a link to the old site,
    so it is taken away and not written over.
    """
    try:
        stream = open(name, "xb")  # noqa: PTH123, SIM115 - thousands of them; closed below
    except FileExistsError:
        os.unlink(name)  # noqa: PTH108 - likewise
        stream = open(name, "xb")  # noqa: PTH123, SIM115 - likewise
    with stream:
        stream.write(content)


def _link(old: str, new: str) -> bool:
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        return False
    return True


def _flush(name: str | Path) -> None:
    """See to it that what was written survives a loss of power."""
    descriptor = os.open(name, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
