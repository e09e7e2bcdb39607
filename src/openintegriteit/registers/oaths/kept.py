"""How oaths and statements are kept: as long as somebody serves, and a term after it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.contracts import KeptKind, Side, StartEvent
from openintegriteit.organisations.queries import end_of_service
from openintegriteit.registers.oaths.models import ForWhom, Oath
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


KINDS = (
    _oaths("officials", gettext_lazy("oaths and statements, officials"), OF_OFFICIALS),
    _oaths("office_holders", gettext_lazy("oaths, political office holders"), OF_OFFICE_HOLDERS),
)
