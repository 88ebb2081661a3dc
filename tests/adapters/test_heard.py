"""What is heard of a branch is what stands in any version of any file, however it was read."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from orgcode.adapters.git import heard
from orgcode.adapters.git.heard import Responses
from orgcode.documents.entries import whole_entries
from orgcode.model.digest import entry_digest
from orgcode.model.errors import OrgcodeError
from tests.builder import Builder

PATH = "proposals/soup/responses/kim.yaml"
GOOD = '- {{"stance": "{}", "change": "{}", "at": "2027-01-0{}T12:00:00Z", "after": null}}\n'
ODD = (
    "...\n",
    "- stance: maybe\n",
    "- [\n",
    "# said later\n",
    '- {"stance": "concern", "change": "' + "a" * 64 + '", "at": "2027-01-01T12:00:00Z",\n'
    '   "after": null, "reason": "one\n- two"}\n',
    "- stance: concern\n  change: " + "b" * 64 + "\n  at: 2027-01-01T12:00:00Z\n  after: null\n"
    "  reason: |\n    - as\n    - listed\n",
    "- &a {}\n",
    "---\n",
    "- stance: no",
)


def version(rng: Random, before: str) -> str:
    """A version of a file, mostly with more than the one before."""
    if rng.random() < 0.1:
        before = before[: rng.randint(0, len(before))]
    if rng.random() < 0.15:
        return before + rng.choice(ODD)
    good = GOOD.format(rng.choice(["consent", "no"]), rng.choice("ab") * 64, rng.randint(1, 9))
    return before + good


def test_reading_what_was_added_is_reading_everything(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path / "org")
    builder.commit({"README.md": "# Org\n"})
    base = builder.git("rev-parse", "HEAD")
    rng = Random(11)  # noqa: S311 (nothing is kept secret with it)
    added = 0
    for _ in range(12):
        builder.git("reset", "-q", "--hard", base)
        text, versions = "", []
        for _ in range(12):
            text = version(rng, text)
            versions.append(text)
            tip = builder.commit({PATH: text})
        commits = builder.find().commits
        responses = Responses(commits, "org", "soup")
        found = {(said.digest, said.response.pointer[0]) for said in responses.beyond(base, [tip])}
        expected = {
            (entry_digest("org", "soup", "kim", data), place)
            for each in versions
            for place, data in whole_entries(each.encode())
        }
        assert found == expected
        added += len(expected)
    assert added > 50


def test_more_than_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each version is another from its beginning on, so that all of it has to be read."""
    builder = Builder.make(tmp_path / "org")
    base = builder.commit({"README.md": "# Org\n"})
    reason = {"stance": "concern", "change": "a" * 64, "at": "2027-01-01T12:00:00Z", "after": None}
    for place in range(5):
        text = json.dumps([{**reason, "reason": f"{place} {'x' * 1000}"}])
        tip = builder.commit({PATH: text})
    assert len(list(Responses(builder.find().commits, "org", "soup").beyond(base, [tip]))) == 5
    monkeypatch.setattr(heard, "MAX_SAID", 4000)
    with pytest.raises(OrgcodeError, match="More was said"):
        list(Responses(builder.find().commits, "org", "soup").beyond(base, [tip]))
