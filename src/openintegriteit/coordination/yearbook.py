"""What the log of advice contributes to the account of a year: how often advice was asked, and given unasked."""

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext as _

from openintegriteit.coordination.models import Advice, Initiative
from openintegriteit.coordination.permissions import POLICY
from openintegriteit.core.contracts import Figure, Period
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.figures.catalogue import counted

COUNTED = (("advice-asked", Initiative.ASKED), ("advice-unasked", Initiative.UNASKED))


def figures(organisation_id: UUID, periods: Sequence[Period]) -> list[Figure]:
    """The figures of the periods that the log can tell (one query).

    The log speaks from the year of its first entry on: of a year before that nobody kept it, so there is no figure.
    """
    with organisation_scope(organisation_id):
        groups = Advice.objects.order_by().values_list(ExtractYear("day"), "initiative").annotate(Count("pk"))
        found = {(year, initiative): number for year, initiative, number in groups}
    first = min((year for year, _initiative in found), default=None)
    return [
        _figure(code, period.year, found.get((period.year, initiative), 0))
        for period in periods
        if first is not None and period.year >= first
        for code, initiative in COUNTED
    ]


def _figure(code: str, year: int, value: int) -> Figure:
    address = f"{reverse('coordination:counts')}?{urlencode({'jaar': year})}"
    source = _("The log of advice of %(year)d") % {"year": year}
    return counted(code, year, value, source, address, POLICY.roles("view"))
