"""Forms about what proves a measure."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.programme.models import Evidence
from openintegriteit.ui.editing import date_field_widget, submission_field


class EvidenceForm(forms.ModelForm[Evidence]):
    """Something that proves a measure."""

    submission = submission_field()
    dated_on = forms.DateField(label=_("Date"), widget=date_field_widget(), initial=today)

    class Meta:
        model = Evidence
        fields = ("title", "kind", "place", "dated_on")
        help_texts = {
            "title": _("For example “decision on the split of roles”. Name no people."),
            "place": _("The number in your archive, the folder, or a web address that starts with https://."),
        }

    def clean_dated_on(self) -> date:
        """What proves something is there already."""
        given: date = self.cleaned_data["dated_on"]
        if given > today():
            raise forms.ValidationError(_("This day has not come yet."))
        return given


class WithdrawalForm(forms.Form):
    """Why something proves a measure no longer."""

    why = forms.CharField(label=_("Why does this prove the measure no longer?"), max_length=300)
