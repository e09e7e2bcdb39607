"""When somebody is reminded, how long a link works, and what a list of days says: no database, no clock."""

from collections.abc import Iterable
from datetime import date, timedelta

AFTER_THE_DAY = timedelta(days=30)  # who is late can still answer by the link, as long as the campaign is open


def reminder_day(answer_before: date, days_before: Iterable[int], day: date) -> date | None:
    """The last day of reminding that has come; None: no reminder has fallen due yet."""
    reached = [answer_before - timedelta(days=number) for number in days_before]
    return max((planned for planned in reached if planned <= day), default=None)


def link_works_for(answer_before: date, day: date) -> timedelta:
    """How long a link that is mailed on the day works."""
    return max(answer_before - day, timedelta(0)) + AFTER_THE_DAY


def days_in(text: str) -> list[int] | None:
    """The numbers of days in "14, 7 and 2", largest first and each once; None when it says something else."""
    parts = text.replace(",", " ").replace(";", " ").replace(" en ", " ").split()
    if not all(part.isdecimal() and 1 <= int(part) <= 365 for part in parts):
        return None
    return sorted({int(part) for part in parts}, reverse=True)
