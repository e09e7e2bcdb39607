"""Financial interests: what somebody has, or takes part in, that can touch the work or office."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from openintegriteit.registers.declarations.models import Declaration, Details


class InterestKind(models.TextChoices):
    """What kind of interest it is."""

    SECURITIES = "securities", _("securities or shares")
    OWNERSHIP = "ownership", _("ownership of a company, or a share in it")
    REAL_ESTATE = "real_estate", _("real estate")
    LOAN = "loan", _("loan or claim")
    WORKS = "works", _("works or supplies for the government")
    OTHER = "other", _("other interest")


class Holder(models.TextChoices):
    """Whose interest it is."""

    SELF = "self", _("my own")
    PARTNER = "partner", _("of my partner")
    CHILD = "child", _("of my child")


class FinancialInterest(Details):
    """The details of a declared interest, without amounts. Its dates stand on the declaration.

    Ambtenarenwet 2017, art. 8(1)b to d and 8(2)b for officials; the code of conduct of the body for office holders.
    """

    declaration = models.OneToOneField(Declaration, on_delete=models.CASCADE, related_name="financial_interest")
    kind = models.CharField(_("kind of interest"), max_length=20, choices=InterestKind)
    what = models.CharField(_("what it is"), max_length=200)
    where = models.CharField(_("company or place"), max_length=190)
    whose = models.CharField(_("whose it is"), max_length=20, choices=Holder, default=Holder.SELF)
    touches_duties = models.TextField(_("how it touches your work or office"), max_length=2000)

    def __str__(self) -> str:
        return f"{self.what}, {self.where}"
