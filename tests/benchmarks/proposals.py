"""How long it takes to judge proposals: `orgcode gate` and `orgcode status`.

    python -m tests.benchmarks.proposals

Makes the large organisation with its rules in force and fifty open proposals, each with three
signed responses; one changes a role, a person and a policy, the others a policy. Judges that one
beside a whole `orgcode check`, tells how all of them stand, does the same in an organisation of 300
files, and prints tables for the README of this folder.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tests.benchmarks.check import PROGRAMS, Cost, compile_orgcode, machine, row, run
from tests.benchmarks.organisation import LARGE, Size, files
from tests.benchmarks.streams import FIRST, Proposing, commit, moment, pair
from tests.builder import Builder

MIDDLE = Size(roles=200, people=60, circles=20, policies=17)
"""With org.yaml, and the role of those who decide, some 300 files."""
THREE = "three-files"
OPEN = 50
ORGANISATION = "5f0c2c7e-9a55-4d64-9a0e-2f6f0f1f7a01"
AT = FIRST + 3600
NOW = moment(FIRST + 7200)
RULES = """\
rules_in_force_since: 2027-01-01
assurance: {people: {default: signed}}
decision_rules:
  - {for: [role, person, policy], by: consent, of: role:judges}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """What it costs to judge."""

    check: Cost
    """Everything, with nothing kept."""
    first: Cost
    """One proposal, with nothing kept."""
    gate: Cost
    status: Cost
    help: Cost


def write(folder: Path, size: Size, open: int = OPEN) -> None:
    """The repository, with the files of main in its working tree."""
    builder = Builder.make(folder)
    builder.git("fast-import", "--quiet", "--done", stdin=b"".join(_stream(size, open)))
    builder.git("reset", "-q", "--hard")


def judging(folder: Path, times: int) -> Judging:
    """Measure in turn, so that what else the machine does is shared; the median of each."""
    orgcode: list[str | Path] = [PROGRAMS / "orgcode", "--now", NOW]
    gate = [*orgcode, "gate", "--base", "main", "--head", f"proposal/{THREE}"]
    status = [*orgcode, "status"]
    checks, firsts, gates, statuses, helps = [], [], [], [], []
    for _ in range(max(1, times // 4)):
        _forget(folder)
        checks.append(run([*orgcode, "check"], folder))
        _forget(folder)
        firsts.append(run(gate, folder))
    for _ in range(times):
        helps.append(run([*orgcode, "--help"], folder))
        gates.append(run(gate, folder))
        statuses.append(run(status, folder))
    return Judging(
        check=_middle(checks),
        first=_middle(firsts),
        gate=_middle(gates),
        status=_middle(statuses),
        help=_middle(helps),
    )


def measure(size: Size, times: int = 12, open: int = OPEN) -> str:
    """Measure everything, and give the table."""
    compile_orgcode()
    with tempfile.TemporaryDirectory() as name:
        with ProcessPoolExecutor(1) as apart:  # or what this needs would count as that of others
            apart.submit(write, Path(name), size, open).result()
        cost = judging(Path(name), times)
    return "\n".join(
        (
            f"{size.files + 1:,} files, {open} open proposals:",
            "",
            "| | seconds | of a processor | memory at the peak | |",
            "|---|---:|---:|---:|---|",
            row("orgcode --help", cost.help),
            row("orgcode check, nothing kept", cost.check),
            row("orgcode gate, nothing kept", cost.first, _of(cost.first, cost.check, "the check")),
            row("orgcode gate", cost.gate, _of(cost.gate, cost.help, "help")),
            row("orgcode status", cost.status, _of(cost.status, cost.help, "help")),
        )
    )


def _middle(costs: Sequence[Cost]) -> Cost:
    return sorted(costs, key=lambda cost: cost.processor)[len(costs) // 2]


def _of(cost: Cost, other: Cost, name: str) -> str:
    return f"**{cost.processor / other.processor:.2f}** of {name}"


def _forget(folder: Path) -> None:
    shutil.rmtree(folder / ".git" / "orgcode", ignore_errors=True)


def _stream(size: Size, open: int) -> Iterator[bytes]:
    texts = dict(files(size))
    people = [path for path in texts if path.startswith("people/")]
    judges = [path.removeprefix("people/").removesuffix(".yaml") for path in people[:3]]
    pairs = {person: pair(number) for number, person in enumerate(judges, start=1)}
    for person, own in pairs.items():
        path = f"people/{person}.yaml"
        texts[path] = re.sub(r"ssh-ed25519 [^,]*", own.line, texts[path], count=1)
    texts["org.yaml"] += RULES
    texts["roles/judges.yaml"] = (
        f"name: Judges\ncircle: circle-0001\npurpose: Judge\nholders: [{', '.join(judges)}]\n"
    )
    yield commit("main", FIRST, {path: text.encode() for path, text in texts.items()})
    proposing = Proposing(organisation=ORGANISATION, pairs=pairs)
    policies = [path for path in texts if path.startswith("policies/")]
    three = ("roles/role-00007.yaml", people[7], policies[0])
    changed = {THREE: three} | {
        f"policy-{number:02}": (policies[number % len(policies)],) for number in range(1, open)
    }
    for id, paths in islice(changed.items(), open):
        changes = [(path, texts[path], _altered(texts[path])) for path in paths]
        yield proposing.proposal(id, AT, changes)[0]
    yield b"done\n"


def _altered(text: str) -> str:
    """A role's purpose, a person's name or a policy's title, as people alter them."""
    key = "purpose" if "\npurpose: " in text else text.partition(":")[0]
    return re.sub(rf"^{key}: ", f"{key}: Nieuw ", text, count=1, flags=re.MULTILINE)


if __name__ == "__main__":
    print(f"{machine()}\n\n{measure(MIDDLE)}\n\n{measure(LARGE, 6)}")  # noqa: T201
