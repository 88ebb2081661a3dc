"""Long texts of other systems, as purpose and context."""

from __future__ import annotations

import time

import pytest

from orgcode.adapters.importers.kubernetes_links import repository_of, whole
from orgcode.adapters.importers.kubernetes_meetings import rhythm_of
from orgcode.adapters.importers.leaves import MAX_TEXT
from orgcode.adapters.importers.prose import absolute, links_in, plain, purpose_of


def resolve(target: str) -> str | None:
    return None if target.startswith("javascript:") else f"https://a.example/{target}"


@pytest.mark.parametrize(
    ("text", "words", "rest"),
    [
        ("Does one thing.\n", "Does one thing.", None),
        ("Does  one\nthing", "Does one thing", None),
        ("Does this. Also that. And more.", "Does this. Also that. And more.", None),
        (
            "Runs batch jobs (e.g. HPC. And AI). Then more",
            "Runs batch jobs (e.g. HPC. And AI). Then more",
            None,
        ),
        ("Runs jobs, e.g. CI.", "Runs jobs, e.g. CI.", None),
        ("Covers it.\n\n> a quote", "Covers it.", "> a quote"),
        ("Covers it. See [x](y).", "Covers it.", "See [x](https://a.example/y)."),
        ("See [x](y). More.", "See x.", "See [x](https://a.example/y). More."),
        ("**Best effort** only. **B**.", "Best effort only. B.", None),
        ("**Best effort. Only** so.", "**Best effort.", "**Best effort. Only** so."),
        ("Word " * 50 + "end. Next one.", "Word " * 50 + "end.", "Next one."),
        ("", "", None),
    ],
)
def test_the_first_plain_sentences_are_the_purpose(text: str, words: str, rest: str | None) -> None:
    assert purpose_of(text, resolve) == (words, rest)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[a](b) and `c`", "a and c"),
        ("one<br/>two", "one two"),
        ("[[x]](y)", "[x]"),
        ("**a** __b__", "a b"),
        ("a ** b", "a ** b"),
        ("[](y)", "y"),
    ],
)
def test_plain_words(text: str, words: str) -> None:
    assert plain(text) == words


def test_links_lead_where_they_led() -> None:
    text = "[a](b) ![c](d) [e](javascript:f)"
    assert absolute(text, resolve) == (
        "[a](https://a.example/b) ![c](https://a.example/d) [e](javascript:f)"
    )
    assert links_in(text, resolve) == [("a", "https://a.example/b"), ("c", "https://a.example/d")]


@pytest.mark.parametrize(
    ("words", "every", "besides"),
    [
        ("biweekly", "2 weeks", ""),
        ("Bi-weekly (On demand)", "2 weeks", "(On demand)"),
        ("weekly - except fourth Tuesday", "1 week", "except fourth Tuesday"),
        ("every four weeks", "4 weeks", ""),
        ("every third week", "3 weeks", ""),
        ("Monthly on 4th Thursday", "1 month", "on 4th Thursday"),
        ("every third Wednesday of the month", "1 month", "every third Wednesday of the month"),
        ("First Wednesday of the month", "1 month", "First Wednesday of the month"),
        ("2nd and 4th Tuesday of each month", None, "2nd and 4th Tuesday of each month"),
        ("biweekly/triweekly", None, "biweekly/triweekly"),
        ("semimonthly", None, "semimonthly"),
        ("", None, ""),
    ],
)
def test_how_often_something_is(words: str, every: str | None, besides: str) -> None:
    assert rhythm_of(words) == (every, besides)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://a.example/b#c", "https://a.example/b#c"),
        (" https://a.example ", "https://a.example"),
        ("\u200bhttps://a.example", "https://a.example"),
        ("a@b.example", "mailto:a@b.example"),
        ("javascript:alert(1)", None),
        ("https://a.example/b c", None),
        ("TBD", None),
        ("", None),
    ],
)
def test_whole_addresses(text: str, address: str | None) -> None:
    assert whole(text) == address


@pytest.mark.parametrize(
    ("address", "repository"),
    [
        ("https://raw.githubusercontent.com/a/b/main/OWNERS", "a/b"),
        ("https://raw.githubusercontent.com/a/b/refs/heads/main/OWNERS", "a/b"),
        ("https://raw.githubusercontent.com/a/b/main/c/d/OWNERS", "a/b/c/d"),
        ("https://github.com/a/b/blob/master/c/OWNERS", "a/b/c"),
        ("https://a.example/OWNERS", "https://a.example/OWNERS"),
    ],
)
def test_what_owners_look_after(address: str, repository: str) -> None:
    assert repository_of(address) == repository


@pytest.mark.parametrize(
    "piece", ["[", "[a](", "**a ", "a. B", "\n", "](", "(", "__a", "<br ", " "]
)
def test_long_nonsense_is_read_at_once(piece: str) -> None:
    text = (piece * MAX_TEXT)[:MAX_TEXT]  # no longer ones are taken
    begin = time.perf_counter()
    purpose_of(text, resolve)
    plain(text)
    links_in(text, resolve)
    assert time.perf_counter() - begin < 2
