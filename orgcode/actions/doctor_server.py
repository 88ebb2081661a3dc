"""Whether what is decided reaches others, and whether a witness sees it."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

from orgcode.actions.elsewhere import about_stray, back_from, elsewhere, pull
from orgcode.actions.hooking import has_hooks
from orgcode.actions.open_proposals import open_proposals
from orgcode.actions.receiving import KEY
from orgcode.actions.target import Target
from orgcode.adapters.signing.own_keys import key_in
from orgcode.model.alike import key_mark
from orgcode.model.message import message
from orgcode.reporting.health import Point

LOGS = "refs/orgcode/*:refs/orgcode/*"
"""What `git fetch` has to bring for the log to come along, also where there is none yet."""


def look_at_sharing(aim: Target) -> Iterator[Point]:
    """In a clone: how it stands to the repository with which it is shared, and what it has of the
    log of the witness.
    """
    proposals = open_proposals(aim.repository, aim.tip)
    yield from (
        Point.of("proposals", each.trouble) for each in proposals if each.trouble is not None
    )
    found = elsewhere(aim, proposals)
    if found is None:
        yield Point(
            topic="sharing",
            said=message("This repository is on this computer alone."),
            way_out=message("'orgcode guide server' tells how to share it with others."),
        )
        return
    remote, name = quote(found.remote), aim.name
    states = {
        "same": (
            message("{target} is the same here and on {remote}.", target=name, remote=remote),
            None,
        ),
        "ahead": (
            message("{remote} does not have all of {target} yet.", target=name, remote=remote),
            f"git push {remote} {name}",
        ),
        "behind": (
            message("{remote} has more of {target} than you.", target=name, remote=remote),
            pull(found, name),
        ),
        "apart": (
            message(
                "{target} went on in two ways, here and on {remote}: take back what was done here "
                "only, and do it again.",
                target=name,
                remote=remote,
            ),
            f"git switch -C {name} {remote}/{name}",
        ),
        "unknown": (
            message("Nothing has been fetched from {remote} yet.", remote=remote),
            f"git fetch {remote}",
        ),
    }
    said, command = states[found.lead]
    if found.stray is not None:
        said, command = about_stray(found.stray, name), back_from(found.stray)
    yield Point(topic="sharing", said=said, is_ok=command is None, command=command)
    if found.unpushed:
        branches = tuple(f"proposal/{id}" for id in found.unpushed)
        yield Point(
            topic="proposals",
            said=message("Others do not see yet what is here only: {branches}.", branches=branches),
            is_ok=False,
            command=f"git push {remote} {' '.join(branches)}",
        )
    yield from _look_at_log(aim, found.remote, lacks_log=found.lacks_log)


def look_at_server(aim: Target) -> Iterator[Point]:
    """In a bare repository: whether it guards itself, and is a witness."""
    repository = aim.repository
    if has_hooks(repository.git_folder):
        yield Point(topic="hook", said=message("Only what is lawful is let in."))
    else:
        yield Point(
            topic="hook",
            said=message("Whatever is pushed here is let in, also what is not lawful."),
            is_ok=False,
            command="orgcode hook install --new-key",
        )
        return
    own = key_in(repository.git_folder / KEY)
    if own is None:
        yield Point(
            topic="witness",
            said=message("The server has no key, so that it is no witness of time."),
            is_ok=False,
            command="orgcode hook install --new-key",
        )
        return
    organisation = aim.org.organisation
    witnesses = organisation.witnesses if organisation is not None else ()
    mark = key_mark(own.public.line)
    if any(key_mark(witness.key) == mark for witness in witnesses):
        yield Point(
            topic="witness", said=message("The server is a witness: org.yaml lists its key.")
        )
    else:
        yield Point(
            topic="witness",
            said=message("The key of the server does not stand under `witnesses` in org.yaml."),
            is_ok=False,
            way_out=message("Propose the lines that this command prints:"),
            command="orgcode hook install",
        )


def _look_at_log(aim: Target, remote: str, *, lacks_log: bool) -> Iterator[Point]:
    organisation = aim.org.organisation
    if organisation is None or not organisation.witnesses:
        yield Point(
            topic="witness",
            said=message("No witness is listed in org.yaml, so that silence does not count."),
            way_out=message("'orgcode guide server' tells how a server becomes one."),
        )
    elif not aim.repository.fetches_log(remote):
        yield Point(
            topic="witness",
            said=message("'git fetch' does not bring what the witness saw, and when."),
            is_ok=False,
            command=f"git config --add remote.{quote(remote)}.fetch '{LOGS}'",
        )
    elif lacks_log:
        yield Point(
            topic="witness",
            said=message("What the witness saw last is not here."),
            is_ok=False,
            command=f"git fetch {quote(remote)}",
        )
    else:
        yield Point(
            topic="witness", said=message("'git fetch' brings what the witness saw, and when.")
        )
