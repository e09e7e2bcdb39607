"""Meetings: the list, one of them with its subjects, typing and reading in, and completing the record."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import history_of
from openintegriteit.registers.abstentions import operations
from openintegriteit.registers.abstentions.bringing_in import bring_in
from openintegriteit.registers.abstentions.forms import (
    CalledOffForm,
    ImportForm,
    MeetingFilter,
    MeetingForm,
    NewMeetingForm,
    SubjectForm,
    SubjectsForm,
    told_of_import,
)
from openintegriteit.registers.abstentions.law import law_of
from openintegriteit.registers.abstentions.listings import MEETINGS
from openintegriteit.registers.abstentions.models import Meeting, MeetingBody, Subject
from openintegriteit.registers.abstentions.permissions import POLICY, bodies_to
from openintegriteit.registers.abstentions.queries import (
    kept_meetings,
    meeting_address,
    seats_of,
    subject_lines,
    visible_meetings,
    with_counts,
)
from openintegriteit.registers.declarations.permissions import POLICY as DECLARATIONS
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import export, export_format, list_page

HERE = (_("Meetings"), reverse_lazy("abstentions:meetings"))
MINE = (_("My meetings"), reverse_lazy("abstentions:mine"))
FORM = "ui/form.html"
ACTIONS = {
    "meeting.added": _("Meeting added"),
    "meeting.called_off": _("Meeting called off"),
    "meeting.changed": _("Meeting changed"),
    "meeting.compared": _("Subjects laid beside the declarations"),
    "meeting.concluded": _("Record of who abstained completed"),
    "meeting.subjects_added": _("Subjects added to a meeting"),
}
CALLED_OFF = _("This meeting was called off, so nothing about it changes any more.")


def tabs(actor: Actor, current: str) -> list[tuple[Any, str, bool]]:
    """The parts of the register that the actor may open."""
    pages = (
        ("meetings", _("Meetings"), "view"),
        ("abstentions", _("Abstentions"), "view"),
        ("exemptions", _("Exemptions"), "view_exemptions"),
    )
    return [
        (label, reverse(f"abstentions:{name}"), name == current)
        for name, label, action in pages
        if POLICY.allows(actor, action)
    ]


def names_of(request: ActorRequest, action: str) -> dict[MeetingBody, str]:
    """Whose meetings the actor may view or keep, by the name that they have in this kind of body."""
    law = law_of(request.organisation.kind)
    return {body: gettext(law.bodies[body].name) for body in bodies_to(action, request.actor)}


@requires(POLICY, "view")
def meetings(request: ActorRequest) -> HttpResponseBase:
    """The meetings that the reader's roles show, as a page or a file."""
    filters = MeetingFilter(request.GET)
    rows = filters.narrowed(Meeting.objects.filter(body__in=bodies_to("view", request.actor)))
    if export_format(request):
        return export(request, MEETINGS, with_counts(rows))
    context = {
        "listing": list_page(request, MEETINGS, rows, filters, shown=with_counts),
        "tabs": tabs(request.actor, "meetings"),
        "may_keep": POLICY.allows(request.actor, "keep"),
        "today": today(),
    }
    return render(request, "abstentions/meetings.html", context)


@requires(POLICY, "read")
def meeting(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One meeting with its subjects, and with what the reader may see of suggestions and abstentions."""
    seats = seats_of(request.actor, request.organisation.kind, today())
    found = get_object_or_404(visible_meetings(request.actor, seats), pk=pk)
    keeps = found.body in bodies_to("keep", request.actor)
    views = found.body in bodies_to("view", request.actor)
    lines = subject_lines(found, own=seats.keys, keeps=keeps, views=views)
    law, is_over = law_of(request.organisation.kind).body(found.body), found.held_on < today()
    open_ones = found.called_off_on is None and found.concluded_on is None
    context = {
        "meeting": found,
        "who": gettext(law.name),
        "article": law.article,
        "lines": lines,
        "own_keys": seats.keys,
        "to_look_at": sum(len(line.asking) for line in lines),
        "keeps": keeps,
        "reads_declarations": DECLARATIONS.allows(request.actor, "view_office_holders"),
        "may_change": keeps and found.called_off_on is None,
        "may_call_off": keeps and open_ones,
        "may_conclude": keeps and open_ones and found.held_on <= today(),
        "may_announce": seats.person_in(found.body) is not None and open_ones and not is_over,
        "may_compare": keeps and open_ones and not is_over,
        "is_over": is_over,
        "history": history_of(found, ACTIONS) if keeps else [],
        "crumbs": [HERE if views else MINE],
    }
    return render(request, "abstentions/meeting.html", context)


@requires(POLICY, "keep")
def new(request: ActorRequest) -> HttpResponse:
    """Add a meeting with its subjects."""
    return create_page(
        request,
        NewMeetingForm(request.POST or None, bodies=names_of(request, "keep")),
        save=lambda key, values: operations.add_meeting(actor=request.actor, identifier=key, values=values),
        template=FORM,
        context={"title": _("Which meeting do you add?"), "crumbs": [HERE]},
        then=lambda saved: meeting_address(saved.pk),
        done=_("The meeting has been added."),
    )


@requires(POLICY, "keep")
def bring_in_file(request: ActorRequest) -> HttpResponse:
    """Read in meetings from a calendar or a table: all of them or nothing."""
    bodies, sent = names_of(request, "keep"), request.method == "POST"
    form = ImportForm(request.POST if sent else None, request.FILES if sent else None, bodies=bodies)
    context = {"form": form, "crumbs": [HERE]}
    if not sent:
        return render(request, "abstentions/import.html", context)
    if form.is_valid():
        told = form.cleaned_data
        try:
            done = bring_in(actor=request.actor, body=told["body"], meetings=told["file"])
        except operations.TooManySubjects:
            form.add_error("file", _("With this file a meeting would have more than 200 subjects. Nothing was added."))
        else:
            messages.success(request, told_of_import(done.added, done.moved, done.subjects))
            return redirect("abstentions:meetings")
    return render(request, "abstentions/import.html", context, status=422)


@requires(POLICY, "keep")
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change what a meeting is called or when it is."""
    found = _kept(request, pk)
    try:
        return change_page(
            request,
            MeetingForm,
            found,
            save=lambda version, values: operations.change_meeting(
                actor=request.actor, meeting=found, expected_version=version, values=values
            ),
            template=FORM,
            context={"title": _("Change the meeting"), "crumbs": _crumbs(found)},
            then=lambda saved: meeting_address(saved.pk),
            done=_("The meeting has been changed."),
        )
    except operations.MeetingOver:
        return _refused(request, found, CALLED_OFF)


@requires(POLICY, "keep")
def call_off(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say that a meeting is not held."""
    found = _kept(request, pk)
    if found.called_off_on or found.concluded_on:
        return _refused(request, found, CALLED_OFF if found.called_off_on else _("The record is complete already."))
    try:
        return change_page(
            request,
            CalledOffForm,
            found,
            save=lambda version, values: operations.call_off(
                actor=request.actor, meeting=found, expected_version=version, reason=values["called_off_because"]
            ),
            template=FORM,
            context={
                "title": _("Call off the meeting"),
                "lead": _("Nobody is asked to look at its subjects any more."),
                "crumbs": _crumbs(found),
            },
            then=lambda saved: meeting_address(saved.pk),
            done=_("The meeting has been called off."),
        )
    except operations.MeetingOver:
        return _refused(request, found, _("The record is complete already."))


@requires(POLICY, "keep")
def add_subjects(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Add subjects, one on each line."""
    found = _kept(request, pk)
    form = SubjectsForm(request.POST or None)
    context = {
        "form": form,
        "title": _("Which subjects do you add?"),
        "lead": str(found),
        "crumbs": _crumbs(found),
    }
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return render(request, FORM, context, status=422)
    try:
        added = operations.add_subjects(actor=request.actor, meeting=found, subjects=form.cleaned_data["subjects"])
    except operations.TooManySubjects:
        form.add_error("subjects", _("With these the meeting would have more than 200 subjects."))
        return render(request, FORM, context, status=422)
    except operations.MeetingOver:
        return _refused(request, found, CALLED_OFF)
    told = ngettext("%(number)d subject has been added.", "%(number)d subjects have been added.", added)
    messages.success(request, told % {"number": added})
    return redirect(meeting_address(pk))


@require_POST
@requires(POLICY, "keep")
def compare(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Lay the subjects beside the declarations as they are now."""
    found = _kept(request, pk)
    try:
        new_ones = operations.compare_again(actor=request.actor, meeting=found)
    except operations.MeetingOver:
        return _refused(request, found, CALLED_OFF)
    told = ngettext(
        "There is %(number)d new thing to look at.", "There are %(number)d new things to look at.", new_ones
    )
    messages.success(request, told % {"number": new_ones} if new_ones else _("There is nothing new to look at."))
    return redirect(meeting_address(pk))


@require_POST
@requires(POLICY, "keep")
def conclude(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say that everybody who abstained stands here."""
    found = _kept(request, pk)
    try:
        operations.conclude(actor=request.actor, meeting=found)
    except operations.MeetingOver:
        return _refused(request, found, _("Only of a meeting that was held you can say that the record is complete."))
    messages.success(request, _("The record of this meeting is complete."))
    return redirect(meeting_address(pk))


@requires(POLICY, "keep")
def subject(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change how a subject reads."""
    found = _kept_subject(request, pk)
    try:
        return change_page(
            request,
            SubjectForm,
            found,
            save=lambda version, values: operations.change_subject(
                actor=request.actor, subject=found, expected_version=version, values=values
            ),
            template="abstentions/subject.html",
            context={"title": _("Change the subject"), "subject": found, "crumbs": _crumbs(found.meeting)},
            then=lambda saved: meeting_address(found.meeting_id),
            done=_("The subject has been changed."),
        )
    except operations.MeetingOver:
        return _refused(request, found.meeting, CALLED_OFF)


@require_POST
@requires(POLICY, "keep")
def remove_subject(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take away a subject that is not on the agenda."""
    found = _kept_subject(request, pk)
    try:
        operations.remove_subject(actor=request.actor, subject=found)
    except operations.MeetingOver:
        return _refused(request, found.meeting, CALLED_OFF)
    except operations.HasAbstentions:
        return _refused(request, found.meeting, _("Somebody abstained from this subject, so it stays."))
    messages.success(request, _("The subject has been taken away."))
    return redirect(meeting_address(found.meeting_id))


def _kept(request: ActorRequest, pk: UUID) -> Meeting:
    found: Meeting = get_object_or_404(kept_meetings(request.actor), pk=pk)
    return found


def _kept_subject(request: ActorRequest, pk: UUID) -> Subject:
    rows = Subject.objects.select_related("meeting").filter(meeting__in=kept_meetings(request.actor))
    found: Subject = get_object_or_404(rows, pk=pk)
    return found


def _crumbs(found: Meeting) -> list[tuple[Any, Any]]:
    return [HERE, (str(found), meeting_address(found.pk))]


def _refused(request: ActorRequest, found: Meeting, why: Any) -> HttpResponse:
    messages.info(request, why)
    return redirect(meeting_address(found.pk))
