"""What Kubernetes says in `sigs.yaml`, and what orgcode makes of it."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from orgcode.adapters.importers import Imported, Known, import_snapshot, kubernetes_sigs
from orgcode.checking.check import check
from orgcode.documents.loading import load
from orgcode.documents.writing import write_document
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import identify
from orgcode.model.snapshot import Files
from tests.importers import sigs_source
from tests.importers.sigs_source import Group

TODAY = date(2026, 11, 23)
KINDS = {
    "sigs": "sig",
    "workinggroups": "working-group",
    "usergroups": "user-group",
    "committees": "committee",
}
TITLES = {"sigs": "SIG {}", "workinggroups": "WG {}", "usergroups": "UG {}"}
TITLES["committees"] = "{} Committee"

SMALL = """\
sigs:
  - dir: sig-node
    name: Node
    mission_statement: Keeps nodes running. It [also](#more) helps.
    charter_link: charter.md
    label: node
    leadership:
      chairs:
        - {github: Ada, name: Ada Lovelace, company: Engines}
      emeritus_leads:
        - {github: bo, name: Bo}
    contact:
      slack: sig-node
      liaison: {github: cem, name: Cem}
    meetings:
      - {description: Weekly, day: Tuesday, time: "10:00", tz: UTC, frequency: weekly, url: "https://example.org/a"}
    subprojects:
      - name: kubelet
        owners: ["https://raw.githubusercontent.com/kubernetes/kubelet/master/OWNERS"]
workinggroups:
  - dir: wg-batch
    name: Batch
    mission_statement: Batch.
    stakeholder_sigs: [Node]
    leadership: {chairs: [{github: ada, name: Ada Lovelace}]}
committees:
  - dir: committee-steering
    name: Steering
    mission_statement: Governs.
    leadership: {chairs: [{github: cem, name: Cem}]}
"""


def run(content: bytes | str) -> Imported:
    """What comes of a `sigs.yaml`."""
    raw = content.encode() if isinstance(content, str) else content
    return import_snapshot(kubernetes_sigs, Files({"sigs.yaml": raw}), Known())


def written(came: Imported) -> dict[str, bytes]:
    """The files."""
    found = {}
    for path, data in came.documents.items():
        identity = identify(path)
        assert identity is not None, path
        found[path] = write_document(identity.kind, data)
    return found


def errors(files: Mapping[str, bytes], at_least: str = "error") -> list[str]:
    """What check finds that is that bad."""
    bad = ("error",) if at_least == "error" else ("error", "warning")
    found = check(load(Files(files), TODAY))
    return [f"{f.path}:{f.line} {f.rule} {f.cause}" for f in found if f.severity in bad]


def counted(came: Imported) -> Counter[str]:
    """The values in the account of an import, by field, found a place or not."""
    report = came.report
    found: Counter[str] = Counter()
    for taken in report.imported:
        found[taken.field] += taken.count
    for loss in report.losses:
        found[loss.field] += loss.count
    return found


class Output:
    """What was written, read with PyYAML alone, and told by names and logins as the source does."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        read = {path: yaml.safe_load(content) for path, content in files.items()}
        self.circles = {_stem(p): data for p, data in read.items() if p.startswith("circles/")}
        self.people = {_stem(p): data for p, data in read.items() if p.startswith("people/")}
        self.org = read["org.yaml"]

    def logins(self, ids: list[str]) -> frozenset[str]:
        found = [self.people[id]["accounts"]["github"]["login"].lower() for id in ids]
        assert len(set(found)) == len(found)
        return frozenset(found)

    def core(self, circle: dict[str, Any], *core_roles: str) -> frozenset[str]:
        roles = circle.get("core_roles", {})
        return self.logins([id for core_role in core_roles for id in roles.get(core_role, [])])

    def below(self, id: str) -> dict[str, dict[str, Any]]:
        return {c["name"]: c for c in self.circles.values() if c.get("parent") == id}


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


@pytest.fixture(scope="module")
def repository(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sigs_source.clone(real_data / sigs_source.BUNDLE, tmp_path_factory.mktemp("k8s") / "r")


@pytest.fixture(scope="module")
def newest(repository: Path) -> bytes:
    return sigs_source.at(repository, "main")


def compare(content: bytes) -> None:
    """Everything that can be counted in the source, against what was written."""
    document = sigs_source.read(content)
    came = run(content)
    files = written(came)
    output = Output(files)

    assert counted(came) == sigs_source.fields(document)
    assert came.report.imported_count + came.report.lost_count == came.report.leaves
    assert errors(files) == []

    everybody = sigs_source.everybody(document)
    logins = output.logins(list(output.people))
    assert logins == frozenset(everybody)
    for person in output.people.values():
        assert person["name"] in everybody[person["accounts"]["github"]["login"].lower()]

    groups = sigs_source.groups(document)
    assert set(groups) <= set(output.circles)
    kinds = Counter(c.get("kind") for c in output.circles.values())
    wanted = Counter(KINDS[g.kind] for g in groups.values())
    wanted["subproject"] = sum(len(g.subprojects) for g in groups.values())
    wanted["project"] = 1
    if steering := kinds.pop("steering-committee", 0):
        kinds["committee"] += steering
    assert kinds == +wanted
    for folder, group in groups.items():
        _compare_group(output, folder, group, {g.name: d for d, g in reversed(groups.items())})
    representative = [document["gb_rep"]["github"].lower()] if "gb_rep" in document else []
    steering = output.circles.get("committee-steering", output.circles[output.org["anchor"]])
    assert output.core(steering, "governing-board-representative") == frozenset(representative)


def _compare_group(output: Output, id: str, group: Group, by_name: Mapping[str, str]) -> None:
    circle = output.circles[id]
    assert circle["name"] == TITLES[group.kind].format(group.name)
    assert circle["parent"] == output.org["anchor"]
    assert output.core(circle, "chair", "committee-member", "steering-member") == group.chairs
    assert output.core(circle, "tech-lead") == group.tech_leads
    assert output.core(circle, "liaison") == group.liaison
    assert output.logins([f["person"] for f in circle.get("former", [])]) == group.emeriti
    assert set(circle.get("serves", [])) == {
        by_name[name] for name in group.stakeholders if name in by_name
    }
    assert len(circle.get("meetings", [])) == group.meetings
    below = output.below(id)
    assert set(below) == set(group.subprojects)
    for name, subproject in group.subprojects.items():
        there = below[name]
        assert output.core(there, "lead") == subproject.leads
        assert len(there.get("meetings", [])) == subproject.meetings
        addresses = {link["url"] for link in there.get("links", [])}
        assert {url for url in subproject.owners if re.match(r"https?://\S+\Z", url)} <= addresses


def test_the_newest_file_comes_in_as_it_is_counted(newest: bytes) -> None:
    compare(newest)
    document = sigs_source.read(newest)
    assert [len(document[kind]) for kind in sigs_source.LISTS] == [24, 8, 0, 3]
    came = run(newest)
    assert came.report.lost_count == 5
    assert {loss.field for loss in came.report.losses} == {
        "sigs[].meetings",
        "sigs[].meetings[].recordings_url",
        "committees[].meetings",
        "usergroups",
    }


def test_every_value_that_counts_as_imported_stands_in_the_output(newest: bytes) -> None:
    document = sigs_source.read(newest)
    output = Output(written(run(newest)))
    lost = {"TBD", ""}
    everything = _said([*output.circles.values(), *output.people.values()])
    for kind in sigs_source.LISTS:
        for raw in document[kind]:
            circle = output.circles[raw["dir"]]
            here = _said([raw["dir"], circle, *output.below(raw["dir"]).values()])
            for field, value in sigs_source.leaves(raw):
                if value in lost or field.endswith("frequency"):
                    continue
                if field.rpartition(".")[2] in {"github", "name", "company", "email"}:
                    assert sigs_source.words(value) in everything, (field, value)
                elif field == "stakeholder_sigs[]":
                    served = [output.circles[id]["name"] for id in circle["serves"]]
                    assert f"SIG {value}" in served
                elif link := re.fullmatch(r"\[.*\]\((\S+)\)", value.strip()):
                    assert sigs_source.words(link[1]) in here, (field, value)
                else:
                    assert sigs_source.words(value) in here, (field, value)


def _said(data: list[Any]) -> str:
    """All words of some documents, purpose and context of each next to each other."""
    found: list[str] = []
    for item in data:
        if isinstance(item, dict):
            context = item.get("context", {}).get("text", "")
            found.append(f"{item.get('purpose', '')} {context} {context}")
        found.append(json.dumps(item, ensure_ascii=False))
    return sigs_source.words(" ".join(found).replace("\\n", " ").replace('\\"', " "))


def test_how_often_meetings_are(newest: bytes) -> None:
    document = sigs_source.read(newest)
    output = Output(written(run(newest)))
    said: Counter[str] = Counter()
    for kind in sigs_source.LISTS:
        for raw in document[kind]:
            meetings = output.circles[raw["dir"]].get("meetings", [])
            for there, here in zip(raw["meetings"], meetings, strict=True):
                plain = there["frequency"].lower().replace("-", "")
                said[plain if plain in {"weekly", "biweekly", "monthly"} else "other"] += 1
                if plain == "weekly":
                    assert here["every"] == "1 week"
                if plain == "biweekly":
                    assert here["every"] == "2 weeks"
                if plain == "monthly":
                    assert here["every"] == "1 month"
                assert here["name"] == " ".join(there["description"].split())
                assert here["day"] == there["day"]
                assert here["time"].startswith(f"{there['time']} {there['tz']}")
                assert here.get("link") == there.get("url")
    assert said["biweekly"] > 30
    assert said["other"] > 10


def test_the_members_of_the_steering_committee_decide_for_the_whole(newest: bytes) -> None:
    org = load(Files(written(run(newest))), TODAY)
    steering = org.circles["committee-steering"]
    group = sigs_source.groups(sigs_source.read(newest))["committee-steering"]
    assert set(org.members(str(org.anchor))) == group.chairs
    assert set(org.members(steering.id)) == group.chairs | {"cblecker"}  # in the governing board


def test_the_same_source_gives_the_same_bytes_in_less_than_two_seconds(newest: bytes) -> None:
    begin = time.perf_counter()
    first = written(run(newest))
    assert time.perf_counter() - begin < 2
    assert first == written(run(newest))


def test_files_of_every_year_come_in(repository: Path) -> None:
    for revision in sigs_source.steps(repository, 300):
        compare(sigs_source.at(repository, revision))


@pytest.mark.deep
def test_every_revision_comes_in(repository: Path) -> None:
    unreadable = []
    for revision in sigs_source.steps(repository, 1):
        content = sigs_source.at(repository, revision)
        try:
            sigs_source.read(content)
        except yaml.YAMLError:
            unreadable.append(revision)
            with pytest.raises(OrgcodeError):
                run(content)
            continue
        compare(content)
    assert len(unreadable) == 1


def test_a_small_file() -> None:
    came = run(SMALL)
    output = Output(written(came))
    assert came.report.losses == ()
    assert output.circles["sig-node"] == {
        "name": "SIG Node",
        "purpose": "Keeps nodes running.",
        "kind": "sig",
        "parent": "kubernetes",
        "context": {
            "text": "It [also](https://git.k8s.io/community/sig-node/README.md#more) helps."
        },
        "core_roles": {"chair": ["ada"], "liaison": ["cem"]},
        "former": [{"person": "bo"}],
        "meetings": [
            {
                "name": "Weekly",
                "every": "1 week",
                "day": "Tuesday",
                "time": "10:00 UTC",
                "link": "https://example.org/a",
            }
        ],
        "contact": "#sig-node on Slack",
        "links": [
            {
                "name": "Charter",
                "url": "https://git.k8s.io/community/sig-node/charter.md",
            },
            {
                "name": "Slack: #sig-node",
                "url": "https://kubernetes.slack.com/messages/sig-node",
            },
        ],
        "tags": ["node"],
    }
    assert output.circles["wg-batch"]["serves"] == ["sig-node"]
    assert output.circles["committee-steering"]["kind"] == "steering-committee"
    assert output.people["ada"] == {
        "name": "Ada Lovelace",
        "membership": "member",
        "accounts": {"github": {"login": "Ada"}},
        "about": "Company: Engines",
    }
    assert output.people["bo"]["membership"] == "emeritus"


@pytest.mark.parametrize(
    ("shape", "core_roles"),
    [
        ("leads: [{github: ada}]", {"chair": ["ada"]}),
        ("organizers: [{github: ada}]", {"chair": ["ada"]}),
        ("leadership: {tech_leads: [{github: ada}, {github: bo}]}", {"tech-lead": ["ada", "bo"]}),
        ("leads: [{github: ada}, {github: Ada}]", {"chair": ["ada"]}),
        ("leadership: {chairs: null}", {}),
        ("leadership: none", {}),
        ("leads: [ada, [ada], {name: Ada}, null]", {}),
    ],
)
def test_leads_of_any_year_hold_core_roles(shape: str, core_roles: dict[str, Any]) -> None:
    came = run(f"sigs:\n- dir: sig-node\n  name: Node\n  {shape}\n")
    files = written(came)
    assert errors(files) == []
    assert Output(files).circles["sig-node"].get("core_roles", {}) == core_roles


@pytest.mark.parametrize(
    ("shape", "meeting"),
    [
        ("{description: All, utc: '18:00'}", {"name": "All", "time": "18:00 UTC"}),
        ("{day: Monday}", {"name": "Meeting", "day": "Monday"}),
        (
            "{frequency: 'monthly - third Monday', time: '9:00'}",
            {"name": "Meeting", "every": "1 month", "time": "9:00, third Monday"},
        ),
        ("{url: TBD}", {"name": "Meeting"}),
        ("{url: '\\u200bhttps://a.example'}", {"name": "Meeting", "link": "https://a.example"}),
        ("'at noon'", {"name": "Meeting"}),
    ],
)
def test_meetings_of_any_year(shape: str, meeting: dict[str, str]) -> None:
    shape = shape.replace("'\\u", '"\\u').replace("example'", 'example"')
    files = written(run(f"sigs:\n- dir: a\n  name: A\n  meetings:\n  - {shape}\n"))
    assert errors(files) == []
    assert Output(files).circles["a"]["meetings"] == [meeting]


def test_one_address_for_all_meetings_is_the_address_of_each() -> None:
    files = written(
        run(
            "sigs:\n- dir: a\n  name: A\n  meeting_url: https://a.example\n"
            "  meeting_archive_url: https://b.example\n  meetings: [{day: Monday}]\n"
            "- dir: b\n  name: B\n  meeting_url: https://a.example\n"
        )
    )
    circles = Output(files).circles
    assert circles["a"]["meetings"][0]["link"] == "https://a.example"
    assert circles["a"]["links"] == [{"name": "Meeting notes", "url": "https://b.example"}]
    assert circles["b"]["links"] == [{"name": "Meeting", "url": "https://a.example"}]


def test_what_tells_how_often_may_lead_elsewhere() -> None:
    often = "bi-weekly ([upcoming meetings](#dates))"
    files = written(
        run(f"sigs:\n- dir: a\n  name: A\n  meetings: [{{frequency: '{often}', time: '9:00'}}]\n")
    )
    circle = Output(files).circles["a"]
    assert circle["meetings"] == [{"name": "Meeting", "every": "2 weeks", "time": "9:00"}]
    assert circle["links"] == [
        {
            "name": "Meeting: upcoming meetings",
            "url": "https://git.k8s.io/community/a/README.md#dates",
        }
    ]


def test_subprojects_of_one_name_are_told_apart_by_their_group() -> None:
    came = run(
        "sigs:\n"
        "- {dir: sig-a, name: A, subprojects: [{name: site}, {name: only}, {name: sig-b}]}\n"
        "- {dir: sig-b, name: B, subprojects: [{name: Site}, {name: Site}]}\n"
    )
    circles = Output(written(came)).circles
    parents = {id: circle.get("parent") for id, circle in circles.items()}
    assert parents == {
        "kubernetes": None,
        "sig-a": "kubernetes",
        "sig-b": "kubernetes",
        "only": "sig-a",
        "sig-a-site": "sig-a",
        "sig-a-sig-b": "sig-a",
        "sig-b-site": "sig-b",
    }
    assert [loss.field for loss in came.report.losses] == ["sigs[].subprojects[].name"]


def test_without_a_steering_committee_it_is_said_that_nobody_steers() -> None:
    said = [remark.id for remark in run(SMALL).report.remarks]
    assert "steering committee" not in " ".join(said)
    said = [remark.id for remark in run("sigs:\n- {dir: a, name: A}\n").report.remarks]
    assert "steering committee" in " ".join(said)


def test_a_list_that_is_too_long_for_one_file_is_cut_and_the_rest_reported() -> None:
    owners = "".join(f"    - https://a.example/{number}\n" for number in range(4_000))
    start = time.perf_counter()
    came = run(f"sigs:\n- dir: a\n  name: A\n  subprojects:\n  - name: B\n    owners:\n{owners}")
    files = written(came)
    assert time.perf_counter() - start < 2
    assert errors(files) == []
    assert came.report.imported_count + came.report.lost_count == came.report.leaves == 4_003
    assert came.report.lost_count == 1_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("sigs:\n- dir: a\n  dir: b\n", "Line"),
        ("sigs: [\n", "Line"),
        ("sigs: &a [*a]\n", "Line"),
        (b"sigs: \xff\n", "Line"),
        (b"x" * 1_100_000, "cannot be read"),
    ],
)
def test_a_damaged_file_is_named_with_the_reason(content: str | bytes, words: str) -> None:
    with pytest.raises(OrgcodeError) as told:
        run(content)
    assert words in told.value.cause.id
    assert told.value.cause.arguments["file"] == "sigs.yaml"


def test_a_source_without_the_file_is_none() -> None:
    with pytest.raises(OrgcodeError, match="There is no file"):
        import_snapshot(kubernetes_sigs, Files({"README.md": b""}), Known())


@pytest.mark.parametrize(
    "content", ["", "42", "[]", "sigs: {a: b}", "sigs: [1, [2], {}, {dir: ''}]"]
)
def test_what_holds_no_group_gives_a_sound_organisation(content: str) -> None:
    came = run(content)
    assert errors(written(came)) == []
    assert came.report.imported_count == 0
    assert counted(came) == sigs_source.fields(sigs_source.read(content.encode()) or {})


def test_hostile_texts_come_in_without_breaking_anything(real_data: Path) -> None:
    naughty = json.loads((real_data / "naughty-strings.json").read_text(encoding="utf-8"))
    groups = []
    for number, text in enumerate(naughty):
        person = {"github": text, "name": text, "company": text, "email": text}
        groups.append(
            {
                "dir": text if number % 2 else f"sig-{number}",
                "name": text,
                "mission_statement": text,
                "charter_link": text,
                "label": text,
                "leadership": {"chairs": [person, text], "emeritus_leads": [person]},
                "meetings": [dict.fromkeys(("description", "day", "time", "tz", "url"), text)],
                "contact": {"slack": text, "mailing_list": text, "teams": [{"name": text}]},
                "subprojects": [{"name": text, "description": text, "owners": [text]}],
                text: text,
            }
        )
    for some in (groups[start : start + 60] for start in range(0, len(groups), 60)):
        content = yaml.safe_dump(json.loads(json.dumps({"sigs": some})))  # without anchors
        came = run(content)
        files = written(came)
        assert errors(files) == []
        assert counted(came) == sigs_source.fields(sigs_source.read(content.encode()))
        assert files == written(run(content))


def test_what_was_taken_makes_a_difference() -> None:
    assert _without_effect(SMALL.encode()) == []


@pytest.mark.deep
def test_what_was_taken_of_the_newest_file_makes_a_difference(newest: bytes) -> None:
    assert _without_effect(newest) == []


def _without_effect(content: bytes) -> list[str]:
    """Fields of which a value, the last, can become another one, and nobody would notice: what
    comes out stays the same, and yet it counts as imported.
    """
    before = written(run(content))
    last = {sigs_source.pattern(path): path for path in _places(sigs_source.read(content))}
    found = []
    for field, path in last.items():
        changed = sigs_source.read(content)
        value = f"{_put(changed, path)}x"
        came = run(json.dumps(changed))
        if written(came) == before and value not in {loss.value for loss in came.report.losses}:
            found.append(field)
    return found


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, str):
        return [path]
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    return [found for step, inner in steps for found in _places(inner, (*path, step))]


def _put(value: Any, path: tuple[Any, ...]) -> str:
    """Put an x behind the text there; gives what stood there."""
    for step in path[:-1]:
        value = value[step]
    text = str(value[path[-1]])
    value[path[-1]] = f"{text}x"
    return text


def test_an_address_belongs_to_whom_it_is_given_first() -> None:
    leads = "{github: ada, email: a@b.example}, {github: bo, email: A@b.example}"
    came = run(f"sigs:\n- {{dir: a, name: A, leads: [{leads}]}}\n")
    files = written(came)
    assert errors(files) == []
    people = Output(files).people
    assert people["ada"]["emails"] == ["a@b.example"]
    assert "emails" not in people["bo"]
    assert [loss.field for loss in came.report.losses] == ["sigs[].leads[].email"]


def test_whom_nobody_sends_speaks_for_the_project_all_the_same() -> None:
    files = written(run("gb_rep: {github: ada}\nsigs:\n- {dir: a, name: A}\n"))
    assert errors(files) == []
    anchor = Output(files).circles["kubernetes"]
    assert anchor["core_roles"] == {"governing-board-representative": ["ada"]}
