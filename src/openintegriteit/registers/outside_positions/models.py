"""Outside positions: what somebody does beside the office or the post, paid or not, and what the law asks about it."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.tenancy import TenantModel
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.models import Declaration, Details

HOURS_IN_A_WEEK = 168


class OutsidePosition(Details):
    """The details of a declared position. Its dates stand on the declaration.

    Ambtenarenwet 2017, art. 8(2)a for officials; Gemeentewet 12, 41b, 67 and 81e, Provinciewet 11, 40b, 66 and 79e and
    Waterschapswet 32, 44k, 48 and 51ae for office holders.
    """

    declaration = models.OneToOneField(Declaration, on_delete=models.CASCADE, related_name="outside_position")
    role = models.CharField(_("what you do there"), max_length=200)
    where = models.CharField(_("organisation or company"), max_length=200)
    is_paid = models.BooleanField(_("paid"), choices=[(True, _("yes")), (False, _("no"))])
    hours_a_week = models.DecimalField(
        _("hours a week"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(HOURS_IN_A_WEEK)],
    )
    ex_officio = models.BooleanField(
        _("because of your office"), choices=[(True, _("yes")), (False, _("no"))], default=False
    )
    ex_officio_agreement = models.TextField(_("agreement on interest and money"), blank=True, max_length=1000)
    touches_duties = models.TextField(_("how it touches your work"), blank=True, max_length=2000)
    # that somebody intended to accept it, to the representative body
    intention_reported_on = models.DateField(_("intention reported on"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_a_week__isnull=True) | Q(hours_a_week__range=(0, HOURS_IN_A_WEEK)),
                name="hours_fit_in_a_week",
            ),
            models.CheckConstraint(
                condition=Q(ex_officio=True) | Q(ex_officio_agreement=""), name="agreement_only_ex_officio"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.where}"


class Question(models.TextChoices):
    """What a position of an office holder is weighed for."""

    INCOMPATIBLE = "incompatible", _("does it go together with the office?")
    UNDESIRABLE = "undesirable", _("is it undesirable for the office?")


class Outcome(models.TextChoices):
    """What came of it when a position was weighed."""

    NOT_INCOMPATIBLE = "not_incompatible", _("the two go together")
    EXCEPTION = "exception", _("an exception of the law applies")
    GIVEN_UP = "given_up", _("one of the two is given up")
    NOT_UNDESIRABLE = "not_undesirable", _("the position is not undesirable")
    UNDESIRABLE_GIVEN_UP = "undesirable_given_up", _("the position is undesirable, and has been given up")
    UNDESIRABLE_KEPT = "undesirable_kept", _("the position is undesirable, and will be given up")


OUTCOMES = {
    Question.INCOMPATIBLE: (Outcome.NOT_INCOMPATIBLE, Outcome.EXCEPTION, Outcome.GIVEN_UP),
    Question.UNDESIRABLE: (Outcome.NOT_UNDESIRABLE, Outcome.UNDESIRABLE_GIVEN_UP, Outcome.UNDESIRABLE_KEPT),
}


class Assessment(TenantModel):
    """How one revision of a declared position was weighed. Added, never changed.

    Incompatible: Gemeentewet 13, 36b, 68 and 81f, Provinciewet 13, 35c, 67 and 79f, Waterschapswet 31, 47 and 51af.
    Undesirable: Gemeentewet 41b(1) and 67(1), Provinciewet 40b(1) and 66(1), Waterschapswet 44k(1) and 48(1).
    """

    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="assessments")
    question = models.CharField(_("question"), max_length=20, choices=Question)
    revision = models.PositiveIntegerField()
    outcome = models.CharField(_("what came of it"), max_length=20, choices=Outcome)
    reasons = models.TextField(_("why"), max_length=2000)
    weighed_on = models.DateField(_("weighed on"))
    weighed_by = models.CharField(_("weighed by"), max_length=200)
    recorded_by = models.CharField(_("recorded by"), max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="assessment_tells_why"),
            models.CheckConstraint(
                condition=Q(question="incompatible", outcome__in=["not_incompatible", "exception", "given_up"])
                | Q(
                    question="undesirable",
                    outcome__in=["not_undesirable", "undesirable_given_up", "undesirable_kept"],
                ),
                name="assessment_answers_its_question",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.declaration}: {self.get_outcome_display()}"


class Earned(models.TextChoices):
    """What is known of the income from positions in a year."""

    PUBLIC = "public", _("there was income, and it is public")
    NOTHING = "nothing", _("there was no income")
    PART_TIME = "part_time", _("the office is held part-time, so that the law does not ask it")


class PositionIncome(TenantModel, VersionedModel):
    """That somebody made public what they earned with positions in a year, or that there is nothing to make public.

    Gemeentewet 41b(4) and 67(3), Provinciewet 40b(4) and 66(3), Waterschapswet 44k(4) and 48(3). The law asks the
    income and names neither the position nor the payer; we read that as one amount. That an office is held part-time
    holds for later years too, until another record says otherwise.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="position_incomes")
    year = models.PositiveSmallIntegerField(_("year"))
    outcome = models.CharField(_("income from positions"), max_length=20, choices=Earned)
    amount = models.DecimalField(
        _("amount in euros"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    told_on = models.DateField(_("made public or told on"))

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["person", "year"], name="position_income_once_a_year"),
            models.CheckConstraint(
                condition=Q(outcome=Earned.PUBLIC, amount__gt=0) | (~Q(outcome=Earned.PUBLIC) & Q(amount__isnull=True)),
                name="public_income_has_an_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.year}"
