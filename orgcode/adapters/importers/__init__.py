"""Organisations that are written down in the files of another system, as files of orgcode.

A format is a module in this folder that satisfies `Format`, and stands in `FORMATS`. It is pure: it
reads a snapshot through an `Intake` (`leaves.py`) and gives documents; it touches no disk, clock or
network. In short:

    def convert(intake: Intake, known: Known) -> Documents:
        for path in intake.paths:                        # every path of the source
            ...
        place = intake.open(path, "teams/*.toml")        # None: unreadable, and so reported
        name = place.take("website", "name")             # text, counted as imported from now on
        kind = place.text("kind")                        # only looked at
        for login in place.at("people", "members").items():
            login.take()
        for name, team in place.at("teams").named():     # keys that are names: one field, `*`
            ...
        place.leave(REASON, "subteam-of")                # why it has no place (optional)

What nobody took is a loss by itself, counted by field; empty lists, nulls and blank texts always
are. Take a leaf only when its content stands in what you give: a test changes every kind of leaf
that was taken and expects another result.

`Documents` maps paths to data as in the schemas (`circles/compiler.yaml` → `{"name": ...}`), or to
a text for other files (`pages/charter.md`). Order of keys does not matter: writing puts them in the
order of the schema. `ids.py` makes ids of names; `things.py` builds documents that hold what the
schemas and rules want (texts that are not blank, addresses that are addresses, nobody twice).
`RULESET` is the ruleset of what comes in.

`import_snapshot` runs a format over a snapshot and gives documents and report. `sources.py` opens
a folder, a repository or a bundle as a snapshot.

A history is imported state by state (`replaying.py`), with ids that hold for all of it
(`register.py`), so a format asks `known.ids` for ids. Most files are the same in most states: what
follows from one alone is worked out in `place.once(...)`, what is made of one in `place.made(...)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from msgspec import Struct, field

from orgcode.adapters.importers.leaves import Intake, Parse
from orgcode.adapters.importers.parsing import parse_file
from orgcode.adapters.importers.register import Claim, Ids
from orgcode.model.errors import OrgcodeError
from orgcode.model.intake import ImportReport
from orgcode.model.message import Message, message
from orgcode.model.snapshot import Snapshot

RULESET = "open-source@1"
"""The formats so far are those of open-source projects."""

Documents = Mapping[str, Mapping[str, object] | str]
"""By path: the data of a document, or the text of another file."""


class Known(Struct, frozen=True, kw_only=True):
    """What is known of a source besides its files."""

    name: str | None = None
    """What the organisation is to be called; otherwise the format knows a name."""
    days: Mapping[str, date] = field(default_factory=dict)
    """For paths below the format's `ARCHIVES`: the day since which the file stands there."""
    ids: Ids = field(default_factory=Ids)
    """What gives names their ids: each time anew, or for a whole history."""


class Format(Protocol):
    """A module that knows the files of another system."""

    ARCHIVES: tuple[str, ...]
    """Folders of which the format wants to know since when each file is in them."""

    def convert(self, intake: Intake, known: Known) -> Documents:
        """The organisation that the files of a source describe."""
        ...


class FormatWithHistory(Format, Protocol):
    """A format of which the history can be imported as well."""

    def claims(self, intake: Intake, known: Known) -> Iterable[Claim]:
        """What these files tell about which names are of the same thing; it raises `OrgcodeError`
        where `convert` would.
        """
        ...


class Entry(NamedTuple):
    """A format that is not imported yet: its module in this room, and what it is."""

    module: str
    title: Message


FORMATS: Mapping[str, Entry] = {
    "rust-team": Entry("rust_team", message("the teams of the Rust project (rust-lang/team)")),
    "kubernetes-sigs": Entry(
        "kubernetes_sigs", message("the groups of Kubernetes (sigs.yaml of kubernetes/community)")
    ),
    "peribolos": Entry("peribolos", message("organisations on GitHub, as peribolos has them")),
}


WITH_HISTORY = ("rust-team", "kubernetes-sigs")
"""The formats that satisfy `FormatWithHistory`."""


class Imported(Struct, frozen=True, kw_only=True):
    """What an import gives: files, and the account of it."""

    documents: Documents
    report: ImportReport


def load_format(name: str) -> Format:
    """A format by name; raises `OrgcodeError` where there is none."""
    if name not in FORMATS:
        raise OrgcodeError(
            message("There is no format {name}.", name=name),
            message("The formats are: {names}.", names=tuple(FORMATS)),
        )
    return cast(Format, import_module(f"{__name__}.{FORMATS[name].module}"))


def load_format_with_history(name: str) -> FormatWithHistory:
    """The same, for a format of which the history can be imported."""
    module = load_format(name)
    if name not in WITH_HISTORY:
        raise OrgcodeError(
            message("The history of {name} cannot be imported, only how it is now.", name=name),
            message("Leave out --history; it goes with the formats {names}.", names=WITH_HISTORY),
        )
    return cast(FormatWithHistory, module)


def import_snapshot(
    format: Format, snapshot: Snapshot, known: Known, parse: Parse = parse_file
) -> Imported:
    """Run a format over a snapshot: a pure function of its arguments."""
    intake = Intake(snapshot, parse)
    documents = dict(sorted(format.convert(intake, known).items()))
    intake.remark(_RULES)
    leaves, imported, losses = intake.settle()
    made: dict[str, int] = {}
    for path in documents:
        folder, slash, _ = path.partition("/")
        if slash:
            made[folder] = made.get(folder, 0) + 1
    report = ImportReport(
        files=intake.files,
        leaves=leaves,
        imported=imported,
        losses=losses,
        unread=intake.unread,
        others=intake.others,
        remarks=tuple(intake.remarks),
        made=made,
    )
    return Imported(documents=documents, report=report)


_RULES = message(
    "The source does not say who decides what, and how; the decision rules are those of the ruleset"
    " {ruleset}, until you write your own in org.yaml.",
    ruleset=RULESET,
)
