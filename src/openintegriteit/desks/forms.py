"""The filters of the year calendar, and the form that makes a secret address of it."""

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from openintegriteit.ui.editing import submission_field

FIRST_YEAR, LAST_YEAR = 1990, 2100


class CalendarFilters(forms.Form):
    """Which year and month, which kind of item, and whether only what is overdue; kept in the address."""

    jaar = forms.IntegerField(label=_("Year"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    maand = forms.TypedChoiceField(
        label=_("Month"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=lambda: [("", _("whole year")), *((number, MONTHS[number]) for number in range(1, 13))],
    )
    soort = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[
            ("", _("everything")),
            ("measure", _("measures")),
            ("activity", _("activities")),
            ("finding", _("findings")),
            ("advice", _("follow-up of advice")),
            ("regulation", _("regulations to be reviewed")),
            ("obligation", _("obligations to look at again")),
            ("campaign", _("campaigns")),
            ("report", _("annual reports")),
            ("council_question", _("answers to questions")),
            ("declaration", _("declarations")),
            ("retention", _("holds to look at again")),
        ],
    )
    te_laat = forms.BooleanField(label=_("Only what is overdue"), required=False)


class FeedForm(forms.Form):
    """One click on the button that makes a secret address."""

    submission = submission_field()
