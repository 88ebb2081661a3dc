"""Make an example organisation, check it, build its handbook, and say where it is.

    python3 .ci/demo.py [--serve] [FOLDER]

Everything that it needs is set up in `.venv`; without a folder, the example is in `build/demo`,
or in `build/demo-2` if you have been here before.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import environment


def main() -> int:
    """Run `orgcode demo` with these arguments, in the folder where one stands."""
    python = environment.python()
    arguments = sys.argv[1:]
    if all(argument.startswith("-") for argument in arguments):
        arguments.append(str(_free_folder()))
    command = [str(python.parent / "orgcode"), "demo", *arguments]
    if os.name == "posix":
        os.execv(command[0], command)  # so that whoever ends this ends what it shows
    return subprocess.run(command).returncode


def _free_folder() -> Path:
    names = itertools.chain(["demo"], (f"demo-{number}" for number in itertools.count(2)))
    folders = (environment.ROOT / "build" / name for name in names)
    return next(folder for folder in folders if not folder.exists())


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
