"""Gifts, services and invitations that somebody was offered because of the work or office, and the body's own rule."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.searching import searchable
from openintegriteit.core.tenancy import TenantModel
from openintegriteit.registers.declarations.models import Declaration, Details, Regime


class GiftKind(models.TextChoices):
    """What was offered."""

    GIFT = "gift", _("gift")
    SERVICE = "service", _("service")
    INVITATION = "invitation", _("invitation")
    OTHER = "other", _("other advantage")


class Answer(models.TextChoices):
    """What happened with it."""

    OFFERED = "offered", _("not answered yet")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    RETURNED = "returned", _("returned")
    GIVEN = "given", _("given to the organisation")


class Place(models.TextChoices):
    """Where it was offered or received."""

    WORK = "work", _("at work")
    HOME = "home", _("at home")
    ELSEWHERE = "elsewhere", _("somewhere else")


def giver_key(name: str) -> str:
    """One giver is written in many ways: what is the same but for capitals, accents and spaces is one."""
    return " ".join(searchable(name).split())


ADDED_UP = ("value", "offered_on", "giver_organisation", "giver_person", "declaration")


class Gift(Details):
    """The details of something that was offered. The day of the offer stands on the declaration (`starts_on`).

    Ambtenarenwet 2017, art. 8(1)e for officials; the code of conduct of the body for office holders. `value` None: not
    known. `giver_key` is by what the offers of one giver are found and added up. `regime` and `offered_on` repeat what
    stands on the declaration.
    """

    declaration = models.OneToOneField(Declaration, on_delete=models.CASCADE, related_name="gift")
    kind = models.CharField(_("kind"), max_length=20, choices=GiftKind)
    what = models.CharField(_("what it is"), max_length=200)
    giver_organisation = models.CharField(_("organisation or company that offers it"), max_length=150, blank=True)
    giver_person = models.CharField(_("person who offers it"), max_length=150, blank=True)
    giver_key = models.CharField(max_length=300, editable=False)
    regime = models.CharField(max_length=20, choices=Regime, editable=False)
    offered_on = models.DateField(null=True, editable=False)
    relation = models.TextField(_("what the giver has to do with your work or office"), max_length=2000)
    value = models.DecimalField(
        _("value in euros"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    occasion = models.CharField(_("occasion"), max_length=200, blank=True)
    received_at = models.CharField(_("where you got it or were asked"), max_length=20, choices=Place)
    answer = models.CharField(_("what happened with it"), max_length=20, choices=Answer)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gte=0), name="gift_value_not_negative"),
            models.CheckConstraint(condition=~Q(giver_key=""), name="gift_comes_from_somebody"),
            models.CheckConstraint(condition=~Q(regime=""), name="gift_repeats_its_declaration"),
        ]
        indexes = [
            models.Index(fields=["organisation", "giver_key"], name="gift_by_giver"),
            # The totals read the index alone.
            models.Index(fields=["organisation", "regime", "giver_key", *ADDED_UP], name="gift_totals"),
        ]

    def __str__(self) -> str:
        return f"{self.what}, {self.giver}"

    def repeat(self) -> tuple[str, ...]:
        """Take over the regime and the day of the declaration."""
        self.regime, self.offered_on = self.declaration.regime, self.declaration.starts_on
        return ("regime", "offered_on")

    @property
    def giver(self) -> str:
        """Who offers it: the organisation where there is one."""
        return self.giver_organisation or self.giver_person


class GiftRule(TenantModel):
    """What the body allows under a regime from a day on. Added, never changed: the next one holds from a later day.

    `limit`: up to and including this amount something may be kept. `consent_below_limit`: also then an official needs
    consent; office holders ask nobody for consent.
    """

    regime = models.CharField(_("regime"), max_length=20, choices=Regime)
    in_force_from = models.DateField(_("in force from"))
    limit = models.DecimalField(
        _("limit in euros"), max_digits=9, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    consent_below_limit = models.BooleanField(
        _("consent is needed up to the limit too"), choices=[(True, _("yes")), (False, _("no"))], default=False
    )
    never_at_home = models.BooleanField(
        _("never at the home address"), choices=[(True, _("yes")), (False, _("no"))], default=True
    )
    exempt = models.TextField(_("what need not be declared"), blank=True, max_length=1000)
    source = models.CharField(_("where this stands"), max_length=200, blank=True)

    class Meta:
        ordering = ["regime", "-in_force_from"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "regime", "in_force_from"], name="one_gift_rule_a_day"),
            models.CheckConstraint(condition=Q(limit__gte=0), name="gift_limit_not_negative"),
            models.CheckConstraint(
                condition=Q(consent_below_limit=False) | Q(regime=Regime.OFFICIALS), name="only_officials_need_consent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_regime_display()}, {date_format(self.in_force_from, 'DATE_FORMAT')}"
