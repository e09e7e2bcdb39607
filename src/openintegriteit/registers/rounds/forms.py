"""Forms about rounds: what a group is asked to declare."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from openintegriteit.campaigns.forms import CampaignFields
from openintegriteit.campaigns.models import Campaign
from openintegriteit.registers.declarations.models import RegisterKey
from openintegriteit.registers.rounds.queries import duties_of
from openintegriteit.ui.editing import date_field_widget, submission_field, version_field


class RoundFields(CampaignFields):
    """What a group is asked to declare, and whether of the group only who holds a designated position."""

    registers = forms.MultipleChoiceField(
        label=_("Registers"),
        choices=RegisterKey,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("People see what they declared, and say whether it still is right and all there is."),
    )

    class Meta(CampaignFields.Meta):
        fields: tuple[str, ...] = (*CampaignFields.Meta.fields, "only_designated", "designated_since")
        widgets = CampaignFields.Meta.widgets | {"designated_since": date_field_widget()}
        help_texts = CampaignFields.Meta.help_texts | {
            "only_designated": _("A position that was designated for one of the registers above."),
            "designated_since": _("Their position was designated, or they came into it, on this day or later."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self._duties(RegisterKey.values):
            del self.fields["only_designated"], self.fields["designated_since"]

    def clean(self) -> dict[str, Any]:
        """Everybody who is asked can answer, and a day belongs to designated positions."""
        values = super().clean()
        registers, only = values.get("registers"), values.get("only_designated")
        if values.get("designated_since") and not only:
            self.add_error("designated_since", _("This belongs to asking only who holds a designated position."))
        if registers and only and not self._duties(registers):
            self.add_error("only_designated", _("For these registers no position is designated. Choose another one."))
        if registers and not only and all(self._duties([key]) for key in registers):
            self.add_error(
                "registers",
                _(
                    "Only who holds a designated position has to answer this. Choose another register as well, or ask "
                    "only them."
                ),
            )
        return values

    def _duties(self, registers: Sequence[str]) -> set[str]:
        return duties_of(registers, for_office_holders=self.instance.for_office_holders)


class NewRoundForm(RoundFields):
    """A new round."""

    submission = submission_field()


class RoundForm(RoundFields):
    """Changing a round that is a draft."""

    version = version_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance: Campaign = kwargs["instance"]
        kwargs["initial"] = {"registers": instance.subject_parts} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


@translation.override(settings.LANGUAGE_CODE)
def registers_asked(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a campaign keeps of the values of a form: the registers as the parts of its subject, and in words."""
    kept = dict(values)
    parts = kept.pop("registers")
    label = ", ".join(str(RegisterKey(key).label) for key in parts)
    return kept | {"subject_parts": parts, "subject_label": label[:1].upper() + label[1:]}
