"""The grid of a month: its weeks, Monday first, with their numbers, and the months beside it."""

from datetime import date

import pytest

from openintegriteit.core.contracts import CalendarItem
from openintegriteit.desks.calendar import Entry, Month
from openintegriteit.desks.months import month_after, month_before, month_grid


def entry(day, *, overdue=False):
    return Entry(CalendarItem("Iets", "", day, "/", "measure"), overdue=overdue)


def days(week):
    return [day and day.day.day for day in week.days]


def test_a_week_begins_on_monday_and_days_of_other_months_are_left_out():
    grid = month_grid(Month(date(2026, 5, 1), ()))

    assert days(grid.weeks[0]) == [None, None, None, None, 1, 2, 3]
    assert days(grid.weeks[-1]) == [25, 26, 27, 28, 29, 30, 31]


@pytest.mark.parametrize(
    ("first_day", "numbers"),
    [
        (date(2026, 1, 1), [1, 2, 3, 4, 5]),
        (date(2027, 1, 1), [53, 1, 2, 3, 4]),
        (date(2025, 12, 1), [49, 50, 51, 52, 1]),
        (date(2027, 2, 1), [5, 6, 7, 8]),
    ],
)
def test_weeks_have_their_number_of_the_year(first_day, numbers):
    assert [week.number for week in month_grid(Month(first_day, ())).weeks] == numbers


def test_each_item_stands_on_its_day():
    first, second, late = entry(date(2026, 2, 2)), entry(date(2026, 2, 2)), entry(date(2026, 2, 28), overdue=True)

    grid = month_grid(Month(date(2026, 2, 1), (first, second, late)))

    filled = {day.day.day: day.entries for week in grid.weeks for day in week.days if day and day.entries}
    assert filled == {2: (first, second), 28: (late,)}
    assert (grid.shown, grid.overdue) == (3, 1)


@pytest.mark.parametrize(
    ("month", "before", "after"),
    [
        (date(2026, 1, 1), date(2025, 12, 1), date(2026, 2, 1)),
        (date(2026, 12, 1), date(2026, 11, 1), date(2027, 1, 1)),
        (date(2026, 6, 1), date(2026, 5, 1), date(2026, 7, 1)),
    ],
)
def test_the_months_beside_it(month, before, after):
    assert (month_before(month), month_after(month)) == (before, after)
