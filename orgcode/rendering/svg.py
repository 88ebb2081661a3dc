"""Which SVG pictures may lie beside the pages: such as can neither run nor fetch anything.

Opened by itself, an SVG file is a document of its own that could run scripts in the name of the
site. So everything in it has to be known to be harmless; what is not known is refused.
"""

from __future__ import annotations

import re
from typing import NoReturn
from xml.parsers import expat

from orgcode.model.message import Message, message

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_SILENT = frozenset(
    {
        "http://www.inkscape.org/namespaces/inkscape",
        "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://creativecommons.org/ns#",
        "http://web.resource.org/cc/",
        "http://purl.org/dc/elements/1.1/",
        "http://www.serif.com/",
        "http://www.bohemiancoding.com/sketch/ns",
        "http://schemas.microsoft.com/visio/2003/SVGExtensions/",
    }
)
"""What drawing programs write for themselves; browsers make nothing of it."""

_ELEMENTS = frozenset(
    {
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "switch", "view"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
        *("textPath", "linearGradient", "radialGradient", "stop", "pattern", "clipPath", "mask"),
        *("marker", "style", "filter", "feBlend", "feColorMatrix", "feComponentTransfer"),
        *("feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap"),
        *("feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR"),
        *("feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight"),
        *("feSpecularLighting", "feSpotLight", "feTile", "feTurbulence"),
    }
)
_DEEPEST = 200
_SEPARATOR = "\x1f"

_FETCHES = re.compile(r"url\s*\(\s*(?!['\"]?\s*#)|@import|@font-face|@namespace|image-set|\\|</")
_LOCAL = re.compile(r"\s*#[^\s]*\s*\Z")


class _RefusedError(Exception):
    """The picture holds something that is not known to be harmless."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def objection(content: bytes) -> Message | None:
    """Why a picture is refused; None where nothing in it can run or fetch anything."""
    try:
        _Reading().read(content)
    except _RefusedError as error:
        return message(
            "it holds {what}, and pictures may not run or fetch anything", what=error.what
        )
    except (expat.ExpatError, ValueError, LookupError):
        return message("it is no SVG that can be read")
    return None


def _refuse(what: str) -> NoReturn:
    raise _RefusedError(what)


class _Reading:
    def __init__(self) -> None:
        self._path: list[str] = []
        self._style: list[str] = []

    def read(self, content: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartCdataSectionHandler = self._cdata
        parser.CommentHandler = self._comment
        parser.Parse(content, True)  # noqa: FBT003 (expat has it so)

    def _doctype(self, name: str, system: str | None, public: str | None, inside: bool) -> None:  # noqa: FBT001 (expat has it so)
        """The name of a document type alone; no browser asks for what is behind it."""
        del system, public
        if inside or name != "svg":
            _refuse("<!DOCTYPE")

    def _instruction(self, target: str, _: str) -> None:
        _refuse(f"<?{target}")

    def _comment(self, text: str) -> None:
        if ">" in text:  # ends the comment for a browser that takes it for HTML
            _refuse("<!--")

    def _cdata(self) -> None:
        if not self._path or self._path[-1] != "style":
            _refuse("<![CDATA[")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(_SEPARATOR)
        if not self._path and (space, local) != (_SVG, "svg"):
            _refuse(f"<{local}>")
        if space != _SVG and space not in _SILENT:
            _refuse(f"<{local}>")
        if space == _SVG and local not in _ELEMENTS:
            _refuse(f"<{local}>")
        if len(self._path) >= _DEEPEST:
            _refuse("…")
        for attribute, value in attributes.items():
            self._attribute(attribute, value)
        self._path.append(local if space == _SVG else "")

    def _attribute(self, name: str, value: str) -> None:
        space, _, local = name.rpartition(_SEPARATOR)
        if space in _SILENT:
            return
        if local.lower().startswith("on") or (space == _XML and local == "base"):
            _refuse(local)
        if local.lower() in ("href", "src"):
            if not _LOCAL.match(value):
                _refuse(f"{local}={value[:40]}")
        elif space not in ("", _XLINK, _XML) or _FETCHES.search(value.lower()):
            _refuse(local)

    def _end(self, _: str) -> None:
        if self._path.pop() == "style" and _FETCHES.search("".join(self._style).lower()):
            _refuse("<style>")

    def _text(self, text: str) -> None:
        if self._path[-1:] == ["style"]:
            self._style.append(text)
