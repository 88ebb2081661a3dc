"""Who is affected by a change, on both sides of it, and why."""

from __future__ import annotations

from orgcode.changes.change import Change
from orgcode.i18n.translator import Translator
from orgcode.law.affected_by import affected_by
from tests.changes.house import house, organisation
from tests.changes.table import rows


def reasons(**texts: str) -> dict[str, tuple[str, ...]]:
    """Who is affected when some files of the house are altered: `file__with`=old=>new."""
    before = house()
    after = dict(before)
    for name, edit in texts.items():
        path = name.replace("__", "/") + ".yaml"
        old, _, new = edit.partition("=>")
        content = after.get(path, b"")
        assert isinstance(content, bytes)
        assert old.encode() in content
        after[path] = content.replace(old.encode(), new.encode()) if old else new.encode()
    org = organisation(after)
    change = Change.between(organisation(before), org)
    say = Translator("en").speaking(org.ruleset).say
    return {who: tuple(map(say, why)) for who, why in affected_by(change).items()}


def test_holders_members_and_those_to_be_consulted_are_affected_with_all_reasons() -> None:
    found = reasons(roles__cook="seats: 3=>seats: 2")
    assert found["cas"][:2] == ("holds the role Cook", "is a member of Kitchen")
    assert found["fay"] == ("is to be consulted",)
    assert found["kim"] == ("is a member of Kitchen",)
    assert "sam" not in found


def test_who_is_put_in_and_who_is_released_are_both_affected() -> None:
    found = reasons(roles__keeper="[ida]=>[sam]")
    assert "is the person concerned" in found["ida"]
    assert "is the person concerned" in found["sam"]
    assert "holds the role Keeper" in found["ida"]
    assert "holds the role Keeper" in found["sam"]


def test_of_a_role_that_moves_the_members_of_both_circles_are_affected() -> None:
    found = reasons(roles__cook="circle: kitchen=>circle: garden")
    assert "is a member of Kitchen" in found["kim"]
    assert "is a member of Garden" in found["ida"]


def test_a_policy_concerns_those_below_too() -> None:
    below = {"people/liz.yaml": b"name: Liz\n"}
    files = {**house(), **below}
    stove = files["circles/stove.yaml"]
    assert isinstance(stove, bytes)
    files["circles/stove.yaml"] = stove + b"members: [liz]\n"
    text = files["policies/hygiene.yaml"]
    assert isinstance(text, bytes)
    after = {**files, "policies/hygiene.yaml": text.replace(b"Wash", b"Dry")}
    assert "liz" in affected_by(Change.between(organisation(files), organisation(after)))


def test_a_domain_concerns_those_below_too_and_a_link_of_the_circle_does_not() -> None:
    files = house()
    stove, kitchen = files["circles/stove.yaml"], files["circles/kitchen.yaml"]
    assert isinstance(stove, bytes)
    assert isinstance(kitchen, bytes)
    files |= {"people/liz.yaml": b"name: Liz\n", "circles/stove.yaml": stove + b"members: [liz]\n"}
    domain = {**files, "circles/kitchen.yaml": kitchen.replace(b", The menu]", b"]")}
    link = {**files, "circles/kitchen.yaml": kitchen.replace(b"Chat", b"Talk")}
    before = organisation(files)
    assert "liz" in affected_by(Change.between(before, organisation(domain)))
    assert "liz" not in affected_by(Change.between(before, organisation(link)))


def test_whom_a_proposal_asks_is_affected() -> None:
    lamp = (
        "=>title: A lamp\nproposer: ida\nopened: {at: '2027-02-01T12:00:00Z', base: "
        + "0a" * 20
        + "}\nask: {people: [out], roles: [keeper]}\n"
    )
    path = "proposals__2027-02-01-lamp__proposal"
    assert reasons(**{path: lamp}) == {
        "ida": ("is asked by the proposer",),
        "out": ("is asked by the proposer",),
    }


def test_writing_a_file_in_another_way_concerns_nobody() -> None:
    assert reasons(roles__cook="name: Cook=>name: 'Cook'") == {}


def test_those_concerned_by_an_effect_are_among_those_concerned_by_the_change() -> None:
    for row in rows():
        change = Change.between(*row.sides())
        everybody = affected_by(change)
        for effect in change.effects:
            for person, why in affected_by(change, (effect,)).items():
                assert set(map(repr, why)) <= set(map(repr, everybody[person])), row.name


def test_a_role_that_is_asked_and_is_not_there_is_nobody() -> None:
    lamp = (
        "=>title: A lamp\nproposer: ida\nopened: {at: '2027-02-01T12:00:00Z', base: "
        + "0a" * 20
        + "}\nask: {people: [nobody], roles: [nothing, keeper]}\n"
    )
    found = reasons(**{"proposals__2027-02-01-lamp__proposal": lamp})
    assert found == {"ida": ("is asked by the proposer",)}
