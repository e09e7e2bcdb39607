"""Pages that change many measures at once: choose what changes, look at it, and do it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.display import field_text
from openintegriteit.programme.bulk import MOST_AT_ONCE, change_measures, values_for
from openintegriteit.programme.forms import MeasureFilter
from openintegriteit.programme.forms_bulk import BulkForm, versions_of
from openintegriteit.programme.models import Measure
from openintegriteit.programme.permissions import POLICY
from openintegriteit.programme.queries import plan_outlines
from openintegriteit.programme.views_measures import CRUMB
from openintegriteit.ui.editing import Difference
from openintegriteit.ui.tables import Column, headers

ROW, ALL = "rij", "alles"  # in the address: a chosen measure, and all that the filter shows
BACK, APPLY = "terug", "doen"  # the buttons of the preview

COLUMNS = (Column(_("Number"), numeric=True), Column(_("Measure")), Column(_("What will change")))


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One measure with what will change in it; nothing when it is so already."""

    measure: Measure
    changes: tuple[Difference, ...]


@requires(POLICY, "change")
def measures_bulk(request: ActorRequest) -> HttpResponse:
    """Choose what changes in the measures of the address, look at what it does to each, and do it."""
    if request.method != "POST":
        chosen = list(_asked(request)[: MOST_AT_ONCE + 1])
        return _form_page(request, BulkForm(initial={"measures": versions_of(chosen)}), chosen)
    form = BulkForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, list(_meant(form)), status=422)
    if BACK in request.POST:
        return _form_page(request, form, list(_meant(form)))
    if APPLY not in request.POST:
        return _preview_page(request, form)
    outcome = change_measures(actor=request.actor, versions=form.cleaned_data["measures"], values=form.values())
    if outcome.left:
        context = {"outcome": outcome, "hidden": _sent_about(outcome.left, form, request), "crumbs": [CRUMB]}
        return render(request, "programme/measures_left.html", context, status=409)
    messages.success(request, _told(outcome.changed))
    return redirect("programme:measures")


def _told(changed: int) -> str:
    if not changed:
        return gettext("Nothing had to change: the measures were so already.")
    told = ngettext("%(number)d measure has been changed.", "%(number)d measures have been changed.", changed)
    return told % {"number": changed}


def _asked(request: HttpRequest) -> QuerySet[Measure]:
    """The ticked measures, or all that the filter of the list shows."""
    if ALL in request.GET:
        filters = MeasureFilter(request.GET, plan_outlines())
        return filters.narrowed(Measure.objects.all())
    return Measure.objects.filter(pk__in=_keys(request.GET.getlist(ROW)))


def _keys(typed: Sequence[str]) -> list[UUID]:
    keys = []
    for text in typed:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    return keys


def _meant(form: BulkForm) -> QuerySet[Measure]:
    """The measures that a sent form is about, as far as it names them well."""
    versions: Mapping[UUID, int] = form.cleaned_data.get("measures", {})
    return Measure.objects.filter(pk__in=versions).order_by("number")


def _form_page(request: HttpRequest, form: BulkForm, chosen: Sequence[Measure], status: int = 200) -> HttpResponse:
    too_many = len(chosen) > MOST_AT_ONCE
    context = {"form": form, "chosen": chosen, "too_many": too_many, "most": MOST_AT_ONCE, "crumbs": [CRUMB]}
    return render(request, "programme/measures_bulk.html", context, status=status)


def _preview_page(request: HttpRequest, form: BulkForm) -> HttpResponse:
    """What will change in each measure as it is now. These versions are what the last click is held against."""
    rows = _meant(form).select_related("heading", "owner_person", "goal")
    lines = [_line(measure, form.values()) for measure in rows]
    hidden = _sent_about([line.measure for line in lines], form, request)
    changing = sum(1 for line in lines if line.changes)
    context: dict[str, Any] = {"lines": lines, "changing": changing, "hidden": hidden, "apply": APPLY, "back": BACK}
    context["headers"] = headers(COLUMNS, request.GET)
    crumbs = [CRUMB, (_("Change several measures"), reverse("programme:measures_bulk"))]
    return render(request, "programme/measures_preview.html", {**context, "crumbs": crumbs})


def _sent_about(measures: Iterable[Measure], form: BulkForm, request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, as hidden fields, about these measures as they are now."""
    sent = request.POST.copy()
    sent["measures"] = versions_of(measures)
    return [(name, value) for name in form.fields for value in sent.getlist(name)]


def _line(measure: Measure, values: Mapping[str, Any]) -> PreviewLine:
    changes = values_for(measure, values, today())
    return PreviewLine(measure, tuple(_difference(measure, name, value) for name, value in changes.items()))


def _difference(measure: Measure, name: str, value: Any) -> Difference:
    field: Any = Measure._meta.get_field(name)
    return Difference(str(field.verbose_name), field_text(field, getattr(measure, name)), field_text(field, value))
