"""How campaigns are kept: a term after they closed, with who was asked and who answered."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.campaigns.models import Campaign
from openintegriteit.core.contracts import KeptKind, StartEvent


def _rows(start: StartEvent) -> QuerySet[Any]:
    found: QuerySet[Any] = Campaign.objects.annotate(began=F("closed_on"))
    return found


def _in_words(row: Campaign) -> str:
    return _("Reading campaign of %(day)s with who was asked and who answered") % {
        "day": date_format(row.opens_on, "DATE_FORMAT")
    }


KINDS = (
    KeptKind(
        key="campaigns",
        label=gettext_lazy("reading campaigns"),
        side="officials",
        starts=("end",),
        rows=_rows,
        words=_in_words,
        mark=lambda row: str(row.version),
        person="invitees__person",
    ),
)
