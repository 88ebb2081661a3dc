"""Links in Markdown: which are followed, and to where."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orgcode.model.links import in_markdown, resolve, targets


@pytest.mark.parametrize(
    ("text", "leads_to"),
    [
        ("[Cook](../roles/cook.yaml)", ["../roles/cook.yaml"]),
        ("![Door](../assets/door.png 'The door')", ["../assets/door.png"]),
        ("[a](<../assets/the plan.pdf>)", ["../assets/the plan.pdf"]),
        ("[a](plan_(1).pdf) and [b](b.md)", ["plan_(1).pdf", "b.md"]),
        ("[cook]: ../roles/cook.yaml", ["../roles/cook.yaml"]),
        ("[a](https://example.org) [b](mailto:a@b.nl) [c](#top) [d](//cdn) [e]()", []),
        ("`[a](no.md)` and ``[b](`no.md)`` [c](yes.md)", ["yes.md"]),
        ("```\n[a](no.md)\n```\n[b](yes.md)", ["yes.md"]),
        ("~~~\n```\n[a](no.md)\n~~~\n[b](yes.md)", ["yes.md"]),
        ("a lone ` and [b](yes.md)", ["yes.md"]),
    ],
)
def test_links_to_files_are_found_outside_code(text: str, leads_to: list[str]) -> None:
    assert [target for _, _, target in in_markdown(text)] == leads_to
    assert list(targets(text)) == leads_to


@given(st.lists(st.sampled_from([*"ab `~[]()<>:#\n\r", "```", "~~~", "](", "](a)", "[a]: b"])))
@example(["](<", "\n", "a", ">"])
@example(["](", "\n", "a", ")"])
@example(["](a)", "`", "\n", "`", "](a)", "`"])
def test_the_short_way_finds_the_same_links_each_once(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert list(targets(text)) == list(dict.fromkeys(found for _, _, found in in_markdown(text)))


def test_a_link_has_its_line_and_column() -> None:
    assert list(in_markdown("one\n  see `x` [a](b.md)")) == [(2, 15, "b.md")]


@pytest.mark.parametrize(
    ("target", "path", "leads_to"),
    [
        ("../roles/cook.yaml", "pages/a.md", "roles/cook.yaml"),
        ("b.md#part", "pages/a.md", "pages/b.md"),
        ("the%20plan.pdf?raw=1", "pages/a.md", "pages/the plan.pdf"),
        ("/org.yaml", "pages/a.md", "org.yaml"),
        ("../../etc/passwd", "pages/a.md", None),
        ("..", "pages/a.md", ""),
    ],
)
def test_a_link_starts_from_the_folder_of_its_file(
    target: str, path: str, leads_to: str | None
) -> None:
    assert resolve(target, path) == leads_to


@pytest.mark.parametrize(
    "text",
    [
        "](" * 50_000,
        "`" * 100_000,
        "` `` " * 20_000,
        "](<" * 30_000,
        "](a(" * 25_000,
        "[" * 100_000,
    ],
)
def test_text_that_means_harm_is_read_in_a_second(text: str) -> None:
    start = perf_counter()
    list(in_markdown(text))
    list(targets(text))
    assert perf_counter() - start < 1
