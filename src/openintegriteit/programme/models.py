"""What the body found, what it does about it, and what came of it: findings, measures, notes and activities."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.searching import SearchTextField
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager
from openintegriteit.organisations.models import Person

PILLAR_BOUNDS = [MinValueValidator(1), MaxValueValidator(8)]


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

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:80]}"


class ActionPlan(TenantModel):
    """The plan in which measures keep their number."""

    title = models.CharField(_("title"), max_length=200)
    started_on = models.DateField(_("from"), null=True, blank=True)

    class Meta:
        ordering = ["-started_on", "title"]
        constraints = [models.UniqueConstraint(fields=["organisation", "title"], name="action_plan_once")]

    def __str__(self) -> str:
        return self.title


class MeasureHeading(TenantModel):
    """A heading of the plan under which measures stand."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="headings")
    title = models.CharField(_("heading of measures"), max_length=200)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "title"]
        constraints = [models.UniqueConstraint(fields=["plan", "title"], name="measure_heading_once")]

    def __str__(self) -> str:
        return self.title


class MeasureStatus(models.TextChoices):
    """How a measure stands; unknown for a measure of which nobody recorded it."""

    NOT_STARTED = "not_started", _("not started")
    ON_SCHEDULE = "on_schedule", _("on schedule")
    DELAYED = "delayed", _("delayed")
    CONTINUOUS = "continuous", _("continuous")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")
    UNKNOWN = "unknown", _("unknown")


REMINDED_AHEAD = timedelta(days=30)
CLOSED_STATUSES = (MeasureStatus.DONE, MeasureStatus.DROPPED)


class Priority(models.IntegerChoices):
    """How much a measure matters, apart from its number."""

    LOW = 1, _("low")
    NORMAL = 2, _("normal")
    HIGH = 3, _("high")


class MeasureQuerySet(TenantQuerySet):
    """Selections of measures."""

    def open(self) -> "MeasureQuerySet":
        """Measures that still ask work."""
        return self.exclude(status__in=CLOSED_STATUSES)

    def overdue(self, day: date) -> "MeasureQuerySet":
        """Open measures whose date lies before the day."""
        return self.open().filter(due_on__lt=day)

    def due_before(self, day: date) -> "MeasureQuerySet":
        """Open measures whose date lies before the day or on it."""
        return self.open().filter(due_on__lte=day)

    def done_without_evidence(self) -> "MeasureQuerySet":
        """Measures that are done while nothing proves it, or no longer."""
        proof = Evidence.objects.filter(measure=OuterRef("pk"), withdrawn_at=None)
        return self.filter(~Exists(proof), status=MeasureStatus.DONE)

    def without_reminded_owner(self, day: date) -> "MeasureQuerySet":
        """Open measures without a person for reminders, or with one who has left."""
        return self.open().filter(Q(owner_person=None) | Q(owner_person__ended_on__lt=day))

    def to_remind_of(self, day: date) -> "MeasureQuerySet":
        """Open measures that are late or come due within thirty days, and whose owner still works here."""
        person_left = Q(owner_person__ended_on__lt=day)
        return self.due_before(day + REMINDED_AHEAD).exclude(owner_person=None).exclude(person_left)


class Measure(TenantModel, VersionedModel):
    """A numbered action of the plan: what, by whom, when, and how it stands. The number never changes."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="measures")
    number = models.PositiveIntegerField(_("number"))
    heading = models.ForeignKey(
        MeasureHeading,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("heading of measures"),
    )
    pillar = models.PositiveSmallIntegerField(_("pillar"), null=True, blank=True, validators=PILLAR_BOUNDS)
    title = models.CharField(_("measure"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    owner = models.CharField(_("owner"), max_length=200, blank=True)
    # Who gets the reminders; `owner` says in words who it is.
    owner_person = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person for reminders"),
    )
    initiator = models.CharField(_("initiative"), max_length=200, blank=True)
    when = models.CharField(_("when, in words"), max_length=200, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.NORMAL)
    status = models.CharField(_("status"), max_length=20, choices=MeasureStatus, default=MeasureStatus.NOT_STARTED)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    finding = models.ForeignKey(
        Finding,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("finding"),
    )
    budget = models.DecimalField(_("budget in euros"), max_digits=12, decimal_places=2, null=True, blank=True)
    search_text = SearchTextField(sources=["title", "description", "owner"])

    objects: ClassVar[Any] = tenant_manager(MeasureQuerySet)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="measure_number_once"),
            models.CheckConstraint(condition=Q(pillar__range=(1, 8)), name="measure_pillar_exists"),
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True) | Q(status=MeasureStatus.DONE), name="finished_means_done"
            ),
        ]
        # Each order of the list ends with the key, so a page far down is found in the index without reading the rows.
        indexes = [
            models.Index(fields=["organisation", "number", "id"], name="measure_by_number"),
            models.Index(fields=["organisation", "due_on", "id", "status"], name="measure_by_due"),
            models.Index(fields=["organisation", "status", "number", "id"], name="measure_by_status"),
            models.Index(
                fields=["organisation", "pillar", "number", "id", "status", "due_on"], name="measure_by_pillar"
            ),
            models.Index(fields=["organisation", "title", "id"], name="measure_by_title"),
            models.Index(fields=["organisation", "owner", "number", "id"], name="measure_by_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def is_open(self) -> bool:
        """Whether the measure still asks work."""
        return self.status not in CLOSED_STATUSES


class ProgressNote(TenantModel):
    """What was said of a measure on a day; notes are added, never changed."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="notes")
    noted_on = models.DateField(_("date"), null=True, blank=True)
    text = models.TextField(_("note"))
    author = models.CharField(_("by"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-noted_on", "-created_at"]

    def __str__(self) -> str:
        return self.text[:80]


class EvidenceKind(models.TextChoices):
    """What sort of thing proves a measure."""

    DOCUMENT = "document", _("document")
    DECISION = "decision", _("decision")
    PAGE = "page", _("page on the web")
    OTHER = "other", _("something else")


class Evidence(TenantModel):
    """What proves a measure, and where it is kept; evidence is added, never changed, and withdrawn with a reason."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="evidence")
    dated_on = models.DateField(_("date"))
    title = models.CharField(_("what it is"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=EvidenceKind, default=EvidenceKind.DOCUMENT)
    place = models.CharField(_("where it is kept"), max_length=300)
    author = models.CharField(_("by"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=200, blank=True, default="")
    withdrawn_why = models.CharField(_("why withdrawn"), max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-dated_on", "-created_at"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""), name="withdrawn_evidence_tells_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_web_address(self) -> bool:
        """Whether the place is an address that a browser can open."""
        return self.place.startswith(("https://", "http://"))


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
