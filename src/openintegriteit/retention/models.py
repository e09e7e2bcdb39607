"""How long records are kept, what was put on a list to be destroyed and who agreed, and what must not be destroyed.

Archiefwet 1995, art. 3 (destroying what is to be destroyed) and 5 (selection lists); Archiefbesluit 1995, art. 8 (the
declaration of destruction); AVG, art. 5(1)e; Wet open overheid, art. 4.1a (what somebody asked for stays).
"""

from datetime import date
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager
from openintegriteit.identity.models import User
from openintegriteit.organisations.models import Person
from openintegriteit.retention.rules import LONGEST_MONTHS


class Side(models.TextChoices):
    """Whose records: who keeps those of one side does not see those of the other."""

    OFFICIALS = "officials", gettext_lazy("officials")
    OFFICE_HOLDERS = "office_holders", gettext_lazy("political office holders")


class Start(models.TextChoices):
    """When the term of a record begins."""

    SERVICE = "service", gettext_lazy("the end of the employment or office")
    END = "end", gettext_lazy("the end of what was recorded")
    DAY = "day", gettext_lazy("the day on which it happened")
    REPLACED = "replaced", gettext_lazy("the day on which a newer version replaced it")


class RetentionRule(TenantModel):
    """How long the body keeps one kind of record, from a day on, and where that stands.

    Added, never changed: the next one holds from a later day. The records are kept for ever, or for so many months from
    an event.
    """

    kind = models.CharField(gettext_lazy("kind of record"), max_length=60)
    in_force_from = models.DateField(gettext_lazy("in force from"))
    keeps_for_ever = models.BooleanField(
        gettext_lazy("what has to happen with it"),
        choices=[(True, gettext_lazy("keep it for ever")), (False, gettext_lazy("destroy it after a term"))],
    )
    start = models.CharField(gettext_lazy("the term begins with"), max_length=10, choices=Start, blank=True)
    months = models.PositiveSmallIntegerField(
        gettext_lazy("term in months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MONTHS)],
    )
    source = models.CharField(gettext_lazy("selection list or decision"), max_length=200)
    category = models.CharField(gettext_lazy("number in that list"), max_length=40, blank=True)
    adopted_by = models.CharField(gettext_lazy("adopted by"), max_length=200)
    adopted_on = models.DateField(gettext_lazy("adopted on"))
    explanation = models.TextField(gettext_lazy("explanation"), max_length=1000, blank=True)
    recorded_by = models.CharField(max_length=200, editable=False)

    class Meta:
        ordering = ["kind", "-in_force_from"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "in_force_from"], name="one_retention_rule_a_day"),
            models.CheckConstraint(
                condition=Q(keeps_for_ever=True, start="", months__isnull=True)
                | (Q(keeps_for_ever=False, months__gte=1, months__lte=LONGEST_MONTHS) & ~Q(start="")),
                name="retention_for_ever_or_a_term",
            ),
            models.CheckConstraint(condition=~Q(source="") & ~Q(adopted_by=""), name="retention_rule_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.ground}, {date_format(self.in_force_from, 'DATE_FORMAT')}"

    @property
    def ground(self) -> str:
        """Where it stands: the list or decision, with the number in it."""
        return f"{self.source}, {self.category}" if self.category else self.source


class KindCount(TenantModel):
    """How many records of a kind there were when they were last counted: a page shows it, a list counts anew."""

    kind = models.CharField(max_length=60)
    side = models.CharField(max_length=20, choices=Side)
    counted_at = models.DateTimeField()
    in_all = models.PositiveIntegerField()
    due = models.PositiveIntegerField()  # the term is over, nothing holds them and they are on no open list
    held = models.PositiveIntegerField()  # the term is over, and a hold keeps them or something else needs them
    unknown = models.PositiveIntegerField()  # nobody knows when the term begins, or it has not begun

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "kind"], name="retention_counted_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.due}"


class ListState(models.TextChoices):
    """How far a destruction list is."""

    WAITING = "waiting", pgettext_lazy("destruction list", "waits for agreement")
    APPROVED = "approved", pgettext_lazy("destruction list", "being destroyed")
    DONE = "done", pgettext_lazy("destruction list", "destroyed")
    REFUSED = "refused", pgettext_lazy("destruction list", "taken back")


class DestructionListQuerySet(TenantQuerySet):
    """Selections of destruction lists."""

    def of_sides(self, sides: tuple[str, ...]) -> "DestructionListQuerySet":
        """The lists of these sides."""
        return self.filter(side__in=sides)


class DestructionList(TenantModel, VersionedModel):
    """Records whose term was over on a day, to be destroyed when two others than who drew it up agree.

    Its records never change. The addresses are those by which two accounts of one person are one
    (`rules.address_of_person`); the database refuses a second role for the same account or address. It stays, as the
    declaration of destruction (Archiefbesluit 1995, art. 8).
    """

    number = models.PositiveIntegerField(gettext_lazy("number"))
    side = models.CharField(gettext_lazy("whose records"), max_length=20, choices=Side)
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=ListState, default=ListState.WAITING)
    records_in_all = models.PositiveIntegerField(gettext_lazy("records"))
    drawn_up_on = models.DateField(gettext_lazy("drawn up on"))
    drawn_up_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drawn_up_address = models.CharField(max_length=254)
    drawn_up_name = models.CharField(gettext_lazy("drawn up by"), max_length=200)
    first_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    first_address = models.CharField(max_length=254, blank=True)
    first_name = models.CharField(gettext_lazy("first agreement"), max_length=200, blank=True)
    first_on = models.DateField(gettext_lazy("first agreement on"), null=True)
    second_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    second_address = models.CharField(max_length=254, blank=True)
    second_name = models.CharField(gettext_lazy("second agreement"), max_length=200, blank=True)
    second_on = models.DateField(gettext_lazy("second agreement on"), null=True)
    refused_by = models.CharField(gettext_lazy("taken back by"), max_length=200, blank=True)
    refused_because = models.CharField(gettext_lazy("why"), max_length=500, blank=True)
    closed_on = models.DateField(gettext_lazy("closed on"), null=True)
    destroyed = models.PositiveIntegerField(gettext_lazy("destroyed"), default=0)
    passed_over = models.PositiveIntegerField(gettext_lazy("not destroyed"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)  # of what it came to (destroying.digest_of)

    objects: ClassVar[Any] = tenant_manager(DestructionListQuerySet)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="destruction_list_number_once"),
            models.CheckConstraint(
                condition=Q(first_by__isnull=True, first_address="", first_on__isnull=True)
                | (
                    Q(first_by__isnull=False, first_on__isnull=False)
                    & ~Q(first_address="")
                    & ~Q(first_by=F("drawn_up_by"))
                    & ~Q(first_address=F("drawn_up_address"))
                ),
                name="first_agreement_is_of_another",
            ),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True, second_address="", second_on__isnull=True)
                | (
                    Q(second_by__isnull=False, second_on__isnull=False, first_by__isnull=False)
                    & ~Q(second_address="")
                    & ~Q(second_by=F("drawn_up_by"))
                    & ~Q(second_address=F("drawn_up_address"))
                    & ~Q(second_by=F("first_by"))
                    & ~Q(second_address=F("first_address"))
                ),
                name="second_agreement_is_of_a_third",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "refused"], second_by__isnull=True)
                | Q(state__in=["approved", "done"], second_by__isnull=False),
                name="destroyed_only_after_two_agreed",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(refused_because=""), name="taken_back_tells_why"),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="destruction_list_by_state")]

    def __str__(self) -> str:
        return _("Destruction list %(number)d") % {"number": self.number}

    @property
    def has_ended(self) -> bool:
        """Whether nothing about it changes any more."""
        return self.state in (ListState.DONE, ListState.REFUSED)


class Fate(models.TextChoices):
    """What became of a record on a list."""

    WAITS = "waits", pgettext_lazy("record on a destruction list", "waits")
    DESTROYED = "destroyed", gettext_lazy("destroyed")
    PASSED_OVER = "passed_over", gettext_lazy("not destroyed")
    TAKEN_BACK = "taken_back", gettext_lazy("list taken back")


class Because(models.TextChoices):
    """Why a record on an approved list was not destroyed."""

    HELD = "held", gettext_lazy("a hold keeps it")
    CHANGED = "changed", gettext_lazy("it changed after the list was drawn up")
    RULE = "rule", gettext_lazy("another rule holds for it by now")
    NOT_DUE = "not_due", gettext_lazy("its term is not over any more")
    GONE = "gone", gettext_lazy("it was not there any more")
    IN_USE = "in_use", gettext_lazy("another record needs it")


class ListedRecordQuerySet(TenantQuerySet):
    """Selections of records on lists."""

    def waiting(self) -> "ListedRecordQuerySet":
        """Records on lists that are open."""
        return self.filter(fate=Fate.WAITS)


class ListedRecord(TenantModel):
    """A record on a list: by its key, with what it is, why it may go, and what became of it.

    It tells nothing of what stands in the record; whom it is about it forgets once that is destroyed.
    """

    on_list = models.ForeignKey(DestructionList, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField(gettext_lazy("kind of record"), max_length=60)
    record = models.UUIDField(gettext_lazy("mark of the record"))
    words = models.CharField(gettext_lazy("what it is"), max_length=300)
    person = models.UUIDField(null=True)
    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, related_name="+")
    began = models.DateField(gettext_lazy("term began on"))
    kept_until = models.DateField(gettext_lazy("kept until"))
    mark = models.CharField(max_length=60, blank=True)  # of the record as it was then
    fate = models.CharField(gettext_lazy("what became of it"), max_length=20, choices=Fate, default=Fate.WAITS)
    because = models.CharField(gettext_lazy("why not"), max_length=20, choices=Because, blank=True)
    handled_at = models.DateTimeField(gettext_lazy("at"), null=True)

    objects: ClassVar[Any] = tenant_manager(ListedRecordQuerySet)

    class Meta:
        ordering = ["kept_until", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "record"], condition=Q(fate="waits"), name="record_on_one_open_list"
            ),
            models.CheckConstraint(
                condition=~Q(fate="destroyed") | Q(person__isnull=True), name="destroyed_record_names_nobody"
            ),
            models.CheckConstraint(
                condition=Q(fate="passed_over") & ~Q(because="") | ~Q(fate="passed_over") & Q(because=""),
                name="passed_over_tells_why",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "on_list", "kept_until", "id"], name="listed_by_term"),
            models.Index(fields=["organisation", "on_list", "fate"], name="listed_by_fate"),
        ]

    def __str__(self) -> str:
        return self.words


class Cause(models.TextChoices):
    """Why something is kept for longer."""

    WOO = "woo", gettext_lazy("a request under the Wet open overheid")
    COURT = "court", gettext_lazy("a case in court, an objection or a complaint")
    INQUIRY = "inquiry", gettext_lazy("an inquiry or an audit")
    VALUE = "value", gettext_lazy("the archivist excepted it")


class HoldQuerySet(TenantQuerySet):
    """Selections of holds."""

    def holding(self) -> "HoldQuerySet":
        """Holds that nobody ended: a day that goes by ends none."""
        return self.filter(ended_on__isnull=True)


class Hold(TenantModel, VersionedModel):
    """That nothing about a person, nothing of a kind, or one record is destroyed, until somebody ends it.

    `expected_until` is when somebody looks again; nothing becomes due by that day alone.
    """

    side = models.CharField(gettext_lazy("whose records"), max_length=20, choices=Side)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("person")
    )
    kind = models.CharField(gettext_lazy("kind of record"), max_length=60)  # empty: of a person
    record = models.UUIDField(null=True, blank=True)
    label = models.CharField(gettext_lazy("what is kept"), max_length=300)
    cause = models.CharField(gettext_lazy("because of"), max_length=10, choices=Cause)
    reason = models.TextField(gettext_lazy("explanation"), max_length=1000)
    since = models.DateField(gettext_lazy("since"))
    expected_until = models.DateField(gettext_lazy("expected until"), null=True, blank=True)
    set_by = models.CharField(gettext_lazy("set by"), max_length=200)
    ended_on = models.DateField(gettext_lazy("ended on"), null=True, blank=True)
    ended_because = models.CharField(gettext_lazy("why it ended"), max_length=500, blank=True)
    ended_by = models.CharField(gettext_lazy("ended by"), max_length=200, blank=True)

    objects: ClassVar[Any] = tenant_manager(HoldQuerySet)

    class Meta:
        ordering = ["-since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, kind="", record__isnull=True)
                | (Q(person__isnull=True) & ~Q(kind="")),
                name="hold_is_on_one_thing",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="hold_tells_why"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_because=""), name="ended_hold_tells_why"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "ended_on", "since"], name="hold_by_day")]

    def __str__(self) -> str:
        return self.label

    def asks_a_look(self, day: date) -> bool:
        """Whether it was expected to have ended before the day."""
        return self.ended_on is None and self.expected_until is not None and self.expected_until < day
