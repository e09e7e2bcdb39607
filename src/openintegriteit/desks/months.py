"""A month of the year calendar as a grid of weeks, Monday first."""

from calendar import MONDAY, Calendar
from dataclasses import dataclass
from datetime import date

from openintegriteit.desks.calendar import Entry, Month


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month with its items."""

    day: date
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """A week by its number (ISO 8601), from Monday; None for a day that belongs to another month."""

    number: int
    days: tuple[Day | None, ...]


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """A month as its grid shows it."""

    first_day: date
    weeks: tuple[Week, ...]
    shown: int
    overdue: int


def month_grid(month: Month) -> MonthGrid:
    """The weeks of a month with the items of each day."""
    first = month.first_day
    dates = Calendar(MONDAY).monthdatescalendar(first.year, first.month)
    by_day: dict[date, list[Entry]] = {}
    for entry in month.entries:
        by_day.setdefault(entry.item.day, []).append(entry)
    return MonthGrid(
        first_day=first,
        weeks=tuple(
            Week(
                week[0].isocalendar().week,
                tuple(Day(day, tuple(by_day.get(day, ()))) if day.month == first.month else None for day in week),
            )
            for week in dates
        ),
        shown=len(month.entries),
        overdue=month.overdue,
    )


def month_before(first_day: date) -> date:
    """The first day of the month before."""
    return date(first_day.year - (first_day.month == 1), (first_day.month - 2) % 12 + 1, 1)


def month_after(first_day: date) -> date:
    """The first day of the month after."""
    return date(first_day.year + (first_day.month == 12), first_day.month % 12 + 1, 1)
