"""The git repository of an organisation: its working tree, its index and its commits."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pygit2
from pygit2.enums import ObjectType

from orgcode.adapters.git import ignoring
from orgcode.adapters.git.ancestry import Ancestry
from orgcode.adapters.git.arrivals import arrivals
from orgcode.adapters.git.branches import Branches
from orgcode.adapters.git.commits import LOG, Commits
from orgcode.adapters.git.committing import add_files, checked_out, sign, write_replay
from orgcode.adapters.git.configuration import user_setting
from orgcode.adapters.git.dating import last_step
from orgcode.adapters.git.index_file import BrokenIndexError, IndexEntry, parse_index
from orgcode.adapters.git.objects import GIT_FAILURES, Commit, Objects, damaged_object, list_tree
from orgcode.adapters.git.opening import Place, open_place
from orgcode.adapters.git.replay import Replay
from orgcode.adapters.git.revisions import unmistakable
from orgcode.adapters.git.standing import common_folder
from orgcode.adapters.git.working_tree import WorkingTree, list_working_tree
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import identify
from orgcode.model.history import moment_of
from orgcode.model.message import message
from orgcode.model.snapshot import FOLDER, MAX_BYTES, Entry, Unreadable


def find(start: Path) -> Repository:
    """The repository in which `start` lies, upwards; raises `OrgcodeError` where none is usable."""
    return Repository(open_place(start))


class CommitText(NamedTuple):
    """The name and e-mail address of the author of a commit, and its message."""

    author: str
    email: str
    text: str


class Repository:
    """A git repository that is read and written without obeying hooks or configuration in it."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._git = place.git

    @classmethod
    def create(cls, folder: Path) -> Repository:
        """A new repository in `folder`, which may exist: no hooks, no templates, branch `main`.

        An empty repository that is there already will do; any other is refused.
        """
        if os.path.lexists(folder / ".git"):
            found = find(folder)
            if found.is_empty:
                return found
            raise OrgcodeError(
                message("There is already a git repository in {folder}.", folder=folder),
                message("Choose another folder."),
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
            pygit2.init_repository(str(folder), initial_head="main")
        except (OSError, pygit2.GitError) as error:
            raise OrgcodeError(
                message(
                    "No repository can be made in {folder} ({reason}).",
                    folder=folder,
                    reason=str(error),
                ),
                message("Choose a folder in which you may write."),
            ) from error
        return find(folder)

    @property
    def is_empty(self) -> bool:
        """Whether there is no commit on any branch, and none is checked out."""
        return self._is_unborn() and not any(self._git.references)

    @property
    def has_tip(self) -> bool:
        """Whether a commit is checked out."""
        return not self._is_unborn()

    @property
    def is_bare(self) -> bool:
        """Whether it has no working tree."""
        return self._place.root is None

    @property
    def branch(self) -> str:
        """The branch that is checked out, as `refs/heads/main`; born or not."""
        return checked_out(self._git) or "refs/heads/main"

    @property
    def author(self) -> tuple[str, str]:
        """Name and e-mail address for commits, as git would take them; else orgcode's own."""
        local = Path(self._git.path) / "config"
        name = os.environ.get("GIT_AUTHOR_NAME") or user_setting("user.name", before=local)
        return name or "orgcode", self.author_email or "orgcode@localhost"

    @property
    def author_email(self) -> str | None:
        """The e-mail address for commits, as git would take it; None where nobody told git one."""
        local = Path(self._git.path) / "config"
        return os.environ.get("GIT_AUTHOR_EMAIL") or user_setting("user.email", before=local)

    def commit_files(
        self,
        files: Mapping[str, bytes],
        text: str,
        author_name: str,
        author_email: str,
        at: datetime,
        ref: str = "refs/heads/main",
    ) -> str:
        """Commit new files on top of `ref`, and put them in the working tree where that is
        checked out; gives the id of the commit. Nothing that exists is ever overwritten.
        """
        signature = sign(author_name, author_email, at)
        try:
            return add_files(self._place, files, text, signature, ref)
        except (OSError, pygit2.GitError) as error:
            raise OrgcodeError(
                message("The commit cannot be written ({reason}).", reason=str(error)),
                message("Make room or give yourself the right to write there, and try again."),
            ) from error

    @property
    def branches(self) -> Branches:
        """Its branches, and commits on them."""
        return Branches(self._place, self.commits, self.author)

    @property
    def root(self) -> Path:
        """The folder of the organisation; raises `OrgcodeError` for a bare repository."""
        if self._place.root is None:
            raise OrgcodeError(
                message("{folder} is a bare repository: it has no files.", folder=self.git_folder),
                message("Name a commit of it with '--at', or use a clone of it."),
            )
        return self._place.root

    @property
    def git_folder(self) -> Path:
        """Where git keeps what it knows of this working tree (mostly `.git`)."""
        return self._place.git_folder

    @property
    def common_folder(self) -> Path:
        """Where git keeps what it knows of the repository, whichever working tree this is."""
        return common_folder(self.git_folder)

    def working_tree(self) -> WorkingTree:
        """What is on disk, apart from what git ignores."""
        rules = ignoring.everywhere(Path(self._git.path))
        return list_working_tree(self.root, rules, lambda: self._index_modes)

    def index(self) -> Objects:
        """What the next commit would hold."""
        entries: dict[str, Entry] = {}
        for entry in self._index_entries():
            if entry.stage:
                raise OrgcodeError(
                    message("A merge left a conflict in {path}.", path=entry.path),
                    message("Solve it, then run 'git add' for that file."),
                )
            if not entry.is_announced:
                entries[entry.path] = Entry(entry.mode, entry.blob)
                for folder in _folders_above(entry.path):
                    if identify(folder):
                        entries[folder] = Entry(FOLDER)
        return Objects(dict(sorted(entries.items())), self._git.odb)

    def commit(self, rev: str) -> Commit:
        """The commit that a branch, tag or (abbreviated) id names."""
        return self._snapshot(self._resolve(rev))

    def commit_on(self, day: date, rev: str = "HEAD") -> Commit:
        """The last step of the main line to a revision that was committed by the end of a day."""
        return self._snapshot(last_step(self._git, self._resolve(rev), day))

    def id_of(self, rev: str) -> str:
        """The full id of the commit that a branch, tag or (abbreviated) id names."""
        return str(self._resolve(rev).id)

    def id_on(self, day: date, rev: str = "HEAD") -> str:
        """The id of the last step of the main line committed by the end of a day."""
        return str(last_step(self._git, self._resolve(rev), day).id)

    def text_of(self, commit: str) -> CommitText:
        """Who made a commit, and its message."""
        try:
            found = self._git[commit].peel(ObjectType.COMMIT)
            author = found.author
            name, email, text = author.raw_name, author.raw_email, found.raw_message
        except GIT_FAILURES as error:
            raise damaged_object(commit) from error
        return CommitText(*(part.decode("utf-8", "replace") for part in (name, email, text)))

    def blob(self, id: str, mode: int, most: int = MAX_BYTES) -> bytes | Unreadable:
        """The bytes of a blob that stands, or stood, somewhere with that mode."""
        return Objects({id: Entry(mode, id)}, self._git.odb).read(id, most)

    def entry(self, commit: str, path: str) -> Entry | None:
        """What stands at a path in a commit; nothing else of the commit is looked at."""
        try:
            found = self._git[commit].peel(ObjectType.TREE)[path]
        except GIT_FAILURES:
            return None
        return Entry(found.filemode, str(found.id))

    def arrivals(self, rev: str, folder: str) -> Mapping[str, date]:
        """For each file below a folder at a revision: the day since which it stands there."""
        return arrivals(self._git, self._resolve(rev), folder)

    def ancestry(self, rev: str) -> Ancestry:
        """A revision and all commits that led to it."""
        return Ancestry(self._git, str(self._resolve(rev).id))

    @cached_property
    def commits(self) -> Commits:
        """The commits by their full ids, and how they are related."""
        return Commits(self._git)

    @property
    def remotes(self) -> tuple[str, ...]:
        """The repositories with which this one exchanges, as git calls them; `origin` first."""
        names = (name for name in self._git.remotes.names() if name)
        return tuple(sorted(names, key=lambda name: (name != "origin", name)))

    def fetches_log(self, remote: str) -> bool:
        """Whether fetching from there brings the log of what was received, by its settings."""
        try:
            wanted = self._git.remotes[remote].fetch_refspecs
        except KeyError:
            return False
        sources = (spec.removeprefix("+").partition(":") for spec in wanted)
        return any(source == into and fnmatchcase(LOG, source) for source, _, into in sources)

    @property
    def received(self) -> str | None:
        """The last entry of the log of what was received; None where there is no such log."""
        try:
            return str(self._git.lookup_reference(LOG).peel(ObjectType.COMMIT).id)
        except GIT_FAILURES:
            return None

    def replay(self, replay: Replay, files: Mapping[str, bytes]) -> str:
        """Write many commits to the branch that is checked out and has none yet, and in the working
        tree the files of the last one; gives its id.
        """
        return write_replay(self._place, replay, files)

    @cached_property
    def _index_modes(self) -> Mapping[str, int]:
        return {entry.path: entry.mode for entry in self._index_entries()}

    def _index_entries(self) -> tuple[IndexEntry, ...]:
        file = self._index_file()
        try:
            if not stat.S_ISREG(file.stat().st_mode):
                raise BrokenIndexError("no ordinary file")  # noqa: EM101 (shown as it is)
            return parse_index(file.read_bytes())
        except FileNotFoundError:
            return ()
        except (OSError, BrokenIndexError) as error:
            raise OrgcodeError(
                message(
                    "Git's index {file} cannot be read ({reason}).", file=file, reason=str(error)
                ),
                message("Move that file away and run 'git reset', which makes it anew."),
            ) from error

    def _index_file(self) -> Path:
        """A commit hook is told by `GIT_INDEX_FILE` which index is about to be committed."""
        root, own = self.root, self.git_folder / "index"
        named = os.environ.get("GIT_INDEX_FILE")
        if not named:
            return own
        file = (root / named).resolve()
        return file if file.parent == own.resolve().parent else own

    def _snapshot(self, commit: pygit2.Commit) -> Commit:
        odb, moment = self._git.odb, moment_of(commit.commit_time)
        return Commit(list_tree(odb, str(commit.tree_id)), odb, str(commit.id), moment)

    def _resolve(self, rev: str) -> pygit2.Commit:
        try:
            if not _may_be_name(rev):
                raise KeyError(rev)
            named = unmistakable(self._git, rev)
            return self._git.revparse_single(named).peel(ObjectType.COMMIT)
        except PermissionError as error:
            raise OrgcodeError(
                message("The git repository cannot be read ({reason}).", reason=str(error)),
                message("Give yourself the right to read it, or ask whoever owns it."),
            ) from error
        except GIT_FAILURES as error:
            raise self._why_unknown(rev) from error

    def _why_unknown(self, rev: str) -> OrgcodeError:
        if self.is_empty or (rev == "HEAD" and self._is_unborn()):
            return OrgcodeError(
                message("The repository has no commit yet."),
                message("Make the first one: run 'git add .' and then 'git commit'."),
            )
        if id := self._unreadable_target(rev):
            return damaged_object(id)
        return OrgcodeError(
            message("There is no commit called {rev} in this repository.", rev=rev),
            message("Name a branch, a tag or a commit; 'git log' and 'git branch -a' show them."),
        )

    def _is_unborn(self) -> bool:
        try:
            return self._git.head_is_unborn
        except GIT_FAILURES:
            return False

    def _unreadable_target(self, rev: str) -> str | None:
        """The object that a branch or tag of that name leads to, if it cannot be read."""
        try:
            if not _may_be_name(rev):
                return None
            target = str(self._git.lookup_reference_dwim(rev).resolve().target)
        except GIT_FAILURES:
            return None
        try:
            self._git.odb.read(target)
        except GIT_FAILURES:
            return target
        return None


def _folders_above(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _may_be_name(rev: str) -> bool:
    return bool(rev) and not rev.startswith("-") and rev.isprintable()
