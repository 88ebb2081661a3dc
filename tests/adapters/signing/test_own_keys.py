"""Which keys the user has, and which of them is the one to sign with."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from orgcode.adapters.signing import own_keys as own_keys_module
from orgcode.adapters.signing.own_keys import key_in, own_key, own_keys
from orgcode.adapters.signing.signer import sign
from orgcode.adapters.signing.verifying import verify
from tests.adapters.signing.openssh import Pair


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    (tmp_path / ".ssh").mkdir(mode=0o700)
    return tmp_path


def put(pair: Pair, folder: Path, name: str, *, private: bool = True) -> Path:
    assert pair.file is not None
    if private:
        shutil.copy(pair.file, folder / name)
    shutil.copy(pair.file.with_suffix(".pub"), folder / f"{name}.pub")
    return folder / name


def chosen(value: str, form: str = "ssh") -> None:
    for name, text in (("user.signingkey", value), ("gpg.format", form)):
        subprocess.run(["git", "config", "--global", name, text], check=True)


def names(pairs: dict[str, Pair]) -> list[str]:
    return [
        name for own in own_keys() for name, pair in pairs.items() if pair.data == own.public.data
    ]


def test_the_key_that_is_listed_is_taken(home: Path, pairs: dict[str, Pair]) -> None:
    put(pairs["p256"], home / ".ssh", "id_ecdsa")
    file = put(pairs["ed25519"], home / ".ssh", "id_ed25519")
    own = own_key([pairs["ed25519"].line])
    assert own is not None
    assert own.sign_with == file
    assert verify(b"x", sign(b"x", own.sign_with), [pairs["ed25519"].line])
    assert own_key([pairs["p384"].line]) is None
    assert own_key([]) is None
    assert own_key(["no key at all"]) is None


def test_the_key_with_which_git_signs_comes_first(home: Path, pairs: dict[str, Pair]) -> None:
    put(pairs["p256"], home / ".ssh", "id_ecdsa")
    file = put(pairs["ed25519"], home, "elsewhere")
    for value in (str(file), f"{file}.pub", "~/elsewhere.pub"):
        chosen(value)
        first = next(own_keys())
        assert first.is_chosen
        assert (first.public.line, first.sign_with) == (
            " ".join(pairs["ed25519"].line.split(" ")[:2]),
            file,
        )
    assert names(pairs) == ["ed25519", "p256"]


def test_git_may_name_the_key_itself(home: Path, pairs: dict[str, Pair]) -> None:
    for value in (pairs["ed25519"].line, f"key::{pairs['ed25519'].line}"):
        chosen(value)
        first = next(own_keys())
        assert first.is_chosen
        assert first.sign_with == first.public.line


@pytest.mark.parametrize(
    ("value", "form"), [("ABCDEF", "openpgp"), ("/nowhere", "ssh"), ("~nobody-at-all/x", "ssh")]
)
def test_what_git_has_and_is_no_ssh_key_is_passed_over(
    value: str, form: str, home: Path, pairs: dict[str, Pair]
) -> None:
    chosen(value, form)
    put(pairs["p256"], home / ".ssh", "id_ecdsa")
    assert names(pairs) == ["p256"]


def test_an_agent_comes_before_files(
    home: Path, pairs: dict[str, Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(pairs["p256"], home / ".ssh", "id_ecdsa")
    lines = ("not a key", pairs["p384"].line)
    monkeypatch.setattr(own_keys_module, "keys_of_agent", lambda: lines)
    assert names(pairs) == ["p384", "p256"]


def test_a_public_key_alone_is_signed_with_by_an_agent(home: Path, pairs: dict[str, Pair]) -> None:
    put(pairs["p256"], home / ".ssh", "id_ecdsa", private=False)
    (own,) = own_keys()
    assert own.sign_with == own.public.line


def test_files_that_are_no_keys_are_passed_over(home: Path, pairs: dict[str, Pair]) -> None:
    (home / ".ssh" / "id_x.pub").write_text("no key\n")
    (home / ".ssh" / "id_y.pub").mkdir()
    assert list(own_keys()) == []
    assert key_in(home / "gone") is None


def test_a_user_without_a_home_has_no_files(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    def homeless(self: Path) -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "expanduser", homeless)
    assert list(own_keys()) == []
