"""Pages about findings."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.event_log.changes import history_of
from openintegriteit.programme import operations
from openintegriteit.programme.forms_findings import FindingFilter, FindingForm, NewFindingForm
from openintegriteit.programme.listings import FINDINGS
from openintegriteit.programme.models import Finding
from openintegriteit.programme.permissions import POLICY
from openintegriteit.programme.queries import finding_address
from openintegriteit.programme.rules import seems_resolved
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import export, export_format, list_page

CRUMB = (_("Findings"), reverse_lazy("programme:findings"))
ACTIONS = {
    "finding.created": _("Finding added"),
    "finding.changed": _("Finding changed"),
}


@requires(POLICY, "view")
def findings(request: ActorRequest) -> HttpResponseBase:
    """The list of findings, as a page or a file."""
    filters = FindingFilter(request.GET)
    rows = filters.narrowed(Finding.objects.all())
    if export_format(request):
        return export(request, FINDINGS, rows)
    listing = list_page(request, FINDINGS, rows.prefetch_related("measures"), filters)
    return render(
        request,
        "programme/findings.html",
        {"listing": listing, "today": today(), "may_change": POLICY.allows(request.actor, "change")},
    )


@requires(POLICY, "view")
def finding(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One finding with the measures that answer it and its history."""
    found = get_object_or_404(Finding, pk=pk)
    measures = list(found.measures.order_by("number"))
    context = {
        "finding": found,
        "measures": measures,
        "seems_resolved": seems_resolved(found.status, [measure.status for measure in measures]),
        "crumbs": [CRUMB],
        "history": history_of(found, ACTIONS),
        "today": today(),
        "may_change": POLICY.allows(request.actor, "change"),
    }
    return render(request, "programme/finding.html", context)


@requires(POLICY, "change")
def finding_new(request: ActorRequest) -> HttpResponse:
    """Add a finding."""
    return create_page(
        request,
        NewFindingForm(request.POST or None),
        save=lambda key, values: operations.create_finding(actor=request.actor, identifier=key, values=values),
        template="programme/finding_form.html",
        context={"title": _("What was found?"), "crumbs": [CRUMB]},
        then=lambda saved: finding_address(saved.pk),
        done=_("The finding has been added."),
    )


@requires(POLICY, "change")
def finding_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change a finding."""
    found = get_object_or_404(Finding, pk=pk)
    name = str(found)
    change = partial(operations.change_finding, actor=request.actor, finding=found)
    return change_page(
        request,
        FindingForm,
        found,
        save=lambda version, values: change(expected_version=version, values=values),
        template="programme/finding_form.html",
        context={
            "title": _("Change finding %(number)d") % {"number": found.number},
            "crumbs": [CRUMB, (name, finding_address(pk))],
        },
        then=lambda saved: finding_address(saved.pk),
        done=_("The finding has been saved."),
    )
