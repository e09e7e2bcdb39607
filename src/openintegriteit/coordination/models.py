"""The advice that the coordinator gave, by theme and by kind of function: no field holds the name of a person."""

from datetime import date
from typing import Any, ClassVar

from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager

LONGEST_QUESTION, LONGEST_ADVICE = 500, 1000


class Initiative(models.TextChoices):
    """Whether somebody asked for the advice."""

    ASKED = "asked", _("asked")
    UNASKED = "unasked", _("unasked")


class Function(models.TextChoices):
    """What kind of function asked for the advice, or got it unasked: never who."""

    OFFICIAL = "official", _("official")
    MANAGER = "manager", _("manager")
    EXECUTIVE_MEMBER = "executive_member", _("executive member")
    ELECTED_MEMBER = "elected_member", _("elected member")
    SECRETARY_OR_CLERK = "secretary_or_clerk", _("secretary or clerk")
    HR = "hr", _("human resources")
    WORKING_GROUP = "working_group", _("working group")
    OTHER = "other", _("other")


class OwnTheme(TenantModel):
    """A theme that a body adds to the common ones."""

    code = models.SlugField(_("code"), max_length=110)
    name = models.CharField(_("theme"), max_length=100)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="own_theme_once")]

    def __str__(self) -> str:
        return self.name


class AdviceQuerySet(TenantQuerySet):
    """Selections of advice."""

    def of_year(self, year: int) -> "AdviceQuerySet":
        """Advice given in the year."""
        return self.filter(day__range=(date(year, 1, 1), date(year, 12, 31)))

    def awaiting_follow_up(self) -> "AdviceQuerySet":
        """Advice with a day of follow-up that nobody has done yet."""
        return self.filter(follow_up_on__isnull=False, followed_up_on__isnull=True)


class Advice(TenantModel, VersionedModel):
    """One piece of advice: about what, to what kind of function, and what still follows from it."""

    day = models.DateField(_("date"))
    theme = models.CharField(_("theme"), max_length=110)
    initiative = models.CharField(_("asked or unasked"), max_length=10, choices=Initiative)
    function = models.CharField(_("function that asked or got it"), max_length=20, choices=Function)
    question = models.TextField(_("question in general"), validators=[MaxLengthValidator(LONGEST_QUESTION)])
    advice = models.TextField(_("advice in short"), validators=[MaxLengthValidator(LONGEST_ADVICE)])
    hours = models.DecimalField(
        _("hours"), max_digits=5, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    follow_up = models.CharField(_("follow-up"), max_length=300, blank=True)
    follow_up_on = models.DateField(_("follow-up before"), null=True, blank=True)
    followed_up_on = models.DateField(_("follow-up done on"), null=True, blank=True)

    objects: ClassVar[Any] = tenant_manager(AdviceQuerySet)

    class Meta:
        ordering = ["-day", "-id"]
        verbose_name_plural = "advice"
        constraints = [
            models.CheckConstraint(condition=Q(hours__isnull=True) | Q(hours__gte=0), name="advice_hours_not_negative"),
            models.CheckConstraint(
                condition=~Q(follow_up="") | Q(follow_up_on__isnull=True, followed_up_on__isnull=True),
                name="advice_follow_up_is_told",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "day", "id"], name="advice_by_day"),
            models.Index(fields=["organisation", "theme", "day", "id"], name="advice_by_theme"),
            models.Index(fields=["organisation", "follow_up_on"], name="advice_by_follow_up"),
        ]

    def __str__(self) -> str:
        return f"{self.theme}, {self.day}"
