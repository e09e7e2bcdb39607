"""What has still to be done about people who leave or left, for who keeps the register."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from openintegriteit.core.contracts import CalendarItem, DueItem
from openintegriteit.core.roles import Actor
from openintegriteit.registers.declarations.permissions import regimes_to
from openintegriteit.registers.departures.models import Departure
from openintegriteit.registers.departures.queries import A_YEAR, departure_address, new_address, unrecorded

AHEAD = timedelta(days=14)
MOST = 50


def due_items(actor: Actor, today: date) -> list[DueItem]:
    """Who left in the past year without a record, and what is open of who leaves within two weeks or left.

    At most fifty of each (two queries; none for who keeps none).
    """
    regimes = regimes_to("record", actor)
    if not regimes:
        return []
    missing = unrecorded(regimes, today - A_YEAR, today).order_by("left_on", "id")[:MOST]
    rows = Departure.objects.standing().unfinished().filter(regime__in=regimes, left_on__lte=today + AHEAD)
    return [
        *(
            DueItem(
                title=person.full_name,
                detail=_("Left, and the departure has not been recorded"),
                due_on=person.left_on,
                address=new_address(person.pk),
                action=_("Record a departure"),
                kind="declaration",
            )
            for person in missing
        ),
        *(
            DueItem(
                title=str(row.person),
                detail=_("Departure: %(what)s") % {"what": ", ".join(row.still_open())},
                due_on=row.left_on,
                address=departure_address(row.pk),
                action=_("View"),
                kind="declaration",
            )
            for row in rows.select_related("person").order_by("left_on", "id")[:MOST]
        ),
    ]


def calendar_items(actor: Actor, first_day: date, last_day: date, most: int) -> list[CalendarItem]:
    """The last days of who leaves or left, for who keeps the register (one query)."""
    regimes = regimes_to("record", actor)
    if not regimes:
        return []
    rows = Departure.objects.standing().filter(regime__in=regimes, left_on__range=(first_day, last_day))
    return [
        CalendarItem(
            title=str(row.person),
            detail=_("Last day"),
            day=row.left_on,
            address=departure_address(row.pk),
            kind="declaration",
            waiting=bool(row.still_open()),
        )
        for row in rows.select_related("person").order_by("left_on", "id")[:most]
    ]
