"""The policy plan of a body: its versions, and in each the texts, goals, roles and means."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager
from openintegriteit.policy.pillars import PILLAR_BOUNDS


class PolicyPlanQuerySet(TenantQuerySet):
    """Selections of policy plans."""

    def with_replaced(self) -> "PolicyPlanQuerySet":
        """Plans with `is_replaced`: whether a later version of the plan was adopted."""
        later = PolicyPlan.objects.filter(follows=OuterRef("pk"), adopted_on__isnull=False)
        annotated: PolicyPlanQuerySet = self.annotate(is_replaced=Exists(later))
        return annotated


class PolicyPlan(TenantModel, VersionedModel):
    """A version of the document in which the body lays down its integrity policy.

    The next version `follows` it and starts as its copy. From adoption here on (`settled_at`) a version never changes.
    A plan that was read in may have a day of adoption already, while its text is still being taken over; it is then not
    settled yet.
    """

    title = models.CharField(_("title"), max_length=200)
    edition = models.PositiveSmallIntegerField(_("version"), default=1)
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("follows")
    )
    adopted_by = models.CharField(_("adopted by"), max_length=200, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    settled_at = models.DateTimeField(_("adoption recorded on"), null=True, blank=True, editable=False)
    policy_since = models.PositiveSmallIntegerField(_("active policy since"), null=True, blank=True)
    vision = models.TextField(_("vision"), blank=True, default="")
    definitions = models.TextField(_("definitions"), blank=True, default="")
    ambitions = models.TextField(_("ambitions"), blank=True, default="")
    monitoring = models.TextField(_("how we follow it"), blank=True, default="")
    chapters = models.TextField(_("chapters, one per line"), blank=True)
    note = models.TextField(_("note"), blank=True)

    objects: ClassVar[Any] = tenant_manager(PolicyPlanQuerySet)

    class Meta:
        ordering = ["-adopted_on", "title", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "title", "edition"], name="policy_plan_edition_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | (Q(adopted_on__isnull=False) & ~Q(adopted_by="")),
                name="settled_plan_is_adopted",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanPart(TenantModel, VersionedModel):
    """A numbered part of one version of a policy plan."""

    plan = models.ForeignKey(PolicyPlan, on_delete=models.CASCADE)
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        abstract = True
        ordering = ["number"]


class PlanGoal(PlanPart):
    """What the body wants to reach, for one of the pillars or for all of them together (`pillar` None).

    A goal that a version took over from the one before has the first of them as its `origin`; measures name that one,
    so that they carry the goal through all versions.
    """

    origin = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    pillar = models.PositiveSmallIntegerField(_("pillar"), null=True, blank=True, validators=PILLAR_BOUNDS)
    text = models.TextField(_("goal"))
    seen_by = models.TextField(_("how one sees that it is reached"), blank=True)
    due_on = models.DateField(_("reached before"), null=True, blank=True)

    class Meta(PlanPart.Meta):
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_goal_number_once"),
            models.CheckConstraint(condition=Q(pillar__range=(1, 8)), name="plan_goal_pillar_exists"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"[:200]

    @property
    def root(self) -> Any:
        """The key by which measures name this goal, in whatever version it stands."""
        return self.origin_id or self.pk


class PlanRole(PlanPart):
    """Who does what for the policy: a role, its task and, where known, who has it."""

    name = models.CharField(_("role"), max_length=200)
    task = models.TextField(_("task"))
    who = models.CharField(_("who has it"), max_length=200, blank=True)

    class Meta(PlanPart.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_role_number_once")]

    def __str__(self) -> str:
        return self.name


class PlanMeans(PlanPart):
    """What there is to carry out the plan in a year: euros, hours or both, under a line of the budget."""

    budget_line = models.CharField(_("budget line"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"))
    euros = models.DecimalField(_("euros"), max_digits=12, decimal_places=2, null=True, blank=True)
    hours = models.PositiveIntegerField(_("hours"), null=True, blank=True)

    class Meta(PlanPart.Meta):
        verbose_name_plural = "means"
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_means_number_once")]

    def __str__(self) -> str:
        return f"{self.budget_line}, {self.year}"
