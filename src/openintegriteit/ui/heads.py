"""The form on which somebody says what the columns of an uploaded file are."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from openintegriteit.core.spreadsheets.columns import Column
from openintegriteit.core.spreadsheets.heads import guess_mapping, heads_of, sample_values
from openintegriteit.core.spreadsheets.workbook import Sheet


class HeadsForm(forms.Form):
    """Which of `columns` each head of the sheet is, with our guess filled in."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        sheet: Sheet | None,
        columns: Sequence[Column],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        heads = heads_of(sheet)
        self._columns, self._heads = columns, {f"kolom-{place}": head for place, head in enumerate(heads)}
        guessed = guess_mapping(heads, columns)
        for name, head in self._heads.items():
            self.fields[name] = _head_field(sheet, columns, head, guessed[head])

    @property
    def head_fields(self) -> list[forms.BoundField]:
        """The fields that say what the heads of the file mean."""
        return [self[name] for name in self._heads]

    @property
    def mapping(self) -> dict[str, str]:
        """Column keys by the heads of the file; call it on a valid form."""
        return {head: self.cleaned_data[name] for name, head in self._heads.items()}

    def clean(self) -> dict[str, Any]:
        """Refuse two heads for one column, and a required column without a head."""
        values = super().clean() or {}
        chosen = [values.get(name, "") for name in self._heads]
        for column in self._columns:
            if chosen.count(column.key) > 1:
                text = _("You chose “%(column)s” more than once. Choose one column of the file for it.")
                self.add_error(self._last_with(column.key), text % {"column": column.name})
            if column.required and self._heads and column.key not in chosen:
                text = _("Which column of the file is “%(column)s”? Choose it below.")
                self.add_error(None, text % {"column": column.name})
        return values

    def _last_with(self, key: str) -> str:
        return [name for name in self._heads if self.cleaned_data.get(name) == key][-1]


def _head_field(sheet: Sheet | None, columns: Sequence[Column], head: str, guess: str) -> forms.ChoiceField:
    samples = ", ".join(sample_values(sheet, head))
    choices = [("", _("do not use")), *((column.key, str(column.name)) for column in columns)]
    help_text = _("In the file: %(samples)s") % {"samples": samples[:120]} if samples else _("This column is empty.")
    return forms.ChoiceField(label=head, choices=choices, required=False, initial=guess, help_text=help_text)
