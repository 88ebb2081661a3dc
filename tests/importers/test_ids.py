"""Names become ids: by a mapping that never gives two names the same."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from orgcode.adapters.importers.ids import assign_ids, id_of
from orgcode.model.facts import is_id

PARTS = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="aAbB-_. ", max_size=6),
    st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True),
)
NAMES = st.lists(st.lists(PARTS, min_size=1, max_size=3).map(tuple), max_size=12)


@given(NAMES)
@example([("a", "b"), ("a-b",), ("A-B",), ("a", "B")])
@example([("a\0b",), ("a", "b"), ('a", "b',)])
@example([("x",), ("x-1f0cfd27",), ("X",)])
def test_every_name_has_an_id_of_its_own(names: list[tuple[str, ...]]) -> None:
    ids = assign_ids(names)

    assert set(ids) == set(names)
    assert len(set(ids.values())) == len(ids)
    assert all(is_id(id) for id in ids.values())


@given(NAMES, st.randoms())
def test_the_order_of_the_names_does_not_matter(names: list[tuple[str, ...]], random: Any) -> None:
    other = list(names)
    random.shuffle(other)

    assert assign_ids(names) == assign_ids(other)


@given(NAMES, st.lists(PARTS, min_size=1, max_size=2).map(tuple))
def test_another_name_leaves_the_ids_of_others_unless_it_would_have_the_same(
    names: list[tuple[str, ...]], another: tuple[str, ...]
) -> None:
    before, after = assign_ids(names), assign_ids([*names, another])
    spelled = "-".join(another).lower()

    assert all(after[name] == before[name] for name in names if before[name] != spelled)


def test_a_name_that_is_an_id_but_for_capitals_keeps_it() -> None:
    assert id_of("BoxyUwU") == "boxyuwu"
    assert id_of("wg-async") == "wg-async"


def test_other_names_get_digits_that_depend_on_the_name_alone() -> None:
    assert id_of("foo_bar") == assign_ids([("foo_bar",), ("foo.bar",), ("x",)])[("foo_bar",)]
    assert id_of("foo_bar").startswith("foo-bar-")
    assert id_of("../../etc/passwd").startswith("etc-passwd-")
    assert id_of("🦀") != id_of("🐙")


def test_of_two_that_differ_by_capitals_the_one_in_small_letters_keeps_the_name() -> None:
    ids = assign_ids([("Team",), ("team",)])

    assert ids[("team",)] == "team"
    assert ids[("Team",)].startswith("team-")


def test_digits_are_lengthened_until_no_two_are_alike() -> None:
    taken = id_of("foo_bar")

    ids = assign_ids([("foo_bar",), (taken,)])

    assert ids[(taken,)] == taken
    assert ids[("foo_bar",)] != taken
