"""A module with one thing in it made otherwise: each way to do so, one after the other."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import shorten
from types import CodeType

_COMPARISONS: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_SETS: Mapping[type[ast.operator], type[ast.operator]] = {
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_CALLED = {"any": "all", "all": "any", "min": "max", "max": "min"}
_WORDING = {"message": 1, "messages": 2, "one": 1, "many": 1}
"""Functions that say something, and how many of their arguments are words."""
_OF_TYPES = {"annotation", "returns", "decorator_list"}
_WIDTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A module that is otherwise at one place."""

    name: str
    """Module, function, what stood there and what stands there instead."""
    line: int
    code: CodeType


@dataclass(frozen=True, slots=True)
class _Site:
    """A node, and the place where another one can be put for it."""

    node: ast.AST
    parent: ast.AST
    field: str
    place: int | None
    where: str

    def put(self, node: ast.AST) -> None:
        if self.place is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.place] = node

    @property
    def is_condition(self) -> bool:
        return self.field in {"test", "ifs", "guard"}


def mutants(source: str, module: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its text."""
    tree = ast.parse(source)
    named: Counter[str] = Counter()
    for site in list(_sites(tree, "")):
        for other in _others(site):
            name = f"{module} {site.where or '-'}: {_said(site, other)}"
            named[name] += 1
            if named[name] > 1:
                name += f" ({named[name]})"
            site.put(other)
            code = compile(ast.fix_missing_locations(tree), f"{module}.py", "exec")
            site.put(site.node)
            yield Mutant(name=name, line=getattr(site.node, "lineno", 0), code=code)


def _sites(node: ast.AST, where: str) -> Iterator[_Site]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        where = f"{where}.{node.name}" if where else node.name
    for field, place, child in _children(node):
        if not _is_left_alone(node, field, place, child):
            yield _Site(child, node, field, place, where)
            yield from _sites(child, where)


def _children(node: ast.AST) -> Iterator[tuple[str, int | None, ast.AST]]:
    for field, value in ast.iter_fields(node):
        if isinstance(value, ast.AST):
            yield field, None, value
        elif isinstance(value, list):
            yield from ((field, place, child) for place, child in enumerate(value) if child)


def _is_left_alone(parent: ast.AST, field: str, place: int | None, child: ast.AST) -> bool:
    """Types, imports, documentation, wording, and what kind of class one is."""
    if field in _OF_TYPES or isinstance(child, ast.Import | ast.ImportFrom):
        return True
    if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
        return True
    if isinstance(parent, ast.ClassDef) and field == "keywords":
        return True
    if isinstance(parent, ast.Module) and isinstance(child, ast.Assign):
        return isinstance(child.value, ast.Subscript)
    if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and field == "args":
        return (place or 0) < _WORDING.get(parent.func.id, 0)
    return False


def _others(site: _Site) -> Iterator[ast.AST]:
    """What may stand there instead."""
    node = site.node
    if site.is_condition:
        yield from (ast.Constant(True), ast.Constant(False))
    match node:
        case ast.Compare():
            for place, operator in enumerate(node.ops):
                ops = [*node.ops]
                ops[place] = _COMPARISONS[type(operator)]()
                yield ast.Compare(node.left, ops, node.comparators)
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield ast.BoolOp(other, node.values)
            for place in range(len(node.values)):
                left = [value for at, value in enumerate(node.values) if at != place]
                yield left[0] if len(left) == 1 else ast.BoolOp(node.op, left)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.BinOp():
            swapped = _SETS.get(type(node.op))
            yield ast.BinOp(node.left, swapped(), node.right) if swapped else node.left
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(value=str(value)):
            yield ast.Constant(f"{value}?")
        case ast.Name(id=name) if site.field == "func" and name in _CALLED:
            yield ast.Name(_CALLED[name], ast.Load())
        case ast.Return(value=value) if value and not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case ast.Expr() | ast.AugAssign() | ast.Break() | ast.Continue():
            yield ast.Pass()


def _said(site: _Site, other: ast.AST) -> str:
    said = f"{_text(site.node)} => {_text(other)}"
    if isinstance(site.node, ast.Constant | ast.Name):
        return f"{said} in {_text(site.parent)}"
    return said


def _text(node: ast.AST) -> str:
    return shorten(ast.unparse(node), _WIDTH, placeholder=" ...")
