"""The branch that holds the organisation as it is decided, and what a proposal would make of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from orgcode.actions.open_proposals import record_at
from orgcode.actions.progress import Progress
from orgcode.actions.reading import with_kept
from orgcode.adapters.git.branches import HEADS
from orgcode.adapters.git.kept import Kept
from orgcode.adapters.git.repository import Repository, find
from orgcode.adapters.git.result import Result
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message
from orgcode.model.org import Org

DEFAULT = "main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A branch, and the organisation that it holds."""

    directory: Path
    repository: Repository
    ref: str
    tip: str
    org: Org

    @property
    def name(self) -> str:
        """What people call the branch."""
        return self.ref.removeprefix(HEADS)

    @property
    def organisation_id(self) -> str:
        """The id by which responses are bound to this organisation."""
        return self.org.organisation.id if self.org.organisation else ""
