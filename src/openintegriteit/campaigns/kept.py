"""How campaigns are kept: a term after they closed, with who was asked and who answered."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.campaigns.models import Campaign
from openintegriteit.core.contracts import KeptKind, Side, StartEvent


def _campaigns(key: str, side: Side, label: Any, *, for_office_holders: bool) -> KeptKind:
    def rows(start: StartEvent) -> QuerySet[Any]:
        found: QuerySet[Any] = Campaign.objects.filter(for_office_holders=for_office_holders)
        return found.annotate(began=F("closed_on"))

    return KeptKind(
        key=key,
        label=label,
        side=side,
        starts=("end",),
        rows=rows,
        words=_in_words,
        mark=lambda row: str(row.version),
        person="invitees__person",
    )


def _in_words(row: Campaign) -> str:
    return _("Campaign of %(day)s with who was asked and who answered") % {
        "day": date_format(row.opens_on, "DATE_FORMAT")
    }


KINDS = (
    _campaigns("campaigns", "officials", gettext_lazy("campaigns"), for_office_holders=False),
    _campaigns(
        "campaigns_office_holders",
        "office_holders",
        gettext_lazy("campaigns, political office holders"),
        for_office_holders=True,
    ),
)
