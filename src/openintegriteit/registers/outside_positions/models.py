"""Outside positions: what somebody does beside the office or the post, paid or not."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.registers.declarations.models import Declaration, Details

HOURS_IN_A_WEEK = 168


class OutsidePosition(Details):
    """The details of a declared position. Its dates stand on the declaration.

    Ambtenarenwet 2017, art. 8(2)a for officials; Gemeentewet 12, 41b and 67, Provinciewet 11, 40b and 66 and
    Waterschapswet 32, 44k and 48 for office holders.
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
