"""How the income of a year is kept. What was found about a position and its intention go with the declaration."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.contracts import KeptKind, StartEvent
from openintegriteit.organisations.queries import end_of_service
from openintegriteit.registers.outside_positions.models import PositionIncome


def _incomes(start: StartEvent) -> QuerySet[Any]:
    found: QuerySet[Any] = PositionIncome.objects.all()
    return found.annotate(began=end_of_service() if start == "service" else F("told_on"))


KINDS = (
    KeptKind(
        key="position_incomes",
        label=gettext_lazy("income from positions, political office holders"),
        side="office_holders",
        starts=("service", "day"),
        rows=_incomes,
        words=lambda row: _("Income from positions in %(year)d") % {"year": row.year},
        mark=lambda row: str(row.version),
        person="person",
    ),
)
