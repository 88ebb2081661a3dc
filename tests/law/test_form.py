"""What is invalid whatever anybody says of it, each as the attack or slip that it stops."""

from __future__ import annotations

from msgspec.structs import replace

from orgcode.changes.change import Change
from orgcode.documents.loading import load
from orgcode.i18n.translator import Translator
from orgcode.law.evidence import Evidence
from orgcode.law.form import faults_of_content, is_readable
from orgcode.law.judge import judge
from orgcode.law.verdict import Verdict
from orgcode.model.finding import Finding
from orgcode.model.message import message
from orgcode.model.org import Org
from orgcode.model.snapshot import Entry, Files
from tests.law.proposals import CHANGE, ID, IN_FORCE, NOW, SOUP, Case
from tests.law.small import DAY, broken, organisation

EVERYBODY = ("mia", "kim", "rob", "cas", "rik")


def case() -> Case:
    """A proposal to which everybody who decides consents."""
    return Case().consent(*EVERYBODY)


def verdict(change: Change) -> Verdict:
    """The verdict on a change to which everybody consents."""
    return judge(change, case().evidence(change), (), NOW)


def reasons(found: Verdict) -> list[str]:
    """Why it is invalid."""
    assert found.outcome == "invalid"
    return [Translator("en").say(reason) for reason in found.reasons]


def with_file(path: str, text: str, before: str = "") -> list[str]:
    """Why a change is invalid that also holds this file; `before` is what stood there."""
    it = case()
    it.changes = {**SOUP, path: text}
    it.before = {path: before} if before else {}
    return reasons(it.judge())


def test_sound_as_it_is() -> None:
    assert case().judge().outcome == "adopted"


def test_an_error_that_was_not_there() -> None:
    found = Finding(
        rule="unknown-person",
        severity="error",
        path="roles/soup.yaml",
        line=1,
        column=1,
        cause=message("Nobody."),
        way_out=message("."),
    )
    one = reasons(case().judge(errors=[found]))
    assert one == ["It would bring an error: roles/soup.yaml: Nobody."]
    two = reasons(case().judge(errors=[found, found]))
    assert two[0].startswith("It would bring 2 errors, the first of them: ")


def test_a_record_of_another_proposal_altered() -> None:
    other = "proposals/2027-01-01-other/responses/kim.yaml"
    entry = f"- {{stance: no, change: {CHANGE}, at: 2027-01-01T00:00:00Z, after: null}}\n"
    assert "another proposal" in with_file(other, entry)[0]


def test_something_else_in_the_record() -> None:
    assert "does not belong" in with_file(f"proposals/{ID}/notes.txt", "Well.")[0]


def test_a_response_planted_in_the_folder_of_a_future_proposal() -> None:
    entry = f"- {{stance: consent, change: {CHANGE}, at: 2027-01-01T00:00:00Z, after: null}}\n"
    path = f"proposals/{ID}/responses/kim.yaml"
    assert any("before" in why for why in with_file(path, entry, before=entry))


def test_an_id_that_was_used_before() -> None:
    change = case().change()
    found = reasons(verdict(Change.between(change.after, _amended(change.after))))
    assert any("stays" in why or "before" in why for why in found)


def _amended(org: Org) -> Org:
    assert org.organisation
    texts = {"org.yaml": IN_FORCE, **SOUP}
    record = (
        "title: Soup again\nproposer: mia\n"
        "opened: {at: 2027-02-25T12:00:00Z, base: '0000000000000000000000000000000000000000'}\n"
        "tension: {text: We are hungry.}\n"
    )
    return organisation({**texts, f"proposals/{ID}/proposal.yaml": record})


def test_a_record_taken_away() -> None:
    change = case().change()
    backwards = Change.between(change.after, change.before)
    assert any("stays" in why for why in reasons(verdict(backwards)))


def test_no_ordinary_file() -> None:
    change = case().change()
    entries = dict(change.after.snapshot.entries)
    for mode in (0o120000, 0o100755, 0o160000):
        entries["roles/soup.yaml"] = Entry(mode, "0" * 40)
        snapshot = _Entries(entries)
        spoilt = replace(change, after=replace(change.after, snapshot=snapshot))
        assert "roles/soup.yaml is no ordinary file." in reasons(verdict(spoilt))


class _Entries:
    """The entries of a snapshot whose content nobody asks for."""

    def __init__(self, entries: dict[str, Entry]) -> None:
        self.entries = entries

    def read(self, path: str, most: int = 0) -> bytes:  # noqa: ARG002 (as a Snapshot has it)
        raise AssertionError(path)


def test_a_name_that_is_no_text() -> None:
    change = case().change()
    effect = replace(change.effects[0], paths=("pages/\udcff.md",))
    spoilt = replace(change, effects=(*change.effects, effect))
    assert any("cannot be read" in why for why in reasons(verdict(spoilt)))


def test_org_yaml_that_cannot_be_read_is_no_founding() -> None:
    """Org.yaml made unreadable, so that no rule would hold."""
    change = case().change()
    unreadable = broken(change.before, "org.yaml")
    assert "org.yaml cannot be read" in reasons(verdict(replace(change, before=unreadable)))[0]
    gone = replace(unreadable, organisation=None)
    assert (
        judge(replace(change, before=gone), case().evidence(change), (), NOW).outcome == "invalid"
    )


def test_a_proposal_that_changes_nothing() -> None:
    it = case()
    it.changes = {}
    assert reasons(it.judge()) == ["This proposal changes nothing."]


def test_a_proposal_all_of_which_conflicts_is_not_said_to_change_nothing() -> None:
    it = case()
    it.changes = {}
    it.conflicts = ("roles/soup.yaml",)
    (said,) = reasons(it.judge())
    assert said.startswith("It no longer fits")


def test_a_record_that_says_it_was_withdrawn() -> None:
    it = case()
    it.record = "outcome: withdrawn\n"
    assert "has ended" in reasons(it.judge())[0]


def test_a_founding_step_is_sound_too() -> None:
    change = Change.between(organisation(), organisation(SOUP))
    evidence = Evidence(
        proposal="", change=CHANGE, opening=change.before, conflicts=("roles/soup.yaml",)
    )
    found = judge(change, evidence, (), NOW)
    assert (found.outcome, found.is_founding) == ("invalid", True)


def test_the_step_that_sets_the_latch_is_the_last_of_the_founding() -> None:
    before, after = organisation(), organisation({"org.yaml": IN_FORCE})
    evidence = Evidence(proposal="", change=CHANGE, opening=before)
    assert judge(Change.between(before, after), evidence, (), NOW).outcome == "adopted"
    assert judge(Change.between(after, before), evidence, (), NOW).outcome == "invalid"


def test_an_invalid_proposal_that_was_withdrawn_is_rejected() -> None:
    it = case().say("mia", "withdraw")
    it.conflicts = ("roles/soup.yaml",)
    assert it.judge().outcome == "rejected"


def test_where_nothing_is_yet_the_first_step_is_founding() -> None:
    before, after = load(Files({}), DAY), organisation(SOUP)
    evidence = Evidence(proposal="", change=CHANGE, opening=before)
    found = judge(Change.between(before, after), evidence, (), NOW)
    assert (found.outcome, found.is_founding) == ("adopted", True)


def test_what_was_no_ordinary_file_before_may_stay_as_it_is() -> None:
    change = case().change()
    path, link = "roles/soup.yaml", Entry(0o120000, "0" * 40)
    there = replace(change.after, snapshot=_Entries({**change.after.snapshot.entries, path: link}))
    for was, is_sound in ((link, True), (Entry(0o120000, "1" * 40), False)):
        entries = {**change.before.snapshot.entries, path: was}
        before = replace(change.before, snapshot=_Entries(entries))
        found = verdict(replace(change, before=before, after=there))
        assert (found.outcome == "adopted") is is_sound
    unknown = Entry(0o120000, None)
    both = [
        replace(org, snapshot=_Entries({**org.snapshot.entries, path: unknown}))
        for org in (change.before, change.after)
    ]
    assert verdict(replace(change, before=both[0], after=both[1])).outcome == "invalid"


def test_org_yaml_says_all_or_is_not_readable() -> None:
    org = case().change().before
    assert is_readable(org)
    assert not is_readable(load(Files({}), DAY))
    assert not is_readable(replace(org, organisation=None))
    assert not is_readable(broken(org, "org.yaml"))


def test_the_responses_to_it_belong_in_its_record() -> None:
    entry = f"- {{stance: consent, change: {CHANGE}, at: 2027-01-01T00:00:00Z, after: null}}\n"
    it = case()
    it.changes = {**SOUP, f"proposals/{ID}/responses/kim.yaml": entry}
    assert it.judge().outcome == "adopted"


def test_org_yaml_made_unreadable_or_taken_away_is_invalid_and_says_so() -> None:
    change = case().change()
    for after in (
        replace(change.after, organisation=None),
        replace(broken(change.after, "org.yaml"), organisation=None),
    ):
        said = reasons(verdict(replace(change, after=after)))
        assert "The rules of the organisation are in force, and stay in force." in said
        assert "The id of the organisation never changes." in said


TAKEN = "Many computers take roles/Soup.yaml for roles/soup.yaml: choose another name."


def test_a_name_that_many_computers_take_for_another() -> None:
    """On a disk that knows no capitals it takes the place of a role."""
    assert TAKEN in with_file("roles/Soup.yaml", SOUP["roles/soup.yaml"])


def test_such_a_name_that_is_there_may_be_altered_and_taken_away() -> None:
    text = SOUP["roles/soup.yaml"]
    it = case()
    it.changes, it.before = {"roles/Soup.yaml": f"{text}# more\n"}, {"roles/Soup.yaml": text}
    change = it.change()
    backwards = Change.between(organisation({"roles/Soup.yaml": text}), organisation({}))
    assert "roles/Soup.yaml" in {path for effect in change.effects for path in effect.paths}
    assert "roles/Soup.yaml" in {path for effect in backwards.effects for path in effect.paths}
    for each in (change, backwards):
        said = [Translator("en").say(why) for why in faults_of_content(each, (), ())]
        assert TAKEN not in said
