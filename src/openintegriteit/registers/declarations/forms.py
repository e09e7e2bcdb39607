"""Forms about a declaration of any register, and what the forms and filters of the registers have in common."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.searching import holding
from openintegriteit.registers.declarations.models import (
    Decision,
    DeclarationQuerySet,
    Details,
    Outcome,
    Regime,
    Remark,
)
from openintegriteit.ui.editing import date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import choice_filter, chosen, search_field

UNDECIDED, ENDED = "nog-niet", "gestopt"


class DetailsForm(forms.ModelForm[Any]):
    """What a register asks about a declaration: to declare it under a regime, or to change what was declared.

    `regime` is under which the person declares; a register leaves out the questions of the other one.
    """

    submission = submission_field()
    version = version_field()
    starts_on = forms.DateField(label=_("Since"), required=False, widget=date_field_widget())

    def __init__(self, *args: Any, regime: str = "", **kwargs: Any) -> None:
        instance: Details | None = kwargs.get("instance")
        if instance is not None:
            kwargs["initial"] = {"starts_on": instance.declaration.starts_on} | kwargs.get("initial", {})
            regime = instance.declaration.regime
        super().__init__(*args, **kwargs)
        self.regime = Regime(regime)
        del self.fields["version" if instance is None else "submission"]
        fields: dict[str, Any] = self.fields
        for field in fields.values():
            if isinstance(field.widget, forms.RadioSelect):
                field.choices = [choice for choice in field.choices if choice[0] != ""]


class DeclarationFilter(forms.Form):
    """Which declarations of a register to show."""

    zoek = search_field()
    wie = choice_filter(_("Who"), Regime)
    besluit = choice_filter(_("Decision"), Outcome, (UNDECIDED, _("no decision yet")))

    def narrowed(self, declarations: DeclarationQuerySet) -> DeclarationQuerySet:
        """The rows that the filters leave, never what was withdrawn."""
        asked = chosen(self)
        rows = declarations.filter(withdrawn_on__isnull=True)
        if asked.get("besluit") == UNDECIDED:
            rows = rows.to_decide()
        elif asked.get("besluit") in Outcome:
            rows = rows.filter(outcome=asked["besluit"])
        if "wie" in asked:
            rows = rows.filter(regime=asked["wie"])
        found: DeclarationQuerySet = holding(rows, asked.get("zoek", ""))
        return found


class LastingFilter(DeclarationFilter):
    """The same, of a register whose declarations hold until they stop."""

    besluit = choice_filter(_("Decision"), Outcome, (UNDECIDED, _("no decision yet")), (ENDED, _("ended")))

    def narrowed(self, declarations: DeclarationQuerySet) -> DeclarationQuerySet:
        """The rows that the filters leave; ended ones only when asked for."""
        ended = chosen(self).get("besluit") == ENDED
        rows = declarations.filter(ends_on__lt=today()) if ended else declarations.current_on(today())
        return super().narrowed(rows)


class DecisionForm(forms.ModelForm[Decision]):
    """What somebody above the person decides."""

    version = version_field()

    class Meta:
        model = Decision
        fields = ("outcome", "conditions", "reasons", "review_on")
        widgets = {
            "outcome": forms.RadioSelect,
            "conditions": forms.Textarea(attrs={"rows": 3}),
            "reasons": forms.Textarea(attrs={"rows": 4}),
            "review_on": date_field_widget(),
        }
        help_texts = {
            "conditions": _("Only when you allow it with conditions. Write what the person has to do or leave."),
            "reasons": _("The person who declared this reads your reasons."),
            "review_on": _("The day on which you want to look at this again. Leave empty when that is not needed."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["outcome"].choices = Outcome.choices

    def clean_review_on(self) -> date | None:
        """A day that is still to come."""
        day: date | None = self.cleaned_data["review_on"]
        if day is not None and day <= today():
            raise forms.ValidationError(_("Choose a day after today."))
        return day

    def clean(self) -> dict[str, Any]:
        """Conditions belong to an outcome with conditions, and only to that."""
        values = super().clean() or {}
        has_conditions = values.get("outcome") == Outcome.CONDITIONS
        if has_conditions and not values.get("conditions"):
            self.add_error("conditions", _("Write down the conditions, or choose another decision."))
        if not has_conditions and values.get("conditions"):
            self.add_error("conditions", _("Choose “allowed with conditions”, or leave this empty."))
        return values


class EndForm(forms.Form):
    """On what day it stops: not before it began."""

    version = version_field()
    ends_on = forms.DateField(label=_("Last day"), widget=date_field_widget())

    def __init__(self, *args: Any, not_before: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.not_before = not_before

    def clean_ends_on(self) -> date:
        """A day that does not lie before the first one."""
        day: date = self.cleaned_data["ends_on"]
        if self.not_before and day < self.not_before:
            raise forms.ValidationError(_("This day lies before the day on which it began."))
        return day


class WithdrawalForm(forms.Form):
    """Why something that was declared by mistake is withdrawn."""

    version = version_field()
    reason = forms.CharField(label=_("Why do you withdraw this?"), max_length=300)


class RemarkForm(forms.ModelForm[Remark]):
    """A question or an answer."""

    submission = submission_field()

    class Meta:
        model = Remark
        fields = ("text",)
        labels = {"text": _("Your question or answer")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
