"""Forms and filters of campaigns. Names of filters are Dutch: they stand in the address."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from openintegriteit.campaigns.models import Ask, Campaign, CampaignState, Invitee
from openintegriteit.campaigns.rules import days_in
from openintegriteit.core.clock import today
from openintegriteit.core.searching import holding
from openintegriteit.organisations.models import PersonKind
from openintegriteit.organisations.queries import UnitTree
from openintegriteit.ui.editing import date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import choice_filter, chosen, matching, search_field, with_all

NOT_YET, ANSWERED, SILENT = "nog-niet", "geantwoord", "zonder-mailadres"
NO_UNIT = "-"
LONGEST = timedelta(days=366)


class DaysField(forms.CharField):
    """Numbers of days before a day, as one writes them: "14, 7"; the cleaned value is a list."""

    def prepare_value(self, value: Any) -> Any:
        """The list as text."""
        return ", ".join(str(number) for number in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[int]:
        """The numbers, largest first. Raises ValidationError for what is no list of days."""
        days = days_in(super().clean(value))
        if days is None:
            raise forms.ValidationError(_("Write numbers of days from 1 to 365 with commas between them: 14, 7."))
        return days


class CampaignFields(forms.ModelForm[Campaign]):
    """What a person fills in about a campaign."""

    kinds = forms.MultipleChoiceField(
        label=_("Kinds of people"),
        choices=PersonKind,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Without a choice everybody is asked."),
    )
    units = forms.MultipleChoiceField(
        label=_("Departments and teams"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("What stands under a department comes with it. Without a choice everybody is asked."),
    )
    reminder_days = DaysField(
        label=_("Remind so many days before the last day"),
        required=False,
        help_text=_("For example 14, 7. Only who has not answered yet gets a mail."),
    )

    class Meta:
        model = Campaign
        fields: tuple[str, ...] = (
            "title",
            "intro",
            "opens_on",
            "answer_before",
            "reminder_days",
            "tells_managers",
            "kinds",
            "units",
            "newcomers_since",
        )
        widgets = {
            "intro": forms.Textarea(attrs={"rows": 4}),
            "opens_on": date_field_widget(),
            "answer_before": date_field_widget(),
            "newcomers_since": date_field_widget(),
        }
        help_texts = {
            "intro": _("This stands in the mail and above what you ask."),
            "tells_managers": _("They get one mail, and see after signing in who has not answered."),
            "newcomers_since": _("Only for a campaign among who is new."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        campaign: Campaign = self.instance
        fields["kinds"].choices = [(kind, kind.label) for kind in campaign.possible_kinds]
        if campaign.asks == Ask.READ or campaign.for_office_holders:
            del fields["tells_managers"]
        fields["units"].choices = [(str(line.unit.pk), line.indented_name) for line in UnitTree().lines()]

    def clean(self) -> dict[str, Any]:
        """Days that somebody chose are still to come, and follow each other."""
        cleaned = super().clean() or self.cleaned_data
        opens_on, answer_before = cleaned.get("opens_on"), cleaned.get("answer_before")
        if {"opens_on", "answer_before"}.isdisjoint(self.changed_data):
            return cleaned
        if opens_on and opens_on < today():
            self.add_error("opens_on", _("This day has gone by. Choose today or a later day."))
        if opens_on and answer_before and answer_before <= opens_on:
            self.add_error("answer_before", _("Give people some time: choose a day after the first mails."))
        if opens_on and answer_before and answer_before - opens_on > LONGEST:
            self.add_error("answer_before", _("Choose a day within a year after the first mails."))
        return cleaned


class NewCampaignForm(CampaignFields):
    """A new campaign."""

    submission = submission_field()


class CampaignForm(CampaignFields):
    """Changing a draft."""

    version = version_field()


class StartForm(forms.Form):
    """Starting the draft as it was on the screen."""

    version = version_field()


class CampaignFilter(forms.Form):
    """Which campaigns to show."""

    zoek = search_field()
    soort = choice_filter(_("What people are asked"), Ask)
    stand = choice_filter(_("State"), CampaignState)

    def narrowed(self, campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
        """The rows that the filters leave."""
        asked = chosen(self)
        rows = matching(campaigns, asked.get("zoek", ""), ["title", "subject_label"])
        if "soort" in asked:
            rows = rows.filter(asks=asked["soort"])
        return rows.filter(state=asked["stand"]) if "stand" in asked else rows


class InviteeFilter(forms.Form):
    """Which of the people who were asked to show."""

    zoek = search_field()
    stand = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=with_all(
            [
                (NOT_YET, _("has not answered yet")),
                (ANSWERED, _("has answered")),
                (SILENT, _("no mail address, not answered yet")),
            ]
        ),
    )
    afdeling = forms.ChoiceField(label=_("Department or team"), required=False)

    def __init__(self, data: Any, units: list[str]) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["afdeling"].choices = with_all((name or NO_UNIT, name or _("without a unit")) for name in units)

    def narrowed(self, invitees: QuerySet[Invitee]) -> QuerySet[Invitee]:
        """The rows that the filters leave."""
        asked = chosen(self)
        rows = holding(invitees, asked.get("zoek", ""), "person__search_text")
        state = asked.get("stand")
        if state in (NOT_YET, SILENT):
            rows = rows.filter(answered_at__isnull=True)
        if state == SILENT:
            rows = rows.filter(invited_at__isnull=True)
        if state == ANSWERED:
            rows = rows.filter(answered_at__isnull=False)
        if "afdeling" in asked:
            rows = rows.filter(unit_name="" if asked["afdeling"] == NO_UNIT else asked["afdeling"])
        return rows
