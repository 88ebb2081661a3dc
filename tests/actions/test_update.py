"""`init --update` refreshes what orgcode made, and never touches what people changed."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from orgcode.actions.init import Founding, init
from orgcode.actions.tooling import RECORD, WORKFLOW, digest, read_record
from orgcode.actions.update import Outcome, Updated, update
from orgcode.model.errors import OrgcodeError
from tests.builder import Builder

NOW = datetime(2028, 2, 29, 12, 30, tzinfo=UTC)
ID = UUID("0b6c0e63-5d0c-4c51-8a3c-9b1f1c7e6c11")
CIRCLE = "schema/circle.schema.json"
EDITOR = ".editorconfig"
OLD, NEW = "0.9.0", "0.10.0"


@pytest.fixture
def repository(tmp_path: Path) -> Builder:
    """An organisation that an older version made, with two files that were different then."""
    founding = Founding(name="De Haan", purpose="Wakker.", founder="Sara", language="nl")
    builder = Builder(init(tmp_path / "org", founding, NOW, ID).folder)
    set_back(builder, {CIRCLE: b'{"old": true}\n', WORKFLOW: b"old: true\n"})
    builder.commit()
    return builder


def set_back(builder: Builder, files: Mapping[str, bytes], version: str = OLD) -> None:
    """As if the older version had written these files."""
    file = builder.root / RECORD
    data = json.loads(file.read_bytes())
    data["orgcode"] = version
    for path, content in files.items():
        builder.write(path, content)
        data["files"][path] = digest(content)
    file.write_text(json.dumps(data, indent=2) + "\n")


def run(builder: Builder, version: str = NEW, *, write: bool = True) -> Updated:
    return update(builder.root, date(2028, 3, 1), version, write=write)


def of(done: Updated, outcome: Outcome) -> set[str]:
    return {path for path, what in done.outcomes.items() if what == outcome}


def everything(builder: Builder) -> dict[str, bytes]:
    return {
        str(file.relative_to(builder.root)): file.read_bytes()
        for file in sorted(builder.root.rglob("*"))
        if file.is_file() and ".git" not in file.relative_to(builder.root).parts
    }


def test_what_an_older_version_wrote_is_refreshed(repository: Builder) -> None:
    head = repository.git("rev-parse", "HEAD")
    done = run(repository)
    assert of(done, "refreshed") == {CIRCLE, WORKFLOW}
    assert of(done, "current") == set(done.outcomes) - {CIRCLE, WORKFLOW}
    assert "title" in json.loads((repository.root / CIRCLE).read_bytes())
    assert f"orgcode=={NEW}" in (repository.root / WORKFLOW).read_text()
    assert repository.git("rev-parse", "HEAD") == head
    assert repository.git("diff", "--cached", "--name-only") == ""
    assert set(repository.git("diff", "--name-only").split()) == {CIRCLE, WORKFLOW, RECORD}


def test_a_second_time_nothing_is_left_to_do(repository: Builder) -> None:
    run(repository)
    before = everything(repository)
    assert set(run(repository).outcomes.values()) == {"current"}
    assert everything(repository) == before


def test_what_somebody_changed_is_kept_and_shown(repository: Builder) -> None:
    repository.write(CIRCLE, b'{"mine": true}\n')
    done = run(repository)
    assert of(done, "changed") == {CIRCLE}
    assert (repository.root / CIRCLE).read_bytes() == b'{"mine": true}\n'
    assert f"--- a/{CIRCLE}\n+++ b/{CIRCLE}\n" in done.difference
    assert '-{"mine": true}\n' in done.difference
    assert of(run(repository, "0.11.0"), "changed") == {CIRCLE}


def test_a_change_that_is_taken_back_makes_it_ours_again(repository: Builder) -> None:
    repository.write(CIRCLE, b'{"mine": true}\n')
    run(repository)
    repository.write(CIRCLE, b'{"old": true}\n')
    assert of(run(repository), "refreshed") == {CIRCLE}


def test_what_somebody_deleted_stays_away(repository: Builder) -> None:
    (repository.root / EDITOR).unlink()
    for _ in range(2):
        assert of(run(repository), "deleted") == {EDITOR}
        assert not (repository.root / EDITOR).exists()


def test_what_is_made_for_the_first_time_is_new(repository: Builder) -> None:
    file = repository.root / RECORD
    data = json.loads(file.read_bytes())
    del data["files"][EDITOR]
    file.write_text(json.dumps(data))
    (repository.root / EDITOR).unlink()
    assert of(run(repository), "new") == {EDITOR}
    assert (repository.root / EDITOR).stat().st_mode & 0o777 == 0o644


def test_the_patch_that_is_shown_applies(repository: Builder) -> None:
    repository.write(CIRCLE, b'{"mine": true}')
    (repository.root / EDITOR).unlink()
    repository.commit()
    done = run(repository, write=False)
    assert (repository.root / CIRCLE).read_bytes() == b'{"mine": true}'
    repository.git("apply", stdin=done.difference.encode())
    after = run(repository)
    assert set(after.outcomes.values()) == {"current"}


def test_a_dry_run_writes_nothing(repository: Builder) -> None:
    before = everything(repository)
    assert of(run(repository, write=False), "refreshed") == {CIRCLE, WORKFLOW}
    assert everything(repository) == before
    assert repository.git("status", "--porcelain") == ""


def test_a_clone_by_somebody_else_is_refreshed_as_well(repository: Builder, tmp_path: Path) -> None:
    repository.git("clone", "-q", str(repository.root), str(tmp_path / "clone"))
    clone = Builder(tmp_path / "clone")
    clone.git("switch", "-q", "-c", "my-proposal")
    assert of(run(clone), "refreshed") == {CIRCLE, WORKFLOW}
    assert 'branches: ["main"]' in (clone.root / WORKFLOW).read_text().replace("'", '"')


def test_line_ends_of_another_computer_are_no_change(repository: Builder, tmp_path: Path) -> None:
    repository.git(
        "clone", "-q", "-c", "core.autocrlf=true", str(repository.root), str(tmp_path / "clone")
    )
    clone = Builder(tmp_path / "clone")
    assert b"\r\n" in (clone.root / CIRCLE).read_bytes()
    done = run(clone)
    assert of(done, "refreshed") == {CIRCLE, WORKFLOW}
    assert of(done, "changed") == set()
    content = (clone.root / CIRCLE).read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") > 1
    assert set(run(clone).outcomes.values()) == {"current"}


def test_a_link_is_never_followed(repository: Builder, tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    outside.write_bytes(b'{"old": true}\n')
    (repository.root / CIRCLE).unlink()
    (repository.root / CIRCLE).symlink_to(outside)
    assert of(run(repository), "link") == {CIRCLE}
    assert outside.read_bytes() == b'{"old": true}\n'


def test_a_folder_that_is_a_link_is_not_entered(repository: Builder, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (repository.root / "schema").rename(elsewhere)
    (repository.root / "schema").symlink_to(elsewhere)
    before = {file.name: file.read_bytes() for file in elsewhere.iterdir()}
    done = run(repository)
    assert all(done.outcomes[path] == "link" for path in done.outcomes if "schema/" in path)
    assert done.record_was_damaged
    assert {file.name: file.read_bytes() for file in elsewhere.iterdir()} == before


def test_what_is_read_only_stays_as_it_is(repository: Builder) -> None:
    (repository.root / CIRCLE).chmod(0o444)
    assert of(run(repository), "read-only") == {CIRCLE}
    assert (repository.root / CIRCLE).read_bytes() == b'{"old": true}\n'


def test_a_folder_in_the_place_of_a_file_is_kept(repository: Builder) -> None:
    (repository.root / EDITOR).unlink()
    (repository.root / EDITOR).mkdir()
    assert of(run(repository), "unreadable") == {EDITOR}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_leaves_all_as_it_was(repository: Builder) -> None:
    before = everything(repository)
    (repository.root / "schema").chmod(0o555)
    try:
        with pytest.raises(OrgcodeError):
            run(repository)
    finally:
        (repository.root / "schema").chmod(0o755)
    assert everything(repository) == before


def test_uncommitted_work_is_kept(repository: Builder) -> None:
    repository.write("org.yaml", "name: half\n")
    repository.write(".gitignore", "site/\nmine/\n")
    repository.git("add", ".gitignore")
    assert of(run(repository), "changed") == {".gitignore"}
    assert (repository.root / "org.yaml").read_text() == "name: half\n"
    assert repository.git("diff", "--cached", "--name-only") == ".gitignore"


def test_an_older_version_refuses(repository: Builder) -> None:
    before = everything(repository)
    with pytest.raises(OrgcodeError):
        run(repository, "0.8.9")
    assert everything(repository) == before


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b"[" * 100_000, b'{"orgcode": 1}', b"\xff", b'{"files": {"a": 1}}']
)
def test_a_damaged_record_makes_nothing_lost(repository: Builder, damage: bytes) -> None:
    repository.write(RECORD, damage)
    repository.write(EDITOR, "mine\n")
    done = run(repository)
    assert done.record_was_damaged
    assert of(done, "changed") == {CIRCLE, WORKFLOW, EDITOR}
    assert (repository.root / EDITOR).read_text() == "mine\n"
    record = read_record((repository.root / RECORD).read_bytes())
    assert record is not None
    assert record.version == NEW


def test_a_record_names_no_file_outside_the_tooling(repository: Builder) -> None:
    data = json.loads((repository.root / RECORD).read_bytes())
    org = (repository.root / "org.yaml").read_bytes()
    data["files"] |= {"org.yaml": digest(org), "../x": digest(b""), ".git/config": "0"}
    repository.write(RECORD, json.dumps(data))
    done = run(repository)
    assert (repository.root / "org.yaml").read_bytes() == org
    assert "../x" not in {path for path, what in done.outcomes.items() if what == "refreshed"}


EARLY_WORKFLOW = """\
# Controleert elk voorstel. Deze stap mag alleen lezen.
name: orgcode
on:
  pull_request:
  push:
    branches: ["trunk"]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install "orgcode==0.1.0"
      - run: orgcode check --format github
"""


def test_what_the_first_versions_wrote_without_a_record_is_known(repository: Builder) -> None:
    (repository.root / RECORD).unlink()
    (repository.root / EDITOR).unlink()
    repository.write(WORKFLOW, EARLY_WORKFLOW)
    repository.write(CIRCLE, b'{"mine": true}\n')
    done = run(repository)
    assert not done.record_was_damaged
    assert of(done, "refreshed") == {WORKFLOW}
    assert of(done, "deleted") == {EDITOR}
    assert of(done, "changed") == {CIRCLE}
    written = (repository.root / WORKFLOW).read_text()
    assert "trunk" in written
    assert f"orgcode=={NEW}" in written
    assert written.startswith("# Controleert")
    assert of(run(repository), "deleted") == {EDITOR}


def test_a_repository_that_orgcode_did_not_make_gets_all_of_it(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path / "own")
    builder.commit({"org.yaml": "name: Own\nlanguages: [nl]\n", ".gitignore": "mine\n"})
    done = run(builder)
    assert of(done, "changed") == {".gitignore"}
    assert set(done.outcomes.values()) == {"new", "changed"}
    assert builder.git("status", "--porcelain", ".gitignore") == ""


def test_what_is_no_organisation_is_refused(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path / "code")
    builder.commit({"main.py": ""})
    with pytest.raises(OrgcodeError):
        run(builder)
    assert everything(builder) == {"main.py": b""}


def test_a_record_can_be_read_by_anybody(repository: Builder) -> None:
    check = subprocess.run(["git", "check-ignore", "-q", RECORD], cwd=repository.root, check=False)
    assert check.returncode == 1
