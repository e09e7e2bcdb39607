"""What the register contributes to the account of a year: acts that were declared and went on at its end."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from openintegriteit.core.contracts import Figure, Period
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.figures.catalogue import counted
from openintegriteit.registers.declarations.models import Declaration, not_over_on
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.prohibited_acts.operations import REGISTER
from openintegriteit.registers.prohibited_acts.queries import list_address


def figures(organisation_id: UUID, periods: Sequence[Period]) -> list[Figure]:
    """The figures of the periods that the register can tell (one query).

    The register speaks from the year of its first declaration on: of a year before that nobody kept it here.
    """
    held = {
        f"held_{period.year}": Count(
            "pk", filter=not_over_on(period.last_day) & Q(first_declared_on__lte=period.last_day)
        )
        for period in periods
    }
    with organisation_scope(organisation_id):
        numbers = Declaration.objects.filter(register=REGISTER).aggregate(first=Min("first_declared_on"), **held)
    source, readers = _("The register of prohibited acts"), POLICY.roles("view_office_holders")
    return [
        counted(
            "prohibited-acts-declared", period.year, numbers[f"held_{period.year}"], source, list_address(), readers
        )
        for period in periods
        if numbers["first"] is not None and period.year >= numbers["first"].year
    ]
