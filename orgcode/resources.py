"""The one place that reads what comes with the package: schemas, templates, rulesets, words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

_PACKAGE = files("orgcode")


def _folder(name: str) -> Traversable:
    """`schema` and `templates` lie inside the installed package, and beside it in a checkout."""
    inside = _PACKAGE / name
    if inside.is_dir():
        return inside
    return _PACKAGE / ".." / name


def read_schema(name: str) -> bytes:
    """The bytes of `schema/<name>`."""
    return (_folder("schema") / name).read_bytes()


def schema_names() -> tuple[str, ...]:
    """The files in `schema/`, sorted."""
    return tuple(sorted(f.name for f in _folder("schema").iterdir() if f.name.endswith(".json")))


def read_template(name: str) -> bytes:
    """The bytes of `templates/<name>`; `FileNotFoundError` where there is none."""
    return (_folder("templates") / name).read_bytes()


def template_names(under: str) -> tuple[str, ...]:
    """Paths of all files in a folder of `templates/`, from that folder, sorted."""

    def walk(folder: Traversable, prefix: str) -> Iterator[str]:
        for item in folder.iterdir():
            if item.is_dir():
                yield from walk(item, f"{prefix}{item.name}/")
            else:
                yield prefix + item.name

    return tuple(sorted(walk(_folder("templates") / under, "")))


def read_ruleset(id: str) -> bytes:
    """The bytes of the ruleset `name@version`; `FileNotFoundError` where there is none."""
    return (_PACKAGE / "documents" / "rulesets" / f"{id}.yaml").read_bytes()


def ruleset_ids() -> tuple[str, ...]:
    """The rulesets that come with orgcode, sorted."""
    folder = _PACKAGE / "documents" / "rulesets"
    return tuple(sorted(f.name.removesuffix(".yaml") for f in folder.iterdir() if "@" in f.name))


def read_catalogue(language: str, suffix: str) -> bytes | None:
    """The gettext catalogue of a language (`po` or `mo`), or None where there is none."""
    file = _PACKAGE / "i18n" / "locale" / f"{language}.{suffix}"
    return file.read_bytes() if file.is_file() else None


@cache
def package_digest() -> str:
    """A short text that is another one for every other version of the code and data with it."""
    return _digest(_PACKAGE, _folder("schema"))


@cache
def template_digest() -> str:
    """The same for the templates and the catalogues."""
    return _digest(_folder("templates"), _PACKAGE / "i18n" / "locale")


def _digest(*folders: Traversable) -> str:
    digest = blake2b(digest_size=10)
    for folder in folders:
        _add(digest, folder)
    return digest.hexdigest()


def _add(digest: blake2b, folder: Traversable) -> None:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            if item.name not in {"__pycache__", "schema", "templates"}:
                _add(digest, item)
        elif not item.name.endswith((".pyc", ".po")) or folder.name == "locale":
            digest.update(item.name.encode())
            digest.update(item.read_bytes())
