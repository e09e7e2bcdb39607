"""The forms about what the law asks of office holders: an intention, how a position was weighed, and the income."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.registers.outside_positions.models import (
    OUTCOMES,
    Assessment,
    Earned,
    OutsidePosition,
    PositionIncome,
    Question,
)
from openintegriteit.ui.amounts import EuroField
from openintegriteit.ui.editing import date_field_widget, submission_field, version_field


def _past(day: date) -> date:
    if day > today():
        raise forms.ValidationError(_("This day has still to come."))
    return day


class IntentionForm(forms.ModelForm[OutsidePosition]):
    """On what day an intention was reported."""

    version = version_field()
    intention_reported_on = forms.DateField(label=_("Intention reported on"), widget=date_field_widget())

    class Meta:
        model = OutsidePosition
        fields = ("intention_reported_on",)

    def clean_intention_reported_on(self) -> date:
        """A day that has come."""
        return _past(self.cleaned_data["intention_reported_on"])


class AssessmentForm(forms.ModelForm[Assessment]):
    """How a position was weighed, and why; `revision` is that of the position that was looked at."""

    question: Question
    submission = submission_field()
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    class Meta:
        model = Assessment
        fields: ClassVar[Any] = ("outcome", "reasons")
        widgets = {"outcome": forms.RadioSelect, "reasons": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"reasons": _("Whose position it is reads your reasons.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["outcome"].choices = [(outcome.value, outcome.label) for outcome in OUTCOMES[self.question]]


class IncompatibleForm(AssessmentForm):
    """What the clerk found beside the list of the law."""

    question = Question.INCOMPATIBLE

    class Meta(AssessmentForm.Meta):
        labels = {"outcome": _("What was found")}


class UndesirableForm(AssessmentForm):
    """How it was weighed whether a position is undesirable, when, and by whom: the clerk only records it."""

    question = Question.UNDESIRABLE

    class Meta(AssessmentForm.Meta):
        fields: ClassVar[Any] = ("outcome", "reasons", "weighed_on", "weighed_by")
        widgets = AssessmentForm.Meta.widgets | {"weighed_on": date_field_widget()}
        help_texts = AssessmentForm.Meta.help_texts | {
            "weighed_by": _("For example: by the member, and discussed in the executive. Or: with the council."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("weighed_on", today())

    def clean_weighed_on(self) -> date:
        """A day that has come."""
        return _past(self.cleaned_data["weighed_on"])


class IncomeForm(forms.ModelForm[PositionIncome]):
    """What somebody earned with positions in a year; the classes that `income_form` makes know of whom and when."""

    year: int
    outcomes: tuple[Earned, ...]
    submission = submission_field()
    version = version_field()
    amount = EuroField(
        label=_("Amount in euros"),
        required=False,
        max_digits=10,
        help_text=_(
            "Only when there was income: all positions of the year together. It is the wage that your annual "
            "statements show, as the tax on wages counts it."
        ),
    )
    field_order = ("outcome", "amount", "told_on")

    class Meta:
        model = PositionIncome
        fields = ("outcome", "amount", "told_on")
        widgets = {"outcome": forms.RadioSelect, "told_on": date_field_widget()}
        labels = {"told_on": _("On what day")}
        help_texts = {
            "told_on": _("The day on which it was made public, or on which you say that there is nothing."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = kwargs.get("instance") is None
        del self.fields["version" if is_new else "submission"]
        fields: dict[str, Any] = self.fields
        fields["outcome"].choices = [(outcome.value, outcome.label) for outcome in self.outcomes]
        if is_new:
            self.initial.setdefault("told_on", today())

    def clean_told_on(self) -> date:
        """A day after the year, and none that has still to come."""
        day = _past(self.cleaned_data["told_on"])
        if day.year <= self.year:
            raise forms.ValidationError(_("Choose a day after the year that this is about."))
        return day

    def clean(self) -> dict[str, Any]:
        """An amount belongs to income, and only to that."""
        values = super().clean() or {}
        is_public = values.get("outcome") == Earned.PUBLIC
        if is_public and not values.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("Fill in the amount, or choose another answer."))
        if "outcome" in values and not is_public and values.get("amount") is not None:
            self.add_error("amount", _("This belongs to an answer with income. Leave it empty, or choose that answer."))
        return values


def income_form(year: int, *, may_be_part_time: bool) -> type[IncomeForm]:
    """The form about a year, with the answers that can be given."""
    outcomes = tuple(outcome for outcome in Earned if may_be_part_time or outcome != Earned.PART_TIME)
    return type("IncomeFormOfYear", (IncomeForm,), {"year": year, "outcomes": outcomes})
