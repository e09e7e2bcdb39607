"""Pages about advice: the list, one piece of advice, the counts of a year, and the body's own themes."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openintegriteit.coordination import operations
from openintegriteit.coordination.forms import AdviceFilter, AdviceForm, CountsFilter, NewAdviceForm, ThemeForm
from openintegriteit.coordination.listings import advice_listing
from openintegriteit.coordination.models import Advice, OwnTheme
from openintegriteit.coordination.permissions import POLICY
from openintegriteit.coordination.queries import AdviceCounts, CountLine, advice_address, counts_of
from openintegriteit.coordination.themes import THEMES, theme_names
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.event_log.changes import history_of
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import as_file, export, export_format, list_page

CRUMB = (_("Advice"), reverse_lazy("coordination:advices"))
ACTIONS = {
    "advice.created": _("Advice added"),
    "advice.changed": _("Advice changed"),
}


@requires(POLICY, "view")
def advices(request: ActorRequest) -> HttpResponseBase:
    """The list of advice, as a page or a file."""
    themes = theme_names()
    filters = AdviceFilter(request.GET, themes)
    listing, rows = advice_listing(themes), filters.narrowed(Advice.objects.all())
    if export_format(request):
        return export(request, listing, rows)
    context = {"listing": list_page(request, listing, rows, filters), "themes": themes, "today": today()}
    return render(request, "coordination/advices.html", context)


@requires(POLICY, "view")
def advice(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One piece of advice, and when it was changed."""
    found: Advice = get_object_or_404(Advice, pk=pk)
    context = {
        "advice": found,
        "theme": theme_names().get(found.theme, found.theme),
        "crumbs": [CRUMB],
        "history": history_of(found, ACTIONS),
        "late": found.follow_up_on and not found.followed_up_on and found.follow_up_on < today(),
    }
    return render(request, "coordination/advice.html", context)


@requires(POLICY, "change")
def advice_new(request: ActorRequest) -> HttpResponse:
    """Add advice."""
    return create_page(
        request,
        NewAdviceForm(request.POST or None),
        save=lambda key, values: operations.create_advice(actor=request.actor, identifier=key, values=values),
        template="coordination/advice_form.html",
        context={"title": _("What did you advise?"), "crumbs": [CRUMB]},
        then=lambda saved: advice_address(saved.pk),
        done=_("The advice has been added."),
    )


@requires(POLICY, "change")
def advice_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change advice."""
    found: Advice = get_object_or_404(Advice, pk=pk)
    name = theme_names().get(found.theme, found.theme)
    change = partial(operations.change_advice, actor=request.actor, advice=found)
    return change_page(
        request,
        AdviceForm,
        found,
        save=lambda version, values: change(expected_version=version, values=values),
        template="coordination/advice_form.html",
        context={"title": _("Change this advice"), "crumbs": [CRUMB, (name, advice_address(pk))]},
        then=lambda saved: advice_address(saved.pk),
        done=_("The advice has been saved."),
    )


@requires(POLICY, "view")
def counts(request: ActorRequest) -> HttpResponseBase:
    """The advice of a year counted, as a page or a file; small numbers of a breakdown are hidden."""
    filters = CountsFilter(request.GET or {"jaar": today().year})
    counted = counts_of(filters.year())
    if export_format(request):
        return _as_file(request, counted)
    context = {"counts": counted, "filters": filters, "crumbs": [CRUMB]}
    return render(request, "coordination/counts.html", context)


def _as_file(request: ActorRequest, counted: AdviceCounts) -> HttpResponseBase:
    heads = [_("Year"), _("Breakdown"), _("Line"), _("How many")]
    hours = float(counted.hours) if counted.hours is not None else gettext("not known")
    totals = [
        (gettext("Total"), gettext("Advice"), counted.total),
        (gettext("Total"), gettext("Asked"), counted.asked),
        (gettext("Total"), gettext("Unasked"), counted.unasked),
        (gettext("Total"), gettext("Hours"), hours),
    ]
    by_theme = _cells(gettext("By theme"), counted.by_theme)
    rows = [*totals, *by_theme, *_cells(gettext("By function"), counted.by_function)]
    return as_file(request, "adviezen-geteld", heads, [(counted.year, *row) for row in rows])


def _cells(breakdown: str, lines: tuple[CountLine, ...] | None) -> list[tuple[str, str, int | str]]:
    hidden = gettext("hidden")
    if lines is None:
        return [(breakdown, "", hidden)]
    return [(breakdown, line.name, hidden if line.number is None else line.number) for line in lines]


@requires(POLICY, "change")
def themes(request: ActorRequest) -> HttpResponse:
    """The themes, and a form to add one of the body's own."""
    common = theme_names()
    return create_page(
        request,
        ThemeForm(request.POST or None),
        save=lambda key, values: operations.create_theme(actor=request.actor, identifier=key, **values),
        template="coordination/themes.html",
        context={
            "common": [common[theme.code] for theme in THEMES],
            "own": OwnTheme.objects.all(),
            "crumbs": [CRUMB],
        },
        then=lambda saved: reverse("coordination:themes"),
        done=_("The theme has been added."),
    )
