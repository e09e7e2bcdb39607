"""Forms of the annexes of a report."""

import re
from datetime import date
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openintegriteit.accountability.models import Annex, AnnexFile, AnnexKind, Judgement
from openintegriteit.core.clock import today
from openintegriteit.core.documents.judging import (
    MOST_BYTES,
    DocumentForm,
    JudgedDocument,
    UnusableDocument,
    judge_document,
)
from openintegriteit.ui.editing import date_field_widget, submission_field, version_field

LONGEST_NAME = 120


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

    def clean_kind(self) -> str:
        """Only a document of others has a file. Raises ValidationError that says what to do."""
        kind: str = self.cleaned_data["kind"]
        if self.instance.file_id and kind != AnnexKind.DOCUMENT:
            raise forms.ValidationError(_("This annex has a document. Take the document away first."))
        return kind


class AnnexFileForm(forms.Form):
    """A document of others."""

    submission = submission_field()
    version = version_field()
    file = forms.FileField(
        label=_("Document"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt"}),
        error_messages={"required": _("Choose a file first.")},
        allow_empty_file=True,
    )

    def clean_file(self) -> JudgedDocument:
        """The document with what was noticed. Raises ValidationError that says what to do."""
        try:
            return judge_document(self.cleaned_data["file"].read(MOST_BYTES + 1))
        except UnusableDocument as refusal:
            raise forms.ValidationError(str(refusal), code="unusable") from refusal

    @property
    def file_name(self) -> str:
        """A safe name for the document, which ends as its content says."""
        sent: Any = self.files.get("file")
        return safe_name((sent and sent.name) or "", self.cleaned_data["file"].form)


def safe_name(sent: str, form: DocumentForm) -> str:
    """A file name that can stand on any computer: letters, digits, and a few signs; its end tells the kind of file."""
    stem = PurePath(sent.replace("\\", "/")).stem
    words = re.sub(r"[^\w()-]+", "-", stem).strip("-_")[:LONGEST_NAME]
    return f"{words or 'document'}.{form}"


class JudgementForm(forms.ModelForm[AnnexFile]):
    """How accessible a document is."""

    version = version_field()
    judgement = forms.ChoiceField(
        label=_("Can people read this document with what they use to read?"),
        choices=Judgement.choices,
        widget=forms.RadioSelect,
    )
    judged_on = forms.DateField(label=_("Judged on"), widget=date_field_widget())

    class Meta:
        model = AnnexFile
        fields = ("judgement", "judgement_note", "judged_on")
        help_texts = {"judgement_note": _("For example how you checked it, or what the author will mend.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["judged_on"] = self.initial.get("judged_on") or today()

    def clean_judged_on(self) -> date:
        """What was judged has been judged already."""
        given: date = self.cleaned_data["judged_on"]
        if given > today():
            raise forms.ValidationError(_("This day has not come yet."))
        return given
