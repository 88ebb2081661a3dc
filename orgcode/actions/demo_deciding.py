"""Let the people of the example organisation decide: by the same actions as anybody else, each at
its moment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct

from orgcode import resources
from orgcode.actions.adopting import adopt, record
from orgcode.actions.demo_files import in_order
from orgcode.actions.demo_story import STORY, Act, Both, Files, Tale
from orgcode.actions.drafting import draft
from orgcode.actions.proposal_record import Words
from orgcode.actions.proposing import propose
from orgcode.actions.renewing import renew
from orgcode.actions.responding import answer, respond
from orgcode.adapters.git.authoring import authored_by
from orgcode.adapters.signing.example_keys import ExampleKey
from orgcode.documents.writing import write_document
from orgcode.i18n.translator import Translator
from orgcode.model.facts import path_of
from orgcode.rendering.starter import Day, render_starter

SIGNING = ("fatma", "lotte", "reiger", "sara", "youssef")
"""Those who have a key, and sign what they say."""


def decide(root: Path, today: date, language: str, names: Mapping[str, str]) -> None:
    """Play the whole story in a repository; `names` are those of the people by their ids."""
    stage = _Stage(root=root, today=today, language=language, names=names)
    acts = [(act.day, act.time, tale, act) for tale in STORY for act in tale.acts]
    for _, _, tale, act in sorted(acts, key=lambda each: each[:2]):
        with authored_by(names[act.who], f"{act.who}@sluiskwartier.example"):
            stage.play(tale, act)


class _Stage(Struct, frozen=True, kw_only=True):
    root: Path
    today: date
    language: str
    names: Mapping[str, str]

    def play(self, tale: Tale, act: Act) -> None:
        """Do one thing that somebody does."""
        now, id = self._at(act), self._id(tale)
        say = Translator(self.language).say
        match act.does:
            case "proposes":
                record_path = path_of("proposal", id)
                content = write_document("proposal", self._record(tale))
                self._with_files(tale.files, {record_path: content}, lambda: self._propose(act))
            case "renews":
                words, sign = Words(id=id), self._signing(act.who)
                self._with_files(
                    tale.renewed or Files(),
                    {},
                    lambda: renew(self.root, words, now, person=act.who, sign=sign),
                )
            case "answers":
                answer(self.root, id, act.to, self._one(act.says), now, person=act.who)
            case "adopts":
                adopt(self.root, id, now, say)
            case "records":
                record(self.root, id, now, say)
            case stance:
                respond(
                    self.root,
                    id,
                    stance,
                    now,
                    reason=self._one(act.says) if act.says else None,
                    person=act.who,
                    record_for=act.of or None,
                    sign=self._signing(act.who),
                )

    def _propose(self, act: Act) -> None:
        sign = self._signing(act.who)
        propose(draft(self.root, self._at(act), person=act.who, sign=sign), Words(), self._at(act))

    def _record(self, tale: Tale) -> Mapping[str, Any]:
        found = {"title": tale.title, **tale.record}
        if tale.evaluate_in is not None:
            found["evaluate_on"] = Day(self.today)(tale.evaluate_in)
        return {key: self._both(value) for key, value in found.items()}

    def _with_files(
        self, files: Files, others: Mapping[str, bytes], work: Callable[[], object]
    ) -> None:
        """Do some work while files stand in the checkout, and put back what was there."""
        wanted = {**self._rendered(files), **others}
        before = {path: self._read(path) for path in wanted}
        try:
            for path, content in wanted.items():
                self._put(path, content)
            work()
        finally:
            for path, old in before.items():
                self._put(path, old)

    def _rendered(self, files: Files) -> Mapping[str, bytes]:
        found = {
            path: self._fill(resources.read_template(f"story/{name}.yaml").decode())
            for path, name in files.new.items()
        }
        for edit in files.edits:
            text = found.get(edit.path) or (self._read(edit.path) or b"").decode()
            old, new = self._fill(edit.old), self._fill(edit.new)
            if old not in text:
                raise KeyError(edit.path)
            found[edit.path] = text.replace(old, new, 1)
        return {path: text.encode() for path, text in found.items()}

    def _fill(self, text: str) -> str:
        return render_starter(text, {"day": Day(self.today)})

    def _read(self, path: str) -> bytes | None:
        file = self.root / path
        return file.read_bytes() if file.is_file() else None

    def _put(self, path: str, content: bytes | None) -> None:
        file = self.root / path
        if content is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            return
        file.unlink(missing_ok=True)
        folder = file.parent
        while folder != self.root and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

    def _both(self, value: Any) -> Any:
        """Texts with the language of the organisation first."""
        if not isinstance(value, Mapping):
            return value
        if set(value) == {"nl", "en"}:
            return {code: value[code] for code in in_order(self.language)}
        return {key: self._both(item) for key, item in value.items()}

    def _one(self, says: Both | None) -> str:
        """What somebody says, in the one language in which they say it."""
        return (says or {})[self.language]

    def _signing(self, person: str) -> bool | Callable[[bytes], str | None]:
        return ExampleKey(person).sign if person in SIGNING else False

    def _id(self, tale: Tale) -> str:
        return f"{self._day(tale.acts[0]).isoformat()}-{tale.name}"

    def _at(self, act: Act) -> datetime:
        return datetime.combine(self._day(act), time.fromisoformat(act.time), UTC)

    def _day(self, act: Act) -> date:
        return self.today + timedelta(days=act.day)
