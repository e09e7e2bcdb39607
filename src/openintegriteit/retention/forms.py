"""Forms and filters of terms, lists and holds. Names of filters are Dutch: they stand in the address."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import KeptKind
from openintegriteit.organisations.forms import person_meant_by
from openintegriteit.organisations.models import Person
from openintegriteit.retention.models import (
    Cause,
    DestructionList,
    DestructionListQuerySet,
    Fate,
    Hold,
    HoldQuerySet,
    ListedRecord,
    ListState,
    RetentionRule,
    Start,
)
from openintegriteit.retention.proposals import Proposal
from openintegriteit.retention.queries import side_of
from openintegriteit.retention.rules import LONGEST_MONTHS
from openintegriteit.retention.words import MONTHS_OF_A_YEAR
from openintegriteit.ui.editing import NO_CHOICE, date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import choice_filter, chosen, matching, search_field

YEARS, MONTHS = "years", "months"


class WhoStaysForm(forms.Form):
    """About whom one wants to know what keeps them on the list."""

    zoek = search_field()

    def words(self) -> str:
        """What was typed; empty for nothing or nonsense."""
        return str(chosen(self).get("zoek", "")).strip()


class RuleForm(forms.ModelForm[RetentionRule]):
    """How long a kind of record is kept, from a day later than that of the newest rule."""

    submission = submission_field()
    length = forms.IntegerField(
        label=_("How long?"),
        required=False,
        min_value=1,
        max_value=LONGEST_MONTHS,
        help_text=_("Only when it is destroyed after a term."),
    )
    unit = forms.ChoiceField(
        label=_("Years or months?"),
        choices=[(YEARS, _("years")), (MONTHS, _("months"))],
        widget=forms.RadioSelect,
        initial=YEARS,
    )
    field_order = (
        "keeps_for_ever",
        "length",
        "unit",
        "start",
        "source",
        "category",
        "adopted_by",
        "adopted_on",
        "in_force_from",
        "explanation",
    )

    class Meta:
        model = RetentionRule
        fields = (
            "keeps_for_ever",
            "start",
            "source",
            "category",
            "adopted_by",
            "adopted_on",
            "in_force_from",
            "explanation",
        )
        labels = {
            "keeps_for_ever": _("What has to happen with these records?"),
            "start": _("When does the term begin?"),
            "source": _("In which selection list or decision does this stand?"),
            "category": _("Number in that list"),
            "adopted_by": _("Who adopted this?"),
            "adopted_on": _("On what day?"),
            "in_force_from": _("From what day does it hold?"),
        }
        help_texts = {
            "source": _("The law lets you destroy only by a selection list. Ask your archivist which line holds."),
            "category": _("Leave empty when your source has no numbers."),
            "adopted_by": _("For example: the executive, or the secretary by mandate."),
        }
        widgets = {
            "keeps_for_ever": forms.RadioSelect,
            "adopted_on": date_field_widget(),
            "in_force_from": date_field_widget(),
            "explanation": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, kind: KeptKind, newest: RetentionRule | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.newest = newest
        fields: dict[str, Any] = self.fields
        labels = dict(Start.choices)
        fields["keeps_for_ever"].choices = [choice for choice in fields["keeps_for_ever"].choices if choice[0] != ""]
        fields["start"].choices = [("", NO_CHOICE), *((start, capfirst(labels[start])) for start in kind.starts)]

    def clean_adopted_on(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["adopted_on"]
        if day > today():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        """Either for ever or a whole term, and a later day than that of the newest rule."""
        values = super().clean() or {}
        keeps, length, start = values.get("keeps_for_ever"), values.get("length"), values.get("start")
        if keeps:
            if length is not None:
                self.add_error("length", _("What is kept for ever has no term. Leave this empty."))
            if start:
                self.add_error("start", _("What is kept for ever has no term. Leave this empty."))
        elif "length" in values and length is None:
            self.add_error("length", _("Write how long these records are kept."))
        if keeps is False and "start" in values and not start:
            self.add_error("start", _("Choose when the term begins."))
        if length and values.get("unit") == YEARS and length * MONTHS_OF_A_YEAR > LONGEST_MONTHS:
            self.add_error("length", _("A term of more than a hundred years is not possible here."))
        day, newest = values.get("in_force_from"), self.newest
        if day and newest and newest.pk != values.get("submission") and day <= newest.in_force_from:
            self.add_error("in_force_from", _("There is a rule from this day or a later one. Choose a later day."))
        return values


def rule_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a valid `RuleForm` says, with the term in months."""
    stored = dict(values)
    length, unit = stored.pop("length"), stored.pop("unit")
    return stored | {"months": length * (MONTHS_OF_A_YEAR if unit == YEARS else 1) if length else None}


def proposed(proposal: Proposal | None) -> dict[str, Any]:
    """What the form begins with where a line of the selection list may fit."""
    if proposal is None:
        return {}
    if proposal.line is None:
        return {"source": proposal.source}
    return {
        "source": proposal.source,
        "category": proposal.line.category,
        "length": proposal.line.months // MONTHS_OF_A_YEAR,
        "start": proposal.line.start,
    }


class ListForm(forms.Form):
    """Which kinds come on a list. `due`: how many of each kind are."""

    submission = submission_field()
    kinds = forms.MultipleChoiceField(
        label=_("Which records?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one kind of record.")},
    )

    def __init__(self, *args: Any, due: Iterable[tuple[KeptKind, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kinds"].choices = [(kind.key, _offered(kind, number)) for kind, number in due]
        fields["kinds"].initial = [kind.key for kind, _number in due]


def _offered(kind: KeptKind, number: int) -> str:
    told = ngettext("%(number)d record", "%(number)d records", number) % {"number": number}
    return gettext("%(kind)s: %(records)s") % {"kind": capfirst(str(kind.label)), "records": told}


class TakeBackForm(forms.ModelForm[DestructionList]):
    """Why a list is taken back."""

    version = version_field()

    class Meta:
        model = DestructionList
        fields = ("refused_because",)
        labels = {"refused_because": _("Why is this list taken back?")}
        widgets = {"refused_because": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["refused_because"].required = True


class ListFilter(forms.Form):
    """Which lists to show."""

    stand = choice_filter(_("State"), ListState)

    def narrowed(self, rows: DestructionListQuerySet) -> DestructionListQuerySet:
        """The rows that the filters leave."""
        asked = chosen(self)
        return rows.filter(state=asked["stand"]) if "stand" in asked else rows


class RecordFilter(forms.Form):
    """Which records of a list to show."""

    uitkomst = choice_filter(_("What became of it"), Fate)

    def narrowed(self, rows: QuerySet[ListedRecord]) -> QuerySet[ListedRecord]:
        """The rows that the filters leave."""
        asked = chosen(self)
        return rows.filter(fate=asked["uitkomst"]) if "uitkomst" in asked else rows


REASON = {"reason": forms.Textarea(attrs={"rows": 4}), "expected_until": date_field_widget()}
HOLD_HELP = {
    "reason": _("Who keeps these records reads it. Write no more than is needed, and no names."),
    "expected_until": _("Nothing is destroyed after this day by itself: you look again then, and end the hold."),
}
HOLD_LABELS = {
    "cause": _("Because of what?"),
    "reason": _("Which request, case or inquiry?"),
    "expected_until": _("Until when is this expected?"),
}


class _HoldForm(forms.ModelForm[Hold]):
    """What every form of a hold asks."""

    def clean_expected_until(self) -> date | None:
        """A day that is still to come, or nothing."""
        day: date | None = self.cleaned_data["expected_until"]
        if day and day < today():
            raise forms.ValidationError(_("Choose today or a later day."))
        return day


class RecordHoldForm(_HoldForm):
    """Holding one record that stands on a list."""

    submission = submission_field()

    class Meta:
        model = Hold
        fields = ("cause", "reason", "expected_until")
        labels = HOLD_LABELS
        help_texts = HOLD_HELP
        widgets = {"cause": forms.RadioSelect, **REASON}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["cause"].choices = Cause.choices


class HoldForm(RecordHoldForm):
    """Holding everything about a person, or every record of a kind, of the sides that the actor keeps."""

    person = forms.CharField(
        label=_("Everything about one person"),
        required=False,
        max_length=200,
        help_text=_("The personnel number or the name of the person."),
    )
    kind = forms.ChoiceField(label=_("Or every record of one kind"), required=False)
    field_order = ("person", "kind", "cause", "reason", "expected_until")

    class Meta(RecordHoldForm.Meta):
        pass

    def __init__(self, *args: Any, kinds: Iterable[KeptKind], sides: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        self.sides = tuple(sides)
        offered = [(kind.key, capfirst(str(kind.label))) for kind in kinds if kind.side in self.sides]
        fields["kind"].choices = [("", NO_CHOICE), *offered]

    def clean_person(self) -> Person | None:
        """The one person who is meant, of a side that the actor keeps."""
        found = person_meant_by(self.cleaned_data["person"])
        if found and side_of(found) not in self.sides:
            raise forms.ValidationError(_("Somebody with another role keeps the records about this person."))
        return found

    def clean(self) -> dict[str, Any]:
        """One of both, and not both."""
        values = super().clean() or self.cleaned_data
        if "person" in values and "kind" in values and bool(values["person"]) == bool(values["kind"]):
            self.add_error("person", _("Fill in a person or choose a kind of record: one of both."))
        return values


class HoldChangeForm(_HoldForm):
    """Why something is held, and how long that is expected."""

    version = version_field()

    class Meta:
        model = Hold
        fields = ("cause", "reason", "expected_until")
        labels = HOLD_LABELS
        help_texts = HOLD_HELP
        widgets = REASON


class HoldEndForm(forms.ModelForm[Hold]):
    """Why a hold ends."""

    version = version_field()

    class Meta:
        model = Hold
        fields = ("ended_because",)
        labels = {"ended_because": _("Why may it be destroyed again?")}
        widgets = {"ended_because": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_because"].required = True


OPEN, ENDED = "loopt", "beeindigd"


class HoldFilter(forms.Form):
    """Which holds to show."""

    zoek = search_field()
    stand = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), (OPEN, _("holds now")), (ENDED, _("ended"))]
    )
    reden = choice_filter(_("Because of"), Cause)

    def narrowed(self, rows: HoldQuerySet) -> Any:
        """The rows that the filters leave."""
        asked = chosen(self)
        if "stand" in asked:
            rows = rows.filter(ended_on__isnull=asked["stand"] == OPEN)
        if "reden" in asked:
            rows = rows.filter(cause=asked["reden"])
        return matching(rows, asked.get("zoek", ""), ["label"])
