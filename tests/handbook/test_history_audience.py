"""What a handbook for everyone tells of the past, and what it must not give away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from orgcode.actions.build import site_files
from orgcode.documents.loading import load
from orgcode.handbook.audience import MEMBERS, UNLESS_SAID
from orgcode.handbook.pages import Handbook
from tests.builder import Builder
from tests.handbook import canaries
from tests.handbook.atom import faults
from tests.handbook.evolved import evolved, site, told
from tests.handbook.organisation import TODAY
from tests.handbook.reading import Reading
from tests.handbook.test_audience import everything, for_everyone, found_in, subsets

_TEXT = re.compile(rb"(?i)canary-([a-z]+)-([0-9]+)")
_DAY = re.compile(rb"2026-01-01")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    """One in which every text was another one before, and many things have gone; authors and
    messages of commits sing too.
    """
    builder = Builder.make(tmp_path_factory.mktemp("canaries"))
    builder.git("config", "user.name", "CANARY-person author")
    builder.git("config", "user.email", "canary-person@canary-person.example")
    files = canaries.files(linked=False)
    before = {
        path: _DAY.sub(b"2025-06-01", _TEXT.sub(rb"canary-\1-formerly\2", content))
        for path, content in files.items()
    }
    for kind, folder in (("role", "roles"), ("policy", "policies"), ("tension", "tensions")):
        old = before[f"{folder}/canary-{kind}.yaml"]
        before[f"{folder}/canary-{kind}-lost.yaml"] = old
    before["objectives/canary-objective.yaml"] = before["objectives/canary-objective.yaml"].replace(
        b"current: 40", b"current: 20"
    )
    every = " ".join(f"CANARY-{kind}-uttered" for kind in canaries.KINDS)
    builder.commit(before, message=f"{every}\n\n{every}", at="2026-11-05T12:00:00Z")
    for path in set(before) - set(files):
        (builder.root / path).unlink()
    builder.commit(dict(files), message=every, at="2026-12-05T12:00:00Z")
    gone = files["roles/canary-role.yaml"].replace(b"{person: canary-person,", b"{person: nobody,")
    builder.commit({"roles/canary-role.yaml": gone}, message=every, at="2027-01-05T12:00:00Z")
    builder.commit(dict(files), message=every, at="2027-02-05T12:00:00Z")
    return builder


def test_the_past_sings_where_everything_is_shown(repository: Builder) -> None:
    made = site(repository, MEMBERS)
    every = b"".join(made.values()).decode("utf-8", "replace").lower()
    for kind in canaries.KINDS:
        for path in ("diary.atom", "diary/2026-11.html"):
            assert f"canary-{kind}-uttered" in made[path].decode().lower()
        if kind not in ("page", "proposal"):  # of these no sentence repeats what they said
            assert f"canary-{kind}-formerly" in every, kind
    assert "CANARY-person author" in made["roles/canary-role.html"].decode()


@pytest.mark.parametrize("kinds", subsets(), ids=lambda kinds: "+".join(sorted(kinds)) or "none")
def test_no_byte_of_what_is_not_shown_is_told_of_the_past(
    repository: Builder, kinds: frozenset[str]
) -> None:
    made = site(repository, for_everyone(kinds))
    for path, content in made.items():
        text = content.decode("utf-8", "replace")
        assert found_in(path) <= kinds, path
        assert found_in(text) <= kinds, path
        assert "formerly" not in text, path
        assert "uttered" not in text, path
        assert "person author" not in text, path
        if path.endswith(".atom"):
            assert faults(content) == [], path
        if path.endswith(".html"):
            assert Reading(path, content).links <= set(made), path


@pytest.mark.parametrize(
    "kinds", subsets()[:3] + subsets()[-4:], ids=lambda kinds: "+".join(sorted(kinds)) or "none"
)
def test_no_template_is_given_anything_of_the_past_that_is_not_shown(
    repository: Builder, kinds: frozenset[str]
) -> None:
    def look(made: Handbook) -> None:
        for words in everything(made):
            assert found_in(words) <= kinds
            assert "formerly" not in words

    told(repository, look, for_everyone(kinds))


def test_who_held_what_is_not_told_where_people_are_not_shown(tmp_path: Path) -> None:
    repository = evolved(tmp_path)
    made = site(repository, for_everyone(UNLESS_SAID))
    role = Reading("r", made["en/roles/kok.html"]).words
    assert "Held over time by" not in role
    assert "Last changed on 5 January 2026." in role  # later, only who held it has changed
    assert "24 February" not in Reading("d", made["en/diary/2027-02.html"]).words
    assert all("Sara de Wit" not in content.decode("utf-8", "replace") for content in made.values())


def test_what_is_shown_is_told_in_words_of_its_own(tmp_path: Path) -> None:
    repository = evolved(tmp_path)
    kinds = frozenset({"circle", "role", "person", "objective"})
    made = site(repository, for_everyone(kinds))
    diary = Reading("d", made["en/diary/2027-02.html"]).words
    assert "New figures: Tachtig eters." in diary
    assert "Something has changed in who holds Kok." in diary
    assert "New: Ravi." in diary
    assert "Ravi gaat koken" not in diary
    assert "one change" not in Reading("d", made["en/diary.html"]).words
    assert "Ravi" in Reading("r", made["en/roles/kok.html"]).words


def test_a_handbook_without_anything_hidden_tells_everyone_what_members_read(
    tmp_path: Path,
) -> None:
    repository = evolved(tmp_path)
    org = load(repository.find().working_tree(), TODAY)
    every = told(
        repository,
        lambda made: site_files(org, made)["en/diary/2027-02.html"],
        for_everyone(MEMBERS.kinds),
    )
    assert "Ravi gaat koken · Sara de Wit" in Reading("d", every).words
