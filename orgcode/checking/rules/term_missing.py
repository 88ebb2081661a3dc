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

from orgcode.checking.holders import every_list, person_name
from orgcode.checking.rule import Group
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "time"


def check(org: Org) -> Iterator[Problem]:
    """Look for people who were elected without an end."""
    for holders in every_list(org):
        if holders.over_on is not None:
            continue
        for holding in holders.holdings:
            if holding.elected and holding.until is None:
                yield Problem(
                    path=holders.path,
                    pointer=holding.pointer,
                    cause=message(
                        "{person} was elected for {of}, without a last day.",
                        person=person_name(org, holding.person),
                        of=holders.of,
                    ),
                    way_out=message("Add the last day of the term as `until`."),
                )
