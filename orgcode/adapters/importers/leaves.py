"""The account of an import: every leaf of every file is taken by the mapping, or reported.

A mapping opens files through an `Intake` and walks down in `Place`s. What it puts somewhere it
takes with `take`; the rest reports itself, because the account starts from all leaves there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from typing import Any, NamedTuple, TypeVar

from orgcode.adapters.importers.parsing import Leaf, Parsed, Tree, parse_file
from orgcode.model.intake import FieldCount, Loss, Unread
from orgcode.model.message import Message, message
from orgcode.model.snapshot import FOLDER, Snapshot, Unreadable

NO_PLACE = message("There is no place for it in the files of an organisation.")
EMPTY = message("It is empty, and so says nothing.")

TOO_LONG = message("The text is longer than orgcode keeps in one field.")
MAX_TEXT = 20_000
"""Characters; so that no document grows beyond what orgcode reads."""

T = TypeVar("T")
_MADE = "made"
Pointer = tuple[str | int, ...]
Parse = Callable[[str, bytes | Unreadable], Parsed]

_LONGEST_EXAMPLE = 60


class Place:
    """A value of a source document, or the absence of one where nothing stands."""

    __slots__ = ("_document", "_tree", "pointer")

    def __init__(self, document: Document, tree: Tree | None, pointer: Pointer = ()) -> None:
        self._document = document
        self._tree = tree
        self.pointer = pointer

    @property
    def path(self) -> str:
        """The file in which it stands."""
        return self._document.path

    @property
    def is_there(self) -> bool:
        """Whether anything stands here."""
        return self._tree is not None

    @property
    def is_leaf(self) -> bool:
        """Whether one value stands here, rather than a list or keys."""
        return isinstance(self._tree, Leaf)

    def at(self, *keys: str) -> Place:
        """What stands under a key, and the key in it, and so on."""
        return Place(self._document, self._look(keys), (*self.pointer, *keys))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys, where this is a mapping."""
        return tuple(self._tree) if isinstance(self._tree, dict) else ()

    def items(self) -> list[Place]:
        """The items, where this is a list."""
        if not isinstance(self._tree, list):
            return []
        return [
            Place(self._document, item, (*self.pointer, place))
            for place, item in enumerate(self._tree)
        ]

    def named(self) -> list[tuple[str, Place]]:
        """Name and value of each, where this is a mapping whose keys are names of things: in the
        report they are one field, `*`.
        """
        if not isinstance(self._tree, dict):
            return []
        self._document.names.add(self.pointer)
        return [
            (key, Place(self._document, value, (*self.pointer, key)))
            for key, value in self._tree.items()
        ]

    def text(self, *keys: str) -> str | None:
        """The text there, only looked at; None where there is none, a blank or an endless one."""
        leaf = self._look(keys) if keys else self._tree
        if type(leaf) is not Leaf:
            return None
        text = leaf.text
        is_said = text and leaf.value is not None and len(text) <= MAX_TEXT and not text.isspace()
        return text if is_said else None

    def flag(self, *keys: str) -> bool | None:
        """The yes or no there, only looked at."""
        leaf = self._look(keys)
        return leaf.value if isinstance(leaf, Leaf) and isinstance(leaf.value, bool) else None

    def take(self, *keys: str) -> str | None:
        """The text there, which the caller puts somewhere: from now on it counts as imported."""
        text = self.text(*keys)
        if text is not None:
            self._document.taken.add((*self.pointer, *keys))
        return text

    def _look(self, keys: tuple[str, ...]) -> Tree | None:
        tree = self._tree
        for key in keys:
            if type(tree) is not dict:  # faster than asking for subclasses: this is asked most
                return None
            tree = tree.get(key)
        return tree

    def once(self, key: Hashable, work: Callable[[], T]) -> T:
        """What follows from this file alone, without taking anything: worked out once, also where
        the file stands in many states of a source.
        """
        kept = self._document.kept
        if key not in kept:
            kept[key] = work()
        found: T = kept[key]
        return found

    def made(self, key: Hashable, work: Callable[[], T]) -> T:
        """What is made of this file: what was made of it last, if the key is the same. That has
        all on which it depends besides the file. What was taken and left counts each time.
        """
        document = self._document
        kept = document.kept.get(_MADE)
        if kept is None or kept[0] != key:
            taken, reasons = set(document.taken), dict(document.reasons)
            made = work()
            new = {at: why for at, why in document.reasons.items() if reasons.get(at) is not why}
            kept = document.kept[_MADE] = (key, made, document.taken - taken, new)
        document.taken |= kept[2]
        document.reasons |= kept[3]
        found: T = kept[1]
        return found

    def leave(self, reason: Message, *keys: str) -> None:
        """Say why what stands there (and in it) has no place, unless it was taken."""
        self._document.reasons[(*self.pointer, *keys)] = reason


class Document:
    """One file of the source, and what came of each of its leaves."""

    def __init__(
        self, path: str, pattern: str, tree: Tree, kept: dict[Hashable, Any] | None = None
    ) -> None:
        self.kept = {} if kept is None else kept
        self.path = path
        self.pattern = pattern
        self.tree = tree
        self.taken: set[Pointer] = set()
        self.names: set[Pointer] = set()
        self.reasons: dict[Pointer, Message] = {}

    def account(self) -> Iterator[Account]:
        """What came of every leaf."""
        for pointer, leaf in _leaves(self.tree):
            field = self.field(pointer)
            if pointer in self.taken:
                yield Account(self, field, leaf, None)
            else:
                yield Account(self, field, leaf, self._reason(pointer, leaf))

    def field(self, pointer: Pointer) -> str:
        """What a leaf is counted as: its keys, those that are names as `*`, items as `[]`."""
        parts = ""
        for depth, step in enumerate(pointer):
            if isinstance(step, int):
                parts += "[]"
            else:
                name = "*" if pointer[:depth] in self.names else step
                parts += f".{name}" if parts else name
        return parts

    def _reason(self, pointer: Pointer, leaf: Leaf | None) -> Message:
        if leaf is None or _is_empty(leaf):
            return EMPTY
        if len(leaf.text) > MAX_TEXT:
            return TOO_LONG
        for length in range(len(pointer), -1, -1):
            if reason := self.reasons.get(pointer[:length]):
                return reason
        return NO_PLACE


def _is_empty(leaf: Leaf) -> bool:
    return leaf.value is None or not leaf.text or leaf.text.isspace()


class Account(NamedTuple):
    """One leaf: its field, the leaf (None: an empty list or mapping), and why it was not taken."""

    document: Document
    field: str
    leaf: Leaf | None
    reason: Message | None


class Intake:
    """The files of a source, as a mapping reads them. Pure: it asks only the snapshot.

    `parse` may be one that keeps what it parsed, by the blob of the entry.
    """

    def __init__(self, snapshot: Snapshot, parse: Parse = parse_file) -> None:
        self.paths = tuple(path for path, entry in snapshot.entries.items() if entry.mode != FOLDER)
        self.remarks: list[Message] = []
        self._snapshot = snapshot
        self._parse = parse
        self.documents: dict[str, Document] = {}
        """What was read, by path."""
        self._unread: dict[str, Unread] = {}

    def open(self, path: str, pattern: str) -> Place | None:
        """A file of the source; None where it cannot be read, which the report then names.

        `pattern` is under what name its fields are counted, such as `teams/*.toml`.
        """
        if path not in self.documents and path not in self._unread:
            parsed = self._parse(path, self._snapshot.read(path))
            if parsed.tree is None:
                cause = parsed.cause or NO_PLACE
                self._unread[path] = Unread(
                    path=path, cause=cause, line=parsed.line, column=parsed.column
                )
            else:
                self.documents[path] = Document(path, pattern, parsed.tree, parsed.kept)
        document = self.documents.get(path)
        return Place(document, document.tree) if document else None

    def remark(self, said: Message) -> None:
        """Say something about the import as a whole, once."""
        if said not in self.remarks:
            self.remarks.append(said)

    @property
    def files(self) -> int:
        """How many files were read."""
        return len(self.documents)

    @property
    def unread(self) -> tuple[Unread, ...]:
        """The files that could not be read."""
        return tuple(self._unread[path] for path in sorted(self._unread))

    @property
    def others(self) -> tuple[str, ...]:
        """The files that the mapping did not ask for."""
        return tuple(
            path for path in self.paths if path not in self.documents and path not in self._unread
        )

    def settle(self) -> tuple[int, tuple[FieldCount, ...], tuple[Loss, ...]]:
        """The number of all leaves; those taken, by field; those not taken, by field and reason."""
        taken: Counter[tuple[str, str]] = Counter()
        left: Counter[tuple[str, str, str]] = Counter()
        first: dict[tuple[str, str, str], Account] = {}
        leaves = 0
        for path in sorted(self.documents):
            for account in self.documents[path].account():
                leaves += 1
                field = (account.document.pattern, account.field)
                if account.reason is None:
                    taken[field] += 1
                else:
                    key = (*field, account.reason.id)
                    left[key] += 1
                    first.setdefault(key, account)
        counts = (FieldCount(file=f, field=name, count=taken[f, name]) for f, name in sorted(taken))
        losses = (_loss(first[key], left[key]) for key in sorted(left))
        return leaves, tuple(counts), tuple(losses)


def _loss(account: Account, count: int) -> Loss:
    text = account.leaf.text if account.leaf else ""
    return Loss(
        file=account.document.pattern,
        field=account.field,
        reason=account.reason or NO_PLACE,
        count=count,
        path=account.document.path,
        value=text if len(text) <= _LONGEST_EXAMPLE else f"{text[: _LONGEST_EXAMPLE - 1]}…",
    )


def _leaves(tree: Tree, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Leaf | None]]:
    """Every leaf; how deep this goes was bounded when the file was parsed."""
    if isinstance(tree, Leaf):
        yield pointer, tree
    elif not tree:
        yield pointer, None
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from _leaves(value, (*pointer, key))
    else:
        for place, item in enumerate(tree):
            yield from _leaves(item, (*pointer, place))
