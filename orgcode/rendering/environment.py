"""The one Jinja environment of an edition: strict, escaping, and with the words of its language."""

from __future__ import annotations

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from markupsafe import Markup

from orgcode import resources
from orgcode.rendering.footnotes import footnotes
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

    def shown(value: object) -> object:
        return value if isinstance(value, Markup) else words.show(value)

    environment = Environment(
        loader=PackageTemplates(),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
        auto_reload=False,
    )
    environment.globals.update(
        words=words.say,
        count=words.count,
        show=words.show,
        href=words.href,
        asset=words.asset,
        shows=words.shows,
        withheld=words.withheld,
        has_page=words.has_page,
    )
    environment.filters.update(
        text=words.text,
        prose=words.prose,
        plain=words.plain,
        name=words.name,
        capital=words.capital,
        outside=outside,
        footnotes=footnotes,
        initials=initials,
        hue=hue,
    )
    return environment
