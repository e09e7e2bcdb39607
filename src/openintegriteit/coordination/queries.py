"""What the pages of advice show."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Min, Q, Sum
from django.urls import reverse

from openintegriteit.coordination.models import Advice, Function, Initiative
from openintegriteit.coordination.themes import theme_names
from openintegriteit.figures.disclosure import protect


@dataclass(frozen=True, slots=True)
class CountLine:
    """One line of a breakdown; None: hidden, because somebody could be recognised by it."""

    name: str
    number: int | None


@dataclass(frozen=True, slots=True)
class AdviceCounts:
    """The advice of one year. A breakdown is None where hiding lines cannot protect it.

    `hours` adds what was filled in (None: nowhere); `without_hours` is of how many pieces of advice nobody did.
    """

    year: int
    total: int
    asked: int
    unasked: int
    hours: Decimal | None
    without_hours: int
    by_theme: tuple[CountLine, ...] | None
    by_function: tuple[CountLine, ...] | None


def counts_of(year: int) -> AdviceCounts:
    """The counts of a year, by theme and by function, never by person (two queries)."""
    groups = list(
        Advice.objects.of_year(year)
        .order_by()
        .values_list("theme", "function", "initiative")
        .annotate(number=Count("pk"), timed=Count("hours"), hours=Sum("hours"))
    )
    themes, functions, initiatives = Counter[str](), Counter[str](), Counter[str]()
    for theme, function, initiative, number, _timed, _hours in groups:
        themes[theme] += number
        functions[function] += number
        initiatives[initiative] += number
    total, timed = sum(themes.values()), sum(group[4] for group in groups)
    names = theme_names()
    return AdviceCounts(
        year=year,
        total=total,
        asked=initiatives[Initiative.ASKED],
        unasked=initiatives[Initiative.UNASKED],
        hours=sum((group[5] for group in groups if group[5] is not None), Decimal(0)) if timed else None,
        without_hours=total - timed,
        by_theme=_protected(themes, names | {code: code for code in themes if code not in names}),
        by_function=_protected(functions, {function.value: str(function.label) for function in Function}),
    )


@dataclass(frozen=True, slots=True)
class AdviceInPart:
    """How often advice was given within a part of a year, exact: never to be told so (see `figures.bands`)."""

    asked: int
    unasked: int


def advice_within(first_day: date, last_day: date) -> AdviceInPart | None:
    """Advice asked and given unasked on these days, both included; None before the log was kept (one query)."""
    within = Q(day__range=(first_day, last_day))
    row = Advice.objects.aggregate(
        first=Min("day"),
        asked=Count("pk", filter=within & Q(initiative=Initiative.ASKED)),
        unasked=Count("pk", filter=within & Q(initiative=Initiative.UNASKED)),
    )
    return AdviceInPart(row["asked"], row["unasked"]) if row["first"] and row["first"] <= last_day else None


def advice_address(identifier: UUID) -> str:
    """The page of a piece of advice."""
    return reverse("coordination:advice", args=[identifier])


def _protected(counted: Mapping[str, int], names: Mapping[str, str]) -> tuple[CountLine, ...] | None:
    protected = protect({(code,): counted.get(code, 0) for code in names})
    return tuple(_lines(protected.cells.items(), names)) if protected.safe else None


def _lines(cells: Iterable[tuple[tuple[object, ...], int | None]], names: Mapping[str, str]) -> Iterable[CountLine]:
    return (CountLine(names[str(code)], number) for (code,), number in cells)
