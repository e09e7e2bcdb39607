"""Forms of the annual report."""

import json
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from openintegriteit.accountability.models import AnnualReport, FormHeading
from openintegriteit.accountability.rules import reference_date_problem
from openintegriteit.accountability.sections import office_names
from openintegriteit.core.clock import today
from openintegriteit.core.spreadsheets.workbook import plain
from openintegriteit.core.uploads import SpreadsheetField
from openintegriteit.ui.editing import date_field_widget, submission_field, version_field


class StartReportForm(forms.Form):
    """Which year, and up to which day."""

    year = forms.IntegerField(label=_("Year"), min_value=1990, localize=False)
    reference_date = forms.DateField(
        label=_("Reference date"),
        help_text=_("The report also tells what happened after the year, up to and including this day."),
        widget=date_field_widget(),
    )

    def clean_year(self) -> int:
        """A year that has begun."""
        year: int = self.cleaned_data["year"]
        if year > today().year:
            raise forms.ValidationError(_("This year has not begun yet."))
        return year

    def clean(self) -> dict[str, Any]:
        """The two fit together."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "year" in cleaned and "reference_date" in cleaned:
            problem = reference_date_problem(cleaned["year"], cleaned["reference_date"])
            if problem:
                self.add_error("reference_date", problem)
        return cleaned


class ReportForm(forms.ModelForm[AnnualReport]):
    """The dates of a report."""

    version = version_field()

    class Meta:
        model = AnnualReport
        fields = ("reference_date", "council_on")
        widgets = {"reference_date": date_field_widget(), "council_on": date_field_widget()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = office_names(self.instance.organisation.kind)
        self.fields["council_on"].label = _("To %(who)s on") % {"who": names["representative_body"]}

    def clean_reference_date(self) -> Any:
        """A day that fits the year."""
        day = self.cleaned_data["reference_date"]
        problem = reference_date_problem(self.instance.year, day)
        if problem:
            raise forms.ValidationError(problem)
        return day


class SectionForm(forms.Form):
    """The text of a section. Version 0: nothing has been written yet."""

    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=True,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_(
            "An empty line starts a new paragraph. A line that starts with a dash and a space is an item of a list. "
            "What stands between [[ and ]] is a figure: it is filled in from the records."
        ),
    )
    ready = forms.BooleanField(label=_("This section is ready"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class StepForm(forms.Form):
    """That a step was taken with the report: when, and what was on the screen of who records it."""

    taken_on = forms.DateField(label=_("On what day?"), widget=date_field_widget(), initial=today)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=300,
        help_text=_("For instance the number of the decision, or where it can be found."),
    )
    seen = forms.JSONField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, earliest: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._earliest = earliest

    def show_seen(self, marks: dict[str, str]) -> None:
        """Carry the marks of what the page shows now, also when the form is shown again."""
        self.initial["seen"] = marks
        if self.is_bound:
            self.data = {**{name: self.data[name] for name in self.data}, "seen": json.dumps(marks)}

    def clean_taken_on(self) -> date:
        """A day that has come, and not before what goes before it."""
        day: date = self.cleaned_data["taken_on"]
        if day > today():
            raise forms.ValidationError(_("This day has yet to come. Record the step when it has been taken."))
        if self._earliest and day < self._earliest:
            earliest = date_format(self._earliest, "DATE_FORMAT")
            raise forms.ValidationError(_("This step cannot have been taken before %(day)s.") % {"day": earliest})
        return day

    def clean_seen(self) -> dict[str, str]:
        """The marks by part; anything else saw nothing."""
        seen = self.cleaned_data["seen"]
        return {str(part): str(mark) for part, mark in seen.items()} if isinstance(seen, dict) else {}


class RestateForm(forms.Form):
    """Why an adopted report is opened again."""

    reason = forms.CharField(
        label=_("The reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The next edition tells this reason on its first page."),
    )


class CommentForm(forms.Form):
    """Something about a section, for author or reviewer."""

    text = forms.CharField(label=_("Comment"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    submission = submission_field()


class FormHeadingForm(forms.ModelForm[FormHeading]):
    """A heading of the body's form."""

    version = version_field()

    class Meta:
        model = FormHeading
        fields = ("title", "default_text")
        widgets = {"default_text": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"default_text": _("This stands in every report in which you write nothing else here.")}

    def clean_title(self) -> str:
        """A name that tells the heading apart from the others, also in a workbook."""
        title: str = self.cleaned_data["title"]
        others = FormHeading.objects.exclude(pk=self.instance.pk).values_list("title", flat=True)
        if plain(title) in {plain(other) for other in others}:
            raise forms.ValidationError(_("Another heading of the form has this name already."))
        return title


class YearUploadForm(forms.Form):
    """The workbook of a year."""

    file = SpreadsheetField(label=_("Your workbook"))
