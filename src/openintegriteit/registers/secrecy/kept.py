"""How imposed secrecy is kept: a term after it was lifted. What runs stays."""

from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from openintegriteit.core.contracts import KeptKind, StartEvent
from openintegriteit.registers.secrecy.models import ImposedSecrecy


def _secrecy(start: StartEvent) -> QuerySet[Any]:
    """A mistake that was withdrawn ended on that day."""
    found: QuerySet[Any] = ImposedSecrecy.objects.annotate(began=Coalesce(F("lifted_on"), F("withdrawn_on")))
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
)
