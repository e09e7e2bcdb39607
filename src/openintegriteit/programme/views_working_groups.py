"""Pages about working groups, their members and how they look back on a year."""

from functools import partial
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.event_log.changes import history_of
from openintegriteit.programme import working_groups as operations
from openintegriteit.programme.forms_working_groups import (
    GroupEvaluationForm,
    GroupForm,
    MemberForm,
    NewGroupEvaluationForm,
    NewGroupForm,
    NewMemberForm,
)
from openintegriteit.programme.models import GroupEvaluation, GroupMember, WorkingGroup
from openintegriteit.programme.permissions import POLICY
from openintegriteit.programme.queries import group_address, meetings_per_year
from openintegriteit.ui.editing import change_page, create_page

CRUMB = (_("Working groups"), reverse_lazy("programme:working_groups"))
ACTIONS = {
    "working_group.created": _("Working group added"),
    "working_group.changed": _("Working group changed"),
}
NEWEST = 12  # activities on the page of a group; the list has the others


@requires(POLICY, "view")
def groups(request: ActorRequest) -> HttpResponse:
    """The working groups, with how many people are in them."""
    sitting = Q(members__until=None) | Q(members__until__gte=today())
    rows = WorkingGroup.objects.annotate(sitting=Count("members", filter=sitting))
    context = {"groups": rows, "today": today(), "may_change": POLICY.allows(request.actor, "change")}
    return render(request, "programme/working_groups.html", context)


@requires(POLICY, "view")
def group(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One working group with its members, activities and evaluations."""
    found: WorkingGroup = get_object_or_404(WorkingGroup, pk=pk)
    members = list(found.members.all())
    sitting = [member for member in members if member.until is None or member.until >= today()]
    activities = list(found.activities.order_by("-year", "-starts_on", "title")[: NEWEST + 1])
    context = {
        "group": found,
        "sitting": sitting,
        "gone": [member for member in members if member not in sitting],
        "activities": activities[:NEWEST],
        "more": len(activities) > NEWEST,
        "meetings": meetings_per_year(found),
        "evaluations": found.evaluations.all(),
        "crumbs": [CRUMB],
        "history": history_of(found, ACTIONS),
        "may_change": POLICY.allows(request.actor, "change"),
    }
    return render(request, "programme/working_group.html", context)


@requires(POLICY, "change")
def group_new(request: ActorRequest) -> HttpResponse:
    """Add a working group."""
    return create_page(
        request,
        NewGroupForm(request.POST or None),
        save=lambda key, values: operations.create_group(actor=request.actor, identifier=key, values=values),
        template="programme/working_group_form.html",
        context={"title": _("Which group works on integrity?"), "crumbs": [CRUMB]},
        then=lambda saved: group_address(saved.pk),
        done=_("The working group has been added."),
    )


@requires(POLICY, "change")
def group_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change a working group."""
    found: WorkingGroup = get_object_or_404(WorkingGroup, pk=pk)
    name = str(found)
    change = partial(operations.change_group, actor=request.actor, group=found)
    return change_page(
        request,
        GroupForm,
        found,
        save=lambda version, values: change(expected_version=version, values=values),
        template="programme/working_group_form.html",
        context={"title": _("Change this working group"), "crumbs": [CRUMB, (name, group_address(pk))]},
        then=lambda saved: group_address(saved.pk),
        done=_("The working group has been saved."),
    )


@requires(POLICY, "change")
def member_new(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Add somebody to a working group."""
    about: WorkingGroup = get_object_or_404(WorkingGroup, pk=pk)
    add = partial(operations.add_member, actor=request.actor, group=about)
    return create_page(
        request,
        NewMemberForm(request.POST or None, instance=GroupMember(group=about)),
        save=lambda key, values: add(identifier=key, values=values),
        template="programme/working_group_form.html",
        context={"title": _("Who is in the group?"), "crumbs": [CRUMB, (str(about), group_address(pk))]},
        then=lambda saved: f"{group_address(pk)}#leden",
        done=_("The member has been added."),
    )


@requires(POLICY, "change")
def member_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change what is known of a member, or the last day in the group."""
    found: GroupMember = get_object_or_404(GroupMember.objects.select_related("group", "person"), pk=pk)
    address = group_address(found.group_id)
    change = partial(operations.change_member, actor=request.actor, member=found)
    return change_page(
        request,
        MemberForm,
        found,
        save=lambda version, values: change(expected_version=version, values=values),
        template="programme/working_group_form.html",
        context={"title": _("Change this member"), "crumbs": [CRUMB, (str(found.group), address)]},
        then=lambda saved: f"{address}#leden",
        done=_("The member has been saved."),
    )


@requires(POLICY, "change")
def evaluation_new(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Add how a working group looks back on a year."""
    about: WorkingGroup = get_object_or_404(WorkingGroup, pk=pk)
    add = partial(operations.add_evaluation, actor=request.actor, group=about)
    form = NewGroupEvaluationForm(
        request.POST or None, instance=GroupEvaluation(group=about), initial={"year": today().year}
    )
    return create_page(
        request,
        form,
        save=lambda key, values: add(identifier=key, values=values),
        template="programme/working_group_form.html",
        context={"title": _("How did the year go?"), "crumbs": [CRUMB, (str(about), group_address(pk))]},
        then=lambda saved: f"{group_address(pk)}#evaluatie",
        done=_("The evaluation has been added."),
    )


@requires(POLICY, "change")
def evaluation_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change how a working group looks back on a year."""
    found: GroupEvaluation = get_object_or_404(GroupEvaluation.objects.select_related("group"), pk=pk)
    address = group_address(found.group_id)
    change = partial(operations.change_evaluation, actor=request.actor, evaluation=found)
    return change_page(
        request,
        GroupEvaluationForm,
        found,
        save=lambda version, values: change(expected_version=version, values=values),
        template="programme/working_group_form.html",
        context={"title": _("Change this evaluation"), "crumbs": [CRUMB, (str(found.group), address)]},
        then=lambda saved: f"{address}#evaluatie",
        done=_("The evaluation has been saved."),
    )
