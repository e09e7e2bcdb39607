"""Designated positions: posts at risk, and posts whose holders have duties of their own.

Ambtenarenwet 2017, art. 5(1)c (side jobs that are made public) and 5(1)d (work with a special risk of conflicting
financial interests, or of misuse of information that moves prices). And the positions of the secretary and the clerk,
and of who replaces them, to whom the prohibited acts of members apply: Gemeentewet 101, Provinciewet 98, 103(2) and
104d(2).
"""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.searching import SearchTextField
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager
from openintegriteit.organisations.models import Position

DUTIES = ("publishes_side_jobs", "declares_interests", "is_at_risk", "is_secretary_or_clerk")


class DesignationQuerySet(TenantQuerySet):
    """Selections of designations."""

    def holding_on(self, day: date) -> "DesignationQuerySet":
        """Designations that hold on the day."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), designated_on__lte=day)


class Designation(TenantModel, VersionedModel):
    """That a position is designated, for what and why. It holds until the day on which it ended."""

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="designations")
    publishes_side_jobs = models.BooleanField(_("side jobs are made public"), default=False)
    declares_interests = models.BooleanField(_("financial interests have to be declared"), default=False)
    is_at_risk = models.BooleanField(_("a position at risk"), default=True)
    is_secretary_or_clerk = models.BooleanField(_("the position of the secretary or the clerk"), default=False)
    reasons = models.TextField(_("why this position"), max_length=2000)
    designated_on = models.DateField(_("designated on"))
    review_on = models.DateField(_("to be looked at again on"), null=True, blank=True)
    ended_on = models.DateField(_("does not hold any more from"), null=True, blank=True)
    search_text = SearchTextField(sources=["position_title", "reasons"])

    objects: ClassVar[Any] = tenant_manager(DesignationQuerySet)

    class Meta:
        ordering = ["position__title", "designated_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["position"], condition=Q(ended_on__isnull=True), name="position_designated_once"
            ),
            models.CheckConstraint(
                condition=Q(publishes_side_jobs=True)
                | Q(declares_interests=True)
                | Q(is_at_risk=True)
                | Q(is_secretary_or_clerk=True),
                name="designation_is_for_something",
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="designation_tells_why"),
            models.CheckConstraint(condition=Q(ended_on__gte=F("designated_on")), name="designation_ends_after_start"),
        ]
        indexes = [models.Index(fields=["organisation", "review_on"], name="designation_by_review")]

    def __str__(self) -> str:
        return str(self.position)

    @property
    def position_title(self) -> str:
        """What the position is called, for the search."""
        return self.position.title

    def duties(self) -> list[str]:
        """What it is designated for, in words."""
        words = {field.name: str(field.verbose_name) for field in self._meta.concrete_fields}
        return [words[name] for name in DUTIES if getattr(self, name)]
