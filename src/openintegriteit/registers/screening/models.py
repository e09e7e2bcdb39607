"""Screening: what was checked about somebody and with what result. Never what was found, and never the document.

The law asks it of executive members (content/law.yaml); a body asks it of others by its own rules. For a test of
suitability Ambtenarenwet 2017, art. 3a, lets an employer process special and criminal data; this register keeps none.
"""

from datetime import date
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager
from openintegriteit.organisations.models import Person, PersonKind
from openintegriteit.registers.declarations.models import Regime

AT_RISK = "at_risk"


class ScreeningKind(models.TextChoices):
    """What is checked."""

    CERTIFICATE_OF_CONDUCT = "certificate_of_conduct", _("certificate of conduct")
    IDENTITY = "identity", _("identity")
    DIPLOMAS = "diplomas", _("diplomas")
    REFERENCES = "references", _("references")
    QUESTIONS = "questions", _("talk about integrity")
    RISK_ANALYSIS = "risk_analysis", _("risk analysis")
    CLEARANCE = "clearance", _("security clearance")


class Result(models.TextChoices):
    """How it ended."""

    IN_ORDER = "in_order", _("in order")
    WITH_AGREEMENTS = "with_agreements", _("in order, with agreements")
    NOT_IN_ORDER = "not_in_order", _("not in order")


PASSED = (Result.IN_ORDER, Result.WITH_AGREEMENTS)


class ScreeningQuerySet(TenantQuerySet):
    """Selections of screenings."""

    def standing(self) -> "ScreeningQuerySet":
        """What was not withdrawn as a mistake."""
        return self.filter(withdrawn_on__isnull=True)


class Screening(TenantModel, VersionedModel):
    """That something was checked about a person. A mistake is withdrawn, with the reason.

    The result is never changed, so that the event log, which tells what changed, does not know it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="screenings")
    regime = models.CharField(_("regime"), max_length=20, choices=Regime, editable=False)  # of the person then
    kind = models.CharField(_("what was checked"), max_length=30, choices=ScreeningKind)
    result = models.CharField(_("result"), max_length=20, choices=Result)
    done_on = models.DateField(_("issued or done on"))
    fresh_until = models.DateField(_("new enough for an appointment until"), editable=False)
    post = models.CharField(_("for which position or office"), max_length=200, blank=True)
    valid_until = models.DateField(_("good until"), null=True, blank=True)
    recorded_by = models.CharField(_("recorded by"), max_length=200, editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)
    withdrawn_because = models.CharField(_("why this was a mistake"), max_length=300, blank=True)

    objects: ClassVar[Any] = tenant_manager(ScreeningQuerySet)

    class Meta:
        ordering = ["-done_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "regime", "kind", "done_on"],
                condition=Q(withdrawn_on__isnull=True),
                name="screening_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_because=""), name="screening_withdrawal_tells_why"
            ),
            models.CheckConstraint(condition=Q(valid_until__gte=F("done_on")), name="screening_good_after_it_was_done"),
        ]
        indexes = [
            models.Index(fields=["organisation", "person", "kind"], name="screening_by_person"),
            models.Index(fields=["organisation", "done_on", "id"], name="screening_by_day"),
            models.Index(fields=["organisation", "valid_until", "id"], name="screening_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_kind_display()}"

    def is_good_on(self, day: date) -> bool:
        """Whether it has not to be done again yet."""
        return self.valid_until is None or self.valid_until >= day


class ScreeningRule(TenantModel, VersionedModel):
    """That the body asks a screening of some people, beside what the law asks, and how long it is good."""

    for_whom = models.CharField(
        _("for whom"), max_length=20, choices=[*PersonKind.choices, (AT_RISK, _("who holds a position at risk"))]
    )
    kind = models.CharField(_("what is checked"), max_length=30, choices=ScreeningKind)
    fresh = models.BooleanField(_("at most three months old at the start"), default=False)
    good_months = models.PositiveSmallIntegerField(
        _("good for how many months"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    also_present = models.BooleanField(_("also of who began before this day"), default=False)
    basis = models.CharField(_("where this stands"), max_length=300)
    in_force_from = models.DateField(_("in force from"))
    ended_on = models.DateField(_("does not hold any more from"), null=True, blank=True)

    class Meta:
        ordering = ["for_whom", "kind", "in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "for_whom", "kind"],
                condition=Q(ended_on__isnull=True),
                name="screening_rule_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("in_force_from")), name="screening_rule_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_for_whom_display()}, {self.get_kind_display()}"
