"""Figures of a year, for tests; call them within the scope of the body."""

from typing import Any

from openintegriteit.figures.models import YearFigure
from openintegriteit.organisations.models import Organisation


def year_figure(
    organisation: Organisation, indicator: str, year: int, value: float | None, **values: Any
) -> YearFigure:
    """A recorded figure."""
    return YearFigure.objects.create(organisation=organisation, indicator=indicator, year=year, value=value, **values)
