"""From a snapshot to the organisation: read every file's facts and build the entities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from orgcode.documents import building, rulesets
from orgcode.documents.facts import read_facts
from orgcode.model.entities import Response
from orgcode.model.facts import Facts, Identity, Kind, identify
from orgcode.model.org import Org
from orgcode.model.snapshot import Snapshot, Unreadable

ReadFacts = Callable[[Kind, bytes | Unreadable], Facts]


def load(snapshot: Snapshot, today: date, read_facts: ReadFacts = read_facts) -> Org:
    """The organisation that a snapshot holds, read for one day.

    Whatever is wrong with its files is kept in `Org.files` as flaws; what could be read of them
    is in the entities. Where org.yaml names no ruleset that orgcode has, the default one serves,
    and a rule reports it.
    """
    files: dict[str, Facts] = {}
    known: dict[str, set[str]] = defaultdict(set)
    found: dict[Kind, dict[str, Any]] = defaultdict(dict)
    responses: list[Response] = []
    for path in snapshot.entries:
        identity = identify(path)
        if identity is None:
            continue
        facts = read_facts(identity.kind, snapshot.read(path))
        files[path] = facts
        known[identity.kind].add(identity.id)
        if identity.kind == "response":
            responses.extend(_responses(facts.data, identity, path))
        elif isinstance(facts.data, Mapping):
            build = building.BUILDERS[identity.kind]
            found[identity.kind][identity.id] = build(facts.data, identity.id, path)
    organisation = next(iter(found["org"].values()), None)
    return Org(
        today=today,
        snapshot=snapshot,
        files=files,
        known={kind: frozenset(ids) for kind, ids in known.items()},
        ruleset=rulesets.ruleset_or_default(organisation.ruleset if organisation else ""),
        organisation=organisation,
        circles=found["circle"],
        roles=found["role"],
        people=found["person"],
        policies=found["policy"],
        agreements=found["agreement"],
        objectives=found["objective"],
        tensions=found["tension"],
        proposals=found["proposal"],
        responses=tuple(responses),
    )


def _responses(data: object, identity: Identity, path: str) -> list[Response]:
    entries = data if isinstance(data, list | tuple) else ()
    return [
        building.response(entry, identity.proposal or "", identity.id, path, place)
        for place, entry in enumerate(entries)
        if isinstance(entry, Mapping)
    ]
