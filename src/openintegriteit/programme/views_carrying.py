"""The page on which the newest action plan takes over open measures of an earlier one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.programme.carrying import Carried, NotTheNewest, carry_over, to_carry
from openintegriteit.programme.forms_bulk import CarryForm, versions_of
from openintegriteit.programme.models import ActionPlan, Measure
from openintegriteit.programme.permissions import POLICY
from openintegriteit.programme.views_action_plans import PLANS_CRUMB
from openintegriteit.programme.views_measures import CRUMB
from openintegriteit.ui.tables import Column, headers

COLUMNS = (Column(_("Number"), numeric=True), Column(_("Measure")), Column(_("Status")), Column(_("In the new plan")))


@dataclass(frozen=True, slots=True)
class Line:
    """A measure that can be taken over; `value` is what its box sends."""

    carried: Carried
    value: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Standstill:
    """What was not done, and why: measures that stayed, or (`newest_changed`) all of it."""

    taken: int = 0
    closed: tuple[Measure, ...] = ()
    changed: tuple[Measure, ...] = ()
    newest_changed: bool = False


@requires(POLICY, "change")
def measures_carry(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Tick which open measures of an earlier plan go on in the newest, and take them over."""
    earlier = get_object_or_404(ActionPlan, pk=pk)
    if request.method != "POST":
        return _page(request, earlier, CarryForm())
    form = CarryForm(request.POST)
    if not form.is_valid():
        return _page(request, earlier, form, status=422)
    newest = get_object_or_404(ActionPlan, pk=form.cleaned_data["newest"])
    try:
        outcome = carry_over(
            actor=request.actor, earlier=earlier, newest=newest, versions=form.cleaned_data["measures"]
        )
    except NotTheNewest:
        return _page(request, earlier, form, Standstill(newest_changed=True), status=409)
    if outcome.left:
        closed = tuple(measure for measure in outcome.left if not measure.is_open)
        changed = tuple(measure for measure in outcome.left if measure.is_open)
        return _page(request, earlier, CarryForm(), Standstill(outcome.changed, closed, changed), status=409)
    told = ngettext(
        "%(number)d measure has been taken over.", "%(number)d measures have been taken over.", outcome.changed
    )
    nothing = _("Nothing had to be taken over: it was done already.")
    messages.success(request, told % {"number": outcome.changed} if outcome.changed else nothing)
    return redirect(f"{reverse('programme:measures')}?plan={newest.pk}")


def _page(
    request: ActorRequest, earlier: ActionPlan, form: CarryForm, standstill: Standstill | None = None, status: int = 200
) -> HttpResponse:
    newest: ActionPlan = ActionPlan.objects.newest() or earlier
    context = {
        "earlier": earlier,
        "newest": newest,
        "form": form,
        "lines": [] if earlier == newest else _lines(to_carry(earlier, newest), form["measures"].value()),
        "standstill": standstill,
        "headers": headers(COLUMNS, request.GET),
        "crumbs": [CRUMB, PLANS_CRUMB],
    }
    return render(request, "programme/measures_carry.html", context, status=status)


def _lines(open_measures: Sequence[Carried], ticked: Collection[str] | None) -> list[Line]:
    """The measures as they are now; all are ticked until a person chose (`ticked` None)."""
    keys = None if ticked is None else {value.partition(":")[0] for value in ticked}
    return [
        Line(carried, versions_of([carried.measure]), keys is None or str(carried.measure.pk) in keys)
        for carried in open_measures
    ]
