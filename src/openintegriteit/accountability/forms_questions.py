"""Forms of the questions of the representative body. Names of filters are Dutch, because they stand in the address."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openintegriteit.accountability.answers import ANSWER_FIELDS
from openintegriteit.accountability.models import AnnualReport, AskerKind, CouncilQuestion
from openintegriteit.accountability.sections import paragraph_choices
from openintegriteit.core.clock import today
from openintegriteit.programme.forms import numbered_field
from openintegriteit.programme.models import Measure
from openintegriteit.ui.editing import NO_CHOICE, date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import chosen, search_field, with_all

PART_FIELDS = ("number", "question", "answer", "is_checked", "not_applicable", "paragraph")
UNKNOWN_ASKER = "onbekend"


class QuestionFields(forms.ModelForm[CouncilQuestion]):
    """A question of the representative body with its answer.

    The two references are fields of the form alone: which records one may choose is known when the form is made.
    """

    same_answer_as: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=None,
        label=_("Same answer as"),
        help_text=_("One answer can serve several questions."),
        required=False,
    )
    measure = numbered_field(_("About measure"), _("The number of the measure that the question is about."))
    field_order = (
        "number",
        "question",
        "asker_kind",
        "asked_by",
        "received_on",
        "answer",
        "is_checked",
        "not_applicable",
        "same_answer_as",
        "measure",
        "paragraph",
        "answer_due_on",
    )

    class Meta:
        model = CouncilQuestion
        fields: tuple[str, ...] = (
            "number",
            "question",
            "asker_kind",
            "asked_by",
            "received_on",
            "answer",
            "is_checked",
            "not_applicable",
            "paragraph",
            "answer_due_on",
        )
        widgets = {
            "answer_due_on": date_field_widget(),
            "question": forms.Textarea(attrs={"rows": 3}),
            "answer": forms.Textarea(attrs={"rows": 8}),
            "received_on": date_field_widget(),
        }
        help_texts = {
            "number": _("As the asker numbered it; empty for a question without a number."),
            "asked_by": _("The name of the group or of the person. Leave empty when you do not know it."),
            "is_checked": _("Until you tick this, the text is a draft and the question waits for an answer."),
        }
        labels = {
            "asked_by": _("Name of the asker"),
            "is_checked": _("I have checked the figures, days and names in this answer for this year"),
        }

    def __init__(self, *args: Any, report: AnnualReport | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = CouncilQuestion.objects.filter(report=report or self.instance.report).exclude(pk=self.instance.pk)
        fields: dict[str, Any] = self.fields
        # What is answered part by part has no answer of its own to share.
        by_parts = others.filter(answer="", parts__isnull=False).values("pk")
        fields["same_answer_as"].queryset = others.filter(same_answer_as=None).exclude(pk__in=by_parts)
        if "asker_kind" in fields:
            fields["asker_kind"] = forms.ChoiceField(
                label=_("Who asked it?"),
                choices=[("", _("not known")), *AskerKind.choices],
                widget=forms.RadioSelect,
                required=False,
                initial="",
            )
        if self.instance.is_checked:
            del fields["is_checked"]
        fields["measure"].queryset = Measure.objects.known_by_number(self.instance.measure)
        year = (report or self.instance.report).year
        choices = paragraph_choices(self.instance.paragraph, year)
        fields["paragraph"] = forms.ChoiceField(
            label=fields["paragraph"].label, required=False, choices=[("", NO_CHOICE), *choices]
        )
        self.order_fields(self.field_order)
        if report is None:
            self.initial.setdefault("same_answer_as", self.instance.same_answer_as_id)
            self.initial.setdefault("measure", self.instance.measure.number if self.instance.measure else None)

    def clean(self) -> dict[str, Any]:
        """Kind and name of the asker belong together."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind, name = cleaned.get("asker_kind", ""), cleaned.get("asked_by", "")
        if kind and not name:
            self.add_error("asked_by", _("Who was it? Fill in the name, or choose that it is not known."))
        if name and not kind and "asker_kind" in self.fields:
            self.add_error("asker_kind", _("Is this a group or a person? Choose one of the two."))
        return cleaned

    def clean_same_answer_as(self) -> CouncilQuestion | None:
        """Only a question with an answer of its own can be chosen, so whoever is chosen keeps its own."""
        chosen: CouncilQuestion | None = self.cleaned_data["same_answer_as"]
        if chosen and CouncilQuestion.objects.filter(same_answer_as=self.instance.pk).exists():
            raise forms.ValidationError(_("Another question has the answer of this one. Write the answer here."))
        return chosen


class NewQuestionForm(QuestionFields):
    """A new question."""

    submission = submission_field()


class QuestionForm(QuestionFields):
    """Changing a question."""

    version = version_field()


class SentQuestionForm(QuestionForm):
    """Changing a question whose answer has been sent: everything but the answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ANSWER_FIELDS:
            del self.fields[name]


class NewPartForm(NewQuestionForm):
    """A new part of a question. Who asked it, and when, the whole question tells."""

    class Meta(QuestionFields.Meta):
        fields = PART_FIELDS


class PartForm(QuestionForm):
    """Changing a part of a question."""

    class Meta(QuestionFields.Meta):
        fields = PART_FIELDS


class SentPartForm(SentQuestionForm):
    """Changing a part whose answer has been sent: everything but the answer."""

    class Meta(QuestionFields.Meta):
        fields = PART_FIELDS


class AskerFilter(forms.Form):
    """Whose questions to show."""

    vrager = forms.ChoiceField(label=_("Asked by"), required=False)

    def __init__(self, *args: Any, names: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted({name for name in names if name}, key=str.casefold)
        unknown = [(UNKNOWN_ASKER, _("asker not known"))] if "" in names else []
        fields: dict[str, Any] = self.fields
        fields["vrager"].choices = with_all([*((name, name) for name in known), *unknown])

    def shows(self, question: CouncilQuestion) -> bool:
        """Whether a question is one of the asker that was chosen."""
        name = chosen(self).get("vrager")
        return name is None or (question.asked_by or UNKNOWN_ASKER) == name


class EarlierFilter(forms.Form):
    """Which earlier answers to look for."""

    zoek = search_field()


class CorrectionForm(forms.ModelForm[CouncilQuestion]):
    """Other words for an answer that has been sent, and why."""

    reason = forms.CharField(
        label=_("The reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The reason stays to be read below the answer, on screen and in the memo."),
    )
    version = version_field()

    class Meta:
        model = CouncilQuestion
        fields = ("answer",)
        widgets = {"answer": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = True


class AnswerStepForm(forms.Form):
    """That a step was taken with the answers, and when."""

    taken_on = forms.DateField(label=_("On what day?"), widget=date_field_widget(), initial=today)
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(self, *args: Any, not_before: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._not_before = not_before

    def clean_taken_on(self) -> date:
        """A day that has come, and not before the step before it."""
        day: date = self.cleaned_data["taken_on"]
        if day > today():
            raise forms.ValidationError(_("This day has yet to come. Record the step when it has been taken."))
        if self._not_before and day < self._not_before:
            raise forms.ValidationError(_("This day lies before the step before it."))
        return day


class PromiseForm(forms.ModelForm[Measure]):
    """The measure that an answer promises."""

    class Meta:
        model = Measure
        fields = ("title", "description", "owner", "due_on")
        widgets = {"description": forms.Textarea(attrs={"rows": 6}), "due_on": date_field_widget()}


class VersionForm(forms.Form):
    """Which version of a record a button was shown with."""

    version = version_field()
