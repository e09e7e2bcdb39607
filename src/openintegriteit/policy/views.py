"""Pages about regulations and policy plans."""

from functools import partial
from itertools import groupby
from uuid import UUID

from django import forms
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
    NewPlanForm,
    NewRegulationForm,
    ObligationFilter,
    PlanForm,
    RegulationFilter,
    RegulationForm,
    VersionForm,
)
from openintegriteit.policy.listings import OBLIGATION_HEADS, PLANS, REGULATIONS, obligation_cells
from openintegriteit.policy.models import PolicyPlan, Regulation, RegulationVersion
from openintegriteit.policy.obligations import obligations_of
from openintegriteit.policy.permissions import POLICY
from openintegriteit.policy.queries import plan_address, regulation_address, versions_of, with_version_in_force
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import as_file, export, export_format, list_page

REGULATIONS_CRUMB = (_("Regulations and codes"), reverse_lazy("policy:regulations"))
PLANS_CRUMB = (_("Policy plans"), reverse_lazy("policy:plans"))
ACTIONS = {
    "regulation.created": _("Regulation added"),
    "regulation.changed": _("Regulation changed"),
    "regulation.version_added": _("Version added"),
    "policyplan.created": _("Policy plan added"),
    "policyplan.changed": _("Policy plan changed"),
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


@requires(POLICY, "view")
def plans(request: ActorRequest) -> HttpResponseBase:
    """The list of policy plans, as a page or a file."""
    rows = PolicyPlan.objects.all()
    if export_format(request):
        return export(request, PLANS, rows)
    context = {
        "listing": list_page(request, PLANS, rows, forms.Form(request.GET)),
        "may_change": POLICY.allows(request.actor, "change"),
    }
    return render(request, "policy/plans.html", context)


@requires(POLICY, "view")
def plan(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One policy plan with its history."""
    found = get_object_or_404(PolicyPlan, pk=pk)
    context = {
        "plan": found,
        "chapters": [line for line in found.chapters.splitlines() if line.strip()],
        "history": history_of(found, ACTIONS),
        "crumbs": [PLANS_CRUMB],
        "may_change": POLICY.allows(request.actor, "change"),
    }
    return render(request, "policy/plan.html", context)


@requires(POLICY, "change")
def plan_new(request: ActorRequest) -> HttpResponse:
    """Add a policy plan."""
    return create_page(
        request,
        NewPlanForm(request.POST or None),
        save=lambda key, values: operations.create_plan(actor=request.actor, identifier=key, values=values),
        template="policy/plan_form.html",
        context={"title": _("Which policy plan is it?"), "crumbs": [PLANS_CRUMB]},
        then=lambda saved: plan_address(saved.pk),
        done=_("The policy plan has been added."),
    )


@requires(POLICY, "change")
def plan_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change a policy plan."""
    found = get_object_or_404(PolicyPlan, pk=pk)
    name = found.title
    change = partial(operations.change_plan, actor=request.actor, plan=found)
    return change_page(
        request,
        PlanForm,
        found,
        save=lambda version, values: change(expected_version=version, values=values),
        template="policy/plan_form.html",
        context={"title": _("Change this policy plan"), "crumbs": [PLANS_CRUMB, (name, plan_address(pk))]},
        then=lambda saved: plan_address(saved.pk),
        done=_("The policy plan has been saved."),
    )
