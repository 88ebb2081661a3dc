"""Work that is divided over processes comes out as if one had done it, whatever happens to them."""

from __future__ import annotations

import gc
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orgcode.adapters import processes
from orgcode.adapters.processes import Tell, Tick, divide, nobody
from orgcode.model.coding import decode, encode


@pytest.fixture(autouse=True)
def _three_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "FEW", 1)
    monkeypatch.setattr(processes, "_processors", lambda: 3)


@pytest.fixture(autouse=True)
def _nothing_is_left_behind() -> Iterator[None]:
    gc.collect()
    descriptors = Path("/proc/self/fd")
    before = len(list(descriptors.iterdir())) if descriptors.exists() else 0
    yield
    assert not before or len(list(descriptors.iterdir())) == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


Make = Callable[[int, int, Tick], bytes]


class Making:
    """Work of which each part makes some bytes."""

    def __init__(self, make: Make) -> None:
        self.made: list[tuple[int, bytes]] = []
        self._make = make

    def do(self, part: int, parts: int, tick: Tick) -> None:
        self.made.append((part, self._make(part, parts, tick)))

    def report(self) -> bytes:
        return encode(self.made)

    def hear(self, report: bytes) -> None:
        self.made += [(part, made) for part, made in decode(report)]


def divided(make: Make, things: int, tell: Tell) -> list[bytes]:
    """What all parts have made, in order; each part has come back once."""
    making = Making(make)
    divide(making, things, tell)
    assert len(making.made) == len({part for part, _ in making.made})
    return [made for _, made in sorted(making.made)]


def elsewhere(make: Make) -> Make:
    """Work that waits in this process until others have had the time to take all other parts."""
    here = os.getpid()
    has_waited = False

    def work(part: int, parts: int, tick: Tick) -> bytes:
        nonlocal has_waited
        if os.getpid() == here and not has_waited:
            has_waited = True
            signal.sigtimedwait([], 0.4)
        return make(part, parts, tick)

    return work


def own(part: int, parts: int, tick: Tick) -> bytes:
    return b"%d of %d" % (part, parts)


def test_each_part_comes_back_once_however_long_each_takes() -> None:
    def work(part: int, parts: int, tick: Tick) -> bytes:
        signal.sigtimedwait([], (parts - part) * 0.05)
        return own(part, parts, tick)

    assert divided(work, 9, nobody) == [b"0 of 3", b"1 of 3", b"2 of 3"]


def test_whoever_is_ready_takes_the_next_part() -> None:
    here = os.getpid()

    def work(part: int, parts: int, tick: Tick) -> bytes:
        assert parts == 20
        signal.sigtimedwait([], 1 if os.getpid() == here else 0.02)
        return b"%d" % os.getpid()

    made = divided(work, 8000, nobody)
    assert len(made) == 20
    assert made.count(b"%d" % here) == 1
    assert len(set(made)) == 3


def test_few_things_are_done_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "FEW", 9)
    here = os.getpid()
    assert divided(lambda *_: b"%d" % os.getpid(), 9, nobody) == [b"%d" % here]

    def work(part: int, parts: int, tick: Tick) -> bytes:
        signal.sigtimedwait([], 0.5)
        return b"%d" % os.getpid()

    made = divided(work, 10, nobody)
    assert b"%d" % here in made
    assert len(set(made)) == 3


def test_what_parts_leave_in_memory_that_are_done_here_is_at_hand() -> None:
    left: list[int] = []
    here = os.getpid()

    def work(part: int, parts: int, tick: Tick) -> bytes:
        left.append(part)
        return b"%d" % os.getpid()

    made = divided(work, 9, nobody)
    assert left == [part for part in range(3) if made[part] == b"%d" % here]


@pytest.mark.parametrize("size", [0, 1, 7, 8, 9, 65_535, 65_536, 65_537, 30_000_000])
def test_a_result_of_any_size_comes_back_whole(size: int) -> None:
    def work(part: int, parts: int, tick: Tick) -> bytes:
        return bytes([part]) * size

    assert divided(elsewhere(work), 9, nobody) == [bytes([part]) * size for part in range(3)]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_part_whose_process_is_killed_is_done_here(number: int, tmp_path: Path) -> None:
    here = os.getpid()
    killed = tmp_path / "killed"

    def work(part: int, parts: int, tick: Tick) -> bytes:
        if os.getpid() != here:
            killed.touch()
            os.kill(os.getpid(), number)
        return own(part, parts, tick)

    assert divided(elsewhere(work), 9, nobody) == [b"0 of 3", b"1 of 3", b"2 of 3"]
    assert killed.exists()


def test_what_a_process_had_done_before_it_was_killed_is_done_here(tmp_path: Path) -> None:
    here = os.getpid()

    def work(part: int, parts: int, tick: Tick) -> bytes:
        if os.getpid() != here:
            signal.sigtimedwait([], 0.02)
            (tmp_path / f"{os.getpid()} {part}").touch()
            if len(list(tmp_path.glob(f"{os.getpid()} *"))) == 3:
                os.kill(os.getpid(), signal.SIGKILL)
        return own(part, parts, tick)

    assert divided(elsewhere(work), 8000, nobody) == [b"%d of 20" % part for part in range(20)]
    assert len(list(tmp_path.iterdir())) == 6


def test_a_process_killed_amid_its_answer_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    here = os.getpid()
    whole = b"x" * 500_000

    def work(part: int, parts: int, tick: Tick) -> bytes:
        if os.getpid() != here:
            monkeypatch.setattr(os, "fdopen", _cut_short)
        return whole

    making = Making(elsewhere(work))
    divide(making, 9, nobody)
    assert sorted(making.made) == [(part, whole) for part in range(3)]


def _cut_short(descriptor: int, mode: str) -> object:
    answer = encode(([0, 1, 2], encode([(part, b"y" * 500_000) for part in range(3)])))
    os.write(descriptor, answer[:1000])
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def test_every_process_killed_is_as_good_as_none() -> None:
    here = os.getpid()

    def work(part: int, parts: int, tick: Tick) -> bytes:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return own(part, parts, tick)

    assert divided(work, 9, nobody) == [b"0 of 3", b"1 of 3", b"2 of 3"]


def test_an_error_in_a_process_is_raised_here() -> None:
    def work(part: int, parts: int, tick: Tick) -> bytes:
        if part == 2:
            raise LookupError(part)
        return b""

    with pytest.raises(LookupError, match="2"):
        divided(work, 9, nobody)


def test_a_process_that_leaves_says_nothing_and_does_nothing_of_the_parents(
    capfd: pytest.CaptureFixture[str],
) -> None:
    code = (
        "import atexit, sys, time\n"
        "from orgcode.adapters import processes\n"
        "processes.FEW = 1; processes._processors = lambda: 3\n"
        "import os; here = os.getpid()\n"
        "atexit.register(print, 'end')\n"
        "sys.stdout.write('once ')\n"  # stays in the buffer
        "class Work:\n"
        "    def do(self, part, parts, tick):\n"
        "        if os.getpid() != here: raise LookupError if part == 1 else SystemExit\n"
        "        time.sleep(0.2); print(part, end=' ')\n"
        "processes.divide(Work(), 9, processes.nobody)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    said, complaints = capfd.readouterr()
    assert complaints == ""
    assert sorted(said.split()) == ["0", "1", "2", "end", "once"]


def test_ticks_are_told_and_never_more_than_there_are_things() -> None:
    told: list[int] = []

    def work(part: int, parts: int, tick: Tick) -> bytes:
        for _ in range(1000):
            tick()
        return b""

    divided(work, 2900, lambda done, _: told.append(done))
    assert told == sorted(told)
    assert told[0] > 0
    assert told[-1] == 2900


def test_whoever_stops_listening_stops_the_work() -> None:
    def work(part: int, parts: int, tick: Tick) -> bytes:
        while True:
            tick()

    def tell(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        divided(work, 9, tell)


def test_processes_end_with_the_one_that_made_them(tmp_path: Path) -> None:
    """They cannot hand over their answer, and end."""
    code = (
        "import os, signal, sys, time\n"
        "from pathlib import Path\n"
        "from orgcode.adapters import processes\n"
        "processes.FEW = 1; processes._processors = lambda: 3\n"
        "here = os.getpid()\n"
        "class Work:\n"
        "    def do(self, part, parts, tick):\n"
        "        Path(sys.argv[1], str(os.getpid())).touch()\n"
        "        while len(os.listdir(sys.argv[1])) < 3: time.sleep(0.01)\n"
        "        if os.getpid() == here: os.kill(here, signal.SIGKILL)\n"
        "    def report(self):\n"
        "        return b'x' * 5_000_000\n"
        "processes.divide(Work(), 9, processes.nobody)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert ended.returncode == -signal.SIGKILL
    children = [int(file.name) for file in tmp_path.iterdir()]
    assert len(children) == 3
    for _ in range(200):
        children = [child for child in children if _is_running(child)]
        if not children:
            break
        signal.sigtimedwait([], 0.02)
    assert not children


def _is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


@pytest.mark.parametrize("allowed", [0, 1, 2])
def test_without_leave_for_more_processes_the_rest_is_done_here(
    allowed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    forked = 0
    fork = os.fork

    def refuse() -> int:
        nonlocal forked
        forked += 1
        if forked > allowed:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return fork()

    monkeypatch.setattr(os, "fork", refuse)
    assert divided(own, 9, nobody) == [b"0 of 3", b"1 of 3", b"2 of 3"]
    assert forked == min(allowed + 1, 2)


@pytest.mark.parametrize("left", [0, 1, 3, 4, 5, 6])
def test_without_leave_for_more_pipes_the_rest_is_done_here(left: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    held = [os.open(os.devnull, os.O_RDONLY)]
    resource.setrlimit(resource.RLIMIT_NOFILE, (held[0] + 1 + 40, hard))
    try:
        while True:
            held.append(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        for _ in range(left):
            os.close(held.pop())
        found = divided(own, 9, nobody)
    finally:
        for descriptor in held:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert found == [b"0 of 3", b"1 of 3", b"2 of 3"]


def test_it_is_no_matter_that_the_system_looks_after_children() -> None:
    """Programs that are started so inherit it: nobody can wait for a child then."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert divided(own, 9, nobody) == [b"0 of 3", b"1 of 3", b"2 of 3"]
    finally:
        signal.signal(signal.SIGCHLD, before)
