"""Forms of the annexes of a report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from openintegriteit.accountability.models import Annex
from openintegriteit.ui.editing import submission_field, version_field


class AnnexFields(forms.ModelForm[Annex]):
    """An annex of the report."""

    class Meta:
        model = Annex
        fields = ("title", "kind", "author", "text", "file_name", "confidential")
        widgets = {"text": forms.Textarea(attrs={"rows": 12})}
        help_texts = {
            "file_name": _("The name of the separate document, when there is one."),
            "confidential": _("The report names the annex, but does not show it."),
        }


class NewAnnexForm(AnnexFields):
    """A new annex."""

    submission = submission_field()


class AnnexForm(AnnexFields):
    """Changing an annex."""

    version = version_field()
