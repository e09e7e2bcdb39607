"""Which norms are due for review."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from openintegriteit.core.contracts import CalendarItem, DueItem
from openintegriteit.core.roles import Actor
from openintegriteit.policy.models import Regulation
from openintegriteit.policy.permissions import POLICY
from openintegriteit.policy.queries import regulation_address

AHEAD = timedelta(days=60)
MOST = 50


def due_items(actor: Actor, today: date) -> list[DueItem]:
    """Regulations to be reviewed within sixty days, most urgent first, at most fifty (one query).

    Nothing for who may not change them.
    """
    if not POLICY.allows(actor, "change"):
        return []
    rows = Regulation.objects.due_for_review(today + AHEAD).order_by("review_due_on", "title")[:MOST]
    return [
        DueItem(
            title=row.title,
            detail=_("Look whether the text still fits, and plan a new version where it does not."),
            due_on=row.review_due_on,
            address=regulation_address(row.pk),
            action=_("View"),
            kind="regulation",
        )
        for row in rows
    ]


def calendar_items(actor: Actor, first_day: date, last_day: date, most: int) -> list[CalendarItem]:
    """Regulations to be reviewed within the days, both included, at most `most`, for who may see them (one query)."""
    if not POLICY.allows(actor, "view"):
        return []
    rows = Regulation.objects.filter(review_due_on__range=(first_day, last_day)).order_by("review_due_on", "title")
    return [
        CalendarItem(
            row.title, _("to be reviewed by this day"), row.review_due_on, regulation_address(row.pk), "regulation"
        )
        for row in rows[:most]
    ]
