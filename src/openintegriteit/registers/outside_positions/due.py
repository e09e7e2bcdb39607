"""What waits because of the law: intentions, positions to weigh, and the income of a year."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from openintegriteit.campaigns.queries import own_people
from openintegriteit.core.contracts import CalendarItem, DueItem
from openintegriteit.core.roles import Actor, Role
from openintegriteit.organisations.models import Organisation
from openintegriteit.organisations.queries import body_in_scope
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.outside_positions.queries import YearOf, income_of, may_ask_a_look
from openintegriteit.registers.outside_positions.rules import Reported, income_due

MOST = 50
EARNERS = (Role.EXECUTIVE_MEMBER, Role.CHAIR)


def due_items(actor: Actor, today: date) -> list[DueItem]:
    """What asks the clerk to look, and whose income of last year is not public yet; at most fifty of each.

    Members are asked their own income. At most six queries; none for others.
    """
    keeps = POLICY.allows(actor, "record_office_holders")
    if not keeps and not actor.has(*EARNERS):
        return []
    organisation = body_in_scope()
    looked_at = list(_to_look_at(organisation, today))[:MOST] if keeps else []
    return [*looked_at, *(_income_item(row) for row in _unrecorded(actor, organisation, today)[:MOST])]


def _to_look_at(organisation: Organisation, today: date) -> Iterator[DueItem]:
    for found in may_ask_a_look(organisation, today):
        declaration = found.declaration
        if found.is_open:
            detail, page = _("May not go together with the office of %(name)s. What do you find?"), "incompatible"
        elif found.reported == Reported.MISSING:
            detail, page = _("When did %(name)s report the intention to accept it?"), "intention"
        elif found.is_unweighed:
            detail, page = _("Is it undesirable for the office of %(name)s? Who weighed that?"), "undesirable"
        else:
            continue
        yield DueItem(
            title=declaration.title,
            detail=detail % {"name": declaration.person.full_name},
            due_on=None,
            address=reverse(f"outside_positions:{page}", args=[declaration.pk]),
            action=_("View"),
            kind="declaration",
        )


def _unrecorded(actor: Actor, organisation: Organisation, today: date) -> list[YearOf]:
    """Of whom the income of last year is not known, of everybody or of the actor."""
    people = None if POLICY.allows(actor, "record_office_holders") else own_people(actor)
    return [row for row in income_of(organisation, today.year - 1, today, people) if row.is_asked]


def _income_item(row: YearOf) -> DueItem:
    return DueItem(
        title=_("Income from positions in %(year)d") % {"year": row.year},
        detail=_("%(name)s makes it public, or tells that there is none.") % {"name": row.person.full_name},
        due_on=income_due(row.year),
        address=row.address,
        action=_("Fill in"),
        kind="declaration",
    )


def calendar_items(actor: Actor, first_day: date, last_day: date, most: int) -> list[CalendarItem]:
    """The days on which income has to be public, for who keeps the register and for whom it concerns.

    At most four queries a year that is shown; none for others.
    """
    if not POLICY.allows(actor, "record_office_holders") and not actor.has(*EARNERS):
        return []
    organisation = body_in_scope()
    days = [income_due(year) for year in range(first_day.year - 1, last_day.year)]
    return [
        CalendarItem(
            title=_("Income from positions in %(year)d") % {"year": day.year - 1},
            detail=_("The last day on which it is made public, of everybody whom the law asks it."),
            day=day,
            address=reverse("outside_positions:incomes"),
            kind="declaration",
            waiting=bool(waiting),
        )
        for day in days
        if first_day <= day <= last_day
        for waiting in [_unrecorded(actor, organisation, day)]
    ][:most]
