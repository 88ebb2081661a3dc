"""The checkout's own virtual environment, and the programs that its tests need.

Standard library only: this runs before anything is installed. It also says, on a Python that is
too old, what to do, so it keeps to what every Python 3 can read.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
AXE = ROOT / ".cache" / "axe" / "node_modules" / "axe-core"
AXE_PACKAGE = "axe-core@4"
PIP = "pip>=25.1,<27"  # 25.1 is the first to know dependency groups


def python(groups: Sequence[str] = ()) -> Path:
    """The path of the environment's Python, with orgcode and those dependency groups in it.

    The environment is made anew when the Python that asks is another, and brought up to date when
    pyproject.toml is; otherwise nothing is installed.
    """
    if sys.version_info < (3, 11):
        _run_with_a_later_python()
    program = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = VENV / "installed.txt"
    version = " ".join(sys.version.split())
    state = [version, str(VENV), _digest(ROOT / "pyproject.toml")]
    have = stamp.read_text(encoding="utf-8").splitlines() if stamp.is_file() else []
    if have[:3] == state and set(groups) <= set(have[3:]):
        _compile(program)
        return program
    say("Setting up .venv (only this once; it stays inside this folder) ...")
    if not (program.is_file() and have[:1] == [version]):
        _make_venv()
    pip = [str(program), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    run([*pip, PIP])
    wanted = [option for group in groups for option in ("--group", group)]
    run([*pip, "--editable", str(ROOT), *wanted])
    stamp.write_text("\n".join([*state, *groups]), encoding="utf-8")
    _compile(program)
    return program


def programs() -> None:
    """Find Chromium, ssh-keygen and axe-core, or install them where this may be done.

    What is still missing is told, and the tests that need it say so themselves.
    """
    if not os.environ.get("ORGCODE_CHROMIUM"):
        _program(BROWSERS, "chromium")
    _program(("ssh-keygen",), "openssh-client")
    if not (os.environ.get("ORGCODE_AXE") or AXE.is_dir()) and _program(("npm",), "nodejs", "npm"):
        npm = shutil.which("npm") or "npm"
        folder = AXE.parent.parent
        folder.mkdir(parents=True, exist_ok=True)
        options = ["--prefix", str(folder), "--no-save", "--ignore-scripts", "--no-audit"]
        subprocess.run([npm, "install", "--silent", *options, AXE_PACKAGE], cwd=str(folder))


def _program(names: Sequence[str], *packages: str) -> bool:
    if any(shutil.which(name) for name in names) or apt(*packages):
        return True
    say("Not found, and not to be installed from here: " + " or ".join(names) + ".")
    return False


def apt(*packages: str) -> bool:
    """Install Debian packages, if this is root on such a machine; whether it could be done."""
    if not shutil.which("apt-get") or os.name == "nt" or os.geteuid() != 0:
        return False
    say("Installing " + ", ".join(packages) + " ...")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "-qq", "install", "--yes", "--no-install-recommends", *packages]
    for command in (["apt-get", "-qq", "update"], install):
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
    return done.returncode == 0


def run(command: Sequence[str | Path]) -> None:
    """Run a command in the checkout; end with its exit code if it fails."""
    done = subprocess.run([str(part) for part in command], cwd=str(ROOT))
    if done.returncode != 0:
        sys.exit(done.returncode)


def say(text: str) -> None:
    """Tell what is being done, apart from the results."""
    print(text, file=sys.stderr, flush=True)


def stop(cause: str, way_out: str) -> NoReturn:
    """End because it cannot go on, with the way out."""
    say(cause)
    say(way_out)
    sys.exit(2)


def _run_with_a_later_python() -> NoReturn:
    for minor in range(11, 20):
        later = shutil.which(f"python3.{minor}")
        if later:
            os.execv(later, [later, *sys.argv])
    stop(
        "orgcode needs Python 3.11 or later; this is " + sys.version.split()[0] + ".",
        "Install a later one, then run this command again.",
    )


def _compile(program: Path) -> None:
    """Compile what has changed of orgcode, as pip compiles what it installs: where Python may keep
    nothing, every start would read the sources again.
    """
    run([program, "-m", "compileall", "-q", ROOT / "orgcode"])


def _make_venv() -> None:
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(command, stdout=subprocess.DEVNULL).returncode == 0:
        return
    # Debian splits this part of Python off; installing it changes no package that is there.
    version = "python{}.{}-venv".format(*sys.version_info)
    if not (apt(version) or apt("python3-venv")):
        stop(
            "This Python cannot make virtual environments.",
            "Install what is missing (on Debian and Ubuntu: sudo apt install python3-venv), "
            "then run this command again.",
        )
    run(command)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
