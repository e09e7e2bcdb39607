"""Prohibited acts: what somebody does with or against their own body that the law may forbid them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from openintegriteit.registers.abstentions.models import Act
from openintegriteit.registers.declarations.models import Declaration, Details


class NeverExempted(models.TextChoices):
    """The acts from which nobody can grant an exemption; `abstentions.models.Act` has the others."""

    ADVISER_IN_DISPUTES = "adviser_in_disputes", _("working as a lawyer or adviser in a dispute of the organisation")
    AGENT_IN_DISPUTES = (
        "agent_in_disputes",
        _("working as an agent of the other side in a dispute"),
    )
    CONTRACTS_FOR_OTHERS = (
        "contracts_for_others",
        _("representing or advising others for a contract with the organisation"),
    )
    REAL_ESTATE_FOR_OTHERS = (
        "real_estate_for_others",
        _("representing or advising others who sell real estate to the organisation"),
    )
    AGENT_IN_RULINGS = (
        "agent_in_rulings",
        _("working as an agent or adviser in matters that the provincial executive rules on"),
    )


class ProhibitedAct(Details):
    """The details of what may be a prohibited act. Its dates stand on the declaration.

    Gemeentewet 15(1), 41c(1), 69(1), 81h and 101, Provinciewet 15(1), 40c(1), 47, 68(1), 79h and 98, Waterschapswet
    33(1), 45, 47(3) and 51ah.
    """

    declaration = models.OneToOneField(Declaration, on_delete=models.CASCADE, related_name="prohibited_act")
    act = models.CharField(_("which act"), max_length=30, choices=[*NeverExempted.choices, *Act.choices])
    about = models.CharField(_("what it is about"), max_length=200)
    with_whom = models.CharField(_("with or for whom"), max_length=190)

    def __str__(self) -> str:
        return f"{self.about}, {self.with_whom}"
