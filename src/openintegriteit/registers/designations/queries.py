"""Which positions are designated, and who holds them."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from openintegriteit.organisations.models import Appointment, Person
from openintegriteit.registers.designations.models import Designation


def holding_now(day: date) -> QuerySet[Appointment]:
    """The appointments that hold on the day, of people who have not left."""
    begun = Q(started_on__isnull=True) | Q(started_on__lte=day)
    going_on = Q(ended_on__isnull=True) | Q(ended_on__gte=day)
    here = Q(person__ended_on__isnull=True) | Q(person__ended_on__gte=day)
    return Appointment.objects.filter(begun, going_on, here)


def designated(duty: str, day: date, since: date | None = None) -> Any:
    """The keys of the people in a position that is designated for the duty on the day, to filter by.

    `duty` is one of `models.DUTIES`. `since`: only who came into it, or whose position was designated, from then on.
    """
    designations = Designation.objects.holding_on(day).filter(**{duty: True})
    held = holding_now(day).filter(position__in=designations.values("position"))
    if since:
        newly = designations.filter(designated_on__gte=since)
        held = held.filter(Q(started_on__gte=since) | Q(position__in=newly.values("position")))
    return held.values("person")


def designations_of(duty: str, people: Iterable[Person], day: date) -> dict[UUID, Designation]:
    """By person one designation for the duty of a position that they hold on the day (one query)."""
    held = holding_now(day).filter(person__in=people)
    rows = Designation.objects.holding_on(day).filter(**{duty: True}, position__appointments__in=held)
    found = rows.annotate(holder=F("position__appointments__person")).select_related("position")
    return {row.holder: row for row in found}


def with_holders(rows: QuerySet[Designation], day: date) -> QuerySet[Designation]:
    """Designations with `holders`: how many people hold the position on the day."""
    counted = (
        holding_now(day)
        .filter(position=OuterRef("position"))
        .order_by()
        .values("position")
        .annotate(number=Count("person", distinct=True))
        .values("number")
    )
    return rows.annotate(holders=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def holders_of(designation: Designation, day: date) -> QuerySet[Person]:
    """The people who hold the position on the day."""
    people = holding_now(day).filter(position=designation.position_id).values("person")
    rows: QuerySet[Person] = Person.objects.filter(pk__in=people).select_related("unit")
    return rows


def designation_address(identifier: UUID) -> str:
    """The page of a designation."""
    return reverse("designations:designation", args=[identifier])
