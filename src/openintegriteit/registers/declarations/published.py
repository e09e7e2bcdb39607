"""What the public registers of declarations have in common: whose declarations are shown, and in what office."""

from datetime import date

from django.db.models import Prefetch, Q

from openintegriteit.organisations.models import Mandate
from openintegriteit.registers.declarations.models import Declaration, DeclarationQuerySet, Regime


def shown(register: str, regime: Regime, shown_since: date) -> DeclarationQuerySet:
    """The declarations that can be public, by name: not withdrawn, and of people who were here on `shown_since`.

    What ended before that day is not among them any more.
    """
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=shown_since)
    here = Q(person__ended_on__isnull=True) | Q(person__ended_on__gte=shown_since)
    rows: DeclarationQuerySet = (
        Declaration.objects.filter(still, here, register=register, regime=regime, withdrawn_on__isnull=True)
        .select_related("person")
        .order_by("person__family_name", "person__given_name", "person_id", "starts_on", "title", "id")
    )
    return rows


def with_offices(rows: DeclarationQuerySet) -> DeclarationQuerySet:
    """The same with the offices that the people hold (one query more)."""
    found: DeclarationQuerySet = rows.prefetch_related(
        Prefetch("person__mandates", Mandate.objects.order_by("-started_on"))
    )
    return found


def office_of(row: Declaration, day: date) -> str:
    """The office that somebody holds on the day, and otherwise the kind of office holder they are."""
    for mandate in row.person.mandates.all():
        if mandate.ended_on is None or mandate.ended_on >= day:
            return str(mandate.office)
    return str(row.person.get_kind_display())
