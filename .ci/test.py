"""Install what the tests need, then run the linters and all tests.

    python3 .ci/test.py [PYTEST ARGUMENTS]

Exits with 0 only if every linter and every test that ran is content. With arguments, pytest gets
them (for example `tests/law` or `-k holder`), and the last line says that this was a selection.
"""

import os
import subprocess
import sys
from pathlib import Path

import environment

LINTERS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
)


def main() -> int:
    """Run everything, even after a failure: who reads the log wants all of it."""
    python = environment.python(groups=("dev",))
    environment.programs()
    failed = [
        " ".join(linter[:2])
        for linter in LINTERS
        if not _passes(python.parent / linter[0], *linter[1:])
    ]
    workers = str(os.cpu_count() or 2)
    if not _passes(python.parent / "pytest", "-n", workers, "--dist", "loadgroup", *sys.argv[1:]):
        failed.append("pytest")
    if failed:
        environment.say("Failed: " + ", ".join(failed) + ".")
    if sys.argv[1:]:
        environment.say("This was a selection of the tests: " + " ".join(sys.argv[1:]))
    return 1 if failed else 0


def _passes(program: Path, *arguments: str) -> bool:
    environment.say("\n$ " + " ".join([program.name, *arguments]))
    done = subprocess.run([str(program), *arguments], cwd=str(environment.ROOT))
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
