"""What the register contributes to the account of a year: designated people, and interests that they declared."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from openintegriteit.core.contracts import Figure, Period
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.figures.catalogue import counted
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.models import Declaration, Regime, not_over_on
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.interests.operations import REGISTER
from openintegriteit.registers.interests.queries import DUTY, owing


def figures(organisation_id: UUID, periods: Sequence[Period]) -> list[Figure]:
    """The figures of the periods that the register can tell (three queries; one as long as no position is designated).

    People are told of from the year of the first designation on, interests from that of the first declaration on.
    """
    with organisation_scope(organisation_id):
        designated_since = Designation.objects.filter(**{DUTY: True}).aggregate(first=Min("designated_on"))["first"]
        if designated_since is None or not periods:
            return []
        owed = {f"in_{period.year}": Q(pk__in=owing(period.last_day).values("pk")) for period in periods}
        people = Person.objects.aggregate(**{name: Count("pk", filter=which) for name, which in owed.items()})
        held = {
            f"in_{period.year}": Count(
                "pk",
                filter=not_over_on(period.last_day)
                & Q(first_declared_on__lte=period.last_day, person__in=owing(period.last_day).values("pk")),
            )
            for period in periods
        }
        of_officials = Declaration.objects.filter(register=REGISTER, regime=Regime.OFFICIALS)
        interests = of_officials.aggregate(first=Min("first_declared_on"), **held)
    return [
        _figure(code, period.year, numbers[f"in_{period.year}"], source, address)
        for code, numbers, first, source, address in (
            (
                "interests-designated",
                people,
                designated_since,
                _("The designated positions"),
                reverse("designations:designations"),
            ),
            (
                "interests-declared",
                interests,
                interests["first"],
                _("The register of financial interests"),
                reverse("interests:interests"),
            ),
        )
        for period in periods
        if first is not None and period.year >= first.year
    ]


def _figure(code: str, year: int, value: int, source: str, address: str) -> Figure:
    return counted(code, year, value, source, address, POLICY.roles("view_officials"))
