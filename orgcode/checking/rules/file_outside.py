"""Ensure that every file is one that orgcode knows.

Things stand in flat folders, each in a file of its own: `roles/cook.yaml`. The name of the file is
the id of the thing: lower-case letters, digits and single hyphens, with `.yaml` behind it. A file
anywhere else is passed over: what it says counts for nothing. Move or rename it as the finding
says; or leave it there, if it is not meant for orgcode. Files and folders whose name begins with a
dot belong to other programs, and nothing is said about them.

Wrong:

    # roles/Cook.yaml  # <-- here
    name: Cook
    circle: house
    purpose: Meals

    # role/gardener.yaml  # <-- here
    name: Gardener
    circle: house
    purpose: Vegetables

Right:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from orgcode.checking.rule import Group, Share, Subject
from orgcode.checking.spelling import Spelling, as_id
from orgcode.model.facts import FOLDERS, MAX_ID, TOOLING_FOLDERS, is_id, is_known
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import Message, message, messages, one
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "references"
FOR: tuple[Subject, ...] = ("other-path",)

_OUR_FOLDERS = {*FOLDERS, *TOOLING_FOLDERS, "proposals"}
_IN_DUTCH = {
    "afspraken": "policies",
    "beleid": "policies",
    "cirkels": "circles",
    "doelen": "objectives",
    "kringen": "circles",
    "leden": "people",
    "mensen": "people",
    "overeenkomsten": "agreements",
    "paginas": "pages",
    "personen": "people",
    "rollen": "roles",
    "spanningen": "tensions",
    "teams": "circles",
    "voorstellen": "proposals",
}
_ENDINGS = re.compile(r"(?i)(?<=.)(?:\.ya?ml(?:\.\w+)?|\.[^.]*)\Z")
_TOP_FILES = {"org": "org.yaml", "readme": "README.md", "license": "LICENSE"}


def check(_: Org, path: str) -> Iterator[Problem | Share]:
    """Name a file outside; one in a folder outside is told of with the others there."""
    if is_known(path) or path.startswith("."):
        return
    folder, slash = path.partition("/")[:2]
    if slash and folder not in _OUR_FOLDERS:
        yield Share(folder, (path,))
    else:
        yield Problem(
            path=path,
            cause=message("orgcode does not know what {path} is.", path=path),
            way_out=_for_file(path),
        )


def gather(_: Org, shares: Sequence[Share]) -> Iterator[Problem]:
    """Name each folder outside once, at its first file."""
    folders: dict[str, list[str]] = defaultdict(list)
    for share in shares:
        folders[share.key].append(str(share.data[0]))
    for folder, paths in folders.items():
        yield Problem(
            path=min(paths),
            cause=messages(
                "orgcode does not know the folder {folder}, with a file in it.",
                "orgcode does not know the folder {folder}, with {count} files in it.",
                len(paths),
                folder=folder,
            ),
            way_out=_for_folder(folder),
        )


def _for_folder(folder: str) -> Message:
    leave = message("Leave it there if it is not meant for orgcode.")
    if folder in _IN_DUTCH:
        return message(
            "The folder is called {better}; what stands in it may be in any language.",
            better=_IN_DUTCH[folder],
        )
    return Spelling(_OUR_FOLDERS).way_out(folder, leave)


def _for_file(path: str) -> Message:
    folder, _, rest = path.partition("/")
    if folder == "pages":
        return message("Pages are Markdown, in files that end in .md; pictures go into assets/.")
    if folder == "proposals":
        return message(
            "{proposal:A} is proposals/<id>/proposal.yaml, with what people say to it in"
            " proposals/<id>/responses/<person>.yaml.",
            proposal=one("proposal"),
        )
    better = _better_name(folder, rest)
    if better:
        return message("Call it {better}.", better=better)
    if not rest:
        return message("Leave it there if it is not meant for orgcode.")
    return message(
        "Give it a name of lower-case letters, digits and single hyphens, at most {count}, and"
        " .yaml behind it.",
        count=MAX_ID,
    )


def _better_name(folder: str, rest: str) -> str | None:
    if not rest:
        return _TOP_FILES.get(as_id(folder.partition(".")[0]))
    id = as_id(_ENDINGS.sub("", rest.rpartition("/")[2]))
    return f"{folder}/{id}.yaml" if is_id(id) else None
