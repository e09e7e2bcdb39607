"""Half-years, quarters and months as addresses and people name them: no database, no clock."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1990, 2100
LETTERS = {"h": 6, "k": 3, "m": 1}  # halfjaar, kwartaal, maand: how many months each has
NAMES: dict[int, tuple[str | Promise, ...]] = {
    6: (_("first half of %(year)d"), _("second half of %(year)d")),
    3: (
        _("first quarter of %(year)d"),
        _("second quarter of %(year)d"),
        _("third quarter of %(year)d"),
        _("fourth quarter of %(year)d"),
    ),
}


@dataclass(frozen=True, slots=True)
class PartOfYear:
    """A half-year (`months` 6), quarter (3) or month (1) of a calendar year; `number` counts from 1 within the year."""

    year: int
    months: int
    number: int

    @property
    def slug(self) -> str:
        """How addresses write it: 2026-h1, 2026-k3, 2026-m05."""
        letter = next(letter for letter, months in LETTERS.items() if months == self.months)
        return f"{self.year}-{letter}{self.number:02}" if self.months == 1 else f"{self.year}-{letter}{self.number}"

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * self.months + 1, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        after = self.number * self.months
        first_day_after = date(self.year + after // 12, after % 12 + 1, 1)
        return first_day_after - timedelta(days=1)

    @property
    def days(self) -> tuple[date, date]:
        """Its first and last day, both included, as a query asks a range."""
        return self.first_day, self.last_day

    @property
    def name(self) -> str:
        """What people call it: "first half of 2026", "May 2026"."""
        if self.months == 1:
            return date_format(self.first_day, "F Y")
        return str(NAMES[self.months][self.number - 1]) % {"year": self.year}

    @property
    def following(self) -> "PartOfYear":
        """The next part of the same length."""
        return self._moved(1)

    @property
    def previous(self) -> "PartOfYear":
        """The part of the same length before it."""
        return self._moved(-1)

    @property
    def is_known(self) -> bool:
        """Whether it has an address: years far from now are none."""
        return FIRST_YEAR <= self.year <= LAST_YEAR

    def contains(self, day: date | None) -> bool:
        """Whether the day lies within it; an unknown day does not."""
        return day is not None and self.first_day <= day <= self.last_day

    def _moved(self, steps: int) -> "PartOfYear":
        in_a_year = 12 // self.months
        index = self.year * in_a_year + self.number - 1 + steps
        return PartOfYear(index // in_a_year, self.months, index % in_a_year + 1)


def part_named(slug: str) -> PartOfYear | None:
    """The part of a year that an address names; None when there is no such part."""
    found = re.fullmatch(r"([0-9]{4})-(?:([hk])([1-4])|(m)([0-9]{2}))", slug)
    if found is None:
        return None
    letter, number = found[2] or found[4], int(found[3] or found[5])
    part = PartOfYear(int(found[1]), LETTERS[letter], number)
    return part if part.is_known and 1 <= number <= 12 // part.months else None


def part_with(day: date, months: int) -> PartOfYear:
    """The part of this many months that the day lies in."""
    return PartOfYear(day.year, months, (day.month - 1) // months + 1)


def halves_of(year: int) -> tuple[PartOfYear, ...]:
    """The half-years of a year that have an address."""
    return tuple(part for part in (PartOfYear(year, 6, 1), PartOfYear(year, 6, 2)) if part.is_known)
