"""Departures: who left without a record, what was done, recording, and whether somebody may be hired again."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.event_log.changes import history_of
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.declarations.permissions import POLICY, RECORD, regimes_to
from openintegriteit.registers.declarations.registers import regime_of
from openintegriteit.registers.departures import operations
from openintegriteit.registers.departures.forms import (
    DepartureFilter,
    DepartureForm,
    HireForm,
    NewDepartureForm,
    UnrecordedFilter,
)
from openintegriteit.registers.departures.listings import UNRECORDED, departures_listing
from openintegriteit.registers.departures.models import CoolingOffRule
from openintegriteit.registers.departures.queries import (
    A_YEAR,
    MOST_FOUND,
    departure_address,
    departures_of,
    last_days_of,
    may_hire,
    unrecorded,
)
from openintegriteit.registers.departures.rules import term_of
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import export, export_format, list_page
from openintegriteit.ui.withdrawing import back_when_withdrawn, withdraw_page

HERE = (_("Departures"), reverse_lazy("departures:unrecorded"))
FORM = "ui/form.html"
ACTIONS = {
    "departure.recorded": _("Departure recorded"),
    "departure.changed": _("Departure changed"),
    "departure.withdrawn": _("Departure withdrawn"),
}


def tabs(current: str) -> list[tuple[Any, str, bool]]:
    """The parts of the register."""
    pages = (
        ("unrecorded", _("Left, not recorded")),
        ("departures", _("Recorded")),
        ("hire", _("Hire again?")),
        ("rules", _("Terms")),
    )
    return [(label, reverse(f"departures:{name}"), name == current) for name, label in pages]


@requires(POLICY, "view_list")
def unrecorded_list(request: ActorRequest) -> HttpResponseBase:
    """Who left while the register does not hold it, under the regimes that the reader may see; as a page or a file."""
    regimes, day = regimes_to("view", request.actor), today()
    filters = UnrecordedFilter(request.GET, regimes=regimes)
    since = date.min if filters.also_earlier() else day - A_YEAR
    rows = filters.narrowed(unrecorded(regimes, since, day))
    if export_format(request):
        return export(request, UNRECORDED, rows.select_related("unit"))
    listing = list_page(request, UNRECORDED, rows.select_related("unit"), filters)
    context = {
        "listing": listing,
        "tabs": tabs("unrecorded"),
        "may_record": POLICY.allows(request.actor, "record"),
    }
    return render(request, "departures/unrecorded.html", context)


@requires(POLICY, "view_list")
def departures(request: ActorRequest) -> HttpResponseBase:
    """The departures under the regimes that the reader may see; as a page or a file."""
    regimes = regimes_to("view", request.actor)
    filters = DepartureFilter(request.GET, regimes=regimes)
    rows, listing_of = filters.narrowed(departures_of(regimes)), departures_listing(CoolingOffRule.objects.all())
    if export_format(request):
        return export(request, listing_of, rows.select_related("person"))
    listing = list_page(request, listing_of, rows, filters, shown=lambda page: page.select_related("person"))
    context = {
        "listing": listing,
        "tabs": tabs("departures"),
        "may_record": POLICY.allows(request.actor, "record"),
    }
    return render(request, "departures/departures.html", context)


@requires(POLICY, "view_list")
def departure(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One departure, with how long the person is not hired again. One of the other regime answers as absent."""
    rows = departures_of(regimes_to("view", request.actor)).select_related("person__unit")
    found = get_object_or_404(rows, pk=pk)
    may_record = POLICY.allows(request.actor, RECORD[Regime(found.regime)]) and not found.withdrawn_on
    term = term_of(found.kind, found.left_on, CoolingOffRule.objects.all())
    context = {
        "departure": found,
        "term": term,
        "runs": term is not None and term.runs_on(today()),
        "history": history_of(found, ACTIONS),
        "may_record": may_record,
        "today": today(),
        "crumbs": [HERE, (_("Recorded"), reverse("departures:departures"))],
    }
    return render(request, "departures/departure.html", context)


@requires(POLICY, "record")
def new(request: ActorRequest) -> HttpResponse:
    """Record that somebody leaves or left; `persoon` in the address fills in who that is."""
    regimes = regimes_to("record", request.actor)
    return create_page(
        request,
        NewDepartureForm(request.POST or None, regimes=regimes, initial=_known(request, regimes)),
        save=lambda key, values: operations.record_departure(
            actor=request.actor, identifier=key, person=values.pop("person"), values=values
        ),
        template=FORM,
        context={"title": _("Record a departure"), "crumbs": [HERE]},
        then=lambda saved: departure_address(saved.pk),
        done=_("The departure has been recorded."),
    )


def _known(request: ActorRequest, regimes: Sequence[str]) -> dict[str, Any]:
    """What can be filled in for the person in the address; nothing for one whom the actor does not record."""
    try:
        person = Person.objects.filter(pk=UUID(request.GET.get("persoon", ""))).first()
    except ValueError:
        return {}
    if person is None or regime_of(person) not in regimes:
        return {}
    return {"person": person.personnel_number, "left_on": max(last_days_of(person), default=None)}


@requires(POLICY, "record")
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record what was done since, or correct it."""
    found = get_object_or_404(_recorded(request), pk=pk)
    if back := back_when_withdrawn(request, found, departure_address(pk)):
        return back
    return change_page(
        request,
        DepartureForm,
        found,
        save=lambda version, values: operations.change_departure(
            actor=request.actor, departure=found, expected_version=version, values=values
        ),
        template=FORM,
        context={"title": found.person.full_name, "crumbs": [HERE, (str(found), departure_address(pk))]},
        then=lambda saved: departure_address(saved.pk),
        done=_("The departure has been saved."),
    )


@requires(POLICY, "record")
def withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take back what was recorded by mistake."""
    found = get_object_or_404(_recorded(request), pk=pk)
    return withdraw_page(
        request,
        found,
        save=lambda version, reason: operations.withdraw(
            actor=request.actor, departure=found, expected_version=version, reason=reason
        ),
        address=departure_address(pk),
        crumbs=[HERE, (str(found), departure_address(pk))],
    )


def _recorded(request: ActorRequest) -> Any:
    return departures_of(regimes_to("record", request.actor)).select_related("person")


@requires(POLICY, "view_list")
def hire(request: ActorRequest) -> HttpResponse:
    """Whether somebody who left may be hired again: search a name, and read until when the term runs."""
    regimes, form = regimes_to("view", request.actor), HireForm(request.GET)
    words = form.words()
    answers = may_hire(words, regimes, today()) if words else []
    context = {
        "form": form,
        "words": words,
        "answers": answers,
        "there_may_be_more": len(answers) == MOST_FOUND,
        "of_officials": Regime.OFFICIALS in regimes,
        "of_office_holders": Regime.OFFICE_HOLDERS in regimes,
        "tabs": tabs("hire"),
    }
    return render(request, "departures/hire.html", context)
