"""Bring nl.po up to date: `python -m tests.i18n.update_catalogue [EXTRA.po ...]`.

Adds the sentences that the sources say, takes translations over from the catalogue and from the
extra files (the last one wins), drops what is no longer said, sorts, and lists what lacks a
translation.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from tests.i18n.extraction import ROOT, sentences

CATALOGUE = ROOT / "orgcode" / "i18n" / "locale" / "nl.po"
Key = str | tuple[str, str]


def read(path: Path) -> dict[Key, str | tuple[str, ...]]:
    """The translations of a catalogue, by sentence; empty ones are left out."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale="nl")
    found: dict[Key, str | tuple[str, ...]] = {}
    for entry in catalogue:
        forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
        if not entry.id or not forms or not all(forms):
            continue
        if isinstance(entry.id, str):
            found[entry.id] = forms[0]
        else:
            found[entry.id[0], entry.id[1]] = forms
    return found


def wanted() -> dict[Key, None]:
    """The sentences that a catalogue has to have."""
    return {(one, many) if many is not None else one: None for one, many, _ in sentences()}


def written(translations: Mapping[Key, str | tuple[str, ...]]) -> bytes:
    """A sorted catalogue of these translations, as bytes."""
    catalogue = Catalog(locale="nl", charset="utf-8", fuzzy=False)
    for key in sorted(translations, key=lambda key: key if isinstance(key, str) else key[0]):
        catalogue.add(key, translations[key])
    buffer = BytesIO()
    write_po(buffer, catalogue, width=100, omit_header=True, no_location=True)
    return HEADER + buffer.getvalue()


HEADER = b"""msgid ""
msgstr ""
"Language: nl\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def main(extra: list[str]) -> int:
    """Write the catalogue and print what is missing."""
    translations = read(CATALOGUE)
    for path in extra:
        translations |= read(Path(path))
    said = wanted()
    kept = {key: text for key, text in translations.items() if key in said}
    CATALOGUE.write_bytes(written(kept))
    missing = [key for key in said if key not in kept]
    unused = [key for key in translations if key not in said]
    for title, keys in (("Not translated", missing), ("No longer said", unused)):
        if keys:
            print(f"{title}: {len(keys)}")  # noqa: T201 (this is a command)
            for key in keys:
                print("  ", repr(key))  # noqa: T201
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
