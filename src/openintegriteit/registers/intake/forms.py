"""Forms of reading in a register: the file, and what its columns mean."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.uploads import SpreadsheetField
from openintegriteit.registers.intake.plan import OF_WHO
from openintegriteit.registers.intake.staging import StagedFile
from openintegriteit.ui.heads import HeadsForm


class UploadForm(forms.Form):
    """The file."""

    file = SpreadsheetField(label=gettext_lazy("File with declarations"))


class IntakeForm(HeadsForm):
    """Which column each head of the file is, and whether what was destroyed comes in again."""

    opnieuw = forms.BooleanField(required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, upload: StagedFile) -> None:
        super().__init__(data, sheet=upload.sheet, columns=upload.file.columns)

    @property
    def takes_again(self) -> bool:
        """Whether what was destroyed comes in again; call it on a valid form."""
        return bool(self.cleaned_data["opnieuw"])

    def clean(self) -> dict[str, Any]:
        """People are known by their number or their mail address."""
        values = super().clean()
        if self.head_fields and not {values.get(field.name) for field in self.head_fields} & set(OF_WHO):
            self.add_error(None, _("Which column of the file tells whom a row is about? Choose it below."))
        return values
