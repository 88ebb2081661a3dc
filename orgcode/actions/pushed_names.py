"""Which names nobody may push to a server: those that it writes itself, and those that somebody's
git, or computer, would take for a branch on which decisions are made.
"""

from __future__ import annotations

from orgcode.actions.open_proposals import PREFIX
from orgcode.adapters.git.branches import HEADS, TAGS
from orgcode.adapters.git.received import Moved
from orgcode.adapters.git.receiving import ABSENT
from orgcode.model.message import Message, message

OWN = ("refs/orgcode/", "refs/replace/")
"""What nobody pushes to: the log, and what git would take in the place of something else."""

Refusal = tuple[Message, Message]
"""Why something is refused, and what to do instead."""


def refused_name(move: Moved, target: str) -> Refusal | None:
    """Why nothing may be pushed to a reference, by its name alone."""
    if move.ref.startswith(OWN):
        return (
            message("{ref} is written by the server alone.", ref=move.ref),
            message("Push only branches: git push origin BRANCH"),
        )
    if _is_taken_for(move.ref, target):
        return (
            message(
                "Many computers take {ref} for {other}: choose another name.",
                ref=move.ref,
                other=move.ref.lower(),
            ),
            message("Give the branch a name of small letters: git branch -m NAME"),
        )
    if move.new != ABSENT and hides(move.ref, target):
        return (
            message("Git would take {ref} for a branch on which decisions are made.", ref=move.ref),
            message("Choose another name for it, and push that."),
        )
    return None


def _is_taken_for(ref: str, target: str) -> bool:
    """Whether a name differs only by capitals from one that is guarded, and so is the same file
    where these make no difference.
    """
    plain = ref.casefold()
    guarded = plain == target.casefold() or plain.startswith((*OWN, PREFIX))
    return guarded and ref != target and not ref.startswith(PREFIX)


def hides(ref: str, target: str) -> bool:
    """Whether git reads the short name of the target or of a proposal as this reference: then
    'git pull origin main' brings what nobody decided. In clones, where a tag comes too, the same
    is true of names such as origin/main.
    """
    plain, name = ref.casefold(), target.removeprefix(HEADS).casefold()
    branches = PREFIX.removeprefix(HEADS)
    if plain.startswith(TAGS):
        tag = f"/{plain.removeprefix(TAGS)}"
        return tag.endswith(f"/{name}") or f"/{branches}" in tag
    return plain == f"refs/{name}" or plain.startswith(f"refs/{branches}")
