"""The filters of the year calendar."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CalendarFilters(forms.Form):
    """Which year, which kind of item, and whether only what is overdue; kept in the address."""

    jaar = forms.IntegerField(label=_("Year"), required=False, min_value=1990, max_value=2100)
    soort = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[
            ("", _("everything")),
            ("measure", _("measures")),
            ("activity", _("activities")),
            ("finding", _("findings")),
            ("regulation", _("regulations to be reviewed")),
            ("campaign", _("reading campaigns")),
            ("report", _("annual reports")),
        ],
    )
    te_laat = forms.BooleanField(label=_("Only what is overdue"), required=False)
