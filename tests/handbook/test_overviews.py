"""Who judges whom, what needs attention, what is over, and the glossary."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from orgcode.documents.rulesets import ruleset_ids
from tests.handbook.organisation import FILES, site
from tests.handbook.reading import Reading

BOSS = {
    "org.yaml": FILES["org.yaml"]
    + """\
memberships:
  guest: {name: {nl: gast, en: guest}, votes: false}
decision_rules:
  - for: assignment
    by: role
    of: role:baas
  - for: policy
    by: role
    of: role:baas
""",
    "roles/baas.yaml": "name: Baas\ncircle: buurt\npurpose: Alles.\nholders: [eva]\n",
    "roles/gast.yaml": "name: Proever\ncircle: keuken\npurpose: Proeven.\nholders: [gijs]\n",
    "people/eva.yaml": "name: Eva\n",
    "people/gijs.yaml": "name: Gijs\nmembership: guest\n",
    "policies/kas.yaml": (
        "title: Wie betaalt\ncircle: keuken\nkind: authority\ntext: De kok.\ndomain: kok#menu\n"
    ),
}
LATE = {
    "roles/inkoop.yaml": (
        "name: Inkoop\ncircle: keuken\npurpose: Genoeg in huis.\n"
        "holders:\n  - {person: tom, until: 2027-02-01}\n  - {person: sara, since: 2027-04-01}\n"
    ),
    "roles/bakker.yaml": (
        "name: Bakker\ncircle: keuken\npurpose: Brood.\n"
        "holders: [{person: tom, until: 2027-03-15}]\n"
    ),
    "circles/keuken.yaml": FILES["circles/keuken.yaml"].replace("2027-01-10", "2026-03-01")
    + "metrics:\n  - {name: Maaltijden, value: 14, as_of: 2026-04-01}\n"
    "  - {name: Gasten, value: 3, as_of: 2027-02-20}\n",
    "objectives/achter.yaml": (
        "title: Honderd eters\ncircle: keuken\nstarts_on: 2026-12-01\nends_on: 2027-04-01\n"
        "key_results: [{name: Eters, target: 100, current: 10, as_of: 2027-02-20}]\n"
    ),
    "objectives/oud.yaml": "title: Oude wens\ncircle: keuken\nends_on: 2027-01-01\n",
    "objectives/op-tijd.yaml": (
        "title: Op tijd\ncircle: keuken\nstarts_on: 2026-12-01\nends_on: 2027-04-01\n"
        "key_results: [{name: Eters, target: 100, current: 90, as_of: 2027-02-20}]\n"
    ),
    "agreements/praten.yaml": (
        "title: Praten\nkind: feedback\ncircle: keuken\nbetween: [sara, tom]\n"
        "every: 3 months\nlast_held_on: 2026-10-01\n"
    ),
    "tensions/weg.yaml": (
        "title: Het tocht\nsensed_by: sara\nsensed_on: 2026-01-01\n"
        "closed: {on: 2026-02-01, because: De deur is dicht.}\n"
    ),
}
PAST = {
    "circles/bar.yaml": (
        "name: Bar\nparent: buurt\nended: {on: 2026-05-01, because: De tap is weg.}\n"
    ),
    "roles/tapper.yaml": "name: Tapper\ncircle: bar\npurpose: Bier.\n",
    "people/piet.yaml": "name: Piet\nended: {on: 2026-12-01}\n",
    "objectives/klaar.yaml": (
        "title: Een dak\ncircle: keuken\nends_on: 2026-01-01\nresult: achieved\n"
    ),
    "policies/oud.yaml": (
        "title: Geen honden\ncircle: keuken\ntext: Geen.\nexpires_on: 2026-06-30\n"
    ),
}


def words(book: Mapping[str, bytes], path: str) -> str:
    return Reading(path, book[path]).words


@pytest.fixture(scope="module")
def book() -> Mapping[str, bytes]:
    return site()


@pytest.fixture(scope="module")
def boss() -> Mapping[str, bytes]:
    return site(BOSS)


@pytest.fixture(scope="module")
def late() -> Mapping[str, bytes]:
    return site(LATE)


@pytest.fixture(scope="module")
def past() -> Mapping[str, bytes]:
    return site(PAST)


# Who judges whom


def test_where_everybody_decides_along_no_authority_runs_one_way(book: Mapping[str, bytes]) -> None:
    page = words(book, "en/who-judges.html")
    assert "Nowhere: whoever is appointed or released has a say over those who do so" in page
    assert "By deciding with them: whoever is appointed here also decides." in page


def test_a_one_sided_arrow_is_named_with_both_ends_and_its_rule(boss: Mapping[str, bytes]) -> None:
    page = words(boss, "en/who-judges.html")
    assert "Appointed or released by Eva, without a say in return: Sara de Wit." in page
    assert "This rule stands in org.yaml." in page
    assert "Not at all: no rule gives a say in return to Sara de Wit." in page
    dutch = words(boss, "who-judges.html")
    assert "Benoemd of ontheven door Eva, zonder zeggenschap terug: Sara de Wit." in dutch


def test_a_membership_without_a_vote_is_told_apart(boss: Mapping[str, bytes]) -> None:
    page = words(boss, "en/who-judges.html")
    assert "Not by a vote, as their membership has none: Gijs." in page


def test_who_may_spend_is_told_as_far_as_policies_say(
    boss: Mapping[str, bytes], book: Mapping[str, bytes]
) -> None:
    told = words(boss, "en/who-judges.html")
    assert "Wie betaalt authority, about what Kok decides alone" in told
    assert "What a bank, a lock or a computer lets somebody do is not in the files" in told
    untold = words(book, "en/who-judges.html")
    assert "Not a single policy of the kinds authority and access is written down" in untold


def test_many_circles_that_are_alike_stand_together() -> None:
    many = {
        f"circles/k{number:02}.yaml": f"name: Kring {number:02}\nparent: buurt\n"
        for number in range(30)
    }
    page = words(site(many), "en/who-judges.html")
    assert "Kring 00 and 29 others alike" in page
    assert page.count("Appoint and release") == 3
    assert all(f"Kring {number:02}" in page for number in range(30))


def test_circles_in_which_nobody_can_decide_are_not_like_those_that_decide_themselves() -> None:
    many = {
        f"circles/k{number:02}.yaml": f"name: Kring {number:02}\nparent: buurt\n"
        + ("" if number % 3 else "members: [sara]\n")
        for number in range(30)
    }
    page = words(site(many), "en/who-judges.html")
    assert "Kring 00 and 9 others alike" in page
    assert "Kring 01 and 19 others alike" in page


# What needs attention


@pytest.mark.parametrize(
    "said",
    [
        "The term of Tom as Inkoop in Kitchen ended on 1 February 2027.",
        "Sara de Wit is to hold it from 1 April 2027 on.",
        "The term of Tom as Bakker in Kitchen ends on 15 March 2027, and nobody is to follow.",
        "Drie gangen of Kitchen: review was due on 1 February 2027.",
        "Praten: the next conversation was due on 1 January 2027.",
        "context and Maaltijden, of 1 March 2026 or later",
        "Honderd eters of Kitchen behind 10% is done, and 74% of the time is over",
        "Oude wens of Kitchen: its period ended on 1 January 2027.",
        "De soep is koud 4 weeks ago sensed by Tom",
    ],
)
def test_everything_that_is_open_late_or_old_is_named(late: Mapping[str, bytes], said: str) -> None:
    assert said in words(late, "en/attention.html")


def test_an_objective_that_is_behind_says_so_on_its_page(late: Mapping[str, bytes]) -> None:
    assert "to 1 April 2027, in 4 weeks behind" in words(late, "en/objectives/achter.html")
    assert "loopt achter" in words(late, "circles/keuken.html")
    assert "behind" not in words(late, "en/objectives/op-tijd.html")


def test_what_is_in_order_is_not_named(late: Mapping[str, bytes]) -> None:
    page = words(late, "en/attention.html")
    assert "Op tijd" not in page
    assert "Gasten" not in page
    assert "Het tocht" not in page


def test_the_first_page_counts_what_needs_attention(late: Mapping[str, bytes]) -> None:
    page = words(late, "index.html")
    assert "5 termijnen die voorbij zijn of aflopen" in page
    assert "2 doelen lopen achter" in page
    assert "attention.html" in Reading("index.html", late["index.html"]).links


def test_authority_that_runs_one_way_needs_attention(boss: Mapping[str, bytes]) -> None:
    page = words(boss, "en/attention.html")
    assert "Sara de Wit, as Kok in Kitchen, has no say over those who decide about it." in page


def test_where_nothing_waits_the_page_says_so() -> None:
    calm = {"tensions/koud.yaml": "title: Warm\nsensed_by: tom\nclosed: {on: 2027-01-01}\n"}
    page = words(site(calm), "en/attention.html")
    assert "No tension waits: each has led to proposals or was closed." in page


def tried(id: str, opened: str, outcome: str) -> dict[str, str]:
    return {
        f"proposals/{id}/proposal.yaml": (
            f"title: Warmer {id}\nproposer: tom\ntension: {{id: koud}}\n"
            f"opened: {{at: {opened}T09:00:00Z, base: {'0' * 40}}}\n{outcome}"
        )
    }


@pytest.mark.parametrize(
    ("tries", "mark", "said", "in_dutch"),
    [
        ({}, "open", None, None),
        (
            tried("a", "2027-02-02", "outcome: withdrawn\n"),
            "proposal withdrawn",
            "its proposal was withdrawn",
            "het voorstel hierover is ingetrokken",
        ),
        (
            tried("a", "2027-02-02", "outcome: rejected\n"),
            "proposal rejected",
            "its proposal was rejected",
            "het voorstel hierover is afgewezen",
        ),
        (
            tried("a", "2027-02-03", "outcome: rejected\n")
            | tried("b", "2027-02-02", "outcome: withdrawn\n"),
            "proposal rejected",
            "its last proposal was rejected",
            "het laatste voorstel hierover is afgewezen",
        ),
    ],
)
def test_what_came_of_a_tension_in_vain_is_told(
    tries: Mapping[str, str], mark: str, said: str | None, in_dutch: str | None
) -> None:
    made = site(tries)
    page, dutch = words(made, "en/tensions/koud.html"), words(made, "tensions/koud.html")
    waiting = words(made, "en/attention.html")
    assert f"State{mark}" in page
    assert "1 tension that waits for proposals" in waiting
    assert ("No proposal yet." in page) == (said is None)
    if said is None:
        assert "sensed by Tom" in waiting
        assert ";" not in waiting.partition("sensed by Tom")[2][:20]
    else:
        assert re.search(f"sensed by Tom[^.;]*; {said}", waiting)
        assert f"It is still open: {said}. Anyone may make another proposal" in page
        assert f"Dit staat nog open: {in_dutch}." in dutch
        assert f"; {in_dutch}" in words(made, "attention.html")
    for path in tries:
        assert (
            path.replace("/proposal.yaml", ".html")
            in Reading("tensions/koud.html", made["tensions/koud.html"]).links
        )


def test_a_tension_with_a_proposal_left_does_not_wait() -> None:
    tries = tried("a", "2027-02-02", "") | tried("b", "2027-02-03", "outcome: withdrawn\n")
    made = site(tries)
    assert "tension that waits" not in words(made, "en/attention.html")
    assert "It is still open" not in words(made, "en/tensions/koud.html")


def test_where_proposals_are_not_shown_none_is_denied() -> None:
    public = FILES["org.yaml"] + "handbook: {audience: everyone, public: [tension, person]}\n"
    made = site({"org.yaml": public} | tried("a", "2027-02-02", "outcome: withdrawn\n"))
    page = words(made, "en/tensions/koud.html")
    assert "No proposal yet" not in page
    assert "Proposals are not shown in this handbook." in page


def test_many_circles_stand_under_what_several_of_their_kind_are_called() -> None:
    kinds = (
        "circle_kinds:\n"
        "  ploeg: {name: {nl: ploeg, en: crew}, plural: {nl: ploegen, en: crews}}\n"
        "  bende: {name: {nl: bende, en: gang}}\n"
        "  koor: {name: {nl: koor, en: choir}, plural: {nl: koren, en: choirs}}\n"
    )
    kind_of = {"ploeg": range(14), "bende": range(14, 26), "koor": range(26, 27)}
    circles = {
        f"circles/c{n}.yaml": f"name: C{n}\nkind: {kind}\nparent: buurt\n"
        for kind, numbers in kind_of.items()
        for n in numbers
    }
    made = site({"org.yaml": FILES["org.yaml"] + kinds} | circles)
    heads = {
        path: re.findall(r'<h3 class="group">(.*?) <span class="detail">(\d+)', made[path].decode())
        for path in ("index.html", "en/index.html")
    }
    assert {("Crews", "14"), ("Of the kind gang", "12"), ("Choir", "1")} <= {
        *heads["en/index.html"]
    }
    assert {("Ploegen", "14"), ("Van de soort bende", "12"), ("Koor", "1")} <= {
        *heads["index.html"]
    }


def test_of_very_many_things_the_rest_is_counted() -> None:
    many = {
        f"roles/r{number:03}.yaml": f"name: Rol {number:03}\ncircle: keuken\npurpose: Werk.\n"
        for number in range(150)
    }
    page = words(site(many), "en/attention.html")
    assert re.search(r"And \d+ more, not shown here; orgcode check names them all\.", page)


# What is over


def test_what_is_over_is_found_with_the_day_and_the_reason(past: Mapping[str, bytes]) -> None:
    page = words(past, "en/over.html")
    assert "Bar over since 1 May 2026: De tap is weg." in page
    assert "Tapper over since 1 May 2026" in page
    assert "Piet left on 1 December 2026" in page
    assert "Piet vertrokken op 1 december 2026" in words(past, "over.html")
    assert "Geen honden over since 30 June 2026" in page
    assert "Een dak achieved until 1 January 2026" in page
    for other in ("circles/bar.html", "roles/tapper.html", "people/piet.html"):
        assert f"en/{other}" in Reading("en/over.html", past["en/over.html"]).links


@pytest.mark.parametrize("overview", ["circles.html", "roles.html", "people.html", "index.html"])
def test_overviews_lead_to_what_is_over(past: Mapping[str, bytes], overview: str) -> None:
    assert "over.html" in Reading(overview, past[overview]).links


def test_core_roles_of_what_is_over_are_still_found(past: Mapping[str, bytes]) -> None:
    assert (
        "en/roles/bar/lead.html"
        in Reading("en/circles/bar.html", past["en/circles/bar.html"]).links
    )


def test_the_page_of_what_is_over_asks_for_nothing(past: Mapping[str, bytes]) -> None:
    page = words(past, "en/circles/bar.html")
    assert "This ended on 1 May 2026. De tap is weg." in page
    assert "Nothing any more." in page
    for asked in ("every seat is taken", "A file in", "Not written down", "Whoever works here"):
        assert asked not in page
    assert "Piet left on 1 December 2026." in words(past, "en/people/piet.html")
    assert "has written down none" not in words(past, "en/people/piet.html")


def test_an_overview_of_the_living_shows_no_dead(past: Mapping[str, bytes]) -> None:
    assert "Piet" not in words(past, "people.html")
    assert "Tapper" not in words(past, "roles.html")


# The glossary


def test_the_glossary_explains_kinds_and_core_roles_too(boss: Mapping[str, bytes]) -> None:
    page = words(boss, "en/glossary.html")
    assert "Kinds of circle" in page
    assert "Has Facilitator, Secretary and Representative." in page
    assert "Leading the choice of people for the core roles" in page
    assert "Lets somebody spend, sign or decide something on behalf of all." in page
    assert "Has no vote. There is one today." in page
    assert "Heeft geen stem. Er is er vandaag één." in words(boss, "glossary.html")


@pytest.mark.parametrize("ruleset", ruleset_ids())
def test_the_glossary_explains_each_kind_of_policy_that_a_ruleset_has(ruleset: str) -> None:
    org = FILES["org.yaml"].replace("teal@1", ruleset)
    page = site({**FILES, "org.yaml": org})["en/glossary.html"].decode()
    kinds = page[page.index('id="policy-kinds"') :]
    assert "Nothing is written down about what it means." not in kinds
