"""Jinja's sandbox, narrower: an organisation's own templates get at plain data and no further.

Of an object they reach the fields, of a text or list a few methods that cannot make it grow; they
call what the handbook gives them and one another's macros. Every loop, call, filter and piece of
text is counted, in orgcode's own templates too, since theirs call those.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, wraps
from inspect import isgenerator
from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2 import nodes, pass_context
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS, do_round
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, Undefined, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer
from markupsafe import escape
from msgspec import Struct

from orgcode.rendering.bounds import LONGEST, Bounds, TooMuchError
from orgcode.rendering.words import Glossed

_METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset(
        {
            *("startswith", "endswith", "lower", "upper", "title", "capitalize", "strip", "lstrip"),
            *(
                "rstrip",
                "split",
                "rsplit",
                "splitlines",
                "partition",
                "rpartition",
                "index",
                "find",
            ),
            *("rfind", "count", "removeprefix", "removesuffix", "isdigit", "isalpha", "isalnum"),
            *("islower", "isupper", "isspace"),
        }
    ),
    Mapping: frozenset({"keys", "values", "items", "get"}),
    tuple: frozenset({"index", "count"}),
    list: frozenset({"index", "count"}),
    datetime.date: frozenset({"isoformat", "weekday", "isoweekday", "year", "month", "day"}),
    LoopContext: frozenset(
        {
            *("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth"),
            *("depth0", "previtem", "nextitem", "cycle", "changed"),
        }
    ),
    BlockReference: frozenset({"super"}),
    Glossed: frozenset({"plain"}),
}
_A_CALL = 15
"""A call takes so many steps."""
_PLAIN = (str, int, float, datetime.date)
_OF_TEXTS = ("lower", "upper", "title", "trim", "truncate", "wordcount", "urlencode", "int")
_OF_ANY = (
    *("abs", "count", "d", "default", "dictsort", "e", "escape", "first", "float", "groupby"),
    *("items", "last", "length", "list", "map", "max", "min", "reject", "rejectattr", "reverse"),
    *("select", "selectattr", "sort", "unique"),
)
_HOLES = re.compile(r"(?:[^{}]|\{\{|\}\}|\{[a-z_]+(?::\^|:=?[A-Za-z]+)?\})*\Z")
"""Holes of sentences, with the little words of `orgcode.i18n.nouns` at most."""


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for the templates of one organisation and ours, in one language."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self, finalize: Callable[[Any], Any], **options: Any) -> None:
        self.bounds = Bounds()
        self._shown = finalize
        super().__init__(finalize=self._written, **options)
        for name in ("lipsum", "cycler", "joiner"):
            del self.globals[name]
        self._given: list[Any] = [self.globals[name] for name in ("range", "dict", "namespace")]
        self.filters = {
            **{name: self._counted(FILTERS[name]) for name in _OF_ANY},
            **{name: self._counted(FILTERS[name], _PLAIN) for name in _OF_TEXTS},
            "join": self._join,
            "replace": self._replace,
            "round": self._round,
            "_each": self._each,
            "_written": self._passed,
            "_concat": self._concat,
        }

    def give(
        self, functions: Mapping[str, Callable[..., Any]], filters: Mapping[str, Callable[..., Any]]
    ) -> None:
        """Let templates call functions, and use filters."""
        given = {
            name: self._with_holes(function) if name in ("words", "count") else function
            for name, function in functions.items()
        }
        self.globals.update(given)
        self._given += given.values()
        self.filters.update({name: self._counted(given) for name, given in filters.items()})
        of_html = filters["footnotes"]
        self.filters["footnotes"] = self._counted(lambda html: of_html(escape(html)))

    # What can be reached

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Fields of data, names of a module, and the methods that are listed here."""
        del value
        if attr.startswith("_"):
            return False
        if isinstance(obj, TemplateModule | Namespace):
            return True
        kind: Any = type(obj)
        return attr in _data_of(kind) or attr in _methods_of(kind)

    def is_safe_callable(self, obj: Any) -> bool:
        """What the handbook gives, macros and blocks, and the methods that are listed here."""
        if isinstance(obj, Macro | BlockReference | LoopContext | Glossed):
            return True
        if isinstance(obj, MethodType | BuiltinMethodType):
            owner: Any = type(obj.__self__)
            if obj.__name__ in _methods_of(owner):
                return True
        return any(obj is given or obj == given for given in self._given)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 (as Jinja calls it)
        """Call something from a template."""
        __self.bounds.step(_A_CALL)
        for argument in args:
            __self.bounds.handle(argument)
        if isinstance(__obj, LoopContext) and args:
            args = (__self.bounds.each(args[0]), *args[1:])
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Calculate; texts and lists can only be added."""
        self.bounds.step()
        if not (_is_number(left) and _is_number(right)):
            if operator != "+":
                raise SecurityError(f"{operator} is for numbers only")  # noqa: EM102 (shown as it is)
        elif operator == "**" and (abs(left) > 1_000_000 or abs(right) > 20):
            raise TooMuchError
        return self.bounds.fit(super().call_binop(context, operator, left, right))

    # What is counted

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _Counting(self).visit(tree)
        tree.body.insert(0, _Counting(self).literals(tree.body, tree.lineno))
        return tree

    def _written(self, value: Any) -> Any:
        if isinstance(value, Undefined):
            str(value)  # says what is undefined
        try:
            shown = self._shown(value)
        except TypeError as error:
            raise TypeError(f"{error} is no text; name one of its fields") from error  # noqa: EM102 (shown as it is)
        self.bounds.write(len(shown))
        return shown

    @pass_context
    def _each(self, context: Context, values: Any, written: int) -> Iterator[Any]:
        del context
        return self.bounds.each(values, written)

    @pass_context
    def _passed(self, context: Context, value: str, written: int) -> str:
        del context
        self.bounds.write(written)
        return value

    @pass_context
    def _concat(self, context: Context, parts: list[Any]) -> str:
        del context
        texts = [part if isinstance(part, str) else self._text(part) for part in parts]
        self._refuse_long(sum(map(len, texts)))
        return markup_join(texts)

    @pass_context
    def _join(self, context: Context, values: Any, between: str = "", attribute: Any = None) -> str:
        if attribute is not None:
            values = self.filters["map"](context, values, attribute=attribute)
        shown = [escape(self._shown(value)) for value in self.bounds.each(values)]
        self._refuse_long(sum(map(len, shown)) + len(between) * len(shown))
        return escape(between).join(shown)

    def _replace(self, text: Any, old: str, new: str) -> str:
        text, old, new = self._text(text), self._text(old), self._text(new)
        self._refuse_long(len(text) + text.count(old) * len(new))
        replaced: str = text.replace(old, new)
        return replaced

    def _round(self, number: float, precision: int = 0, method: str = "common") -> float:
        if not _is_number(number) or not -20 <= precision <= 20:
            raise TooMuchError
        return do_round(float(number), precision, method)  # type: ignore[arg-type] # it looks

    def _text(self, value: Any) -> str:
        if isinstance(value, _PLAIN):
            return value if isinstance(value, str) else str(value)
        return str(self._shown(value))

    def _refuse_long(self, length: int) -> None:
        self.bounds.step(1 + length // 16)
        if length > LONGEST:
            raise TooMuchError

    def _counted(
        self, function: Callable[..., Any], of: tuple[type, ...] | None = None
    ) -> Callable[..., Any]:
        """A filter whose work is counted; `of`: what it takes."""
        takes_context = getattr(function, "jinja_pass_arg", None) is not None

        @wraps(function)
        def counted(*args: Any, **kwargs: Any) -> Any:
            for argument in args[takes_context:]:
                self.bounds.handle(argument)
            if of is not None and not isinstance(args[takes_context], of):
                raise TypeError("this filter is for text and numbers")  # noqa: EM101 (shown as it is)
            result = function(*args, **kwargs)
            return self.bounds.each(result) if isgenerator(result) else self.bounds.fit(result)

        return counted

    def _with_holes(self, say: Callable[..., Any]) -> Callable[..., Any]:
        """Sentences whose holes are names and nothing else: no widths, no ways into objects."""

        def said(*args: Any, **kwargs: Any) -> Any:
            if not all(_HOLES.match(text) for text in args if isinstance(text, str)):
                raise SecurityError("a hole of a sentence is a name in braces")  # noqa: EM101 (likewise)
            return say(*args, **kwargs)

        return said


class _Counting(NodeTransformer):
    """Puts counting into a template that has been parsed."""

    def __init__(self, environment: Sandbox) -> None:
        self._environment = environment

    def literals(self, body: list[nodes.Node], line: int) -> nodes.Output:
        """What counts the text that stands in a body as it is."""
        number = sum(len(data.data) for node in body for data in _texts_in(node))
        nothing = nodes.Const("", lineno=line, environment=self._environment)
        counted = self._filter("_written", nothing, number)
        return nodes.Output([counted], lineno=line, environment=self._environment)

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 (as Jinja calls it)
        """A loop: each time round."""
        self.generic_visit(node)
        number = sum(len(data.data) for each in node.body for data in _texts_in(each))
        values: Any = node.iter
        node.iter = self._filter("_each", values, number)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 (as Jinja calls it)
        """Texts put together."""
        self.generic_visit(node)
        parts = nodes.List(node.nodes, lineno=node.lineno, environment=self._environment)
        return self._filter("_concat", parts)

    def _body(self, node: Any) -> nodes.Node:
        self.generic_visit(node)
        node.body.insert(0, self.literals(node.body, node.lineno))
        result: nodes.Node = node
        return result

    visit_Macro = visit_CallBlock = visit_Block = _body  # noqa: N815 (as Jinja calls them)

    def _filter(self, name: str, value: nodes.Expr, *arguments: int) -> nodes.Filter:
        consts = [
            nodes.Const(each, lineno=value.lineno, environment=self._environment)
            for each in arguments
        ]
        return nodes.Filter(
            value,
            name,
            consts,
            [],
            None,
            None,
            lineno=value.lineno,
            environment=self._environment,
        )


def _texts_in(node: nodes.Node) -> Iterator[nodes.TemplateData]:
    if isinstance(node, nodes.TemplateData):
        yield node
    yield from node.find_all(nodes.TemplateData)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


@cache
def _data_of(kind: type) -> frozenset[str]:
    """The fields and properties of a class of data."""
    if not issubclass(kind, Struct):
        return frozenset()
    properties = (name for name in dir(kind) if isinstance(getattr(kind, name), property))
    return frozenset({*kind.__struct_fields__, *properties})


@cache
def _methods_of(kind: type) -> frozenset[str]:
    return frozenset(
        name for owner, names in _METHODS.items() if issubclass(kind, owner) for name in names
    )
