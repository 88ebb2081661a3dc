"""What stood on a day is the last step of the main line committed by its end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from orgcode.adapters.git.repository import find
from orgcode.model.errors import OrgcodeError
from tests.builder import Builder


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    return Builder.make(tmp_path / "org")


def test_a_day_ends_at_midnight_utc_wherever_the_commit_was_made(builder: Builder) -> None:
    first = builder.commit({"org.yaml": "1"}, at="2026-01-05T23:59:59Z")
    second = builder.commit({"org.yaml": "2"}, at="2026-01-06T00:00:00Z")
    third = builder.commit({"org.yaml": "3"}, at="2026-01-08T01:30:00+02:00")
    repository = builder.find()
    assert repository.commit_on(day("2026-01-05")).id == first
    assert repository.commit_on(day("2026-01-06")).id == second
    assert repository.commit_on(day("2026-01-07")).id == third
    assert repository.commit_on(date.max).id == third


def test_the_order_of_the_line_decides_where_clocks_were_wrong(builder: Builder) -> None:
    builder.commit({"org.yaml": "1"}, at="2026-03-01T12:00:00Z")
    ahead = builder.commit({"org.yaml": "2"}, at="2029-01-01T12:00:00Z")
    behind = builder.commit({"org.yaml": "3"}, at="2026-03-03T12:00:00Z")
    repository = builder.find()
    assert repository.commit_on(day("2026-03-03")).id == behind
    assert repository.commit_on(day("2029-06-01")).id == behind
    assert repository.commit_on(day("2026-03-02")).id != ahead


def test_what_was_merged_counts_from_its_merge(builder: Builder) -> None:
    builder.commit({"org.yaml": "1"}, at="2026-01-01T12:00:00Z")
    builder.git("checkout", "-q", "-b", "side")
    builder.commit({"roles/kok.yaml": "1"}, at="2026-01-02T12:00:00Z")
    builder.git("checkout", "-q", "main")
    builder.git("merge", "-q", "--no-ff", "-m", "Merge", "side", at="2026-01-04T12:00:00Z")
    repository = builder.find()
    assert "roles/kok.yaml" not in repository.commit_on(day("2026-01-03")).entries
    assert "roles/kok.yaml" in repository.commit_on(day("2026-01-04")).entries
    assert "roles/kok.yaml" in repository.commit_on(day("2026-01-03"), "side").entries


def test_before_the_beginning_it_says_when_that_was(builder: Builder) -> None:
    builder.commit({"org.yaml": "1"}, at="2026-01-05T12:00:00Z")
    with pytest.raises(OrgcodeError) as caught:
        builder.find().commit_on(day("2026-01-04"))
    assert caught.value.cause.id.startswith("On {day} there was nothing yet")
    assert caught.value.cause.arguments["began"] == day("2026-01-05")


def test_a_shallow_clone_says_how_far_back_it_goes(builder: Builder, tmp_path: Path) -> None:
    builder.commit({"org.yaml": "1"}, at="2026-01-01T12:00:00Z")
    builder.commit({"org.yaml": "2"}, at="2026-02-01T12:00:00Z")
    last = builder.commit({"org.yaml": "3"}, at="2026-03-01T12:00:00Z")
    clone = tmp_path / "clone"
    builder.git("clone", "-q", "--depth=2", f"file://{builder.root}", str(clone))
    repository = find(clone)
    assert repository.commit_on(day("2026-03-01")).id == last
    assert repository.commit_on(day("2026-02-03")).id != last
    with pytest.raises(OrgcodeError) as caught:
        repository.commit_on(day("2026-01-15"))
    assert "shallow" in caught.value.cause.id
    assert caught.value.cause.arguments["began"] == day("2026-02-01")


def test_a_commit_from_beyond_the_calendar_can_be_dated(builder: Builder) -> None:
    builder.commit({"org.yaml": "1"})
    tree = builder.git("rev-parse", "HEAD^{tree}")
    who = "A <a@example.org> 9999999999999 +0000"
    made = f"tree {tree}\nauthor {who}\ncommitter {who}\n\nFar away\n"
    id = builder.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=made.encode())
    builder.git("update-ref", "refs/heads/main", id)
    with pytest.raises(OrgcodeError):
        builder.find().commit_on(day("2026-01-04"))
    assert builder.find().commit("HEAD").committed_at.year == 9999
