"""What rounds contribute to the account of a year: how many officials were asked to declare, and how many answered."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext as _

from openintegriteit.campaigns.models import Ask, Invitee
from openintegriteit.campaigns.permissions import POLICY
from openintegriteit.core.contracts import Figure, Period
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.figures.catalogue import counted


def figures(organisation_id: UUID, periods: Sequence[Period]) -> list[Figure]:
    """The figures of the periods that rounds can tell, of rounds that were closed in each (one query).

    Of a year before the first closed round nobody knows here.
    """
    with organisation_scope(organisation_id):
        of_officials = Q(campaign__asks=Ask.DECLARE, campaign__for_office_holders=False)
        rows = (
            Invitee.objects.filter(of_officials, campaign__closed_on__isnull=False)
            .order_by()
            .values_list(ExtractYear("campaign__closed_on"))
            .annotate(
                asked=Count("person", distinct=True),
                answered=Count("person", distinct=True, filter=Q(answered_at__isnull=False)),
            )
        )
        per_year = {year: (asked, answered) for year, asked, answered in rows}
    return [
        _figure(code, period.year, value)
        for period in periods
        if per_year and period.year >= min(per_year)
        for code, value in zip(
            ("declarations-asked", "declarations-answered"), per_year.get(period.year, (0, 0)), strict=True
        )
    ]


def _figure(code: str, year: int, value: int) -> Figure:
    address = f"{reverse('campaigns:campaigns')}?soort={Ask.DECLARE}"
    return counted(code, year, value, _("The campaigns"), address, POLICY.roles("view_officials"))
