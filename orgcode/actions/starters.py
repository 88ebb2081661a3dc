"""The starters: what a new organisation begins with, in the words of its ruleset.

A starter is a folder in `templates/starters/`, with the files of each language as they lie in the
repository. In their names ANCHOR stands for the anchor circle, FOUNDER for whoever founds it, and
TEAM for a team; what lies in `each-team/` is written for each. Two files are parts of others:
`org.yaml` is added to that of every organisation, and `about.md` stands in its README.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from orgcode import resources
from orgcode.actions.naming import Team
from orgcode.documents.rulesets import load_ruleset
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import Message, message
from orgcode.rendering.starter import render_starter

_EACH_TEAM = "each-team/"
_PARTS = frozenset({"about.md", "org.yaml"})


class Starter(Struct, frozen=True, kw_only=True):
    """A beginning for one sort of organisation; `anchors` is the id of its anchor circle."""

    name: str
    ruleset: str
    about: Message
    anchors: Mapping[str, str]
    has_teams: bool = False


STARTERS: tuple[Starter, ...] = (
    Starter(
        name="teal",
        ruleset="teal@1",
        about=message("circles that lead themselves: consent about roles, advice about the rest"),
        anchors={"en": "anchor", "nl": "topcirkel"},
    ),
    Starter(
        name="holacracy",
        ruleset="holacracy@1",
        about=message("roles and circles by the Holacracy constitution, version 5.0"),
        anchors={"en": "anchor", "nl": "ankercirkel"},
    ),
    Starter(
        name="sociocracy",
        ruleset="sociocracy@1",
        about=message("circles that decide by consent, each with a leader and a delegate"),
        anchors={"en": "top-circle", "nl": "topkring"},
    ),
    Starter(
        name="cooperative",
        ruleset="cooperative@1",
        about=message("members who vote in their meeting, a board, and groups"),
        anchors={"en": "members-meeting", "nl": "ledenvergadering"},
    ),
    Starter(
        name="open-source",
        ruleset="open-source@1",
        about=message("a project made in the open: silence of some days is consent"),
        anchors={"en": "project", "nl": "project"},
    ),
    Starter(
        name="neighbourhood-care",
        ruleset="cooperative@1",
        about=message("a care cooperative of neighbourhood teams; you name the teams"),
        anchors={"en": "members-meeting", "nl": "ledenvergadering"},
        has_teams=True,
    ),
)
"""Every starter, the usual one first; the first with a ruleset is the one for that ruleset."""


def starter_named(name: str | None, ruleset: str | None = None) -> Starter:
    """The starter of that name, or for that ruleset (its version may be left out).

    The usual one where neither is given; `OrgcodeError` where there is none, or they do not agree.
    """
    by_name = next((s for s in STARTERS if s.name == name), None)
    by_ruleset = [s for s in STARTERS if ruleset in {s.ruleset, s.ruleset.partition("@")[0]}]
    if name is not None and by_name is None:
        raise OrgcodeError(
            message("There is no starter {name}.", name=name),
            message("The starters are: {names}.", names=", ".join(s.name for s in STARTERS)),
        )
    if ruleset is not None and not by_ruleset:
        raise OrgcodeError(
            message("There is no ruleset {name}.", name=ruleset),
            message("The rulesets are: {names}.", names=", ".join(resources.ruleset_ids())),
        )
    if by_name and by_ruleset and by_name not in by_ruleset:
        raise OrgcodeError(
            message(
                "The starter {name} has the ruleset {ruleset}.",
                name=by_name.name,
                ruleset=by_name.ruleset,
            ),
            message("Leave out --ruleset, or choose a starter with that ruleset."),
        )
    return by_name or (by_ruleset or STARTERS)[0]


class Words(Struct, frozen=True, kw_only=True):
    """What an organisation's own files are filled in with."""

    language: str
    founder_id: str
    teams: Sequence[Team] = ()
    others: Mapping[str, object] = field(default_factory=dict)


def starter_files(starter: Starter, words: Words) -> Mapping[str, bytes]:
    """The files of an organisation that begins with a starter, by path, without the tooling."""
    folder = f"starters/{starter.name}/{words.language}"
    variables = _variables(starter, words)
    names = resources.template_names(folder)

    def fill(template: str, **more: object) -> str:
        text = resources.read_template(template).decode("utf-8")
        return render_starter(text, variables | more)

    def part(name: str) -> str:
        return fill(f"{folder}/{name}") if name in names else ""

    files = {
        "org.yaml": fill("starters/org.yaml", more=part("org.yaml")),
        "README.md": fill(f"starters/README.{words.language}.md", about=part("about.md")),
        f"people/{words.founder_id}.yaml": fill("starters/person.yaml"),
    }
    for name, team in _each(names, words.teams):
        files[_path(name, starter, words, team)] = fill(f"{folder}/{name}", team=team)
    return {path: text.encode("utf-8") for path, text in sorted(files.items())}


def _each(names: Sequence[str], teams: Sequence[Team]) -> Iterator[tuple[str, Team | None]]:
    for name in names:
        if name.startswith(_EACH_TEAM):
            yield from ((name, team) for team in teams)
        elif name not in _PARTS:
            yield name, None


def _path(name: str, starter: Starter, words: Words, team: Team | None) -> str:
    folder, _, file = name.removeprefix(_EACH_TEAM).rpartition("/")
    stem, _, suffix = file.rpartition(".")
    ids = {"ANCHOR": starter.anchors[words.language], "FOUNDER": words.founder_id}
    if team is not None:
        ids["TEAM"] = team.id
    return f"{folder}/{ids.get(stem, stem)}.{suffix}"


def _variables(starter: Starter, words: Words) -> dict[str, object]:
    vocabulary = load_ruleset(starter.ruleset).vocabulary
    return {
        **words.others,
        "language": words.language,
        "ruleset": starter.ruleset,
        "anchor": starter.anchors[words.language],
        "founder_id": words.founder_id,
        "teams": words.teams,
        "one": {notion: term.one[words.language] for notion, term in vocabulary.items()},
        "many": {notion: term.many[words.language] for notion, term in vocabulary.items()},
    }
