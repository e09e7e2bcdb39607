"""Reading figures: what was recorded, what can be counted from the records, and which of the two holds."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from openintegriteit.core.contracts import Figure
from openintegriteit.core.display import as_number
from openintegriteit.figures.catalogue import Indicator, indicators
from openintegriteit.figures.models import YearFigure


def series(codes: Iterable[str], years: Iterable[int], derived: Iterable[Figure] = ()) -> dict[str, list[Figure]]:
    """Per code one figure for each of the years, in the order of the years (two queries).

    `derived` are figures counted from the records (an app's `yearbook.figures`). Which one holds:

    1. what was recorded and published before, also when it was published as unknown: a published figure only changes
       by a restatement;
    2. else a recorded value: somebody knows more than the records do;
    3. else the derived figure, when its value is known;
    4. else the year is unknown: `value` None.

    `published_before` and `source` of the figure tell which one it is. A code that is in no catalogue raises KeyError.
    """
    catalogue, wanted_codes, wanted_years = indicators(), list(codes), sorted(set(years))
    recorded = recorded_figures(wanted_codes, wanted_years)
    counted = {(figure.code, figure.year): figure for figure in derived}
    return {
        code: [
            _figure_that_holds(catalogue[code], year, recorded.get((code, year)), counted.get((code, year)))
            for year in wanted_years
        ]
        for code in wanted_codes
    }


def recorded_figures(codes: Collection[str], years: Collection[int]) -> Mapping[tuple[str, int], YearFigure]:
    """What was recorded for the codes and years, by code and year (one query)."""
    rows = YearFigure.objects.filter(indicator__in=codes, year__in=years)
    return {(row.indicator, row.year): row for row in rows}


def figure_address(code: str) -> str:
    """The page of an indicator, with all its years."""
    return reverse("figures:indicator", args=[code])


def _figure_that_holds(indicator: Indicator, year: int, recorded: YearFigure | None, counted: Figure | None) -> Figure:
    if recorded and (recorded.published_before or recorded.value is not None):
        return _recorded(indicator, recorded)
    if counted and counted.value is not None:
        return counted
    if recorded:
        return _recorded(indicator, recorded)
    return counted or Figure(
        indicator.code, year, None, indicator.unit, indicator.definition, "", figure_address(indicator.code)
    )


def _recorded(indicator: Indicator, row: YearFigure) -> Figure:
    return Figure(
        code=indicator.code,
        year=row.year,
        value=as_number(row.value),
        unit=indicator.unit,
        definition=row.definition or indicator.definition,
        source=row.source or _("Entered by the body"),
        address=figure_address(indicator.code),
        series_break=row.series_break,
        published_before=row.published_before,
        restated_from=as_number(row.restated_from),
        restated_because=row.restatement_reason,
    )


@dataclass(frozen=True, slots=True)
class IndicatorYears:
    """An indicator with one figure for each of the years shown."""

    indicator: Indicator
    figures: tuple[Figure, ...]


def figures_of_years(
    wanted: Iterable[Indicator], years: Iterable[int], derived: Iterable[Figure] = ()
) -> list[IndicatorYears]:
    """Figures of several indicators side by side, recorded or `derived`, as in `series` (two queries)."""
    chosen = list(wanted)
    found = series([indicator.code for indicator in chosen], years, derived)
    return [IndicatorYears(indicator, tuple(found[indicator.code])) for indicator in chosen]


@dataclass(frozen=True, slots=True)
class YearOfIndicator:
    """A year of an indicator: the figure that holds, and the record behind it (None: the records of apps count it)."""

    figure: Figure
    record: YearFigure | None


def years_of_indicator(code: str, derived: Iterable[Figure]) -> list[YearOfIndicator]:
    """Every year of an indicator that was recorded or that records count, the newest first (two queries)."""
    records = {row.year: row for row in YearFigure.objects.filter(indicator=code)}
    counted = {figure.year: figure for figure in derived if figure.code == code and figure.value is not None}
    known, years = indicators()[code], sorted(records.keys() | counted.keys(), reverse=True)
    return [
        YearOfIndicator(_figure_that_holds(known, year, records.get(year), counted.get(year)), records.get(year))
        for year in years
    ]


def figure_in(derived: Iterable[Figure], code: str) -> Figure | None:
    """The figure with this code that records count; None when they do not know its value."""
    return next((figure for figure in derived if figure.code == code and figure.value is not None), None)
