"""The entries of a response that are whole, also where others in the same file are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orgcode.documents.facts import read_facts
from orgcode.documents.reading import Reading
from orgcode.documents.schemas import is_valid
from orgcode.documents.shapes import shape
from orgcode.documents.source import parse


def whole_entries(content: bytes) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Each entry of a response file that has the shape of one, with its place in the list. Where
    the text itself is damaged nobody can say where an entry ends, so that there is none.
    """
    facts = read_facts("response", content)
    if facts.is_whole:
        yield from _mappings(facts.data)
        return
    source = parse(content)
    if source.root is None or source.flaws:
        return
    reading = Reading(source)
    data = reading.value(source.root, shape("response"))
    lost = {pointer[0] for pointer in reading.lost if pointer}
    for place, entry in _mappings(data):
        if place not in lost and is_valid("response", [entry]):
            yield place, entry


def all_entries(content: bytes) -> list[Mapping[str, object]] | None:
    """The entries of a response file that is right as a whole; None where something is wrong."""
    facts = read_facts("response", content)
    return [entry for _, entry in _mappings(facts.data)] if facts.is_whole else None


def _mappings(data: object) -> Iterator[tuple[int, Mapping[str, object]]]:
    for place, entry in enumerate(data if isinstance(data, list | tuple) else ()):
        if isinstance(entry, Mapping):
            yield place, entry
