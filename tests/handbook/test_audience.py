"""What a handbook for everyone contains, and what it must not give away."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

import pytest
from msgspec import Struct

from orgcode import resources
from orgcode.actions.build import build, site_files
from orgcode.checking.check import check
from orgcode.documents.loading import load
from orgcode.handbook.audience import KINDS, MEMBERS, UNLESS_SAID, Audience, audience_of
from orgcode.handbook.pages import Handbook, handbook
from orgcode.model.org import Org
from orgcode.model.snapshot import Files
from tests.builder import Builder
from tests.handbook import canaries
from tests.handbook.organisation import FILES, TODAY, organisation, site
from tests.handbook.reading import Reading

CANARY = re.compile(r"canary-([a-z]+)", re.IGNORECASE)


def subsets() -> list[frozenset[str]]:
    """None, each alone, each left out, and some more."""
    chosen = random.Random(3)  # noqa: S311 (which sets are tried is no secret)
    some = [frozenset(chosen.sample(KINDS, chosen.randrange(2, 8))) for _ in range(6)]
    all_but_one = [frozenset(each) for each in combinations(KINDS, len(KINDS) - 1)]
    return [frozenset(), UNLESS_SAID, *(frozenset({kind}) for kind in KINDS), *all_but_one, *some]


@pytest.fixture(scope="module")
def org() -> Org:
    return load(Files(canaries.files()), TODAY)


def for_everyone(kinds: frozenset[str]) -> Audience:
    return Audience(everyone=True, kinds=kinds)


def found_in(text: str) -> set[str]:
    return {match.lower() for match in CANARY.findall(text)}


def test_the_canaries_sing_where_everything_is_shown(org: Org) -> None:
    site = site_files(org, handbook(org, MEMBERS))
    sung = "".join(path + site[path].decode("utf-8", "replace") for path in site)
    assert found_in(sung) == set(KINDS)
    for kind in KINDS:
        written = "".join(
            content.decode()
            for path, content in canaries.files().items()
            if canaries.kind_of(path) == kind
        )
        assert len(set(re.findall(rf"canary-{kind}-[0-9]+", written))) >= 3
    assert {f.rule for f in check(org) if f.severity == "error"} <= {
        *("unknown-key", "yaml-syntax", "missing-key", "alias-collision", "account-shared"),
    }


@pytest.mark.parametrize("kinds", subsets(), ids=lambda kinds: "+".join(sorted(kinds)) or "none")
def test_no_byte_of_what_is_not_shown_is_in_the_site(org: Org, kinds: frozenset[str]) -> None:
    made = handbook(org, for_everyone(kinds))
    site = site_files(org, made)
    for path in site:
        assert found_in(path) <= kinds, path
        assert found_in(site[path].decode("utf-8", "replace")) <= kinds, path
    known = set(site)
    for path in known:
        if path.endswith(".html"):
            assert Reading(path, site[path]).links <= known, path


@pytest.mark.parametrize(
    "kinds", subsets()[:3] + subsets()[-4:], ids=lambda kinds: "+".join(sorted(kinds)) or "none"
)
def test_no_template_ever_gets_what_is_not_shown(kinds: frozenset[str]) -> None:
    org = load(Files(canaries.files(linked=False)), TODAY)
    made = handbook(org, for_everyone(kinds))
    for words in everything(made):
        assert found_in(words) <= kinds


def everything(made: Handbook) -> Iterator[str]:
    """Every text that can be reached from what templates are given."""
    for edition, pages in made.editions.values():
        yield from texts(edition)
        for make in pages.values():
            yield from texts(make())


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from texts(key)
            yield from texts(inner)
    elif isinstance(value, tuple | list | frozenset):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, Struct):
        for field in value.__struct_fields__:
            yield from texts(getattr(value, field))


def test_people_who_are_not_shown_are_counted(org: Org) -> None:
    site = site_files(org, handbook(org, for_everyone(UNLESS_SAID)))
    role = Reading("r", site["en/roles/canary-role.html"]).words
    assert "somebody who is not shown here" in role
    assert "one open seat" in role
    assert "20 March 2027" not in role
    circle = Reading("c", site["en/circles/canary-circle.html"]).words
    assert "2 people who are not shown here" not in circle


def test_the_same_people_decide_whoever_reads_it() -> None:
    everyone = for_everyone(frozenset({"circle", "role"}))
    shown, all_of_it = (
        Reading("w", site_files(organisation(), handbook(organisation(), who))[path]).words
        for who in (everyone, MEMBERS)
        for path in ("en/who-decides.html",)
    )
    people = re.compile(r"(\d+ people|one person) today")
    assert people.findall(shown) == people.findall(all_of_it)
    assert len(people.findall(shown)) > 5


def test_every_page_says_for_whom_it_is_and_what_is_not_shown() -> None:
    org = organisation()
    made = site_files(org, handbook(org, for_everyone(UNLESS_SAID)))
    for path in made:
        if path.endswith(".html") and path != "404.html":
            page = Reading(path, made[path])
            assert "noindex" not in made[path].decode()
            if path.startswith("en/"):
                assert (
                    "It does not show people, agreements, objectives, tensions and proposals"
                    in page.words
                )
    members = site_files(org, handbook(org, MEMBERS))
    for path in members:
        if path.endswith(".html") and path != "404.html":
            assert b'<meta name="robots" content="noindex">' in members[path]
            if path.startswith("en/"):
                words = Reading(path, members[path]).words
                assert "It is meant for the members of The Neighbourhood." in words


def test_a_link_to_what_is_not_shown_gives_way_with_its_words() -> None:
    org = organisation()
    made = site_files(org, handbook(org, for_everyone(UNLESS_SAID)))
    words = Reading("p", made["en/pages/welkom.html"]).words
    assert "Lees over something that is not shown here." in words


@pytest.mark.parametrize(
    ("handbook", "wished", "kinds"),
    [
        ("{}", None, None),
        ("{audience: members, public: [circle]}", None, None),
        ("{audience: everyone}", None, UNLESS_SAID),
        ("{audience: everyone, public: []}", None, frozenset()),
        ("{audience: everyone, public: [circle, page]}", None, frozenset({"circle", "page"})),
        ("{audience: members, public: [circle]}", "everyone", frozenset({"circle"})),
        ("{audience: everyone, public: [circle]}", "members", None),
        ("{}", "everyone", UNLESS_SAID),
        # What cannot be read opens nothing.
        ("{audience: everyne}", None, frozenset()),
        ("{audience: everyone, public: circel}", None, frozenset()),
        ("{audience: everyone, public: [circel]}", None, frozenset()),
        ("[everyone]", None, frozenset()),
    ],
)
def test_who_sees_what_is_as_org_yaml_says(
    handbook: str, wished: str | None, kinds: frozenset[str] | None
) -> None:
    org = organisation({"org.yaml": f"{FILES['org.yaml']}handbook: {handbook}\n"})
    expected = MEMBERS if kinds is None else for_everyone(kinds)
    assert audience_of(org, wished) == expected


def test_an_org_yaml_that_cannot_be_read_opens_nothing() -> None:
    org = organisation({"org.yaml": "handbook: {audience: members\nname: ["})
    assert audience_of(org) == for_everyone(frozenset())
    assert "index.html" in site({"org.yaml": "name: ["})


def test_what_was_kept_of_a_build_for_members_reaches_nobody_else(tmp_path: Path) -> None:
    repository = Builder.make(tmp_path / "open")
    repository.commit({**canaries.files(), ".gitignore": "/site/\n"})
    for audience, shown in (
        *(("members", set(KINDS)), ("everyone", {*UNLESS_SAID}), ("everyone", {*UNLESS_SAID})),
        *(("members", set(KINDS)), ("everyone", {*UNLESS_SAID})),
    ):
        folder = build(repository.root, TODAY, audience=audience).folder
        for file in folder.rglob("*"):
            content = file.read_text("utf-8", "replace") if file.is_file() else ""
            assert found_in(content + file.relative_to(folder).as_posix()) <= shown, file


def test_the_guide_names_every_kind_and_what_is_shown_unless_said() -> None:
    for language in ("nl", "en"):
        text = resources.read_template(f"guides/{language}/who-sees-what.md").decode()
        assert all(f"`{kind}`" in text for kind in KINDS)
        public = re.search(r"public: \[(.*?)\]", text)
        assert public is not None
        assert frozenset(public[1].split(", ")) == UNLESS_SAID


@pytest.mark.parametrize(
    ("url", "home", "page"),
    [
        ("https://handboek.example/", "https://handboek.example/", "roles/kok.html"),
        ("https://example.org/boek", "https://example.org/boek/", "roles/kok.html"),
        ("https://example.org/boek?x=1", "https://example.org/boek/", "roles/kok.html"),
    ],
)
def test_pages_name_the_address_where_they_are_published(url: str, home: str, page: str) -> None:
    made = site({"org.yaml": f"{FILES['org.yaml']}handbook: {{url: '{url}'}}\n"})
    for base in ("", "en/"):
        canonical = f'<link rel="canonical" href="{home}{base}@">'
        assert canonical.replace("@", page) in made[base + page].decode()
        assert canonical.replace("@", "") in made[f"{base}index.html"].decode()
        moved = made[f"{base}circles/eetclub.html"].decode()
        assert canonical.replace("@", "circles/keuken.html") in moved
        assert moved.count("canonical") == 1
    assert b"canonical" not in site()["roles/kok.html"]
