"""From nodes to data by schema: where the JSON Schema validator decides.

The schema of a kind has everything inside, so that the validator never looks for another.
"""

from __future__ import annotations

from functools import cache

import jsonschema_rs

from orgcode.documents import shapes
from orgcode.documents.explaining import Explaining
from orgcode.documents.nodes import Source
from orgcode.documents.pruning import prune
from orgcode.documents.reading import Reading
from orgcode.model.finding import Flaw

__all__ = ["is_valid", "read"]


def read(kind: str, source: Source) -> tuple[object, tuple[Flaw, ...]]:
    """The data of a document and what is wrong with its shape; what is wrong is left out.

    Of a list the places are kept: None stands where an item was left out. Of a file with very many
    flaws nothing is used.
    """
    if source.root is None:
        return None, () if source.flaws else (Explaining(kind, source).empty(),)
    reading = Reading(source)
    data = reading.value(source.root, shapes.shape(kind))
    if not reading.lost and is_valid(kind, data):
        return data, tuple(reading.flaws)
    from orgcode.documents.faults import faults  # only here: slow to import, seldom needed

    explaining = Explaining(kind, source, lost=reading.lost)
    flaws = (*reading.flaws, *explaining.flaws(faults(shapes.schema(kind), data)))
    if explaining.is_spoilt:
        return None, flaws
    return prune(data, shapes.shape(kind), [*reading.lost, *explaining.bad]), flaws


def is_valid(kind: str, data: object) -> bool:
    """Whether data are as the schema of the kind wants them."""
    return _validator(kind).is_valid(data)


@cache
def _validator(kind: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(dict(shapes.schema(kind)), validate_formats=True)
