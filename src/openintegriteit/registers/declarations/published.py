"""What the public registers of declarations have in common: whose declarations are shown, and in what office."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from openintegriteit.organisations.models import Mandate, Person, PersonKind
from openintegriteit.registers.declarations.models import Declaration, DeclarationQuerySet, Regime
from openintegriteit.registers.declarations.registers import kinds_under
from openintegriteit.registers.designations.queries import holding_now


def shown(register: str, regime: Regime, shown_since: date) -> DeclarationQuerySet:
    """The declarations that can be public, by name: not withdrawn, and of people who were here on `shown_since`.

    What ended before that day is not among them any more, nor what somebody declared under another regime than theirs.
    """
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=shown_since)
    here = Q(person__ended_on__isnull=True) | Q(person__ended_on__gte=shown_since)
    here &= Q(person__kind__in=kinds_under([regime]))
    rows: DeclarationQuerySet = Declaration.objects.filter(
        still, here, register=register, regime=regime, withdrawn_on__isnull=True
    ).order_by("person__family_name", "person__given_name", "person_id", "starts_on", "title", "id")
    return rows


def with_offices[Rows: QuerySet[Any]](rows: Rows, day: date) -> Rows:
    """Records about people, with these and the offices and positions that they hold on the day (three queries more).

    Each person is read once, however many records are about them.
    """
    offices = Mandate.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day)).order_by("-started_on")
    positions = holding_now(day).select_related("position")
    people = Person.objects.prefetch_related(
        Prefetch("mandates", offices, to_attr="offices_held"),
        Prefetch("appointments", positions, to_attr="positions_held"),
    )
    found: Rows = rows.prefetch_related(Prefetch("person", people))
    return found


def office_of(row: Any) -> str:
    """What somebody is here: by the office they hold, else by their positions, else by their kind.

    Of a record that `with_offices` gave (no query).
    """
    person = row.person
    for mandate in person.offices_held:
        return str(mandate.office)
    return ", ".join(held.position.title for held in person.positions_held) or str(PersonKind(person.kind).label)
