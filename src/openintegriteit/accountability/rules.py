"""What holds for an annual report, without a database."""

from datetime import date

from django.utils.translation import gettext as _


def reference_date_problem(year: int, reference_date: date) -> str:
    """Why the report over the year cannot tell up to that day; empty: it can."""
    if reference_date < date(year, 12, 31):
        return _("The reference date cannot lie before the end of the year.")
    if reference_date > date(year + 1, 12, 31):
        return _("The reference date cannot lie more than a year after the year of the report.")
    return ""


def is_told(day: date | None, reference_date: date) -> bool:
    """Whether the report tells what happened on the day: up to and including the reference date, or when unknown."""
    return day is None or day <= reference_date
