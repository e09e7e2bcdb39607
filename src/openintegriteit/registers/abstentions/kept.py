"""How meetings, abstentions and exemptions are kept. A meeting goes after the abstentions from its subjects."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.contracts import KeptKind, Side, StartEvent
from openintegriteit.organisations.models import OFFICE_HOLDERS
from openintegriteit.organisations.queries import end_of_service
from openintegriteit.registers.abstentions.models import Abstention, Exemption, Meeting

OF_OFFICE_HOLDERS = Q(person__kind__in=OFFICE_HOLDERS)


def _abstentions(start: StartEvent) -> QuerySet[Any]:
    found: QuerySet[Any] = Abstention.objects.select_related("subject__meeting")
    return found.annotate(began=end_of_service() if start == "service" else F("subject__meeting__held_on"))


def _exemptions(key: str, side: Side, of_side: Q, label: Any) -> KeptKind:
    def rows(start: StartEvent) -> QuerySet[Any]:
        found: QuerySet[Any] = Exemption.objects.filter(of_side)
        return found.annotate(began=end_of_service() if start == "service" else F("holds_until"))

    return KeptKind(
        key=key,
        label=label,
        side=side,
        starts=("service", "end"),
        rows=rows,
        words=lambda row: _("Exemption of %(day)s") % {"day": date_format(row.granted_on, "DATE_FORMAT")},
        mark=lambda row: str(row.version),
        person="person",
    )


def _meetings(start: StartEvent) -> QuerySet[Any]:
    found: QuerySet[Any] = Meeting.objects.annotate(began=F("held_on"))
    return found


KINDS = (
    KeptKind(
        key="abstentions",
        label=gettext_lazy("abstentions"),
        side="office_holders",
        starts=("service", "day"),
        rows=_abstentions,
        words=lambda row: (
            _("Abstention in a meeting of %(day)s") % {"day": date_format(row.subject.meeting.held_on, "DATE_FORMAT")}
        ),
        mark=lambda row: str(row.version),
        person="person",
    ),
    _exemptions(
        "exemptions_officials",
        "officials",
        ~OF_OFFICE_HOLDERS,
        gettext_lazy("exemptions from prohibited acts, officials"),
    ),
    _exemptions(
        "exemptions",
        "office_holders",
        OF_OFFICE_HOLDERS,
        gettext_lazy("exemptions from prohibited acts, political office holders"),
    ),
    KeptKind(
        key="meetings",
        label=gettext_lazy("meetings with their subjects"),
        side="office_holders",
        starts=("day",),
        rows=_meetings,
        words=lambda row: _("Meeting of %(day)s") % {"day": date_format(row.held_on, "DATE_FORMAT")},
        mark=lambda row: str(row.version),
    ),
)
