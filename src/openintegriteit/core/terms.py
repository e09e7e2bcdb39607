"""Terms of law on the Dutch calendar: the Algemene termijnenwet (ATW, BWBR0002448) as pure functions on dates.

A term starts on the day after the event. Whether the ATW governs a term that an internal procedure must contain (as
the Wet bescherming klokkenluiders asks) is open to debate. So both outcomes are kept: warn on `unadjusted_due`, call
something overdue after `atw_due`.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

DAY = timedelta(days=1)
FIRST_KINGS_DAY = 2014
SATURDAY, SUNDAY = 5, 6
# Art. 2: a term of at least this many days holds at least this many working days.
SHORTEST_EXTENDED_DAYS, WORKING_DAYS_HELD = 3, 2


class Unit(StrEnum):
    """What a term is counted in. Terms in hours have no last day and are never extended (art. 4)."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


# Art. 4: the longest terms that the ATW extends. Terms in years are never extended.
LONGEST_EXTENDED = {Unit.DAYS: 90, Unit.WEEKS: 12, Unit.MONTHS: 3}


@dataclass(frozen=True, slots=True)
class Length:
    """How long a term is, in the unit in which the law expresses it: that unit decides whether art. 4 excepts it."""

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError("a term lasts at least one unit")


@dataclass(frozen=True, slots=True)
class StatutoryTerm:
    """The last day of a term, as it is counted and as the ATW extends it."""

    start: date
    length: Length
    unadjusted_due: date
    atw_due: date


def statutory_term(start: date, length: Length, extra_holidays: frozenset[date] = frozenset()) -> StatutoryTerm:
    """The term of this length after the event on `start`.

    `extra_holidays` are the days that a royal decree puts on a par with a holiday (art. 3, third paragraph).
    """
    due = add(start, length)
    return StatutoryTerm(start, length, due, extend(due, start, length, extra_holidays))


def add(start: date, length: Length) -> date:
    """The last day of a term, before any extension."""
    match length.unit:
        case Unit.DAYS:
            return add_days(start, length.count)
        case Unit.WEEKS:
            return add_days(start, 7 * length.count)
        case Unit.MONTHS:
            return add_months(start, length.count)
        case Unit.YEARS:
            return add_months(start, 12 * length.count)


def add_days(start: date, days: int) -> date:
    """The day so many calendar days later."""
    return start + timedelta(days=days)


def add_months(start: date, months: int) -> date:
    """The same day of the month so many months later, or the last day of that month where it is shorter."""
    year, month_index = divmod(start.year * 12 + start.month - 1 + months, 12)
    last_day = calendar.monthrange(year, month_index + 1)[1]
    return date(year, month_index + 1, min(start.day, last_day))


def extend(due: date, start: date, length: Length, extra_holidays: frozenset[date] = frozenset()) -> date:
    """The last day of a term after arts. 1, 2 and 4 of the ATW.

    Only for terms that run forward; a term counted back from a day is not extended (art. 1, second paragraph).
    """
    if length.count > LONGEST_EXTENDED.get(length.unit, 0):
        return due
    if length.unit is not Unit.DAYS or length.count >= SHORTEST_EXTENDED_DAYS:
        while _working_days(start, due, extra_holidays) < WORKING_DAYS_HELD:
            due += DAY
    while not is_working_day(due, extra_holidays):
        due += DAY
    return due


def is_working_day(day: date, extra_holidays: frozenset[date] = frozenset()) -> bool:
    """Whether the day is no Saturday, no Sunday and no holiday."""
    return day.weekday() not in (SATURDAY, SUNDAY) and day not in holidays(day.year) and day not in extra_holidays


@cache
def holidays(year: int) -> frozenset[date]:
    """The holidays of art. 3, and Good Friday, which the same article puts on a par with them.

    Sundays are left out, because arts. 1 and 2 name the Sunday itself. Raises ValueError before 2014, when the
    monarch's birthday was kept on another day.
    """
    if year < FIRST_KINGS_DAY:
        raise ValueError(f"the holidays are known from {FIRST_KINGS_DAY}, not for {year}")
    easter = easter_sunday(year)
    return frozenset(
        {
            date(year, 1, 1),
            easter - 2 * DAY,  # Good Friday
            easter + DAY,  # Easter Monday
            kings_day(year),
            date(year, 5, 5),
            easter + 39 * DAY,  # Ascension Day
            easter + 50 * DAY,  # Whit Monday
            date(year, 12, 25),
            date(year, 12, 26),
        }
    )


def kings_day(year: int) -> date:
    """27 April, or the day before where that is a Sunday."""
    birthday = date(year, 4, 27)
    return birthday - DAY if birthday.weekday() == SUNDAY else birthday


def easter_sunday(year: int) -> date:
    """Easter by the Gregorian calendar (the anonymous algorithm, as in Meeus, Astronomical Algorithms, chapter 8)."""
    golden = year % 19
    century, year_of_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - correction + 15) % 30
    leaps, leap_rest = divmod(year_of_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - epact - leap_rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day_before = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day_before + 1)


def _working_days(start: date, due: date, extra_holidays: frozenset[date]) -> int:
    """How many working days a term holds: those after `start` up to and including `due`."""
    return sum(is_working_day(start + offset * DAY, extra_holidays) for offset in range(1, (due - start).days + 1))
