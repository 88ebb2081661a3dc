"""What a server does with a push: refuse what is unlawful, and write down what it received."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from orgcode.actions.judging_steps import JudgedStep, judge_steps
from orgcode.actions.open_proposals import PREFIX, responses_at
from orgcode.actions.pushed_names import Refusal, refused_name
from orgcode.actions.responding import insisting
from orgcode.actions.target import target_ref
from orgcode.adapters.git.branches import HEADS
from orgcode.adapters.git.commits import LOG
from orgcode.adapters.git.received import Moved, ReceivedLog
from orgcode.adapters.git.receiving import ABSENT, note_received
from orgcode.adapters.git.repository import Repository, find
from orgcode.adapters.git.steps import line_between
from orgcode.adapters.signing.own_keys import key_in
from orgcode.adapters.signing.signer import sign as sign_with_openssh
from orgcode.adapters.signing.verifying import verify
from orgcode.documents.loading import load
from orgcode.model.message import many, message, one

KEY = "orgcode/key"
"""The server's private key, below the git folder."""


def parse_moves(lines: str) -> tuple[Moved, ...]:
    """What git tells a hook: a line with old id, new id and name for each reference."""
    found = []
    for line in lines.splitlines():
        old, _, rest = line.partition(" ")
        new, _, ref = rest.partition(" ")
        found.append(Moved(ref, old, new))
    return tuple(found)


def refusals(directory: Path, moves: Sequence[Moved], now: datetime) -> tuple[Refusal, ...]:
    """Why a push must not be let in; nothing where it may. What stands on proposal branches and is
    not in the log yet is written down first, so that nothing said can be pushed away.
    """
    repository = find(directory)
    catch_up(repository, now)
    return tuple(_refused(repository, moves, now))


def received(directory: Path, moves: Sequence[Moved], now: datetime) -> None:
    """Write down what a push has moved."""
    repository = find(directory)
    target = target_ref(repository)
    about = [each for each in moves if each.ref == target or each.ref.startswith(PREFIX)]
    if about:
        _note(repository, about, now)


def catch_up(repository: Repository, now: datetime) -> None:
    """Write down where proposal branches lead, as far as the log does not say so."""
    tips = repository.branches.below(PREFIX)
    if not tips:
        return
    log = ReceivedLog(repository.commits, repository.received)
    missing = [
        Moved(PREFIX + id, ABSENT, tip)
        for id, tip in tips.items()
        if all(tip != known for _, known in log.of(PREFIX + id))
    ]
    if missing:
        _note(repository, missing, now)


def _note(repository: Repository, moved: Sequence[Moved], now: datetime) -> None:
    target = repository.branches.tip(target_ref(repository))
    own = key_in(repository.git_folder / KEY)

    def sign(line: bytes) -> str | None:
        return None if own is None else sign_with_openssh(line, own.sign_with)

    organisation = ""
    if target is not None:
        found = load(repository.commit(target), now.date()).organisation
        organisation = found.id if found else ""

    def attempt() -> None:
        note_received(
            repository.branches,
            repository.commits,
            moved,
            organisation=organisation,
            target=target or ABSENT,
            at=now,
            sign=sign,
        )

    insisting(attempt)


def _refused(repository: Repository, moves: Sequence[Moved], now: datetime) -> Iterator[Refusal]:
    target = target_ref(repository)
    own = next((each.new for each in moves if each.ref == target), None)
    tip = own or repository.branches.tip(target) or ABSENT
    for move in moves:
        name = refused_name(move, target)
        if name is not None:
            yield name
        elif move.ref == target:
            pushed = [each.new for each in moves if each.ref.startswith(PREFIX)]
            yield from _refused_target(repository, move, pushed, now)
        elif tip == ABSENT and move.ref.startswith(HEADS):
            yield (
                message(
                    "This server guards {name}, which is not there yet.",
                    name=target.removeprefix(HEADS),
                ),
                message(
                    "Push that branch first, or let the server guard another one: git symbolic-ref"
                    " HEAD refs/heads/main"
                ),
            )
        elif move.ref.startswith(PREFIX):
            yield from _refused_proposal(repository, move, tip)


def _refused_target(
    repository: Repository, move: Moved, pushed: Iterable[str], now: datetime
) -> Iterator[Refusal]:
    """The target only goes on, and each of its steps is lawful by itself. What is pushed along
    with it counts: an objection too.
    """
    name, commits = move.ref.removeprefix(HEADS), repository.commits
    if move.new == ABSENT:
        yield (
            message("{name} holds the organisation, and is never deleted.", name=name),
            message("Delete another branch, or none."),
        )
        return
    start = None if move.old == ABSENT else move.old
    line = line_between(commits, start, move.new)
    if line.flaw is not None:
        yield (
            line.flaw,
            message(
                "{name} only goes on. Go back to it as it stands here: git fetch origin, then "
                "git switch -C {name} origin/{name}. Change the files, and propose that: 'orgcode "
                "propose'.",
                name=name,
            ),
        )
        return
    log = ReceivedLog(commits, repository.received)
    log.strays += tuple(tip for tip in pushed if tip != ABSENT and commits.has(tip))
    judged = judge_steps(commits, log, start, line.steps, now, verify, is_happening=True)
    for step in judged:
        if not step.is_lawful:
            yield _why_unlawful(step, name)
            return


def _why_unlawful(step: JudgedStep, name: str) -> Refusal:
    if step.flaws:
        why = step.flaws[0]
    elif step.verdict is not None:
        why = step.verdict.sentence
    else:
        why = message("Nobody can say what it does.")
    cause = message(
        "{name} does not take the step {commit}: {why}", name=name, commit=step.commit[:12], why=why
    )
    if not step.proposal:
        return (
            cause,
            message(
                "Propose the change instead of pushing it. Your files keep it: git reset --soft "
                "origin/{name}, then 'orgcode propose', and push the branch that it makes.",
                name=name,
            ),
        )
    since = step.verdict.adoptable_from if step.verdict is not None else None
    back = message(
        "Take the step back: git switch -C {name} origin/{name}. Fetch what was seen here: git "
        "fetch origin {log}. Then 'orgcode status {id}' tells what it waits for, and when all is "
        "there, 'orgcode adopt {id}' makes the step to push.",
        name=name,
        id=step.proposal,
        log=f"{LOG}:{LOG}",
    )
    if since is None:
        return cause, back
    later = message(
        "{cause} If nobody says anything more, it can be adopted from {moment}.",
        cause=cause,
        moment=since,
    )
    return later, back


def _refused_proposal(repository: Repository, move: Moved, target: str) -> Iterator[Refusal]:
    """A proposal branch may be rewritten, but never lose or alter what somebody said."""
    id = move.ref.removeprefix(PREFIX)
    if move.old == ABSENT:
        return
    if move.new == ABSENT:
        is_decided = target != ABSENT and repository.commits.is_before(move.old, target)
        if not is_decided:
            yield (
                message(
                    "The {proposal} {id} is still open, and its branch stays.",
                    id=id,
                    proposal=one("proposal"),
                ),
                message("Its proposer may withdraw it: orgcode withdraw {id}", id=id),
            )
        return
    lost = tuple(_lost(repository, id, move))
    if lost:
        yield (
            message(
                "The {proposal} {id} would lose or alter what was said by {people}.",
                id=id,
                people=lost,
                proposal=one("proposal"),
            ),
            message(
                "{responses:^} are only added. Go back to what stands here: git fetch origin, git "
                "switch -C proposal/{id} origin/proposal/{id}, git switch -. Then say anew what "
                "you want to say: 'orgcode respond {id}'.",
                id=id,
                responses=many("response"),
            ),
        )


def _lost(repository: Repository, id: str, move: Moved) -> Iterator[str]:
    before, after = (responses_at(repository, commit, id) for commit in (move.old, move.new))
    for person, entries in before.items():
        kept = after.get(person, ())
        if [dict(entry) for entry in entries] != [dict(entry) for entry in kept[: len(entries)]]:
            yield person
