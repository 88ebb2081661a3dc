"""The ways by which a change can come to count, each tried as a member would: what does it say?"""

from __future__ import annotations

import os
import select
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from typing import NamedTuple
from unittest.mock import patch as patched

from orgcode.actions.receiving import parse_moves, refusals
from orgcode.cli.main import run
from tests.attacks.stage import LOG, NOW, Stage
from tests.law.generated.responses import written


class Answer(NamedTuple):
    """Whether an entrance let it in, and what it said."""

    let_in: bool
    said: str


def gate(stage: Stage) -> Answer:
    head = stage.head_ref or f"refs/heads/proposal/{stage.id}"
    code, said = orgcode(stage, "gate", f"--base={stage.base_ref}", f"--head={head}")
    return Answer(code == 0, said)


def adopt(stage: Stage) -> Answer:
    code, said = orgcode(stage, "adopt", stage.id)
    moved = str(stage.git.references["refs/heads/main"].target) != stage.target
    stage.main()
    assert moved == (code == 0), said
    return Answer(code == 0, said)


def record(stage: Stage) -> Answer:
    """Put on record that it ended without being adopted."""
    code, said = orgcode(stage, "adopt", stage.id, "--record")
    stage.main()
    return Answer(code == 0, said)


def hook(stage: Stage) -> Answer:
    """A push to a server on which the hook is installed."""
    return _pushed(stage, _push(stage))


def open_hook(stage: Stage) -> Answer:
    """The same, where a hook of the test asks this process, in which defences are off."""
    hooks = stage.serve() / "hooks"
    asked, answer = stage.folder / "asked", stage.folder / "answer"
    for pipe in (asked, answer):
        os.mkfifo(pipe)
    (hooks / "post-receive").unlink()
    (hooks / "pre-receive").write_text(
        f"#!/bin/sh\n{{ echo \"$GIT_QUARANTINE_PATH\"; cat; }} > '{asked}'\n"
        f"read code < '{answer}'\nexit $code\n"
    )
    pushing = _push(stage)
    reading = os.open(asked, os.O_RDONLY | os.O_NONBLOCK)
    told = b""
    while pushing.poll() is None or not told:
        if select.select([reading], [], [], 0.01)[0] and (chunk := os.read(reading, 65536)):
            told += chunk
        elif (told.endswith(b"\n") and b"\n" in told[:-1]) or pushing.poll() is not None:
            break
    os.close(reading)
    if told:
        quarantine, _, moves = told.decode().partition("\n")
        with patched.dict(os.environ, {"GIT_QUARANTINE_PATH": quarantine, **stage.environment}):
            found = refusals(stage.server, parse_moves(moves), NOW)
        answer.write_text(f"{len(found)}\n")
    return _pushed(stage, pushing)


def audit(stage: Stage) -> Answer:
    """The step was forced upon main behind the hook's back."""
    stage.git.references.create("refs/heads/main", stage.step, force=True)
    code, said = orgcode(stage, "audit", f"--from={stage.audited_from or stage.target}")
    stage.main()
    return Answer(code == 0, said)


Entrance = Callable[[Stage], Answer]
ENTRANCES: tuple[Entrance, ...] = (gate, adopt, hook, audit)


def orgcode(stage: Stage, *arguments: str) -> tuple[int, str]:
    """What orgcode answers in this process; never with a traceback, nor as if it had a bug."""
    out, err = StringIO(), StringIO()
    with _in(stage), redirect_stdout(out), redirect_stderr(err):
        options = ("-C", str(stage.member), "--now", written(NOW), "--lang", "en")
        code = run([*options, *arguments])
    said = out.getvalue() + err.getvalue()
    assert code in {0, 1, 2}, said
    assert "Traceback" not in said
    return code, said


@contextmanager
def _in(stage: Stage) -> Iterator[None]:
    with patched.dict(os.environ, stage.environment):
        yield


def _push(stage: Stage) -> subprocess.Popen[bytes]:
    stage.serve()
    return subprocess.Popen(
        (
            "git",
            "push",
            "--force",
            str(stage.server),
            f"{stage.step}:refs/heads/main",
            *stage.pushes,
        ),
        cwd=stage.member,
        env={**os.environ, "LC_ALL": "C", **stage.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _pushed(stage: Stage, pushing: subprocess.Popen[bytes]) -> Answer:
    said, _ = pushing.communicate(timeout=60)
    done = subprocess.run(
        ("git", "rev-parse", "refs/heads/main"), cwd=stage.server, capture_output=True, check=True
    )
    let_in = done.stdout.decode().strip() == stage.step
    assert let_in == (pushing.returncode == 0), said
    assert b"Traceback" not in said
    return Answer(let_in, said.decode("utf-8", "replace"))


__all__ = ["ENTRANCES", "LOG", "Answer", "Entrance"]
