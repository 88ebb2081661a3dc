"""Attacks on keys and signatures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from msgspec import structs

from orgcode.actions import judging_steps
from tests.attacks.attack import Attack, in_judge
from tests.attacks.defences_in_git import (
    any_namespace,
    any_signature_is_right,
    errors_are_let_in,
    everything_is_sure,
    keys_count_on_any_day,
    sha1_counts,
    short_keys_count,
)
from tests.attacks.on_proposals import ALONE
from tests.attacks.stage import Stage
from tests.law.by_rules.small import Small, rule

OF_OTHERS = ("have not responded", "has not responded", "has to agree")


def with_key(person: str, **more: Any) -> dict[str, Any]:
    """A file of somebody with one key; `KEY(name)` is put in by the stage."""
    return {"name": person.title(), "keys": [{"key": f"KEY({person})", **more}]}


def keyed(**more: Any) -> Small:
    """Eli's key counts on some days only."""
    return replace(ALONE, before={"people/eli.yaml": with_key("eli", **more)})


def said_on(day: str) -> Any:
    def says(stage: Stage) -> None:
        stage.say("eli", "consent", key="eli", at=f"{day}T12:00:00Z")
        stage.say("fay", "consent", key="fay")

    return says


def in_a_wrong_namespace(stage: Stage) -> None:
    wrong = {"namespace": b"file", "signed_namespace": b"file"}
    for person in ("dee", "eli", "fay"):
        stage.say(person, "consent", key=person, making=wrong)


def with_a_weak_key(stage: Stage) -> None:
    stage.say("eli", "consent", key="weak")
    stage.say("fay", "consent", key="fay")


def with_a_weak_algorithm(stage: Stage) -> None:
    stage.say("eli", "consent", key="long", making={"algorithm": "ssh-rsa"})
    stage.say("fay", "consent", key="fay")


def by_another(stage: Stage) -> None:
    stage.say("eli", "consent", key="fay")
    stage.say("fay", "consent", key="fay")


def with_two_signatures(stage: Stage) -> None:
    """A second `signature` stands below the first; who reads the one and who the other?"""
    path = f"proposals/{stage.id}/responses/eli.yaml"
    stage.say("eli", "consent", key="dee")
    text = stage.read(stage.head, path)
    stage.change({path: text + "  signature: AAAA\n"})
    stage.say("fay", "consent", key="fay")


def rekeyed(stage: Stage) -> None:
    """Dee gives Eli a key of her own making, and agrees in Eli's name with it."""
    stage.say("eli", "consent", key="mine")
    stage.say("fay", "consent", key="fay")


def identity_is_nothing_special(patch: Any, _: object) -> None:
    patch.setattr("orgcode.law.needs._Needs._either", lambda *_, **__: iter(()))


def keys_of_afterwards(patch: Any) -> None:
    """Keys are read from what the change makes of the organisation."""
    from orgcode.actions import judging

    for place in (judging, judging_steps):
        whole = place.evidence_of

        def found(ground: Any, view: Any, *rest: Any, whole: Any = whole) -> Any:
            return whole(ground, structs.replace(view, before=view.after), *rest)

        patch.setattr(place, "evidence_of", found)


SPOKEN = "eli", "fay"
REKEYED = replace(
    ALONE,
    rules=[rule("identity", "role", "all"), rule("role", "consent")],
    change={"people/eli.yaml": {"name": "Eli", "keys": [{"key": "KEY(mine)"}]}},
)
ALSO_REKEYED = replace(
    REKEYED,
    rules=[rule("identity", "role", "all"), rule("role", "consent")],
    org={"assurance": {"people": {"default": "signed"}}},
)

ATTACKS = [
    Attack(
        "key before its start",
        keyed(since="2027-03-01"),
        does=said_on("2027-02-28"),
        off=(keys_count_on_any_day,),
        says=OF_OTHERS,
    ),
    Attack(
        "key after its end, with a response that is backdated",
        keyed(until="2027-02-20"),
        does=said_on("2027-02-20"),
        off=(keys_count_on_any_day,),
        says=OF_OTHERS,
    ),
    Attack(
        "key after its end",
        keyed(until="2027-02-20"),
        does=said_on("2027-02-28"),
        off=(keys_count_on_any_day,),
        says=OF_OTHERS,
    ),
    Attack(
        "re-keyed under a weak rule",
        REKEYED,
        off=(in_judge(identity_is_nothing_special),),
        says=OF_OTHERS,
    ),
    Attack(
        "re-keyed, and agreed with the new key",
        ALSO_REKEYED,
        does=rekeyed,
        off=(keys_of_afterwards,),
        says=OF_OTHERS,
    ),
    Attack(
        "second signature",
        ALONE,
        does=with_two_signatures,
        off=(in_judge(everything_is_sure), errors_are_let_in),
        says=("a second time",),
    ),
    Attack(
        "wrong namespace",
        replace(ALONE, proposer_says=None),
        does=in_a_wrong_namespace,
        off=(any_namespace,),
        says=OF_OTHERS,
    ),
    Attack(
        "weak key",
        replace(
            ALONE,
            before={"people/eli.yaml": {"name": "Eli", "keys": [{"key": "KEY(weak, rsa1024)"}]}},
        ),
        does=with_a_weak_key,
        off=(short_keys_count,),
        says=OF_OTHERS,
    ),
    Attack(
        "weak algorithm",
        replace(
            ALONE,
            before={"people/eli.yaml": {"name": "Eli", "keys": [{"key": "KEY(long, rsa2048)"}]}},
        ),
        does=with_a_weak_algorithm,
        off=(sha1_counts,),
        says=OF_OTHERS,
    ),
    Attack(
        "another member's signature",
        ALONE,
        does=by_another,
        off=(any_signature_is_right,),
        says=OF_OTHERS,
    ),
]
