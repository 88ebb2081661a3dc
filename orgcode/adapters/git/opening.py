"""Find the git repository of an organisation and open it, without obeying what is in it."""

from __future__ import annotations

import os
from pathlib import Path

import pygit2
from msgspec import Struct
from pygit2.enums import RepositoryOpenFlag

from orgcode.adapters.git.objects import GIT_FAILURES
from orgcode.adapters.git.quarantine import quarantine
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import Message, message


class Place(Struct, frozen=True):
    """An opened repository: its folder (None if it is bare), its git folder, and its objects."""

    root: Path | None
    git_folder: Path
    git: pygit2.Repository


def open_place(start: Path) -> Place:
    """The repository in which `start` lies; raises `OrgcodeError` where there is none to use."""
    folder = _existing_folder(start)
    if _looks_bare(folder):
        git = _open(folder, folder)
        return Place(None, Path(git.path), git)
    for root in (folder, *folder.parents):
        if os.path.lexists(root / ".git"):
            _refuse_organisation_below(folder, root)
            git = _open(root / ".git", root)
            return Place(root, Path(git.path), git)
    if os.path.lexists(folder / "org.yaml"):
        raise OrgcodeError(
            message(
                "{folder} holds an organisation, but it is not a git repository.", folder=folder
            ),
            message(
                "Make it one: run 'git init' in that folder, then 'git add .' and 'git commit'."
            ),
        )
    raise OrgcodeError(
        message("{folder} is not in a git repository, so there is no organisation.", folder=folder),
        message("Go to the folder of your organisation, or found one with 'orgcode init'."),
    )


def _existing_folder(start: Path) -> Path:
    try:
        folder = start.resolve(strict=True)
        if folder.is_dir():
            (folder / ".git").exists()
            return folder
    except PermissionError as error:
        raise OrgcodeError(
            message("The folder {folder} cannot be read.", folder=start),
            message("Give yourself the right to read it, or ask whoever owns it."),
        ) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise OrgcodeError(
            message("There is no folder {folder}.", folder=start),
            message("Check how it is spelled, or go to the folder of your organisation."),
        ) from error
    raise OrgcodeError(
        message("{file} is a file, not a folder.", file=start),
        message("Name the folder of your organisation's repository."),
    )


def _looks_bare(folder: Path) -> bool:
    return (
        (folder / "HEAD").is_file()
        and (folder / "objects").is_dir()
        and (folder / "refs").is_dir()
        and not os.path.lexists(folder / ".git")
    )


def _refuse_organisation_below(folder: Path, root: Path) -> None:
    if os.path.lexists(root / "org.yaml"):
        return
    for between in (folder, *folder.parents):
        if between == root:
            return
        if os.path.lexists(between / "org.yaml"):
            raise OrgcodeError(
                message(
                    "{folder} holds an organisation, but its git repository begins in {root}.",
                    folder=between,
                    root=root,
                ),
                message(
                    "Give the organisation a repository of its own: run 'git init' in its folder."
                ),
            )


def _open(git_folder: Path, root: Path) -> pygit2.Repository:
    """Open exactly this repository. `core.worktree` is never used, but git's library refuses
    to open a repository in which it leads nowhere; as a bare one it opens.
    """
    try:
        _refuse_waiting(git_folder)
        try:
            return _with_pushed(pygit2.Repository(str(git_folder), RepositoryOpenFlag.NO_SEARCH))
        except (pygit2.GitError, OSError) as error:
            if "not owned" in str(error) or not git_folder.is_dir():
                raise
            flags = RepositoryOpenFlag.NO_SEARCH | RepositoryOpenFlag.BARE
            return pygit2.Repository(str(git_folder), flags)
    except GIT_FAILURES as error:
        cause, way_out = _explain(str(error), root)
        raise OrgcodeError(cause, way_out) from error


def _with_pushed(git: pygit2.Repository) -> pygit2.Repository:
    """In a hook, what is being pushed is seen as well."""
    if (pushed := quarantine(Path(git.path))) is not None:
        git.odb.add_disk_alternate(str(pushed))
    return git


def _refuse_waiting(git_folder: Path) -> None:
    """Git's library would wait for ever for something to come out of a pipe."""
    for name in ("config", "packed-refs"):
        file = git_folder / name
        if file.exists() and not file.is_file():
            raise ValueError(f"{file}: no ordinary file")  # noqa: EM102 (shown as it is)


def _explain(reason: str, root: Path) -> tuple[Message, Message]:
    if "not owned" in reason:
        return (
            message(
                "The git repository {folder} belongs to another user of this computer.", folder=root
            ),
            message(
                "Run 'git config --global --add safe.directory {folder}' if you trust it.",
                folder=root,
            ),
        )
    if "failed to stat" in reason and not reason.endswith(f"{root}/.git'"):
        return (
            message("Your own settings of git cannot be read ({reason}).", reason=reason),
            message("Let HOME name your own home folder, and see that you may read it."),
        )
    if "object format" in reason:
        return (
            message(
                "The git repository {folder} uses SHA-256, which orgcode cannot read yet.",
                folder=root,
            ),
            message("Use a repository made with 'git init --object-format=sha1'."),
        )
    if "unsupported extension" in reason:
        return (
            message(
                "The git repository {folder} uses {extension}, which orgcode cannot read.",
                folder=root,
                extension=reason.rpartition(" ")[2],
            ),
            message("Clone the repository again without special options."),
        )
    return (
        message(
            "The git repository {folder} is damaged and cannot be opened ({reason}).",
            folder=root,
            reason=reason,
        ),
        message("Run 'git status' there to see what is wrong, or clone the repository again."),
    )
