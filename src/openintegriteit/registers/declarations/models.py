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
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
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
    PROHIBITED_ACTS = "prohibited_acts", _("prohibited acts")


class Outcome(models.TextChoices):
    """What was decided about a declaration."""

    ALLOWED = "allowed", _("allowed")
    CONDITIONS = "conditions", _("allowed with conditions")
    FORBIDDEN = "forbidden", _("forbidden")


POSSIBLE = (Outcome.ALLOWED, Outcome.CONDITIONS)


class SecondLook(models.TextChoices):
    """Whether a second person looks at a decision before it is in force."""

    NEVER = "never", _("never")
    UNLESS_ALLOWED = "unless_allowed", _("only when it is not simply allowed")
    ALWAYS = "always", _("always")


def not_over_on(day: date) -> Q:
    """What holds on the day or will from a later one."""
    return Q(withdrawn_on__isnull=True) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def not_expired_on(day: date) -> Q:
    """Whose newest decision, if any, holds on the day."""
    return Q(holds_until__isnull=True) | Q(holds_until__gte=day)


def waits_for_a_decision(day: date) -> Q:
    """What asks a decision and, as it reads now, has none that holds on the day."""
    undecided = Q(decided_revision__isnull=True) | ~Q(decided_revision=F("revision")) | Q(holds_until__lt=day)
    return Q(undecided, asks_decision=True, withdrawn_on__isnull=True)


# What may wait for a decision, on any day: few of all. Asked for beside it, so that the index on it is used.
MAY_WAIT = Q(decided_revision__isnull=True) | ~Q(decided_revision=F("revision")) | Q(holds_until__isnull=False)


class DeclarationQuerySet(TenantQuerySet):
    """Selections of declarations."""

    def current_on(self, day: date) -> "DeclarationQuerySet":
        """Declarations that hold on the day or will from a later one: not ended, not withdrawn."""
        return self.filter(not_over_on(day))

    def to_decide(self, day: date) -> "DeclarationQuerySet":
        """Declarations that ask a decision and, as they read now, have none that holds on the day."""
        return self.filter(MAY_WAIT, waits_for_a_decision(day))

    def of_people(self, people: Iterable[Person]) -> "DeclarationQuerySet":
        """What these people declared."""
        return self.filter(person__in=people)


# What the filters of the lists ask.
LISTED = ("id", "withdrawn_on", "ends_on", "outcome", "asks_decision", "decided_revision", "revision", "holds_until")
COUNTED = ("withdrawn_on", "asks_decision", "decided_revision", "revision", "holds_until")
TO_DECIDE = ("id", "decided_revision", "revision", "holds_until", "is_proposed", "person")


class Declaration(TenantModel, VersionedModel):
    """One thing that one person declares in one register.

    `asks_decision`: as it reads now, somebody above the person has to decide about it. `revision` grows when what was
    declared changes; a decision holds for the revision it was taken on, so an edit asks a new one, and no longer than
    `holds_until`. `outcome` is that of the newest decision, whatever its revision. `is_proposed`: somebody proposed a
    decision about it as it reads now, which a second person has to agree to.
    """

    register = models.CharField(_("register"), max_length=40, choices=RegisterKey)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="declarations")
    regime = models.CharField(_("regime"), max_length=20, choices=Regime)
    title = models.CharField(_("what is declared"), max_length=410)
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
    holds_until = models.DateField(_("the decision holds until"), null=True, blank=True, editable=False)
    is_proposed = models.BooleanField(default=False, editable=False)
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
            models.CheckConstraint(
                condition=Q(is_proposed=False) | Q(asks_decision=True), name="proposed_where_a_decision_is_asked"
            ),
            models.CheckConstraint(
                condition=Q(holds_until__isnull=True) | Q(outcome__in=POSSIBLE),
                name="declaration_expires_when_possible",
            ),
        ]
        indexes = [
            # Lists, their filters and their counts read the index alone, so a late page costs what the first does.
            models.Index(fields=["organisation", "register", "regime", "declared_on", *LISTED], name="declared_by_day"),
            models.Index(fields=["organisation", "register", "regime", "starts_on", *LISTED], name="declared_by_start"),
            models.Index(fields=["organisation", "person", "register"], name="declaration_by_person"),
            models.Index(
                fields=["organisation", "asks_decision", "withdrawn_on", "declared_on", *TO_DECIDE],
                name="waits_by_day",
                condition=MAY_WAIT,
            ),
            models.Index(
                fields=["organisation", "register", "id"],
                condition=Q(withdrawn_on__isnull=False),
                name="declaration_withdrawn",
            ),
            models.Index(
                fields=["organisation", "regime", "first_declared_on", "register", "person", *COUNTED],
                name="declared_by_year",
            ),
            models.Index(fields=["organisation", "review_on"], name="declaration_by_review"),
            models.Index(fields=["organisation", "holds_until"], name="declaration_by_expiry"),
            models.Index(
                fields=["organisation", "declared_on"], condition=Q(is_proposed=True), name="declaration_proposed"
            ),
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
    def is_over(self) -> bool:
        """Whether its last day has gone by."""
        return self.ends_on is not None and self.ends_on < today()

    @property
    def awaits_decision(self) -> bool:
        """Whether it asks a decision and has none that holds: never taken, taken on another revision, or expired."""
        undecided = self.decided_revision != self.revision or self.has_expired
        return self.asks_decision and self.withdrawn_on is None and undecided

    @property
    def has_expired(self) -> bool:
        """Whether what was decided about it as it reads now held until a day that has gone by."""
        return self.decided_revision == self.revision and self.holds_no_longer

    @property
    def holds_no_longer(self) -> bool:
        """Whether the newest decision, whatever it was about, held until a day that has gone by."""
        return self.holds_until is not None and self.holds_until < today()

    @property
    def outcome_today(self) -> str:
        """The newest decision for lists, which tell of one that held until a day that has gone by that it did."""
        if self.holds_no_longer:
            return gettext("%(decision)s, expired") % {"decision": self.get_outcome_display()}
        return str(self.get_outcome_display())


class Details(TenantModel, VersionedModel):
    """What a register keeps of a declaration beside it. Each register adds the key `declaration`, one to one.

    Its name (`str`) is the title of the declaration.
    """

    declaration: Any

    class Meta:
        abstract = True

    def repeat(self) -> tuple[str, ...]:
        """Take over what the register repeats of the declaration, to count it without a join; returns those fields."""
        return ()


class Judged(TenantModel):
    """What somebody above the person thinks of one revision of a declaration.

    `holds_until`: the last day on which it holds; None: as long as nothing changes.
    """

    revision = models.PositiveIntegerField()
    outcome = models.CharField(_("decision"), max_length=20, choices=Outcome)
    reasons = models.TextField(_("why"))
    conditions = models.TextField(_("conditions"), blank=True)
    holds_until = models.DateField(_("the decision holds until"), null=True, blank=True)
    review_on = models.DateField(_("to be looked at again on"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="%(class)s_tells_why"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.CONDITIONS) & ~Q(conditions="")
                | ~Q(outcome=Outcome.CONDITIONS) & Q(conditions=""),
                name="%(class)s_has_its_conditions",
            ),
            models.CheckConstraint(
                condition=Q(holds_until__isnull=True) | Q(outcome__in=POSSIBLE), name="%(class)s_expires_when_possible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.declaration}: {self.get_outcome_display()}"  # type: ignore[attr-defined]


class Decision(Judged):
    """A decision in force. Added, never changed. `seconded_by` empty: nobody had to agree to it."""

    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="decisions")
    about = models.JSONField(default=dict)  # what the declaration said, in words, by the name of the field
    decided_on = models.DateField(_("decided on"))
    decided_by = models.CharField(_("decided by"), max_length=200)
    seconded_by = models.CharField(_("second person"), max_length=200, blank=True)
    brought_in_by = models.CharField(max_length=200, blank=True, editable=False)  # who read it in; empty: decided here
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta(Judged.Meta):
        ordering = ["-decided_at"]


class Proposal(Judged):
    """A decision that a second person has to agree to before it is in force.

    It is open until somebody agrees, sends it back, or changes what was declared. `account`, `person` and `address`
    tell the first person apart from the second, also when one human being has two accounts.
    """

    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="proposals")
    proposed_by = models.CharField(_("proposed by"), max_length=200)
    account = models.CharField(max_length=200)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    address = models.EmailField(blank=True)  # in small letters
    proposed_at = models.DateTimeField(auto_now_add=True)
    is_open = models.BooleanField(default=True)
    returned_by = models.CharField(_("sent back by"), max_length=200, blank=True)
    returned_because = models.TextField(_("why it is sent back"), blank=True)

    class Meta(Judged.Meta):
        ordering = ["-proposed_at"]
        constraints = [
            *Judged.Meta.constraints,
            models.UniqueConstraint(fields=["declaration"], condition=Q(is_open=True), name="one_open_proposal"),
            models.CheckConstraint(
                condition=Q(returned_by="", returned_because="") | (Q(is_open=False) & ~Q(returned_because="")),
                name="sending_back_tells_why",
            ),
        ]


class WaitingNotice(TenantModel):
    """That somebody got a mail that a declaration waits for them: to decide about it, or as the second person.

    One at most for each time that it comes to wait: the rows go when it waits no more, or in another way. `account` is
    the identifier of the actor.
    """

    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="notices")
    account = models.CharField(max_length=200)
    sent_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["declaration", "account"], name="notice_once_a_declaration")]

    def __str__(self) -> str:
        return str(self.declaration)


class DecidingRule(TenantModel, VersionedModel):
    """Whether the body wants a second person to look at decisions in a register. No row: never."""

    register = models.CharField(_("register"), max_length=40, choices=RegisterKey)
    second_look = models.CharField(
        _("a second person looks"), max_length=20, choices=SecondLook, default=SecondLook.NEVER
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "register"], name="one_rule_a_register")]

    def __str__(self) -> str:
        return str(self.get_register_display())


class DeputyQuerySet(TenantQuerySet):
    """Selections of deputies."""

    def holding_on(self, day: date) -> "DeputyQuerySet":
        """Who stands in for somebody on the day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class Deputy(TenantModel, VersionedModel):
    """Who reads and decides what a leader would, from a day on until the last one (None: not known yet)."""

    leader = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", verbose_name=_("leader"))
    deputy = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", verbose_name=_("deputy"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects: ClassVar[Any] = tenant_manager(DeputyQuerySet)

    class Meta:
        ordering = ["-starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(leader=F("deputy")), name="deputy_is_somebody_else"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="deputy_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy}, {self.leader}"


class Remark(TenantModel):
    """A question about a declaration, or the answer to it. Added, never changed."""

    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="remarks")
    text = models.TextField(_("question or answer"), max_length=2000)
    author = models.CharField(max_length=200)
    account = models.CharField(max_length=200, default="")  # of the author
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


class Draft(TenantModel):
    """What somebody typed and has not declared yet: something new, or a change of the `declaration`.

    Only its author sees it, and nothing is counted of it. `author` is the identifier of an actor. `typed` is what the
    form holds, by the name of each field, also what is not valid.
    """

    author = models.CharField(max_length=100, editable=False)
    register = models.CharField(_("register"), max_length=40, choices=RegisterKey)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="drafts", null=True, blank=True)
    typed = models.JSONField(default=dict)
    begun_at = models.DateTimeField(auto_now_add=True)
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["begun_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "author", "person", "register"],
                condition=Q(declaration__isnull=True),
                name="one_draft_to_declare",
            ),
            models.UniqueConstraint(fields=["author", "declaration"], name="one_draft_to_change"),
        ]
        indexes = [models.Index(fields=["organisation", "kept_at"], name="draft_by_day")]

    def __str__(self) -> str:
        return gettext("Draft of a declaration")
