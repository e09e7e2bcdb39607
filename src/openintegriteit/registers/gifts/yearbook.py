"""What the register contributes to the account of a year: what officials were offered, and what of it they refused."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext as _

from openintegriteit.core.contracts import Figure, Period
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.figures.catalogue import counted
from openintegriteit.registers.declarations.models import Declaration, Regime
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.gifts.models import Answer
from openintegriteit.registers.gifts.operations import REGISTER


def figures(organisation_id: UUID, periods: Sequence[Period]) -> list[Figure]:
    """The figures of the periods that the register can tell (one query).

    The register speaks from the year of its first declaration on: of a year before that nobody kept it here.
    """
    kept = Q(withdrawn_on__isnull=True)
    with organisation_scope(organisation_id):
        rows = (
            Declaration.objects.filter(register=REGISTER, regime=Regime.OFFICIALS)
            .order_by()
            .values_list(ExtractYear("first_declared_on"))
            .annotate(
                declared=Count("pk", filter=kept),
                refused=Count("pk", filter=kept & Q(gift__answer__in=[Answer.REFUSED, Answer.RETURNED])),
            )
        )
        by_year = {year: (declared, refused) for year, declared, refused in rows}
    return [
        _figure(code, period.year, value)
        for period in periods
        if by_year and period.year >= min(by_year)
        for code, value in zip(("gifts-declared", "gifts-refused"), by_year.get(period.year, (0, 0)), strict=True)
    ]


def _figure(code: str, year: int, value: int) -> Figure:
    source, address = _("The register of gifts"), reverse("gifts:gifts")
    return counted(code, year, value, source, address, POLICY.roles("view_officials"))
