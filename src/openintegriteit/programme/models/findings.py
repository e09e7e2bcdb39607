"""What the body found, or others found: what is weak, what they ask, and what the body does with their advice."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.searching import SearchTextField
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager


class FindingKind(models.TextChoices):
    """From what kind of measurement a finding comes."""

    INSPECTORATE = "inspectorate", _("inspectorate")
    AUDIT_COURT = "audit_court", _("court of audit")
    ACCOUNTANT = "accountant", _("accountant")
    AUDIT = "audit", _("internal audit")
    INVESTIGATION = "investigation", _("investigation")
    MONITOR = "monitor", _("monitor")
    COUNCIL = "council", _("representative body")


class FindingStatus(models.TextChoices):
    """How far the body is with a finding."""

    OPEN = "open", _("open")
    IN_PROGRESS = "in_progress", _("being handled")
    RESOLVED = "resolved", _("resolved")


class TakenOver(models.TextChoices):
    """Whether the body does what the finder advises."""

    UNDECIDED = "undecided", _("not decided")
    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")


NOT_WHOLLY = (TakenOver.PARTLY, TakenOver.NO)  # of which the body has to tell why


class FindingQuerySet(TenantQuerySet):
    """Selections of findings."""

    def unresolved(self) -> "FindingQuerySet":
        """Findings that still ask something of the body."""
        return self.exclude(status=FindingStatus.RESOLVED)

    def overdue(self, day: date) -> "FindingQuerySet":
        """Findings that are not resolved while their term lies before the day."""
        return self.unresolved().filter(due_on__lt=day)


class Finding(TenantModel, VersionedModel):
    """Something that is weak, and who said so."""

    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=20, choices=FindingKind)
    found_by = models.CharField(_("found by"), max_length=200, blank=True)
    letter_on = models.DateField(_("date of the letter"), null=True, blank=True)
    text = models.TextField(_("finding"))
    order = models.TextField(_("what is asked"), blank=True)
    due_on = models.DateField(_("term"), null=True, blank=True)
    reinspected_on = models.DateField(_("reinspection"), null=True, blank=True)
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True)
    dates_in_words = models.CharField(_("dates in words"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=FindingStatus, default=FindingStatus.OPEN)
    note = models.TextField(_("note"), blank=True)
    taken_over = models.CharField(_("taken over"), max_length=20, choices=TakenOver, default=TakenOver.UNDECIDED)
    taken_over_by = models.CharField(_("decided by"), max_length=200, blank=True, default="")
    taken_over_on = models.DateField(_("decided on"), null=True, blank=True)
    taken_over_why = models.TextField(_("why so decided"), blank=True, default="")
    search_text = SearchTextField(sources=["text", "found_by", "order", "note"])

    objects: ClassVar[Any] = tenant_manager(FindingQuerySet)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="finding_number_once"),
            models.CheckConstraint(
                condition=~Q(taken_over__in=NOT_WHOLLY) | ~Q(taken_over_why=""), name="not_taken_over_tells_why"
            ),
        ]
        indexes = [
            # How many are open and late, and which days come, is read from an index alone.
            models.Index(fields=["organisation", "due_on", "number", "status"], name="finding_by_due"),
            models.Index(fields=["organisation", "reinspected_on", "number"], name="finding_by_reinspection"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:80]}"
