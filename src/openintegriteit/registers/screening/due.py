"""Which screenings have to be done again, and when: for who keeps them."""

from datetime import date, timedelta

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from openintegriteit.core.contracts import CalendarItem, DueItem
from openintegriteit.core.roles import Actor
from openintegriteit.registers.declarations.permissions import regimes_to
from openintegriteit.registers.screening.queries import screening_address, to_renew

AHEAD = timedelta(days=60)
MOST = 50


def due_items(actor: Actor, today: date) -> list[DueItem]:
    """Screenings that end within sixty days or ended, at most fifty (one query; none for who keeps none)."""
    regimes = regimes_to("record", actor)
    if not regimes:
        return []
    return [
        DueItem(
            title=str(row.person),
            detail=_("%(kind)s has to be done again") % {"kind": capfirst(row.get_kind_display())},
            due_on=row.valid_until,
            address=screening_address(row.pk),
            action=_("View"),
            kind="declaration",
        )
        for row in to_renew(regimes, today).filter(valid_until__lte=today + AHEAD)[:MOST]
    ]


def calendar_items(actor: Actor, first_day: date, last_day: date, most: int) -> list[CalendarItem]:
    """The last days of screenings of people who are here on the first day, for who keeps them (one query)."""
    regimes = regimes_to("record", actor)
    if not regimes:
        return []
    return [
        CalendarItem(
            title=str(row.person),
            detail=_("%(kind)s has to be done again") % {"kind": capfirst(row.get_kind_display())},
            day=row.valid_until,
            address=screening_address(row.pk),
            kind="declaration",
        )
        for row in to_renew(regimes, first_day).filter(valid_until__range=(first_day, last_day))[:most]
        if row.valid_until
    ]
