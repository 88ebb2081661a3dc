"""The history as the handbook tells it: on every page, in the diary, in feeds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from xml.etree import ElementTree as ET

import pytest

from orgcode.actions.build import build
from tests.builder import Builder
from tests.handbook.atom import ATOM, faults
from tests.handbook.evolved import COOK, OBJECTIVE, evolved, site
from tests.handbook.organisation import FILES, TODAY
from tests.handbook.reading import Reading


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    return evolved(tmp_path_factory.mktemp("evolved"))


@pytest.fixture(scope="module")
def book(repository: Builder) -> Mapping[str, bytes]:
    return site(repository)


def words(book: Mapping[str, bytes], path: str) -> str:
    return Reading(path, book[path]).words


def test_a_page_says_when_and_by_what_it_last_changed_and_what_was_before(
    book: Mapping[str, bytes],
) -> None:
    role = words(book, "en/roles/kok.html")
    assert "Last changed on 24 February 2027 by Sara de Wit" in role
    assert re.search(
        r"24 February 2027 Ravi no longer holds .*23 February 2027 Ravi holds .*"
        r"Ravi gaat koken · Sara de Wit .*5 January 2026 ",
        role,
    )
    assert "Last changed on 5 January 2026" in words(book, "en/people/tom.html")
    assert "Zodat iedereen het kan lezen." in words(book, "en/pages/welkom.html")


def test_what_people_wrote_in_a_commit_is_text_and_holds_no_address(
    book: Mapping[str, bytes],
) -> None:
    for path in ("en/roles/kok.html", "en/diary/2027-02.html", "en/diary.atom"):
        text = book[path].decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in text, path
        assert "<script" not in text
        assert "\x1b" not in text
    for path, content in book.items():
        assert "help/" in path or b"example.org" not in content, path
        assert b"Signed-off-by" not in content, path
    assert "Mail …@…" in words(book, "en/diary/2027-02.html")


def test_the_diary_tells_each_month_and_is_found_from_every_page(
    book: Mapping[str, bytes],
) -> None:
    months = {path for path in book if path.startswith("diary/")}
    assert months == {f"diary/{m}.html" for m in ("2026-01", "2026-11", "2026-12", "2027-02")}
    assert Reading("diary.html", book["diary.html"]).links >= months
    for path in ("index.html", "roles/kok.html", "diary/2026-11.html"):
        assert "diary.html" in Reading(path, book[path]).links
    february = words(book, "en/diary/2027-02.html")
    assert february.index("24 February 2027") < february.index("22 February 2027")
    assert '"Eters" is now 40 (22 February 2027); it was 25' in february
    assert "Before: December 2026" in february
    assert "After" not in february
    assert "Ravi" in words(book, "en/index.html")


def test_no_link_of_pages_or_feeds_leads_nowhere(book: Mapping[str, bytes]) -> None:
    for path in book:
        if path.endswith(".html"):
            assert Reading(path, book[path]).links <= set(book), path
        if path.endswith(".atom"):
            links = re.findall(r'href="([^"]*)"', book[path].decode())
            assert links
            assert {normpath(join(dirname(path), link)) for link in links} <= set(book)


def test_roles_and_people_are_told_over_time_also_what_is_in_no_file_any_more(
    book: Mapping[str, bytes],
) -> None:
    assert re.search(
        r"Held over time by .* Ravi 1 February 2026 24 February 2027",
        words(book, "en/roles/kok.html"),
    )
    assert "Roles over time" in words(book, "en/people/ravi.html")
    assert "Kok 1 February 2026 24 February 2027" in words(book, "en/people/ravi.html")
    assert "Secretary of Kitchen" in words(book, "en/people/sara.html")


def test_key_results_are_shown_over_time(book: Mapping[str, bytes]) -> None:
    page = words(book, "en/objectives/tachtig.html")
    assert "From 10 on 20 November 2026 to 40 on 22 February 2027" in page
    assert re.search(r"22 February 2027: 40 20 December 2026: 25 20 November 2026: 10", page)
    assert book["objectives/tachtig.html"].count(b"<circle ") == 3


def test_metrics_of_a_circle_are_shown_over_time(tmp_path: Path) -> None:
    repository = evolved(tmp_path)
    for month, figure in (("2026-12", "12"), ("2027-01", "9.5"), ("2027-02", "20")):
        measured = (
            "metrics:\n"
            f"  - {{name: {{nl: Eters, en: Guests}}, value: {figure}, as_of: {month}-10}}\n"
            f"  - {{name: Sfeer, value: heel {figure}, as_of: {month}-10}}\n"
        )
        text = FILES["circles/keuken.yaml"] + measured
        repository.commit({"circles/keuken.yaml": text}, message="Tel", at=f"{month}-11T12:00:00Z")
    made = site(repository)
    page = words(made, "en/circles/keuken.html")
    assert "From 12 on 10 December 2026 to 20 on 10 February 2027" in page
    assert re.search(r"10 February 2027: 20 10 January 2027: 9.5 10 December 2026: 12", page)
    assert made["circles/keuken.html"].count(b"<circle ") == 3  # what is no number has no line
    dutch = words(made, "circles/keuken.html")
    assert "Van 12 op 10 december 2026 naar 20 op 10 februari 2027" in dutch
    assert b"<figure" not in made["circles/buurt.html"]


def test_feeds_are_valid_and_name_things_for_ever(
    repository: Builder, book: Mapping[str, bytes]
) -> None:
    feeds = {path: content for path, content in book.items() if path.endswith(".atom")}
    assert set(feeds) == {
        base + path
        for base in ("", "en/")
        for path in ("diary.atom", "circles/buurt.atom", "circles/keuken.atom")
    }
    for path, content in feeds.items():
        assert faults(content) == [], path
    every = ET.fromstring(feeds["en/diary.atom"])  # noqa: S314 (made by us)
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in every.findall(f"{ATOM}entry")]
    assert len(titles) == 6
    assert "Ravi no longer holds" in titles[0]
    ids = re.findall(r"<id>(urn:uuid:[^<]*)</id>", "".join(map(bytes.decode, feeds.values())))
    assert len(set(ids)) == len(ids) > 20
    assert site(repository)["diary.atom"] == feeds["diary.atom"]


def test_links_of_feeds_are_whole_where_the_handbook_has_an_address(tmp_path: Path) -> None:
    repository = evolved(tmp_path)
    url = f"{FILES['org.yaml']}handbook: {{url: 'https://buurt.example/boek/'}}\n"
    repository.commit({"org.yaml": url})
    for path in ("en/diary.atom", "en/circles/keuken.atom"):
        content = site(repository)[path]
        assert faults(content) == []
        links = re.findall(r'href="([^"]*)"', content.decode())
        assert all(link.startswith("https://buurt.example/boek/en/") for link in links)


def test_the_test_of_feeds_finds_what_is_wrong() -> None:
    bare = f'<feed xmlns="{ATOM[1:-1]}"><entry><id>7</id><updated>nu</updated></entry></feed>'
    found = faults(bare.encode())
    assert {"feed without id", "entry without title", "entry: updated is no moment"} <= set(found)
    assert {"entry: the id is no whole IRI", "no author for entries without one"} <= set(found)


def test_what_is_not_committed_is_said_to_be_so(tmp_path: Path) -> None:
    repository = evolved(tmp_path)
    repository.write(COOK, FILES[COOK].replace("seats: 2", "seats: 3"))
    repository.write("people/nieuw.yaml", "name: Nieuw\n")
    made = site(repository)
    cook, new = words(made, "en/roles/kok.html"), words(made, "en/people/nieuw.html")
    assert "not yet committed The file of this page has changes" in cook
    assert "is now 3; it was 2" in cook
    assert "The file of this page has not been committed yet." in new
    assert "Last changed" not in new
    assert "not yet committed" not in words(made, "en/roles/inkoop.html")
    assert "is now 3" not in made["en/diary.atom"].decode()


def test_where_nothing_was_ever_committed_there_is_no_diary_and_the_page_says_why(
    tmp_path: Path,
) -> None:
    repository = Builder.make(tmp_path)
    for path, content in FILES.items():
        repository.write(path, content)
    folder = build(repository.root, TODAY).folder
    page = Reading("r", (folder / "en/roles/kok.html").read_bytes()).words
    assert "made without the history of the files" in page
    assert not (folder / "diary.html").exists()
    assert not list(folder.rglob("*.atom"))


def test_a_shallow_history_says_from_when_on_it_knows(tmp_path: Path) -> None:
    origin = evolved(tmp_path / "origin")
    shallow = Builder.make(tmp_path / "shallow")
    shallow.git("fetch", "-q", "--depth=3", origin.root.as_uri(), "main")
    shallow.git("reset", "-q", "--hard", "FETCH_HEAD")
    made = site(shallow)
    cook, tom = words(made, "en/roles/kok.html"), words(made, "en/people/tom.html")
    assert "The history is shallow: what was before 22 February 2027 is not known here." in cook
    assert "Ravi no longer holds" in cook
    assert "Last changed" not in tom
    assert "shallow" in tom
    assert "2 changes" in words(made, "en/diary.html")


def test_a_build_of_a_day_says_so_on_every_page(repository: Builder, tmp_path: Path) -> None:
    there = build(repository.root, TODAY, at="2026-12-01", output=tmp_path / "there").folder
    pages = list(there.rglob("*.html"))
    said = "This is the handbook as it was on 1 December 2026"
    for page in pages:
        read = Reading("p", page.read_bytes()).words
        assert said in read or "zoals het was op 1 december 2026" in read, page
    assert not (there / "diary/2026-12.html").exists()
    assert "current" not in said
    before = build(repository.root, TODAY, at="HEAD~2", output=tmp_path / "before").folder
    read = Reading("p", (before / "en/roles/kok.html").read_bytes()).words
    assert re.search(r"as it was at HEAD~2 \(commit [0-9a-f]{10}, of 22 February 2027\)", read)
    now = build(repository.root, TODAY, output=tmp_path / "now").folder
    assert "as it was" not in Reading("p", (now / "en/index.html").read_bytes()).words


def test_a_commit_remakes_only_the_pages_that_it_touches(tmp_path: Path) -> None:
    repository = evolved(tmp_path / "it")
    folder = build(repository.root, TODAY).folder
    before = contents(folder)
    text = FILES[OBJECTIVE].replace("current: 40", "current: 55")
    repository.commit({OBJECTIVE: text}, message="Weer meer", at="2027-02-26T12:00:00Z")
    after = contents(build(repository.root, TODAY).folder)
    changed = {path for path in after if after[path] != before.get(path)}
    of_it = {"objectives/tachtig.html", "objectives.html", "diary.html", "diary/2027-02.html"}
    may = of_it | {"index.html", "diary.atom", "circles/keuken.atom", "roles/kok.html"}
    may |= {"circles/keuken.html", "attention.html"}
    assert {path.removeprefix("en/") for path in changed} <= may
    assert {path.removeprefix("en/") for path in changed} >= of_it | {"diary.atom"}
    anew = build(repository.root, TODAY, output=tmp_path / "other").folder
    assert contents(anew) == after
    repository.git("commit", "-q", "--amend", "-m", "Anders gezegd", at="2027-02-27T12:00:00Z")
    amended = contents(build(repository.root, TODAY).folder)
    assert b"Weer meer" not in b"".join(amended.values())
    assert amended == contents(build(repository.root, TODAY, output=tmp_path / "third").folder)


def test_what_a_page_does_to_a_policy_that_links_to_it_stands_on_both_pages(tmp_path: Path) -> None:
    repository = evolved(tmp_path / "it")
    linking = "title: Afwas\ncircle: keuken\ntext: Zie [hoe](../pages/welkom.md).\n"
    repository.commit(
        {"policies/afwas.yaml": linking}, message="Leg uit", at="2027-02-25T12:00:00Z"
    )
    folder = build(repository.root, TODAY).folder
    before = contents(folder)
    text = f"{FILES['pages/welkom.md']}\nMet heet water.\n"
    repository.commit({"pages/welkom.md": text}, message="Heet", at="2027-02-26T12:00:00Z")
    after = contents(build(repository.root, TODAY).folder)
    said = 'The policy "Afwas" links to pages/welkom.md, which has changed.'
    for path in ("policies/afwas.html", "pages/welkom.html", "diary/2027-02.html"):
        assert words(after, f"en/{path}").count(said) == 1, path
        assert after[f"en/{path}"] != before[f"en/{path}"], path
    policy = words(after, "en/policies/afwas.html")
    assert "Last changed on 26 February 2027" in policy
    assert policy.index(said) < policy.index("Leg uit")
    assert "Last changed on 5 January 2026" in words(after, "en/policies/menu.html")
    assert contents(build(repository.root, TODAY, output=tmp_path / "anew").folder) == after


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != ".orgcode-site"
    }
