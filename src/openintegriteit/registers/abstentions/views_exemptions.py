"""Exemptions from prohibited acts: the list, one of them, recording and changing."""

from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import history_of
from openintegriteit.organisations.models import Person
from openintegriteit.registers.abstentions import exempting
from openintegriteit.registers.abstentions.forms import ExemptionFilter, ExemptionForm, NewExemptionForm
from openintegriteit.registers.abstentions.law import law_of
from openintegriteit.registers.abstentions.listings import EXEMPTIONS
from openintegriteit.registers.abstentions.permissions import POLICY
from openintegriteit.registers.abstentions.queries import exemption_address, exemptions_to, may_keep, may_record
from openintegriteit.registers.abstentions.views import FORM, tabs
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import export, export_format, list_page

LIST = (_("Exemptions"), reverse_lazy("abstentions:exemptions"))
ACTIONS = {"exemption.recorded": _("Exemption recorded"), "exemption.changed": _("Exemption changed")}


@requires(POLICY, "view_exemptions")
def exemptions(request: ActorRequest) -> HttpResponseBase:
    """The exemptions that the reader may see, as a page or a file."""
    filters = ExemptionFilter(request.GET)
    rows = filters.narrowed(exemptions_to("view", request.actor))
    if export_format(request):
        return export(request, EXEMPTIONS, rows.select_related("person"))
    law = law_of(request.organisation.kind)
    context = {
        "listing": list_page(request, EXEMPTIONS, rows, filters, shown=lambda page: page.select_related("person")),
        "tabs": tabs(request.actor, "exemptions"),
        "may_keep": POLICY.allows(request.actor, "keep_exemptions"),
        "articles": list(dict.fromkeys(row.article for row in (*law.exemptions.values(), law.stands_in) if row)),
        "today": today(),
    }
    return render(request, "abstentions/exemptions.html", context)


@requires(POLICY, "view_exemptions")
def exemption(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One exemption. One that the reader may not see answers as absent."""
    found = get_object_or_404(exemptions_to("view", request.actor).select_related("person"), pk=pk)
    context = {
        "exemption": found,
        "is_over": found.holds_until is not None and found.holds_until < today(),
        "may_change": may_keep(request.actor, found.person),
        "history": history_of(found, ACTIONS),
        "crumbs": [LIST],
    }
    return render(request, "abstentions/exemption.html", context)


@requires(POLICY, "keep_exemptions")
def new(request: ActorRequest) -> HttpResponse:
    """Record an exemption that was granted; the address can tell already for whom and from which act."""
    known = {
        "act": request.GET.get("handeling", ""),
        "person": _number_of(request.actor, request.GET.get("persoon", "")),
    }
    law = law_of(request.organisation.kind)
    return create_page(
        request,
        NewExemptionForm(request.POST or None, law=law, actor=request.actor, initial=known),
        save=lambda key, values: exempting.record_exemption(
            actor=request.actor,
            identifier=key,
            person=values["person"],
            values={name: value for name, value in values.items() if name != "person"},
        ),
        template=FORM,
        context={
            "title": _("Which exemption was granted?"),
            "lead": _("Only from contracts with the organisation an exemption can be granted, never from other acts."),
            "crumbs": [LIST],
        },
        then=lambda saved: exemption_address(saved.pk),
        done=_("The exemption has been recorded."),
    )


def _number_of(actor: Actor, key: str) -> str:
    """The personnel number of somebody whose exemptions the actor records; empty for others."""
    try:
        person = Person.objects.filter(pk=UUID(key)).first()
    except ValueError:
        return ""
    return person.personnel_number if person and may_record(actor, person) else ""


@requires(POLICY, "keep_exemptions")
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change or end an exemption."""
    found = get_object_or_404(exemptions_to("keep", request.actor).select_related("person"), pk=pk)
    if not may_keep(request.actor, found.person):
        raise PermissionDenied
    form: Any = partial(ExemptionForm, law=law_of(request.organisation.kind))
    return change_page(
        request,
        form,
        found,
        save=lambda version, values: exempting.change_exemption(
            actor=request.actor, exemption=found, expected_version=version, values=values
        ),
        template=FORM,
        context={
            "title": _("Change the exemption"),
            "lead": str(found),
            "crumbs": [LIST, (found.person.full_name, exemption_address(pk))],
        },
        then=lambda saved: exemption_address(saved.pk),
        done=_("The exemption has been changed."),
    )
