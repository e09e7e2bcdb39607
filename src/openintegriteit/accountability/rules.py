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
