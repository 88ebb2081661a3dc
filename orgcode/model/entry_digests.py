"""What names an entry of a response, so that answers and later entries can refer to it."""

from __future__ import annotations

from collections.abc import Mapping

from orgcode.model.digest import entry_digest
from orgcode.model.entities import Response
from orgcode.model.org import Org


def digest_in(org: Org, entry: Response) -> str | None:
    """The digest of an entry as it stands in its file; None where not all of it can be read."""
    facts = org.files.get(entry.path)
    data = facts.data if facts else None
    place = entry.pointer[0] if entry.pointer else -1
    if not isinstance(data, list | tuple) or not isinstance(place, int):
        return None
    found = data[place] if 0 <= place < len(data) else None
    if not isinstance(found, Mapping):
        return None
    organisation = org.organisation.id if org.organisation else ""
    return entry_digest(organisation, entry.proposal, entry.person, found)
