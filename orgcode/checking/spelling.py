"""Which known id somebody may have meant: found by what is left when a letter is dropped."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from orgcode.model.facts import FOLDER_OF, MAX_ID, identify
from orgcode.model.message import Message, message
from orgcode.model.org import Org


def spelling(org: Org, *kinds: str) -> Spelling:
    """The ids of everything of some kinds, to look for what somebody meant by an unknown one."""
    return org.kept(f"spelling of {' '.join(kinds)}", lambda: Spelling(_ids(org, kinds)))


class Spelling:
    """Ids to choose from; the index is made at the first question, in one pass."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = ids
        self._index: dict[str, str] | None = None

    def nearest(self, word: str) -> str | None:
        """The id that differs from a word by a letter or two, or None."""
        if self._index is None:
            self._index = {}
            for id in sorted(self._ids):
                for form in _forms(id):
                    self._index.setdefault(form, id)
        forms = (form for spelt in (word, as_id(word)) for form in _forms(spelt))
        return next((self._index[form] for form in forms if form in self._index), None)

    def way_out(self, word: str, otherwise: Message) -> Message:
        """Ask whether the nearest id is meant; where none is near, another way out."""
        near = self.nearest(word)
        if near is None:
            return otherwise
        return message("Did you mean “{near}”? {otherwise}", near=near, otherwise=otherwise)


def _ids(org: Org, kinds: tuple[str, ...]) -> list[str]:
    folders = tuple(f"{FOLDER_OF[kind]}/" for kind in kinds)
    paths = (path for path in org.snapshot.entries if path.startswith(folders))
    return [identity.id for path in paths if (identity := identify(path))]


def as_id(words: str) -> str:
    """Words as they would stand in an id: lower case, without accents, hyphens between."""
    plain = unicodedata.normalize("NFKD", words).casefold()
    letters = "".join(
        char if char.isascii() and char.isalnum() else "-"
        for char in plain
        if not unicodedata.combining(char)
    )
    return "-".join(part for part in letters.split("-") if part)


def _forms(id: str) -> Iterator[str]:
    """An id and, unless it is very short, what is left of it when one of its letters is dropped."""
    yield id
    for place in range(min(len(id), MAX_ID) if len(id) > 2 else 0):
        yield id[:place] + id[place + 1 :]
