"""How long `orgcode build` takes, beside a generator of websites that is known to be fast.

    python -m tests.benchmarks.build

Builds the handbook of the large organisation while nothing is kept, with the facts of all files
kept, and after one role has changed. Hugo (Debian's package `hugo`) makes as many pages of like
size: the pages of that handbook, turned into Markdown, with a plain theme. Prints a table for the
README of this folder.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.benchmarks.check import (
    PROGRAMS,
    Cost,
    compile_orgcode,
    machine,
    orgcode_check,
    row,
    run,
    settle,
)
from tests.benchmarks.organisation import DAY, LARGE, Size, write

_THEME = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<link rel="stylesheet" href="/style.css"></head>
<body><main><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>
"""
_SETTINGS = """\
baseURL = "https://example.org/"
title = "Handbook"
uglyURLs = true
disableKinds = ["taxonomy", "term", "RSS", "sitemap"]
"""
_LINK = re.compile(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_HEADING = re.compile(r"<h([1-6])[^>]*>")
_BLOCK = re.compile(r"</?(?:p|div|section|dl|dt|dd|table|tr|nav|ul|ol|aside|details|summary)[^>]*>")
_TAG = re.compile(r"<[^>]+>")


def build(folder: Path, output: Path) -> Cost:
    """Build the handbook of an organisation."""
    moment = ["--now", f"{DAY}T12:00:00Z"]
    return run([PROGRAMS / "orgcode", *moment, "build", "--output", output], folder)


def markdown(page: str) -> str:
    """A page of the handbook as Markdown: its headings, lists, links and paragraphs."""
    body = page[page.index("<body") :]
    body = _LINK.sub(lambda link: f"[{_TAG.sub('', link[2])}]({link[1]})", body)
    body = _HEADING.sub(lambda heading: "\n\n" + "#" * int(heading[1]) + " ", body)
    body = body.replace("<li", "\n- <li").replace("</h", "\n\n</h")
    text = html.unescape(_TAG.sub("", _BLOCK.sub("\n\n", body)))
    lines = (line.strip() for line in re.sub(r"\n\s*\n", "\n\n", text).splitlines())
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    named = html.unescape(title[1]).replace('"', "'") if title else "?"
    return f'---\ntitle: "{named}"\n---\n' + "\n".join(lines) + "\n"


def write_peer(site: Path, folder: Path) -> None:
    """The sources from which hugo makes as many pages of like size."""
    for file in site.rglob("*.html"):
        name = file.relative_to(site).with_suffix(".md").as_posix()
        target = folder / "content" / name.replace("index.md", "home.md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(markdown(file.read_text("utf-8")), "utf-8")
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    for name in ("single.html", "list.html"):
        (layouts / name).write_text(_THEME, "utf-8")
    (folder / "config.toml").write_text(_SETTINGS, "utf-8")


def size_of(folder: Path) -> tuple[int, float]:
    """How many pages there are in a site, and their mean length in kilobytes."""
    lengths = [file.stat().st_size for file in folder.rglob("*.html")]
    return len(lengths), sum(lengths) / len(lengths) / 1000


def measure(size: Size = LARGE) -> str:
    """Measure everything, and give the table."""
    compile_orgcode()
    with tempfile.TemporaryDirectory() as name:
        folder, site, peer = Path(name) / "org", Path(name) / "site", Path(name) / "peer"
        write(folder, size)
        first = build(folder, site)
        ours = size_of(site)
        write_peer(site, peer)
        hugo = run(["hugo", "--quiet", "--destination", Path(name) / "made"], peer)
        theirs = size_of(Path(name) / "made")
        shutil.rmtree(site)
        shutil.rmtree(folder / ".git" / "orgcode")
        settle()
        orgcode_check(folder)
        kept = build(folder, site)
        role = sorted((folder / "roles").glob("*.yaml"))[7]
        text = role.read_text("utf-8")
        role.write_text(text.replace("purpose: ", "purpose: Nieuw ", 1), "utf-8")
        settle()
        altered = build(folder, site)
    return "\n".join(
        (
            f"{size.files:,} files; {ours[0]:,} pages of {ours[1]:.1f} KB, hugo's {theirs[0]:,} of"
            f" {theirs[1]:.1f} KB. {_hugo()}; {machine()}",
            "",
            "| | seconds | of a processor | memory at the peak | |",
            "|---|---:|---:|---:|---|",
            row("hugo", hugo),
            row("orgcode build, nothing kept", first, _of(first, hugo, "hugo")),
            row("orgcode build, facts kept", kept, _of(kept, hugo, "hugo")),
            row("orgcode build, one role changed", altered, _of(altered, kept, "a whole build")),
        )
    )


def _of(cost: Cost, other: Cost, name: str) -> str:
    return f"**{cost.seconds / other.seconds:.2f}** of {name}"


def _hugo() -> str:
    told = subprocess.run(["hugo", "version"], check=True, capture_output=True, text=True).stdout
    return " ".join(told.split()[:2])


if __name__ == "__main__":
    print(measure())  # noqa: T201 (a program that prints)
