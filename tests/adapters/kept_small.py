"""A small repository of which something is kept, and ways to ask whether that alters answers."""

from __future__ import annotations

import gc
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from orgcode.actions.build import build
from orgcode.actions.check import check_in_words
from orgcode.adapters.git.repository import find
from orgcode.checking.check import check
from orgcode.documents.loading import load
from orgcode.model.finding import Finding
from tests.builder import Builder
from tests.checking.demo import DAY
from tests.cli.conftest import ORGANISATION

FILES: Mapping[str, str] = {
    **ORGANISATION,
    "roles/half.yaml": "name: Half\ncircle: keuken\nholders: [nobody, sara\nnotes: afwas\n",
    "policies/stil.yaml": "title: Stil\ncircle: nergens\ntext: See [this](../roles/kok.yaml).\n",
    "pages/index.md": "# Hello\n\n[Kok](../roles/kok.yaml), [away](../roles/weg.yaml)\n",
    "odd name.txt": "What is this?\n",
}
"""With something to find in nearly every file."""

EDIT = ("roles/kok.yaml", FILES["roles/kok.yaml"].replace("circle: keuken", "circle: kauken"))


@dataclass(frozen=True, slots=True)
class Small:
    """The repository; what is kept of it stays from one question to the next."""

    builder: Builder

    @classmethod
    def make(cls, root: Path, files: Mapping[str, str] = FILES) -> Small:
        """A repository with the files, committed, none of them written just now."""
        builder = Builder.make(root)
        builder.commit(files)
        return cls(builder)

    @property
    def root(self) -> Path:
        """Its folder."""
        return self.builder.root

    @property
    def folder(self) -> Path:
        """Where things are kept."""
        return self.root / ".git" / "orgcode"

    @property
    def file(self) -> Path:
        """The file in which things are kept."""
        return max(self.folder.glob("cache-*.sqlite3"), key=lambda file: file.stat().st_mtime_ns)

    def let_go(self) -> None:
        """Close what questions before this one have left open."""
        gc.collect()

    def found(self) -> tuple[Finding, ...]:
        """What check finds, with whatever is kept."""
        found = check_in_words(self.root, DAY).findings
        self.let_go()
        return found

    def found_anew(self) -> tuple[Finding, ...]:
        """What check finds without anything kept."""
        return check(load(find(self.root).working_tree(), DAY))

    def built(self, folder: Path) -> dict[str, bytes]:
        """The handbook, made with whatever is kept."""
        build(self.root, DAY, output=folder)
        self.let_go()
        return {
            file.relative_to(folder).as_posix(): file.read_bytes()
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }

    def age(self, path: str) -> None:
        """Let a file be older than the time within which it is always read again, but for the
        time of its status, which nobody can set.
        """
        os.utime(self.root / path, (1, 1))
