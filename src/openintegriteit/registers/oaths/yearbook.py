"""What the register contributes to the account of a year: oaths of officials, and statements that were signed."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Min
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openintegriteit.core.contracts import Figure, Period
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.figures.catalogue import counted
from openintegriteit.registers.oaths.models import ForWhom, Oath
from openintegriteit.registers.oaths.permissions import POLICY

FIGURES = {"oath-persons": ForWhom.OFFICIAL, "integrity-statements": ForWhom.NOT_EMPLOYED}


def figures(organisation_id: UUID, periods: Sequence[Period]) -> list[Figure]:
    """The figures of the periods that the register can tell (two queries; one as long as it is empty).

    The register speaks from the year in which the first line was recorded: of a year before that nobody kept it here,
    though lines about it may have been added later.
    """
    with organisation_scope(organisation_id):
        standing = Oath.objects.standing().filter(for_whom__in=FIGURES.values())
        first = standing.aggregate(first=Min("recorded_at"))["first"]
        if first is None:
            return []
        rows = standing.order_by().values_list("for_whom", ExtractYear("taken_on"))
        numbers = {
            (for_whom, year): {"oath-persons": persons, "integrity-statements": lines}
            for for_whom, year, persons, lines in rows.annotate(Count("person", distinct=True), Count("pk"))
        }
    return [
        counted(
            code,
            period.year,
            numbers.get((for_whom, period.year), {}).get(code, 0),
            _("The register of oaths and statements"),
            reverse("oaths:taken"),
            POLICY.roles("view_officials"),
        )
        for period in periods
        if period.year >= timezone.localdate(first).year
        for code, for_whom in FIGURES.items()
    ]
