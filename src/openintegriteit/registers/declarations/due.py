"""What waits for somebody: declarations to decide about, to look at again, or to say that they still are so."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import F, Min, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from openintegriteit.core.contracts import CalendarItem, DueItem
from openintegriteit.core.roles import Actor
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.models import Declaration, DeclarationQuerySet, waits_for_a_decision
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.declarations.queries import (
    declaration_address,
    near_reader_of,
    said_last_by_declarant,
    to_decide_by,
    unconfirmed,
    visible_to,
)

AHEAD = timedelta(days=30)
MOST = 50


def due_items(actor: Actor, today: date) -> list[DueItem]:
    """What the actor's own people declared and waits for a decision, and what is looked at again within thirty days.

    And what waits for the actor as the second person. At most fifty of each. Seven queries at most, two more for who
    stands in for somebody; none for who decides about nobody.
    """
    if not POLICY.allows(actor, "agree"):
        return []
    reader = near_reader_of(actor)
    waiting = [
        DueItem(
            title=row.title,
            detail=_waits(row) % {"name": row.person.full_name},
            due_on=None,
            address=declaration_address(row.pk),
            action=_("View") if row.is_proposed else _("Decide"),
            kind="declaration",
        )
        for row in to_decide_by(reader).select_related("person")[:MOST]
    ]
    if not reader.leaders:
        return waiting
    again = _looked_at_again(visible_to(reader)).filter(
        person__manager__in=reader.leaders | reader.stood_for, review_on__lte=today + AHEAD
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


def _waits(row: Declaration) -> str:
    if row.is_proposed:
        return _("Declared by %(name)s. A decision was proposed, and waits for a second person.")
    if row.has_expired:
        return _("Declared by %(name)s. The decision does not hold any more.")
    return _("Declared by %(name)s")


def own_items(people: Sequence[Person], today: date) -> list[Declaration]:
    """What these people declared and did not say again for more than a year, at most fifty (one query)."""
    here = [person for person in people if not person.has_left_by(today)]
    rows: DeclarationQuerySet = Declaration.objects.of_people(here).filter(unconfirmed(today))
    return list(rows.order_by("title", "id")[:MOST])


def questions_to(people: Sequence[Person], today: date) -> list[Declaration]:
    """What these people declared and were asked something about that they did not answer, at most fifty (one query).

    A decision that was taken since ends the question.
    """
    rows: DeclarationQuerySet = Declaration.objects.of_people(people).current_on(today)
    open_ones = rows.filter(Q(asks_decision=False) | waits_for_a_decision(today))
    asked = open_ones.annotate(said_last=said_last_by_declarant()).filter(said_last=False)
    return list(asked.order_by("title", "id")[:MOST])


def nobody_decides(actor: Actor, today: date) -> list[DueItem]:
    """The officials whose declarations wait while the list of people names nobody above them, at most fifty.

    For who keeps that list (two queries at most; none for others).
    """
    if not POLICY.allows(actor, "record_officials"):
        return []
    waiting = Declaration.objects.to_decide(today).filter(person__manager__isnull=True)
    first_days = waiting.order_by().values_list("person").annotate(since=Min("declared_on"))
    since = dict(first_days.order_by("since", "person")[:MOST])
    people = Person.objects.in_bulk(since) if since else {}
    return [
        DueItem(
            title=people[key].full_name,
            detail=_("A declaration waits, and the list of people names no manager who decides."),
            due_on=day,
            address=reverse("organisations:person", args=[key]),
            action=_("View"),
            kind="declaration",
        )
        for key, day in since.items()
        if key in people  # who was destroyed meanwhile is not told of
    ]


def calendar_items(actor: Actor, first_day: date, last_day: date, most: int) -> list[CalendarItem]:
    """The days on which something is looked at again, or a decision ends.

    Of oneself, of one's own people and of who one's role reads. Six queries at most, two more for who stands in.
    """
    if not POLICY.allows(actor, "declare"):
        return []
    days = (first_day, last_day)
    ends = Q(holds_until__range=days, asks_decision=True, decided_revision=F("revision"))
    rows = _going_on(visible_to(near_reader_of(actor))).filter(Q(review_on__range=days) | ends)
    shown = rows.select_related("person").annotate(first=Coalesce("review_on", "holds_until")).order_by("first", "id")
    return [
        CalendarItem(
            title=row.title,
            detail=words % {"name": row.person.full_name},
            day=day,
            address=declaration_address(row.pk),
            kind="declaration",
        )
        for row in shown[:most]
        for day, words in _days_of(row)
        if day is not None and first_day <= day <= last_day
    ]


def _days_of(row: Declaration) -> Iterator[tuple[date | None, str]]:
    yield row.review_on, _("Look again at what %(name)s declared")
    if row.asks_decision and row.decided_revision == row.revision:
        yield row.holds_until, _("The decision about what %(name)s declared holds until this day")


def _looked_at_again(rows: DeclarationQuerySet) -> DeclarationQuerySet:
    found: DeclarationQuerySet = _going_on(rows).filter(review_on__isnull=False)
    return found


def _going_on(rows: DeclarationQuerySet) -> DeclarationQuerySet:
    found: DeclarationQuerySet = rows.filter(withdrawn_on__isnull=True, ends_on__isnull=True)
    return found
