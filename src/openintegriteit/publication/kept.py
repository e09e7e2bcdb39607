"""How it is kept that something was out of sight for somebody's safety: a term after it came back.

The lines themselves are emptied when they leave the site (`operations.bring_up_to_date`); a mark without a word stays.
"""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.contracts import KeptKind, Side, StartEvent
from openintegriteit.organisations.models import OFFICE_HOLDERS
from openintegriteit.publication.models import Hiding


def _hidings(side: Side, label: Any) -> KeptKind:
    def rows(start: StartEvent) -> QuerySet[Any]:
        of_side = {"person__kind__in": OFFICE_HOLDERS}
        hidings = Hiding.objects
        found = hidings.filter(**of_side) if side == "office_holders" else hidings.exclude(**of_side)
        annotated: QuerySet[Any] = found.annotate(began=Coalesce("ended_on", "hidden_until"))
        return annotated

    return KeptKind(
        key=f"hidings_{side}",
        label=label,
        side=side,
        starts=("end",),
        rows=rows,
        words=_in_words,
        mark=lambda row: "",
        person="person",
    )


def _in_words(row: Hiding) -> str:
    return _("Taken off the public site on %(day)s for safety") % {"day": date_format(row.hidden_on, "DATE_FORMAT")}


KINDS = (
    _hidings("officials", gettext_lazy("taken off the public site, officials")),
    _hidings("office_holders", gettext_lazy("taken off the public site, political office holders")),
)
