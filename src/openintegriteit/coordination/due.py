"""The follow-up that advice still asks of the coordinator."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from openintegriteit.coordination.models import Advice
from openintegriteit.coordination.permissions import POLICY
from openintegriteit.coordination.queries import advice_address
from openintegriteit.coordination.themes import theme_names
from openintegriteit.core.contracts import CalendarItem, DueItem
from openintegriteit.core.roles import Actor

AHEAD = timedelta(days=14)
MOST = 50


def due_items(actor: Actor, today: date) -> list[DueItem]:
    """Follow-up that is late or due within fourteen days, at most fifty (two queries); nothing for others."""
    if not POLICY.allows(actor, "change"):
        return []
    names = theme_names()
    rows = Advice.objects.awaiting_follow_up().filter(follow_up_on__lte=today + AHEAD).order_by("follow_up_on", "pk")
    return [
        DueItem(
            title=row.follow_up,
            detail=_("Follow-up of advice: %(theme)s") % {"theme": names.get(row.theme, row.theme)},
            due_on=row.follow_up_on,
            address=advice_address(row.pk),
            action=_("View"),
            kind="advice",
        )
        for row in rows[:MOST]
    ]


def calendar_items(actor: Actor, first_day: date, last_day: date, most: int) -> list[CalendarItem]:
    """Follow-up of advice within the days, both included, at most `most` (two queries); nothing for others."""
    if not POLICY.allows(actor, "view"):
        return []
    names = theme_names()
    rows = Advice.objects.filter(follow_up_on__range=(first_day, last_day)).order_by("follow_up_on", "pk")[:most]
    return [
        CalendarItem(
            title=row.follow_up,
            detail=_("Follow-up of advice: %(theme)s") % {"theme": names.get(row.theme, row.theme)},
            day=row.follow_up_on,
            address=advice_address(row.pk),
            kind="advice",
            state=_("done") if row.followed_up_on else "",
            waiting=row.followed_up_on is None,
        )
        for row in rows
    ]
