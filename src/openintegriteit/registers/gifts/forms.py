"""The form of a gift, short enough for a phone, the form of a rule, and the filters of the lists."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.searching import holding
from openintegriteit.registers.declarations.forms import DeclarationFilter, DetailsForm
from openintegriteit.registers.declarations.models import DeclarationQuerySet, Regime
from openintegriteit.registers.gifts.models import Answer, Gift, GiftRule, giver_key
from openintegriteit.registers.gifts.queries import newest_rule
from openintegriteit.ui.amounts import EuroField
from openintegriteit.ui.editing import date_field_widget, submission_field
from openintegriteit.ui.listing import choice_filter, chosen, search_field


class GiftForm(DetailsForm):
    """What somebody tells about what they were offered."""

    starts_on = forms.DateField(label=_("When it was offered"), widget=date_field_widget())
    value = EuroField(
        label=_("Value in euros"),
        required=False,
        help_text=_("An estimate will do. Leave empty what you cannot estimate."),
    )
    field_order = (
        "kind",
        "what",
        "giver_organisation",
        "giver_person",
        "relation",
        "value",
        "occasion",
        "starts_on",
        "received_at",
        "answer",
    )

    class Meta:
        model = Gift
        fields = (
            "kind",
            "what",
            "giver_organisation",
            "giver_person",
            "relation",
            "value",
            "occasion",
            "received_at",
            "answer",
        )
        widgets = {
            "kind": forms.RadioSelect,
            "relation": forms.Textarea(attrs={"rows": 3}),
            "received_at": forms.RadioSelect,
            "answer": forms.RadioSelect,
        }
        help_texts = {
            "what": _("For example: a bottle of wine, a ticket for a match, a dinner."),
            "giver_person": _("The name only. No home address."),
            "relation": _("For example: the company does works for us, or asked for a permit. Nothing? Say so."),
            "occasion": _("For example: a farewell, New Year, the opening of a building."),
        }

    def clean_starts_on(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["starts_on"]
        if day > today():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        """It comes from somebody."""
        values = super().clean() or {}
        named = {"giver_organisation", "giver_person"} & self.errors.keys()
        if not named and not values.get("giver_organisation") and not values.get("giver_person"):
            self.add_error("giver_organisation", _("Write who offers it: an organisation, a person, or both."))
        return values


class GiftRuleForm(forms.ModelForm[GiftRule]):
    """What the body allows under a regime, from a day later than that of the newest rule."""

    submission = submission_field()
    limit = EuroField(
        label=_("Up to which amount may somebody keep a gift?"),
        help_text=_("This amount itself is still allowed. Write 0 when nothing may be kept."),
    )

    class Meta:
        model = GiftRule
        fields = ("in_force_from", "limit", "consent_below_limit", "never_at_home", "exempt", "source")
        labels = {
            "consent_below_limit": _("Is consent needed up to that amount too?"),
            "never_at_home": _("May nothing be sent to a home address?"),
        }
        help_texts = {
            "exempt": _("For example: pens and other small things that everybody gets."),
            "source": _("For example: code of conduct, article 4."),
        }
        widgets = {
            "in_force_from": date_field_widget(),
            "consent_below_limit": forms.RadioSelect,
            "never_at_home": forms.RadioSelect,
            "exempt": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, regime: Regime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regime = regime
        if regime == Regime.OFFICE_HOLDERS:
            del self.fields["consent_below_limit"]

    def clean(self) -> dict[str, Any]:
        """A later day than that of the newest rule, but for one that this very form made."""
        values = super().clean() or {}
        day, newest = values.get("in_force_from"), newest_rule(self.regime)
        if day and newest and newest.pk != values.get("submission") and day <= newest.in_force_from:
            self.add_error("in_force_from", _("There is a rule from this day or a later one. Choose a later day."))
        return values


class GiftFilter(DeclarationFilter):
    """Which gifts to show."""

    stand = choice_filter(_("What happened with it"), Answer)
    gever = forms.CharField(label=_("Giver"), required=False, max_length=300)
    van = forms.DateField(label=_("Offered from"), required=False, widget=date_field_widget())
    tot = forms.DateField(label=_("Offered until"), required=False, widget=date_field_widget())

    def narrowed(self, declarations: DeclarationQuerySet) -> DeclarationQuerySet:
        """The rows that the filters leave."""
        asked = chosen(self)
        rows = super().narrowed(declarations)
        if asked.get("stand") in Answer:
            rows = rows.filter(gift__answer=asked["stand"])
        if "gever" in asked:
            rows = rows.filter(gift__giver_key=giver_key(asked["gever"]))
        found: DeclarationQuerySet = rows.filter(offered_between(asked.get("van"), asked.get("tot")))
        return found


class GiverFilter(forms.Form):
    """Of which givers to show the totals, and over what time."""

    zoek = search_field()
    wie = choice_filter(_("Who"), Regime)
    van = forms.DateField(label=_("Offered from"), required=False, widget=date_field_widget())
    tot = forms.DateField(label=_("Offered until"), required=False, widget=date_field_widget())

    def narrowed(self, totals: Any) -> Any:
        """The rows of `totals_per_giver` that the filters leave."""
        asked = chosen(self)
        rows = totals.filter(offered_between(asked.get("van"), asked.get("tot"), "offered_on"))
        if "wie" in asked:
            rows = rows.filter(regime=asked["wie"])
        return holding(rows, asked.get("zoek", ""), "giver_key")


def offered_between(first: date | None, last: date | None, field: str = "starts_on") -> Q:
    """What was offered from a day until another; None: no end on that side."""
    found = Q(**{f"{field}__gte": first}) if first else Q()
    return found & Q(**{f"{field}__lte": last}) if last else found
