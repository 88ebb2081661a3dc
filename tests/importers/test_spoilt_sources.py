"""Whatever is done to a source, every value is accounted for and what comes out has no errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgcode.adapters.importers import Known, import_snapshot, load_format
from orgcode.adapters.importers.parsing import Leaf, Parsed, Tree, parse_file
from orgcode.model.snapshot import Files, Unreadable
from tests.importers.running import is_sound
from tests.importers.small import KUBERNETES, PERIBOLOS, RUST

SMALL: Mapping[str, Mapping[str, str]] = {
    "rust-team": RUST,
    "kubernetes-sigs": KUBERNETES,
    "peribolos": PERIBOLOS,
}

TEXTS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["ada", "Ada", "grace", "compiler", "leadership-council", "big", "docs"]),
    st.sampled_from(
        ["../..", "\x00", "\x1b[31m", "a" * 100, " ", "\n", "\u202e", "a/b", "-", "org"]
    ),
)
LEAVES = st.one_of(
    TEXTS.map(lambda text: Leaf(text, text)),
    st.booleans().map(lambda value: Leaf(str(value).lower(), value)),
    st.integers().map(lambda value: Leaf(str(value), value)),
    st.just(Leaf("", None)),
)
TREES: st.SearchStrategy[Tree] = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize("format", SMALL)
@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_a_source_in_which_anything_was_replaced_comes_out_sound(
    format: str, data: st.DataObject
) -> None:
    trees = dict(_trees(format))
    places = [(path, pointer) for path, tree in trees.items() for pointer in _pointers(tree)]
    for path, pointer in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=6)):
        trees[path] = _replaced(trees[path], pointer, data.draw(TREES))

    def parse(path: str, _: bytes | Unreadable) -> Parsed:
        return Parsed(tree=trees[path])

    imported = import_snapshot(
        load_format(format), Files(dict.fromkeys(trees, b"")), Known(), parse
    )

    assert is_sound(imported)


@cache
def _trees(format: str) -> Mapping[str, Tree]:
    found = {}
    for path, text in SMALL[format].items():
        tree = parse_file(path, text.encode()).tree
        assert tree is not None
        found[path] = tree
    return found


def _pointers(tree: Tree, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield above
    inner: Any = ()
    if isinstance(tree, dict):
        inner = tree.items()
    elif isinstance(tree, list):
        inner = enumerate(tree)
    for step, value in inner:
        yield from _pointers(value, (*above, step))


def _replaced(tree: Tree, pointer: tuple[str | int, ...], other: Tree) -> Tree:
    """The tree with something else at a place; as it was where the place is gone by now."""
    if not pointer:
        return other
    step, rest = pointer[0], pointer[1:]
    if isinstance(tree, dict) and step in tree:
        return {k: _replaced(v, rest, other) if k == step else v for k, v in tree.items()}
    if isinstance(tree, list):
        return [_replaced(v, rest, other) if i == step else v for i, v in enumerate(tree)]
    return tree
