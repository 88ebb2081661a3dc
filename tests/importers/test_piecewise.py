"""A file read in pieces says what it says when it is read whole, or is read whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgcode.adapters.importers.parsing import parse_yaml
from orgcode.adapters.importers.piecewise import KeptParser
from tests.importers.sigs_source import BUNDLE, at, clone, steps

CUT = [
    "a:\n- x: 1\n- y: 2\n",
    "a:\n  - x: |\n      - no item\n    y: 2\n\n  - z\nb: []\nc:\n  d: e\n",
    "# Words.\na:\n  # More.\n  - x\nb:\n- - y\n  - z\n",
    "a:\n  - é: ü\n  # End.\n  - >\n    b\n\n    c\n",
]
WHOLE = [
    'a:\n  - x: "\n  - y"\n',
    "a:\n  - {x: [\n  - y]}\n",
    "a:\n- x: 1\na:\n- y: 2\n",
    "---\na:\n- x: 1\n",
    "a: 'b\nc: d'\n",
    "- a\n- b\n",
    "a:\n- x: &n 1\n- y: *n\n",
    "a:\n  - x: 1\n - y: 2\n",
    "a:\n\t- x\n",
    "",
]


@pytest.mark.parametrize("text", CUT)
def test_lists_are_read_item_by_item(text: str) -> None:
    read = KeptParser().in_pieces(text.encode())
    assert read is not None
    assert read == parse_yaml(text.encode())


@pytest.mark.parametrize("text", WHOLE)
def test_where_a_cut_could_make_a_difference_nothing_is_cut(text: str) -> None:
    read = KeptParser().in_pieces(text.encode())
    assert read is None


LINES = st.sampled_from(
    [
        "a:",
        "b:",
        "- x: 1",
        "  - y",
        "  - z: >",
        "    - w",
        '  - "q',
        '"',
        "  r: s",
        "",
        "# c",
        "- {",
        "  }",
        "c: d",
        "  e: >-",
        "   f",
        "'",
        "- 'g",
        "  - [h,",
        "i]",
        "-",
        "? k",
        ": l",
        "  - ",
        "  m: n",
    ]
)


@given(st.lists(LINES, max_size=9))
def test_whatever_is_read_in_pieces_means_the_same(lines: list[str]) -> None:
    content = ("\n".join(lines) + "\n").encode()
    read = KeptParser().in_pieces(content)
    assert read is None or read == parse_yaml(content)


def test_states_of_kubernetes_mean_the_same(real_data: Path, tmp_path: Path) -> None:
    repository = clone(real_data / BUNDLE, tmp_path / "kubernetes")
    parser, cut = KeptParser(), 0
    revisions = steps(repository, 200)
    for revision in revisions:
        content = at(repository, revision)
        read = parser.in_pieces(content)
        cut += read is not None
        assert read is None or read == parse_yaml(content)
    assert cut > len(revisions) * 0.8
