"""What a reader takes a name for: two names that look alike have the same look.

A small part of the table of confusable characters of Unicode Technical Standard 39: letters of the
Greek, Cyrillic and Armenian scripts, and digits, that cannot be told from Latin letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SAME_LOOK = {
    "a": "\u0430\u03b1\u0251",
    "c": "\u0441\u03f2",
    "d": "\u0501",
    "e": "\u0435",
    "g": "\u0261\u0581",
    "h": "\u04bb\u0570",
    "i": "\u0456\u03b9\u0131",
    "j": "\u0458\u03f3",
    "l": "1I|\u04cf\u0406\u0399\u04c0",
    "n": "\u0578",
    "o": "\u043e\u03bf\u03c3\u0585",
    "p": "\u0440\u03c1",
    "q": "\u051b\u0566",
    "r": "\u0433",
    "s": "\u0455",
    "u": "\u03c5\u057d",
    "v": "\u03bd\u0475",
    "w": "\u051d\u0561",
    "x": "\u0445",
    "y": "\u0443\u03b3\u04af",
    "A": "\u0410\u0391",
    "B": "\u0412\u0392",
    "C": "\u0421\u03f9",
    "E": "\u0415\u0395",
    "H": "\u041d\u0397",
    "J": "\u0408\u037f",
    "K": "\u041a\u039a",
    "M": "\u041c\u039c",
    "N": "\u039d",
    "O": "0\u041e\u039f\u0555",
    "P": "\u0420\u03a1",
    "S": "\u0405\u054f",
    "T": "\u0422\u03a4",
    "X": "\u0425\u03a7",
    "Y": "\u04ae\u03a5",
    "Z": "\u0396",
}
_LOOK = str.maketrans({char: like for like, chars in _SAME_LOOK.items() for char in chars})
_MAY_LOOK_ELSE = re.compile("[01I|]|rn|vv", re.IGNORECASE)
"""What else than capitals and spaces changes the look of plain letters."""
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0")


@lru_cache(maxsize=1024)
def looks(name: str) -> tuple[str, ...]:
    """What two names share, one or the other, when they are taken for one another."""
    plain = same_but_for_case(name)
    if name.isascii() and not _MAY_LOOK_ELSE.search(name):
        return (plain,)
    seen = look(name)
    return (plain,) if seen == plain else (plain, seen)


def same_but_for_case(name: str) -> str:
    """A name without the difference of capitals, spaces and invisible characters."""
    return " ".join(_visible(name).casefold().split())


def look(name: str) -> str:
    """What a name looks like, whatever its letters are."""
    seen = _visible(name).translate(_LOOK).casefold()
    return " ".join(seen.replace("rn", "m").replace("vv", "w").split())


def _visible(name: str) -> str:
    if name.isascii():
        return name
    return "".join(
        char
        for char in unicodedata.normalize("NFKC", name)
        if unicodedata.category(char) != "Cf"
        and char not in _INVISIBLE
        and not "\ufe00" <= char <= "\ufe0f"
    )
