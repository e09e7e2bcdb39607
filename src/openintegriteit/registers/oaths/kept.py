"""How oaths and statements are kept: while somebody serves, and a term after it. Lists of ceremonies: by their day.

The activity of a ceremony stays when its list goes: it holds numbers and no names. What was taken there stays as well.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.contracts import KeptKind, Side, StartEvent
from openintegriteit.organisations.queries import end_of_service
from openintegriteit.registers.oaths.models import Ceremony, ForWhom, Oath
from openintegriteit.registers.oaths.rules import OF_OFFICE_HOLDERS, OF_OFFICIALS


def _oaths(side: Side, label: Any, groups: Sequence[ForWhom]) -> KeptKind:
    def rows(start: StartEvent) -> QuerySet[Any]:
        found: QuerySet[Any] = Oath.objects.filter(for_whom__in=groups)
        return found.annotate(began=end_of_service() if start == "service" else F("taken_on"))

    return KeptKind(
        key=f"oaths_{side}",
        label=label,
        side=side,
        starts=("service", "day"),
        rows=rows,
        words=_in_words,
        mark=lambda row: str(row.version),
        person="person",
    )


def _in_words(row: Oath) -> str:
    taken = {"form": row.get_form_display(), "day": date_format(row.taken_on, "DATE_FORMAT")}
    return capfirst(_("%(form)s of %(day)s") % taken)


def _ceremonies(side: Side, label: Any, for_office_holders: bool) -> KeptKind:
    def rows(start: StartEvent) -> QuerySet[Any]:
        found: QuerySet[Any] = Ceremony.objects.filter(for_office_holders=for_office_holders)
        return found.select_related("activity").annotate(began=F("activity__starts_on"))

    return KeptKind(
        key=f"ceremonies_{side}",
        label=label,
        side=side,
        starts=("day",),
        rows=rows,
        words=lambda row: _("List of the ceremony of %(day)s") % {"day": date_format(row.began, "DATE_FORMAT")},
        mark=lambda row: str(row.version),
        person="attendance__person",
    )


KINDS = (
    _oaths("officials", gettext_lazy("oaths and statements, officials"), OF_OFFICIALS),
    _oaths("office_holders", gettext_lazy("oaths, political office holders"), OF_OFFICE_HOLDERS),
    _ceremonies("officials", gettext_lazy("lists of ceremonies, officials"), for_office_holders=False),
    _ceremonies(
        "office_holders", gettext_lazy("lists of ceremonies, political office holders"), for_office_holders=True
    ),
)
