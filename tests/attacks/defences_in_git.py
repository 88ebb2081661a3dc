"""The defences outside the judge, each to be switched off by itself: what is read from git, what is
believed of it, and what a push is held to.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from typing import Any

import pygit2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from msgspec.structs import replace

from orgcode.actions import adopting, evidence, judging, judging_steps, receiving, step_moments
from orgcode.adapters.git import folders, heard, received, result, steps
from orgcode.adapters.git.commits import Commits
from orgcode.adapters.git.folders import Unlike
from orgcode.adapters.git.objects import Objects, Row
from orgcode.adapters.git.sights import sights
from orgcode.adapters.signing import algorithms, envelope
from orgcode.adapters.signing.wire import Reader
from orgcode.law import needs
from orgcode.law.evidence import LEVELS
from orgcode.model.digest import signed_text
from orgcode.model.snapshot import ORDINARY, Entry
from tests.law.generated.organisations import ID

# What was said


def only_the_tip_is_read(patch: pytest.MonkeyPatch) -> None:
    """What stood in earlier commits, or was received, is not looked for."""

    def beyond(self: heard.Responses, _: str, tips: Iterable[str]) -> Any:
        return self.at(next(iter(tips)))

    patch.setattr(heard.Responses, "beyond", beyond)


def the_log_is_not_read(patch: pytest.MonkeyPatch) -> None:
    """What the server once received is not looked for; when it saw what, is."""

    def found(*rest: Any, **named: Any) -> Any:
        return replace(sights(*rest, **named), tips=())

    patch.setattr(evidence, "sights", found)


def any_signature_is_right(patch: pytest.MonkeyPatch) -> None:
    def verify(_: bytes, __: str, keys: Iterable[str]) -> str:
        return list(keys)[-1]

    for place in ("adopting", "audit", "gate", "receiving"):
        patch.setattr(f"orgcode.actions.{place}.verify", verify)


def signatures_are_of(proposal: str = "", organisation: str = ID) -> Any:
    """A signature holds, though it is of another proposal or organisation."""

    def switch(patch: pytest.MonkeyPatch) -> None:
        def text(_: str, own: str, person: str, entry: Any) -> bytes:
            is_own = person == "dee"
            return signed_text(
                ID if is_own else organisation, own if is_own else proposal or own, person, entry
            )

        patch.setattr(heard, "signed_text", text)

    return switch


def keys_count_on_any_day(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("orgcode.law.signers._is_valid", lambda *_: True)


def a_key_of_two_counts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("orgcode.law.signers.key_mark", lambda _: "one")


def any_namespace(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(envelope, "NAMESPACE", b"file")
    patch.setattr(receiving, "key_in", lambda _: None)  # the server signs for orgcode alone


def short_keys_count(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(algorithms, "RSA_BITS", 512)


def sha1_counts(patch: pytest.MonkeyPatch) -> None:
    def rsa(key: Reader) -> algorithms.Check:
        public = RSAPublicNumbers(key.integer(), key.integer()).public_key()

        def check(signed: Reader, covered: bytes) -> None:
            hash = hashes.SHA1() if signed.name() == "ssh-rsa" else hashes.SHA512()  # noqa: S303
            public.verify(signed.string(), covered, padding.PKCS1v15(), hash)

        return check

    patch.setitem(algorithms._KINDS, "ssh-rsa", rsa)


def anybody_is_a_witness(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("orgcode.adapters.git.sights.witness_of", lambda *_: "anybody")
    patch.setattr(step_moments, "witness_of", lambda *_: "anybody")


def order_of_the_log_is_not_looked_at(patch: pytest.MonkeyPatch) -> None:
    whole = received.ReceivedLog._in_order

    def in_order(self: Any, tip: str) -> Any:
        return (replace(entry, later=()) for entry in whole(self, tip))

    patch.setattr(received.ReceivedLog, "_in_order", in_order)


# What changes


def texts_are_merged(patch: pytest.MonkeyPatch) -> None:
    """Where both changed a file, git merges their lines; where it cannot, the head has its way."""

    def laid(commits: Commits, target: str, head: str) -> result.Result:
        found = whole(commits, target, head)
        if not found.conflicts:
            return found
        folders = commits.folders
        trees = [commits.commit(id).tree for id in (found.base, target, head)]
        git = commits._git
        unlike = dict(found.unlike)
        for path in found.conflicts:
            sides = [folders.at(tree, path) for tree in trees]
            unlike[path] = Unlike(sides[1], Entry(ORDINARY, merged_blob(git, *sides)))
        changes = {path: each.after for path, each in unlike.items()}
        return replace(
            found,
            unlike=unlike,
            conflicts=(),
            laid=folders.laid_over(trees[1], changes),
        )

    whole = result.result_of
    for place in (judging, steps, adopting):
        patch.setattr(place, "result_of", laid)


def merged_blob(git: pygit2.Repository, *sides: Entry | None) -> str:
    """What git makes of the two changes of a text."""
    index = pygit2.Index()
    trees = []
    for side in sides:
        assert side is not None
        assert side.blob is not None
        index.clear()
        index.add(pygit2.IndexEntry("a", pygit2.Oid(hex=side.blob), pygit2.enums.FileMode.BLOB))
        trees.append(git[index.write_tree(git)].peel(pygit2.Tree))
    base, ours, theirs = trees
    found = git.merge_trees(base, ours, theirs, favor=pygit2.enums.MergeFavor.THEIRS)
    return str(found["a"].id)


def any_tree_will_do(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(steps.Step, "is_result", property(lambda _: True))


def any_parents_will_do(patch: pytest.MonkeyPatch) -> None:
    """Whatever is wrong with the shape of a step."""
    whole = steps.step_at

    def step_at(*rest: Any) -> Any:
        return replace(whole(*rest), flaw=None)

    patch.setattr(judging_steps, "step_at", step_at)


def errors_are_let_in(patch: pytest.MonkeyPatch) -> None:
    for place in (judging, judging_steps):
        whole = place.judge
        patch.setattr(
            place, "judge", lambda change, found, _, now, whole=whole: whole(change, found, (), now)
        )


def any_form_is_right(patch: pytest.MonkeyPatch) -> None:
    """Nothing is invalid by its form; errors are let in."""
    patch.setattr("orgcode.law.judge.faults", lambda *_: ())


def modes_do_not_matter(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("orgcode.law.form.ORDINARY", ORDINARY)
    patch.setattr("orgcode.law.form._was", lambda *_: True)


def trees_need_not_be_honest(patch: pytest.MonkeyPatch) -> None:
    """What stands twice in a tree is taken where it stands last."""

    def believed(rows: list[Row]) -> dict[bytes, Row]:
        return {name: (mode, name, id) for mode, name, id in rows}

    patch.setattr(folders, "_honest", believed)


def replaced_objects_are_obeyed(patch: pytest.MonkeyPatch) -> None:
    """Files are read by git as it is set up, with all that somebody put in the place of others."""
    whole = Objects.read

    def read(self: Objects, path: str, *most: int) -> Any:
        entry = self.entries.get(path)
        if entry is None or entry.mode != ORDINARY or entry.blob is None:
            return whole(self, path, *most)
        done = subprocess.run(
            ("git", f"--git-dir={GIT_FOLDER[0]}", "cat-file", "blob", entry.blob),
            capture_output=True,
            check=True,
        )
        return done.stdout

    patch.setattr(Objects, "read", read)


GIT_FOLDER = [""]
"""Where git is asked by the one above."""


def everything_is_sure(patch: pytest.MonkeyPatch, _: object) -> None:
    """Nobody has to show who they are (a defence of the judge)."""
    for place in ("deciding", "needs"):
        patch.setattr(f"orgcode.law.{place}.needed_level", lambda *_: LEVELS[0])


def what_is_unknown_is_free(patch: pytest.MonkeyPatch) -> None:
    """What orgcode does not know, nobody need decide about."""
    whole = needs._Needs._rules

    def rules(self: Any, effect: Any) -> Any:
        return iter(()) if effect.kind.startswith("tooling") else whole(self, effect)

    patch.setattr(needs._Needs, "_rules", rules)


def nobody_else_need_agree(patch: pytest.MonkeyPatch) -> None:
    """No rule is asked: the proposer is enough."""
    patch.setattr(needs._Needs, "_rules", lambda *_: iter(()))


# What a push is held to


def the_line_may_be_left(patch: pytest.MonkeyPatch) -> None:
    """The former tip need not lead to the new one."""

    def line(commits: Commits, old: str | None, new: str) -> Any:
        found = whole(commits, old, new)
        return replace(found, flaw=None)

    whole = steps.line_between
    for place in ("receiving", "audit"):
        patch.setattr(f"orgcode.actions.{place}.line_between", line)
