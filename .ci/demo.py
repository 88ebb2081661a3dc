"""Make an example organisation, check it, build its handbook, and say where it is.

    python3 .ci/demo.py [--serve] [FOLDER]

Everything it needs is set up in `.venv`, inside this folder.
"""

import subprocess
import sys

import environment


def main() -> int:
    """Run `orgcode demo` with these arguments, in the folder where one stands."""
    program = environment.python()
    done = subprocess.run([str(program.parent / "orgcode"), "demo", *sys.argv[1:]])
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
