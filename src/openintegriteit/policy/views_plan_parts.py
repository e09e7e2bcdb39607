"""Pages about the goals, roles and means of a policy plan: adding, changing and taking out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.policy import operations_plans as operations
from openintegriteit.policy.forms_plans import (
    GoalForm,
    MeansForm,
    NewGoalForm,
    NewMeansForm,
    NewRoleForm,
    RoleForm,
)
from openintegriteit.policy.models import PlanGoal, PlanMeans, PlanRole, PolicyPlan
from openintegriteit.policy.permissions import POLICY
from openintegriteit.policy.queries import plan_address
from openintegriteit.policy.views_plans import CRUMB, adopted_page
from openintegriteit.ui.editing import change_page, create_page


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of part: its model, its forms, and what its pages say."""

    model: Any
    new_form: type[forms.ModelForm[Any]]
    form: type[forms.ModelForm[Any]]
    which: Any
    change: Any
    remove: Any


# By the word in the address.
KINDS: Mapping[str, Kind] = {
    "doel": Kind(PlanGoal, NewGoalForm, GoalForm, _("Which goal?"), _("Change this goal"), _("Take this goal out")),
    "rol": Kind(PlanRole, NewRoleForm, RoleForm, _("Which role?"), _("Change this role"), _("Take this role out")),
    "middelen": Kind(
        PlanMeans, NewMeansForm, MeansForm, _("Which means?"), _("Change these means"), _("Take these means out")
    ),
}


@requires(POLICY, "change")
def part_new(request: ActorRequest, pk: UUID, kind: str) -> HttpResponse:
    """Add a goal, role or means to a version that is still being written."""
    plan, meant = get_object_or_404(PolicyPlan, pk=pk), _kind(kind)
    form = meant.new_form(request.POST or None)
    if plan.settled_at is not None:
        return adopted_page(request, plan, form)
    add = partial(operations.add_part, actor=request.actor, plan=plan, model=meant.model)
    try:
        return create_page(
            request,
            form,
            save=lambda key, values: add(identifier=key, values=values),
            template="policy/plan_part_form.html",
            context={"title": meant.which, "crumbs": _crumbs(plan)},
            then=lambda saved: f"{plan_address(pk)}#{kind}",
            done=_("It has been added to the plan."),
        )
    except operations.PlanIsAdopted:
        return adopted_page(request, plan, form)


@requires(POLICY, "change")
def part_edit(request: ActorRequest, kind: str, pk: UUID) -> HttpResponse:
    """Change a goal, role or means of a version that is still being written."""
    meant = _kind(kind)
    part = get_object_or_404(meant.model.objects.select_related("plan"), pk=pk)
    plan = part.plan
    if plan.settled_at is not None:
        return adopted_page(request, plan, meant.form(request.POST or None, instance=part))
    change = partial(operations.change_part, actor=request.actor, part=part)
    try:
        return change_page(
            request,
            meant.form,
            part,
            save=lambda version, values: change(expected_version=version, values=values),
            template="policy/plan_part_form.html",
            context={
                "title": meant.change,
                "crumbs": _crumbs(plan),
                "kind": kind,
                "part": part,
                "remove": meant.remove,
            },
            then=lambda saved: f"{plan_address(plan.pk)}#{kind}",
            done=_("It has been saved."),
        )
    except operations.PlanIsAdopted:
        return adopted_page(request, plan, meant.form(request.POST, instance=part))


@require_POST
@requires(POLICY, "change")
def part_remove(request: ActorRequest, kind: str, pk: UUID) -> HttpResponse:
    """Take a goal, role or means out of a version that is still being written."""
    part = get_object_or_404(_kind(kind).model.objects.select_related("plan"), pk=pk)
    address = plan_address(part.plan_id)
    try:
        operations.remove_part(actor=request.actor, part=part)
    except operations.PlanIsAdopted:
        return adopted_page(request, part.plan, forms.Form())
    except operations.GoalIsCarried:
        messages.info(request, _("Measures carry this goal. Give them another goal first; then you can take it out."))
        return redirect(f"{address}#{kind}")
    messages.success(request, _("It has been taken out of the plan."))
    return redirect(f"{address}#{kind}")


def _kind(word: str) -> Kind:
    if word not in KINDS:
        raise Http404
    return KINDS[word]


def _crumbs(plan: PolicyPlan) -> list[tuple[object, object]]:
    return [CRUMB, (str(plan), plan_address(plan.pk))]
