"""The form of an outside position, short enough for a phone, and the filter of the list."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.searching import holding
from openintegriteit.registers.declarations.models import Declaration, DeclarationQuerySet, Outcome, Regime
from openintegriteit.registers.outside_positions.models import OutsidePosition
from openintegriteit.ui.editing import date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import choice_filter, chosen, search_field

UNDECIDED, ENDED = "nog-niet", "gestopt"


class PositionFields(forms.ModelForm[OutsidePosition]):
    """What somebody tells about a position. An office holder is not asked what only a decision needs."""

    starts_on = forms.DateField(label=_("Since"), required=False, widget=date_field_widget())

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

    def __init__(self, *args: Any, regime: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["is_paid"].choices = [choice for choice in fields["is_paid"].choices if choice[0] != ""]
        if regime == Regime.OFFICE_HOLDERS:
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


class NewPositionForm(PositionFields):
    """Declaring a position."""

    submission = submission_field()


class PositionForm(PositionFields):
    """Changing what was declared."""

    version = version_field()

    def __init__(self, *args: Any, instance: OutsidePosition, **kwargs: Any) -> None:
        declaration = instance.declaration
        kwargs["initial"] = {"starts_on": declaration.starts_on} | kwargs.get("initial", {})
        super().__init__(*args, instance=instance, regime=declaration.regime, **kwargs)


class PositionFilter(forms.Form):
    """Which positions to show."""

    zoek = search_field()
    wie = choice_filter(_("Who"), Regime)
    besluit = choice_filter(_("Decision"), Outcome, (UNDECIDED, _("no decision yet")), (ENDED, _("ended")))

    def narrowed(self, declarations: DeclarationQuerySet) -> QuerySet[Declaration]:
        """The rows that the filters leave; ended ones only when asked for."""
        asked = chosen(self)
        rows = declarations.filter(withdrawn_on__isnull=True)
        rows = rows.filter(ends_on__lt=today()) if asked.get("besluit") == ENDED else rows.current_on(today())
        if asked.get("besluit") == UNDECIDED:
            rows = rows.to_decide()
        elif asked.get("besluit") in Outcome:
            rows = rows.filter(outcome=asked["besluit"])
        if "wie" in asked:
            rows = rows.filter(regime=asked["wie"])
        found: QuerySet[Declaration] = holding(rows, asked.get("zoek", ""))
        return found
