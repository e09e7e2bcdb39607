"""Ceremonies that come and of which nobody noted who was there, for who keeps their list."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from openintegriteit.core.contracts import CalendarItem, DueItem
from openintegriteit.core.roles import Actor
from openintegriteit.programme.models import FORESEEN_STATUSES
from openintegriteit.programme.permissions import POLICY as PROGRAMME
from openintegriteit.programme.queries import activity_address
from openintegriteit.registers.oaths.permissions import sides_to
from openintegriteit.registers.oaths.queries_ceremonies import ceremonies_to, ceremony_address, still_on, unanswered

AHEAD = timedelta(days=14)
MOST = 50


def due_items(actor: Actor, today: date) -> list[DueItem]:
    """Ceremonies within two weeks, and those whose list is not filled in; at most fifty of each.

    Two queries; none for who keeps none.
    """
    if not sides_to("record", actor):
        return []
    kept = ceremonies_to("record", actor)
    coming = still_on(kept).filter(activity__starts_on__gt=today, activity__starts_on__lte=today + AHEAD)
    told = (
        (unanswered(kept, today), _("Who was there, and what did they take?"), _("Tell")),
        (coming, _("Is everybody invited?"), _("View")),
    )
    return [
        DueItem(
            title=row.activity.title,
            detail=detail,
            due_on=row.activity.starts_on,
            address=ceremony_address(row.pk),
            action=action,
            kind="activity",
            instead_of=activity_address(row.activity_id),
        )
        for rows, detail, action in told
        for row in rows.order_by("activity__starts_on", "id")[:MOST]
    ]


def calendar_items(actor: Actor, first_day: date, last_day: date, most: int) -> list[CalendarItem]:
    """The ceremonies whose list the actor keeps (one query); none for who sees all activities in the calendar."""
    if PROGRAMME.allows(actor, "view") or not sides_to("record", actor):
        return []
    rows = ceremonies_to("record", actor).filter(activity__starts_on__range=(first_day, last_day))
    return [
        CalendarItem(
            title=row.activity.title,
            detail=row.place,
            day=row.activity.starts_on,  # type: ignore[arg-type]  # within the days, so there is one
            address=ceremony_address(row.pk),
            kind="activity",
            state=row.activity.get_status_display(),
            waiting=row.activity.status in FORESEEN_STATUSES,
        )
        for row in rows.order_by("activity__starts_on", "id")[:most]
    ]
