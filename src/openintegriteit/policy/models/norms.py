"""The norms of a body: regulations and codes with their versions, and what it says about the duties of law."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager


class RegulationKind(models.TextChoices):
    """What sort of written norm it is."""

    CODE_OF_CONDUCT = "code_of_conduct", _("code of conduct")
    SCHEME = "scheme", _("scheme")
    PROTOCOL = "protocol", _("protocol")
    BYLAW = "bylaw", _("by-law")
    OTHER = "other", _("other")


class Audience(models.TextChoices):
    """For whom a norm holds."""

    OFFICIALS = "officials", _("officials")
    EXECUTIVE = "executive", _("executive members")
    REPRESENTATIVES = "representatives", _("elected members")
    EVERYBODY = "everybody", _("everybody")


class RegulationQuerySet(TenantQuerySet):
    """Selections of regulations."""

    def due_for_review(self, day: date) -> "RegulationQuerySet":
        """Regulations whose review date is on or before the day."""
        return self.filter(review_due_on__lte=day)


class Regulation(TenantModel, VersionedModel):
    """A code, scheme or protocol; what it said when is in its versions."""

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=RegulationKind)
    audience = models.CharField(_("for whom"), max_length=20, choices=Audience, blank=True)
    review_due_on = models.DateField(_("review before"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    is_public = models.BooleanField(_("on the public site"), default=False)

    objects: ClassVar[Any] = tenant_manager(RegulationQuerySet)

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["organisation", "title"], name="regulation_once")]

    def __str__(self) -> str:
        return self.title


class RegulationVersion(TenantModel, VersionedModel):
    """A version of a regulation, as adopted. It holds until the next one does, or one of another regulation instead."""

    regulation = models.ForeignKey(Regulation, on_delete=models.CASCADE, related_name="versions")
    label = models.CharField(_("version"), max_length=40, default="1")
    adopted_by = models.CharField(_("adopted by"), max_length=200, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    in_force_on = models.DateField(_("in force from"), null=True, blank=True)
    replaces = models.CharField(_("replaces"), max_length=300, blank=True)
    replaces_version = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("replaces the version of another regulation"),
    )
    popular_text = models.TextField(_("in plain words"), blank=True)
    text = models.TextField(_("full text"), blank=True)
    web_address = models.URLField(_("where it was published"), max_length=500, blank=True)

    class Meta:
        ordering = ["-in_force_on", "-adopted_on"]
        constraints = [models.UniqueConstraint(fields=["regulation", "label"], name="regulation_version_once")]

    def __str__(self) -> str:
        return f"{self.regulation} {self.label}".strip()


class AnswerState(models.TextChoices):
    """Where the body stands on an obligation."""

    MET = "met", _("met")
    PARTLY = "partly", _("partly met")
    NOT_MET = "not_met", _("not met")
    NOT_APPLICABLE = "not_applicable", _("does not apply here")


class ObligationAnswerQuerySet(TenantQuerySet):
    """Selections of answers."""

    def due_for_review(self, day: date) -> "ObligationAnswerQuerySet":
        """Answers whose review date is on or before the day."""
        return self.filter(review_due_on__lte=day)


class OwnObligation(TenantModel, VersionedModel):
    """A duty that the body adds itself: of a law that is not in the list, a covenant or a by-law of its own."""

    law = models.CharField(_("law or source"), max_length=200)
    place = models.CharField(_("place in the law"), max_length=100, blank=True)
    who = models.CharField(_("who"), max_length=200)
    what = models.TextField(_("what this asks"))
    term = models.CharField(_("term"), max_length=200, blank=True)
    checked_by = models.TextField(_("how you see it"), blank=True)
    address = models.URLField(_("web address of the text"), blank=True)
    ended_on = models.DateField(_("does not hold any more from"), null=True, blank=True)

    class Meta:
        ordering = ["law", "place"]

    def __str__(self) -> str:
        return f"{self.law}, {self.place}" if self.place else self.law

    def has_ended(self, day: date) -> bool:
        """Whether the duty does not hold any more on the day."""
        return self.ended_on is not None and self.ended_on <= day


class ObligationAnswer(TenantModel, VersionedModel):
    """What people say about an obligation: where the body stands, why, what proves it, and when to look again.

    `obligation` is the id of one in the list of the law, or the key of an own one.
    """

    obligation = models.CharField(max_length=40)
    state = models.CharField(_("how it stands"), max_length=20, choices=AnswerState)
    explanation = models.TextField(_("explanation"))
    evidence = models.TextField(_("what proves it"), blank=True)
    owner = models.CharField(_("owner"), max_length=200, blank=True)
    answered_on = models.DateField(_("looked at on"))
    review_due_on = models.DateField(_("look again before"), null=True, blank=True)

    objects: ClassVar[Any] = tenant_manager(ObligationAnswerQuerySet)

    class Meta:
        ordering = ["obligation"]
        constraints = [models.UniqueConstraint(fields=["organisation", "obligation"], name="obligation_answer_once")]
        indexes = [models.Index(fields=["organisation", "review_due_on"], name="obligation_answer_by_review")]

    def __str__(self) -> str:
        return self.obligation

    def is_review_overdue(self, day: date) -> bool:
        """Whether somebody should have looked again before the day."""
        return self.review_due_on is not None and self.review_due_on < day
