"""Attacks by what stands around: git's settings, names, and objects that are put in the place of
others. What is proposed is not lawful, and no surroundings make it so.
"""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pygit2
from pygit2.enums import FileMode

from orgcode.adapters.git.ancestry import RawCommit
from orgcode.adapters.git.commits import Commits
from tests.attacks import defences_in_git
from tests.attacks.attack import Attack, Does
from tests.attacks.defences_in_git import (
    nobody_else_need_agree,
    replaced_objects_are_obeyed,
    what_is_unknown_is_free,
)
from tests.attacks.entrances import audit, gate
from tests.attacks.on_proposals import ALONE, LAWFUL
from tests.attacks.stage import NOW, Stage
from tests.law.by_rules.small import rule

LOOSE_RULES = [rule(["role", "governance"], "role", "all")]
SETTINGS = """\
[core]
    hooksPath = {hooks}
    attributesFile = {attributes}
    fsmonitor = {program}
    sshCommand = {program}
    pager = {program}
    useReplaceRefs = true
    commitGraph = true
    worktree = /
[gpg]
    program = {program}
[gpg "ssh"]
    program = {program}
    allowedSignersFile = /dev/null
[filter "mine"]
    clean = {program}
    smudge = {program}
[merge "mine"]
    driver = {program}
[diff]
    external = {program}
[receive]
    denyNonFastForwards = false
    procReceiveRefs = refs
[alias]
    update-ref = !{program}
"""


def laxer(stage: Stage) -> str:
    """An org.yaml by which Dee may decide about roles alone; gives its blob."""
    org = json.loads(stage.read(stage.target, "org.yaml"))
    lax = json.dumps({**org, "decision_rules": LOOSE_RULES})
    return str(stage.git.create_blob(lax.encode()))


def replaced(ref: str = "refs/replace/") -> Does:
    """The rules of the target are replaced by others, in the repository of whoever judges."""

    def does(stage: Stage) -> None:
        old = str(stage.at(stage.target).tree["org.yaml"].id)
        new = laxer(stage)
        for git in (stage.member, stage.serve()):
            blob = git / ref / old
            blob.parent.mkdir(parents=True, exist_ok=True)
            blob.write_text(f"{new}\n")
        subprocess.run(
            ("git", "fetch", "-q", str(stage.member), f"{ref}{old}"), cwd=stage.server, check=True
        )
        defences_in_git.GIT_FOLDER[0] = str(stage.member)

    return does


def replaced_by_the_environment(stage: Stage) -> None:
    replaced("refs/mine/")(stage)
    stage.environment["GIT_REPLACE_REF_BASE"] = "refs/mine/"


def tag_called_main(stage: Stage) -> None:
    """The gate is asked about `main`: a tag of that name stands beside the branch."""
    tree = stage.at(stage.target).tree
    index = pygit2.Index()
    index.read_tree(tree)
    index.add(pygit2.IndexEntry("org.yaml", pygit2.Oid(hex=laxer(stage)), FileMode.BLOB))
    lax = stage.written((stage.target,), str(index.write_tree(stage.git)), "Lax\n", NOW)
    stage.git.references.create("refs/tags/main", lax, force=True)
    stage.git.references.create("refs/main", lax, force=True)


def tag_called_like_the_proposal(stage: Stage) -> None:
    """The gate is asked about the branch; a tag of its name leads to what was agreed to."""
    stage.git.references.create(f"refs/tags/proposal/{stage.id}", stage.head, force=True)
    stage.change({"roles/soup.yaml": '{"name": "Soup", "circle": "kitchen", "purpose": "Mine"}'})
    stage.head_ref = f"proposal/{stage.id}"


def hostile_settings(stage: Stage) -> None:
    """A program that says yes to everything, wherever git can be told to run one."""
    program = stage.folder / "says-yes"
    program.write_text(f"#!/bin/sh\ntouch '{stage.folder}/was-run'\nexit 0\n")
    program.chmod(0o755)
    hooks = stage.folder / "their-hooks"
    hooks.mkdir()
    for name in ("reference-transaction", "post-index-change", "update", "pre-commit"):
        (hooks / name).symlink_to(program)
    attributes = stage.folder / "attributes"
    attributes.write_text(
        "* filter=mine merge=mine text ident export-subst working-tree-encoding=UTF-16\n"
    )
    text = SETTINGS.format(hooks=hooks, attributes=attributes, program=program)
    with (stage.member / "config").open("a") as file:
        file.write(text)
    (stage.member / "info").mkdir(exist_ok=True)
    (stage.member / "info/attributes").write_text(attributes.read_text())


def attributes_in_the_change(stage: Stage) -> None:
    """A proposal brings attributes by which git would merge or show files otherwise."""
    stage.change({".gitattributes": "* merge=union filter=mine ident text eol=crlf\n"})
    for person in ("dee", "eli", "fay"):
        stage.say(person, "consent", key=person)


def grafted(stage: Stage) -> None:
    """By a graft the commit with the objection never was."""
    first = stage.at(stage.head).parents[0]
    stage.say("eli", "objection", key="eli")
    objection = stage.head
    stage.change({f"proposals/{stage.id}/responses/eli.yaml": None})
    stage.ends.pop("eli")
    stage.say("eli", "consent", key="eli", at="2027-02-27T12:00:00Z")
    tip = stage.at(stage.head)
    for git in (stage.member, stage.serve()):
        (git / "info").mkdir(exist_ok=True)
        (git / "info/grafts").write_text(f"{tip.id} {first.id}\n{objection} {first.id}\n")


def tag_for_the_audit(stage: Stage) -> None:
    """The audit looks at `main`: a tag of that name leads to before the step."""
    stage.git.references.create("refs/tags/main", stage.target, force=True)


def branch_called_like_a_commit(stage: Stage) -> None:
    """The audit starts at a commit that was written down in short; a branch has that name."""
    stage.step = stage.merged()
    stage.audited_from = stage.target[:10]
    stage.git.references.create(f"refs/heads/{stage.audited_from}", stage.step, force=True)


def grafts_are_obeyed(patch: Any) -> None:
    """Parents are asked of git's library, which obeys grafts."""
    whole = Commits._parse

    def parse(self: Commits, id: str) -> RawCommit:
        parents = tuple(map(str, self._git[id].peel(pygit2.Commit).parent_ids))
        return whole(self, id)._replace(parents=parents)

    patch.setattr(Commits, "_parse", parse)


def any_name_is_taken(patch: Any) -> None:
    """Names are taken as git takes them."""
    patch.setattr("orgcode.adapters.git.repository.unmistakable", lambda _, rev: rev)


ATTACKS = [
    Attack(
        "replace refs",
        ALONE,
        does=replaced(),
        off=(replaced_objects_are_obeyed,),
        says=("have not responded",),
    ),
    Attack(
        "replace refs by the environment",
        ALONE,
        does=replaced_by_the_environment,
        off=(replaced_objects_are_obeyed,),
        says=("have not responded",),
    ),
    Attack(
        "grafts", LAWFUL, does=grafted, off=(grafts_are_obeyed,), says=("Eli has an objection",)
    ),
    Attack(
        "hostile git configuration",
        ALONE,
        does=hostile_settings,
        off=(nobody_else_need_agree,),
        says=("have not responded",),
    ),
    Attack(
        "attributes in the change",
        LAWFUL,
        does=attributes_in_the_change,
        off=(what_is_unknown_is_free,),
        says=("Ann, Ben and Cas",),
    ),
    Attack(
        "tag called main",
        ALONE,
        does=tag_called_main,
        off=(any_name_is_taken,),
        through=(gate,),
        says=("have not responded",),
    ),
    Attack(
        "tag called like the proposal",
        LAWFUL,
        does=tag_called_like_the_proposal,
        off=(any_name_is_taken,),
        through=(gate,),
        says=("has to agree",),
    ),
    Attack(
        "tag called main, before the audit",
        ALONE,
        does=tag_for_the_audit,
        off=(any_name_is_taken,),
        through=(audit,),
        says=("have not responded",),
    ),
    Attack(
        "branch called like a commit",
        ALONE,
        does=branch_called_like_a_commit,
        off=(any_name_is_taken,),
        through=(audit,),
        says=("have not responded",),
    ),
]
