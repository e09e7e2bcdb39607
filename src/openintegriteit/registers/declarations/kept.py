"""How declarations are kept: from what day a term can begin, and what one is without what stands in it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.contracts import KeptKind, Side, StartEvent
from openintegriteit.core.roles import program_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.operations import Event, record_many
from openintegriteit.organisations.models import OFFICE_HOLDERS, Organisation
from openintegriteit.organisations.queries import end_of_service
from openintegriteit.registers.declarations.models import (
    Declaration,
    Deputy,
    Draft,
    NothingToDeclare,
    Regime,
    RegisterKey,
    Remark,
)
from openintegriteit.registers.declarations.registers import REGISTERS

KEEPS_DRAFTS = timedelta(days=90)
SIDES: Mapping[Regime, Side] = {Regime.OFFICIALS: "officials", Regime.OFFICE_HOLDERS: "office_holders"}


def kept_as(register: str, regime: Regime) -> str:
    """The key of the kind of record that declarations of a register under a regime are."""
    return f"{register}_{regime}"


def _ended() -> Any:
    """When a declaration ended: on its last day or when it was withdrawn, the later of both; None while it holds."""
    return Coalesce(Greatest("ends_on", "withdrawn_on"), "ends_on", "withdrawn_on")


def _declared(register: RegisterKey, regime: Regime) -> KeptKind:
    def rows(start: StartEvent) -> QuerySet[Any]:
        began: Any = {"service": end_of_service(), "end": _ended(), "day": F("starts_on")}[start]
        remarks = Remark.objects.filter(declaration=OuterRef("pk")).order_by().values("declaration")
        number = Subquery(remarks.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
        found: QuerySet[Any] = Declaration.objects.filter(register=register, regime=regime)
        return found.annotate(began=began, remarks_written=Coalesce(number, 0))

    return KeptKind(
        key=kept_as(register, regime),
        label=format_lazy("{register}, {regime}", register=register.label, regime=regime.label),
        side=SIDES[regime],
        starts=("service", "end") if REGISTERS[register].lasts else ("service", "day"),
        rows=rows,
        words=_declaration_in_words,
        mark=lambda row: f"{row.version}.{row.remarks_written}",
        person="person",
    )


def _declaration_in_words(row: Declaration) -> str:
    return _("Declaration of %(day)s in the register of %(register)s") % {
        "day": date_format(row.first_declared_on, "DATE_FORMAT"),
        "register": row.get_register_display(),
    }


def _nothing(regime: Regime) -> KeptKind:
    def rows(start: StartEvent) -> QuerySet[Any]:
        began: Any = end_of_service() if start == "service" else F("said_on")
        of_regime = {"person__kind__in": OFFICE_HOLDERS}
        said = NothingToDeclare.objects
        found = said.filter(**of_regime) if regime == Regime.OFFICE_HOLDERS else said.exclude(**of_regime)
        annotated: QuerySet[Any] = found.annotate(began=began)
        return annotated

    return KeptKind(
        key=f"nothing_{regime}",
        label=format_lazy(gettext_lazy("nothing to declare, {regime}"), regime=regime.label),
        side=SIDES[regime],
        starts=("service", "day"),
        rows=rows,
        words=_nothing_in_words,
        mark=lambda row: "",
        person="person",
    )


def _nothing_in_words(row: NothingToDeclare) -> str:
    return _("Nothing to declare in the register of %(register)s, said on %(day)s") % {
        "day": date_format(row.said_on, "DATE_FORMAT"),
        "register": row.get_register_display(),
    }


def _deputies(start: StartEvent) -> QuerySet[Any]:
    began: Any = end_of_service("deputy") if start == "service" else F("ends_on")
    found: QuerySet[Any] = Deputy.objects.annotate(began=began)
    return found


def _deputy_in_words(row: Deputy) -> str:
    return _("Deputy of a leader from %(day)s") % {"day": date_format(row.starts_on, "DATE_FORMAT")}


KINDS = (
    *(_declared(register.key, Regime(regime)) for register in REGISTERS.values() for regime in register.regimes),
    *map(_nothing, Regime),
    KeptKind(
        key="deputies",
        label=gettext_lazy("deputies of leaders"),
        side="officials",
        starts=("service", "end"),
        rows=_deputies,
        words=_deputy_in_words,
        mark=lambda row: str(row.version),
        person="deputy",
    ),
)


def forget_old_drafts(now: datetime, after: timedelta = KEEPS_DRAFTS) -> int:
    """Remove the drafts of every body that nobody has worked on for so long; returns how many.

    A draft is no record of the body, so no rule or hold keeps it: nobody but its author knows what is in it.
    """
    removed = 0
    for body in Organisation.objects.values_list("pk", flat=True):
        with organisation_scope(body), transaction.atomic():
            drafts = list(Draft.objects.filter(kept_at__lt=now - after).select_for_update())
            events = [Event("declaration.draft_forgotten", draft) for draft in drafts]
            if events:
                record_many(actor=program_actor(body), events=events)
                removed += Draft.objects.filter(pk__in=[draft.pk for draft in drafts]).delete()[0]
    return removed
