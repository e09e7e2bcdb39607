"""How imposed secrecy is kept: a term after it was lifted or lapsed. What runs stays."""

from typing import Any

from django.db.models import Case, F, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import KeptKind, StartEvent
from openintegriteit.registers.secrecy.models import Exclusion, ImposedSecrecy, lapsed_on


def _secrecy(start: StartEvent) -> QuerySet[Any]:
    """What lapsed ended on the day of the meeting, a mistake on the day on which it was withdrawn."""
    lapsed = Case(When(lapsed_on(today()), then=F("meeting_on")))
    ended = Coalesce(F("lifted_on"), lapsed, F("withdrawn_on"))
    found: QuerySet[Any] = ImposedSecrecy.objects.annotate(began=ended)
    return found


KINDS = (
    KeptKind(
        key="secrecy",
        label=gettext_lazy("imposed secrecy"),
        side="office_holders",
        starts=("end",),
        rows=_secrecy,
        words=str,
        mark=lambda row: str(row.version),
    ),
    KeptKind(
        key="exclusions",
        label=gettext_lazy("exclusions from secret information"),
        side="office_holders",
        starts=("end",),
        rows=lambda start: Exclusion.objects.annotate(began=Coalesce(F("withdrawn_on"), F("ends_on"))),
        words=str,
        mark=lambda row: str(row.version),
    ),
)
