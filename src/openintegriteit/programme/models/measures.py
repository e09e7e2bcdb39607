"""What the body does: numbered measures under the headings of a plan, with progress notes and evidence."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.searching import SearchTextField
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager
from openintegriteit.organisations.models import Person
from openintegriteit.policy.models import PlanGoal
from openintegriteit.policy.pillars import PILLAR_BOUNDS
from openintegriteit.programme.models.findings import Finding
from openintegriteit.programme.models.kept import KeptThing

# A plan without a day was there before plans had one; it must not come first in either database.
NEWEST_FIRST = (F("started_on").desc(nulls_last=True), "title")


class ActionPlanQuerySet(TenantQuerySet):
    """Selections of action plans."""

    def newest(self) -> "ActionPlan | None":
        """The plan that began last; None for a body without a plan."""
        found: ActionPlan | None = self.order_by(*NEWEST_FIRST).first()
        return found


class ActionPlan(TenantModel, VersionedModel):
    """A plan in which measures keep their number. A body can have several; the newest is the one it works by."""

    title = models.CharField(_("title"), max_length=200)
    started_on = models.DateField(_("from"), null=True, blank=True)

    objects: ClassVar[Any] = tenant_manager(ActionPlanQuerySet)

    class Meta:
        ordering = NEWEST_FIRST
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

    def known_by_number(self, named: "Measure | None" = None) -> "MeasureQuerySet":
        """The measures that a bare number can mean, so that plans are never mixed up: those of the newest plan.

        For a record that names a measure already (`named`): those of the plan of that one.
        """
        return self.filter(plan=named.plan_id if named else ActionPlan.objects.newest())

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
    """A numbered action of the plan: what, by whom, when, and how it stands. The number never changes within a plan."""

    plan = models.ForeignKey(
        ActionPlan, on_delete=models.PROTECT, related_name="measures", verbose_name=_("action plan")
    )
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
    # The first of a goal that may stand in several versions of the policy plan.
    goal = models.ForeignKey(
        PlanGoal,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("goal of the policy plan"),
    )
    # The id of an obligation in the list of the law, or the key of one of the body's own.
    obligation = models.CharField(_("obligation"), max_length=40, blank=True, default="")
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
            models.Index(
                fields=["organisation", "owner_person", "due_on", "number", "status"],
                condition=Q(owner_person__isnull=False),
                name="measure_by_person",
            ),
            models.Index(
                fields=["organisation", "finding", "number"],
                condition=Q(finding__isnull=False),
                name="measure_by_finding",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def is_open(self) -> bool:
        """Whether the measure still asks work."""
        return self.status not in CLOSED_STATUSES


class EarlierPlace(TenantModel):
    """Where a measure stood before it was taken over into a later plan; its number there is never given again."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="earlier_places")
    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="places_left")
    number = models.PositiveIntegerField(_("number"))
    heading = models.ForeignKey(MeasureHeading, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    left_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["left_on", "created_at"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="earlier_place_once")]

    def __str__(self) -> str:
        return f"{self.plan}: {self.number}"


class ProgressNote(TenantModel):
    """What was said of a measure on a day; notes are added, never changed."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="notes")
    noted_on = models.DateField(_("date"), null=True, blank=True)
    text = models.TextField(_("note"))
    author = models.CharField(_("by"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = [F("noted_on").desc(nulls_last=True), "-created_at"]

    def __str__(self) -> str:
        return self.text[:80]


class EvidenceKind(models.TextChoices):
    """What sort of thing proves a measure."""

    DOCUMENT = "document", _("document")
    DECISION = "decision", _("decision")
    PAGE = "page", _("page on the web")
    OTHER = "other", _("something else")


class Evidence(KeptThing):
    """What proves a measure, and where it is kept; evidence is added, never changed, and withdrawn with a reason."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="evidence")
    dated_on = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=20, choices=EvidenceKind, default=EvidenceKind.DOCUMENT)

    class Meta:
        ordering = ["-dated_on", "-created_at"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""), name="withdrawn_evidence_tells_why"
            ),
        ]
