"""The gate on real repositories: what is lawful passes, what is not does not."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from orgcode.actions.gate import gate
from orgcode.actions.judging import Judged
from orgcode.model.errors import OrgcodeError
from tests.adapters.test_result import entry
from tests.proposing import BAKER, FILES, NOW, PROPOSAL, House


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House.make(tmp_path)


def passed(
    house: House, head: str = f"proposal/{PROPOSAL}", *, base: str = "main", now: str = NOW
) -> Judged:
    return gate(house.builder.root, base, head, datetime.fromisoformat(now))


def outcome(house: House, id: str = PROPOSAL, *, now: str = NOW) -> str:
    return passed(house, f"proposal/{id}", now=now).verdict.outcome


def test_all_consent(house: House) -> None:
    house.propose()
    assert outcome(house) == "open"
    house.respond("kim", "consent")
    assert outcome(house) == "open"
    house.respond("rob", "consent")
    judged = passed(house)
    assert judged.verdict.is_adopted
    assert judged.proposal == PROPOSAL
    assert judged.evidence.change == house.change()
    assert judged.evidence.opened_at is None


def test_nothing_is_checked_out_or_written(house: House) -> None:
    house.propose()
    house.builder.write("roles/cook.yaml", "not finished")
    before = house.builder.git("for-each-ref"), house.builder.git("count-objects", "-v")
    passed(house)
    assert before == (house.builder.git("for-each-ref"), house.builder.git("count-objects", "-v"))
    assert house.builder.git("status", "--porcelain") == " M roles/cook.yaml"


def test_push_after_consent(house: House) -> None:
    house.propose()
    house.respond("kim", "consent")
    house.respond("rob", "consent")
    house.builder.git("checkout", "-q", f"proposal/{PROPOSAL}")
    house.builder.commit({"roles/baker.yaml": BAKER["roles/baker.yaml"] + "holders: [cas]\n"})
    assert outcome(house) == "open"


def test_target_moved_beside_it(house: House) -> None:
    house.propose()
    house.respond("kim", "consent")
    house.respond("rob", "consent")
    house.builder.commit({"people/ida.yaml": "name: Ida\n"})
    assert outcome(house) == "adopted"


def test_target_moved_in_its_way(house: House) -> None:
    house.propose(files={"roles/cook.yaml": FILES["roles/cook.yaml"] + "seats: 2\n"})
    house.respond("kim", "consent")
    house.respond("rob", "consent")
    house.builder.commit({"roles/cook.yaml": FILES["roles/cook.yaml"].replace("Meals", "Food")})
    judged = passed(house)
    assert judged.verdict.outcome == "invalid"
    assert judged.evidence.conflicts == ("roles/cook.yaml",)


def test_an_objection_dropped_by_rewriting_a_commit_on_the_branch(house: House) -> None:
    house.propose()
    house.respond("kim", "objection", reason="Too much")
    house.respond("rob", "consent")
    house.builder.git("checkout", "-q", f"proposal/{PROPOSAL}")
    house.builder.git("rm", "-q", f"proposals/{PROPOSAL}/responses/kim.yaml")
    house.builder.commit()
    del house.ends[PROPOSAL, "kim"]
    house.respond("kim", "consent", at="2027-01-02T13:00:00Z")
    assert outcome(house) == "blocked"


def test_an_objection_dropped_by_rewriting_the_branch_that_a_server_received(
    house: House,
) -> None:
    before = house.propose()
    with_objection = house.respond("kim", "objection", reason="Too much")
    ref = f"refs/heads/proposal/{PROPOSAL}"
    house.builder.git("update-ref", ref, before)
    del house.ends[PROPOSAL, "kim"]
    house.respond("kim", "consent")
    house.respond("rob", "consent")
    assert outcome(house) == "adopted"  # nobody can know better
    house.receive((ref, with_objection), at="2027-01-03T12:00:00Z", key=None)
    assert outcome(house) == "blocked"


def test_a_bad_entry_hides_no_other(house: House) -> None:
    house.propose()
    house.builder.git("checkout", "-q", f"proposal/{PROPOSAL}")
    path = f"proposals/{PROPOSAL}/responses/kim.yaml"
    entry = f"stance: objection\n  change: {'0' * 64}\n  at: {NOW}\n  after: null\n  reason: No\n"
    house.builder.commit({path: f"- {entry}- stance: maybe\n"})
    heard = passed(house).evidence.heard
    assert [each.response.stance for each in heard if each.response.person == "kim"] == [
        "objection"
    ]


def test_in_anothers_name_where_signatures_are_asked_for(tmp_path: Path) -> None:
    house = House.make(tmp_path)
    people = {
        f"people/{id}.yaml": f"name: {id}\nkeys: [{{key: {house.key(id)}}}]\n"
        for id in ("kim", "rob", "cas")
    }
    organisation = FILES["org.yaml"] + "assurance: {people: {role: signed}}\n"
    house.builder.commit({"org.yaml": organisation, **people})
    house.propose(assents=False)
    house.respond("cas", "consent", key="cas")
    house.respond("kim", "consent", key="kim")
    house.respond("rob", "consent", key="cas")
    judged = passed(house)
    assert judged.verdict.outcome == "open"
    flaws = {each.response.person: each.flaw for each in judged.evidence.heard}
    assert flaws["rob"] is not None
    assert flaws["kim"] is None
    house.respond("rob", "consent", key="rob")
    assert outcome(house) == "adopted"


def test_a_key_of_two_people_proves_nothing(tmp_path: Path) -> None:
    house = House.make(tmp_path)
    keys = f"keys: [{{key: {house.key('kim')}}}]\n"
    house.builder.commit(
        {"people/kim.yaml": f"name: Kim\n{keys}", "people/rob.yaml": f"name: Rob\n{keys}"}
    )
    house.propose()
    house.respond("kim", "consent", key="kim")
    (heard,) = (h for h in passed(house).evidence.heard if h.response.person == "kim")
    assert heard.signed_by is None
    assert heard.flaw is not None
    assert "several people" in heard.flaw.id


@pytest.mark.parametrize(
    ("since", "until", "is_valid"),
    [
        ("2027-01-04", None, False),
        (None, "2027-01-02", False),
        (None, "2027-01-09", False),
        ("2027-01-03", "2027-01-10", True),
    ],
    ids=["before its start", "after its end", "no longer on the day of judging", "valid"],
)
def test_the_days_of_a_key(
    tmp_path: Path, since: str | None, until: str | None, *, is_valid: bool
) -> None:
    house = House.make(tmp_path)
    days = "".join(f", {k}: {v}" for k, v in (("since", since), ("until", until)) if v)
    key = f"keys: [{{key: {house.key('kim')}{days}}}]\n"
    house.builder.commit({"people/kim.yaml": f"name: Kim\n{key}"})
    house.propose()
    house.respond("kim", "consent", key="kim")
    (heard,) = (h for h in passed(house).evidence.heard if h.response.person == "kim")
    assert (heard.signed_by == "kim") is is_valid
    assert (heard.flaw is None) is is_valid


def test_severities_lowered_by_the_change_itself(house: House) -> None:
    """An organisation that made a warning an error keeps it one against who lowers it."""
    strict = FILES["org.yaml"] + "severities: {file-outside: error}\n"
    house.builder.commit({"org.yaml": strict})
    lax = strict.replace("file-outside: error", "file-outside: off")
    house.propose(files={"org.yaml": lax, "odd/file": "x"})
    found = [(each.rule, each.path) for each in passed(house).new_errors]
    assert found == [("file-outside", "odd/file")]
    house.propose("2027-01-02-lax", files={"org.yaml": lax})
    assert passed(house, "proposal/2027-01-02-lax").new_errors == ()


def test_an_error_that_was_there_before_is_no_new_one(house: House) -> None:
    house.builder.commit({"roles/odd.yaml": "name: Odd\ncircle: nowhere\npurpose: x\n"})
    house.propose()
    assert passed(house).new_errors == ()
    house.propose("2027-01-02-odd", files={"roles/odd2.yaml": "name: O\ncircle: no\npurpose: x\n"})
    judged = passed(house, "proposal/2027-01-02-odd")
    assert judged.verdict.outcome == "invalid"
    assert [(each.rule, each.path) for each in judged.new_errors] == [
        ("unknown-circle", "roles/odd2.yaml")
    ]


def test_a_record_altered_later(house: House) -> None:
    house.propose()
    house.respond("kim", "consent")
    house.respond("rob", "consent")
    house.adopt()
    house.propose(
        "2027-01-05-other",
        files={
            f"proposals/{PROPOSAL}/responses/kim.yaml": "[]\n",
            "pages/a.md": "# A\n",
        },
    )
    judged = passed(house, "proposal/2027-01-05-other")
    assert judged.verdict.outcome == "invalid"
    assert "record-altered" in {each.rule for each in judged.new_errors}


def test_two_proposals_in_one(house: House) -> None:
    other = "proposals/2027-01-05-b/proposal.yaml"
    house.propose(files={**BAKER, other: "title: B\nproposer: cas\n"})
    house.respond("kim", "consent")
    house.respond("rob", "consent")
    assert outcome(house) == "invalid"


def test_without_a_record(house: House) -> None:
    house.builder.git("checkout", "-q", "-b", "plain", "main")
    house.builder.commit(BAKER)
    judged = passed(house, "plain")
    assert (judged.verdict.outcome, judged.proposal) == ("invalid", "")


@pytest.mark.parametrize("mode", [b"120000", b"160000", b"100664", b"100755"])
def test_what_is_no_ordinary_file(house: House, mode: bytes) -> None:
    house.propose()
    builder = house.builder
    blob = builder.git("hash-object", "-w", "--stdin", stdin=b"name: Kim\n")
    tree = builder.git("rev-parse", "main^{tree}")
    raw = bytes.fromhex(
        builder.git("cat-file", "tree", tree).encode("utf-8", "surrogateescape").hex()
    )
    odd = builder.git(
        "hash-object",
        "-t",
        "tree",
        "-w",
        "--stdin",
        "--literally",
        stdin=entry(mode, b"a-file", blob) + raw,
    )
    head = builder.git("commit-tree", odd, "-p", "main", "-m", "x")
    judged = passed(house, head)
    assert judged.verdict.outcome == "invalid"
    assert any("ordinary file" in reason.id for reason in judged.verdict.reasons)


def test_revisions_that_look_like_options(house: House) -> None:
    for name in ("--all", "-h", "", "main --not", "main\n"):
        with pytest.raises(OrgcodeError):
            passed(house, name)


def test_a_cache_that_a_proposal_brings_is_not_read(house: House) -> None:
    """The folder in git's own is no part of any commit; files of that name are files."""
    house.propose()
    plain = passed(house)
    house.builder.git("checkout", "-q", f"proposal/{PROPOSAL}")
    house.builder.commit({".git-orgcode/cache.sqlite3": "x"})
    assert passed(house).new_errors == plain.new_errors


def test_nothing_can_be_kept(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.propose()
    house.respond("kim", "consent")
    house.respond("rob", "consent")
    file = house.builder.root / ".git" / "orgcode"
    file.write_text("in the way")
    assert outcome(house) == "adopted"
    assert file.read_text() == "in the way"


def test_founding(tmp_path: Path) -> None:
    house = House.make(tmp_path)
    founding = FILES["org.yaml"].replace("rules_in_force_since: 2027-01-01\n", "")
    house.builder.commit({"org.yaml": founding})
    house.builder.git("checkout", "-q", "-b", "plain", "main")
    house.builder.commit(BAKER)
    judged = passed(house, "plain")
    assert judged.verdict.is_adopted
    assert judged.verdict.is_founding
    house.builder.git("checkout", "-q", "--orphan", "empty")
    house.builder.git("rm", "-q", "-rf", ".")
    house.builder.commit({"README.md": "# House\n"})
    house.builder.git("checkout", "-q", "-b", "first")
    house.builder.commit({**FILES})
    assert passed(house, "first", base="empty").verdict.is_adopted


def test_an_unreadable_organisation_is_no_founding(house: House) -> None:
    house.builder.commit({"org.yaml": "name: [\n"})
    house.propose()
    house.respond("kim", "consent")
    house.respond("rob", "consent")
    assert outcome(house) == "invalid"
