"""Pages about activities."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import history_of
from openintegriteit.policy.pillars import pillar_named
from openintegriteit.programme import operations
from openintegriteit.programme.forms_activities import (
    ActivityFilter,
    ActivityForm,
    AnswerForm,
    EvaluationForm,
    NewActivityForm,
)
from openintegriteit.programme.listings import ACTIVITIES
from openintegriteit.programme.models import LOOKED_BACK_ON, Activity, ActivityKind, WorkingGroup
from openintegriteit.programme.permissions import POLICY
from openintegriteit.programme.queries import activity_address
from openintegriteit.programme.rules import awaits_answer
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import export, export_format, list_page

CRUMB = (_("Activities"), reverse_lazy("programme:activities"))
ACTIONS = {
    "activity.created": _("Activity added"),
    "activity.changed": _("Activity changed"),
    "activity.evaluated": _("Evaluation recorded"),
    "activity.repeated": _("Activity repeated"),
    "activity.material_added": _("Material added"),
    "activity.material_withdrawn": _("Material withdrawn"),
}
OF_GROUP = "werkgroep"  # in the address of a new activity: the working group that meets


@requires(POLICY, "view")
def activities(request: ActorRequest) -> HttpResponseBase:
    """The list of activities, as a page or a file."""
    filters = ActivityFilter(request.GET)
    rows = filters.narrowed(Activity.objects.all())
    if export_format(request):
        return export(request, ACTIVITIES, rows.select_related("measure", "working_group"))
    listing = list_page(request, ACTIVITIES, rows, filters, shown=lambda page: page.select_related("measure"))
    return render(
        request,
        "programme/activities.html",
        {"listing": listing, "today": today(), "may_change": POLICY.allows(request.actor, "change")},
    )


@requires(POLICY, "view")
def activity(
    request: ActorRequest, pk: UUID, more_about: Callable[[Actor, Activity], tuple[str, str] | None]
) -> HttpResponse:
    """One activity with its measure, series, material and history, and the way to who knows more about it."""
    found: Activity = get_object_or_404(Activity.objects.select_related("measure", "working_group"), pk=pk)
    context = {
        "activity": found,
        "more": more_about(request.actor, found),
        "material": found.material.all(),
        "series": Activity.objects.in_series(found.series),
        "evaluable": found.is_evaluated or found.status in LOOKED_BACK_ON,
        "pillar": pillar_named(found.pillar),
        "crumbs": [CRUMB],
        "history": history_of(found, ACTIONS),
        "may_change": POLICY.allows(request.actor, "change"),
        "unanswered": awaits_answer(status=found.status, starts_on=found.starts_on, ends_on=found.ends_on, day=today()),
        "answer_form": AnswerForm(instance=found, initial={"version": found.version}),
    }
    return render(request, "programme/activity.html", context)


@requires(POLICY, "change")
def activity_new(request: ActorRequest) -> HttpResponse:
    """Add an activity."""
    return create_page(
        request,
        NewActivityForm(request.POST or None, initial=_meeting_of(request)),
        save=lambda key, values: operations.create_activity(actor=request.actor, identifier=key, values=values),
        template="programme/activity_form.html",
        context={"title": _("What is planned, or was done?"), "crumbs": [CRUMB]},
        then=lambda saved: activity_address(saved.pk),
        done=_("The activity has been added."),
    )


def _meeting_of(request: ActorRequest) -> dict[str, Any]:
    """What is known of a new activity that is a meeting of the working group in the address."""
    try:
        group = WorkingGroup.objects.filter(pk=UUID(request.GET.get(OF_GROUP, ""))).first()
    except ValueError:
        return {}
    return {"working_group": group, "kind": ActivityKind.MEETING, "theme": group.name} if group else {}


@requires(POLICY, "change")
def activity_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change an activity."""
    found: Activity = get_object_or_404(Activity.objects.select_related("measure", "working_group"), pk=pk)
    name = str(found)
    change = partial(operations.change_activity, actor=request.actor, activity=found)
    return change_page(
        request,
        ActivityForm,
        found,
        save=lambda version, values: change(expected_version=version, values=values),
        template="programme/activity_form.html",
        context={"title": _("Change this activity"), "crumbs": [CRUMB, (name, activity_address(pk))]},
        then=lambda saved: activity_address(saved.pk),
        done=_("The activity has been saved."),
    )


@requires(POLICY, "change")
def activity_answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Tell only whether an activity was held or called off."""
    found: Activity = get_object_or_404(Activity, pk=pk)
    name = str(found)
    change = partial(operations.change_activity, actor=request.actor, activity=found)
    return change_page(
        request,
        AnswerForm,
        found,
        save=lambda version, values: change(expected_version=version, values=values),
        template="programme/activity_answer.html",
        context={"title": _("Was this held?"), "crumbs": [CRUMB, (name, activity_address(pk))]},
        then=lambda saved: activity_address(saved.pk),
        done=_("The activity has been saved."),
    )


@requires(POLICY, "change")
def activity_evaluate(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Tell how people looked back on an activity."""
    found: Activity = get_object_or_404(Activity, pk=pk)
    name = str(found)
    evaluate = partial(operations.evaluate_activity, actor=request.actor, activity=found)
    return change_page(
        request,
        EvaluationForm,
        found,
        save=lambda version, values: evaluate(expected_version=version, values=values),
        template="programme/activity_evaluate.html",
        context={"title": _("How did people look back on it?"), "crumbs": [CRUMB, (name, activity_address(pk))]},
        then=lambda saved: f"{activity_address(saved.pk)}#evaluatie",
        done=_("The evaluation has been saved."),
    )
