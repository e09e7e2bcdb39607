"""Forms and filters of screenings. Names of filters are Dutch: they stand in the address."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.searching import holding
from openintegriteit.organisations.forms import PeopleFilter, PersonField, own_key
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.registers import kinds_under, regime_of, regime_of_kind
from openintegriteit.registers.screening.models import Result, Screening, ScreeningKind, ScreeningRule
from openintegriteit.ui.editing import NO_CHOICE, date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import address_word, choice_filter, chosen, search_field, with_all


class ScreeningFields(forms.ModelForm[Screening]):
    """The days of a screening, and what it was for."""

    class Meta:
        model = Screening
        fields: tuple[str, ...] = ("done_on", "post", "valid_until")
        widgets: dict[str, Any] = {"done_on": date_field_widget(), "valid_until": date_field_widget()}
        help_texts: dict[str, Any] = {
            "done_on": _("The day that stands on the certificate, or the day on which it was checked."),
            "valid_until": _("Leave empty when it stays good."),
        }

    def clean_done_on(self) -> date:
        """A day that is not still to come."""
        day: date = self.cleaned_data["done_on"]
        if day > today():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        """It is good at least on the day itself, and does not stand there already."""
        values = super().clean() or self.cleaned_data
        done, until = values.get("done_on"), values.get("valid_until")
        if done and until and until < done:
            self.add_error("valid_until", _("This day lies before the day on which it was issued or done."))
        person, kind = values.get("person", self.instance.person_id), values.get("kind", self.instance.kind)
        same = Screening.objects.standing().filter(person=person, kind=kind, done_on=done)
        if person and kind and done and same.exclude(pk=own_key(self)).exists():
            self.add_error("done_on", _("For this person it stands in the register already on this day."))
        return values


class NewScreeningForm(ScreeningFields):
    """Recording what was checked, under the regimes that the actor records."""

    submission = submission_field()
    person = PersonField()
    field_order = ("person", "kind", "result", "done_on", "post", "valid_until")

    class Meta(ScreeningFields.Meta):
        fields: tuple[str, ...] = ("kind", "result", *ScreeningFields.Meta.fields)
        widgets = ScreeningFields.Meta.widgets | {"result": forms.RadioSelect}
        help_texts = ScreeningFields.Meta.help_texts | {
            "result": _("Only the result. What was found does not belong in this register, and no document either."),
            "valid_until": _("Leave empty to count the term of your rule, if it has one."),
        }

    def __init__(self, *args: Any, regimes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["person"].narrow(regimes, regime_of)
        fields["kind"].choices = [("", NO_CHOICE), *ScreeningKind.choices]
        fields["result"].choices = Result.choices


class ScreeningForm(ScreeningFields):
    """Correcting a screening. Who, what and the result stay: who was mistaken withdraws it."""

    version = version_field()


class RuleFields(forms.ModelForm[ScreeningRule]):
    """How a screening is asked."""

    class Meta:
        model = ScreeningRule
        fields: tuple[str, ...] = ("fresh", "good_months", "in_force_from", "also_present", "basis")
        widgets: dict[str, Any] = {"in_force_from": date_field_widget()}
        help_texts: dict[str, Any] = {
            "fresh": _("Counted back from the first working day or the day of the appointment."),
            "good_months": _("After this it has to be done again. Leave empty when once is enough."),
            "basis": _("For example: the integrity policy of 2025, chapter 3, or a decision of the secretary."),
        }


class NewRuleForm(RuleFields):
    """Asking a screening of some people, under the regimes that the actor records."""

    submission = submission_field()

    class Meta(RuleFields.Meta):
        fields: tuple[str, ...] = ("for_whom", "kind", *RuleFields.Meta.fields)

    def __init__(self, *args: Any, regimes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        offered = [choice for choice in fields["for_whom"].choices if choice[0]]
        fields["for_whom"].choices = [
            ("", NO_CHOICE),
            *(choice for choice in offered if regime_of_kind(choice[0]) in regimes),
        ]
        fields["kind"].choices = [("", NO_CHOICE), *ScreeningKind.choices]
        self.initial.setdefault("in_force_from", today())

    def clean(self) -> dict[str, Any]:
        """The same is asked of the same people once."""
        values = super().clean() or self.cleaned_data
        same = ScreeningRule.objects.filter(
            for_whom=values.get("for_whom", ""), kind=values.get("kind", ""), ended_on__isnull=True
        )
        if same.exclude(pk=own_key(self)).exists():
            self.add_error("kind", _("This is asked of these people already. Change it there."))
        return values


class RuleForm(RuleFields):
    """Changing or ending what is asked."""

    version = version_field()

    class Meta(RuleFields.Meta):
        fields: tuple[str, ...] = (*RuleFields.Meta.fields, "ended_on")
        widgets = RuleFields.Meta.widgets | {"ended_on": date_field_widget()}

    def clean(self) -> dict[str, Any]:
        """It does not end before it began, and is asked once."""
        values = super().clean() or self.cleaned_data
        ended, began = values.get("ended_on"), values.get("in_force_from")
        if ended and began and ended < began:
            self.add_error("ended_on", _("This day lies before the day on which it began."))
        same = ScreeningRule.objects.filter(
            for_whom=self.instance.for_whom, kind=self.instance.kind, ended_on__isnull=True
        )
        if not ended and same.exclude(pk=self.instance.pk).exists():
            self.add_error("ended_on", _("This is asked anew by a later rule, so this one has to keep a last day."))
        return values


class OwingFilter(PeopleFilter):
    """Which of the people who owe a screening to show, and which screenings to look at."""

    wat = choice_filter(_("Which screening"), ScreeningKind)

    def __init__(self, *args: Any, regimes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        del fields["wie"]
        fields["soort"].choices = with_all((address_word(kind), kind.label) for kind in kinds_under(regimes))

    def asked_kind(self) -> str:
        """The one kind of screening to look at; empty: all."""
        return str(chosen(self).get("wat", ""))

    def narrowed(self, people: Any) -> "QuerySet[Person]":
        """The people that the filters leave, also those who still have to begin."""
        return self.matching(people)


class ScreeningFilter(forms.Form):
    """Which screenings to show."""

    zoek = search_field()
    wat = choice_filter(_("What was checked"), ScreeningKind)
    uitslag = choice_filter(_("Result"), Result)
    fout = forms.BooleanField(label=_("Also what was withdrawn"), required=False)

    def narrowed(self, screenings: QuerySet[Screening]) -> QuerySet[Screening]:
        """The rows that the filters leave."""
        asked = chosen(self)
        rows = screenings if "fout" in asked else screenings.filter(withdrawn_on__isnull=True)
        if "wat" in asked:
            rows = rows.filter(kind=asked["wat"])
        if "uitslag" in asked:
            rows = rows.filter(result=asked["uitslag"])
        return holding(rows, asked.get("zoek", ""), "person__search_text")
