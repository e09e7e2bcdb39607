"""What the register contributes to the account of a year: numbers, never names.

A meeting counts in the year in which it was held, and so does what belongs to it. The register speaks from the year of
its first meeting, and about exemptions from the year of the first that was recorded here.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openintegriteit.core.contracts import Figure, Period
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.figures.catalogue import counted
from openintegriteit.registers.abstentions.models import Abstention, AbstentionState, Exemption, Meeting, Suggestion
from openintegriteit.registers.abstentions.permissions import POLICY


def figures(organisation_id: UUID, periods: Sequence[Period]) -> list[Figure]:
    """The figures of the periods that the register can tell (four queries; two as long as it is empty)."""
    with organisation_scope(organisation_id):
        return [*_of_meetings(periods), *_of_exemptions(periods)]


def _of_meetings(periods: Sequence[Period]) -> list[Figure]:
    compared = Meeting.objects.held().filter(compared_at__isnull=False)
    meetings = _per_year(compared, "held_on")
    if not meetings:
        return []
    held = {"subject__meeting__called_off_on__isnull": True}
    suggestions = _per_year(Suggestion.objects.filter(**held), "subject__meeting__held_on")
    happened = Abstention.objects.standing().filter(state=AbstentionState.RECORDED, **held)
    abstentions = _per_year(happened, "subject__meeting__held_on")
    first = min(meetings)
    return [
        _figure(code, period.year, numbers.get(period.year, 0), "abstentions:meetings")
        for period in periods
        if period.year >= first
        for code, numbers in (
            ("meetings-compared", meetings),
            ("abstention-suggestions", suggestions),
            ("abstentions", abstentions),
        )
    ]


def _of_exemptions(periods: Sequence[Period]) -> list[Figure]:
    """How many exemptions held on the last day of each year."""
    held = {
        f"held_{period.year}": Count(
            "pk",
            filter=Q(granted_on__lte=period.last_day)
            & (Q(holds_until__isnull=True) | Q(holds_until__gte=period.last_day)),
        )
        for period in periods
    }
    numbers = Exemption.objects.aggregate(first=Min("recorded_at"), **held)
    if numbers["first"] is None:
        return []
    return [
        _figure("exemptions-held", period.year, numbers[f"held_{period.year}"], "abstentions:exemptions")
        for period in periods
        if period.year >= timezone.localdate(numbers["first"]).year
    ]


def _per_year(rows: QuerySet[Any], day: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(ExtractYear(day)).annotate(number=Count("pk")))


def _figure(code: str, year: int, value: int, page: str) -> Figure:
    return counted(
        code, year, value, _("The register of meetings and abstentions"), reverse(page), POLICY.roles("view")
    )
