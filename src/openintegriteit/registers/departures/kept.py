"""How departures are kept: a term after the last day."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.contracts import KeptKind, Side, StartEvent
from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.departures.models import Departure


def _departures(side: Side, label: Any, regime: Regime) -> KeptKind:
    def rows(start: StartEvent) -> QuerySet[Any]:
        found: QuerySet[Any] = Departure.objects.filter(regime=regime).annotate(began=F("left_on"))
        return found

    return KeptKind(
        key=f"departures_{side}",
        label=label,
        side=side,
        starts=("day",),
        rows=rows,
        words=_in_words,
        mark=lambda row: str(row.version),
        person="person",
    )


def _in_words(row: Departure) -> str:
    return _("Departure on %(day)s") % {"day": date_format(row.left_on, "DATE_FORMAT")}


KINDS = (
    _departures("officials", gettext_lazy("departures, officials"), Regime.OFFICIALS),
    _departures("office_holders", gettext_lazy("departures, political office holders"), Regime.OFFICE_HOLDERS),
)
