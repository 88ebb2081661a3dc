"""Showing on a terminal how far long work is."""

from __future__ import annotations

import sys
from math import inf
from time import monotonic

from orgcode.i18n.translator import Translator
from orgcode.model.message import Message, message

_PATIENCE = 0.7
"""Seconds: what is done sooner needs no telling."""

_INTERVAL = 0.1
"""Seconds between two showings."""

_CLEAR = "\r\x1b[K"


class TerminalProgress:
    """One line on standard error, written over and over, gone once the work is done."""

    def __init__(self, translator: Translator, *, on: bool) -> None:
        self._translator = translator
        self._next = monotonic() + _PATIENCE if on else inf
        self._shown = False

    def __call__(self, doing: Message, done: int, total: int) -> None:
        """Show it, if the last showing is a while ago."""
        if (now := monotonic()) >= self._next:
            self._next = now + _INTERVAL
            said = message("{doing}: {done} of {total}", doing=doing, done=done, total=total)
            sys.stderr.write(_CLEAR + self._translator.say(said))
            sys.stderr.flush()
            self._shown = True

    def clear(self) -> None:
        """Take the line away, before something else is written."""
        if self._shown:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
            self._shown = False
