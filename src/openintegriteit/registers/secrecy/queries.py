"""Which imposed secrecy somebody may see or keep."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from openintegriteit.core.roles import Actor
from openintegriteit.organisations.models import HeldAs, Person
from openintegriteit.organisations.queries import holding_as
from openintegriteit.registers.secrecy.law import Law
from openintegriteit.registers.secrecy.models import Exclusion, ImposedSecrecy, Organ, SecrecyQuerySet
from openintegriteit.registers.secrecy.permissions import POLICY

OF_REPRESENTATIVES = Q(imposed_by=Organ.REPRESENTATIVE) | Q(committee_of=Organ.REPRESENTATIVE)
SIDES = {"representative": OF_REPRESENTATIVES | Q(given_on__isnull=False), "executive": ~OF_REPRESENTATIVES}


def secrecy_to(action: str, actor: Actor) -> SecrecyQuerySet:
    """What the actor may "view" or "keep", also what was withdrawn; of none of both sides nothing."""
    mine = Q(pk__in=[])
    for side, rows in SIDES.items():
        if POLICY.allows(actor, f"{action}_{side}"):
            mine |= rows
    found: Any = ImposedSecrecy.objects.filter(mine)
    kept: SecrecyQuerySet = found
    return kept


def exclusions_to(action: str, actor: Actor) -> QuerySet[Exclusion]:
    """The exclusions that the actor may "view" or "keep": they are of the representative body."""
    rows: QuerySet[Exclusion] = Exclusion.objects.filter(secrecy__in=secrecy_to(action, actor))
    return rows if POLICY.allows(actor, f"{action}_representative") else rows.none()


def secrecy_address(identifier: UUID) -> str:
    """The page of one imposed secrecy."""
    return reverse("secrecy:one", args=[identifier])


def may_be_excluded(law: Law, person: Person, day: date) -> bool:
    """Whether somebody can be a member of the representative body or of one of its committees (at most one query).

    Who came into a daily board from outside is no member of the general board (Waterschapswet 41(3)).
    """
    from_outside = Person.objects.filter(holding_as([HeldAs.FROM_OUTSIDE], day), pk=person.pk)
    return person.kind in law.excluded and not from_outside.exists()
