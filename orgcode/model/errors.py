"""Why orgcode cannot go on. Problems with people's content are values, never exceptions."""

from __future__ import annotations

from orgcode.model.message import Message


class OrgcodeError(Exception):
    """orgcode cannot go on: wrong use, or a repository or folder that cannot be used.

    Holds the cause and the way out as messages; the command line reports them and exits with 2.
    """

    def __init__(self, cause: Message, way_out: Message) -> None:
        super().__init__(cause.id)
        self.cause = cause
        self.way_out = way_out
