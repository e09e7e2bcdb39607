"""Pages about policy plans: the list, one version with what is done for its goals, writing it and adopting it."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.contracts import Carrier
from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import history_of
from openintegriteit.policy import operations_plans as operations
from openintegriteit.policy.forms_plans import AdoptForm, NewPlanForm, PlanForm
from openintegriteit.policy.listings import PLANS
from openintegriteit.policy.models import PolicyPlan
from openintegriteit.policy.permissions import POLICY
from openintegriteit.policy.plans import (
    PlanContent,
    PlanVersion,
    changes_between,
    content_of,
    goals_by_pillar,
    versions_of_plan,
)
from openintegriteit.policy.queries import plan_address
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import export, export_format, list_page

# What is done for goals, by their root; None for who may not see that.
type CarriedBy = Callable[[Actor, Collection[UUID]], Mapping[UUID, list[Carrier]] | None]

CRUMB = (_("Policy plans"), reverse_lazy("policy:plans"))
ADOPTED = _("This version was adopted, so it stays as it is. Begin the next version, and write there what changes.")
ACTIONS = {
    "policyplan.created": _("Policy plan added"),
    "policyplan.changed": _("Policy plan changed"),
    "policyplan.adopted": _("Policy plan adopted"),
    "policyplan.next_begun": _("Next version begun"),
}


@requires(POLICY, "view")
def plans(request: ActorRequest) -> HttpResponseBase:
    """The list of policy plans with their versions, as a page or a file."""
    rows = PolicyPlan.objects.with_replaced()
    if export_format(request):
        return export(request, PLANS, rows)
    context = {
        "listing": list_page(request, PLANS, rows, forms.Form(request.GET)),
        "may_change": POLICY.allows(request.actor, "change"),
    }
    return render(request, "policy/plans.html", context)


@requires(POLICY, "view")
def plan(request: ActorRequest, pk: UUID, carried_by: CarriedBy) -> HttpResponse:
    """One version with all that stands in it, the measures that carry its goals, and what changed since the last."""
    found = get_object_or_404(PolicyPlan.objects.select_related("follows"), pk=pk)
    content, versions = content_of(found), versions_of_plan(found)
    carriers = carried_by(request.actor, [goal.root for goal in content.goals])
    context = {
        "plan": found,
        "content": content,
        "pillars": [
            (pillar, [(goal, carriers.get(goal.root, []) if carriers is not None else None) for goal in goals])
            for pillar, goals in goals_by_pillar(content.goals)
        ],
        "shows_measures": carriers is not None,
        "without_measure": sum(1 for goal in content.goals if not (carriers or {}).get(goal.root)),
        "chapters": [line for line in found.chapters.splitlines() if line.strip()],
        "versions": versions,
        "state": next(version.state for version in versions if version.plan.pk == pk),
        "holding": _holding(versions, pk),
        "changes": changes_between(content_of(found.follows), content) if found.follows else (),
        "has_next": versions[0].plan.pk != pk,
        "history": history_of(found, ACTIONS),
        "crumbs": [CRUMB],
        "may_change": POLICY.allows(request.actor, "change"),
        "today": today(),
    }
    return render(request, "policy/plan.html", context)


def _holding(versions: list[PlanVersion], shown: UUID) -> PolicyPlan | None:
    """The version that holds, unless it is the one on the page."""
    return next((version.plan for version in versions if version.state == "holds" and version.plan.pk != shown), None)


@requires(POLICY, "change")
def plan_new(request: ActorRequest) -> HttpResponse:
    """Begin a policy plan."""
    return create_page(
        request,
        NewPlanForm(request.POST or None),
        save=lambda key, values: operations.create_plan(actor=request.actor, identifier=key, values=values),
        template="policy/plan_form.html",
        context={"title": _("Which policy plan is it?"), "crumbs": [CRUMB]},
        then=lambda saved: plan_address(saved.pk),
        done=_("The policy plan has been added. Add its goals now."),
    )


@requires(POLICY, "change")
def plan_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change the texts of a version that is still being written."""
    found = get_object_or_404(PolicyPlan, pk=pk)
    if found.settled_at is not None:
        return adopted_page(request, found, PlanForm(request.POST or None, instance=found))
    name, change = str(found), partial(operations.change_plan, actor=request.actor, plan=found)
    try:
        return change_page(
            request,
            PlanForm,
            found,
            save=lambda version, values: change(expected_version=version, values=values),
            template="policy/plan_form.html",
            context={"title": _("Change this policy plan"), "crumbs": [CRUMB, (name, plan_address(pk))]},
            then=lambda saved: plan_address(saved.pk),
            done=_("The policy plan has been saved."),
        )
    except operations.PlanIsAdopted:
        return adopted_page(request, found, PlanForm(request.POST, instance=found))


def adopted_page(request: HttpRequest, plan: PolicyPlan, form: forms.BaseForm) -> HttpResponse:
    """Tell that a version stays as it is. What was typed for it is shown, so that it is not lost (409)."""
    if request.method != "POST":
        messages.info(request, ADOPTED)
        return redirect(plan_address(plan.pk))
    typed = [(form[name].label, form[name].value()) for name in form.fields if not form[name].is_hidden]
    context = {"plan": plan, "typed": typed, "told": ADOPTED, "crumbs": [CRUMB, (str(plan), plan_address(plan.pk))]}
    return render(request, "policy/plan_adopted.html", context, status=409)


@requires(POLICY, "change")
def plan_adopt(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record which body adopted this version, and when; from then on it stays as it is."""
    found = get_object_or_404(PolicyPlan.objects.select_related("follows"), pk=pk)
    content = content_of(found)
    if request.method != "POST":
        if found.settled_at is not None:
            return adopted_page(request, found, forms.Form())
        return _adopt_page(request, content, _adopt_form(content))
    form = AdoptForm(request.POST, plan=found)
    if not form.is_valid():
        return _adopt_page(request, content, form, status=422)
    try:
        operations.adopt_plan(actor=request.actor, plan=found, **form.cleaned_data)
    except StaleRecord:
        told = gettext("Somebody changed the plan while you were looking. Look once more before you record it.")
        again = _adopt_form(content, form.cleaned_data)
        return _adopt_page(request, content, again, told=told, status=409)
    except operations.PlanIsAdopted:
        return adopted_page(request, found, form)
    messages.success(request, _("It has been recorded that the plan was adopted. This version stays as it is."))
    return redirect(plan_address(pk))


def _adopt_form(content: PlanContent, typed: Mapping[str, object] | None = None) -> AdoptForm:
    known = {"adopted_by": content.plan.adopted_by, "adopted_on": content.plan.adopted_on}
    return AdoptForm(initial={**known, **(typed or {}), "seen": content.mark}, plan=content.plan)


def _adopt_page(
    request: HttpRequest,
    content: PlanContent,
    form: AdoptForm,
    *,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    plan = content.plan
    context = {"plan": plan, "content": content, "form": form, "told": told}
    context["crumbs"] = [CRUMB, (str(plan), plan_address(plan.pk))]
    return render(request, "policy/plan_adopt.html", context, status=status)


@require_POST
@requires(POLICY, "change")
def plan_next(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Begin the next version as a copy of this one; where it was begun already, go there."""
    found = get_object_or_404(PolicyPlan, pk=pk)
    try:
        following = operations.start_next_version(actor=request.actor, plan=found)
    except operations.PlanIsNotAdopted:
        messages.info(request, _("First record that this version was adopted. Until then you can change it itself."))
        return redirect(plan_address(pk))
    messages.success(request, _("The next version is there, as a copy. It holds once it has been adopted."))
    return redirect(plan_address(following.pk))
