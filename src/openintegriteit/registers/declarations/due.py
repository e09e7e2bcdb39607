"""What waits for somebody: declarations to decide about, and what is to be looked at again."""

from datetime import date, timedelta

from django.db.models import Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from openintegriteit.core.contracts import CalendarItem, DueItem
from openintegriteit.core.roles import Actor
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.models import Declaration, DeclarationQuerySet
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.declarations.queries import declaration_address, near_reader_of, to_decide_by, visible_to

AHEAD = timedelta(days=30)
MOST = 50


def due_items(actor: Actor, today: date) -> list[DueItem]:
    """What the actor's own people declared and waits for a decision, and what is looked at again within thirty days.

    At most fifty of each. Three queries; none for who decides about nobody.
    """
    if not POLICY.allows(actor, "decide"):
        return []
    reader = near_reader_of(actor)
    waiting = [
        DueItem(
            title=row.title,
            detail=_("Declared by %(name)s") % {"name": row.person.full_name},
            due_on=None,
            address=declaration_address(row.pk),
            action=_("Decide"),
            kind="declaration",
        )
        for row in to_decide_by(reader).select_related("person")[:MOST]
    ]
    again = _looked_at_again(visible_to(reader)).filter(
        person__manager__in=reader.leaders, review_on__lte=today + AHEAD
    )
    return waiting + [
        DueItem(
            title=row.title,
            detail=_("Look again at what %(name)s declared") % {"name": row.person.full_name},
            due_on=row.review_on,
            address=declaration_address(row.pk),
            action=_("View"),
            kind="declaration",
        )
        for row in again.select_related("person").order_by("review_on", "id")[:MOST]
    ]


def nobody_decides(actor: Actor, today: date) -> list[DueItem]:
    """The officials whose declarations wait while the list of people names nobody above them, at most fifty.

    For who keeps that list (one query; none for others).
    """
    if not POLICY.allows(actor, "record_officials"):
        return []
    waiting = Q(declarations__in=Declaration.objects.to_decide(), manager__isnull=True)
    people = Person.objects.filter(waiting).annotate(since=Min("declarations__declared_on", filter=waiting))
    return [
        DueItem(
            title=person.full_name,
            detail=_("A declaration waits, and the list of people names no manager who decides."),
            due_on=person.since,
            address=reverse("organisations:person", args=[person.pk]),
            action=_("View"),
            kind="declaration",
        )
        for person in people.order_by("since", "pk")[:MOST]
    ]


def calendar_items(actor: Actor, first_day: date, last_day: date, most: int) -> list[CalendarItem]:
    """The days on which something is looked at again: of oneself, of one's own people and of who one's role reads.

    Two queries.
    """
    if not POLICY.allows(actor, "declare"):
        return []
    rows = _looked_at_again(visible_to(near_reader_of(actor))).filter(review_on__range=(first_day, last_day))
    return [
        CalendarItem(
            title=row.title,
            detail=_("Look again at what %(name)s declared") % {"name": row.person.full_name},
            day=row.review_on,
            address=declaration_address(row.pk),
            kind="declaration",
        )
        for row in rows.select_related("person").order_by("review_on", "id")[:most]
    ]


def _looked_at_again(rows: DeclarationQuerySet) -> DeclarationQuerySet:
    found: DeclarationQuerySet = rows.filter(review_on__isnull=False, withdrawn_on__isnull=True, ends_on__isnull=True)
    return found
