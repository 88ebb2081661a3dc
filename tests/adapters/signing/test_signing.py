"""OpenSSH signs: with a file, an agent, a passphrase; and what is said where it does not."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from orgcode.adapters import running
from orgcode.adapters.signing.signer import keys_of_agent, make_key, sign
from orgcode.adapters.signing.verifying import verify
from orgcode.model.errors import OrgcodeError
from tests.adapters.signing.openssh import Pair, armoured, keygen, make_pair, openssh_accepts

TEXT = b'{"entry":{"stance":"consent"}}'
STRONG = ("ed25519", "p256", "p384", "p521", "rsa2048", "rsa3072")


@pytest.fixture(autouse=True)
def nobodys_computer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("SSH_AUTH_SOCK", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def agent(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """An agent of our own, which ends with the test."""
    socket = tmp_path_factory.mktemp("agent") / "s"
    process = subprocess.Popen(
        ["ssh-agent", "-D", "-a", str(socket)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    process.stdout.readline()  # it has begun
    monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
    yield
    process.terminate()
    process.wait(10)
    process.stdout.close()


@pytest.mark.parametrize("name", STRONG)
def test_a_private_key_signs_what_both_verify(name: str, pairs: dict[str, Pair]) -> None:
    pair = pairs[name]
    assert pair.file is not None
    line = sign(TEXT, pair.file)
    assert "\n" not in line
    assert verify(TEXT, line, [pair.line]) == pair.line
    assert openssh_accepts(TEXT, armoured(line), (pair.line,))


def test_an_agent_signs_for_a_public_key(agent: None, pairs: dict[str, Pair]) -> None:
    pair = pairs["ed25519"]
    subprocess.run(["ssh-add", "-q", str(pair.file)], check=True, capture_output=True)
    assert keys_of_agent() == (pair.line,)
    line = sign(TEXT, " ".join(pair.line.split(" ")[:2]))
    assert verify(TEXT, line, [pair.line]) == pair.line


def test_no_agent_has_no_keys(agent: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert keys_of_agent() == ()
    monkeypatch.delenv("SSH_AUTH_SOCK")
    assert keys_of_agent() == ()


def test_a_public_key_without_an_agent_signs_nothing(pairs: dict[str, Pair]) -> None:
    with pytest.raises(OrgcodeError, match="made no signature"):
        sign(TEXT, pairs["ed25519"].line)


def test_a_key_that_would_prove_nothing_is_not_used(pairs: dict[str, Pair]) -> None:
    file = pairs["rsa1024"].file
    assert file is not None
    with pytest.raises(OrgcodeError, match="would prove nothing"):
        sign(TEXT, file)


def test_a_file_that_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "-x").write_text("no key\n")
    for file in (tmp_path / "-x", tmp_path / "gone"):
        with pytest.raises(OrgcodeError, match="made no signature"):
            sign(TEXT, file)


def test_openssh_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pairs: dict[str, Pair]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OrgcodeError, match="OpenSSH is not installed"):
        sign(TEXT, pairs["ed25519"].line)
    assert keys_of_agent() == ()


def test_a_key_is_made_that_signs_and_that_only_its_owner_reads(tmp_path: Path) -> None:
    file = tmp_path / "key"
    make_key(file)
    assert file.stat().st_mode & 0o077 == 0
    public = file.with_name("key.pub").read_text().strip()
    assert verify(TEXT, sign(TEXT, file), [public]) == public


def test_a_key_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OrgcodeError, match="No key could be made"):
        make_key(tmp_path / "nowhere" / "key")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OrgcodeError, match="OpenSSH is not installed"):
        make_key(tmp_path / "key")
    assert [*tmp_path.iterdir()] == []


def test_openssh_that_cannot_be_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pairs: dict[str, Pair]
) -> None:
    (tmp_path / "ssh-keygen").write_text("no program")
    (tmp_path / "ssh-keygen").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OrgcodeError, match="made no signature"):
        sign(TEXT, pairs["ed25519"].line)


def test_openssh_that_says_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pairs: dict[str, Pair]
) -> None:
    program = tmp_path / "ssh-keygen"
    program.write_text("#!/bin/sh\necho one; echo two; echo three\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(OrgcodeError, match="made no signature"):
        sign(TEXT, pairs["ed25519"].line)


def test_who_is_asked_and_never_answers_holds_nobody_up_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pairs: dict[str, Pair]
) -> None:
    program = tmp_path / "ssh-keygen"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(running, "PATIENCE", 0.3)
    with pytest.raises(OrgcodeError, match="made no signature"):
        sign(TEXT, pairs["ed25519"].line)


class TestPassphrase:
    """A key with a passphrase: OpenSSH itself asks for it."""

    @pytest.fixture
    def locked(self, tmp_path: Path) -> Pair:
        pair = make_pair("ed25519", tmp_path)
        keygen("-q", "-p", "-P", "", "-N", "a b c", "-f", str(pair.file))
        return pair

    def test_without_anybody_to_ask_there_is_no_signature(
        self, locked: Pair, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SSH_ASKPASS_REQUIRE", "force")
        monkeypatch.setenv("SSH_ASKPASS", "/bin/false")
        assert locked.file is not None
        with pytest.raises(OrgcodeError, match="made no signature"):
            sign(TEXT, locked.file)

    def test_a_program_of_the_user_may_ask(
        self, locked: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asks = tmp_path / "asks"
        asks.write_text("#!/bin/sh\necho 'a b c'\n")
        asks.chmod(0o755)
        monkeypatch.setenv("SSH_ASKPASS_REQUIRE", "force")
        monkeypatch.setenv("SSH_ASKPASS", str(asks))
        assert locked.file is not None
        assert verify(TEXT, sign(TEXT, locked.file), [locked.line]) == locked.line

    def test_it_is_asked_for_at_the_terminal(self, locked: Pair, tmp_path: Path) -> None:
        code = (
            "import sys; from pathlib import Path;"
            "from orgcode.adapters.signing.signer import sign;"
            f"Path({str(tmp_path / 'line')!r}).write_text("
            f"sign({TEXT!r}, Path({str(locked.file)!r})))"
        )
        pid, terminal = pty.fork()
        if pid == 0:
            os.execv(sys.executable, [sys.executable, "-c", code])  # noqa: S606 (at a terminal)
        said = b""
        while b"passphrase" not in said:
            said += os.read(terminal, 1000)
        os.write(terminal, b"a b c\n")
        try:
            while os.read(terminal, 1000):
                pass
        except OSError:  # the other end is closed
            pass
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        os.close(terminal)
        line = (tmp_path / "line").read_text()
        assert verify(TEXT, line, [locked.line]) == locked.line
