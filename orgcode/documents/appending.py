"""One more entry in the file of somebody's responses, with what stands there left as it is."""

from __future__ import annotations

from collections.abc import Mapping

from orgcode.documents.entries import whole_entries
from orgcode.documents.writing import write_document


def entries_in(content: bytes) -> tuple[Mapping[str, object], ...]:
    """The entries of a file of responses that are whole, as they were parsed."""
    return tuple(entry for _, entry in whole_entries(content))


def with_entry(content: bytes | None, entry: Mapping[str, object]) -> bytes:
    """The file with one entry more. What people wrote there themselves stays, comments too, unless
    nothing can be written below it.
    """
    written = write_document("response", [entry])
    if content is None:
        return written
    before = entries_in(content)
    below = (content if content.endswith(b"\n") else content + b"\n") + written
    if entries_in(below) == (*before, *entries_in(written)):
        return below
    return write_document("response", [*before, entry])
