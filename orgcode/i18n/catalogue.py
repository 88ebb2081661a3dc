"""gettext catalogues: compiled by the build, compiled in memory in a checkout."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO


@cache
def catalogue(language: str) -> NullTranslations:
    """The catalogue of a language; English, and a language without one, gives msgids back."""
    if language == "en":
        return NullTranslations()

    from orgcode import resources  # only here: English needs none, and is to begin quickly

    compiled = resources.read_catalogue(language, "mo")
    if compiled is None:
        source = resources.read_catalogue(language, "po")
        if source is None:
            return NullTranslations()
        compiled = compile_catalogue(source)
    return GNUTranslations(BytesIO(compiled))


def compile_catalogue(po: bytes) -> bytes:
    """A catalogue as translators write it (`po`), compiled (`mo`)."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(po)))
    return compiled.getvalue()
