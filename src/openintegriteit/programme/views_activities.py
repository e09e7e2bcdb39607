"""Pages about activities."""

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
from openintegriteit.policy.pillars import pillar_named
from openintegriteit.programme import operations
from openintegriteit.programme.forms_activities import ActivityFilter, ActivityForm, AnswerForm, NewActivityForm
from openintegriteit.programme.listings import ACTIVITIES
from openintegriteit.programme.models import Activity
from openintegriteit.programme.permissions import POLICY
from openintegriteit.programme.queries import activity_address
from openintegriteit.programme.rules import awaits_answer
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import export, export_format, list_page

CRUMB = (_("Activities"), reverse_lazy("programme:activities"))
ACTIONS = {
    "activity.created": _("Activity added"),
    "activity.changed": _("Activity changed"),
}


@requires(POLICY, "view")
def activities(request: ActorRequest) -> HttpResponseBase:
    """The list of activities, as a page or a file."""
    filters = ActivityFilter(request.GET)
    rows = filters.narrowed(Activity.objects.select_related("measure"))
    if export_format(request):
        return export(request, ACTIVITIES, rows)
    listing = list_page(request, ACTIVITIES, rows, filters)
    return render(
        request,
        "programme/activities.html",
        {"listing": listing, "today": today(), "may_change": POLICY.allows(request.actor, "change")},
    )


@requires(POLICY, "view")
def activity(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One activity with its measure and history."""
    found: Activity = get_object_or_404(Activity.objects.select_related("measure"), pk=pk)
    context = {
        "activity": found,
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
        NewActivityForm(request.POST or None),
        save=lambda key, values: operations.create_activity(actor=request.actor, identifier=key, values=values),
        template="programme/activity_form.html",
        context={"title": _("What is planned, or was done?"), "crumbs": [CRUMB]},
        then=lambda saved: activity_address(saved.pk),
        done=_("The activity has been added."),
    )


@requires(POLICY, "change")
def activity_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change an activity."""
    found: Activity = get_object_or_404(Activity.objects.select_related("measure"), pk=pk)
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
