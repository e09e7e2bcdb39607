"""How screenings are kept: as long as somebody serves, or from the day they were done, and a term after it."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.contracts import KeptKind, Side, StartEvent
from openintegriteit.organisations.queries import end_of_service
from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.screening.models import Screening


def _screenings(side: Side, label: Any, regime: Regime) -> KeptKind:
    def rows(start: StartEvent) -> QuerySet[Any]:
        found: QuerySet[Any] = Screening.objects.filter(regime=regime)
        return found.annotate(began=end_of_service() if start == "service" else F("done_on"))

    return KeptKind(
        key=f"screenings_{side}",
        label=label,
        side=side,
        starts=("service", "day"),
        rows=rows,
        words=_in_words,
        mark=lambda row: str(row.version),
        person="person",
    )


def _in_words(row: Screening) -> str:
    return _("Screening of %(day)s") % {"day": date_format(row.done_on, "DATE_FORMAT")}


KINDS = (
    _screenings("officials", gettext_lazy("screenings, officials"), Regime.OFFICIALS),
    _screenings("office_holders", gettext_lazy("screenings, political office holders"), Regime.OFFICE_HOLDERS),
)
