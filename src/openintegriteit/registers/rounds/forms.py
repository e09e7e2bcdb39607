"""Forms about rounds: what a group is asked to declare."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from openintegriteit.campaigns.forms import CampaignForm, NewCampaignForm
from openintegriteit.campaigns.models import Campaign
from openintegriteit.registers.declarations.models import Regime, RegisterKey
from openintegriteit.registers.declarations.registers import REGISTERS


def _registers_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Registers"),
        choices=RegisterKey,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("People see what they declared, and say whether it still is right and all there is."),
    )


class NewRoundForm(NewCampaignForm):
    """A new round."""

    registers = _registers_field()

    def clean_registers(self) -> list[str]:
        """Something that everybody can answer."""
        return _answerable(self.cleaned_data["registers"], self.instance)


class RoundForm(CampaignForm):
    """Changing a round that is a draft."""

    registers = _registers_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance: Campaign = kwargs["instance"]
        kwargs["initial"] = {"registers": instance.subject_parts} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def clean_registers(self) -> list[str]:
        """Something that everybody can answer."""
        return _answerable(self.cleaned_data["registers"], self.instance)


def _answerable(registers: list[str], campaign: Campaign) -> list[str]:
    regime = Regime.OFFICE_HOLDERS if campaign.for_office_holders else Regime.OFFICIALS
    if all(REGISTERS[key].regimes[regime].designated_for for key in registers):
        raise forms.ValidationError(
            _("Only who holds a designated position has to answer this. Choose another register as well.")
        )
    return registers


@translation.override(settings.LANGUAGE_CODE)
def registers_asked(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a campaign keeps of the values of a form: the registers as the parts of its subject, and in words."""
    kept = dict(values)
    parts = kept.pop("registers")
    label = ", ".join(str(RegisterKey(key).label) for key in parts)
    return kept | {"subject_parts": parts, "subject_label": label[:1].upper() + label[1:]}
