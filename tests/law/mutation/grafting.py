"""Making a module otherwise that is in use already, wherever others have taken things from it."""

from __future__ import annotations

import sys
from types import CodeType, FunctionType, ModuleType


def graft(module: ModuleType, code: CodeType) -> None:
    """Have the functions, classes and constants of a module do and be what this code says."""
    fresh: dict[str, object] = {"__name__": module.__name__, "__package__": module.__package__}
    exec(code, fresh)  # noqa: S102  # it is the module's own text but for one place
    for name, new in fresh.items():
        old = vars(module).get(name)
        if name.startswith("__") or old is new:
            continue
        if not _is_of(module, new):
            _replace(name, old, new)
        elif _defaults(old) != _defaults(new):
            _replace(name, old, new)  # those of a struct cannot be altered
        elif isinstance(old, type) and isinstance(new, type):
            for attribute, member in vars(new).items():
                _become(vars(old).get(attribute), member)
        else:
            _become(old, new)


def _is_of(module: ModuleType, value: object) -> bool:
    is_named = isinstance(value, FunctionType | type)
    return is_named and getattr(value, "__module__", None) == module.__name__


def _defaults(value: object) -> tuple[object, ...]:
    """What a struct says of fields that nobody gives."""
    return getattr(value, "__struct_defaults__", ())


def _become(old: object, new: object) -> None:
    if isinstance(old, property) and isinstance(new, property):
        old, new = old.fget, new.fget
    if not (isinstance(old, FunctionType) and isinstance(new, FunctionType)):
        return
    old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__
    if not new.__code__.co_freevars:  # those with free variables dataclasses has written
        old.__code__ = new.__code__


def _replace(name: str, old: object, new: object) -> None:
    if old == new:
        return
    for module in [*sys.modules.values()]:
        if getattr(module, "__dict__", {}).get(name) is old:
            setattr(module, name, new)
