"""Departures: what was done when somebody left, and how long the body does not hire them again.

Ambtenarenwet 2017, art. 9: secrecy goes on after the service. For office holders the secrecy of Gemeentewet 89,
Provinciewet 86 and Waterschapswet 55d goes on until it is lifted. What was said in an exit talk is never kept.
"""

import operator
from functools import reduce
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager
from openintegriteit.organisations.models import Person, PersonKind
from openintegriteit.registers.declarations.models import Regime

HANDED_OVER = ("access_pass", "keys", "devices", "files", "access_ended")


class Talk(models.TextChoices):
    """How it stands with the exit talk."""

    OPEN = "open", _("not offered yet")
    OFFERED = "offered", _("offered")
    HELD = "held", _("held")
    NOT_WANTED = "not_wanted", _("not wanted")


class Handover(models.TextChoices):
    """How it stands with something that has to be handed over or ended."""

    OPEN = "open", _("not yet")
    DONE = "done", _("done")
    NOT_NEEDED = "not_needed", _("does not apply")


UNFINISHED = reduce(
    operator.or_,
    (Q(**{name: Handover.OPEN}) for name in HANDED_OVER),
    Q(talk__in=[Talk.OPEN, Talk.OFFERED]) | Q(reminded_on__isnull=True),
)


class DepartureQuerySet(TenantQuerySet):
    """Selections of departures."""

    def standing(self) -> "DepartureQuerySet":
        """What was not withdrawn as a mistake."""
        return self.filter(withdrawn_on__isnull=True)

    def unfinished(self) -> "DepartureQuerySet":
        """Departures of which something has still to be done."""
        return self.filter(UNFINISHED)


class Departure(TenantModel, VersionedModel):
    """That somebody leaves or left, and what was done about it. A mistake is withdrawn, with the reason."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="departures")
    regime = models.CharField(_("regime"), max_length=20, choices=Regime, editable=False)
    kind = models.CharField(_("left as"), max_length=20, choices=PersonKind, editable=False)
    left_on = models.DateField(_("last day"))
    talk = models.CharField(_("exit talk"), max_length=20, choices=Talk, default=Talk.OPEN)
    talk_on = models.DateField(_("talk held on"), null=True, blank=True)
    talk_by = models.CharField(_("talk held by"), max_length=200, blank=True)
    reminded_on = models.DateField(_("reminded of secrecy in writing on"), null=True, blank=True)
    access_pass = models.CharField(_("pass"), max_length=20, choices=Handover, default=Handover.OPEN)
    keys = models.CharField(_("keys"), max_length=20, choices=Handover, default=Handover.OPEN)
    devices = models.CharField(
        _("telephone, laptop and other devices"), max_length=20, choices=Handover, default="open"
    )
    files = models.CharField(_("files and documents"), max_length=20, choices=Handover, default=Handover.OPEN)
    access_ended = models.CharField(
        _("access to systems ended"), max_length=20, choices=Handover, default=Handover.OPEN
    )
    recorded_by = models.CharField(_("recorded by"), max_length=200, editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)
    withdrawn_because = models.CharField(_("why this was a mistake"), max_length=300, blank=True)

    objects: ClassVar[Any] = tenant_manager(DepartureQuerySet)

    class Meta:
        ordering = ["-left_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "left_on"], condition=Q(withdrawn_on__isnull=True), name="departure_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_because=""), name="departure_withdrawal_tells_why"
            ),
            models.CheckConstraint(
                condition=~Q(talk=Talk.HELD) | Q(talk_on__isnull=False), name="departure_talk_has_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "person", "left_on"], name="departure_by_person"),
            models.Index(fields=["organisation", "left_on", "id"], name="departure_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {date_format(self.left_on, 'DATE_FORMAT')}"

    def handed_over(self) -> list[tuple[str, str, str]]:
        """What has to be handed over: its name, how it stands and the tone of that."""
        tones = {Handover.OPEN: "soon", Handover.DONE: "ok", Handover.NOT_NEEDED: "neutral"}
        words = {field.name: str(field.verbose_name) for field in self._meta.concrete_fields}
        return [
            (words[name], str(Handover(getattr(self, name)).label), tones[Handover(getattr(self, name))])
            for name in HANDED_OVER
        ]

    def still_open(self) -> list[str]:
        """What has still to be done, in words."""
        words = {field.name: str(field.verbose_name) for field in self._meta.concrete_fields}
        found = [words["talk"]] if self.talk in (Talk.OPEN, Talk.OFFERED) else []
        found += [str(_("reminder of secrecy"))] if self.reminded_on is None else []
        return found + [words[name] for name in HANDED_OVER if getattr(self, name) == Handover.OPEN]


class CoolingOffRule(TenantModel, VersionedModel):
    """How long after they left the body does not hire some people again, by its own code or decision.

    Ambtenarenwet, Gemeentewet, Provinciewet and Waterschapswet set no such term for a decentralised body, as far as we
    know (November 2026); the code of conduct that a body adopts can.
    """

    for_whom = models.CharField(_("for whom"), max_length=20, choices=PersonKind)
    months = models.PositiveSmallIntegerField(
        _("how many months"), validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    what = models.CharField(_("what is not done in that time"), max_length=300)
    basis = models.CharField(_("where this stands"), max_length=300)
    in_force_from = models.DateField(_("for who leaves from"))
    ended_on = models.DateField(_("does not hold any more from"), null=True, blank=True)

    class Meta:
        ordering = ["for_whom", "in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "for_whom"], condition=Q(ended_on__isnull=True), name="cooling_off_once"
            ),
            models.CheckConstraint(condition=Q(ended_on__gte=F("in_force_from")), name="cooling_off_ends_after_start"),
        ]

    def __str__(self) -> str:
        return str(self.get_for_whom_display())
