"""Pages that an organisation's own templates help to make, or a clear answer why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from types import TracebackType

from jinja2 import TemplateError, UndefinedError
from jinja2.exceptions import SecurityError

from orgcode.model.finding import Finding
from orgcode.model.message import Message, message
from orgcode.rendering.bounds import TooMuchError
from orgcode.rendering.environment import sandbox_for
from orgcode.rendering.guarding import objection
from orgcode.rendering.own_templates import (
    FOLDER,
    BrokenTemplatesError,
    OwnTemplates,
    faults,
    needs,
    problem,
)
from orgcode.rendering.page import Page
from orgcode.rendering.words import Glossed, Words

_ADDRESS = re.compile(" at 0x[0-9a-f]+")

_FAILURES = (
    TemplateError,
    TooMuchError,
    RecursionError,
    MemoryError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What a template can bring about."""


class OwnRenderer:
    """Makes pages of one edition with the organisation's own templates."""

    def __init__(self, words: Words, own: OwnTemplates) -> None:
        self._words = words
        self._own = own
        self._sandbox = sandbox_for(words, own)

    def faults(self) -> tuple[Finding, ...]:
        """What is wrong with the templates as they stand; with any of it no page is to be made."""
        return faults(self._own, self._sandbox)

    def needs(self, template: str, sought: Collection[str]) -> bool:
        """Whether pages of a template are made with one of those sought."""
        return needs(self._sandbox, template, sought)

    def __call__(
        self, page: Page, given: Mapping[str, object], render_ours: Callable[[], str]
    ) -> str:
        """The page, its ways to the root still to be filled in."""
        self._sandbox.bounds.begin()
        try:
            template = self._sandbox.get_template(page.template)
            html = template.render(given, term=Glossed(self._words))
        except _FAILURES as error:
            raise BrokenTemplatesError((self._blame(page, error, render_ours),)) from error
        if found := objection(html):
            said, tag = found
            raise BrokenTemplatesError((self._place(page, tag, said),))
        return html

    def _blame(self, page: Page, error: Exception, render_ours: Callable[[], str]) -> Finding:
        """Where and why it went wrong; what goes wrong without their templates is not theirs."""
        cause, way_out = _said(error)
        path, line = self._last_own(error.__traceback__)
        if path is None:
            render_ours()
            path = self._template_of(page)
            cause = message(
                "With this template {page} cannot be made: {reason}", page=page.path, reason=cause
            )
        return problem(path, line, cause, way_out)

    def _last_own(self, traceback: TracebackType | None) -> tuple[str | None, int]:
        """The deepest place in a template of their own."""
        path, line = None, 1
        while traceback is not None:
            name = traceback.tb_frame.f_code.co_filename
            if name.startswith(FOLDER) and name.removeprefix(FOLDER) in self._own.texts:
                path, line = name, traceback.tb_lineno
            traceback = traceback.tb_next
        return path, line

    def _template_of(self, page: Page) -> str:
        """Their template of a page, else the frame, else the first they have."""
        names = (page.template, "partials/thing.html", "base.html", *sorted(self._own.texts))
        return FOLDER + next(name for name in names if name in self._own.texts)

    def _place(self, page: Page, tag: str, said: Message) -> Finding:
        """Where a tag stands that must not be on a page."""
        way_out = message(
            "Take it out, and begin from the template that comes with orgcode, so that the page "
            "keeps its head."
        )
        for name, text in sorted(self._own.texts.items()):
            for line, written in enumerate(text.split("\n"), 1):
                if tag.lower() in written.lower():
                    return problem(FOLDER + name, line, said, way_out)
        return problem(self._template_of(page), 1, said, way_out)


def _said(error: Exception) -> tuple[Message, Message]:
    if isinstance(error, TooMuchError | RecursionError | MemoryError):
        return (
            message("This template does not come to an end, or makes too much."),
            message("Look for a loop, or for a template or macro that makes use of itself."),
        )
    written = _ADDRESS.sub("", " ".join(str(error).split()))[:300]
    reason = written or type(error).__name__
    if isinstance(error, SecurityError):
        return (
            message("Templates may not do this: {reason}", reason=reason),
            message("Use the fields of the page, and the filters that the guide names."),
        )
    if isinstance(error, UndefinedError):
        return (
            message("This template asks for something that is not there: {reason}", reason=reason),
            message("Compare it with the template that comes with orgcode."),
        )
    return (
        message("This template fails here: {reason}", reason=reason),
        message("Correct what stands on that line."),
    )
