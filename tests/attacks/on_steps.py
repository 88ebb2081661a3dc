"""Attacks on what a step of main holds, and on what it goes on from."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from orgcode.adapters.git.ancestry import RawCommit
from tests.attacks.attack import Attack, Does, in_judge
from tests.attacks.defences import every_word_is_of_now
from tests.attacks.defences_in_git import (
    any_form_is_right,
    any_parents_will_do,
    any_tree_will_do,
    errors_are_let_in,
    the_line_may_be_left,
    trees_need_not_be_honest,
    what_is_unknown_is_free,
)
from tests.attacks.entrances import audit, hook
from tests.attacks.on_proposals import LAWFUL, OTHER
from tests.attacks.stage import NOW, RECORD, Stage
from tests.law.by_rules.small import COOK, rule

STEPS = (hook, audit)
NO_FILE = ("is no ordinary file", "cannot be read")
LOOSE = replace(LAWFUL, rules=[rule(["role", "tooling", "page"], "consent", "circle:kitchen")])
"""The kitchen also decides about pages and about whatever orgcode does not know."""


def with_mode(mode: int, path: str = "roles/odd.yaml") -> Does:
    """A file that is none, agreed to by all."""

    def does(stage: Stage) -> None:
        blob = str(stage.git.create_blob(b"name: Odd\ncircle: kitchen\npurpose: Odd\n"))
        stage.change({path: (mode, blob)})
        agreed(stage)

    return does


def agreed(stage: Stage) -> None:
    for person in ("dee", "eli", "fay"):
        stage.say(person, "consent", key=person)


def submodule(stage: Stage) -> None:
    stage.change({"assets/other": (0o160000, stage.target)})
    agreed(stage)


def odd_tree(mode: bytes) -> Does:
    """A mode that git does not write, by a tree made by hand."""

    def does(stage: Stage) -> None:
        root = stage.at(stage.head).tree
        items = []
        blob = str(stage.git.create_blob(b"# Odd\n"))
        for entry in root:
            what = b"40000" if entry.filemode == 0o40000 else b"100644"
            items.append((what, str(entry.name).encode(), str(entry.id)))
        items.append((mode, b"zzz", blob))
        stage.head = stage.written((stage.head,), stage.tree(*items), "Odd\n", NOW)
        stage.propose()
        stage.step = stage.written((stage.target, stage.head), stage.tree(*items), "Odd\n", NOW)

    return does


def twice_in_a_tree(stage: Stage) -> None:
    """One program may see the one file and another the other."""
    root = stage.at(stage.head).tree
    items = []
    for entry in root:
        what = b"40000" if entry.filemode == 0o40000 else b"100644"
        items.append((what, str(entry.name).encode(), str(entry.id)))
        if entry.name == "org.yaml":
            items.append((b"100644", b"org.yaml", str(entry.id)))
    tree = stage.tree(*items)
    stage.head = stage.written((stage.head,), tree, "Twice\n", NOW - timedelta(hours=1))
    stage.propose()
    stage.step = stage.written((stage.target, stage.head), tree, "Twice\n", NOW)


def named(*paths: str) -> Does:
    def does(stage: Stage) -> None:
        content = "name: Cook\ncircle: kitchen\npurpose: Mine\n"
        stage.change(dict.fromkeys(paths, content))
        agreed(stage)

    return does


def another_tree(stage: Stage) -> None:
    cook = json.dumps({**COOK, "purpose": "Whatever Dee wants."})
    merged = stage.merged()
    stage.step = stage.commit(
        (stage.target, stage.head), {"roles/cook.yaml": cook}, at=NOW, base=merged
    )


def another_tree_alone(stage: Stage) -> None:
    """The same as a single commit, as a forge squashes: what it holds was not agreed to."""
    cook = json.dumps({**COOK, "purpose": "Whatever Dee wants."})
    merged = stage.merged()
    stage.step = stage.commit((stage.target,), {"roles/cook.yaml": cook}, at=NOW, base=merged)


def two_proposals(stage: Stage) -> None:
    record = json.loads(stage.read(stage.head, RECORD))
    stage.change({f"proposals/{OTHER}/proposal.yaml": json.dumps({**record, "title": "Other"})})


def directly(stage: Stage) -> None:
    cook = json.dumps({**COOK, "purpose": "Whatever Dee wants."})
    stage.step = stage.commit((stage.target,), {"roles/cook.yaml": cook}, at=NOW)


def sneaked_in_behind(stage: Stage) -> None:
    """A lawful step first, and one that nobody proposed on top of it."""
    lawful = stage.merged()
    cook = json.dumps({**COOK, "purpose": "Whatever Dee wants."})
    stage.step = stage.commit((lawful,), {"roles/cook.yaml": cook}, at=NOW)


def foxtrot(stage: Stage) -> None:
    """The former tip is merged into what goes on from beside it."""
    before = stage.commit((), {"README.md": "# Ours\n"}, at=NOW - timedelta(days=5))
    tree = str(stage.at(stage.target).tree_id)
    stage.step = stage.written((before, stage.target), tree, "Foxtrot\n", NOW)


def forced(stage: Stage) -> None:
    """Another history altogether."""
    tree = str(stage.at(stage.target).tree_id)
    stage.step = stage.written((), tree, "Anew\n", NOW)


def octopus(stage: Stage) -> None:
    merged = stage.merged()
    other = stage.commit((stage.target,), {"README.md": "# X\n"}, at=NOW)
    tree = str(stage.at(merged).tree_id)
    stage.step = stage.written((stage.target, stage.head, other), tree, "Octopus\n", NOW)


def hidden_parent(stage: Stage) -> None:
    """Git sees a commit without parents, since it looks for these above the author only."""
    merged = stage.at(stage.merged())
    stage.step = stage.written(
        (), str(merged.tree_id), "Anew\n", NOW, f"parent {stage.target}\nparent {stage.head}\n"
    )


def record_altered_later(stage: Stage) -> None:
    """Of a proposal that was adopted before, somebody's reasons are told anew."""
    folder = f"proposals/{OTHER}"
    record = json.loads(stage.read(stage.head, RECORD))
    files = {
        f"{folder}/proposal.yaml": json.dumps({**record, "title": "Other"}),
        f"{folder}/responses/eli.yaml": stage.read(
            stage.head, f"proposals/{stage.id}/responses/eli.yaml"
        ),
    }
    stage.target = stage.commit((stage.target,), files, at=NOW - timedelta(days=3))
    stage.main()
    altered = stage.read(stage.target, f"{folder}/responses/eli.yaml").replace("consent", "yes")
    stage.head = stage.commit(
        (stage.head, stage.target),
        {**files, f"{folder}/responses/eli.yaml": altered},
        at=NOW - timedelta(days=1),
    )
    stage.propose()
    agreed(stage)


def latch_removed_behind(stage: Stage) -> None:
    org = json.loads(stage.read(stage.target, "org.yaml"))
    del org["rules_in_force_since"]
    stage.step = stage.commit((stage.target,), {"org.yaml": json.dumps(org)}, at=NOW)


def org_removed(stage: Stage) -> None:
    stage.step = stage.commit((stage.target,), {"org.yaml": None}, at=NOW)


def org_unreadable(stage: Stage) -> None:
    files = {"org.yaml": "name: [What\n"}
    stage.target = stage.commit((stage.target,), files, at=NOW - timedelta(days=1))
    stage.main()


def everything_is_founding(patch: Any) -> None:
    """An org.yaml that says nothing says that the rules are not in force."""
    patch.setattr("orgcode.law.form.is_readable", lambda _: True)


def any_name_will_do(patch: Any) -> None:
    patch.setattr("orgcode.law.form.taken_for", lambda _: None)


def founding_never_ends(patch: Any) -> None:
    for place in ("law.judge", "actions.judging_steps"):
        patch.setattr(f"orgcode.{place}.is_founding", lambda *_: True)


def parents_stand_anywhere(patch: Any) -> None:
    def parse(id: str, content: bytes) -> RawCommit:
        head, _, text = content.partition(b"\n\n")
        lines = [line.split(b" ", 1) for line in head.split(b"\n")]
        values = [(key, value.decode()) for key, value in lines]
        parents = tuple(value for key, value in values if key == b"parent")
        one = dict(values)
        committer = one[b"committer"].encode()
        return RawCommit(id, one[b"tree"], parents, committer, committer, None, text)

    patch.setattr("orgcode.adapters.git.commits.parse_commit", parse)


ANY_WORD = in_judge(every_word_is_of_now)

ATTACKS = [
    Attack(
        "symbolic link",
        LOOSE,
        does=with_mode(0o120000),
        off=(any_form_is_right, ANY_WORD),
        says=NO_FILE,
    ),
    Attack("submodule", LOOSE, does=submodule, off=(any_form_is_right, ANY_WORD), says=NO_FILE),
    Attack(
        "file that can be run",
        LOOSE,
        does=with_mode(0o100755),
        off=(any_form_is_right, ANY_WORD),
        says=NO_FILE,
    ),
    Attack(
        "mode that git does not write",
        LOOSE,
        does=odd_tree(b"100666"),
        off=(any_form_is_right, ANY_WORD),
        says=NO_FILE,
    ),
    Attack(
        "duplicate tree entry",
        LOOSE,
        does=twice_in_a_tree,
        off=(trees_need_not_be_honest, any_form_is_right, any_tree_will_do, ANY_WORD),
        says=("forbids",),
    ),
    Attack(
        "names that differ by case",
        LOOSE,
        does=named("roles/Cook.yaml"),
        off=(any_name_will_do,),
        says=("Many computers take roles/Cook.yaml for roles/cook.yaml",),
    ),
    Attack(
        "names that differ by what cannot be seen",
        LOOSE,
        does=named("roles/cook.yaml. "),
        off=(any_name_will_do,),
        says=("Many computers take",),
    ),
    Attack(
        "names that look alike",
        LAWFUL,
        does=named("roles/c\u043e\u043ek.yaml"),
        off=(what_is_unknown_is_free,),
        says=("Ann, Ben and Cas",),
    ),
    Attack(
        "unknown path",
        LAWFUL,
        does=named("circle/kitchen.yaml"),
        off=(what_is_unknown_is_free,),
        says=("Ann, Ben and Cas",),
    ),
    Attack(
        "step whose files are not those judged",
        LAWFUL,
        does=another_tree,
        off=(any_tree_will_do, ANY_WORD),
        through=STEPS,
        says=("laying the proposal over",),
    ),
    Attack(
        "squashed step whose files are not those agreed to",
        LAWFUL,
        does=another_tree_alone,
        off=(ANY_WORD,),
        through=STEPS,
    ),
    Attack(
        "two proposals in one step",
        LAWFUL,
        does=two_proposals,
        off=(any_form_is_right,),
        says=("belongs to another proposal",),
    ),
    Attack(
        "pushed without a proposal",
        LAWFUL,
        does=directly,
        off=(founding_never_ends,),
        through=STEPS,
        says=("There is no record of a new proposal",),
    ),
    Attack(
        "foxtrot merge",
        LAWFUL,
        does=foxtrot,
        off=(the_line_may_be_left,),
        through=(hook,),
        says=("not on the main line",),
    ),
    Attack(
        "force-push",
        LAWFUL,
        does=forced,
        off=(the_line_may_be_left,),
        through=(hook,),
        says=("rewritten",),
    ),
    Attack(
        "several branches joined in one step",
        LAWFUL,
        does=octopus,
        off=(any_parents_will_do,),
        through=STEPS,
        says=("several branches",),
    ),
    Attack(
        "parents where git does not look for them",
        LAWFUL,
        does=hidden_parent,
        off=(parents_stand_anywhere,),
        through=STEPS,
        says=("cannot be read",),
    ),
    Attack(
        "latch removed behind the hook",
        LAWFUL,
        does=latch_removed_behind,
        off=(founding_never_ends,),
        through=STEPS,
    ),
    Attack(
        "org.yaml removed",
        LAWFUL,
        does=org_removed,
        off=(founding_never_ends, errors_are_let_in),
        through=STEPS,
    ),
    Attack(
        "org.yaml made unreadable",
        LAWFUL,
        does=org_unreadable,
        off=(everything_is_founding,),
        says=("cannot be read as it is now",),
    ),
    Attack(
        "record altered later",
        LAWFUL,
        does=record_altered_later,
        off=(any_form_is_right,),
        says=("belongs to another proposal", "it is not what it was"),
    ),
]
