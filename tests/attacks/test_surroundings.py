"""What stands around is not obeyed, and no name is taken for an option."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from orgcode.adapters.git import running
from tests.attacks.entrances import adopt, audit, gate, orgcode
from tests.attacks.on_proposals import LAWFUL
from tests.attacks.on_surroundings import hostile_settings
from tests.attacks.stage import Ground, Stage

OPTIONS = ("--all", "-h", "--upload-pack=touch was-run", "--record", "", "main --not", "\x1b[31m")


@pytest.fixture
def stage(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    made = Stage.make(Ground.prepare(tmp_path_factory.mktemp("ground")), tmp_path, LAWFUL)
    made.step = made.merged()
    return made


def test_no_program_is_run_that_settings_name(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something lawful is done; with nothing held against the settings, their hook is run."""
    hostile_settings(stage)
    assert gate(stage).let_in
    assert adopt(stage).let_in
    assert audit(stage).let_in
    assert not (stage.folder / "was-run").exists()
    monkeypatch.setattr(running, "_SETTINGS", {})
    assert adopt(stage).let_in
    assert (stage.folder / "was-run").exists()


@pytest.mark.parametrize("name", OPTIONS)
def test_a_name_is_no_option(stage: Stage, name: str) -> None:
    for command in (
        ("gate", f"--base={name}", "--head=main"),
        ("gate", "--base=main", f"--head={name}"),
        ("audit", f"--target={name}"),
        ("audit", f"--from={name}"),
        ("adopt", "--", name),
        ("adopt", f"--target={name or '-'}", stage.id),  # an empty one is none
    ):
        code, said = orgcode(stage, *command)
        assert (code, bool(said.strip())) == (2, True), command
        assert "\x1b" not in said
    assert not list(stage.folder.rglob("was-run"))


def test_a_branch_that_looks_like_an_option(stage: Stage) -> None:
    """Git lets such a name be pushed; it is a name like any other."""
    stage.serve()
    for name in ("--upload-pack=x", "-x", "proposal/--record", "proposal/-h"):
        done = subprocess.run(
            ("git", "push", str(stage.server), f"{stage.head}:refs/heads/{name}"),
            cwd=stage.member,
            capture_output=True,
            check=False,
        )
        assert b"Traceback" not in done.stderr
        stage.git.references.create(f"refs/heads/{name}", stage.head, force=True)
    code, said = orgcode(stage, "status")
    assert code == 0
    assert "--record" not in said
    assert adopt(stage).let_in
