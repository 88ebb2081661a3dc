"""The templates of an organisation itself: which there are, and what is wrong with them.

They come before those of orgcode with the same name; `orgcode/` before a name means the one that
comes with orgcode.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from jinja2 import BaseLoader, Environment, TemplateNotFound, TemplateSyntaxError, nodes
from msgspec import Struct, field

from orgcode import resources
from orgcode.model.errors import OrgcodeError
from orgcode.model.finding import Finding
from orgcode.model.message import Message, message
from orgcode.model.snapshot import ORDINARY, Snapshot, Unreadable

FOLDER = "templates/"
OURS = "orgcode/"
STYLE = "templates/style.css"
MAX_TEMPLATES = 200
RULE = "template-broken"


class BrokenTemplatesError(OrgcodeError):
    """The handbook cannot be made with these templates; `findings` say where and why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings[0].cause, findings[0].way_out)
        self.findings = findings


class OwnTemplates(Struct, frozen=True, kw_only=True):
    """The organisation's templates by name (their path in `templates/`), and its own styles."""

    texts: Mapping[str, str] = field(default_factory=dict)
    style: bytes = b""
    unread: tuple[str, ...] = ()
    """Paths of files that are no text that can be read."""

    @property
    def is_empty(self) -> bool:
        """Whether there is no template at all; styles alone change no page."""
        return not self.texts and not self.unread

    def mention(self, path: str) -> bool:
        """Whether a path of the repository stands in one of them."""
        return path.encode() in self.style or any(path in text for text in self.texts.values())


def own_templates(snapshot: Snapshot) -> OwnTemplates:
    """What there is in the folder `templates/` of a repository."""
    texts: dict[str, str] = {}
    unread: list[str] = []
    style = b""
    for path, entry in snapshot.entries.items():
        if not path.startswith(FOLDER) or not (path.endswith(".html") or path == STYLE):
            continue
        content = snapshot.read(path)
        if isinstance(content, Unreadable) or entry.mode != ORDINARY:
            unread.append(path)
        elif path == STYLE:
            style = content
        else:
            try:
                texts[path.removeprefix(FOLDER)] = content.decode()
            except UnicodeDecodeError:
                unread.append(path)
    return OwnTemplates(texts=texts, style=style, unread=tuple(unread))


class Templates(BaseLoader):
    """The organisation's own templates, then those that come with orgcode."""

    def __init__(self, own: Mapping[str, str]) -> None:
        self._own = own

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        """The text of a template, and under which path people know it."""
        del environment
        if template in self._own and not template.startswith(OURS):
            return self._own[template], FOLDER + template, None
        name = template.removeprefix(OURS)
        if name not in our_names():
            raise TemplateNotFound(template)
        return resources.read_template(name).decode(), OURS + name, None


def our_names() -> frozenset[str]:
    """The names of the templates of pages that come with orgcode."""
    inside = ("pages", "partials", "macros")
    return frozenset(
        (
            "base.html",
            *(f"{folder}/{name}" for folder in inside for name in resources.template_names(folder)),
        )
    )


def faults(own: OwnTemplates, environment: Environment) -> tuple[Finding, ...]:
    """What is wrong with the templates as they stand, before any page is made of them."""
    found = [
        problem(path, 1, message("This is no file that can be read as text."), _AS_TEXT)
        for path in own.unread
    ]
    if len(own.texts) > MAX_TEMPLATES:
        said = message("There are more than {limit} templates here.", limit=MAX_TEMPLATES)
        found.append(problem(FOLDER, 1, said, message("Put them together in fewer files.")))
        return tuple(found)
    trees: dict[str, nodes.Template] = {}
    for name in sorted(own.texts):
        tree = _parsed(environment, name)
        if isinstance(tree, Finding):
            found.append(tree)
        else:
            trees[name] = tree
    reading = _Reading(own, environment, trees)
    for name in trees:
        found.extend(reading.faults(name))
    return tuple(found)


def problem(path: str, line: int, cause: Message, way_out: Message) -> Finding:
    """A finding about a template."""
    return Finding(
        rule=RULE,
        severity="error",
        path=path,
        line=line,
        column=1,
        cause=cause,
        way_out=way_out,
    )


_AS_TEXT = message("Put an ordinary text file in UTF-8 in its place, of at most 1 MiB.")


def _parsed(environment: Environment, name: str) -> nodes.Template | Finding:
    """A template as a tree, once it is certain that it can be compiled."""
    path = FOLDER + name
    try:
        text = environment.loader.get_source(environment, name)[0] if environment.loader else ""
        environment.compile(text, name, path)
        return environment.parse(text, name, path)
    except TemplateSyntaxError as error:
        said = message("This template cannot be read: {reason}", reason=error.message or "")
        return problem(path, error.lineno, said, message("Correct what stands on that line."))
    except (SyntaxError, RecursionError, MemoryError):
        said = message("This template is nested too deeply.")
        return problem(path, 1, said, message("Put parts of it in templates of their own."))


class _Reading:
    """Looks at what templates refer to."""

    def __init__(
        self, own: OwnTemplates, environment: Environment, trees: Mapping[str, nodes.Template]
    ) -> None:
        self._own = own
        self._environment = environment
        self._trees = dict(trees)
        self._known = our_names()
        self._referred = {
            name for tree in trees.values() for each in references(tree) for name in names_in(each)
        }

    def faults(self, name: str) -> Iterator[Finding]:
        tree = self._trees[name]
        path = FOLDER + name
        if name.startswith(OURS) or not {name} & (self._known | self._referred):
            yield problem(
                path,
                1,
                message("This template takes the place of no other, and none makes use of it."),
                _did_you_mean(name, self._known),
            )
        for escaping in tree.find_all((nodes.ScopedEvalContextModifier, nodes.EvalContextModifier)):
            yield problem(
                path,
                escaping.lineno,
                message("Escaping cannot be switched off: texts of others would become HTML."),
                message("Take the {{% autoescape %}} away."),
            )
        for reference in references(tree):
            yield from self._reference(path, reference)
        yield from self._blocks(name, tree)
        yield from self._macros(name, tree)

    def _reference(self, path: str, reference: _Reference) -> Iterator[Finding]:
        names = names_in(reference)
        if not names and isinstance(reference, nodes.Extends):
            yield problem(
                path,
                reference.lineno,
                message("It must be clear from the file itself which template this extends."),
                message("Write the name of the template in quotes."),
            )
        is_optional = isinstance(reference, nodes.Include) and reference.ignore_missing
        if names and not is_optional and not any(self._is_there(name) for name in names):
            yield problem(
                path,
                reference.lineno,
                message("There is no template {name}.", name=names[0]),
                _did_you_mean(names[0], self._known | self._own.texts.keys()),
            )

    def _is_there(self, name: str) -> bool:
        return name in self._own.texts or name.removeprefix(OURS) in self._known

    def _blocks(self, name: str, tree: nodes.Template) -> Iterator[Finding]:
        """A block that the template above does not have would never be shown."""
        parent = _extended(tree)
        if parent is None or not self._is_there(parent):
            return
        path, line = FOLDER + name, next(tree.find_all(nodes.Extends)).lineno
        above = self._blocks_above(parent, {name})
        if above is None:
            yield problem(
                path,
                line,
                message("This template extends itself."),
                message(
                    "To extend the one that comes with orgcode, write {name}.", name=OURS + name
                ),
            )
            return
        yield from self._outside(path, tree)
        for block in tree.body:
            if isinstance(block, nodes.Block) and block.name not in above:
                yield problem(
                    path,
                    block.lineno,
                    message(
                        "{parent} has no block {block}, so this would not be shown.",
                        parent=parent,
                        block=block.name,
                    ),
                    _did_you_mean(block.name, above),
                )

    def _outside(self, path: str, tree: nodes.Template) -> Iterator[Finding]:
        """What a template that extends another says outside its blocks is never shown."""
        for output in tree.body[1:]:
            for said in output.nodes if isinstance(output, nodes.Output) else ():
                before = said.data if isinstance(said, nodes.TemplateData) else "x"
                if not before.strip():
                    continue
                line = said.lineno + before[: len(before) - len(before.lstrip())].count("\n")
                yield problem(
                    path,
                    line,
                    message("What this template says outside its blocks is not shown."),
                    message("Put it into a block of the template that it extends."),
                )
                return

    def _blocks_above(self, name: str, below: set[str]) -> frozenset[str] | None:
        """The blocks of a template and of those that it extends; None: it comes back to itself."""
        is_own = name in self._own.texts
        if is_own and name in below:
            return None
        tree = self._tree(name)
        if tree is None:
            return frozenset()
        blocks = frozenset(block.name for block in tree.find_all(nodes.Block))
        parent = _extended(tree)
        if parent is None:
            return blocks
        above = self._blocks_above(parent, {*below, name})
        return None if above is None else blocks | above

    def _tree(self, name: str) -> nodes.Template | None:
        if name not in self._trees:
            if name in self._own.texts or self._environment.loader is None:
                return None  # it is broken, and said to be
            text = self._environment.loader.get_source(self._environment, name)[0]
            self._trees[name] = self._environment.parse(text, name)
        return self._trees[name]

    def _macros(self, name: str, tree: nodes.Template) -> Iterator[Finding]:
        """Who takes the place of a file of macros has to have them all."""
        if name not in self._known or not name.startswith("macros/"):
            return
        ours = self._tree(OURS + name)
        wanted = [macro.name for macro in ours.find_all(nodes.Macro)] if ours else []
        there = {macro.name for macro in tree.find_all(nodes.Macro)}
        if missing := [macro for macro in wanted if macro not in there]:
            yield problem(
                FOLDER + name,
                1,
                message(
                    "Other templates need macros that are not here: {macros}.",
                    macros=tuple(missing),
                ),
                message("Copy them from {name}, which comes with orgcode.", name=FOLDER + name),
            )


_Reference = nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport


def needs(environment: Environment, name: str, sought: Collection[str]) -> bool:
    """Whether what is made with a template is made with one of those sought, as far as the files
    tell.
    """
    waiting, seen = [name], set[str]()
    while waiting:
        name = waiting.pop()
        if name in sought:
            return True
        if name in seen or environment.loader is None:
            continue
        seen.add(name)
        try:
            text = environment.loader.get_source(environment, name)[0]
        except TemplateNotFound:  # one that may be missing
            continue
        tree = environment.parse(text, name)
        waiting.extend(each for reference in references(tree) for each in names_in(reference))
    return False


def references(tree: nodes.Template) -> Iterator[_Reference]:
    """What names another template."""
    kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    for node in tree.find_all(kinds):
        assert isinstance(node, kinds)  # noqa: S101 (what was asked for)
        yield node


def names_in(reference: _Reference) -> tuple[str, ...]:
    """The templates that are named, as far as the file itself tells."""
    target = reference.template
    if isinstance(target, nodes.Const):
        named = target.value
        return (named,) if isinstance(named, str) else tuple(map(str, named or ()))
    if isinstance(target, nodes.List | nodes.Tuple):
        return tuple(str(item.value) for item in target.items if isinstance(item, nodes.Const))
    return ()


def _extended(tree: nodes.Template) -> str | None:
    return next(
        (
            name
            for each in references(tree)
            if isinstance(each, nodes.Extends)
            for name in names_in(each)
        ),
        None,
    )


def _did_you_mean(name: str, known: frozenset[str] | set[str]) -> Message:
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.75)
    if near:
        return message("Did you mean {name}?", name=near[0])
    return message("There are: {names}.", names=tuple(sorted(known)))
