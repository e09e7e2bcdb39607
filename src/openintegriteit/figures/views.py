"""Pages about figures: three years side by side, one indicator over the years, and entering or correcting a value.

The apps that count figures stand on higher floors: config/urls.py hands every page here `counted`, which tells what
their records count in a range of years.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.contracts import Figure
from openintegriteit.core.documents.chart import BarChart, Series
from openintegriteit.event_log.changes import body_of
from openintegriteit.figures import operations
from openintegriteit.figures.catalogue import Indicator, indicators
from openintegriteit.figures.forms import FigureFilter, FigureForm, IndicatorForm, NewFigureForm, RestatementForm
from openintegriteit.figures.models import YearFigure
from openintegriteit.figures.operations import AlreadyEntered, AlreadyPublished
from openintegriteit.figures.permissions import POLICY
from openintegriteit.figures.queries import (
    IndicatorYears,
    figure_address,
    figure_in,
    figures_of_years,
    years_of_indicator,
)
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import as_file, export_format
from openintegriteit.ui.pictures import picture_of

type Counted = Callable[[Any, range], list[Figure]]

CRUMB = (_("Figures"), reverse_lazy("figures:figures"))
YEARS_SHOWN = 3
YEARS_BACK = 3  # for which years one is invited to enter a figure
FIRST_YEAR = 1990


@requires(POLICY, "view")
def figures(request: ActorRequest, counted: Counted) -> HttpResponseBase:
    """All indicators with three years side by side, as a page or a file."""
    filters = FigureFilter(request.GET)
    last = filters.last_year()
    years = range(last - YEARS_SHOWN + 1, last + 1)
    rows = figures_of_years(filters.narrowed(indicators().values()), years, counted(request.organisation, years))
    if export_format(request):
        return _as_file(request, rows, years)
    context = {
        "rows": rows,
        "years": years,
        "filters": filters,
        "active": sum(1 for name in filters.fields if request.GET.get(name)),
        "may_change": POLICY.allows(request.actor, "change"),
    }
    return render(request, "figures/figures.html", context)


def _as_file(request: ActorRequest, rows: list[IndicatorYears], years: range) -> HttpResponseBase:
    heads = [str(_("Figure")), str(_("Unit")), *(str(year) for year in years), str(_("Definition"))]
    cells = (
        [row.indicator.name, row.indicator.unit, *(figure.value for figure in row.figures), row.indicator.definition]
        for row in rows
    )
    return as_file(request, "cijfers", heads, cells)


@requires(POLICY, "view")
def indicator(request: ActorRequest, code: str, counted: Counted) -> HttpResponse:
    """One indicator over the years, with its definition, breaks and corrections, and what the records count."""
    found = _indicator(code)
    lately = range(today().year - YEARS_BACK, today().year + 1)
    told = [figure.seen_by(request.actor) for figure in counted(request.organisation, lately)]
    years = years_of_indicator(code, told)
    chart = _chart(found, [year.figure for year in years])
    context = {
        "indicator": found,
        "years": years,
        "own_address": figure_address(code),
        "picture": picture_of(chart, body=body_of(request.actor)) if chart else None,
        "new_years": [year for year in reversed(lately) if year not in {each.figure.year for each in years}],
        "crumbs": [CRUMB],
        "may_change": POLICY.allows(request.actor, "change"),
    }
    return render(request, "figures/indicator.html", context)


def _chart(found: Indicator, figures: list[Figure]) -> BarChart | None:
    """Bars of the years that are known, when there is something to compare."""
    shown = sorted(figures, key=lambda figure: figure.year)[-8:]
    if sum(figure.value is not None for figure in shown) < 2:
        return None
    return BarChart(
        title=found.name,
        category_title=str(_("Year")),
        categories=tuple(str(figure.year) for figure in shown),
        series=(Series(found.unit, tuple(figure.value for figure in shown)),),
        unit=found.unit,
        highlight=str(shown[-1].year),
    )


@requires(POLICY, "change")
def figure_edit(request: ActorRequest, code: str, year: int, counted: Counted) -> HttpResponseBase:
    """Enter the figure of a year, change it, or correct it when it was published."""
    found = _indicator(code)
    if not FIRST_YEAR <= year <= today().year + 1:
        raise Http404
    row = YearFigure.objects.filter(indicator=code, year=year).first()
    context = {
        "indicator": found,
        "year": year,
        "row": row,
        "counted": figure_in(counted(request.organisation, range(year, year + 1)), code),
        "crumbs": [CRUMB, (found.name, figure_address(code))],
    }
    try:
        if row is None or _is_sent_again(request, row):
            return _enter(request, code, year, context)
        return _change(request, row, context)
    except AlreadyEntered:
        return figure_edit(request, code, year, counted)  # by somebody else, this very moment: with what was typed
    except AlreadyPublished:
        return redirect("figures:figure_edit", code, year)


def _is_sent_again(request: ActorRequest, row: YearFigure) -> bool:
    """Whether the form that entered this figure comes once more, as a double click sends it."""
    form = NewFigureForm(request.POST or None)
    return form.is_valid() and form.cleaned_data["submission"] == row.pk


def _enter(request: ActorRequest, code: str, year: int, context: dict[str, Any]) -> HttpResponse:
    enter = partial(operations.enter_figure, actor=request.actor, indicator=code, year=year)
    return create_page(
        request,
        NewFigureForm(request.POST or None),
        save=lambda key, values: enter(identifier=key, values=values),
        template="figures/figure_form.html",
        context=context,
        then=lambda saved: figure_address(code),
        done=_("The figure has been saved."),
    )


def _change(request: ActorRequest, row: YearFigure, context: dict[str, Any]) -> HttpResponse:
    """The page of a recorded figure: a correction when it was published, otherwise a change."""

    def save(version: int, values: dict[str, Any]) -> YearFigure:
        if context["published"]:
            reason = values["restatement_reason"]
            return operations.restate_figure(
                actor=request.actor, figure=row, expected_version=version, value=values["value"], reason=reason
            )
        return operations.change_figure(actor=request.actor, figure=row, expected_version=version, values=values)

    context |= {"published": row.published_before, "before": row.value}
    return change_page(
        request,
        RestatementForm if row.published_before else FigureForm,
        row,
        save=save,
        template="figures/figure_form.html",
        context=context,
        then=lambda saved: figure_address(row.indicator),
        done=_("The figure has been corrected.") if row.published_before else _("The figure has been saved."),
    )


@requires(POLICY, "change")
def indicator_new(request: ActorRequest, counted: Counted) -> HttpResponse:
    """Add an indicator of the body itself, which no records count."""
    return create_page(
        request,
        IndicatorForm(request.POST or None),
        save=lambda key, values: operations.add_indicator(actor=request.actor, identifier=key, values=values),
        template="figures/indicator_form.html",
        context={"crumbs": [CRUMB]},
        then=lambda saved: figure_address(saved.code),
        done=_("The figure has been added. You can enter its values now."),
    )


def _indicator(code: str) -> Indicator:
    """The indicator of the catalogue or of the body; an unknown code answers 404."""
    found = indicators().get(code)
    if found is None:
        raise Http404
    return found
