"""The account of an import does not lie: what counts as imported is in what comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgcode.adapters.git.repository import find
from orgcode.adapters.git.working_tree import list_working_tree
from orgcode.adapters.importers import Documents, Imported, Known, import_snapshot, load_format
from orgcode.adapters.importers.leaves import EMPTY, NO_PLACE, TOO_LONG, Intake
from orgcode.adapters.importers.parsing import Leaf, Parsed, Tree, parse_file
from orgcode.adapters.importers.things import TOO_MANY
from orgcode.documents.facts import read_facts
from orgcode.model.facts import identify
from orgcode.model.snapshot import Files, Snapshot, Unreadable
from tests.importers.counting import leaves, toml_files, yaml_files
from tests.importers.running import clone, written
from tests.importers.small import KUBERNETES, PERIBOLOS, RUST

SMALL = {"rust-team": RUST, "kubernetes-sigs": KUBERNETES, "peribolos": PERIBOLOS}

SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
TREES: st.SearchStrategy[Any] = st.dictionaries(
    st.text(max_size=3),
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
        max_leaves=10,
    ),
)


@given(st.lists(TREES, max_size=4), st.data())
def test_whatever_is_taken_imported_and_lost_are_all(trees: list[Any], data: st.DataObject) -> None:
    made = {f"{place}.yaml": _tree(tree) for place, tree in enumerate(trees)}
    intake = Intake(Files(dict.fromkeys(made, b"")), lambda path, _: Parsed(tree=made[path]))
    taken = 0
    for path in made:
        place = intake.open(path, "*.yaml")
        assert place is not None
        for key in place.keys:
            if data.draw(st.booleans()) and place.take(key) is not None:
                taken += 1

    counted, imported, losses = intake.settle()

    assert counted == sum(map(leaves, trees))
    assert sum(field.count for field in imported) == taken
    assert taken + sum(loss.count for loss in losses) == counted


def test_a_loss_has_its_field_its_reason_and_an_example() -> None:
    files = {
        "a/x.toml": b'name = "n"\nother = [1, 2]\nnone = []\nblank = " "\n[team.one]\nx = 1\n',
        "a/y.toml": b"other = [3]\n[team.two]\nx = 2\n",
    }
    intake = Intake(Files(files))
    for path in files:
        place = intake.open(path, "a/*.toml")
        assert place is not None
        place.take("name")
        place.at("team").named()

    counted, imported, losses = intake.settle()

    assert counted == 8
    assert [(field.field, field.count) for field in imported] == [("name", 1)]
    assert [(loss.field, loss.count, loss.reason, loss.value) for loss in losses] == [
        ("blank", 1, EMPTY, " "),
        ("none", 1, EMPTY, ""),
        ("other[]", 3, NO_PLACE, "1"),
        ("team.*.x", 2, NO_PLACE, "1"),
    ]


def test_an_endless_text_is_not_taken() -> None:
    intake = Intake(Files({"x.toml": f'name = "{"x" * 20_001}"'.encode()}))
    place = intake.open("x.toml", "x.toml")
    assert place is not None

    assert place.take("name") is None
    assert [loss.reason for loss in intake.settle()[2]] == [TOO_LONG]


@pytest.mark.parametrize("format", SMALL)
def test_every_kind_of_value_that_counts_as_imported_is_in_what_comes_out(format: str) -> None:
    snapshot = Files({path: text.encode() for path, text in SMALL[format].items()})

    assert _without_effect(format, snapshot) == []


@pytest.mark.parametrize(
    ("format", "path", "text"),
    [
        (
            "rust-team",
            "teams/x.toml",
            'name="x"\n[[github]]\norgs=[{many}]\n[people]\nleads=[]\nmembers=[]',
        ),
        ("rust-team", "teams/x.toml", 'name="x"\n[people]\nleads=[]\nmembers=[]\nalumni=[{many}]'),
        (
            "kubernetes-sigs",
            "sigs.yaml",
            "sigs: [{{dir: x, subprojects: [{{name: y, owners: [{urls}]}}]}}]",
        ),
        ("kubernetes-sigs", "sigs.yaml", "sigs: [{{dir: x, emeritus_leads: [{people}]}}]"),
        ("peribolos", "x/org.yaml", "teams: {{y: {{repos: {{{rights}}}}}}}"),
    ],
)
def test_a_list_that_is_too_long_for_one_file_is_cut(format: str, path: str, text: str) -> None:
    content = text.format(
        many=",".join(f'"p{n}"' for n in range(5_000)),
        urls=",".join(f'"https://a.example/{n}"' for n in range(5_000)),
        people=",".join(f"{{github: p{n}}}" for n in range(5_000)),
        rights=",".join(f"r{n}: write" for n in range(5_000)),
    )
    imported = import_snapshot(load_format(format), Files({path: content.encode()}), Known())

    for name, file in written(imported).items():
        if identity := identify(name):
            assert read_facts(identity.kind, file).flaws == ()
    report = imported.report
    assert report.imported_count + report.lost_count == report.leaves
    assert TOO_MANY in [loss.reason for loss in report.losses]


def test_rust_leaves_imported_and_lost_are_all_leaves(real_data: Path, tmp_path: Path) -> None:
    folder = clone(real_data / "rust-team.bundle", tmp_path / "rust")
    report = _import("rust-team", find(folder).commit("HEAD")).report

    assert report.files == len(toml_files(folder))
    assert report.leaves == sum(map(leaves, toml_files(folder).values()))
    assert report.imported_count + report.lost_count == report.leaves
    assert report.imported_count > 0.92 * report.leaves
    assert not report.unread
    assert not report.others


def test_peribolos_leaves_imported_and_lost_are_all_leaves(real_data: Path) -> None:
    folder = real_data / "kubernetes-org" / "config"
    report = _import("peribolos", list_working_tree(folder, (), dict)).report

    assert report.files == len(yaml_files(folder))
    assert report.leaves == sum(map(leaves, yaml_files(folder).values()))
    assert report.imported_count + report.lost_count == report.leaves
    assert report.imported_count > 0.89 * report.leaves
    assert not report.unread
    assert not report.others


@pytest.mark.deep
def test_every_kind_of_value_of_rust_that_counts_as_imported_is_in_what_comes_out(
    real_data: Path, tmp_path: Path
) -> None:
    folder = clone(real_data / "rust-team.bundle", tmp_path / "rust")

    assert _without_effect("rust-team", find(folder).commit("HEAD")) == []


@pytest.mark.deep
def test_every_kind_of_value_of_peribolos_that_counts_as_imported_is_in_what_comes_out(
    real_data: Path,
) -> None:
    folder = real_data / "kubernetes-org" / "config"

    assert _without_effect("peribolos", list_working_tree(folder, (), dict)) == []


def _import(format: str, snapshot: Snapshot) -> Imported:
    return import_snapshot(load_format(format), snapshot, Known())


def _without_effect(format: str, snapshot: Snapshot) -> list[str]:
    """Kinds of value that count as imported and yet can be changed without changing anything."""
    module, parsed = load_format(format), _Parsed()
    intake = Intake(snapshot, parsed)
    before = module.convert(intake, Known())
    found = []
    for path, pointer, field in _one_of_each(intake):
        parsed.change = (path, pointer)
        after: Documents = module.convert(Intake(snapshot, parsed), Known())
        parsed.change = None
        if after == before:
            found.append(f"{path}: {field}")
    return found


def _one_of_each(intake: Intake) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    """The place of the first value of each field that was taken."""
    seen = set()
    for path, document in intake.documents.items():
        for pointer in sorted(document.taken, key=str):
            field = (document.pattern, document.field(pointer))
            if field not in seen:
                seen.add(field)
                yield path, pointer, document.field(pointer)


class _Parsed:
    """Parses each file once; one leaf can be another than it is."""

    def __init__(self) -> None:
        self.change: tuple[str, tuple[str | int, ...]] | None = None
        self._known: dict[str, Parsed] = {}

    def __call__(self, path: str, content: bytes | Unreadable) -> Parsed:
        if path not in self._known:
            self._known[path] = parse_file(path, content)
        parsed = self._known[path]
        if self.change is None or self.change[0] != path:
            return parsed
        assert parsed.tree is not None
        return Parsed(tree=_changed(parsed.tree, self.change[1]))


def _changed(tree: Tree, pointer: tuple[str | int, ...]) -> Tree:
    if not pointer:
        assert isinstance(tree, Leaf)
        if isinstance(tree.value, bool):
            return Leaf(str(not tree.value).lower(), not tree.value)
        return Leaf(f"{tree.text}-x", f"{tree.text}-x")
    if isinstance(tree, list):
        return [_changed(v, pointer[1:]) if i == pointer[0] else v for i, v in enumerate(tree)]
    assert isinstance(tree, Mapping)
    return {k: _changed(v, pointer[1:]) if k == pointer[0] else v for k, v in tree.items()}


def _tree(data: Any) -> Tree:
    if isinstance(data, dict):
        return {key: _tree(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_tree(item) for item in data]
    return Leaf("" if data is None else str(data), data)
