"""How often owners of measures are reminded, and which mails they got."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.tenancy import TenantModel
from openintegriteit.organisations.models import Person


class Rhythm(models.TextChoices):
    """How often owners get a mail about their measures."""

    OFF = "off", _("never")
    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")


class DigestRules(TenantModel, VersionedModel):
    """How often the body reminds owners of measures. A body without rules reminds nobody."""

    rhythm = models.CharField(_("how often"), max_length=10, choices=Rhythm, default=Rhythm.OFF)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="digest_rules_once")]

    def __str__(self) -> str:
        return str(Rhythm(self.rhythm).label)


class Digest(TenantModel):
    """That an owner got the mail of a week or month: at most one, however often the worker tries."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    period = models.CharField(max_length=10)  # "2026-W48" or "2026-11"
    measures = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sent_at"]
        constraints = [models.UniqueConstraint(fields=["organisation", "person", "period"], name="digest_once")]

    def __str__(self) -> str:
        return self.period
