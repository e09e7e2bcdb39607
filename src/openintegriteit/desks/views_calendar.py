"""The year calendar as a page: a picture of the year above a list by month, or above the weeks of one month."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.desks.calendar import YearCalendar, year_calendar
from openintegriteit.desks.forms import FIRST_YEAR, LAST_YEAR, CalendarFilters
from openintegriteit.desks.months import month_after, month_before, month_grid
from openintegriteit.desks.permissions import POLICY

VIEW, MONTH = "weergave", "maand"


@requires(POLICY, "calendar")
def calendar(request: ActorRequest) -> HttpResponse:
    """What is due or happens in a year: as a list, or a month as a grid (`?weergave=maand`).

    A filter that cannot be read is shown with what is wrong.
    """
    asked = request.GET.copy()
    asked.setdefault("jaar", str(today().year))
    filters = CalendarFilters(asked)
    filters.is_valid()
    chosen = filters.cleaned_data
    year, month = chosen.get("jaar") or today().year, chosen.get("maand")
    months = year_calendar(request.actor, year, today(), chosen.get("soort", ""), chosen.get("te_laat", False))
    as_grid = asked.get(VIEW) == MONTH
    context = {
        "calendar": months,
        "filters": filters,
        "active": any(chosen.get(name) for name in ("soort", "maand", "te_laat")) or year != today().year,
        "tabs": [
            (_("List"), _address(asked, **{VIEW: ""}), not as_grid),
            (_("Month"), _address(asked, **{VIEW: MONTH}), as_grid),
        ],
        "today": today(),
        **(_grid(asked, months, month) if as_grid else _list(asked, months, month)),
    }
    return render(request, "desks/calendar.html", context)


def _list(asked: QueryDict, year: YearCalendar, number: int | None) -> dict[str, object]:
    """What the list shows: the chosen month, or all that have something."""
    listed = [month for month in year.months if month.entries and number in (None, month.first_day.month)]
    return {"listed": listed, "pictured": _pictured(asked, year, None)}


def _grid(asked: QueryDict, year: YearCalendar, number: int | None) -> dict[str, object]:
    """What the grid shows: the chosen month, or else this one, or January of another year; and the ways to others."""
    chosen = year.months[(number or (today().month if year.year == today().year else 1)) - 1]
    beside = month_before(chosen.first_day), month_after(chosen.first_day)
    before, after = (
        (day, _month_address(asked, day)) if FIRST_YEAR <= day.year <= LAST_YEAR else None for day in beside
    )
    return {
        "grid": month_grid(chosen),
        "before": before,
        "after": after,
        "weekdays": [WEEKDAYS[number] for number in range(7)],
        "pictured": _pictured(asked, year, chosen.first_day),
    }


def _pictured(asked: QueryDict, year: YearCalendar, shown: date | None) -> list[tuple[object, str, bool]]:
    """The twelve months for the picture of the year: what stands in it, its grid, and whether that is shown now."""
    return [(month, _month_address(asked, month.first_day), month.first_day == shown) for month in year.months]


def _month_address(asked: QueryDict, day: date) -> str:
    return _address(asked, **{VIEW: MONTH, "jaar": str(day.year), MONTH: str(day.month)})


def _address(asked: QueryDict, **changes: str) -> str:
    """This page with other parameters; an empty one is left out."""
    kept = {name: value for name, value in {**asked.dict(), **changes}.items() if value}
    return f"?{urlencode(kept)}"
