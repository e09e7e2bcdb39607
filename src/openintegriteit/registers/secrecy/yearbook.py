"""What the register contributes to the account of a year: how much secrecy was imposed, was lifted and runs."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import Figure, Period
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.figures.catalogue import counted
from openintegriteit.registers.secrecy.models import ImposedSecrecy, lapsed_on
from openintegriteit.registers.secrecy.permissions import POLICY

CODES = ("secrecy-imposed", "secrecy-lifted", "secrecy-running")


def figures(organisation_id: UUID, periods: Sequence[Period]) -> list[Figure]:
    """The figures of the periods that the register can tell (one query).

    The register speaks from the year in which the first line was recorded. What runs is counted on the last day of the
    year, or today as long as the year goes on.
    """
    with organisation_scope(organisation_id):
        numbers = ImposedSecrecy.objects.standing().aggregate(
            first=Min("recorded_at"), **{name: one for period in periods for name, one in _counts(period).items()}
        )
    if numbers["first"] is None:
        return []
    source, address = _("The register of imposed secrecy"), reverse("secrecy:list")
    return [
        counted(code, period.year, numbers[_name(code, period)], source, address, POLICY.roles("view"))
        for period in periods
        if period.year >= timezone.localdate(numbers["first"]).year
        for code in CODES
    ]


def _counts(period: Period) -> dict[str, Count]:
    days, last = (period.first_day, period.last_day), min(period.last_day, today())
    running = ~lapsed_on(last) & Q(imposed_on__lte=last) & (Q(lifted_on__isnull=True) | Q(lifted_on__gt=last))
    conditions = (Q(imposed_on__range=days), Q(lifted_on__range=days), running)
    return {_name(code, period): Count("pk", filter=asked) for code, asked in zip(CODES, conditions, strict=True)}


def _name(code: str, period: Period) -> str:
    return f"{code.replace('-', '_')}_{period.year}"
