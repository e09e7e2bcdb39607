"""Forms and filters of oaths. Names of filters are Dutch: they stand in the address."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.searching import holding
from openintegriteit.organisations.forms import PeopleFilter, PersonField, own_key
from openintegriteit.organisations.models import Person, PersonKind
from openintegriteit.registers.oaths.models import BY_ONESELF, ForWhom, How, Oath, OathForm, OathText
from openintegriteit.registers.oaths.queries import group_of
from openintegriteit.registers.oaths.rules import for_whom_of, forms_of, kinds_of
from openintegriteit.ui.editing import NO_CHOICE, date_field_widget, submission_field
from openintegriteit.ui.listing import address_word, choice_filter, chosen, search_field, with_all

NEWCOMER = timedelta(days=92)
ASKED, NO_ADDRESS = _("has got a mail"), _("no mail address")


class NewOathForm(forms.ModelForm[Oath]):
    """Recording what somebody took, for the groups that the actor records."""

    submission = submission_field()
    person = PersonField()
    text = forms.ModelChoiceField(
        queryset=OathText.objects.none(),
        label=_("Words that were used"),
        required=False,
        empty_label=NO_CHOICE,
        help_text=_("Leave empty when nobody knows any more which words were used."),
    )
    field_order = ("person", "form", "taken_on", "how", "before_whom", "occasion", "text")

    class Meta:
        model = Oath
        fields = ("form", "taken_on", "how", "before_whom", "occasion")
        widgets = {
            "form": forms.RadioSelect,
            "how": forms.RadioSelect,
            "taken_on": date_field_widget(),
        }
        help_texts = {
            "before_whom": _("Who took it: for example the secretary, the chair of the council, or the mayor."),
            "occasion": _("For example: the meeting of the council of 30 March, or the ceremony for new colleagues."),
        }

    def __init__(self, *args: Any, groups: Sequence[ForWhom], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["person"].narrow(groups, lambda person: for_whom_of(person.kind))
        offered = {form for group in groups for form in forms_of(group)}
        fields["form"].choices = [choice for choice in OathForm.choices if choice[0] in offered]
        fields["how"].choices = [choice for choice in How.choices if choice[0] not in BY_ONESELF]
        fields["text"].queryset = OathText.objects.filter(for_whom__in=groups)

    def clean_taken_on(self) -> date:
        """A day that is not still to come."""
        day: date = self.cleaned_data["taken_on"]
        if day > today():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        """What was taken and its words fit the person, and it does not stand there already."""
        values = super().clean() or self.cleaned_data
        person, form, text = values.get("person"), values.get("form"), values.get("text")
        if values.get("how") == How.CEREMONY and not values.get("before_whom"):
            self.add_error("before_whom", _("Write before whom it was taken."))
        if not isinstance(person, Person):
            return values
        for_whom = group_of(person, today())
        if form and form not in forms_of(for_whom):
            self.add_error(
                "form",
                _("Without an appointment somebody signs an integrity statement.")
                if for_whom == ForWhom.NOT_EMPLOYED
                else _("Choose oath or affirmation: an integrity statement is for who works without an appointment."),
            )
        if text and text.for_whom != for_whom:
            self.add_error("text", _("These words are for others. Choose words for this person, or none."))
        self._refuse_twice(person, for_whom, values.get("taken_on"))
        return values

    def _refuse_twice(self, person: Person, for_whom: str, day: date | None) -> None:
        same = Oath.objects.standing().filter(person=person, for_whom=for_whom, taken_on=day)
        if day and same.exclude(pk=own_key(self)).exists():
            self.add_error("taken_on", _("For this person it stands in the register already on this day."))


class NewTextForm(forms.ModelForm[OathText]):
    """Words for a group: the first, or the next version."""

    submission = submission_field()

    class Meta:
        model = OathText
        fields = ("for_whom", "label", "text", "in_force_from")
        widgets = {"text": forms.Textarea(attrs={"rows": 14}), "in_force_from": date_field_widget()}
        help_texts = {
            "text": _("An empty line begins a new paragraph. A line that begins with - is an item of a list."),
            "in_force_from": _(
                "From this day on these words are offered. What people took before keeps its own words."
            ),
        }

    def __init__(self, *args: Any, groups: Sequence[ForWhom], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["for_whom"].choices = [("", NO_CHOICE), *((group.value, group.label) for group in groups)]
        self.initial.setdefault("in_force_from", today())


class SendForm(forms.Form):
    """Who gets a mail: `people` are those who can be chosen, `offered` those on the page, with `asked`.

    Those who got no mail yet are ticked, unless `initial` says otherwise.
    """

    submission = submission_field()
    people = forms.ModelMultipleChoiceField(
        queryset=Person.objects.none(),
        label=_("Who gets a mail"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )

    def __init__(self, *args: Any, people: QuerySet[Person], offered: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["people"].queryset = people
        fields["people"].widget.choices = [(str(person.pk), _offered(person)) for person in offered]
        self.initial.setdefault("people", [str(person.pk) for person in offered if not person.asked])


def _offered(person: Any) -> str:
    told = f"{person.full_name}, {person.get_kind_display()}"
    if person.asked:
        return f"{told} ({ASKED})"
    return told if person.email else f"{told} ({NO_ADDRESS})"


class OwingFilter(PeopleFilter):
    """Which of the people who owe an oath to show."""

    nieuw = forms.BooleanField(label=_("Only who is new (three months)"), required=False)

    def __init__(self, *args: Any, groups: Sequence[ForWhom], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        del fields["wie"]
        kinds = kinds_of(groups)
        fields["soort"].choices = with_all((address_word(kind), kind.label) for kind in PersonKind if kind in kinds)

    def narrowed(self, people: Any) -> "QuerySet[Person]":
        """The people that the filters leave."""
        rows = super().narrowed(people)
        return rows.filter(started_on__gte=today() - NEWCOMER) if self.cleaned_data.get("nieuw") else rows


class TakenFilter(forms.Form):
    """Which oaths and statements to show."""

    zoek = search_field()
    wie = choice_filter(_("Group"), ForWhom)
    wat = choice_filter(_("What was taken"), OathForm)
    fout = forms.BooleanField(label=_("Also what was withdrawn"), required=False)

    def __init__(self, *args: Any, groups: Sequence[ForWhom], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["wie"].choices = with_all((address_word(group), group.label) for group in groups)

    def narrowed(self, oaths: QuerySet[Oath]) -> QuerySet[Oath]:
        """The rows that the filters leave."""
        asked = chosen(self)
        rows = oaths if "fout" in asked else oaths.filter(withdrawn_on__isnull=True)
        if "wie" in asked:
            rows = rows.filter(for_whom=asked["wie"])
        if "wat" in asked:
            rows = rows.filter(form=asked["wat"])
        return holding(rows, asked.get("zoek", ""), "person__search_text")
