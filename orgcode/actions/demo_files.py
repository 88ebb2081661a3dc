"""The files of the example organisation, with dates as seen from a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from orgcode import resources
from orgcode.rendering.starter import Day, render_starter

LANGUAGES = ("nl", "en")
"""The languages in which everything in the example is written."""


def demo_files(today: date, language: str = "nl") -> Mapping[str, bytes]:
    """The files of the example by path; `language` is the organisation's first."""
    variables = {"day": Day(today), "languages": f"[{', '.join(in_order(language))}]"}
    files: dict[str, bytes] = {}
    for name in resources.template_names("demo"):
        path = _path(name, language)
        if path is not None:
            text = resources.read_template(f"demo/{name}").decode("utf-8")
            files[path] = render_starter(text, variables).encode("utf-8")
    return dict(sorted(files.items()))


def in_order(first: str) -> tuple[str, ...]:
    """The languages of the example, one of them first."""
    return (first, *(other for other in LANGUAGES if other != first))


def _path(name: str, language: str) -> str | None:
    """Where a template goes; None where it is the README in another language."""
    if name == "gitignore":
        return ".gitignore"
    if name.startswith("README."):
        return "README.md" if name == f"README.{language}.md" else None
    return name
