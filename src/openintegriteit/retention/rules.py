"""When the term of a record is over, and who counts as one person. No database, no clock.

A record is kept through the last day of its term: that day of the month so many months later, or the last day of a
month that is shorter. From the day after it may be destroyed. Days of the calendar, so hours and summer time do not
matter; the Algemene termijnenwet extends no terms in years, and none of more than three months (art. 4).
"""

from calendar import monthrange
from datetime import date, timedelta

from openintegriteit.core.terms import add_months

LONGEST_MONTHS = 1200
DAY = timedelta(days=1)


def kept_until(began: date, months: int) -> date:
    """The last day on which a record is kept, where its term began on a day."""
    return add_months(began, months)


def is_over(began: date | None, months: int, day: date) -> bool:
    """Whether the term is over on the day. Where nobody knows when it began, or it is still to begin, it is not."""
    latest = latest_beginning(months, day)
    return began is not None and latest is not None and began <= latest


def latest_beginning(months: int, day: date) -> date | None:
    """The last day on which a term can have begun that is over on `day`; None: before the calendar begins.

    So a database finds all records whose term is over by comparing one day.
    """
    last = day - DAY  # the last day through which such a record was kept
    year, month_index = divmod(last.year * 12 + last.month - 1 - months, 12)
    if year < date.min.year:
        return None
    longest = monthrange(year, month_index + 1)[1]
    is_end_of_month = last.day == monthrange(last.year, last.month)[1]
    return date(year, month_index + 1, longest if is_end_of_month else min(last.day, longest))


def address_of_person(address: str) -> str:
    """By what a person with several accounts is one: the mail address without capitals and without what stands behind
    a plus, which reaches the same box."""
    box, at, domain = address.strip().casefold().rpartition("@")
    return f"{box.partition('+')[0]}{at}{domain}"
