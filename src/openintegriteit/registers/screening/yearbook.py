"""What the register contributes to the account of a year: screenings of officials that were done, and who owed one."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count, Min
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import Figure, Period
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.figures.catalogue import counted
from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.screening.models import Screening
from openintegriteit.registers.screening.queries import demands_on, owing


def figures(organisation_id: UUID, periods: Sequence[Period]) -> list[Figure]:
    """The figures of the periods that the register can tell; one query as long as it is empty.

    Otherwise three, and two for each period: who owed one is looked up anew, on the last day of the year or, as long as
    the year runs, today. The register speaks from the year in which the first line was recorded.
    """
    with organisation_scope(organisation_id):
        standing = Screening.objects.standing().filter(regime=Regime.OFFICIALS)
        first = standing.aggregate(first=Min("recorded_at"))["first"]
        if first is None:
            return []
        organisation = Organisation.objects.get(pk=organisation_id)
        rows = standing.order_by().values_list(ExtractYear("done_on")).annotate(Count("pk"))
        done = dict(rows)
        told: list[Figure] = []
        for period in periods:
            if period.year < timezone.localdate(first).year:
                continue
            numbers = {
                "screenings-done": done.get(period.year, 0),
                "screenings-owed": _owed(organisation, min(period.last_day, today())),
            }
            told += [_figure(code, period.year, number) for code, number in numbers.items()]
    return told


def _owed(organisation: Organisation, day: date) -> int:
    demands = demands_on(organisation, [Regime.OFFICIALS], day)
    number: int = owing(Person.objects.present_on(day), demands, day).count()
    return number


def _figure(code: str, year: int, value: int) -> Figure:
    source, readers = _("The register of screenings"), POLICY.roles("view_officials")
    return counted(code, year, value, source, reverse("screening:screenings"), readers)
