"""An edit adds what it should; all the rest of the file stays as it was, byte for byte."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from orgcode.documents.editing import with_item

ITEM = {"key": "ssh-ed25519 AAAA+/= sara's: laptop, #2", "since": "2027-03-01"}
BLOCK = """\
  - key: "ssh-ed25519 AAAA+/= sara's: laptop, #2"
    since: 2027-03-01
"""
GROUP = """{key: "ssh-ed25519 AAAA+/= sara's: laptop, #2", since: 2027-03-01}"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("name: S\n", f"name: S\nkeys:\n{BLOCK}"),
        ("name: S", f"name: S\nkeys:\n{BLOCK}"),
        ("---\nname: S\n\n# end\n\n", f"---\nname: S\n\n# end\nkeys:\n{BLOCK}\n"),
        ("name: S\nkeys:\nage: 3\n", f"name: S\nkeys:\n{BLOCK}age: 3\n"),
        ("name: S\nkeys: # mine\nage: 3\n", f"name: S\nkeys: # mine\n{BLOCK}age: 3\n"),
        ("keys: []  # none\nage: 3\n", f"keys:  # none\n{BLOCK}age: 3\n"),
        ("keys: ~\n", f"keys:\n{BLOCK}"),
        ("keys:", f"keys:\n{BLOCK}"),
        (
            "keys:\n  - key: a  # first\n    until: 2020-01-01\n\n# about\nage: 3\n",
            f"keys:\n  - key: a  # first\n    until: 2020-01-01\n{BLOCK}\n# about\nage: 3\n",
        ),
        (
            "keys:\n  - key: >-\n      a\n\n      b\n",
            f"keys:\n  - key: >-\n      a\n\n      b\n{BLOCK}",
        ),
        ("keys:\n  - {key: a}  # x", f"keys:\n  - {{key: a}}  # x\n  - {GROUP}\n"),
        ("keys: [{key: a}, {key: b}]\n", f"keys: [{GROUP}, {{key: a}}, {{key: b}}]\n"),
        ("keys: [\n  {key: a},\n]\n", f"keys: [{GROUP}, \n  {{key: a}},\n]\n"),
        (
            "about: |\n  - key: no\n  keys: no\nkeys:\n- key: a\n",
            "about: |\n  - key: no\n  keys: no\nkeys:\n- key: a\n"
            + BLOCK.replace("  - ", "- ").replace("    since", "  since"),
        ),
    ],
)
def test_the_rest_stays(before: str, after: str) -> None:
    assert with_item(before.encode(), "keys", ITEM) == after.encode()
    windows = before.replace("\n", "\r\n")
    if "\n" in before:
        assert with_item(windows.encode(), "keys", ITEM) == after.replace("\n", "\r\n").encode()
    marked = b"\xef\xbb\xbf" + before.encode()
    assert with_item(marked, "keys", ITEM) == b"\xef\xbb\xbf" + after.encode()


@pytest.mark.parametrize(
    "before",
    [
        "",
        "{name: S}\n",
        "- name\n",
        "name: S\n...\n",
        "name: S\nkeys: {a: b}\n",
        "name: S\nkeys: a\n",
        'name: S\nkeys: ""\n',
        "name: S\nname: T\n",
        "name: [\n",
        "keys:\n  -\n    key: a\n",
        "about: |+\n  a\n\n",
        "keys:\n  [\n  ]\n",
        "\xff",
    ],
)
def test_what_would_disturb_the_file_is_not_done(before: str) -> None:
    assert with_item(before.encode("latin-1"), "keys", ITEM) is None


VALUES = st.lists(st.sampled_from("ab :#-,{}[]'\"\\|>&*é\u2028"), max_size=12).map("".join)
REMARKS = st.sampled_from(["", "  # a remark", "\n", "\n# another: [x]\n"])


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Files as people write them: with remarks, empty lines, and lists in every style."""
    parts = [f"name: {draw(st.sampled_from(['S', 'Sara van Dam', '>-']))}"]
    if parts == ["name: >-"]:
        parts.append("  Sara\n  van Dam")
    indent = draw(st.sampled_from(["", "  ", "    "]))
    if draw(st.booleans()):
        lines = ["keys:" + draw(REMARKS)]
        for number in range(draw(st.integers(0, 3))):
            style = draw(st.sampled_from(["block", "group"]))
            if style == "group":
                lines.append(f"{indent}- {{key: k{number}, since: 2020-01-01}}{draw(REMARKS)}")
            else:
                lines.append(f"{indent}- key: k{number}{draw(REMARKS)}")
                lines.append(f"{indent}  since: 2020-01-01{draw(REMARKS)}")
        parts.append("\n".join(lines))
    parts.insert(draw(st.integers(0, len(parts))) if parts[0] != "name: >-" else 2, "age: x")
    return "\n".join(parts) + draw(st.sampled_from(["", "\n", "\n\n", "\n# end\n"]))


@settings(deadline=None)
@given(documents(), VALUES, VALUES)
def test_whatever_the_file_it_has_one_more_and_loses_no_line(
    text: str, key: str, since: str
) -> None:
    item = {"key": key, "since": since}
    made = with_item(text.encode(), "keys", item)
    assert made is not None
    before, after = read(text.encode()), read(made)
    assert after.pop("keys") == [*(before.pop("keys", None) or []), item]
    assert after == before
    rest = made.decode().split("\n")
    for line in text.rstrip("\n").split("\n"):
        rest.remove(line)


def read(content: bytes) -> dict[str, Any]:
    """What another program reads, every value as text."""
    found = YAML(typ="base", pure=True).load(io.BytesIO(content))
    assert isinstance(found, dict)
    if found.get("keys") == "":
        found["keys"] = None
    return found
