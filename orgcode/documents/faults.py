"""Where data break their schema, one by one and no further than asked.

The validator that decides (`schemas`) is quick but gives all its errors at once: of a large
spoilt file these are more than fits. The one used here finds them lazily. Of alternatives, which
differ in what they are (text, list, mapping), it only looks into the one that was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from math import isfinite
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, TypeChecker, ValidationError
from jsonschema.validators import extend
from referencing import Registry

from orgcode.documents.explaining import Fault

Schema = Mapping[str, Any]


def faults(schema: Schema, data: object) -> Iterator[Fault]:
    """The faults of data; of alternatives, those of the one that was meant."""
    validator = _VALIDATOR(schema, registry=Registry(), format_checker=_FORMATS)
    told: set[Fault] = set()
    for error in validator.iter_errors(data):
        for fault in _faults(error):
            if fault not in told:
                told.add(fault)
                yield fault


def _faults(error: ValidationError) -> Iterator[Fault]:
    pointer = tuple(error.absolute_path)
    rule: Any = error.validator_value
    found: Any = error.instance
    schema: Any = error.schema
    if "propertyNames" in error.absolute_schema_path:
        yield Fault("propertyNames", pointer, str(found))
    elif error.validator == "required":
        yield from (Fault("required", pointer, key) for key in rule if key not in found)
    elif error.validator == "additionalProperties":
        known = schema.get("properties", {})
        yield from (
            Fault("additionalProperties", pointer, key) for key in found if key not in known
        )
    else:
        yield Fault(str(error.validator), pointer)


def _any_of(
    validator: Any, alternatives: list[Schema], value: object, _schema: Schema
) -> Iterator[ValidationError]:
    """Only the errors of the alternative that is of the value's type, as they come."""
    for alternative in alternatives:
        errors = iter(validator.descend(value, alternative))
        first = next(errors, None)
        if first is None:
            return
        if first.validator != "type" or first.path:
            yield first
            yield from errors
            return
    yield ValidationError("is of no type that may stand here", validator="type")


def _pattern(
    _validator: Any, pattern: str, value: object, _schema: Schema
) -> Iterator[ValidationError]:
    if isinstance(value, str) and not _compiled(pattern).search(value):
        yield ValidationError(f"does not match {pattern}")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """As JSON Schema has it (ECMA 262): `$` is the very end, classes are of ASCII."""
    return re.compile(re.sub(r"\$\Z", r"\\Z", pattern), re.ASCII)


def _is_number(_checker: TypeChecker, value: object) -> bool:
    """JSON has neither infinity nor what is no number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _is_day(value: object) -> bool:
    """Whether the date exists; what else a date or moment must be is in its pattern."""
    try:
        return not isinstance(value, str) or bool(date.fromisoformat(value[:10]))
    except ValueError:
        return False


_FORMATS = FormatChecker(formats=())
_FORMATS.checks("date")(_is_day)
_FORMATS.checks("date-time")(_is_day)

_VALIDATOR = extend(  # type: ignore[no-untyped-call]  # the library says no types here
    Draft202012Validator,
    {"anyOf": _any_of, "pattern": _pattern},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("number", _is_number),
)
