"""propose, respond and adopt, killed at any system call that changes something, or with a disk that
is full or read-only there: nothing is lost, and the next run succeeds.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.actions.faults import Call, is_possible, record, record_git, strike, strike_git
from tests.builder import Builder
from tests.cli.conftest import start
from tests.proposing import BAKER, PROPOSAL, House

pytestmark = pytest.mark.skipif(not is_possible(), reason="strace is not there, or may not trace")

NOW = ("--now", "2027-01-05T09:00:00Z")
KILLED = -9
SAMPLE = 4
"""So many of the calls are struck in CI, spread evenly; `deep` strikes each."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A repository in which one command is about to be given."""

    root: Path
    command: tuple[str, ...]
    ref: str
    """The reference that the command moves."""

    def again(self, place: Path) -> Scene:
        """The same, untouched, elsewhere."""
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.root, place, symlinks=True)
        return Scene(place, self.command, self.ref)

    @property
    def builder(self) -> Builder:
        return Builder(self.root)

    def tip(self) -> str:
        return self.builder.git("for-each-ref", "--format=%(objectname)", self.ref)

    def files(self) -> dict[str, bytes]:
        """What somebody has on disk."""
        found = (p for p in self.root.rglob("*") if ".git" not in p.parts and p.is_file())
        return {str(p.relative_to(self.root)): p.read_bytes() for p in found}


def propose(folder: Path) -> Scene:
    house = House.make(folder)
    house.builder.write("roles/baker.yaml", BAKER["roles/baker.yaml"])
    command = ("propose", "--title", "Bread", "--id", PROPOSAL, "--as", "cas")
    return Scene(house.builder.root, command, f"refs/heads/proposal/{PROPOSAL}")


def respond(folder: Path) -> Scene:
    house = House.make(folder)
    house.propose()
    house.builder.write("roles/cook.yaml", "not finished")
    command = ("respond", PROPOSAL, "consent", "--as", "kim")
    return Scene(house.builder.root, command, f"refs/heads/proposal/{PROPOSAL}")


def adopt(folder: Path) -> Scene:
    house = House.make(folder)
    house.propose()
    for person in ("kim", "rob"):
        house.respond(person, "consent")
    house.builder.write("roles/cook.yaml", "not finished")
    return Scene(house.builder.root, ("adopt", PROPOSAL), "refs/heads/main")


SCENES = {"propose": propose, "respond": respond, "adopt": adopt}


def spread(calls: Sequence[Call], count: int) -> list[Call]:
    """Some of them, evenly, the first and the last among them."""
    places = {round(n * (len(calls) - 1) / (count - 1)) for n in range(count)}
    return [calls[place] for place in sorted(places)]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A scene, and the calls of its command in a run in which nothing goes wrong."""

    scene: Scene
    calls: tuple[Call, ...]
    git: tuple[Call, ...]
    """Those of the git that moves the branch."""

    @classmethod
    def of(cls, name: str, folder: Path) -> Recorded:
        scene = SCENES[name](folder / "first")
        copy = scene.again(folder / "copy")
        calls = record(copy.root, folder / "log", *NOW, *copy.command)
        inside = [call for call in calls if call.is_below(copy.root)]
        assert len(inside) > 10, "strace saw nothing of what was written"
        copy = scene.again(folder / "copy")
        git = record_git(copy.root, folder / "log", *NOW, *copy.command)
        assert any(call.name.startswith("rename") for call in git), "the branch was not moved"
        return cls(scene, calls, git)


Get = Callable[[str], Recorded]


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Get:
    """Each scene by its name, made and recorded once."""
    return cache(lambda name: Recorded.of(name, tmp_path_factory.mktemp(name)))


def check_after(scene: Scene, copy: Scene, call: Call) -> None:
    """Sound, in the old state or the new one, with the files of the user; and one can go on."""
    copy.builder.git("fsck", "--strict")
    old, here = scene.files(), copy.files()
    assert {path: here.get(path) for path in old} == old, call
    tip, before = copy.tip(), scene.tip()
    if tip != before:
        # the new state is a whole one: everything that was proposed or said can be read
        listed = copy.builder.git("ls-tree", "-r", "--name-only", tip)
        assert f"proposals/{PROPOSAL}/responses/cas.yaml" in listed
    done = start(*NOW, *copy.command, folder=copy.root)
    is_done = tip != before and copy.command[0] != "respond"
    assert done.returncode == (2 if is_done else 0), (call, done.stderr)
    assert copy.tip() != before
    copy.builder.git("fsck", "--strict")
    if copy.command[0] == "adopt" and not (copy.root / ".git" / "index.lock").exists():
        # the files have followed by now, whatever was cut short
        assert copy.builder.git("status", "--porcelain", "-uno") == " M roles/cook.yaml", call


def kill(recorded: Recorded, folder: Path, count: int | None) -> int:
    scene, calls = recorded.scene, recorded.calls
    chosen = spread(calls, count) if count else calls
    for call in chosen:
        copy = scene.again(folder / "copy")
        done = strike(copy.root, folder / "log", "signal=SIGKILL", call, *NOW, *copy.command)
        assert done.returncode == KILLED, (call, done.stderr)
        check_after(scene, copy, call)
    return len(chosen)


def fail(recorded: Recorded, error: str, folder: Path, count: int | None) -> int:
    scene = recorded.scene
    possible = [call for call in recorded.calls if not call.text.startswith("write(2<")]
    chosen = spread(possible, count) if count else possible
    for call in chosen:
        copy = scene.again(folder / "copy")
        done = strike(copy.root, folder / "log", f"error={error}", call, *NOW, *copy.command)
        # what is kept to be faster may fail unnoticed
        assert done.returncode in (0, 2), (call, done.stderr.decode())
        assert b"Traceback" not in done.stderr
        if done.returncode == 2:
            check_after(scene, copy, call)
    return len(chosen)


def kill_git(recorded: Recorded, folder: Path, count: int | None) -> int:
    """Kill the git that moves the branch: orgcode says what became of it, and of a lock that was
    left how to go on.
    """
    scene, calls = recorded.scene, recorded.git
    chosen = spread(calls, count) if count else calls
    for call in chosen:
        copy = scene.again(folder / "copy")
        done = strike_git(copy.root, folder / "log", "signal=SIGKILL", call, *NOW, *copy.command)
        has_moved = copy.tip() != scene.tip()
        assert done.returncode == (0 if has_moved else 2), (call, done.stderr)
        assert b"Traceback" not in done.stderr
        assert (b"Nothing was changed" in done.stderr) == (not has_moved), done.stderr
        locks = [*(copy.root / ".git").rglob("*.lock")]
        if locks and not has_moved:
            again = start(*NOW, *copy.command, folder=copy.root)
            assert again.returncode == 2
            assert any(str(lock) in again.stderr.decode() for lock in locks), again.stderr
        for lock in locks:
            lock.unlink()
        check_after(scene, copy, call)
    return len(chosen)


@pytest.mark.parametrize("name", SCENES)
def test_killed_at_some_calls(name: str, recorded: Get, tmp_path: Path) -> None:
    assert kill(recorded(name), tmp_path, SAMPLE) == SAMPLE


@pytest.mark.deep
@pytest.mark.parametrize("name", SCENES)
def test_killed_at_every_call(name: str, recorded: Get, tmp_path: Path) -> None:
    assert kill(recorded(name), tmp_path, None) > SAMPLE


@pytest.mark.parametrize("error", ["ENOSPC", "EROFS"])
@pytest.mark.parametrize("name", SCENES)
def test_some_calls_fail(name: str, error: str, recorded: Get, tmp_path: Path) -> None:
    assert fail(recorded(name), error, tmp_path, SAMPLE) == SAMPLE


@pytest.mark.deep
@pytest.mark.parametrize("error", ["ENOSPC", "EROFS"])
@pytest.mark.parametrize("name", SCENES)
def test_every_call_fails(name: str, error: str, recorded: Get, tmp_path: Path) -> None:
    assert fail(recorded(name), error, tmp_path, None) > SAMPLE


@pytest.mark.parametrize("name", SCENES)
def test_git_is_killed_at_some_calls(name: str, recorded: Get, tmp_path: Path) -> None:
    assert kill_git(recorded(name), tmp_path, 2) == 2


@pytest.mark.deep
@pytest.mark.parametrize("name", SCENES)
def test_git_is_killed_at_every_call(name: str, recorded: Get, tmp_path: Path) -> None:
    assert kill_git(recorded(name), tmp_path, None) > SAMPLE
