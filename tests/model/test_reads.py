"""Answers that are worked out again only where something they read has changed are those that
would be worked out anew.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from orgcode.documents.loading import load
from orgcode.model.reads import ByPath, Reads, Things, stale, touched
from orgcode.model.shelf import Shelf
from orgcode.model.snapshot import Files

FILES, ANSWERS, UNITS = 8, 12, 16


class World:
    """Files with a number each; answers made of files and other answers; units of both."""

    def __init__(self, seed: int) -> None:
        random = Random(seed)  # noqa: S311
        self.files = {f"f{n}": random.randrange(4) for n in range(FILES)}
        self.below = {
            f"a{n}": [
                *random.sample(sorted(self.files), random.randrange(3)),
                *(f"=a{m}" for m in random.sample(range(n), min(n, random.randrange(3)))),
            ]
            for n in range(ANSWERS)
        }
        self.of = {
            f"u{n}": [random.choice([*self.files, *(f"={a}" for a in self.below)]) for _ in "123"]
            for n in range(UNITS)
        }
        self.divisor = random.choice((1, 2, 3))


class Look:
    """Asking a world as it is now, with everything noted."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.reads = Reads()
        self.kept: dict[str, tuple[int, set[str]]] = {}

    def ask(self, what: str) -> int:
        self.reads.asked.add(what)
        if not what.startswith("="):
            return self.world.files[what]
        name = what[1:]
        if name not in self.kept:
            self.kept[name] = self.reads.of(lambda: self._sum(self.world.below[name]))
            self.reads.asked.add(what)
        return self.kept[name][0]

    def _sum(self, names: list[str]) -> int:
        """Stops early at times, so that what is read depends on what was read before."""
        total = 0
        for name in names:
            total += self.ask(name)
            if total % 3 == 2:
                break
        return total // self.world.divisor

    def unit(self, name: str) -> tuple[int, set[str]]:
        return self.reads.of(lambda: self._sum(self.world.of[name]))


@given(
    st.integers(0, 10_000),
    st.lists(
        st.lists(st.tuples(st.integers(0, FILES - 1), st.integers(0, 3)), min_size=1, max_size=3),
        max_size=8,
    ),
)
@settings(max_examples=200, deadline=None)
def test_nothing_stale_is_overlooked(seed: int, rounds: list[list[tuple[int, int]]]) -> None:
    world = World(seed)
    readers = Shelf("r")
    digests: dict[str, int] = {}
    results: dict[str, int] = {}

    def work(look: Look, units: set[str]) -> None:
        for unit in sorted(units):
            results[unit], asked = look.unit(unit)
            for read in asked:
                readers.add(read, [unit])
        for name, (value, asked) in look.kept.items():
            for read in asked:
                readers.add(read, [f"={name}"])
            if name not in ("a3", "a7"):  # of some nobody compares what they are
                digests[name] = value

    work(Look(world), set(world.of))
    for changes in rounds:
        changed = {f"f{n}" for n, value in changes if world.files[f"f{n}"] != value}
        world.files.update((f"f{n}", value) for n, value in changes)
        look = Look(world)

        def is_other(name: str, look: Look = look) -> bool:
            return name not in digests or digests[name] != look.ask(f"={name}")

        work(look, stale(changed, readers.get, is_other))
        anew = Look(world)
        assert results == {unit: anew.unit(unit)[0] for unit in world.of}


def test_everything_is_noted_that_was_asked() -> None:
    reads = Reads()
    files = {"x/a": 1, "x/b": None, "x/c": 3}
    things: Things[int] = Things(
        reads, files.get, "x/{}".format, files.__contains__, lambda: ["a", "b", "c"], "*x"
    )
    asked: list[tuple[Callable[[], object], object, set[str]]] = [
        (lambda: things.get("a"), 1, {"x/a"}),
        (lambda: things.get("b"), None, {"x/b"}),
        (lambda: things.get("none"), None, {"x/none"}),
        (lambda: "c" in things, True, {"x/c"}),
        (lambda: list(things), ["a", "c"], {"*x"}),
        (lambda: list(things.values()), [1, 3], {"*x"}),
        (lambda: list(things.items()), [("a", 1), ("c", 3)], {"*x"}),
        (lambda: len(things), 2, {"*x"}),
    ]
    two = {"p": 1, "q": 2}
    by_path = ByPath(reads, two.__getitem__, two.__contains__, lambda: ["p", "q"])
    asked += [
        (lambda: by_path["p"], 1, {"p"}),
        (lambda: by_path.get("none"), None, {"none"}),
        (lambda: "none" in by_path, False, {"?none"}),
        (lambda: list(by_path), ["p", "q"], {"**"}),
        (lambda: len(by_path), 2, {"**"}),
        (lambda: bool(by_path), True, {"**"}),
    ]
    for work, answer, noted in asked * 2:
        assert reads.of(work) == (answer, noted)
    assert reads.asked == set()


def test_a_change_touches_whatever_can_be_asked_about_it() -> None:
    old, new = frozenset({("x:a\tb", ""), ("y:c", "1")}), frozenset({("y:c", "2"), ("z: ", "")})
    assert set(touched("roles/kok.yaml", "role", old, new)) == {
        "roles/kok.yaml",
        "*role",
        "x:a\tb",
        "y:c",
        "z: ",
    }
    assert set(touched("a/b/c.md", None, None, frozenset())) == {
        "a/b/c.md", "**", "?a/b/c.md", "?a/b", "?a"
    }  # fmt: skip


def test_the_latest_answer_counts_its_reads_for_each_who_asks() -> None:
    org = load(Files({"people/sara.yaml": b"name: Sara\n"}), date(2027, 3, 1))
    worked: list[str] = []

    def ask(id: str) -> tuple[bool, set[str]]:
        def work() -> bool:
            worked.append(id)
            return id in org.people

        return org.reads.of(lambda: org.latest("is there", id, work))

    sara, ravi = (True, {"people/sara.yaml"}), (False, {"people/ravi.yaml"})
    assert [ask("sara"), ask("sara"), ask("ravi"), ask("sara")] == [sara, sara, ravi, sara]
    assert worked == ["sara", "ravi", "sara"]
