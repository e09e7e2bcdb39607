"""Pages about what the law asks, and about regulations."""

from functools import partial
from itertools import groupby
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.event_log.changes import history_of
from openintegriteit.organisations.models import OrganisationKind
from openintegriteit.policy import operations
from openintegriteit.policy.forms import (
    NewRegulationForm,
    ObligationFilter,
    RegulationFilter,
    RegulationForm,
    VersionForm,
)
from openintegriteit.policy.listings import OBLIGATION_HEADS, REGULATIONS, obligation_cells
from openintegriteit.policy.models import Regulation, RegulationVersion
from openintegriteit.policy.obligations import obligations_of
from openintegriteit.policy.permissions import POLICY
from openintegriteit.policy.queries import regulation_address, versions_of, with_version_in_force
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import as_file, export, export_format, list_page

REGULATIONS_CRUMB = (_("Regulations and codes"), reverse_lazy("policy:regulations"))
ACTIONS = {
    "regulation.created": _("Regulation added"),
    "regulation.changed": _("Regulation changed"),
    "regulation.version_added": _("Version added"),
}


@requires(POLICY, "view")
def obligations(request: ActorRequest) -> HttpResponseBase:
    """What the law asks of this kind of body, law by law, as a page or a file."""
    form = ObligationFilter(request.GET, obligations_of(request.organisation.kind))
    found = form.narrowed()
    if export_format(request):
        return as_file(request, "wat-de-wet-vraagt", OBLIGATION_HEADS, map(obligation_cells, found))
    context = {
        "laws": [(law, list(rows)) for law, rows in groupby(found, key=lambda obligation: obligation.law)],
        "number": len(found),
        "filters": form,
        "active": sum(1 for name in form.fields if request.GET.get(name)),
        "without_offices": request.organisation.kind == OrganisationKind.JOINT_BODY,
    }
    return render(request, "policy/obligations.html", context)


@requires(POLICY, "view")
def regulations(request: ActorRequest) -> HttpResponseBase:
    """The list of regulations, as a page or a file."""
    filters = RegulationFilter(request.GET)
    rows = filters.narrowed(with_version_in_force(Regulation.objects.all(), today()))
    if export_format(request):
        return export(request, REGULATIONS, rows)
    context = {
        "listing": list_page(request, REGULATIONS, rows, filters),
        "today": today(),
        "may_change": POLICY.allows(request.actor, "change"),
    }
    return render(request, "policy/regulations.html", context)


@requires(POLICY, "view")
def regulation(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One regulation with its versions and history."""
    found = get_object_or_404(with_version_in_force(Regulation.objects.all(), today()), pk=pk)
    context = {
        "regulation": found,
        "versions": versions_of(found),
        "history": history_of(found, ACTIONS),
        "today": today(),
        "crumbs": [REGULATIONS_CRUMB],
        "may_change": POLICY.allows(request.actor, "change"),
    }
    return render(request, "policy/regulation.html", context)


@requires(POLICY, "change")
def regulation_new(request: ActorRequest) -> HttpResponse:
    """Add a regulation."""
    return create_page(
        request,
        NewRegulationForm(request.POST or None),
        save=lambda key, values: operations.create_regulation(actor=request.actor, identifier=key, values=values),
        template="policy/regulation_form.html",
        context={"title": _("Which regulation or code is it?"), "crumbs": [REGULATIONS_CRUMB]},
        then=lambda saved: regulation_address(saved.pk),
        done=_("The regulation has been added. Add its first version now."),
    )


@requires(POLICY, "change")
def regulation_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change a regulation."""
    found = get_object_or_404(Regulation, pk=pk)
    name = found.title
    change = partial(operations.change_regulation, actor=request.actor, regulation=found)
    return change_page(
        request,
        RegulationForm,
        found,
        save=lambda version, values: change(expected_version=version, values=values),
        template="policy/regulation_form.html",
        context={"title": _("Change this regulation"), "crumbs": [REGULATIONS_CRUMB, (name, regulation_address(pk))]},
        then=lambda saved: regulation_address(saved.pk),
        done=_("The regulation has been saved."),
    )


@requires(POLICY, "change")
def version_new(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Add a version of a regulation."""
    found = get_object_or_404(Regulation, pk=pk)
    add = partial(operations.add_version, actor=request.actor, regulation=found)
    next_label = str(RegulationVersion.objects.filter(regulation=found).count() + 1)
    form = VersionForm(
        request.POST or None, instance=RegulationVersion(regulation=found), initial={"label": next_label}
    )
    return create_page(
        request,
        form,
        save=lambda key, values: add(identifier=key, values=values),
        template="policy/version_form.html",
        context={"title": _("Which version was adopted?"), "crumbs": _crumbs_of(found)},
        then=lambda saved: regulation_address(pk),
        done=_("The version has been added."),
    )


def _crumbs_of(found: Regulation) -> list[tuple[object, object]]:
    return [REGULATIONS_CRUMB, (found.title, regulation_address(found.pk))]
