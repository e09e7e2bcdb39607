"""How designations of positions are kept: a term after they ended. They are about a position, not about a person."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.contracts import KeptKind, StartEvent
from openintegriteit.registers.designations.models import Designation


def _rows(start: StartEvent) -> QuerySet[Any]:
    found: QuerySet[Any] = Designation.objects.annotate(began=F("ended_on"))
    return found


def _in_words(row: Designation) -> str:
    return _("Designation of a position on %(day)s") % {"day": date_format(row.designated_on, "DATE_FORMAT")}


KINDS = (
    KeptKind(
        key="designations",
        label=gettext_lazy("designated positions"),
        side="officials",
        starts=("end",),
        rows=_rows,
        words=_in_words,
        mark=lambda row: str(row.version),
    ),
)
