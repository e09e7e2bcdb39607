"""What a round asks of one person, and what stands there already."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from openintegriteit.campaigns.models import Campaign, Invitee
from openintegriteit.core.roles import Actor
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.models import Declaration, Regime
from openintegriteit.registers.declarations.queries import OwnRegister, near_reader_of, of_the_team, own_registers
from openintegriteit.registers.declarations.registers import REGISTERS
from openintegriteit.registers.designations.queries import designated

KIND = "registers.round"
A_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Line:
    """One register of a round as it is for one person: what they declared there that matters now.

    Where what is declared lasts: what still holds. Where it happened on one day: what was declared in the year before
    the round began, or since.
    """

    own: OwnRegister
    declarations: tuple[Declaration, ...]


def lines_of(person: Person, campaign: Campaign, organisation_kind: str, day: date) -> list[Line]:
    """What a round asks of a person, in the order of the registers (three queries).

    A register that is only for who holds a designated position is left out for others who declared nothing there.
    """
    asked = [
        own for own in own_registers([person], organisation_kind, day) if own.register.key in campaign.subject_parts
    ]
    since = campaign.opens_on - A_YEAR
    lines = [Line(own, tuple(row for row in own.declarations if _matters(own, row, since, day))) for own in asked]
    return [line for line in lines if line.declarations or line.own.designation or not line.own.rules.designated_for]


def _matters(own: OwnRegister, row: Declaration, since: date, day: date) -> bool:
    return row.holds_on(day) if own.register.lasts else row.declared_on >= since


def seen_in(lines: Sequence[Line]) -> str:
    """What stands in the lines, told apart from any other: SHA-256 of the keys and versions of the declarations."""
    rows = sorted(f"{row.pk}:{row.version}" for line in lines for row in line.declarations)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def duties_of(registers: Iterable[str], *, for_office_holders: bool) -> set[str]:
    """For what positions are designated whose holders owe an answer in these registers, under a regime."""
    regime = Regime.OFFICE_HOLDERS if for_office_holders else Regime.OFFICIALS
    return {duty for key in registers if (duty := REGISTERS[key].regimes[regime].designated_for)}


def meant(campaign: Campaign, day: date) -> Q:
    """Whom of its group a campaign means: everybody, or only who holds a designated position (one query with it)."""
    if not campaign.only_designated:
        return Q()
    found = Q(pk__in=[])
    for duty in duties_of(campaign.subject_parts, for_office_holders=campaign.for_office_holders):
        found |= Q(pk__in=designated(duty, day, campaign.designated_since))
    return found


def team_in(actor: Actor, campaign: Campaign) -> QuerySet[Invitee]:
    """Who is asked in a round of officials, of the people whom the actor leads or who is led by whom they stand in for.

    Who waits comes first. Four queries first, two more for who stands in for somebody.
    """
    rows: QuerySet[Invitee] = Invitee.objects.filter(of_the_team(near_reader_of(actor)), campaign=campaign)
    return rows.select_related("person").order_by("answered_at", "person__family_name", "person__given_name", "pk")


def team_address(campaign_id: UUID) -> str:
    """Where a manager sees who of their people have answered."""
    return reverse("rounds:team", args=[campaign_id])
