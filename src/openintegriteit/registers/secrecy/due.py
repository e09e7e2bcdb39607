"""What has to be done about imposed secrecy, for who keeps it: what has no mark, and what is to be looked at again."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from openintegriteit.core.contracts import CalendarItem, DueItem
from openintegriteit.core.roles import Actor
from openintegriteit.registers.secrecy.permissions import POLICY
from openintegriteit.registers.secrecy.queries import secrecy_address, secrecy_to

AHEAD = timedelta(days=30)
MOST = 50


def due_items(actor: Actor, today: date) -> list[DueItem]:
    """What runs without a mark, and what is to be looked at again within thirty days; at most fifty.

    One query; none for who keeps none. The subject stays on the page itself.
    """
    if not POLICY.allows(actor, "keep"):
        return []
    asking = Q(marked_on__isnull=True) | Q(review_on__lte=today + AHEAD)
    rows = secrecy_to("keep", actor).running().filter(asking)
    return [
        DueItem(
            title=_("Secrecy: %(what)s") % {"what": row},
            detail=_("Look whether it is still needed.")
            if row.marked_on
            else _("It is not recorded how this was marked as secret or told."),
            due_on=row.review_on if row.marked_on else row.imposed_on,
            address=secrecy_address(row.pk),
            action=_("View"),
            kind="declaration",
        )
        for row in rows.order_by("imposed_on", "id")[:MOST]
    ]


def calendar_items(actor: Actor, first_day: date, last_day: date, most: int) -> list[CalendarItem]:
    """The days on which imposed secrecy is looked at again (one query; none for who may not read any)."""
    if not POLICY.allows(actor, "view"):
        return []
    rows = secrecy_to("view", actor).standing().filter(review_on__range=(first_day, last_day))
    return [
        CalendarItem(
            title=_("Secrecy: %(what)s") % {"what": row},
            detail=_("Look whether it is still needed."),
            day=row.review_on,
            address=secrecy_address(row.pk),
            kind="declaration",
            waiting=row.lifted_on is None,
        )
        for row in rows.order_by("review_on", "id")[:most]
    ]
