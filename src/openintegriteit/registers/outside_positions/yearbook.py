"""What the register contributes to the account of a year: side jobs of officials that were declared and refused."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Min, Q
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext as _

from openintegriteit.core.contracts import Figure, Period
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.figures.catalogue import counted
from openintegriteit.registers.declarations.models import Decision, Declaration, Outcome, Regime, not_over_on
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.outside_positions.operations import REGISTER


def figures(organisation_id: UUID, periods: Sequence[Period]) -> list[Figure]:
    """The figures of the periods that the register can tell (two queries; one as long as nobody declared anything).

    The register speaks from the year of its first declaration on: of a year before that nobody kept it here.
    """
    with organisation_scope(organisation_id):
        of_officials = Declaration.objects.filter(register=REGISTER, regime=Regime.OFFICIALS)
        held = {
            f"held_{period.year}": Count(
                "pk", filter=not_over_on(period.last_day) & Q(first_declared_on__lte=period.last_day)
            )
            for period in periods
        }
        numbers = of_officials.aggregate(first=Min("first_declared_on"), **held)
        if numbers["first"] is None:
            return []
        refused = dict(
            Decision.objects.filter(declaration__in=of_officials, outcome=Outcome.FORBIDDEN)
            .order_by()
            .values_list(ExtractYear("decided_on"))
            .annotate(Count("declaration", distinct=True))
        )
    return [
        _figure(code, period.year, value)
        for period in periods
        if period.year >= numbers["first"].year
        for code, value in (
            ("side-jobs-declared", numbers[f"held_{period.year}"]),
            ("side-jobs-refused", refused.get(period.year, 0)),
        )
    ]


def _figure(code: str, year: int, value: int) -> Figure:
    source, address = _("The register of outside positions"), reverse("outside_positions:positions")
    return counted(code, year, value, source, address, POLICY.roles("view_officials"))
