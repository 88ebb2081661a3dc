"""Whatever the bytes, there are facts or a finding: soon, and in little memory."""

from __future__ import annotations

import json
import resource
from subprocess import run
from sys import executable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgcode.documents.facts import read_facts
from orgcode.documents.spots import find_spot
from tests.documents.samples import SAMPLES

DEEP = 100_000
MANY = 15_000
HEAD = b"name: a\ncircle: b\n"
CASES: dict[str, bytes] = {
    "10 MB": b"a" * 10_000_000,
    "10 MB of lines": b"a: b\n" * 2_000_000,
    "deep lists in brackets": b"[" * DEEP,
    "deep mappings in braces": b"{a: " * DEEP,
    "deep keys": b"{? " * DEEP,
    "deep both": b"a: " + b"[{" * DEEP,
    "deep lists of dashes": b"- " * DEEP,
    "deep question marks": b"? " * DEEP,
    "deep by indentation": b"".join(b" " * n + b"a:\n" for n in range(1400)),
    "binary": bytes(range(256)) * 4000,
    "zeros": b"\0" * 1_000_000,
    "not UTF-8 at the end": b"a: b\n" * 200_000 + b"\xff",
    "UTF-16": "name: a\n".encode("utf-16"),
    "duplicate keys": b"a: 1\n" * 200_000,
    "fewer duplicate keys": b"a: 1\n" * 8_000,
    "alias bomb": b"a0: &a0 [x, x]\n"
    + b"".join(b"a%d: &a%d [*a%d, *a%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 60)),
    "many aliases": b"a: &a b\nb: [" + b"*a, " * MANY + b"]",
    "many holders of the wrong shape": HEAD + b"holders:\n" + b"- {x: 1}\n" * 4_000,
    "many hashes": HEAD + b"tags:\n" + b"- a #b\n" * MANY,
    "many colons": HEAD + b"accountabilities:\n" + b"- a b: c\n" * 4_000,
    "many commas": HEAD + b"purpose: {nl: a" + b",b" * (MANY // 2) + b"}\n",
    "many items": HEAD + b"holders:\n" + b"- a\n" * MANY + b"seats: x\n",
    "many tags": b"a: !!str x\n" * 80_000,
    "a long number": HEAD + b"seats: " + b"9" * 900_000,
    "a long key": b"? " + b"a" * 900_000 + b"\n: b",
    "dashes": b"-" * 1_000_000,
    "colons": b":" * 1_000_000,
}
PROGRAM = """
import json, resource, sys, time
from orgcode.documents.facts import read_facts
read_facts("role", b"name: a")
content = sys.stdin.buffer.read()
began = time.process_time()
facts = read_facts("role", content)
spent = time.process_time() - began
try:  # the kernel adds to the other figure what the tests' own process had
    lines = open("/proc/self/status").readlines()
    peak = next(int(line.split()[1]) for line in lines if line[:6] == "VmHWM:") // 1024
except OSError:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps([spent, peak, [flaw.rule for flaw in facts.flaws]]))
"""
MEGABYTES = 256


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
    resource.setrlimit(resource.RLIMIT_AS, (4 * 1024**3, 4 * 1024**3))


@pytest.mark.parametrize("name", CASES)
def test_there_is_a_finding_within_a_second_and_256_megabytes(name: str) -> None:
    done = run(
        [executable, "-c", PROGRAM],
        input=CASES[name],
        capture_output=True,
        check=False,
        preexec_fn=_limit,  # the child is a fresh Python that starts no threads
    )
    assert done.returncode == 0, done.stderr.decode()
    seconds, megabytes, rules = json.loads(done.stdout)
    assert rules
    assert seconds < 1
    assert megabytes < MEGABYTES


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_file_that_is_cut_anywhere_is_read_or_has_a_finding(kind: str) -> None:
    content = SAMPLES[kind].encode()  # type: ignore[index]
    for end in range(len(content)):
        facts = read_facts(kind, content[:end])  # type: ignore[arg-type]
        assert facts.data is not None or facts.flaws


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_are_too_much(content: bytes) -> None:
    read_facts("role", content)
    find_spot(content, ("a", 0))


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from("ab:- \n\t#&*!|>'\"%@`{}[],?~0\\\x85\u2028\r"), max_size=60))
def test_no_text_is_too_much(text: str) -> None:
    for before in ("", "name: ", "accountabilities:\n  - ", "purpose: {nl: a, "):
        read_facts("role", (before + text).encode())


@settings(max_examples=300, deadline=None)
@given(
    st.integers(0, 2000),
    st.integers(0, 3),
    st.sampled_from(["", ":", "#a", " ", "\n", "'", "{", "-"]),
)
def test_a_slip_of_the_keyboard_never_stops_orgcode(at: int, cut: int, typed: str) -> None:
    for kind, text in SAMPLES.items():
        place = at % len(text)
        changed = text[:place] + typed + text[place + cut :]
        read_facts(kind, changed.encode())
