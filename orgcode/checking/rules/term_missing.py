"""Ensure that whoever was elected has a term: an `until`.

An election is for a time. Without a last day the choice is never looked at again, and letting
somebody go becomes a judgement about the person, where the end of a term would have been an
ordinary moment to choose anew.

Wrong:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    holders:
      - {person: sara, since: 2027-01-01, elected: true}  # <-- here

Right:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    holders:
      - {person: sara, since: 2027-01-01, until: 2027-12-31, elected: true}
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.holders import called, holdings_of, over_on, person_name
from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Circle, Role
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message, one
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "time"
FOR: tuple[Subject, ...] = ("circle", "role", "core-role")


def check(org: Org, thing: Circle | Role) -> Iterator[Problem]:
    """Look for people who were elected without an end."""
    for holding in holdings_of(thing):
        if holding.elected and holding.until is None and over_on(org, thing) is None:
            yield Problem(
                path=thing.path,
                pointer=holding.pointer,
                cause=message(
                    "{person} was elected for {of}, without a last day.",
                    person=person_name(org, holding.person),
                    of=called(org, thing),
                ),
                way_out=message("Add the last day of the {term} as `until`.", term=one("term")),
            )
