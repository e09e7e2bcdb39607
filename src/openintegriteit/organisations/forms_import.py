"""Forms of the import of people: the file, what its columns mean, and how it is applied."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from openintegriteit.core.clock import today
from openintegriteit.core.uploads import SpreadsheetField
from openintegriteit.organisations.importers.columns import PEOPLE_COLUMNS
from openintegriteit.organisations.importers.plan import Options
from openintegriteit.organisations.importers.staging import StagedPeople
from openintegriteit.ui.editing import date_field_widget
from openintegriteit.ui.heads import HeadsForm


class UploadForm(forms.Form):
    """The file."""

    file = SpreadsheetField(label=gettext_lazy("File with people"))


class ImportForm(HeadsForm):
    """Which column each head of the file is, and how the file is applied. Its Dutch names stand in the address."""

    ingang = forms.DateField(
        label=gettext_lazy("The changes hold from"),
        help_text=gettext_lazy("Somebody who moves gets the new position from this day on."),
        widget=date_field_widget(),
    )
    ontbrekend = forms.BooleanField(
        label=gettext_lazy("Who is not in the file has left"),
        help_text=gettext_lazy(
            "Choose this for a complete file only. Members of the executive and of the representative body and "
            "externals stay when the file holds nobody of their kind."
        ),
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None, *, upload: StagedPeople) -> None:
        super().__init__(data, sheet=upload.sheet, columns=PEOPLE_COLUMNS, initial={"ingang": today()})

    @property
    def options(self) -> Options:
        """How the file is applied; call it on a valid form."""
        return Options(effective_on=self.cleaned_data["ingang"], end_absent=self.cleaned_data["ontbrekend"])
