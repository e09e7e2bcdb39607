"""The form of a financial interest, short enough for a phone, and the filters of the lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.searching import holding
from openintegriteit.registers.declarations.forms import DetailsForm, LastingFilter
from openintegriteit.registers.declarations.models import DeclarationQuerySet
from openintegriteit.registers.interests.models import FinancialInterest, InterestKind
from openintegriteit.ui.listing import choice_filter, chosen, search_field


class InterestForm(DetailsForm):
    """What somebody tells about an interest. Nobody is asked for amounts."""

    class Meta:
        model = FinancialInterest
        fields = ("kind", "what", "where", "whose", "touches_duties")
        widgets = {
            "kind": forms.RadioSelect,
            "whose": forms.RadioSelect,
            "touches_duties": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "what": _("For example: shares, a plot of land, a loan to a friend’s company. No amounts."),
            "where": _("The name of the company, or the town. No home address."),
            "whose": _("Of your partner or child only where the code of your organisation asks it. No names."),
            "touches_duties": _("For example: you choose suppliers, and the company is one. Nothing? Say so."),
        }


class InterestFilter(LastingFilter):
    """Which interests to show."""

    soort = choice_filter(_("Kind of interest"), InterestKind)

    def narrowed(self, declarations: DeclarationQuerySet) -> DeclarationQuerySet:
        """The rows that the filters leave."""
        rows = super().narrowed(declarations)
        asked = chosen(self)
        return rows.filter(financial_interest__kind=asked["soort"]) if "soort" in asked else rows


class UnansweredFilter(forms.Form):
    """Which people who have not answered to show."""

    zoek = search_field()

    def narrowed(self, people: Any) -> Any:
        """The rows that hold the words."""
        return holding(people, chosen(self).get("zoek", ""))
