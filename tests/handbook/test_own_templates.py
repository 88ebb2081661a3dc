"""An organisation's own templates, and what is said of broken ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from orgcode import resources
from orgcode.actions.build import build
from orgcode.i18n.translator import Translator
from orgcode.model.finding import Finding
from orgcode.rendering.own_templates import BrokenTemplatesError
from tests.builder import Builder
from tests.handbook.organisation import FILES, TODAY, site
from tests.handbook.reading import Reading

ROLE = "templates/pages/role.html"
EXTENDS = "{% extends 'orgcode/pages/role.html' %}\n"
GREETING = """\
{% extends "orgcode/pages/role.html" %}
{% block lead %}
{{ super() }}
<p class="detail">{{ words("Held by") }}: {{ role.name | text }}</p>
{% endblock %}
"""


def findings(files: dict[str, str]) -> tuple[Finding, ...]:
    with pytest.raises(BrokenTemplatesError) as caught:
        dict(site(files))
    return caught.value.findings


def test_a_block_of_their_own_is_on_every_page_of_its_kind_and_no_other() -> None:
    theirs, ours = site({ROLE: GREETING}), site()
    assert "Held by: Kok" in Reading("x", theirs["en/roles/kok.html"]).words
    assert "Vervuld door: Kok" in Reading("x", theirs["roles/kok.html"]).words
    assert set(theirs) == set(ours)
    for path in ours:
        is_role = path.removeprefix("en/").startswith("roles/") and path.endswith(".html")
        assert (theirs[path] == ours[path]) == (not is_role), path


def test_the_frame_of_every_page_can_be_changed() -> None:
    pages = site(
        {
            "templates/base.html": '{% extends "orgcode/base.html" %}\n{% block margin %}'
            "{{ super() }}<p>Onder ons</p>{% endblock %}\n"
        }
    )
    for path in ("circles.html", "roles.html", "glossary.html", "help.html"):
        assert "Onder ons" in Reading(path, pages[path]).words


def test_a_part_can_be_included_and_a_macro_imported() -> None:
    pages = site(
        {
            ROLE: '{% extends "orgcode/pages/role.html" %}{% from "macros/mine.html" import hi %}'
            '{% block lead %}{% include "partials/mine.html" %}{{ hi(role.name) }}{% endblock %}',
            "templates/partials/mine.html": "<p>Deel {{ page.path }}</p>",
            "templates/macros/mine.html": "{% macro hi(name) %}<p>Dag {{ name }}</p>{% endmacro %}",
        }
    )
    words = Reading("x", pages["roles/kok.html"]).words
    assert "Deel roles/kok.html" in words
    assert "Dag Kok" in words


def test_styles_of_their_own_come_after_ours() -> None:
    css = site({"templates/style.css": "h1 { letter-spacing: 0.1em }\n"})["style/handbook.css"]
    assert css.endswith(b"h1 { letter-spacing: 0.1em }\n")
    assert len(css) > 1000


@pytest.mark.parametrize(
    ("name", "text", "line", "said"),
    [
        ("pages/role.html", "{% extends 'orgcode/pages/role.html' %}\n{% if %}", 2, "expression"),
        ("pages/role.html", EXTENDS + "{% block lead %}{{ x | nope }}{% endblock %}", 2, "nope"),
        ("pages/role.html", EXTENDS + "\n<p>Dag</p>", 3, "outside its blocks"),
        ("pages/role.html", EXTENDS + "{{ role.name }}", 2, "outside its blocks"),
        (
            "pages/role.html",
            "{% extends 'orgcode/pages/role.html' %}\n\n{% block leed %}x{% endblock %}",
            3,
            "no block leed",
        ),
        (
            "pages/role.html",
            EXTENDS + "{% block lead %}\n{{ rol.name }}{% endblock %}",
            3,
            "'rol' is undefined",
        ),
        (
            "pages/role.html",
            EXTENDS + "{% block lead %}\n{{ role.nam }}{% endblock %}",
            3,
            "nam",
        ),
        ("pages/role.html", "\n{% extends 'pages/role.html' %}", 2, "extends itself"),
        ("pages/role.html", "\n{% extends 'pages/rol.html' %}", 2, "no template pages/rol.html"),
        ("pages/role.html", "{% extends page.template %}", 1, "which template this extends"),
        (
            "pages/role.html",
            "{% extends 'orgcode/pages/role.html' %}\n{% block lead %}\n"
            "{% include 'partials/x.html' %}{% endblock %}",
            3,
            "no template partials/x.html",
        ),
        ("pages/rol.html", "x", 1, "takes the place of no other"),
        ("orgcode/base.html", "x", 1, "takes the place of no other"),
        ("macros/parts.html", "{% macro heading(text, id) %}{% endmacro %}", 1, "need macros"),
        ("partials/around.html", "{{ parts.nope() }}", 1, "nope"),
        ("partials/around.html", "\n{{ 1 / 0 }}", 2, "division by zero"),
    ],
)
def test_a_broken_template_is_named_with_its_line(
    name: str, text: str, line: int, said: str
) -> None:
    found = findings({f"templates/{name}": text})[0]
    assert (found.path, found.line) == (f"templates/{name}", line)
    assert said in Translator("en").say(found.cause)
    assert Translator("en").say(found.way_out).endswith((".", "?"))


def test_all_that_is_wrong_before_a_page_is_made_is_said_at_once() -> None:
    found = findings(
        {
            ROLE: "{% if %}",
            "templates/pages/person.html": "{% nope %}",
            "templates/pages/rol.html": "x",
        }
    )
    assert {finding.path for finding in found} == {
        ROLE,
        "templates/pages/person.html",
        "templates/pages/rol.html",
    }


ROLE_FAILS = EXTENDS + "{% block lead %}\n{{ rol.name }}{% endblock %}"
PERSON = "templates/pages/person.html"
PERSON_FAILS = (
    "{% extends 'orgcode/pages/person.html' %}\n\n{% block lead %}\n{{ nope.x }}{% endblock %}"
)
PART = "templates/partials/mine.html"
ENDLESS = "\n{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}"


@pytest.mark.parametrize(
    ("templates", "expected"),
    [
        ({ROLE: ROLE_FAILS, PERSON: PERSON_FAILS}, [(PERSON, 4), (ROLE, 3)]),
        # one that nothing makes use of, broken or not, hides none that fails
        ({ROLE: ROLE_FAILS, PART: "{% if %}"}, [(ROLE, 3), (PART, 1)]),
        ({ROLE: ROLE_FAILS, PART: "<p>"}, [(ROLE, 3), (PART, 1)]),
        # nor does one that cannot be read hide what needs it not
        ({ROLE: "\n{% if %}", PERSON: PERSON_FAILS}, [(PERSON, 4), (ROLE, 2)]),
        # what follows from something broken is not told
        (
            {
                ROLE: EXTENDS + "{% block lead %}{% include 'partials/mine.html' %}{% endblock %}",
                PART: "\n{% if %}",
                PERSON: PERSON_FAILS,
            },
            [(PERSON, 4), (PART, 2)],
        ),
        ({"templates/base.html": "{% if %}", ROLE: ROLE_FAILS}, [("templates/base.html", 1)]),
        (
            {
                ROLE: EXTENDS + "{% block lead %}{% include 'partials/mine.html' %}{% endblock %}",
                PART: ENDLESS,
                PERSON: PERSON_FAILS,
            },
            [(PERSON, 4), (PART, 2)],
        ),
    ],
)
def test_every_broken_template_is_told_at_once(
    tmp_path: Path, templates: dict[str, str], expected: list[tuple[str, int]]
) -> None:
    repository = Builder.make(tmp_path / "buurt")
    repository.commit({**FILES, **templates})
    with pytest.raises(BrokenTemplatesError) as caught:
        build(repository.root, TODAY)
    assert [(each.path, each.line) for each in caught.value.findings] == expected
    assert not (repository.root / "site").exists()


def test_a_macro_that_is_called_otherwise_is_blamed_on_whoever_changed_it() -> None:
    names = "disc person mark seat refs entries bar holder cards changes sources who texts domains"
    macros = "".join(f"{{% macro {name}() %}}{{% endmacro %}}" for name in names.split())
    found = findings(
        {
            "templates/macros/parts.html": macros
            + "{% macro heading() %}{% endmacro %}{% macro deciding() %}{% endmacro %}"
        }
    )
    assert found[0].path == "templates/macros/parts.html"


def test_a_template_that_is_no_text_is_said_to_be_none(tmp_path: Path) -> None:
    repository = Builder.make(tmp_path / "buurt")
    repository.commit({**FILES, "templates/base.html": b"\xff\xfe"})
    (repository.root / "templates/pages").mkdir()
    (repository.root / "templates/pages/role.html").symlink_to("/etc/passwd")
    with pytest.raises(BrokenTemplatesError) as caught:
        build(repository.root, TODAY)
    assert {finding.path for finding in caught.value.findings} == {"templates/base.html", ROLE}


def test_a_broken_template_leaves_the_handbook_that_was_there(tmp_path: Path) -> None:
    repository = Builder.make(tmp_path / "buurt")
    repository.commit({**FILES, ROLE: GREETING, ".gitignore": "/site/\n"})
    folder = build(repository.root, TODAY).folder
    before = {file: file.read_bytes() for file in folder.rglob("*.html")}
    for broken in ("{% if %}", GREETING.replace("role.name", "role.nam")):
        repository.write(ROLE, broken)
        with pytest.raises(BrokenTemplatesError):
            build(repository.root, TODAY)
        assert {file: file.read_bytes() for file in folder.rglob("*.html")} == before
    assert [item.name for item in repository.root.iterdir() if "orgcode" in item.name] == []


def test_a_revision_is_built_with_its_own_templates(tmp_path: Path) -> None:
    repository = Builder.make(tmp_path / "buurt")
    repository.commit(FILES)
    repository.commit({ROLE: GREETING})
    repository.write(ROLE, "{% if %}")
    now = build(repository.root, TODAY, at="HEAD", output=tmp_path / "now").folder
    then = build(repository.root, TODAY, at="HEAD~1", output=tmp_path / "then").folder
    assert b"Held by: Kok" not in (then / "en/roles/kok.html").read_bytes()
    assert "Held by: Kok" in Reading("x", (now / "en/roles/kok.html").read_bytes()).words


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_the_guide_shows_works_as_it_is_written(language: str) -> None:
    text = resources.read_template(f"guides/{language}/own-templates.md").decode()
    examples = re.findall(
        r"^```(?:html|css)\n(\{#|/\*) (\S+) (?:#\}|\*/)\n(.*?)^```$", text, re.M | re.S
    )
    theirs = {path: example for _, path, example in examples}
    assert {*theirs} == {"templates/style.css", ROLE, "templates/base.html"}
    skilled = FILES["roles/kok.yaml"] + "skills: [snijden, proeven]\n"
    pages = site({**theirs, "roles/kok.yaml": skilled})
    assert "snijden en proeven" in Reading("x", pages["roles/kok.html"]).words
    assert b'<meta name="description" content="De Buurt">' in pages["circles.html"]
    assert b"letter-spacing" in pages["style/handbook.css"]
    for path in pages:
        assert pages[path]


def test_templates_of_one_organisation_are_not_used_for_another() -> None:
    theirs = site({ROLE: GREETING})
    assert "Held by: Kok" in Reading("x", theirs["en/roles/kok.html"]).words
    others = site({ROLE: GREETING.replace("role.name | text", "'Ander'")})
    assert "Held by: Ander" in Reading("x", others["en/roles/kok.html"]).words
    assert "Held by: Kok" not in Reading("x", site()["en/roles/kok.html"]).words
    assert "Held by: Kok" in Reading("x", theirs["en/roles/inkoop.html"]).words.replace(
        "Inkoop", "Kok"
    )


def test_a_changed_template_changes_the_pages_that_were_kept(tmp_path: Path) -> None:
    repository = Builder.make(tmp_path / "buurt")
    repository.commit({**FILES, ".gitignore": "/site/\n"})
    page = repository.root / "site/en/roles/kok.html"
    for said in ("Ander", "Nog een", None):
        template = GREETING.replace("role.name | text", f"'{said}'")
        if said:
            repository.write(ROLE, template)
        else:
            (repository.root / ROLE).unlink()
        build(repository.root, TODAY)
        words = Reading("x", page.read_bytes()).words
        assert (f"Held by: {said}" in words) == (said is not None)
