"""Who gives a command: as they say, or as git knows them."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from orgcode.actions.reading import read_org
from orgcode.actions.who import whoami
from orgcode.model.errors import OrgcodeError
from tests.builder import Builder

DAY = date(2027, 3, 1)
PEOPLE = {
    "sara": "emails: [sara@example.org, Sara.D@Example.com]\n",
    "omar": "accounts:\n  github: {login: Omar, id: '77'}\n  gitlab: {login: omar-e}\n",
    "kim": "accounts:\n  github: {login: kim}\nemails: [both@example.org]\n",
    "rob": "emails: [both@example.org, gone@example.org]\n",
    "old": "emails: [old@example.org, gone@example.org]\nended: {on: 2027-01-01}\n",
}


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    builder = Builder.make(tmp_path / "org")
    builder.write("org.yaml", "orgcode: 1\nname: O\npurpose: P\nanchor: o\nruleset: teal@1\n")
    for id, text in PEOPLE.items():
        builder.write(f"people/{id}.yaml", f"name: {id.title()}\n{text}")
    return builder


def who(builder: Builder, given: str | None = None) -> str:
    return whoami(read_org(builder.root, DAY), builder.find(), given)


def refused(builder: Builder, given: str | None = None) -> tuple[str, str]:
    with pytest.raises(OrgcodeError) as caught:
        who(builder, given)
    return caught.value.cause.id, caught.value.way_out.id


@pytest.mark.parametrize("given", ["omar", "people/omar", "people/omar.yaml", " omar "])
def test_whom_one_names_one_is(given: str, builder: Builder) -> None:
    builder.git("config", "user.email", "sara@example.org")
    assert who(builder, given) == "omar"


@pytest.mark.parametrize(
    ("address", "id"),
    [
        ("sara@example.org", "sara"),
        ("SARA@EXAMPLE.ORG", "sara"),
        ("sara.d@example.com", "sara"),
        ("gone@example.org", "rob"),
        ("77+omar@users.noreply.github.com", "omar"),
        ("77+another-name@users.noreply.github.com", "omar"),
        ("omar@users.noreply.github.com", "omar"),
        ("8+kim@users.noreply.github.com", "kim"),
        ("8-omar-e@users.noreply.gitlab.com", "omar"),
    ],
)
def test_git_tells_who_it_is(address: str, id: str, builder: Builder) -> None:
    builder.git("config", "user.email", address)
    assert who(builder) == id


def test_surroundings_come_before_settings(
    builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder.git("config", "user.email", "sara@example.org")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "omar@users.noreply.github.com")
    assert who(builder) == "omar"


@pytest.mark.parametrize(
    ("address", "cause"),
    [
        ("nobody@example.org", "nobody in people/ has the e-mail address"),
        ("old@example.org", "nobody in people/ has the e-mail address"),
        ("9+nobody@users.noreply.github.com", "nobody in people/ has the e-mail address"),
        ("both@example.org", "several people"),
    ],
)
def test_an_address_that_is_not_one_persons(address: str, cause: str, builder: Builder) -> None:
    builder.git("config", "user.email", address)
    said, way_out = refused(builder)
    assert cause in said
    assert "--as" in way_out


def test_a_git_that_knows_nobody(builder: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    assert "git has no e-mail address of you" in refused(builder)[0]


@pytest.mark.parametrize(
    ("given", "cause", "way_out"),
    [
        ("omra", "no person", "Did you mean"),
        ("zzz", "no person", "orgcode list people"),
        ("", "no person", "orgcode list people"),
        ("old", "does not take part", "orgcode list people"),
    ],
)
def test_somebody_one_cannot_be(given: str, cause: str, way_out: str, builder: Builder) -> None:
    said = refused(builder, given)
    assert cause in said[0]
    assert way_out in said[1]
