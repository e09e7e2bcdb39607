"""What members may want to look at before a meeting, what waits to be recorded after it, and exemptions to review."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.campaigns.queries import own_people
from openintegriteit.core.contracts import CalendarItem, DueItem
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of
from openintegriteit.organisations.models import Organisation
from openintegriteit.registers.abstentions.models import Meeting, Suggestion
from openintegriteit.registers.abstentions.permissions import POLICY, bodies_to
from openintegriteit.registers.abstentions.queries import (
    SOON,
    exemption_address,
    exemptions_to,
    meeting_address,
    own_suggestions,
    seats_of,
)

AHEAD = timedelta(days=30)
RECORD_WITHIN = timedelta(days=14)  # of the meeting
LOOKED_BACK = timedelta(days=365)
MOST = 50


def due_items(actor: Actor, today: date) -> list[DueItem]:
    """What asks the actor as a member, and what asks them as who keeps meetings and exemptions; at most fifty of each.

    At most seven queries; three for who only keeps, none for who is neither.
    """
    own: list[DueItem] = []
    if POLICY.allows(actor, "attend"):
        own = own_items(actor, Organisation.objects.get(pk=body_of(actor)).kind, today)
    if POLICY.allows(actor, "keep"):
        own += _to_keep(actor, today)
    return own + exemptions_to_review(actor, today)


def own_items(actor: Actor, organisation_kind: str, today: date) -> list[DueItem]:
    """The coming meetings with subjects that look like what the person declared (three queries; none for others)."""
    seats = seats_of(actor, organisation_kind, today)
    if not seats.bodies:
        return []
    return [
        DueItem(
            title=title,
            detail=ngettext(
                "%(number)d subject looks like what you declared. Do you take part in it?",
                "%(number)d subjects look like what you declared. Do you take part in them?",
                number,
            )
            % {"number": number},
            due_on=day,
            address=meeting_address(key),
            action=_("View"),
            kind="declaration",
        )
        for key, title, day, number in _per_meeting(own_suggestions(seats, today))
    ]


def _per_meeting(suggestions: Any) -> Iterable[tuple[Any, str, date, int]]:
    of_meeting = ("subject__meeting", "subject__meeting__title", "subject__meeting__held_on")
    rows = suggestions.order_by("subject__meeting__held_on", "subject__meeting").values_list(*of_meeting)
    found: Iterable[tuple[Any, str, date, int]] = rows.annotate(number=Count("subject", distinct=True))[:MOST]
    return found


def _to_keep(actor: Actor, today: date) -> list[DueItem]:
    bodies = bodies_to("keep", actor)
    to_look_at = Suggestion.objects.open().filter(
        subject__meeting__body__in=bodies,
        subject__meeting__called_off_on__isnull=True,
        subject__meeting__concluded_on__isnull=True,
        subject__meeting__held_on__range=(today, today + SOON),
    )
    before = [
        DueItem(
            title=title,
            detail=ngettext(
                "%(number)d subject looks like what a member declared.",
                "%(number)d subjects look like what members declared.",
                number,
            )
            % {"number": number},
            due_on=day,
            address=meeting_address(key),
            action=_("View"),
            kind="declaration",
        )
        for key, title, day, number in _per_meeting(to_look_at)
    ]
    over = Meeting.objects.to_conclude(today).filter(body__in=bodies, held_on__gte=today - LOOKED_BACK)
    return before + [
        DueItem(
            title=row.title,
            detail=_("Who did not take part has not been recorded yet."),
            due_on=row.held_on + RECORD_WITHIN,
            address=meeting_address(row.pk),
            action=_("Record who abstained"),
            kind="declaration",
        )
        for row in over.order_by("held_on", "id")[:MOST]
    ]


def exemptions_to_review(actor: Actor, today: date) -> list[DueItem]:
    """Exemptions to look at again within thirty days, and those that end then (two queries; none for others)."""
    if not POLICY.allows(actor, "keep_exemptions"):
        return []
    soon = Q(review_on__lte=today + AHEAD) | Q(holds_until__lte=today + AHEAD)
    rows = exemptions_to("keep", actor).not_over_on(today).filter(soon).exclude(person__in=own_people(actor))
    return [
        DueItem(
            title=_("Exemption of %(name)s") % {"name": row.person.full_name},
            detail=_("Is it still needed and still right?")
            if row.review_on and row.review_on <= today + AHEAD
            else _("The last day of this exemption comes near."),
            due_on=row.review_on if row.review_on and row.review_on <= today + AHEAD else row.holds_until,
            address=exemption_address(row.pk),
            action=_("View"),
            kind="declaration",
        )
        for row in rows.select_related("person").order_by("review_on", "holds_until", "id")[:MOST]
    ]


def calendar_items(actor: Actor, first_day: date, last_day: date, most: int) -> list[CalendarItem]:
    """The days on which exemptions are looked at again (one query; none for who may not read them)."""
    if not POLICY.allows(actor, "view_exemptions"):
        return []
    rows = exemptions_to("view", actor).filter(review_on__range=(first_day, last_day))
    return [
        CalendarItem(
            title=_("Exemption of %(name)s") % {"name": row.person.full_name},
            detail=_("Is it still needed and still right?"),
            day=row.review_on,
            address=exemption_address(row.pk),
            kind="declaration",
            waiting=row.holds_until is None or row.holds_until >= row.review_on,
        )
        for row in rows.select_related("person").order_by("review_on", "id")[:most]
    ]
