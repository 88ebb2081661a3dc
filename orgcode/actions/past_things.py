"""A thing in the past: from what somebody typed to the file, and how to look into its history."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from orgcode.actions.progress import Progress, silent
from orgcode.adapters.files import read_ordinary
from orgcode.adapters.git.code_version import code_version
from orgcode.adapters.git.past import Past, with_past
from orgcode.adapters.git.standing import Standing
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import FOLDER_OF, FOLDERS, identify, is_id, path_of
from orgcode.model.message import message
from orgcode.model.span import day_named
from orgcode.model.term import Term

if TYPE_CHECKING:
    from orgcode.model.entities import Text

T = TypeVar("T")


class PastThing(NamedTuple):
    """A thing by its address and file; of a core role also the keys that lead to it there.

    `is_there` says whether it has a file in the commit that is looked at.
    """

    address: str
    path: str
    pointer: tuple[str, ...] = ()
    is_there: bool = True


class Look(NamedTuple):
    """Where somebody looks from: a repository, and a commit of it."""

    standing: Standing
    tip: str
    today: date
    past: Past

    @property
    def cut_off(self) -> date | None:
        """The day before which a shallow clone knows nothing; None where everything is there."""
        history = self.past.history
        return self.past.recorded(history.line[-1]).at.date() if history.is_cut_off else None


def look_back(
    directory: Path,
    today: date,
    at: str | None,
    work: Callable[[Look], T],
    progress: Progress = silent,
) -> T:
    """Do some work with the history of the organisation in whose repository `directory` lies, as
    it is seen from a revision or day, or else from what is checked out.
    """
    standing = Standing(directory)
    day = None if at is None else day_named(at)
    if at is None:
        tip = standing.head()
    else:
        tip = standing.repository.id_of(at) if day is None else standing.repository.id_on(day)

    def tell(done: int, total: int) -> None:
        progress(message("Reading the history"), done, total)

    def within(past: Past) -> T:
        return work(Look(standing=standing, tip=tip, today=today, past=past))

    return with_past(standing, tip, code_version(), within, tell)


def thing_meant(look: Look, text: str) -> PastThing:
    """The thing at an address, by its path, or by its id or alias where that is unambiguous; also
    one that is no longer there. Raises `OrgcodeError` where there never was one.
    """
    asked = text.strip().removeprefix("./").removesuffix("/proposal.yaml").removesuffix(".yaml")
    candidates = _paths(asked)
    there = [path for path in candidates if _is_file(look, path)]
    if len(there) == 1:
        return PastThing(address=address_at(there[0]), path=there[0])
    if not candidates and _is_file(look, text):
        return PastThing(address=text, path=text)
    circle, _, core = asked.removeprefix("roles/").partition("/")
    file = f"circles/{circle}.yaml"
    if is_id(core) and is_id(circle) and _is_file(look, file) and _has_core_role(look, file, core):
        return PastThing(address=f"roles/{circle}/{core}", path=file, pointer=("core_roles", core))
    try:
        return _among_all(look, text)
    except OrgcodeError:
        gone = [path for path in candidates if any(look.past.history.steps_of(path))]
        gone += [text] if not gone and any(look.past.history.steps_of(text)) else []
        if len(gone) != 1:
            raise
        return PastThing(
            address=address_at(gone[0]), path=gone[0], is_there=_is_file(look, gone[0])
        )


def vocabulary(look: Look) -> Mapping[str, Term]:
    """The organisation's words, as its ruleset has them; kept, since a ruleset never changes."""
    ruleset = _ruleset(look)
    first, about = 0, f"words of {ruleset}"
    kept = look.past.note(about, first)
    if isinstance(kept, dict):
        return {key: Term(one=one, many=many, meaning={}) for key, (one, many) in kept.items()}

    from orgcode.documents.rulesets import ruleset_or_default  # only here: slow to import

    words = ruleset_or_default(ruleset).vocabulary
    plain = {key: [dict(term.one), dict(term.many)] for key, term in words.items()}
    look.past.keep_note(about, first, plain)
    return words


def core_role_name(look: Look, core: str) -> object:
    """What a core role is called: by org.yaml, else by the ruleset; None where neither knows it."""
    own = _settings(look).get("core_roles")
    mine = own.get(core) if isinstance(own, Mapping) else None
    if isinstance(mine, Mapping) and mine.get("name"):
        return mine["name"]
    ruleset = _ruleset(look)
    first, about = 0, f"core roles of {ruleset}"
    kept = look.past.note(about, first)
    if not isinstance(kept, dict):
        from orgcode.documents.rulesets import ruleset_or_default  # only here: slow to import

        kinds = ruleset_or_default(ruleset).core_roles
        kept = {id: _plain(kind.name) for id, kind in kinds.items()}
        look.past.keep_note(about, first, kept)
    return kept.get(core)


def _settings(look: Look) -> Mapping[str, object]:
    found = look.past.history.state(look.past.history.tip, "org.yaml")
    data = look.past.data("org.yaml", found.blob, found.mode) if found else None
    return data if isinstance(data, Mapping) else {}


def _ruleset(look: Look) -> str:
    named = _settings(look).get("ruleset")
    return named if isinstance(named, str) else ""


def _plain(text: Text) -> object:
    return text if isinstance(text, str) else dict(text)


def is_altered_on_disk(look: Look, path: str) -> bool:
    """Whether the file on disk says something else than the commit that is looked at."""
    try:
        content = read_ordinary(f"{look.standing.root}/{path}")
    except OrgcodeError:  # a bare repository has no files
        return False
    found = look.past.history.state(look.past.history.tip, path)
    if not isinstance(content, bytes) or found is None:
        return False
    made = hashlib.sha1(b"blob %d\0%b" % (len(content), content), usedforsecurity=False)
    return made.hexdigest() != found.blob


def proposal_in(look: Look, step: int) -> str | None:
    """The proposal that a step of the main line brought; None where it is not exactly one."""
    new = [
        identity.id
        for change in look.past.history.altered(step)
        if not change.before
        and (identity := identify(change.path)) is not None
        and identity.kind == "proposal"
    ]
    return new[0] if len(new) == 1 else None


def address_at(path: str) -> str:
    """The address of the thing whose file stands at a path; of any other file the path."""
    identity = identify(path)
    if identity is None or identity.kind == "response":
        return path
    if identity.kind == "org":
        return "org"
    return f"{FOLDER_OF.get(identity.kind, f'{identity.kind}s')}/{identity.id}"


def _paths(asked: str) -> list[str]:
    """The files of things that may be meant."""
    folder, slash, id = asked.partition("/")
    if asked == "org":
        return ["org.yaml"]
    if folder in FOLDERS and is_id(id):
        return [path_of(FOLDERS[folder], id)]
    if folder == "proposals" and is_id(id):
        return [path_of("proposal", id)]
    if not slash and is_id(asked):
        return [path_of(kind, asked) for kind in (*FOLDERS.values(), "proposal")]
    return []


def _is_file(look: Look, path: str) -> bool:
    return look.past.history.state(look.past.history.tip, path) is not None


def _has_core_role(look: Look, path: str, core: str) -> bool:
    found = look.past.history.state(look.past.history.tip, path)
    data = look.past.data(path, found.blob, found.mode) if found else None
    filled = data.get("core_roles") if isinstance(data, dict) else None
    return isinstance(filled, dict) and core in filled


def _among_all(look: Look, text: str) -> PastThing:
    """Look among everything: slow, but it knows aliases and what is spelt nearly so."""
    from orgcode.actions.addressing import find_thing
    from orgcode.actions.reading import with_kept
    from orgcode.adapters.git.kept import Kept

    snapshot = look.standing.repository.commit(look.tip)
    org = with_kept(look.standing.repository, snapshot, "check", look.today, Kept.open)
    found = find_thing(org, text)
    circle, slash, core = found.thing.id.partition("/")
    if slash and found.kind == "role":
        path, pointer = path_of("circle", circle), ("core_roles", core)
        return PastThing(address=found.address, path=path, pointer=pointer)
    return PastThing(address=found.address, path=found.thing.path)
