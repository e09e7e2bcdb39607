"""When to look again whether a position has to stay designated."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from openintegriteit.core.contracts import CalendarItem, DueItem
from openintegriteit.core.roles import Actor
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.designations.permissions import POLICY
from openintegriteit.registers.designations.queries import designation_address

AHEAD = timedelta(days=30)
MOST = 50


def due_items(actor: Actor, today: date) -> list[DueItem]:
    """Designations to look at again within thirty days, at most fifty (one query; none for who cannot change them)."""
    if not POLICY.allows(actor, "change"):
        return []
    rows = Designation.objects.holding_on(today).filter(review_on__lte=today + AHEAD)
    return [
        DueItem(
            title=str(row),
            detail=_("Does this position have to stay designated?"),
            due_on=row.review_on,
            address=designation_address(row.pk),
            action=_("View"),
            kind="declaration",
        )
        for row in rows.select_related("position").order_by("review_on", "id")[:MOST]
    ]


def calendar_items(actor: Actor, first_day: date, last_day: date, most: int) -> list[CalendarItem]:
    """The days on which designations are looked at again (one query)."""
    if not POLICY.allows(actor, "view"):
        return []
    rows = Designation.objects.filter(ended_on__isnull=True, review_on__range=(first_day, last_day))
    return [
        CalendarItem(
            title=str(row),
            detail=_("Does this position have to stay designated?"),
            day=row.review_on,
            address=designation_address(row.pk),
            kind="declaration",
        )
        for row in rows.select_related("position").order_by("review_on", "id")[:most]
    ]
