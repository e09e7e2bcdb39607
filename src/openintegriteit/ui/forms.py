"""The form of the component gallery: one field of every kind."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ExampleForm(forms.Form):
    """Shows what each field looks like; it saves nothing."""

    title = forms.CharField(label=_("Title"), help_text=_("A short name that others recognise."), max_length=120)
    explanation = forms.CharField(label=_("Explanation"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    pillar = forms.ChoiceField(
        label=_("Pillar"),
        choices=[("", _("Choose a pillar")), ("1", _("Values and culture")), ("2", _("Leadership and management"))],
    )
    day = forms.DateField(label=_("End date"), widget=forms.DateInput(attrs={"type": "date"}))
    amount = forms.IntegerField(label=_("Budget in euros"), min_value=0, required=False)
    paid = forms.ChoiceField(
        label=_("Are you paid for it?"),
        help_text=_("An allowance counts too. Travel costs do not."),
        choices=[("no", _("No, unpaid")), ("yes", _("Yes, paid"))],
        widget=forms.RadioSelect,
    )
    readers = forms.MultipleChoiceField(
        label=_("Who may not read this?"),
        choices=[("secretary", _("Secretary")), ("investigator", _("Investigator"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label=_("I filled this in truthfully"))
    attachment = forms.FileField(label=_("Workbook of the year"))


class ExampleFilter(forms.Form):
    """Shows the filter bar above a list."""

    zoek = forms.CharField(label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    stand = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), ("late", _("late")), ("done", _("done"))]
    )
