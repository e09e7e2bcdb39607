"""Forms and filters of figures. Names of filters are Dutch, because they stand in the address."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.display import as_number
from openintegriteit.figures.catalogue import Indicator, indicators
from openintegriteit.figures.models import OwnIndicator, YearFigure
from openintegriteit.figures.operations import indicator_code
from openintegriteit.ui.editing import submission_field, version_field
from openintegriteit.ui.listing import chosen, search_field

YEARS_BACK = 15


class FigureFilter(forms.Form):
    """Which indicators to show, and the last of the three years."""

    zoek = search_field()
    jaar = forms.TypedChoiceField(label=_("Up to and including"), coerce=int, required=False, empty_value=None)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        now = today().year
        fields: dict[str, Any] = self.fields
        fields["jaar"].choices = [("", str(now - 1)), *((y, str(y)) for y in range(now, now - YEARS_BACK, -1))]

    def last_year(self) -> int:
        """The last year to show: the one asked for, or the one before this."""
        year: int = chosen(self).get("jaar", today().year - 1)
        return year

    def narrowed(self, catalogue: Iterable[Indicator]) -> list[Indicator]:
        """The indicators in whose name or definition every word of the search stands."""
        words = chosen(self).get("zoek", "").casefold().split()
        return [
            indicator
            for indicator in catalogue
            if all(word in f"{indicator.name} {indicator.definition}".casefold() for word in words)
        ]


class FigureFields(forms.ModelForm[YearFigure]):
    """What a person fills in about a figure that was not published yet."""

    class Meta:
        model = YearFigure
        fields = ("value", "source", "definition", "series_break", "published_before")
        widgets = {"definition": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "value": _("Leave empty when nobody knows it. Zero is something else: then you know that there were none."),
            "source": _("Who counted it, or where it stands."),
            "definition": _("Only where you count something else than the catalogue says."),
            "series_break": _("Only when the way of counting changed this year."),
            "published_before": _("A published figure can only be corrected, with the reason beside it."),
        }

    def clean_value(self) -> Any:
        """A figure counts, so it is not below zero."""
        value = self.cleaned_data["value"]
        if value is not None and value < 0:
            raise forms.ValidationError(_("A figure is zero or more."))
        return value


class NewFigureForm(FigureFields):
    """A figure of a year that has none yet."""

    submission = submission_field()


class FigureForm(FigureFields):
    """Changing a figure."""

    version = version_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["value"] = as_number(self.instance.value)


class RestatementForm(forms.ModelForm[YearFigure]):
    """Correcting a figure that was published."""

    version = version_field()
    restatement_reason = forms.CharField(
        label=_("Why is it corrected?"),
        max_length=500,
        help_text=_("The annual report tells this reason beside the figure."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = YearFigure
        fields = ("value", "restatement_reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["value"] = as_number(self.instance.value)
        self.initial["restatement_reason"] = ""

    def clean_value(self) -> Any:
        """A correction is another figure than the published one."""
        value = self.cleaned_data["value"]
        if value is not None and value < 0:
            raise forms.ValidationError(_("A figure is zero or more."))
        if value == self.instance.value:
            raise forms.ValidationError(_("This is what was published. Give the corrected figure."))
        return value


class IndicatorForm(forms.ModelForm[OwnIndicator]):
    """An indicator of the body itself."""

    submission = submission_field()

    class Meta:
        model = OwnIndicator
        fields = ("name", "unit", "definition")
        widgets = {"definition": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "name": _("For example “Deliberations on dilemmas”."),
            "unit": _("What you count, in the plural: people, talks, reports."),
            "definition": _("What counts and what does not, so that years can be compared."),
        }

    def clean_name(self) -> str:
        """The code that the name gives is new."""
        name: str = self.cleaned_data["name"]
        code = indicator_code(name)
        if not code:
            raise forms.ValidationError(_("Use letters in the name."))
        if code in indicators() or any(name.casefold() == known.name.casefold() for known in indicators().values()):
            raise forms.ValidationError(_("There is a figure with this name already."))
        return name
