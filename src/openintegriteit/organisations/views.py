"""Pages about people: the list, one person, and changing what is known of them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.locking import StaleRecord
from openintegriteit.event_log.changes import history_of
from openintegriteit.organisations.forms import (
    AppointmentForm,
    LastDayForm,
    MandateForm,
    NewPersonForm,
    PeopleFilter,
    PersonForm,
)
from openintegriteit.organisations.lists import PEOPLE
from openintegriteit.organisations.models import Appointment, Mandate, Person
from openintegriteit.organisations.operations import (
    appoint,
    change_person,
    create_person,
    end_holding,
    end_person,
    give_mandate,
    log_reading,
)
from openintegriteit.organisations.permissions import POLICY
from openintegriteit.organisations.queries import listed, person_page
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import export, export_format, list_page

ACTIONS: dict[str, str | Promise] = {
    "person.created": _("Person added"),
    "person.changed": _("Details changed"),
    "person.ended": _("Last day recorded"),
    "person.appointed": _("Position added"),
    "person.appointment_ended": _("Position ended"),
    "person.mandated": _("Office or authority added"),
    "person.mandate_ended": _("Office or authority ended"),
    "people.read": _("Page opened"),
}


@requires(POLICY, "view")
def people(request: ActorRequest) -> HttpResponseBase:
    """Everybody who works for the body or governs it, to search, sort and hand out as a file."""
    form = PeopleFilter(request.GET)
    rows = form.narrowed(Person.objects.all())
    log_reading(actor=request.actor, page="organisations.people")
    if export_format(request):
        return export(request, PEOPLE, listed(rows, today()))
    listing = list_page(request, PEOPLE, rows, form, shown=lambda people: listed(people, today()))
    context = {"listing": listing, **_permissions(request)}
    return render(request, "organisations/people.html", context)


@requires(POLICY, "view")
def person(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """One person, with positions, offices and what happened to the record."""
    try:
        page = person_page(person_id, today())
    except Person.DoesNotExist as error:
        raise Http404 from error
    log_reading(actor=request.actor, page="organisations.person", person=page.person)
    context = {
        "page": page,
        "crumbs": _crumbs(),
        "history": history_of(page.person, ACTIONS),
        "today": today(),
        **_permissions(request),
    }
    return render(request, "organisations/person.html", context)


@requires(POLICY, "change")
def person_new(request: ActorRequest) -> HttpResponse:
    """Add a person."""
    form = NewPersonForm(request.POST if request.method == "POST" else None)
    return create_page(
        request,
        form,
        save=lambda key, values: create_person(actor=request.actor, identifier=key, values=values),
        template="organisations/edit.html",
        context=_edit_context(_("Add a person")),
        then=_address,
        done=_("The person has been added."),
    )


@requires(POLICY, "change")
def person_change(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Change what is known of a person."""
    found = _person_or_404(person_id)
    log_reading(actor=request.actor, page="organisations.person_change", person=found)
    return change_page(
        request,
        PersonForm,
        found,
        save=lambda version, values: change_person(
            actor=request.actor, person=found, expected_version=version, values=values
        ),
        template="organisations/edit.html",
        context=_edit_context(_("Change the details of %(name)s") % {"name": found.full_name}, found),
        then=_address,
        done=_("The details have been saved."),
    )


@requires(POLICY, "change")
def person_end(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Record the last day of a person."""
    found = _person_or_404(person_id)
    title = _("When does %(name)s leave?") % {"name": found.full_name}
    context = _edit_context(title, found, explanation=_("Positions and offices end on the same day."))

    def save(day: Any, version: int) -> None:
        end_person(actor=request.actor, person=found, expected_version=version, last_day=day)

    return _last_day_page(request, found, found.started_on, found.version, save, context)


@requires(POLICY, "change")
def appointment_new(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Give a person a position."""
    found = _person_or_404(person_id)
    form = AppointmentForm(request.POST if request.method == "POST" else None)
    return create_page(
        request,
        form,
        save=lambda key, values: appoint(actor=request.actor, identifier=key, person=found, values=values),
        template="organisations/edit.html",
        context=_edit_context(_("Which position does %(name)s get?") % {"name": found.full_name}, found),
        then=lambda _made: _address(found),
        done=_("The position has been added."),
    )


@requires(POLICY, "change")
def mandate_new(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Record a public office or written authority of a person."""
    found = _person_or_404(person_id)
    data = request.POST if request.method == "POST" else None
    form = MandateForm(data, body_kind=request.organisation.kind, person_kind=found.kind)
    return create_page(
        request,
        form,
        save=lambda key, values: give_mandate(actor=request.actor, identifier=key, person=found, values=values),
        template="organisations/edit.html",
        context=_edit_context(_("Which office or authority does %(name)s get?") % {"name": found.full_name}, found),
        then=lambda _made: _address(found),
        done=_("The office or authority has been added."),
    )


@requires(POLICY, "change")
def appointment_end(request: ActorRequest, appointment_id: UUID) -> HttpResponse:
    """End a position."""
    holding = get_object_or_404(Appointment.objects.select_related("person", "position"), pk=appointment_id)
    title = _("When does %(name)s stop as %(position)s?")
    return _holding_end(
        request, holding, title % {"name": holding.person.full_name, "position": holding.position.title}
    )


@requires(POLICY, "change")
def mandate_end(request: ActorRequest, mandate_id: UUID) -> HttpResponse:
    """End an office or authority."""
    holding = get_object_or_404(Mandate.objects.select_related("person"), pk=mandate_id)
    title = _("When does %(name)s stop as %(position)s?")
    return _holding_end(request, holding, title % {"name": holding.person.full_name, "position": holding.office})


def _holding_end(request: ActorRequest, holding: Appointment | Mandate, title: str) -> HttpResponse:
    def save(day: Any, _version: int) -> None:
        end_holding(actor=request.actor, holding=holding, last_day=day)

    context = _edit_context(title, holding.person)
    return _last_day_page(request, holding.person, holding.started_on, holding.person.version, save, context)


def _last_day_page(
    request: HttpRequest,
    found: Person,
    started_on: Any,
    version: int,
    save: Callable[[Any, int], None],
    context: dict[str, Any],
) -> HttpResponse:
    """Ask for a last day and save it; a record that changed meanwhile is shown again with its new version (409)."""
    initial = {"version": version, "last_day": today()}
    form = LastDayForm(request.POST or None, started_on=started_on, initial=initial)
    if request.method != "POST":
        return render(request, "organisations/edit.html", {**context, "form": form})
    if not form.is_valid():
        return render(request, "organisations/edit.html", {**context, "form": form}, status=422)
    try:
        save(form.cleaned_data["last_day"], form.cleaned_data["version"])
    except StaleRecord:
        messages.warning(request, _("Somebody else has changed this person meanwhile. Look first, then try again."))
        return redirect(_address(found))
    messages.success(request, _("The last day has been recorded."))
    return redirect(_address(found))


def _person_or_404(person_id: UUID) -> Person:
    found: Person = get_object_or_404(Person.objects.select_related("unit", "manager"), pk=person_id)
    return found


def _address(found: Person) -> str:
    return reverse("organisations:person", args=[found.pk])


def _edit_context(title: str | Promise, of: Person | None = None, explanation: str | Promise = "") -> dict[str, Any]:
    own = [(of.full_name, _address(of))] if of else []
    return {"title": title, "crumbs": [*_crumbs(), *own], "explanation": explanation}


def _crumbs() -> list[tuple[str | Promise, str]]:
    return [(_("People"), reverse("organisations:people"))]


def _permissions(request: ActorRequest) -> dict[str, bool]:
    return {
        "may_change": POLICY.allows(request.actor, "change"),
        "may_import": POLICY.allows(request.actor, "import_people"),
    }
