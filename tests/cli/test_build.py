"""`orgcode build`: for whom, with which templates, and what it leaves out."""

from __future__ import annotations

from pathlib import Path

from tests.builder import Builder
from tests.cli.conftest import Ask


def test_build_for_everyone_names_nobody(repository: Builder, ask: Ask) -> None:
    assert ask("build", "-C", str(repository.root), "--for", "everyone").code == 0
    site = repository.root / "site"
    pages = [file.read_text(encoding="utf-8") for file in site.rglob("*.html")]
    assert not (site / "people").exists()
    assert not any("Omar" in page for page in pages)
    assert ask("build", "-C", str(repository.root), "--for", "members").code == 0
    assert "Omar" in (site / "people/omar.html").read_text(encoding="utf-8")


def test_build_for_nobody_in_particular_is_wrong_use(repository: Builder, ask: Ask) -> None:
    answer = ask("build", "-C", str(repository.root), "--for", "nobody")
    assert answer.code == 2
    assert "must be one of: everyone, members." in answer.err


def test_a_broken_template_is_reported_as_check_reports(repository: Builder, ask: Ask) -> None:
    assert ask("build", "-C", str(repository.root)).code == 0
    page = repository.root / "site/roles/kok.html"
    before = page.read_bytes()
    repository.write("templates/pages/role.html", "{% extends 'orgcode/pages/rol.html' %}")
    answer = ask("build", "-C", str(repository.root))
    assert answer.code == 1
    assert answer.out.startswith("templates/pages/role.html:1:1: error: There is no template")
    assert "template-broken" in answer.out
    assert "orgcode guide own-templates" in answer.err
    assert "Traceback" not in answer.err
    assert page.read_bytes() == before


def test_what_is_left_out_is_said(repository: Builder, ask: Ask, tmp_path: Path) -> None:
    repository.write("assets/notes.docx", "x")
    repository.write("assets/a\x1b[31m.png", "x")
    answer = ask("build", "-C", str(repository.root), "--output", str(tmp_path / "site"))
    assert answer.code == 0
    assert "assets/notes.docx is not carried along: only these kinds" in answer.err
    assert "\x1b" not in answer.err
    for number in range(30):
        repository.write(f"assets/{number}.docx", "x")
    answer = ask("build", "-C", str(repository.root), "--output", str(tmp_path / "site"))
    assert "22 more files are not carried along." in answer.err
