"""Ensure that policies and agreements are looked at again when that was promised.

An agreement is easier to accept when it is sure to be looked at again. After the day that
`review_on` names, put it on the agenda, and write down the next day, even if nothing changes.

Wrong:

    # policies/kitchen-hours.yaml
    title: Kitchen hours
    circle: house
    text: The kitchen is free until ten in the evening.
    review_on: 2027-02-28  # <-- here

Right:

    # policies/kitchen-hours.yaml
    title: Kitchen hours
    circle: house
    text: The kitchen is free until ten in the evening.
    review_on: 2028-02-28
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Agreement, Policy
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "time"
DEPENDS_ON_DATE = True
FOR: tuple[Subject, ...] = ("policy", "agreement")


def check(org: Org, thing: Policy | Agreement) -> Iterator[Problem]:
    """Look at the day of review of what is in force."""
    if thing.review_on is None or thing.review_on >= org.today or not _in_force(org, thing):
        return
    yield Problem(
        path=thing.path,
        pointer=("review_on",),
        cause=message(
            "“{title}” was to be reviewed by {day}.", title=thing.title, day=thing.review_on
        ),
        way_out=message(
            "Put it on the agenda; then write the next day under `review_on`, or give it an"
            " `ended` if it is no longer needed."
        ),
    )


def _in_force(org: Org, thing: Policy | Agreement) -> bool:
    if isinstance(thing, Policy) and thing.expires_on is not None:
        return thing.is_live(org.today) and org.today < thing.expires_on
    return thing.is_live(org.today)
