"""Decision rules, circles and dates that make no sense: each command answers, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from orgcode.documents.loading import load
from orgcode.model.snapshot import Files
from tests.attacks.running import findings, orgcode
from tests.attacks.test_mutations import use_everything
from tests.builder import Builder
from tests.checking.demo import DAY
from tests.cli.conftest import ORGANISATION

HEAD = ORGANISATION["org.yaml"].partition("decision_rules")[0]
NINES = "9" * 5000
ENDED = "ended: {on: 2020-01-01, because: x}\n"


def rules(*written: str) -> dict[str, str | None]:
    return {"org.yaml": f"{HEAD}decision_rules:\n" + "".join(f"  - {rule}\n" for rule in written)}


CASES: Mapping[str, Mapping[str, str | None]] = {
    "open for ever": rules(f"{{for: role, by: consent, of: members, open_for: {NINES} days}}"),
    "otherwise never": rules(
        "{for: role, by: vote, of: all, otherwise: {after: 999999999 days, by: vote, of: all}}"
    ),
    "a quorum of nothing": rules("{for: role, by: vote, of: members, quorum: 1/0}"),
    "a huge quorum": rules(f"{{for: role, by: vote, of: members, quorum: {NINES}}}"),
    "a huge share": rules(f"{{for: role, by: vote, of: all, threshold: '> 1/{NINES}'}}"),
    "a share of nothing": rules("{for: governance, by: vote, of: all, threshold: '> 0/0'}"),
    "nobody's role": rules("{for: [role, governance], by: role, of: core:none}"),
    "a thousand rules": rules(*["{for: role, by: role, of: [core:lead, all, affected]}"] * 1000),
    "its own parent": {"circles/keuken.yaml": "name: K\nparent: keuken\n"},
    "a cycle of parents": {
        "circles/keuken.yaml": "name: K\nparent: tuin\n",
        "circles/tuin.yaml": "name: T\nparent: keuken\n",
        "circles/buurt.yaml": "name: B\nparent: tuin\n",
    },
    "no anchor": {"org.yaml": HEAD.replace("anchor: buurt", "anchor: nergens")},
    "an anchor that is over": {"circles/buurt.yaml": f"name: B\n{ENDED}"},
    "everybody gone": {"people/sara.yaml": f"name: S\n{ENDED}", "people/omar.yaml": None},
    "nothing but org.yaml": {path: None for path in ORGANISATION if path != "org.yaml"},
    "no org.yaml": {"org.yaml": None},
    "references without end": {"roles/kok.yaml": f"name: x\ncircle: {'a' * 99999}\npurpose: x\n"},
    "days at the end of time": {
        "roles/kok.yaml": "name: K\ncircle: keuken\npurpose: x\n"
        "holders: [{person: sara, since: 0001-01-01, until: 9999-12-31}]\n",
        "agreements/f.yaml": "title: f\nkind: feedback\ncircle: keuken\nbetween: [sara, omar]\n"
        "every: 99999999999 years\nlast_held_on: 9999-12-31\n",
    },
    "a huge number of seats": {"roles/kok.yaml": f"name: K\ncircle: keuken\nseats: {NINES}\n"},
    "a chain of circles": {
        f"circles/c{place}.yaml": f"name: C\nparent: {f'c{place - 1}' if place else 'buurt'}\n"
        for place in range(300)
    },
}


@pytest.mark.parametrize("name", CASES)
def test_nonsense_is_answered_about(name: str) -> None:
    files = {**ORGANISATION, **CASES[name]}
    contents = {path: text.encode() for path, text in files.items() if text is not None}
    use_everything(load(Files(contents), DAY), seed=len(name))


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    builder = Builder.make(tmp_path / "buurt")
    builder.commit(ORGANISATION)
    return builder


def test_severities_cannot_silence_an_error(builder: Builder) -> None:
    builder.write(
        "org.yaml", f"{HEAD}severities: {{unknown-person: notice, yaml-syntax: notice}}\n"
    )
    builder.write("roles/kok.yaml", "name: K\ncircle: keuken\npurpose: x\nholders: [niemand]\n")
    builder.write("policies/afwas.yaml", "title: [\n")
    answer = orgcode("check", "--format", "json", folder=builder.root)
    assert answer.code == 1
    assert {"unknown-person", "yaml-syntax"} <= {found.rule for found in findings(answer)}
    assert '"severity": "error"' in answer.out


HOSTILE = '"\\e[31mrood\\e]0;x\\a\\u202Etxet\\n::error::gekaapt\\r::add-mask::y"'


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("check", "--format", "json"),
        ("check", "--format", "github"),
        ("show", "roles/kok"),
        ("show", "people/sara"),
        ("list", "roles"),
        ("list", "people"),
        ("who-decides", "roles/kok"),
        ("who-decides", "role"),
    ],
)
def test_text_from_the_files_steers_neither_terminal_nor_log(
    builder: Builder, command: tuple[str, ...]
) -> None:
    builder.write("people/sara.yaml", f"name: {HOSTILE}\nnaam: {HOSTILE}\n")
    builder.write(
        "roles/kok.yaml",
        f"name: {HOSTILE}\ncircle: keuken\npurpose: {HOSTILE}\nholders: [sara, {HOSTILE}]\n",
    )
    builder.write("roles/k\x1b[31m\n::error::ok.yaml", "name: x\n")
    answer = orgcode(*command, folder=builder.root)
    said = answer.out + answer.err
    assert not {"\x1b", "\x07", "\r", "\u202e"} & set(said)
    commands = [line for line in said.splitlines() if line.lstrip().startswith("::")]
    if "github" not in command:
        assert not commands
    assert all(line.startswith(("::error file=", "::warning file=")) for line in commands)
