"""Forms of the import of people: the file, what its columns mean, and how it is applied."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.clock import today
from openintegriteit.core.uploads import SpreadsheetField
from openintegriteit.organisations.importers.columns import PEOPLE_COLUMNS, guess_mapping
from openintegriteit.organisations.importers.plan import Options
from openintegriteit.organisations.importers.reading import sample_values
from openintegriteit.organisations.importers.staging import StagedPeople
from openintegriteit.ui.editing import date_field_widget


class UploadForm(forms.Form):
    """The file."""

    file = SpreadsheetField(label=gettext_lazy("File with people"))


class ImportForm(forms.Form):
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
        super().__init__(data, initial={"ingang": today()})
        self._heads = {f"kolom-{place}": head for place, head in enumerate(upload.heads)}
        guessed = guess_mapping(upload.heads)
        for name, head in self._heads.items():
            self.fields[name] = _head_field(upload, head, guessed[head])

    @property
    def head_fields(self) -> list[forms.BoundField]:
        """The fields that say what the heads of the file mean."""
        return [self[name] for name in self._heads]

    @property
    def mapping(self) -> dict[str, str]:
        """Column keys by the heads of the file; call it on a valid form."""
        return {head: self.cleaned_data[name] for name, head in self._heads.items()}

    @property
    def options(self) -> Options:
        """How the file is applied; call it on a valid form."""
        return Options(effective_on=self.cleaned_data["ingang"], end_absent=self.cleaned_data["ontbrekend"])

    def clean(self) -> dict[str, Any]:
        """Refuse two heads for one column, and a required column without a head."""
        values = super().clean() or {}
        chosen = [values.get(name, "") for name in self._heads]
        for column in PEOPLE_COLUMNS:
            if chosen.count(column.key) > 1:
                text = _("You chose “%(column)s” more than once. Choose one column of the file for it.")
                self.add_error(self._last_with(column.key), text % {"column": column.name})
            if column.required and self._heads and column.key not in chosen:
                text = _("Which column of the file is “%(column)s”? Choose it below.")
                self.add_error(None, text % {"column": column.name})
        return values

    def _last_with(self, key: str) -> str:
        return [name for name in self._heads if self.cleaned_data.get(name) == key][-1]


def _head_field(upload: StagedPeople, head: str, guess: str) -> forms.ChoiceField:
    samples = ", ".join(sample_values(upload.sheet, head))
    choices = [("", _("do not use")), *((column.key, str(column.name)) for column in PEOPLE_COLUMNS)]
    help_text = _("In the file: %(samples)s") % {"samples": samples[:120]} if samples else _("This column is empty.")
    return forms.ChoiceField(label=head, choices=choices, required=False, initial=guess, help_text=help_text)
