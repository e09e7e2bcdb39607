"""Abstentions: one's own meetings, announcing, recording, changing, withdrawing, and putting a suggestion aside."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.event_log.changes import history_of
from openintegriteit.registers.abstentions import operations
from openintegriteit.registers.abstentions.comparing import members_on
from openintegriteit.registers.abstentions.forms import (
    AbstentionFilter,
    AbstentionForm,
    AnnouncementForm,
    DismissalForm,
    NewAbstentionForm,
)
from openintegriteit.registers.abstentions.law import law_of
from openintegriteit.registers.abstentions.listings import ABSTENTIONS
from openintegriteit.registers.abstentions.models import Abstention, AbstentionState, Meeting, Subject
from openintegriteit.registers.abstentions.permissions import POLICY, bodies_to
from openintegriteit.registers.abstentions.queries import (
    abstention_address,
    kept_meetings,
    meeting_address,
    own_meetings,
    readable_abstentions,
    readable_suggestions,
    seats_of,
    visible_abstentions,
    visible_meetings,
)
from openintegriteit.registers.abstentions.views import CALLED_OFF, FORM, HERE, MINE, tabs
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import export, export_format, list_page
from openintegriteit.ui.withdrawing import back_when_withdrawn, withdraw_page

MOST_OWN = 50
ACTIONS = {
    "abstention.announced": _("Abstention announced"),
    "abstention.changed": _("Abstention changed"),
    "abstention.recorded": _("Abstention recorded"),
    "abstention.withdrawn": _("Abstention withdrawn"),
}


@requires(POLICY, "attend")
def mine(request: ActorRequest) -> HttpResponse:
    """The coming meetings in which somebody takes part, what they may want to look at, and from what they abstained."""
    seats = seats_of(request.actor, request.organisation.kind, today())
    law = law_of(request.organisation.kind)
    own = Abstention.objects.standing().filter(person__in=seats.keys)
    context = {
        "meetings": own_meetings(seats, today()),
        "abstentions": own.select_related("subject__meeting").order_by("-subject__meeting__held_on", "id")[:MOST_OWN],
        "seats": seats,
        "articles": [text for body in sorted(seats.bodies) if (text := law.bodies[body].article)],
        "today": today(),
    }
    return render(request, "abstentions/mine.html", context)


@requires(POLICY, "view")
def abstentions(request: ActorRequest) -> HttpResponseBase:
    """Who did not take part in what, as far as the reader's roles show, as a page or a file."""
    filters = AbstentionFilter(request.GET)
    rows = filters.narrowed(visible_abstentions(request.actor))
    related = ("person", "subject__meeting")
    if export_format(request):
        return export(request, ABSTENTIONS, rows.select_related(*related))
    context = {
        "listing": list_page(request, ABSTENTIONS, rows, filters, shown=lambda page: page.select_related(*related)),
        "tabs": tabs(request.actor, "abstentions"),
    }
    return render(request, "abstentions/abstentions.html", context)


@requires(POLICY, "read")
def abstention(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One abstention. One that the reader may not see answers as absent."""
    found = _readable(request, pk)
    meeting = found.subject.meeting
    keeps, seats = meeting.body in bodies_to("keep", request.actor), _seats(request)
    stands = found.withdrawn_on is None
    views = meeting.body in bodies_to("view", request.actor)
    announced = found.state == AbstentionState.ANNOUNCED and found.person_id in seats.keys
    context = {
        "abstention": found,
        "meeting": meeting,
        "article": law_of(request.organisation.kind).body(meeting.body).article,
        "may_change": keeps and stands and meeting.called_off_on is None,
        "may_withdraw": stands and (keeps or announced),
        "history": history_of(found, ACTIONS),
        "crumbs": [HERE if views else MINE, (str(meeting), meeting_address(meeting.pk))],
    }
    return render(request, "abstentions/abstention.html", context)


@requires(POLICY, "attend")
def announce(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say as a member that one will not take part in a subject."""
    seats = _seats(request)
    rows = Subject.objects.select_related("meeting").filter(meeting__in=visible_meetings(request.actor, seats))
    found = get_object_or_404(rows, pk=pk)
    person = seats.person_in(found.meeting.body)
    if person is None:
        raise Http404
    if found.meeting.called_off_on or found.meeting.concluded_on or found.meeting.held_on < today():
        return _refused(request, found.meeting, _("This meeting was held or called off. Tell the clerk or secretary."))
    return create_page(
        request,
        AnnouncementForm(request.POST or None, subject=found, person=person),
        save=lambda key, values: operations.announce(actor=request.actor, identifier=key, subject=found, values=values),
        template=FORM,
        context={
            "title": _("You do not take part in this subject"),
            "lead": str(found),
            "button": _("Announce"),
            "crumbs": [MINE, (str(found.meeting), meeting_address(found.meeting_id))],
        },
        then=lambda saved: meeting_address(found.meeting_id),
        done=_("It stands with the subject. Who keeps the meeting sees it too."),
    )


@requires(POLICY, "keep")
def new(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record that a member did not take part in a subject; `wie` in the address fills in who that is."""
    rows = Subject.objects.select_related("meeting").filter(meeting__in=kept_meetings(request.actor))
    found = get_object_or_404(rows, pk=pk)
    if found.meeting.called_off_on:
        return _refused(request, found.meeting, CALLED_OFF)
    members = members_on(found.meeting.body, request.organisation.kind, found.meeting.held_on)
    return create_page(
        request,
        NewAbstentionForm(
            request.POST or None, subject=found, members=members, initial={"person": request.GET.get("wie", "")}
        ),
        save=lambda key, values: operations.record_abstention(
            actor=request.actor,
            identifier=key,
            subject=found,
            person=values["person"],
            values={name: value for name, value in values.items() if name != "person"},
        ),
        template=FORM,
        context={
            "title": _("Who did not take part?"),
            "lead": str(found),
            "crumbs": [HERE, (str(found.meeting), meeting_address(found.meeting_id))],
        },
        then=lambda saved: meeting_address(found.meeting_id),
        done=_("It has been recorded."),
    )


@requires(POLICY, "keep")
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record what happened, where it was announced or reads otherwise."""
    rows = Abstention.objects.select_related("person", "subject__meeting")
    found = get_object_or_404(rows.filter(subject__meeting__in=kept_meetings(request.actor)), pk=pk)
    if back := back_when_withdrawn(request, found, abstention_address(pk)):
        return back
    try:
        return change_page(
            request,
            AbstentionForm,
            found,
            save=lambda version, values: operations.change_abstention(
                actor=request.actor, abstention=found, expected_version=version, values=values
            ),
            template=FORM,
            context={"title": _("What happened?"), "lead": str(found), "crumbs": _crumbs(found)},
            then=lambda saved: abstention_address(saved.pk),
            done=_("It has been recorded."),
        )
    except operations.MeetingOver:
        messages.info(request, gettext("This changes no more: it was withdrawn, or the meeting was called off."))
        return redirect(abstention_address(pk))


@requires(POLICY, "read")
def withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take back what was a mistake or did not happen."""
    found = _readable(request, pk)
    own = found.person_id in _seats(request).keys and found.state == AbstentionState.ANNOUNCED
    if found.subject.meeting.body not in bodies_to("keep", request.actor) and not own:
        raise Http404
    return withdraw_page(
        request,
        found,
        save=lambda version, reason: operations.withdraw(
            actor=request.actor, abstention=found, expected_version=version, reason=reason
        ),
        address=abstention_address(pk),
        crumbs=_crumbs(found),
        title=_("Withdraw this abstention"),
        lead=str(found),
    )


@requires(POLICY, "read")
def dismiss(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Put a suggestion aside, with the reason."""
    rows = readable_suggestions(request.actor, _seats(request)).select_related("person", "subject__meeting")
    found = get_object_or_404(rows, pk=pk)
    meeting = found.subject.meeting
    if found.dismissed_on:
        return _refused(request, meeting, _("Somebody put this aside already."))
    views = meeting.body in bodies_to("view", request.actor)
    return change_page(
        request,
        DismissalForm,
        found,
        save=lambda version, values: operations.dismiss(
            actor=request.actor, suggestion=found, expected_version=version, reason=values["dismissed_because"]
        ),
        template=FORM,
        context={
            "title": _("Why does this not matter here?"),
            "lead": str(found),
            "button": _("Put aside"),
            "crumbs": [HERE if views else MINE, (str(meeting), meeting_address(meeting.pk))],
        },
        then=lambda saved: meeting_address(meeting.pk),
        done=_("It has been put aside, with your reason."),
    )


def _seats(request: ActorRequest) -> Any:
    return seats_of(request.actor, request.organisation.kind, today())


def _readable(request: ActorRequest, pk: UUID) -> Abstention:
    rows = readable_abstentions(request.actor, _seats(request)).select_related("person", "subject__meeting")
    found: Abstention = get_object_or_404(rows, pk=pk)
    return found


def _crumbs(found: Abstention) -> list[tuple[Any, str]]:
    meeting = found.subject.meeting
    return [(str(meeting), meeting_address(meeting.pk)), (found.person.full_name, abstention_address(found.pk))]


def _refused(request: ActorRequest, meeting: Meeting, why: Any) -> HttpResponse:
    messages.info(request, why)
    return redirect(meeting_address(meeting.pk))
