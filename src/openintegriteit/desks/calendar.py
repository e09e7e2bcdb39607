"""The year calendar: what is due or happens in a year, wherever in the product it stands."""

from dataclasses import dataclass
from datetime import date

from openintegriteit.accountability import due as accountability_due
from openintegriteit.campaigns import due as campaigns_due
from openintegriteit.coordination import due as coordination_due
from openintegriteit.core.contracts import CalendarItem
from openintegriteit.core.once import looking_once
from openintegriteit.core.roles import Actor
from openintegriteit.policy import due as policy_due
from openintegriteit.programme import due as programme_due
from openintegriteit.registers.abstentions import due as abstentions_due
from openintegriteit.registers.declarations import due as declarations_due
from openintegriteit.registers.departures import due as departures_due
from openintegriteit.registers.designations import due as designations_due
from openintegriteit.registers.oaths import due as oaths_due
from openintegriteit.registers.outside_positions import due as outside_positions_due
from openintegriteit.registers.screening import due as screening_due
from openintegriteit.registers.secrecy import due as secrecy_due
from openintegriteit.retention import due as retention_due

# Who says what stands in the calendar. A new app adds itself here.
CALENDAR = (
    programme_due.calendar_items,
    coordination_due.calendar_items,
    policy_due.calendar_items,
    campaigns_due.calendar_items,
    declarations_due.calendar_items,
    outside_positions_due.calendar_items,
    designations_due.calendar_items,
    oaths_due.calendar_items,
    screening_due.calendar_items,
    departures_due.calendar_items,
    abstentions_due.calendar_items,
    secrecy_due.calendar_items,
    retention_due.calendar_items,
    accountability_due.calendar_items,
)
MOST_OF_A_KIND = 500  # a page of a year that people can still read


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as the calendar shows it."""

    item: CalendarItem
    overdue: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the year with its items by day."""

    first_day: date
    entries: tuple[Entry, ...]

    @property
    def overdue(self) -> int:
        """How many of its items are overdue."""
        return sum(entry.overdue for entry in self.entries)


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """All that the page of a year shows. `overdue` counts every kind, also those that a filter hides.

    `cut_off`: there may be more than the calendar can show."""

    year: int
    months: tuple[Month, ...]
    shown: int
    overdue: int
    cut_off: bool


@looking_once()
def entries_between(actor: Actor, first_day: date, last_day: date, day: date, most: int) -> tuple[list[Entry], bool]:
    """What the actor may see between two days, both included, in their order, as it stands on `day`.

    The second answer: whether there may be more, because at most `most` of a kind are read. A fixed number of queries,
    however much there is.
    """
    lists = [contributor(actor, first_day, last_day, most) for contributor in CALENDAR]
    items = sorted((item for found in lists for item in found), key=lambda item: (item.day, item.title))
    entries = [Entry(item, overdue=item.waiting and item.day < day) for item in items]
    return entries, any(len(found) >= most for found in lists)


def year_calendar(actor: Actor, year: int, day: date, kind: str = "", only_overdue: bool = False) -> YearCalendar:
    """What the actor may see of a year, on a day; a fixed number of queries, however much there is.

    `kind` leaves one kind of item, `only_overdue` what still asks something and whose day has gone by.
    """
    entries, cut_off = entries_between(actor, date(year, 1, 1), date(year, 12, 31), day, MOST_OF_A_KIND)
    shown = [entry for entry in entries if kind in ("", entry.item.kind) and (entry.overdue or not only_overdue)]
    return YearCalendar(
        year=year,
        months=tuple(
            Month(date(year, number, 1), tuple(entry for entry in shown if entry.item.day.month == number))
            for number in range(1, 13)
        ),
        shown=len(shown),
        overdue=sum(entry.overdue for entry in entries),
        cut_off=cut_off,
    )
