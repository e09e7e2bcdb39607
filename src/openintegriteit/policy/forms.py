"""Forms and filters of regulations and duties of law. Names of filters are Dutch: they stand in the address."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.searching import searchable
from openintegriteit.policy.models import (
    AnswerState,
    Audience,
    ObligationAnswer,
    OwnObligation,
    Regulation,
    RegulationKind,
    RegulationQuerySet,
    RegulationVersion,
)
from openintegriteit.policy.obligations import Obligation
from openintegriteit.ui.editing import date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import choice_filter, chosen, matching, search_field, with_all


class RegulationFilter(forms.Form):
    """Which regulations to show."""

    zoek = search_field()
    soort = choice_filter(_("Kind"), RegulationKind)
    doelgroep = choice_filter(_("For whom"), Audience)
    herzien = forms.BooleanField(label=_("Only those due for review"), required=False)

    def narrowed(self, regulations: RegulationQuerySet) -> QuerySet[Regulation]:
        """The rows that the filters leave."""
        asked = chosen(self)
        if "herzien" in asked:
            regulations = regulations.due_for_review(today())
        rows: QuerySet[Regulation] = matching(regulations, asked.get("zoek", ""), ["title", "note"])
        fields = {"soort": "kind", "doelgroep": "audience"}
        return rows.filter(**{field: asked[name] for name, field in fields.items() if name in asked})


class ObligationFilter(forms.Form):
    """Which obligations to show."""

    zoek = search_field()
    wet = forms.ChoiceField(label=_("Law"), required=False)

    def __init__(self, data: Any, offered: Sequence[Obligation]) -> None:
        super().__init__(data)
        self._offered = offered
        laws = dict.fromkeys(obligation.law for obligation in offered)
        fields: dict[str, Any] = self.fields
        fields["wet"].choices = with_all((slugify(law), law) for law in laws)

    def narrowed(self) -> list[Obligation]:
        """The obligations that the filters leave: of the law, and with every word of the search."""
        asked = chosen(self)
        words = searchable(asked.get("zoek", "")).split()
        return [
            obligation
            for obligation in self._offered
            if asked.get("wet") in (None, slugify(obligation.law))
            and all(word in searchable(_said(obligation)) for word in words)
        ]


def _said(obligation: Obligation) -> str:
    return " ".join((obligation.law, obligation.place, obligation.who, obligation.what, obligation.checked_by))


class ObligationAnswerForm(forms.ModelForm[ObligationAnswer]):
    """Where the body stands on an obligation. Version 0: nobody has said anything yet."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = ObligationAnswer
        fields = ("state", "explanation", "evidence", "owner", "answered_on", "review_due_on")
        widgets = {
            "state": forms.RadioSelect,
            "explanation": forms.Textarea(attrs={"rows": 4}),
            "evidence": forms.Textarea(attrs={"rows": 3}),
            "answered_on": date_field_widget(),
            "review_due_on": date_field_widget(),
        }
        help_texts = {
            "explanation": _("Why it stands so. For what does not apply here: why not."),
            "evidence": _("A document, decision or page, and where it can be found. One on each line."),
            "owner": _("Who minds this, for example a function."),
            "review_due_on": _("Before this day somebody looks whether the answer still holds."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state: Any = self.fields["state"]
        state.choices = AnswerState.choices  # no empty choice among the buttons
        self.initial["answered_on"] = self.initial.get("answered_on") or today()

    def clean_answered_on(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["answered_on"]
        if day > today():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class OwnObligationFields(forms.ModelForm[OwnObligation]):
    """What a person fills in about a duty of the body's own."""

    class Meta:
        model = OwnObligation
        fields = ("law", "place", "who", "what", "term", "checked_by", "address", "ended_on")
        widgets = {
            "what": forms.Textarea(attrs={"rows": 3}),
            "checked_by": forms.Textarea(attrs={"rows": 2}),
            "ended_on": date_field_widget(),
        }
        help_texts = {
            "law": _("For example a covenant, a by-law of your own, or a law that is not in the list."),
            "place": _("For example artikel 3, lid 2."),
        }


class NewOwnObligationForm(OwnObligationFields):
    """A duty that is added."""

    submission = submission_field()


class OwnObligationForm(OwnObligationFields):
    """Changing or ending a duty."""

    version = version_field()


class RegulationFields(forms.ModelForm[Regulation]):
    """What a person fills in about a regulation."""

    class Meta:
        model = Regulation
        fields = ("title", "kind", "audience", "review_due_on", "is_public", "note")
        widgets = {"review_due_on": date_field_widget(), "note": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "review_due_on": _("Before this day somebody looks whether the text still fits."),
            "is_public": _("Everybody then reads the version in force there. The note stays within."),
        }

    def clean_title(self) -> str:
        """A body has a regulation once."""
        title: str = self.cleaned_data["title"]
        if Regulation.objects.filter(title=title).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is a regulation with this title already. Add a version there."))
        return title


class NewRegulationForm(RegulationFields):
    """A new regulation."""

    submission = submission_field()


class RegulationForm(RegulationFields):
    """Changing a regulation."""

    version = version_field()


TEXT_HELP = {
    "popular_text": _("What it means for who reads it, in a few sentences. This comes first in a campaign."),
    "text": _("A blank line starts a paragraph; lines that begin with - are a list."),
    "web_address": _("The page of the official publication, for example on overheid.nl."),
}


class VersionForm(forms.ModelForm[RegulationVersion]):
    """A version of a regulation, as adopted; the instance knows its regulation."""

    submission = submission_field()
    replaces_version: forms.ModelChoiceField[RegulationVersion] = forms.ModelChoiceField(
        queryset=None,
        label=_("Replaces the version of another regulation"),
        required=False,
        empty_label=_("none"),
        help_text=_("The version that does not hold any more from the day on which this one does."),
    )

    class Meta:
        model = RegulationVersion
        fields = (
            "label",
            "adopted_by",
            "adopted_on",
            "in_force_on",
            "replaces",
            "replaces_version",
            "web_address",
            "popular_text",
            "text",
        )
        widgets = {
            "adopted_on": date_field_widget(),
            "in_force_on": date_field_widget(),
            "popular_text": forms.Textarea(attrs={"rows": 6}),
            "text": forms.Textarea(attrs={"rows": 12}),
        }
        help_texts = {
            "label": _("For example 2 or 2026."),
            "replaces": _("Only where it replaces something with another name."),
            **TEXT_HELP,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        others = RegulationVersion.objects.exclude(regulation=self.instance.regulation)
        fields["replaces_version"].queryset = others.select_related("regulation").order_by("regulation__title", "label")

    def clean_label(self) -> str:
        """A regulation has a version once."""
        label: str = self.cleaned_data["label"]
        if RegulationVersion.objects.filter(regulation=self.instance.regulation, label=label).exists():
            raise forms.ValidationError(_("This version is there already."))
        return label


class VersionTextForm(forms.ModelForm[RegulationVersion]):
    """The text of a version that is there already."""

    version = version_field()

    class Meta:
        model = RegulationVersion
        fields = ("web_address", "popular_text", "text")
        widgets = {"popular_text": forms.Textarea(attrs={"rows": 6}), "text": forms.Textarea(attrs={"rows": 16})}
        help_texts = TEXT_HELP
