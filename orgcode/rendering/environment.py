"""The one Jinja environment of an edition: strict, escaping, and with the words of its language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from markupsafe import Markup

from orgcode import resources
from orgcode.rendering.compiling import Compiled, Compiler, Shared
from orgcode.rendering.footnotes import footnotes
from orgcode.rendering.own_templates import OwnTemplates, Templates
from orgcode.rendering.sandbox import Sandbox
from orgcode.rendering.words import Words, hue, initials, outside


class PackageTemplates(BaseLoader):
    """The templates that come with orgcode, by their path in `templates/`."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        """The text of a template."""
        del environment
        try:
            return resources.read_template(template).decode(), template, None
        except FileNotFoundError:
            raise TemplateNotFound(template) from None


def environment_for(words: Words) -> Environment:
    """What compiles and fills templates for one language."""
    environment = Environment(
        loader=PackageTemplates(),
        autoescape=True,
        finalize=_finalizing(words),
        optimized=False,  # nothing is worked out when compiling: that may depend on the language
        bytecode_cache=_COMPILED,
        **_OPTIONS,
    )
    environment.code_generator_class = Compiler
    environment.template_class = Compiled
    environment.globals.update(_functions(words))
    environment.filters.update(_filters(words))
    return environment


def sandbox_for(words: Words, own: OwnTemplates) -> Sandbox:
    """The same for an organisation with templates of its own; it is never shared with others."""
    sandbox = Sandbox(
        loader=Templates(own.texts), autoescape=True, finalize=_finalizing(words), **_OPTIONS
    )
    sandbox.give(_functions(words), _filters(words))
    return sandbox


_COMPILED = Shared()

_OPTIONS: Mapping[str, Any] = {
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "cache_size": -1,
    "auto_reload": False,
}


def _finalizing(words: Words) -> Callable[[object], Markup]:
    def shown(value: object) -> Markup:
        return value if type(value) is Markup else words.show(value)

    return shown


def _functions(words: Words) -> Mapping[str, Callable[..., Any]]:
    return {
        "words": words.say,
        "count": words.count,
        "once": words.once,
        "show": words.show,
        "href": words.href,
        "canonical": words.canonical,
        "asset": words.asset,
        "shows": words.shows,
        "withheld": words.withheld,
        "has_page": words.has_page,
    }


def _filters(words: Words) -> Mapping[str, Callable[..., Any]]:
    return {
        "text": words.text,
        "prose": words.prose,
        "plain": words.plain,
        "name": words.name,
        "measured": words.measured,
        "capital": words.capital,
        "outside": outside,
        "footnotes": footnotes,
        "initials": initials,
        "hue": hue,
    }
