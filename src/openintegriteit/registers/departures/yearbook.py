"""What the register contributes to the account of a year: officials who left, and what was done about it."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Min, Q
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import Figure, Period
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.figures.catalogue import counted
from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.departures.models import Departure, Talk

CODES = ("departures", "exit-talks", "secrecy-reminders")


def figures(organisation_id: UUID, periods: Sequence[Period]) -> list[Figure]:
    """The figures of the periods that the register can tell (two queries; one as long as it is empty).

    The register speaks from the year in which the first line was recorded. Who has still to leave does not count.
    """
    with organisation_scope(organisation_id):
        standing = Departure.objects.standing().filter(regime=Regime.OFFICIALS)
        first = standing.aggregate(first=Min("recorded_at"))["first"]
        if first is None:
            return []
        rows = standing.filter(left_on__lte=today()).order_by().values_list(ExtractYear("left_on"))
        told = rows.annotate(
            left=Count("pk"),
            talks=Count("pk", filter=Q(talk=Talk.HELD)),
            reminders=Count("pk", filter=Q(reminded_on__isnull=False)),
        )
        numbers = {year: values for year, *values in told}
    source, address, readers = (
        _("The register of departures"),
        reverse("departures:departures"),
        POLICY.roles("view_officials"),
    )
    return [
        counted(code, period.year, value, source, address, readers)
        for period in periods
        if period.year >= timezone.localdate(first).year
        for code, value in zip(CODES, numbers.get(period.year, (0, 0, 0)), strict=True)
    ]
