"""Forms about a declaration of any register."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.registers.declarations.models import Decision, Outcome, Remark
from openintegriteit.ui.editing import date_field_widget, submission_field, version_field


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
