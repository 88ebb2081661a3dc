"""What is too much is refused or answered, in bounded time and memory and with a clear message."""

from __future__ import annotations

import json
import shlex
import signal
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.attacks.entrances import Answer, audit, gate, hook
from tests.attacks.on_proposals import LAWFUL
from tests.attacks.running import PROGRAM, orgcode
from tests.attacks.stage import NOW, Ground, Stage, dumped
from tests.law.by_rules.small import PROPOSAL
from tests.law.generated.responses import written

BOUND = 120
"""Seconds; only so that nothing hangs."""
MEMORY = 512
"""Megabytes that orgcode may take."""


@pytest.fixture(autouse=True)
def _ends() -> Iterator[None]:
    """Let nothing hang."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(BOUND)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def stage(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage.make(Ground.prepare(tmp_path_factory.mktemp("ground")), tmp_path, LAWFUL)


def told(stage: Stage) -> Iterator[Answer]:
    usage = measuring_hook(stage)
    for entrance in (gate, hook, audit):
        answer = entrance(stage)
        assert answer.said.strip()
        yield answer
    asked = ("gate", f"--base={stage.base_ref}", f"--head=refs/heads/proposal/{stage.id}")
    alone = orgcode(*asked, folder=stage.member, environment=stage.environment, now=written(NOW))
    assert alone.megabytes <= MEMORY
    assert int(usage.read_text().split()[1]) <= MEMORY


def measuring_hook(stage: Stage) -> Path:
    """Let the hook of the server write down what it takes, and where."""
    usage, program = stage.folder / "usage", stage.folder / "measured.py"
    program.write_text(PROGRAM)
    file = stage.serve() / "hooks" / "pre-receive"
    before, _, command = file.read_text().partition("exec ")
    own = (sys.executable, str(program), str(usage), *shlex.split(command)[1:])
    file.write_text(f"{before}exec {shlex.join(own)}\n")
    return usage


def test_a_deep_tree(stage: Stage) -> None:
    """Folders within folders, and one folder many times over."""
    blob = str(stage.git.create_blob(b"x"))
    tree = stage.tree((b"100644", b"a", blob))
    for _ in range(5000):
        tree = stage.tree((b"40000", b"a", tree))
    put(stage, tree)
    assert not any(answer.let_in for answer in told(stage))


def test_a_tree_that_names_itself_many_times(stage: Stage) -> None:
    blob = str(stage.git.create_blob(b"x"))
    tree = stage.tree(*((b"100644", b"%02d" % place, blob) for place in range(50)))
    for _ in range(8):
        tree = stage.tree(*((b"40000", b"%02d" % place, tree) for place in range(50)))
    put(stage, tree)
    found = [gate(stage), audit(stage)]  # git itself would never end packing it for a push
    assert not any(answer.let_in for answer in found)
    assert all("more than" in answer.said for answer in found)


def put(stage: Stage, tree: str) -> None:
    """A folder is part of what is proposed, and of the step."""
    items = [
        (b"40000" if e.filemode == 0o40000 else b"100644", str(e.name).encode(), str(e.id))
        for e in stage.at(stage.head).tree
    ]
    whole = stage.tree(*items, (b"40000", b"zzz", tree))
    stage.head = stage.written((stage.head,), whole, "Deep\n", NOW - timedelta(hours=1))
    stage.propose()
    stage.step = stage.written((stage.target, stage.head), whole, "Deep\n", NOW)


@pytest.mark.parametrize(
    "path",
    [
        "roles/huge.yaml",
        "pages/huge.md",
        "assets/huge.bin",
        f"proposals/{PROPOSAL}/responses/eli.yaml",
    ],
)
def test_a_huge_file(stage: Stage, path: str) -> None:
    content = b"- " + b"x" * (70 * 1024 * 1024)
    stage.change({path: content})
    stage.step = stage.merged()
    assert not any(answer.let_in for answer in told(stage))


def test_thousands_of_responses_in_one_file(stage: Stage) -> None:
    """All in one commit, of somebody who has no say in it."""
    change = stage.digest()
    entries = [
        {
            "stance": "concern",
            "change": change,
            "at": f"2027-02-20T12:00:{n % 60:02}Z",
            "after": None,
            "reason": f"Number {n}.",
        }
        for n in range(3000)
    ]
    stage.change({f"proposals/{PROPOSAL}/responses/zoe.yaml": dumped(entries)})
    stage.step = stage.merged()
    for answer in told(stage):
        assert not answer.let_in
        assert "more values than orgcode reads" in answer.said


def test_thousands_of_responses_one_after_another(stage: Stage) -> None:
    """Each in a commit of its own, which holds all before it once more."""
    path, said = f"proposals/{PROPOSAL}/responses/zoe.yaml", ""
    change = stage.digest()
    for n in range(300):
        entry = {
            "stance": "concern",
            "change": change,
            "at": "2027-02-20T12:00:00Z",
            "after": None,
            "reason": f"Number {n}.",
        }
        said += f"- {json.dumps(entry)}\n"
        stage.head = stage.commit((stage.head,), {path: said}, at=NOW - timedelta(days=1))
    stage.propose()
    stage.step = stage.merged()
    for answer in told(stage):
        assert answer.let_in, answer.said
