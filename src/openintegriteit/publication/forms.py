"""Forms and filters of the public site."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.searching import holding
from openintegriteit.publication.contents import REGISTERS
from openintegriteit.publication.models import Entry, EntryQuerySet, Publication
from openintegriteit.publication.queries import hidden_on
from openintegriteit.ui.editing import date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import chosen, search_field, with_all

TOOI = "https://identifier.overheid.nl/tooi/id/"
ONE_LINE, WHOLE_PERSON = "regel", "persoon"


class SettingsForm(forms.ModelForm[Publication]):
    """How the body publishes."""

    version = version_field()

    class Meta:
        model = Publication
        fields = ("laid_open_at", "contact", "shown_for_months", "licence", "tooi")
        help_texts = {
            "laid_open_at": _("The law asks to lay the registers open too. For example: the desk of the town hall."),
            "shown_for_months": _("After somebody left office, or a position ended. 0: it goes at once."),
            "tooi": _(
                "Begins with %(start)s. With it the Woo-index gets the data of each document. Ask your archivist."
            )
            % {"start": TOOI},
        }

    def clean_tooi(self) -> str:
        """An identifier of an organisation, or nothing."""
        address: str = self.cleaned_data["tooi"]
        if address and not address.startswith(TOOI):
            raise forms.ValidationError(_("This address has to begin with %(start)s.") % {"start": TOOI})
        return address


class HidingForm(forms.Form):
    """Taking something out of sight."""

    submission = submission_field()
    what = forms.ChoiceField(
        label=_("What has to go out of sight?"),
        choices=[(ONE_LINE, _("only this line")), (WHOLE_PERSON, _("everything about this person"))],
        widget=forms.RadioSelect,
        initial=ONE_LINE,
    )
    reason = forms.CharField(
        label=_("Why is that needed?"),
        help_text=_("Only who keeps this register reads it. Nothing of it comes on the public site."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    hidden_until = forms.DateField(
        label=_("On what day does it come back?"),
        help_text=_("It comes back by itself. Is it still unsafe then? Take it away again before that day."),
        widget=date_field_widget(),
    )

    def clean_hidden_until(self) -> date:
        """A day that is still to come."""
        day: date = self.cleaned_data["hidden_until"]
        if day <= today():
            raise forms.ValidationError(_("Choose a day after today."))
        return day


class EntryFilter(forms.Form):
    """Which public lines to show; the registers are those that the reader keeps."""

    zoek = search_field()
    register = forms.ChoiceField(label=_("Register"), required=False)
    weg = forms.BooleanField(label=_("Only what is out of sight now"), required=False)

    def __init__(self, data: Any, keys: frozenset[str]) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["register"].choices = with_all(
            (item.slug, gettext(item.title)) for item in REGISTERS if item.key in keys
        )

    def narrowed(self, entries: EntryQuerySet) -> QuerySet[Entry]:
        """The rows that the filters leave."""
        asked = chosen(self)
        rows: QuerySet[Entry] = entries
        if "register" in asked:
            rows = rows.filter(register=next(item.key for item in REGISTERS if item.slug == asked["register"]))
        if "weg" in asked:
            rows = rows.filter(pk__in=hidden_on(today()).values("pk"))
        return holding(rows, asked.get("zoek", ""))
