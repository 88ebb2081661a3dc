"""The chronicle of an organisation, from the history of its repository."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from orgcode.actions.decisions import Decisions
from orgcode.actions.linked import linked, steps_changing
from orgcode.actions.open_then import Then
from orgcode.actions.past_things import address_at
from orgcode.actions.progress import Progress, silent
from orgcode.actions.telling import Telling, told
from orgcode.adapters.git.history_index import Change
from orgcode.adapters.git.past import Past
from orgcode.adapters.git.past_org import org_at
from orgcode.changes.effects import effects
from orgcode.changes.history import State, holdings
from orgcode.model.chronicle import Happening, Measured, Passage, Pending, Tenure, Told
from orgcode.model.decision import Decision
from orgcode.model.facts import Facts, Identity, identify
from orgcode.model.history import moment_of
from orgcode.model.message import message
from orgcode.model.org import Org
from orgcode.model.snapshot import ORDINARY

_FIGURES = {"objective": ("key_results", "current"), "circle": ("metrics", "value")}
"""Where figures stand that are measured: the list, and in its items the figure."""
_HOLDING = ("role", "circle")
_LINKING = ".page"
"""How the kinds end of what a page or picture does to a thing that links to it."""
_STATING = (*_HOLDING, "objective")
"""Kinds of files of which is told what they said at any time."""


class GitChronicle:
    """A chronicle (`model.chronicle`) of all that leads to a commit; `org` is the organisation as
    its files are now. By path, `blob` gives the id of what each of them holds, and `facts` what an
    ordinary one says: what is at hand need not be read from git. `then` is what is open; without it
    nothing is told of decisions.
    """

    def __init__(
        self,
        past: Past,
        org: Org,
        blob: Callable[[str], str | None],
        facts: Callable[[str], Facts | None],
        then: Then | None = None,
    ) -> None:
        self._past = past
        self._org = org
        self._blob = blob
        self._facts = facts
        self._telling = Telling(past)
        self._decisions = Decisions(past, self._telling, then) if then else None
        history = past.history
        self._line = history.line[:-1] if history.is_cut_off else history.line
        self._named: dict[str, list[tuple[int, str]]] = {}
        self._stories: dict[str, list[tuple[int, str, bool]]] = {}
        self._held: dict[str, tuple[Tenure, ...]] = {}
        self._naming: dict[str, tuple[str, ...]] = {}
        self._circles: dict[str, list[int]] = defaultdict(list)
        self._unread = iter(self._line)

    @property
    def tip(self) -> str:
        """The commit to which it leads."""
        return self._past.history.graph.id(self._past.history.tip)

    @cached_property
    def cut_off(self) -> date | None:
        """The day before which a shallow clone knows nothing."""
        history = self._past.history
        return self._day(history.line[-1]) if history.is_cut_off else None

    # What the handbook asks

    def story(self, path: str, most: int) -> tuple[tuple[Passage, ...], int]:
        """The latest steps that changed a file, or a page that it links to, and how many there
        are.
        """
        steps = self._stories.get(path)
        if steps is None:
            steps = self._stories[path] = self._story(path)
        found = []
        for step, name, is_new in steps[:most]:
            happening = self._telling.of(step)
            mine = tuple(one for one in happening.told if _is_about(one, name))
            found.append(Passage(happening, mine, is_new=is_new))
        return tuple(found), len(steps)

    def pending(self, path: str) -> tuple[Pending, tuple[Told, ...]]:
        """What of a file is not committed yet."""
        history, now = self._past.history, self._blob(path)
        committed = history.state(history.tip, path)
        if now is None or (committed is not None and committed.blob == now):
            return "", ()
        if committed is None:
            return "new", ()
        return "altered", self._org.kept(f"pending:{path}", lambda: self._effects_of(path))

    def months(self) -> dict[str, int]:
        """The months in which something happened, and how often."""
        return {month: len(steps) for month, steps in self._by_month.items()}

    def in_month(self, month: str, most: int) -> tuple[Happening, ...]:
        """The latest steps of a month."""
        return tuple(map(self._telling.of, self._by_month.get(month, [])[:most]))

    def latest(self, most: int) -> tuple[Happening, ...]:
        """The latest steps of all."""
        return tuple(map(self._telling.of, self._line[:most]))

    def in_circle(self, circle: str, most: int) -> tuple[Happening, ...]:
        """The latest steps that did something in a circle: looked for back to where they are."""
        while len(self._circles[circle]) < most:
            step = next(self._unread, None)
            if step is None:
                break
            for id in {id for one in self._telling.of(step).told for id in one.circles}:
                self._circles[id].append(step)
        return tuple(map(self._telling.of, self._circles[circle][:most]))

    def held_in(self, path: str) -> tuple[Tenure, ...]:
        """Who held the role or core roles of a file, the latest first."""
        if path not in self._held:
            self._held[path] = tuple(self._tenures(path))
        return self._held[path]

    def held_by(self, person: str) -> tuple[Tenure, ...]:
        """What a person held, the latest first."""
        every = [tenure for path in self._files_naming(person) for tenure in self.held_in(path)]
        mine = [tenure for tenure in every if tenure.person == person]
        return tuple(sorted(mine, key=lambda t: (t.since, t.role))[::-1])

    def measured(self, path: str) -> tuple[Measured, ...]:
        """What the key results of an objective, or the metrics of a circle, stood at, the oldest
        first.
        """
        found: dict[tuple[str, date], Measured] = {}
        identity = identify(path)
        figures, value = _FIGURES.get(identity.kind if identity else "", ("", ""))
        for state in self._states(path):
            results = (state.data or {}).get(figures)
            for result in results if isinstance(results, list | tuple) else ():
                one = _measured(result, value, state.day)
                if one is not None:
                    found[one.name, one.day] = one
        return tuple(sorted(found.values()))

    def decision(self, proposal: str) -> Decision | None:
        """How a proposal was decided, or stands; None where nothing is known of it."""
        return self._decisions.of(proposal) if self._decisions else None

    def open_proposals(self) -> tuple[str, ...]:
        """The ids of the proposals that are open."""
        return self._decisions.pending if self._decisions else ()

    # What building asks

    def pending_since(self, before: object) -> frozenset[str]:
        """What may be told otherwise of proposals than when `state_of_proposals` was as before."""
        now = self.state_of_proposals()
        if before == now or self._decisions is None:
            return frozenset()
        keys, received = before if isinstance(before, list) and len(before) == 2 else ({}, "")
        then = keys if isinstance(keys, dict) else {}
        differing = {id for id, key in then.items() ^ self._decisions.keys.items()}
        found = {f"history:decision:{id}" for id in differing}
        noted = self._decisions.received_since(str(received))
        found |= {f"history:decision:{id}" for id in noted}
        return frozenset(found | ({"history:open"} if then.keys() != now[0].keys() else set()))

    def state_of_proposals(self) -> list[Any]:
        """What all that is told of proposals depends on, besides the commit to which this leads."""
        if self._decisions is None:
            return [{}, ""]
        return [self._decisions.keys, self._decisions.received]

    def touched_since(self, tip: str) -> frozenset[str] | None:
        """What may be told otherwise than when this led to another commit, as the handbook notes
        its reads; None where that commit is not known any more.
        """
        history = self._past.history
        before = history.graph.number(tip)
        if before is None:
            return None
        former = set(history.graph.line(before))
        differing = former ^ set(history.line)
        found = set(self._touched_by(differing))
        if differing:
            found |= {"history:months", "history:latest"}
        if {self._month(step) for step in former} != set(self._by_month):
            found.add("history:calendar")
        return frozenset(found)

    def prepare(self, paths: Iterable[str], progress: Progress = silent) -> None:
        """Have everything at hand, before work is divided over processes that cannot ask git."""
        for done, step in enumerate(self._line):
            self._telling.of(step)
            progress(message("Reading the history"), done, len(self._line))
        stating: dict[str, None] = {}
        for path in paths:
            self.story(path, 0)
            self.pending(path)
            identity = identify(path)
            if identity is not None and identity.kind in _STATING:
                stating[path] = None
            elif identity is not None and identity.kind == "person":
                stating.update(dict.fromkeys(self._files_naming(identity.id)))
            elif identity is not None and identity.kind == "proposal":
                self.decision(identity.id)
        for path in stating:
            for state in self._states_of(path):
                if not self._is_at_hand(state):
                    self._data(state)

    def _touched_by(self, steps: Iterable[int]) -> Iterator[str]:
        for step in steps:
            yield f"history:month:{self._month(step)}"
            for one in self._telling.of(step).told:
                yield from (f"history:circle:{circle}" for circle in one.circles)
                if one.kind.endswith(_LINKING):
                    yield f"history:{one.thing}.yaml"
            for change in self._past.history.altered(step):
                yield f"history:{change.path}"
                identity = identify(change.path)
                if identity is not None and identity.kind in _HOLDING:
                    for blob in filter(None, (change.before, change.after)):
                        data = self._past.data(change.path, blob)
                        state = State(day=date.min, data=data if isinstance(data, dict) else None)
                        yield from (f"history:person:{h.person}" for h in holdings([state]))

    # Steps and states

    def _steps(self, path: str) -> list[tuple[int, str]]:
        """The steps that changed a file, each with the path that it had from then on."""
        history, named = self._past.history, self._named_steps(path)
        if not history.is_cut_off:
            return named
        # what was there where a shallow clone ends did not come to be there then
        return [(step, name) for step, name in named if step != history.line[-1]]

    def _named_steps(self, path: str) -> list[tuple[int, str]]:
        if path not in self._named:
            self._named[path] = list(self._past.history.names_of(path))
        return self._named[path]

    def _story(self, path: str) -> list[tuple[int, str, bool]]:
        """The steps that changed a file or what it links to, the latest first, each with the path
        of the file then, and whether it was new.
        """
        named = self._steps(path)
        found = {
            step: (step, name, self._is_new(named, place))
            for place, (step, name) in enumerate(named)
        }
        history, every = self._past.history, self._named_steps(path)
        for step in steps_changing(self._past, linked(self._past, every)):
            if history.is_cut_off and step == history.line[-1]:
                continue  # where a shallow clone ends, nothing came to be
            name = next(name for since, name in every if since <= step)
            if step not in found and any(
                _is_linking(it, name) for it in self._telling.of(step).told
            ):
                found[step] = (step, name, False)
        return [found[step] for step in sorted(found, reverse=True)]

    def _is_new(self, named: list[tuple[int, str]], place: int) -> bool:
        step, path = named[place]
        if place + 1 < len(named) and named[place + 1][1] != path:
            return False
        before = self._past.history.graph.first[step]
        return before < 0 or self._past.history.state(before, path) is None

    def _effects_of(self, path: str) -> tuple[Told, ...]:
        before = org_at(self._past, self._past.history.tip)
        return tuple(map(told, effects(before, self._org, [path])))

    @cached_property
    def _by_month(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for step in self._line:
            found[self._month(step)].append(step)
        return {month: found[month] for month in sorted(found, reverse=True)}

    def _day(self, step: int) -> date:
        return moment_of(self._past.history.graph.times[step]).date()

    def _month(self, step: int) -> str:
        return self._day(step).isoformat()[:7]

    def _files_naming(self, person: str) -> tuple[str, ...]:
        """The files of roles and circles that ever named a person, as they are called now."""
        if person not in self._naming:
            files = map(self._past.history.name_now, self._past.files_naming(person))
            self._naming[person] = tuple(dict.fromkeys(files))
        return self._naming[person]

    def _states(self, path: str) -> list[State]:
        """What a file said, step by step, the oldest first."""
        found = []
        for state in self._states_of(path):
            data = self._data(state)
            found.append(
                State(day=self._day(state.step), data=data if isinstance(data, Mapping) else None)
            )
        return found

    def _states_of(self, path: str) -> Iterator[_Stated]:
        for step, name in reversed(self._named_steps(path)):
            yield _Stated(step, name, self._past.history.state(step, name))

    def _data(self, state: _Stated) -> object:
        if state.was is None:
            return {}
        if self._is_at_hand(state) and (facts := self._facts(state.path)) is not None:
            return facts.data
        return self._past.data(state.path, state.was.blob, state.was.mode)

    def _is_at_hand(self, state: _Stated) -> bool:
        """Whether the file says that now."""
        was = state.was
        return was is not None and was.mode == ORDINARY and self._blob(state.path) == was.blob

    def _tenures(self, path: str) -> Iterator[Tenure]:
        identity = identify(path)
        if identity is None or identity.kind not in _HOLDING:
            return
        for held in reversed(holdings(self._states(path))):
            yield Tenure(
                person=held.person,
                role=_role(identity, held.core),
                since=held.since,
                is_stated=held.is_stated,
                until=held.until,
            )


def _is_about(told: Told, path: str) -> bool:
    return path in told.paths or _is_linking(told, path)


def _is_linking(told: Told, path: str) -> bool:
    """Whether it is what a page or picture did to the thing whose file links to it."""
    return told.kind.endswith(_LINKING) and told.thing == address_at(path)


class _Stated(NamedTuple):
    """What a file was from a step on, and the path that it had then."""

    step: int
    path: str
    was: Change | None


def _role(identity: Identity, core: str) -> str:
    return f"{identity.id}/{core}" if core else identity.id


def _measured(result: object, key: str, day: date) -> Measured | None:
    if not isinstance(result, Mapping):
        return None
    name, value, as_of = result.get("name"), result.get(key), result.get("as_of")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(name, Mapping):
        name = next(iter(name.values()), None)
    try:
        on = date.fromisoformat(as_of) if isinstance(as_of, str) else day
    except ValueError:
        on = day
    return Measured(name, on, float(value)) if isinstance(name, str) else None
