"""Which imposed secrecy somebody may see or keep."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from openintegriteit.core.roles import Actor
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
