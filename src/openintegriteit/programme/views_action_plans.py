"""Pages about the action plans in which measures stand."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.event_log.changes import history_of
from openintegriteit.programme import operations
from openintegriteit.programme.forms_action_plans import ActionPlanForm, NewActionPlanForm
from openintegriteit.programme.models import ActionPlan
from openintegriteit.programme.permissions import POLICY
from openintegriteit.programme.queries import plans_with_counts
from openintegriteit.programme.views_measures import CRUMB
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.tables import Column, headers

PLANS_CRUMB = (_("Action plans"), reverse_lazy("programme:action_plans"))
COLUMNS = (
    Column(_("Action plan")),
    Column(_("From")),
    Column(_("Measures"), numeric=True),
    Column(_("Still open"), numeric=True),
)
ACTIONS = {"action_plan.created": _("Action plan added"), "action_plan.changed": _("Action plan changed")}


@requires(POLICY, "view_measures")
def action_plans(request: ActorRequest) -> HttpResponse:
    """The plans, the newest first, with how many measures stand in each."""
    context = {
        "plans": plans_with_counts(),
        "headers": headers(COLUMNS, request.GET),
        "crumbs": [CRUMB],
        "may_change": POLICY.allows(request.actor, "change"),
    }
    return render(request, "programme/action_plans.html", context)


@requires(POLICY, "change")
def action_plan_new(request: ActorRequest) -> HttpResponse:
    """Begin an action plan."""
    return create_page(
        request,
        NewActionPlanForm(request.POST or None),
        save=lambda key, values: operations.create_action_plan(actor=request.actor, identifier=key, values=values),
        template="programme/action_plan_form.html",
        context={"title": _("Which action plan begins?"), "crumbs": [CRUMB, PLANS_CRUMB]},
        then=lambda saved: reverse("programme:action_plans"),
        done=_("The action plan has been added."),
    )


@requires(POLICY, "change")
def action_plan_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give an action plan another title or day."""
    found = get_object_or_404(ActionPlan, pk=pk)
    change = partial(operations.change_action_plan, actor=request.actor, plan=found)
    return change_page(
        request,
        ActionPlanForm,
        found,
        save=lambda version, values: change(expected_version=version, values=values),
        template="programme/action_plan_form.html",
        context={
            "title": _("Change this action plan"),
            "crumbs": [CRUMB, PLANS_CRUMB],
            "history": history_of(found, ACTIONS),
        },
        then=lambda saved: reverse("programme:action_plans"),
        done=_("The action plan has been saved."),
    )
