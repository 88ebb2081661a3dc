"""From nodes to data by schema: the only module that knows the JSON Schema validator.

The schema of a kind has everything inside, so that the validator never looks for another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import jsonschema_rs

from orgcode.documents import shapes
from orgcode.documents.explaining import Explaining, Wrong
from orgcode.documents.nodes import Source
from orgcode.documents.pruning import prune
from orgcode.documents.reading import Reading
from orgcode.model.finding import Flaw

__all__ = ["is_valid", "read"]


def read(kind: str, source: Source) -> tuple[object, tuple[Flaw, ...]]:
    """The data of a document and what is wrong with its shape; what is wrong is left out.

    Of a list the places are kept: None stands where an item was left out.
    """
    if source.root is None:
        return None, () if source.flaws else (Explaining(kind, source).empty(),)
    reading = Reading(source)
    data = reading.value(source.root, shapes.shape(kind))
    if not reading.lost and is_valid(kind, data):
        return data, tuple(reading.flaws)
    explaining = Explaining(kind, source, lost=reading.lost)
    flaws = explaining.flaws(_wrongs(_validator(kind).iter_errors(data)))
    pruned = prune(data, shapes.shape(kind), [*reading.lost, *explaining.bad])
    return pruned, (*reading.flaws, *flaws)


def is_valid(kind: str, data: object) -> bool:
    """Whether data are as the schema of the kind wants them."""
    return _validator(kind).is_valid(data)


@cache
def _validator(kind: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(dict(shapes.schema(kind)), validate_formats=True)


def _wrongs(errors: Iterable[jsonschema_rs.ValidationError]) -> Iterator[Wrong]:
    """The errors that say most: of alternatives, those of the one that was meant."""
    for error in errors:
        kind: Any = error.kind
        pointer = tuple(error.instance_path)
        if kind.name == "anyOf":
            meant = [
                branch
                for branch in kind.context
                if not any(
                    e.kind.name == "type" and e.instance_path == error.instance_path for e in branch
                )
            ]
            if meant:
                yield from _wrongs(meant[0])
            else:
                yield Wrong("type", pointer, None)
        elif kind.name == "propertyNames":
            yield Wrong(kind.name, pointer, kind.error.instance)
        else:
            yield Wrong(kind.name, pointer, next(iter(kind.as_dict().values()), None))
