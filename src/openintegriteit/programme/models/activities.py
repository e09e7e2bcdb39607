"""What is done together: ceremonies, training, team talks, meetings and communication."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.searching import SearchTextField
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager
from openintegriteit.policy.pillars import PILLAR_BOUNDS
from openintegriteit.programme.models.kept import KeptThing
from openintegriteit.programme.models.measures import Measure
from openintegriteit.programme.models.working_groups import FIRST_YEAR, WorkingGroup


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
LOOKED_BACK_ON = (ActivityStatus.HELD, ActivityStatus.RUNNING)
FEWEST_ANSWERS = 5  # a mark of fewer answers could tell what one person gave
MARKS = (Decimal(1), Decimal(10))


class Scope(models.TextChoices):
    """Whether an activity is about integrity itself or about an open culture in a wider sense."""

    INTEGRITY = "integrity", _("strictly integrity")
    OPEN_CULTURE = "open_culture", _("wider open culture")


class Recurrence(models.IntegerChoices):
    """Every how many months an activity is repeated."""

    MONTHLY = 1, _("every month")
    QUARTERLY = 3, _("every quarter")
    HALF_YEARLY = 6, _("every half year")
    YEARLY = 12, _("every year")


class ActivityQuerySet(TenantQuerySet):
    """Selections of activities."""

    def looked_back_on(self, *years: int) -> "ActivityQuerySet":
        """What the account over the years tells: what was done in them, or is still under way."""
        return self.filter(year__in=years, status__in=LOOKED_BACK_ON)

    def awaiting_answer(self, day: date) -> "ActivityQuerySet":
        """Foreseen activities whose last day lies before the day: were they held?"""
        gone_by = Q(ends_on__lt=day) | Q(ends_on__isnull=True, starts_on__lt=day)
        return self.filter(gone_by, status__in=FORESEEN_STATUSES)

    def on_agenda(self, year: int) -> "ActivityQuerySet":
        """What is or was foreseen for the year."""
        return self.filter(year=year).exclude(status=ActivityStatus.CALLED_OFF)

    def meetings_held(self) -> "ActivityQuerySet":
        """Meetings of working groups that were held."""
        held = self.filter(kind=ActivityKind.MEETING, status=ActivityStatus.HELD)
        return held.exclude(working_group=None)

    def in_series(self, series: UUID | None) -> "ActivityQuerySet":
        """The activities of a series, the first one first; none for what is in no series."""
        return self.filter(series=series).order_by("starts_on", "title") if series else self.none()

    def to_call_off_with(self, activity: "Activity") -> "ActivityQuerySet":
        """The activity and those of its series after it, as far as they are still to come about."""
        if activity.starts_on is None:
            return self.none()
        following = self.in_series(activity.series)
        return following.filter(status__in=FORESEEN_STATUSES, starts_on__gte=activity.starts_on)


class Activity(TenantModel, VersionedModel):
    """A ceremony, training, team talk, meeting or piece of communication. Counts stay empty when nobody knows them.

    Those that were made by repeating one of them share its key as their `series`.
    """

    title = models.CharField(_("activity"), max_length=300)
    theme = models.CharField(_("theme"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=20, choices=ActivityKind, default=ActivityKind.OTHER)
    pillar = models.PositiveSmallIntegerField(_("pillar"), null=True, blank=True, validators=PILLAR_BOUNDS)
    year = models.PositiveSmallIntegerField(_("year of the account"), validators=[MinValueValidator(FIRST_YEAR)])
    starts_on = models.DateField(_("date"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    period = models.CharField(_("when, in words"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=ActivityStatus, default=ActivityStatus.PLANNED)
    confirmed_by = models.CharField(_("confirmed by"), max_length=200, blank=True, default="")
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    called_off_because = models.TextField(_("why called off"), blank=True, default="")
    series = models.UUIDField(_("series"), null=True, blank=True, editable=False)
    sessions = models.PositiveIntegerField(_("number of times"), null=True, blank=True)
    invited = models.PositiveIntegerField(_("invited"), null=True, blank=True)
    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    evaluations = models.PositiveIntegerField(_("number of evaluations"), null=True, blank=True)
    mark = models.DecimalField(
        _("average mark"),
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(MARKS[0]), MaxValueValidator(MARKS[1])],
    )
    said = models.TextField(_("what people said"), blank=True, default="")
    next_time = models.TextField(_("what we do differently"), blank=True, default="")
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
    working_group = models.ForeignKey(
        WorkingGroup,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("working group"),
    )
    search_text = SearchTextField(
        sources=["title", "theme", "led_by", "audience", "note", "confirmed_by", "called_off_because", "next_time"]
    )

    objects: ClassVar[Any] = tenant_manager(ActivityQuerySet)

    class Meta:
        ordering = ["year", "order", "starts_on", "title"]
        verbose_name_plural = "activities"
        constraints = [
            models.CheckConstraint(condition=Q(pillar__range=(1, 8)), name="activity_pillar_exists"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="activity_ends_after_start"),
            models.CheckConstraint(condition=Q(mark__range=MARKS), name="activity_mark_between_1_and_10"),
        ]
        indexes = [
            models.Index(fields=["organisation", "year", "starts_on", "order", "id"], name="activity_by_year"),
            models.Index(fields=["organisation", "starts_on"], name="activity_by_date"),
            models.Index(fields=["organisation", "series", "starts_on"], name="activity_by_series"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def why_called_off(self) -> str:
        """Why it was called off; older records tell it as their outcome. Empty for what was not called off."""
        return (self.called_off_because or self.outcome) if self.status == ActivityStatus.CALLED_OFF else ""

    @property
    def is_meeting_held(self) -> bool:
        """Whether it is a meeting of a working group that was held."""
        held = self.kind == ActivityKind.MEETING and self.status == ActivityStatus.HELD
        return held and self.working_group_id is not None

    @property
    def told_mark(self) -> Decimal | None:
        """The average mark where it comes from enough answers to be told to others than the coordinator."""
        return self.mark if self.evaluations is not None and self.evaluations >= FEWEST_ANSWERS else None

    @property
    def is_evaluated(self) -> bool:
        """Whether anything of an evaluation is recorded."""
        return self.evaluations is not None or self.mark is not None or bool(self.said or self.next_time)


class MaterialKind(models.TextChoices):
    """What sort of thing was used."""

    PRESENTATION = "presentation", _("presentation")
    HAND_OUT = "hand_out", _("hand-out")
    FILM = "film", _("film")
    DILEMMA = "dilemma", _("dilemma")
    TEXT = "text", _("text")
    OTHER = "other", _("something else")


class Material(KeptThing):
    """What an activity uses, and where it is kept; it is added, never changed, and withdrawn with a reason."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="material")
    kind = models.CharField(_("kind"), max_length=20, choices=MaterialKind, default=MaterialKind.PRESENTATION)

    class Meta:
        ordering = ["created_at", "title"]
        verbose_name_plural = "material"
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""), name="withdrawn_material_tells_why"
            ),
        ]
