"""Figures of a year: entered, imported or published before. The catalogue of indicators is data (content/)."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.tenancy import TenantModel


class OwnIndicator(TenantModel):
    """An indicator that a body adds to the common catalogue."""

    code = models.SlugField(_("code"), max_length=60)
    name = models.CharField(_("figure"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40)
    definition = models.TextField(_("definition"))

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="own_indicator_once")]

    def __str__(self) -> str:
        return self.name


class YearFigure(TenantModel, VersionedModel):
    """The value of an indicator in one year. No value means that the body knows that it does not know.

    `restated_from` keeps what was published earlier when a later count corrects it.
    """

    indicator = models.SlugField(_("figure"), max_length=60)
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(1990)])
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2, null=True, blank=True)
    definition = models.TextField(_("definition, where it differs from the catalogue"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    series_break = models.CharField(_("why earlier years cannot be compared"), max_length=500, blank=True)
    published_before = models.BooleanField(_("published before"), default=False)
    restated_from = models.DecimalField(
        _("published earlier as"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    restatement_reason = models.CharField(_("reason of the correction"), max_length=500, blank=True)

    class Meta:
        ordering = ["indicator", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "indicator", "year"], name="figure_once_a_year"),
            models.CheckConstraint(condition=Q(value__gte=0), name="figure_not_negative"),
            models.CheckConstraint(
                condition=Q(restated_from__isnull=True) | ~Q(restatement_reason=""), name="restatement_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}: {self.value}"
