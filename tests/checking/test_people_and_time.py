"""Edges of the rules about people and time, on 1 March 2027."""

from __future__ import annotations

from datetime import date
from textwrap import dedent
from types import ModuleType

import pytest

from orgcode.checking.check import check
from orgcode.checking.documentation import EXAMPLE_DAY
from orgcode.checking.overlap import Period, overlaps
from orgcode.checking.rule import rule_in
from orgcode.checking.rules import (
    account_shared,
    dates_reversed,
    fact_old,
    feedback_overdue,
    holder_left,
    holder_twice,
    leads_nothing,
    objective_overdue,
    review_overdue,
    seat_open,
    term_ending,
    term_missing,
    term_over,
    too_many_roles,
)
from orgcode.model.span import last_day, later
from tests.checking.examples import BASE, organisation

COOK = "name: Cook\ncircle: house\npurpose: Meals\n"


def found(rule: ModuleType, today: date = EXAMPLE_DAY, /, **files: str) -> list[tuple[str, int]]:
    """Where a rule finds something; `roles_cook` stands for roles/cook.yaml."""
    texts = dict(BASE)
    for name, text in files.items():
        path = "org.yaml" if name == "org" else name.replace("__", "-").replace("_", "/") + ".yaml"
        own = BASE[path] if path in {"org.yaml", "circles/house.yaml"} else ""
        texts[path] = own + dedent(text)
    return [(f.path, f.line) for f in check(organisation(texts, today), [rule_in(rule)])]


def cook(holders: str, more: str = "") -> str:
    return f"{COOK}{more}holders: {holders}\n"


HERE = [("roles/cook.yaml", 4)]


class TestHolderLeft:
    LEFT = "name: Omar\nended: {on: 2027-03-01}\n"

    def test_the_last_day_of_a_holding_may_be_the_last_day_of_the_person(self) -> None:
        holders = cook("[{person: omar, until: 2027-02-28}]")
        assert found(holder_left, roles_cook=holders, people_omar=self.LEFT) == []

    def test_one_day_more_is_too_long(self) -> None:
        holders = cook("[{person: omar, until: 2027-03-01}]")
        assert found(holder_left, roles_cook=holders, people_omar=self.LEFT) == HERE

    def test_a_holding_ends_with_its_role_at_the_latest(self) -> None:
        over = cook("[omar]", "ended: {on: 2027-02-01}\n")
        assert found(holder_left, roles_cook=over, people_omar=self.LEFT) == []
        later = cook("[omar]", "ended: {on: 2027-03-02}\n")
        assert found(holder_left, roles_cook=later, people_omar=self.LEFT) != []

    def test_a_holding_ends_with_its_circle_at_the_latest(self) -> None:
        holdings = {
            "roles_cook": COOK.replace("house", "garden") + "holders: [omar]\n",
            "people_omar": self.LEFT,
        }
        over = "name: Garden\nparent: house\nmembers: [omar]\nended: {on: 2027-02-01}\n"
        assert found(holder_left, circles_garden=over, **holdings) == []
        live = over.replace("2027-02-01", "2027-04-01")
        assert len(found(holder_left, circles_garden=live, **holdings)) == 2

    def test_core_roles_count_too(self) -> None:
        house = "core_roles:\n  secretary: [omar]\n"
        where = found(holder_left, circles_house=house, people_omar=self.LEFT)
        assert where == [("circles/house.yaml", 3)]


class TestHolderTwice:
    @pytest.mark.parametrize(
        ("holders", "expected"),
        [
            ("[sara, omar]", []),
            ("[sara, sara]", HERE),
            ("[{person: sara, until: 2026-01-01}, {person: sara, since: 2026-01-02}]", []),
            ("[{person: sara, until: 2026-01-01}, {person: sara, since: 2026-01-01}]", HERE),
            ("[{person: sara, since: 2026-01-02}, {person: sara, until: 2026-01-01}]", []),
            ("[{person: sara, since: 2026-01-02}, sara]", HERE),
            ("[{person: sara, focus: lunch}, {person: sara, focus: dinner}]", HERE),
        ],
    )
    def test_only_periods_that_overlap_are_found(
        self, holders: str, expected: list[tuple[str, int]]
    ) -> None:
        assert found(holder_twice, roles_cook=cook(holders)) == expected

    def test_a_short_period_inside_a_long_one_hides_nothing(self) -> None:
        long, short, third = (
            Period("long", date(2026, 1, 1), None),
            Period("short", date(2026, 2, 1), date(2026, 2, 2)),
            Period("third", date(2026, 3, 1), None),
        )
        assert list(overlaps([third, short, long])) == [("long", "short"), ("long", "third")]


class TestAccountShared:
    SARA = "name: Sara\naccounts: {github: {login: house, id: 7}}\n"

    def test_another_forge_is_another_account(self) -> None:
        omar = "name: Omar\naccounts: {codeberg: {login: house}}\n"
        assert found(account_shared, people_sara=self.SARA, people_omar=omar) == []

    def test_a_renamed_account_is_the_same_by_its_number(self) -> None:
        omar = "name: Omar\naccounts: {github: {login: kitchen, id: 7}}\n"
        assert len(found(account_shared, people_sara=self.SARA, people_omar=omar)) == 1

    def test_login_and_number_of_one_account_are_found_once(self) -> None:
        omar = self.SARA.replace("Sara", "Omar")
        assert len(found(account_shared, people_sara=self.SARA, people_omar=omar)) == 1

    def test_who_comes_after_another_left_may_take_over_an_address(self) -> None:
        sara = "name: Sara\nemails: [cook@example.org]\nended: {on: 2027-01-01}\n"
        omar = "name: Omar\nemails: [cook@example.org]\njoined_on: 2027-01-01\n"
        assert found(account_shared, people_sara=sara, people_omar=omar) == []
        before = omar.replace("2027-01-01", "2026-12-31")
        assert len(found(account_shared, people_sara=sara, people_omar=before)) == 1

    def test_a_key_is_the_same_whatever_is_remarked_behind_it(self) -> None:
        key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEYnOCcdBqkv2MtrRDKQ3pQ5vK4n0Y5Jx6Yt3K5pNn1x"
        sara = f"name: Sara\nkeys:\n  - key: {key} sara@laptop\n"
        omar = f"name: Omar\nkeys:\n  - key: {key} omar@laptop\n"
        where = found(account_shared, people_sara=sara, people_omar=omar)
        assert where == [("people/sara.yaml", 3)]

    def test_ones_own_address_twice_is_no_sharing(self) -> None:
        sara = "name: Sara\nemails: [cook@example.org, COOK@example.org]\n"
        assert found(account_shared, people_sara=sara) == []


class TestLeadsNothing:
    BOTH = cook("[sara, omar]")

    def test_a_role_that_is_over_does_not_count(self) -> None:
        over = cook("[sara, omar]", "ended: {on: 2027-03-01}\n")
        assert len(found(leads_nothing, roles_cook=over)) == 2

    def test_who_does_not_vote_or_is_not_there_yet_is_left_out(self) -> None:
        org = "memberships:\n  friend: {name: Friend, votes: false}\n"
        sara, omar = "name: Sara\nmembership: friend\n", "name: Omar\njoined_on: 2027-03-02\n"
        assert found(leads_nothing, org=org, people_sara=sara, people_omar=omar) == []

    def test_somebody_named_in_a_broken_file_is_left_out_and_others_are_not(self) -> None:
        where = found(leads_nothing, roles_cook=f"{COOK}holders: {{omar\n")
        assert where == [("people/sara.yaml", 1)]


class TestTooManyRoles:
    @pytest.mark.parametrize(("number", "expected"), [(7, []), (8, [("people/sara.yaml", 1)])])
    def test_seven_are_not_too_many_and_eight_are(
        self, number: int, expected: list[tuple[str, int]]
    ) -> None:
        roles = {f"roles_cook__{place}": cook("[sara]") for place in range(number)}
        past = {"roles_past": cook("[{person: sara, until: 2027-02-28}]")}
        assert found(too_many_roles, **roles, **past) == expected


class TestOpenSeats:
    def test_a_planned_holder_does_not_fill_the_seat_yet(self) -> None:
        assert found(seat_open, roles_cook=cook("[{person: sara, since: 2027-03-02}]")) == HERE

    def test_a_holder_who_left_leaves_an_open_seat(self) -> None:
        left = "name: Sara\nended: {on: 2027-02-01}\n"
        assert found(seat_open, roles_cook=cook("[sara]"), people_sara=left) == HERE
        assert found(term_over, roles_cook=cook("[sara]"), people_sara=left) == []

    def test_a_seat_whose_term_is_over_is_told_once(self) -> None:
        over = cook("[{person: sara, until: 2027-02-28}]")
        assert found(seat_open, roles_cook=over) == []
        assert found(term_over, roles_cook=over) == HERE
        two = cook("[{person: sara, until: 2027-02-28}]", "seats: 2\n")
        assert found(seat_open, roles_cook=two) == [("roles/cook.yaml", 5)]
        assert found(term_over, roles_cook=two) == [("roles/cook.yaml", 5)]

    def test_only_the_last_term_of_a_seat_counts(self) -> None:
        terms = "[{person: omar, until: 2026-01-01},\n  {person: sara, until: 2027-01-01}]"
        assert found(term_over, roles_cook=cook(terms)) == [("roles/cook.yaml", 5)]

    def test_a_broken_file_of_a_person_opens_no_seat(self) -> None:
        assert found(seat_open, roles_cook=cook("[sara]"), people_sara="name: [\n") == []

    def test_a_broken_list_of_holders_opens_no_seat(self) -> None:
        assert found(seat_open, roles_cook=cook("[{who: sara}]")) == []

    def test_roles_of_a_circle_that_is_over_have_none(self) -> None:
        role = COOK.replace("house", "garden")
        garden = "name: Garden\nparent: house\nended: {on: 2027-03-01}\n"
        assert found(seat_open, roles_cook=role, circles_garden=garden) == []


class TestTerms:
    @pytest.mark.parametrize(
        ("until", "expected"),
        [("2027-02-28", []), ("2027-03-01", HERE), ("2027-04-30", HERE), ("2027-05-01", [])],
    )
    def test_a_term_that_ends_within_sixty_days_is_ending(
        self, until: str, expected: list[tuple[str, int]]
    ) -> None:
        assert (
            found(term_ending, roles_cook=cook(f"[{{person: sara, until: {until}}}]")) == expected
        )

    @pytest.mark.parametrize(("since", "expected"), [("2027-03-11", []), ("2027-03-12", HERE)])
    def test_a_successor_is_in_time_if_there_is_no_gap(
        self, since: str, expected: list[tuple[str, int]]
    ) -> None:
        holders = f"[{{person: sara, until: 2027-03-10}}, {{person: omar, since: {since}}}]"
        assert found(term_ending, roles_cook=cook(holders)) == expected

    def test_a_role_that_ends_with_the_term_needs_no_successor(self) -> None:
        role = cook("[{person: sara, until: 2027-03-10}]", "ended: {on: 2027-03-11}\n")
        assert found(term_ending, roles_cook=role) == []

    @pytest.mark.parametrize(("since", "count"), [("2026-03-02", 0), ("2026-03-01", 1)])
    def test_the_term_of_a_core_role_counts_from_the_first_day(
        self, since: str, count: int
    ) -> None:
        house = f"core_roles:\n  secretary: [{{person: sara, since: {since}}}]\n"
        assert len(found(term_over, circles_house=house)) == count

    @pytest.mark.parametrize(("day", "count"), [("2029-02-28", 0), ("2029-03-01", 1)])
    def test_a_term_from_a_leap_day_ends_with_february(self, day: str, count: int) -> None:
        house = "core_roles:\n  secretary: [{person: sara, since: 2028-02-29}]\n"
        assert len(found(term_over, date.fromisoformat(day), circles_house=house)) == count

    def test_a_core_role_without_a_term_has_none_to_exceed(self) -> None:
        house = "core_roles:\n  lead: [{person: sara, since: 2020-01-01}]\n"
        assert found(term_over, circles_house=house) == []

    def test_an_elected_member_of_a_circle_has_a_term_too(self) -> None:
        house = "members:\n  - {person: sara, elected: true}\n  - {person: omar, elected: false}\n"
        assert found(term_missing, circles_house=house) == [("circles/house.yaml", 3)]


class TestOverdue:
    POLICY = "title: Hours\ncircle: house\ntext: Until ten.\n"
    OBJECTIVE = "title: Herbs\ncircle: house\n"
    FEEDBACK = "title: How it goes\nkind: feedback\ncircle: house\nbetween: [sara, omar]\n"

    def test_the_day_of_review_itself_is_in_time(self) -> None:
        today = f"{self.POLICY}review_on: 2027-03-01\n"
        assert found(review_overdue, policies_hours=today) == []

    @pytest.mark.parametrize("over", ["expires_on: 2027-03-01", "ended: {on: 2027-03-01}"])
    def test_what_is_no_longer_in_force_needs_no_review(self, over: str) -> None:
        policy = f"{self.POLICY}review_on: 2027-02-01\n{over}\n"
        assert found(review_overdue, policies_hours=policy) == []

    def test_agreements_are_reviewed_too(self) -> None:
        agreement = "title: Quiet\nkind: decision\ncircle: house\nreview_on: 2027-02-28\n"
        assert found(review_overdue, agreements_quiet=agreement) == [("agreements/quiet.yaml", 4)]

    @pytest.mark.parametrize(
        "over", ["ends_on: 2027-03-01", "ends_on: 2026-01-01\nresult: dropped"]
    )
    def test_an_objective_that_still_runs_or_has_a_result_is_not_overdue(self, over: str) -> None:
        assert found(objective_overdue, objectives_herbs=f"{self.OBJECTIVE}{over}\n") == []

    def test_feedback_never_held_counts_from_the_day_of_the_agreement(self) -> None:
        never = f"{self.FEEDBACK}agreed_on: 2027-02-01\nevery: 2 weeks\n"
        assert found(feedback_overdue, agreements_us=never) == [("agreements/us.yaml", 6)]
        assert found(feedback_overdue, agreements_us=never.replace("2 weeks", "4 weeks")) == []
        assert found(feedback_overdue, agreements_us=f"{self.FEEDBACK}every: 2 weeks\n") == []

    def test_only_feedback_has_to_recur(self) -> None:
        decision = self.FEEDBACK.replace("feedback", "relational")
        text = f"{decision}agreed_on: 2020-01-01\nevery: 1 week\n"
        assert found(feedback_overdue, agreements_us=text) == []

    def test_facts_without_a_day_are_not_called_old(self) -> None:
        house = "context: {text: We are many.}\nmetrics:\n  - {name: Meals, value: 14}\n"
        assert found(fact_old, circles_house=house) == []

    def test_a_figure_is_found_behind_one_that_is_broken(self) -> None:
        house = """\
        metrics:
          - {nome: Meals}
          - name: Guests
            as_of: 2026-01-01
        """
        assert found(fact_old, circles_house=house) == [("circles/house.yaml", 5)]


class TestDatesReversed:
    @pytest.mark.parametrize(
        ("path", "text"),
        [
            ("org", "witnesses:\n  - {name: w, key: ssh-rsa AAAA, since: 2027-01-02, X}\n"),
            ("circles_house", "members:\n  - {person: sara, since: 2027-01-02, X}\n"),
            ("circles_house", "former:\n  - {person: sara, since: 2027-01-02, X}\n"),
            ("circles_house", "core_roles:\n  lead: [{person: sara, since: 2027-01-02, X}]\n"),
            ("people_sara", "name: Sara\nkeys:\n  - {key: ssh-rsa AAAA, since: 2027-01-02, X}\n"),
            ("people_sara", "name: Sara\naway:\n  - {from: 2027-01-02, X}\n"),
        ],
    )
    def test_everything_that_has_a_first_and_a_last_day_is_compared(
        self, path: str, text: str
    ) -> None:
        wrong = {path: text.replace("X", "until: 2027-01-01")}
        right = {path: text.replace("X", "until: 2027-01-02")}
        assert len(found(dates_reversed, **wrong)) == 1
        assert found(dates_reversed, **right) == []

    @pytest.mark.parametrize(
        ("path", "text"),
        [
            ("policies_a", f"{TestOverdue.POLICY}effective_on: 2027-01-02\nreview_on: DAY\n"),
            ("policies_a", f"{TestOverdue.POLICY}effective_on: 2027-01-02\nexpires_on: DAY\n"),
            ("agreements_a", f"{TestOverdue.FEEDBACK}agreed_on: 2027-01-02\nreview_on: DAY\n"),
            ("tensions_a", "title: T\nsensed_by: sara\nsensed_on: 2027-01-02\nclosed: {on: DAY}\n"),
        ],
    )
    def test_days_of_one_thing_are_compared(self, path: str, text: str) -> None:
        assert len(found(dates_reversed, **{path: text.replace("DAY", "2027-01-01")})) == 1
        assert found(dates_reversed, **{path: text.replace("DAY", "2027-01-02")}) == []


@pytest.mark.parametrize(
    ("day", "span", "expected"),
    [
        (date(2027, 1, 31), "1 month", date(2027, 2, 28)),
        (date(2028, 2, 29), "1 year", date(2029, 2, 28)),
        (date(2027, 11, 30), "3 months", date(2028, 2, 29)),
        (date(2027, 3, 1), "2 weeks", date(2027, 3, 15)),
        (date(2999, 1, 1), "9999 years", date.max),
        (date(2999, 1, 1), "9999 months", date(3832, 4, 1)),
    ],
)
def test_a_length_of_time_follows_the_calendar(day: date, span: str, expected: date) -> None:
    assert later(day, span) == expected


@pytest.mark.parametrize(
    ("first", "span", "expected"),
    [
        (date(2027, 12, 1), "1 year", date(2028, 11, 30)),
        (date(2027, 3, 1), "1 year", date(2028, 2, 29)),
        (date(2028, 3, 1), "1 year", date(2029, 2, 28)),
        (date(2028, 2, 29), "1 year", date(2029, 2, 28)),
        (date(2028, 2, 29), "4 years", date(2032, 2, 28)),
        (date(2027, 12, 1), "3 years", date(2030, 11, 30)),
        (date(2027, 1, 31), "1 month", date(2027, 2, 28)),
        (date(2027, 1, 30), "2 months", date(2027, 3, 29)),
        (date(2028, 2, 28), "2 days", date(2028, 2, 29)),
        (date(2028, 2, 1), "2 weeks", date(2028, 2, 14)),
        (date(2999, 1, 1), "9999 years", date.max),
    ],
)
def test_a_term_ends_on_the_day_before_it_would_begin_anew(
    first: date, span: str, expected: date
) -> None:
    assert last_day(first, span) == expected
