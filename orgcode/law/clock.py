"""What time it is for the law, and how that is known (rule 5 of the law).

Silence and elapsed time count only where a witness attests them, unless the organisation lets times
be claimed: then what people wrote themselves is believed.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct


class Period(Struct, frozen=True, kw_only=True):
    """The time for which a decision is open. `begins_at` None: nobody can tell."""

    begins_at: datetime | None
    days: int

    @property
    def ends_at(self) -> datetime | None:
        """When it is over; None where nobody can tell, or it has no length."""
        if self.begins_at is None or not self.days:
            return None
        return later(self.begins_at, self.days)

    def is_over(self, now: datetime) -> bool:
        """Whether it has gone by. A period without a length never has: nothing ends by it."""
        return self.ends_at is not None and self.ends_at <= now

    def was_had(self, now: datetime) -> bool:
        """Whether people have had this time; if it has no length, always."""
        return not self.days or self.is_over(now)

    def is_silence(self, now: datetime) -> bool:
        """Whether who has said nothing until now has been silent for all of it."""
        return self.begins_at is not None and self.begins_at <= now and self.was_had(now)


def moment(text: str) -> datetime | None:
    """A moment as written in a record, in UTC; None where the calendar has no such moment."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def later(at: datetime, days: int) -> datetime:
    """So many days of 24 hours later, or the last moment that there is."""
    try:
        return at + timedelta(days=days)
    except OverflowError:
        return datetime.max.replace(tzinfo=at.tzinfo)
