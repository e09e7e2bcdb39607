"""Forms and filters of departures. Names of filters are Dutch: they stand in the address."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.searching import holding
from openintegriteit.organisations.forms import PeopleFilter, PersonField, own_key
from openintegriteit.organisations.models import Person, PersonKind
from openintegriteit.registers.declarations.registers import kinds_under, regime_of
from openintegriteit.registers.departures.models import HANDED_OVER, CoolingOffRule, Departure, DepartureQuerySet, Talk
from openintegriteit.registers.departures.queries import last_days_of
from openintegriteit.ui.editing import NO_CHOICE, date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import address_word, choice_filter, chosen, search_field, with_all

FARTHEST = timedelta(days=730)


class DepartureFields(forms.ModelForm[Departure]):
    """What is done about a departure."""

    class Meta:
        model = Departure
        fields: tuple[str, ...] = ("left_on", "talk", "talk_on", "talk_by", "reminded_on", *HANDED_OVER)
        widgets = {name: date_field_widget() for name in ("left_on", "talk_on", "reminded_on")}
        help_texts: dict[str, Any] = {
            "left_on": _("The last day of the work or the office. It may be still to come."),
            "talk": _("Only whether there was a talk. What was said does not belong here."),
            "talk_by": _("Not the own manager, when somebody may have something to say about that manager."),
            "reminded_on": _("The day of the letter or message that says that secrecy goes on after leaving."),
        }

    def clean_left_on(self) -> date:
        """A day that is not too far away."""
        day: date = self.cleaned_data["left_on"]
        if day > today() + FARTHEST:
            raise forms.ValidationError(_("This day is more than two years away. Check the year."))
        return day

    def clean_talk_on(self) -> date | None:
        """A day that is not still to come."""
        return self._not_to_come("talk_on")

    def clean_reminded_on(self) -> date | None:
        """A day that is not still to come."""
        return self._not_to_come("reminded_on")

    def _not_to_come(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day and day > today():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        """A talk that was held has a day, and the last day is the one of the list of people."""
        values = super().clean() or self.cleaned_data
        if values.get("talk") == Talk.HELD and not values.get("talk_on") and "talk_on" not in self.errors:
            self.add_error("talk_on", _("Write on which day the talk was held."))
        person, day = self._person(values), values.get("left_on")
        if isinstance(person, Person) and day:
            self._refuse_another_day(person, day)
            same = Departure.objects.standing().filter(person=person, left_on=day)
            if same.exclude(pk=own_key(self)).exists():
                self.add_error("left_on", _("For this person it stands in the register already on this day."))
        return values

    def _person(self, values: dict[str, Any]) -> Any:
        return values.get("person") if "person" in self.fields else self.instance.person

    def _refuse_another_day(self, person: Person, day: date) -> None:
        known = last_days_of(person)
        if known and day not in known:
            told = ", ".join(date_format(found, "DATE_FORMAT") for found in sorted(known))
            self.add_error(
                "left_on",
                _("By the list of people the last day was %(days)s. Correct one of the two.") % {"days": told},
            )


class NewDepartureForm(DepartureFields):
    """Recording a departure, under the regimes that the actor records."""

    submission = submission_field()
    person = PersonField()
    field_order = ("person",)

    def __init__(self, *args: Any, regimes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["person"].narrow(regimes, regime_of)


class DepartureForm(DepartureFields):
    """Recording what was done since, or correcting it."""

    version = version_field()


class RuleFields(forms.ModelForm[CoolingOffRule]):
    """For how long, and what."""

    class Meta:
        model = CoolingOffRule
        fields: tuple[str, ...] = ("months", "what", "basis", "in_force_from")
        widgets: dict[str, Any] = {"in_force_from": date_field_widget()}
        help_texts: dict[str, Any] = {
            "months": _("Counted from the last day."),
            "what": _("For example: we do not hire them, not through a firm either, and give them no assignments."),
            "basis": _("The code of conduct or the decision that says so, with the article."),
        }


class NewRuleForm(RuleFields):
    """A rule for a kind of people, of the regimes that the actor records."""

    submission = submission_field()

    class Meta(RuleFields.Meta):
        fields: tuple[str, ...] = ("for_whom", *RuleFields.Meta.fields)

    def __init__(self, *args: Any, regimes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["for_whom"].choices = [("", NO_CHOICE), *((kind.value, kind.label) for kind in kinds_under(regimes))]
        self.initial.setdefault("in_force_from", today())

    def clean_for_whom(self) -> str:
        """People for whom no rule holds yet."""
        kind: str = self.cleaned_data["for_whom"]
        same = CoolingOffRule.objects.filter(for_whom=kind, ended_on__isnull=True)
        if same.exclude(pk=own_key(self)).exists():
            raise forms.ValidationError(_("A rule holds for these people already. Change it there."))
        return kind


class RuleForm(RuleFields):
    """Changing or ending a rule."""

    version = version_field()

    class Meta(RuleFields.Meta):
        fields: tuple[str, ...] = (*RuleFields.Meta.fields, "ended_on")
        widgets = RuleFields.Meta.widgets | {"ended_on": date_field_widget()}

    def clean(self) -> dict[str, Any]:
        """It does not end before it began, and one holds at a time."""
        values = super().clean() or self.cleaned_data
        ended, began = values.get("ended_on"), values.get("in_force_from")
        if ended and began and ended < began:
            self.add_error("ended_on", _("This day lies before the day on which it began."))
        same = CoolingOffRule.objects.filter(for_whom=self.instance.for_whom, ended_on__isnull=True)
        if not ended and same.exclude(pk=self.instance.pk).exists():
            self.add_error("ended_on", _("A later rule holds for these people, so this one has to keep a last day."))
        return values


class UnrecordedFilter(PeopleFilter):
    """Which of the people who left without a record to show."""

    eerder = forms.BooleanField(label=_("Also who left more than a year ago"), required=False)

    def __init__(self, *args: Any, regimes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        del fields["wie"]
        fields["soort"].choices = with_all((address_word(kind), kind.label) for kind in kinds_under(regimes))

    def also_earlier(self) -> bool:
        """Whether to look further back than a year."""
        return "eerder" in chosen(self)

    def narrowed(self, people: Any) -> "QuerySet[Person]":
        """The people that the filters leave."""
        return self.matching(people)


class DepartureFilter(forms.Form):
    """Which departures to show."""

    zoek = search_field()
    gesprek = choice_filter(_("Exit talk"), Talk)
    soort = choice_filter(_("Left as"), PersonKind)
    open = forms.BooleanField(label=_("Only of which something has to be done"), required=False)
    fout = forms.BooleanField(label=_("Also what was withdrawn"), required=False)

    def __init__(self, *args: Any, regimes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["soort"].choices = with_all((address_word(kind), kind.label) for kind in kinds_under(regimes))

    def narrowed(self, departures: Any) -> QuerySet[Departure]:
        """The rows that the filters leave."""
        asked = chosen(self)
        rows: DepartureQuerySet = departures if "fout" in asked else departures.standing()
        if "open" in asked:
            rows = rows.unfinished()
        if "gesprek" in asked:
            rows = rows.filter(talk=asked["gesprek"])
        if "soort" in asked:
            rows = rows.filter(kind=asked["soort"])
        return holding(rows, asked.get("zoek", ""), "person__search_text")


class HireForm(forms.Form):
    """Whom one wants to hire."""

    zoek = search_field()

    def words(self) -> str:
        """What was typed; empty for nothing or nonsense."""
        return str(chosen(self).get("zoek", "")).strip()
