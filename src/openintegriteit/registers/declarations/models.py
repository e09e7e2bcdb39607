"""Declarations: what somebody says about themselves in a register, and what was decided about it.

The register itself hangs its details on a declaration, one to one. Two regimes never mix: an official declares and
somebody above them decides; an office holder declares and that is the end of it, because the law makes declaring and
publishing their own duty.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.searching import SearchTextField
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager
from openintegriteit.organisations.models import Person


class Regime(models.TextChoices):
    """Under which law somebody declares."""

    OFFICIALS = "officials", _("officials")
    OFFICE_HOLDERS = "office_holders", _("political office holders")


class RegisterKey(models.TextChoices):
    """The registers. The key stands in rows and addresses; content/registers.yaml has what the law says of each."""

    OUTSIDE_POSITIONS = "outside_positions", _("outside positions")
    GIFTS = "gifts", _("gifts, services and invitations")
    INTERESTS = "interests", _("financial interests")


class Outcome(models.TextChoices):
    """What was decided about a declaration."""

    ALLOWED = "allowed", _("allowed")
    CONDITIONS = "conditions", _("allowed with conditions")
    FORBIDDEN = "forbidden", _("forbidden")


def not_over_on(day: date) -> Q:
    """What holds on the day or will from a later one."""
    return Q(withdrawn_on__isnull=True) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def waits_for_a_decision() -> Q:
    """What asks a decision and, as it reads now, nobody has decided about."""
    undecided = Q(decided_revision__isnull=True) | ~Q(decided_revision=F("revision"))
    return Q(undecided, asks_decision=True, withdrawn_on__isnull=True)


class DeclarationQuerySet(TenantQuerySet):
    """Selections of declarations."""

    def current_on(self, day: date) -> "DeclarationQuerySet":
        """Declarations that hold on the day or will from a later one: not ended, not withdrawn."""
        return self.filter(not_over_on(day))

    def to_decide(self) -> "DeclarationQuerySet":
        """Declarations that ask a decision and that, as they read now, nobody has decided about."""
        return self.filter(waits_for_a_decision())

    def of_people(self, people: Iterable[Person]) -> "DeclarationQuerySet":
        """What these people declared."""
        return self.filter(person__in=people)


# What the filters of the lists ask.
LISTED = ("id", "withdrawn_on", "ends_on", "outcome", "asks_decision", "decided_revision", "revision")
TO_DECIDE = ("id", "decided_revision", "revision", "person")


class Declaration(TenantModel, VersionedModel):
    """One thing that one person declares in one register.

    `asks_decision`: as it reads now, somebody above the person has to decide about it. `revision` grows when what was
    declared changes; a decision holds for the revision it was taken on, so an edit asks a new one. `outcome` is that
    of the newest decision, whatever its revision.
    """

    register = models.CharField(_("register"), max_length=40, choices=RegisterKey)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="declarations")
    regime = models.CharField(_("regime"), max_length=20, choices=Regime)
    title = models.CharField(_("what is declared"), max_length=400)
    revision = models.PositiveIntegerField(default=1, editable=False)
    first_declared_on = models.DateField(_("first declared on"))
    declared_on = models.DateField(_("declared on"))  # this revision of it
    starts_on = models.DateField(_("since"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)  # that it still is so
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_because = models.CharField(_("why it is withdrawn"), max_length=300, blank=True)
    asks_decision = models.BooleanField(_("asks a decision"), editable=False)
    outcome = models.CharField(_("decision"), max_length=20, choices=Outcome, blank=True)
    decided_revision = models.PositiveIntegerField(null=True, blank=True, editable=False)
    review_on = models.DateField(_("to be looked at again on"), null=True, blank=True)
    search_text = SearchTextField(sources=["title", "person_name"])

    objects: ClassVar[Any] = tenant_manager(DeclarationQuerySet)

    class Meta:
        ordering = ["-declared_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="declaration_ends_after_start"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_because=""), name="withdrawal_tells_why"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_revision__isnull=True)
                | (~Q(outcome="") & Q(decided_revision__isnull=False)),
                name="outcome_has_a_revision",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", asks_decision=False) | Q(regime=Regime.OFFICIALS),
                name="only_officials_are_decided_about",
            ),
        ]
        indexes = [
            # Lists, their filters and their counts read the index alone, so a late page costs what the first does.
            models.Index(fields=["organisation", "register", "regime", "declared_on", *LISTED], name="declared_by_day"),
            models.Index(fields=["organisation", "register", "regime", "starts_on", *LISTED], name="declared_by_start"),
            models.Index(fields=["organisation", "person", "register"], name="declaration_by_person"),
            models.Index(
                fields=["organisation", "asks_decision", "withdrawn_on", "declared_on", *TO_DECIDE],
                name="to_decide_by_day",
            ),
            models.Index(fields=["organisation", "review_on"], name="declaration_by_review"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def person_name(self) -> str:
        """Who declares, for the search."""
        return self.person.full_name

    def holds_on(self, day: date) -> bool:
        """Whether it holds on the day or will from a later one."""
        return self.withdrawn_on is None and (self.ends_on is None or self.ends_on >= day)

    @property
    def awaits_decision(self) -> bool:
        """Whether it asks a decision and reads otherwise than when it was decided about, or never was."""
        return self.asks_decision and self.withdrawn_on is None and self.decided_revision != self.revision


class Details(TenantModel, VersionedModel):
    """What a register keeps of a declaration beside it. Each register adds the key `declaration`, one to one.

    Its name (`str`) is the title of the declaration.
    """

    declaration: Any

    class Meta:
        abstract = True


class Decision(TenantModel):
    """What somebody above the person decided about one revision of a declaration. Added, never changed."""

    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="decisions")
    revision = models.PositiveIntegerField()
    outcome = models.CharField(_("decision"), max_length=20, choices=Outcome)
    reasons = models.TextField(_("why"))
    conditions = models.TextField(_("conditions"), blank=True)
    review_on = models.DateField(_("to be looked at again on"), null=True, blank=True)
    about = models.JSONField(default=dict)  # what the declaration said, in words, by the name of the field
    decided_on = models.DateField(_("decided on"))
    decided_by = models.CharField(_("decided by"), max_length=200)
    decided_at = models.DateTimeField(auto_now_add=True)
    brought_in_by = models.CharField(max_length=200, blank=True, editable=False)  # who read it in; empty: decided here

    class Meta:
        ordering = ["-decided_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="decision_tells_why"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.CONDITIONS) & ~Q(conditions="")
                | ~Q(outcome=Outcome.CONDITIONS) & Q(conditions=""),
                name="conditions_belong_to_their_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.declaration}: {self.get_outcome_display()}"


class Remark(TenantModel):
    """A question about a declaration, or the answer to it. Added, never changed."""

    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="remarks")
    text = models.TextField(_("question or answer"), max_length=2000)
    author = models.CharField(max_length=200)
    by_declarant = models.BooleanField(default=False)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["written_at"]

    def __str__(self) -> str:
        return self.text[:60]


class NothingToDeclare(TenantModel):
    """That somebody said to have nothing to declare in a register. Added, never changed."""

    register = models.CharField(_("register"), max_length=40, choices=RegisterKey)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    said_on = models.DateField(_("said on"))
    recorded_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-said_on"]
        constraints = [models.UniqueConstraint(fields=["person", "register", "said_on"], name="nothing_once_a_day")]

    def __str__(self) -> str:
        return f"{self.person}: {self.register}"
