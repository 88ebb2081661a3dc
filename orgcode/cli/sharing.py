"""What to push and to fetch, where others share the organisation. Nothing is pushed here."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

from orgcode.actions.elsewhere import Elsewhere, about_stray, back_from, pull, remote_of
from orgcode.adapters.git.repository import Repository
from orgcode.cli.context import Context
from orgcode.model.message import Message, many, message

LOG = "refs/orgcode/received:refs/orgcode/received"


def next_push(context: Context, repository: Repository, branch: str, said: Message) -> bool:
    """Name the command that lets others have a branch; False where there are no others."""
    remote = remote_of(repository)
    if remote is None:
        return False
    context.next(f"git push {quote(remote)} {branch}", said)
    return True


def tell_elsewhere(context: Context, found: Elsewhere, target: str) -> None:
    """What is here and not there, or there and not here, each with the command that helps."""
    for said in _told(found, target):
        context.say(said)


def tell_behind(context: Context, found: Elsewhere | None, target: str) -> None:
    """That something else was decided, where that has been fetched and is not in the target."""
    for said in _behind(found, target) if found is not None else ():
        context.say(said)


def tell_lacking_log(context: Context, found: Elsewhere | None) -> None:
    """That a server may know better, where what it saw is not here."""
    for said in _log_lacking(found) if found is not None else ():
        context.say(said)


def _behind(found: Elsewhere, target: str) -> Iterator[Message]:
    if found.lead == "behind":
        yield message(
            "{remote} is ahead of what you have of {target}, which can change the verdict: "
            "{command}",
            remote=quote(found.remote),
            target=target,
            command=pull(found, target),
        )


def _log_lacking(found: Elsewhere) -> Iterator[Message]:
    if found.lacks_log:
        yield message(
            "What the server saw, and when, is not here, and can change the verdict: "
            "git fetch {remote} {log}",
            remote=quote(found.remote),
            log=LOG,
        )


def _told(found: Elsewhere, target: str) -> Iterator[Message]:
    remote = quote(found.remote)
    yield from _behind(found, target)
    if found.stray is not None:
        said = about_stray(found.stray, target)
        yield message("{first} {second}", first=said, second=back_from(found.stray))
    elif found.lead == "ahead":
        yield message(
            "{remote} does not have what you have of {target}: git push {remote} {target}",
            remote=remote,
            target=target,
        )
    elif found.lead == "apart":
        yield message(
            "{target} went on in two ways, here and on {remote}. Take back what was done here "
            "only, and do it again: git switch -C {target} {remote}/{target}",
            remote=remote,
            target=target,
        )
    if found.unpushed:
        yield message(
            "Others do not see yet what is here only: git push {remote} {branches}",
            remote=remote,
            branches=" ".join(f"proposal/{id}" for id in found.unpushed),
        )
    yield from _log_lacking(found)
    yield message(
        "'git fetch {remote}' brings the {proposals} and {responses} of others.",
        remote=remote,
        proposals=many("proposal"),
        responses=many("response"),
    )
