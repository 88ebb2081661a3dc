"""A shelf is a table, whichever of its boxes were loaded from what was kept."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from orgcode.model.shelf import Shelf

KEYS = st.sampled_from(["a", "b:c", "person:", "\udcff", "x\ty", "x y", "x\ny", "é", ""])
TEXTS = st.lists(st.sampled_from(["roles/kok.yaml ", "p x y", "p x\ty", "\ud800", ""]), max_size=3)
STEPS = st.lists(st.tuples(st.sampled_from(["add", "put", "keep"]), KEYS, TEXTS), max_size=30)


@given(st.dictionaries(KEYS, TEXTS.filter(bool)), STEPS)
@settings(max_examples=60, deadline=None)
def test_it_says_what_a_plain_table_says(
    first: dict[str, list[str]], steps: list[tuple[str, str, list[str]]]
) -> None:
    table = {key: list(values) for key, values in first.items()}
    shelf = Shelf("s")
    shelf.fill({key: list(values) for key, values in first.items()})
    kept = dict(shelf.altered())
    shelf = Shelf("s", kept.__getitem__)
    for step, key, values in steps:
        if step == "put":
            shelf.put(key, list(values))
            table[key] = list(values)
        elif step == "add":
            shelf.add(key, values)
            had = table.get(key, [])
            table[key] = had + [v for v in dict.fromkeys(values) if v not in had]
        else:
            kept.update(shelf.altered())
            shelf = Shelf("s", kept.__getitem__)
        assert shelf.get(key) == table.get(key, [])
    kept.update(shelf.altered())
    again = Shelf("s", kept.__getitem__)
    again.open_all()
    assert {key: again.get(key) for key in table} == table


def test_only_altered_boxes_are_kept_anew() -> None:
    shelf = Shelf("s")
    shelf.fill({"a": ["1"], "b": ["2"]})
    kept = dict(shelf.altered())
    shelf = Shelf("s", kept.__getitem__)
    shelf.add("a", ["1"])
    shelf.put("b", ["2"])
    shelf.put("c", [])
    assert dict(shelf.altered()) == {}
    shelf.add("a", ["2"])
    assert len(dict(shelf.altered())) == 1
