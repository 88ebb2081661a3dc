"""Which pictures and documents a handbook carries along, and what it says of the others."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from orgcode.actions.build import build
from orgcode.documents.loading import load
from orgcode.handbook.pages import handbook
from orgcode.i18n.translator import Translator
from orgcode.model.snapshot import MAX_CARRIED, Files
from orgcode.rendering.svg import objection
from tests.builder import Builder
from tests.handbook.organisation import FILES, TODAY

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">@</svg>'


def left_out(files: Mapping[str, bytes]) -> Mapping[str, str]:
    org = load(Files({path: text.encode() for path, text in FILES.items()} | dict(files)), TODAY)
    made = handbook(org)
    assert {*made.assets} | {file.path for file in made.left_out} == {*files}
    return {file.path: Translator("en").say(file.why) for file in made.left_out}


def test_large_files_arrive_whole_from_a_folder_and_from_a_commit(tmp_path: Path) -> None:
    large = os.urandom(3 * 1024 * 1024 + 7)
    repository = Builder.make(tmp_path / "buurt")
    repository.commit({**FILES, "assets/groot.png": large, ".gitignore": "/site/\n"})
    here = build(repository.root, TODAY)
    assert (here.folder / "assets/groot.png").read_bytes() == large
    there = build(repository.root, TODAY, at="HEAD", output=tmp_path / "there")
    assert (there.folder / "assets/groot.png").read_bytes() == large
    assert here.left_out == there.left_out == ()
    again = build(repository.root, TODAY)
    assert (again.folder / "assets/groot.png").read_bytes() == large


def test_what_is_left_out_is_said_with_the_reason(tmp_path: Path) -> None:
    repository = Builder.make(tmp_path / "buurt")
    repository.commit({**FILES, "assets/notes.docx": b"x", "assets/page.html": b"<p>"})
    (repository.root / "assets/link.png").symlink_to("/etc/passwd")
    with (repository.root / "assets/huge.png").open("wb") as stream:
        stream.truncate(MAX_CARRIED + 1)
    built = build(repository.root, TODAY)
    said = {file.path: Translator("en").say(file.why) for file in built.left_out}
    assert said.keys() == {
        *("assets/notes.docx", "assets/page.html", "assets/link.png", "assets/huge.png"),
    }
    assert said["assets/huge.png"] == "it is larger than 64 MiB"
    assert said["assets/link.png"] == "it is a link to another file"
    assert "only these kinds" in said["assets/page.html"]
    assert not (built.folder / "assets").exists()


@pytest.mark.parametrize(
    "name",
    [
        *("a\nb.png", "a\x1bb.png", "a\u202eb.png", "a\\b.png", "a:b.png", 'a".png', " a.png"),
        *(
            "a /b.png",
            "a./b.png",
            "../b.png",
            "./b.png",
            "/b.png",
            ".GIT/b.png",
            "x" * 300 + ".png",
        ),
        *("a\udc80.png", "a\u2028b.png", "a\x00.png"),
    ],
)
def test_hostile_names_are_left_out_and_the_rest_comes_along(name: str) -> None:
    said = left_out({f"assets/{name}": b"x", "assets/huis.png": b"x"})
    assert said == {f"assets/{name}": "not every computer can store a file of that name"}


def test_of_two_names_that_some_computers_take_for_one_the_first_comes_along() -> None:
    assert left_out({"assets/Huis.png": b"x", "assets/huis.png": b"y"}).keys() == {
        "assets/huis.png"
    }


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0h9v9z" fill="#123456" opacity=".5"/>',
        "<style>.a { fill: url(#g) } /* red */</style><path class='a'/>",
        "<style><![CDATA[.a > .b { fill: red }]]></style>",
        '<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs><use href="#g"/>',
        '<use xlink:href="#g"/><title>Huis &amp; tuin</title>',
        '<g xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:label="x"><i:grid x="1"/></g>',
    ],
)
def test_plain_pictures_are_carried(inside: str) -> None:
    assert objection(SVG.replace("@", inside).encode()) is None
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    whole = f'{head}"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">{SVG}'
    assert objection(whole.replace("@", inside).encode()) is None


HARMFUL = (
    "<script>alert(1)</script>",
    "<script xlink:href='https://elsewhere.example/x.js'/>",
    "<SCRIPT/>",
    "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
    "<p xmlns='http://www.w3.org/1999/xhtml' onclick='alert(1)'>x</p>",
    "<x:script xmlns:x='http://www.w3.org/2000/svg'>alert(1)</x:script>",
    "<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
    "<path onload='alert(1)'/>",
    "<path ONLOAD='alert(1)'/>",
    "<a href='javascript:alert(1)'><path/></a>",
    "<use href='javascript:alert(1)'/>",
    "<use xlink:href='https://elsewhere.example/x.svg#a'/>",
    "<use href='data:image/svg+xml,x#a'/>",
    "<image href='https://elsewhere.example/x.png'/>",
    "<feImage href='https://elsewhere.example/x.png'/>",
    "<path fill='url(https://elsewhere.example/x.svg#a)'/>",
    "<path style='fill:url(//elsewhere.example/x)'/>",
    "<path style='fill:u\\72l(//elsewhere.example/x)'/>",
    "<style>@import 'https://elsewhere.example/x.css';</style>",
    "<style>a{background:url('https://elsewhere.example/x')}</style>",
    "<style>@font-face{src:url(#x)}</style>",
    "<set attributeName='href' to='javascript:alert(1)'/>",
    "<animate attributeName='href' values='javascript:alert(1)'/>",
    "<handler xmlns='http://www.w3.org/2001/xml-events'/>",
    "<iframe xmlns='http://www.w3.org/1999/xhtml'/>",
    "<g xml:base='https://elsewhere.example/'/>",
    "<?xml-stylesheet href='https://elsewhere.example/x.css'?>",
    "<title><![CDATA[<script>alert(1)</script>]]></title>",
    "<!-- > <script>alert(1)</script> -->",
    "<g>" * 1000 + "</g>" * 1000,
)


@pytest.mark.parametrize("inside", HARMFUL)
def test_a_picture_that_could_run_or_fetch_is_refused(inside: str) -> None:
    assert objection(SVG.replace("@", inside).encode()) is not None
    assert left_out({"assets/x.svg": SVG.replace("@", inside).encode()}).keys() == {"assets/x.svg"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"<html><script>alert(1)</script></html>",
        b"<svg></svg>",
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.replace("@", "&a;").encode(),
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.encode(),
        b"<!DOCTYPE html>" + SVG.replace("@", "").encode(),
        SVG.replace("@", "<path>").encode(),
        SVG.replace("@", "").encode() + b"<script>alert(1)</script>",
        SVG.replace("@", "").encode("utf-16") + b"x",
        b"\x1f\x8b\x08\x00",
    ],
)
def test_what_is_no_plain_svg_is_refused(content: bytes) -> None:
    assert objection(content) is not None
