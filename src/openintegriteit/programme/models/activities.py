"""What is done together: ceremonies, training, team talks, meetings and communication."""

from datetime import date
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.searching import SearchTextField
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager
from openintegriteit.policy.pillars import PILLAR_BOUNDS
from openintegriteit.programme.models.measures import Measure


class ActivityKind(models.TextChoices):
    """What sort of activity it is."""

    CEREMONY = "ceremony", _("oath ceremony")
    TRAINING = "training", _("training")
    TEAM_TALK = "team_talk", _("team talk")
    LECTURE = "lecture", _("lecture")
    MEETING = "meeting", _("meeting")
    COMMUNICATION = "communication", _("communication")
    INVESTIGATION = "investigation", _("investigation")
    PUBLICATION = "publication", _("publication")
    OTHER = "other", _("other")


class ActivityStatus(models.TextChoices):
    """Where an activity stands."""

    PLANNED = "planned", _("planned")
    CONFIRMED = "confirmed", _("confirmed")
    RUNNING = "running", _("running")
    HELD = "held", _("held")
    CALLED_OFF = "called_off", _("called off")


FORESEEN_STATUSES = (ActivityStatus.PLANNED, ActivityStatus.CONFIRMED)


class Scope(models.TextChoices):
    """Whether an activity is about integrity itself or about an open culture in a wider sense."""

    INTEGRITY = "integrity", _("strictly integrity")
    OPEN_CULTURE = "open_culture", _("wider open culture")


class ActivityQuerySet(TenantQuerySet):
    """Selections of activities."""

    def looked_back_on(self, *years: int) -> "ActivityQuerySet":
        """What the account over the years tells: what was done in them, or is still under way."""
        return self.filter(year__in=years, status__in=(ActivityStatus.HELD, ActivityStatus.RUNNING))

    def awaiting_answer(self, day: date) -> "ActivityQuerySet":
        """Foreseen activities whose last day lies before the day: were they held?"""
        gone_by = Q(ends_on__lt=day) | Q(ends_on__isnull=True, starts_on__lt=day)
        return self.filter(gone_by, status__in=FORESEEN_STATUSES)

    def on_agenda(self, year: int) -> "ActivityQuerySet":
        """What is or was foreseen for the year."""
        return self.filter(year=year).exclude(status=ActivityStatus.CALLED_OFF)


class Activity(TenantModel, VersionedModel):
    """A ceremony, training, team talk, meeting or piece of communication. Counts stay empty when nobody knows them."""

    title = models.CharField(_("activity"), max_length=300)
    theme = models.CharField(_("theme"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=20, choices=ActivityKind, default=ActivityKind.OTHER)
    pillar = models.PositiveSmallIntegerField(_("pillar"), null=True, blank=True, validators=PILLAR_BOUNDS)
    year = models.PositiveSmallIntegerField(_("year of the account"), validators=[MinValueValidator(1990)])
    starts_on = models.DateField(_("date"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    period = models.CharField(_("when, in words"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=ActivityStatus, default=ActivityStatus.PLANNED)
    sessions = models.PositiveIntegerField(_("number of times"), null=True, blank=True)
    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    scope = models.CharField(_("nature"), max_length=20, choices=Scope, blank=True)
    audience = models.CharField(_("for whom"), max_length=200, blank=True)
    led_by = models.CharField(_("led by"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    outcome = models.TextField(_("outcome"), blank=True)
    measure = models.ForeignKey(
        Measure,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("measure"),
    )
    search_text = SearchTextField(sources=["title", "theme", "led_by", "audience", "note"])

    objects: ClassVar[Any] = tenant_manager(ActivityQuerySet)

    class Meta:
        ordering = ["year", "order", "starts_on", "title"]
        verbose_name_plural = "activities"
        constraints = [
            models.CheckConstraint(condition=Q(pillar__range=(1, 8)), name="activity_pillar_exists"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="activity_ends_after_start"),
        ]
        indexes = [
            models.Index(fields=["organisation", "year", "order"], name="activity_by_year"),
            models.Index(fields=["organisation", "starts_on"], name="activity_by_date"),
        ]

    def __str__(self) -> str:
        return self.title
