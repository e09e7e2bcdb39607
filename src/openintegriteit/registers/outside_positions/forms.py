"""The form of an outside position, short enough for a phone."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.display import as_number
from openintegriteit.registers.declarations.forms import DetailsForm
from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.outside_positions.models import OutsidePosition


class PositionForm(DetailsForm):
    """What somebody tells about a position. An office holder is not asked what only a decision needs."""

    class Meta:
        model = OutsidePosition
        fields = (
            "role",
            "where",
            "is_paid",
            "hours_a_week",
            "ex_officio",
            "ex_officio_agreement",
            "touches_duties",
        )
        widgets = {
            "is_paid": forms.RadioSelect,
            "ex_officio": forms.RadioSelect,
            "ex_officio_agreement": forms.Textarea(attrs={"rows": 3}),
            "touches_duties": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "role": _("For example: treasurer, member of the board, bookkeeper."),
            "where": _("The name only. No home address."),
            "hours_a_week": _("About how many. Leave empty what you do not know."),
            "ex_officio": _("Yes: you have the position because you hold your office."),
            "ex_officio_agreement": _("Whose interest you serve there, and where the money goes."),
            "touches_duties": _("For example: you decide on permits, and the company asks for them. Nothing? Say so."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(hours := self.initial.get("hours_a_week"), Decimal):
            self.initial["hours_a_week"] = as_number(hours)
        if self.regime == Regime.OFFICE_HOLDERS:
            del self.fields["touches_duties"]
        else:
            del self.fields["ex_officio"], self.fields["ex_officio_agreement"]
            self.fields["touches_duties"].required = True

    def clean(self) -> dict[str, Any]:
        """The rules between fields."""
        values = super().clean() or {}
        if values.get("ex_officio_agreement") and not values.get("ex_officio"):
            self.add_error(
                "ex_officio_agreement", _("This belongs to a position that you hold because of your office.")
            )
        return values
