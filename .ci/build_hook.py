"""What building the wheel adds: the gettext catalogues, compiled.

A checkout reads them uncompiled, so an editable install gets none that could grow old.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCatalogues(BuildHookInterface[Any]):
    """Put `nl.mo` beside every `nl.po` of the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into a folder of its own; the sources stay as they are."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, self.root)
        from orgcode.i18n.catalogue import compile_catalogue

        self.folder = tempfile.TemporaryDirectory()
        for source in sorted((root / "orgcode" / "i18n" / "locale").glob("*.po")):
            compiled = Path(self.folder.name) / f"{source.stem}.mo"
            compiled.write_bytes(compile_catalogue(source.read_bytes()))
            inside = source.with_suffix(".mo").relative_to(root)
            build_data["force_include"][str(compiled)] = inside.as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take the folder away again."""
        if version != "editable":
            self.folder.cleanup()
