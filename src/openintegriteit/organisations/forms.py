"""Forms and filters of the body, its units and its people. Names of filters are Dutch: they stand in the address."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.clock import today
from openintegriteit.organisations.models import (
    Appointment,
    HeadCount,
    HeldAs,
    Mandate,
    Organisation,
    Person,
    PersonKind,
    Unit,
)
from openintegriteit.organisations.queries import UnitTree, is_above, people_meant_by
from openintegriteit.organisations.rules import ends_before_it_starts, ways_to_hold
from openintegriteit.ui.editing import date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import choice_filter, search_field, with_all

LEFT, LATER, EVERYBODY = "vertrokken", "komt-nog", "iedereen"


class UnitField(forms.ChoiceField):
    """A unit, chosen from the tree; its cleaned value is the Unit. Call `offer` when the form is made."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Department or team"))
        super().__init__(required=False, **options)
        self._units: dict[str, Unit] = {}

    def offer(self, tree: UnitTree, *, empty: str) -> None:
        """Fill the list with the units of the body in scope, `empty` first."""
        lines = list(tree.lines())
        self._units = {str(line.unit.pk): line.unit for line in lines}
        self.choices = [("", empty), *((str(line.unit.pk), line.indented_name) for line in lines)]

    def clean(self, value: Any) -> Unit | None:
        """The chosen unit. Raises ValidationError for one that was not offered."""
        return self._units.get(super().clean(value))


class PeopleFilter(forms.Form):
    """Search and filters of the list of people; without a choice it shows who works here now."""

    zoek = search_field()
    soort = choice_filter(gettext_lazy("Kind"), PersonKind)
    afdeling = forms.ChoiceField(label=gettext_lazy("Department or team"), required=False)
    wie = forms.ChoiceField(
        label=gettext_lazy("Who"),
        required=False,
        choices=[
            ("", gettext_lazy("Works here now")),
            (LATER, gettext_lazy("Starts later")),
            (LEFT, gettext_lazy("Has left")),
            (EVERYBODY, gettext_lazy("Everybody")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tree = UnitTree()
        self._units = {line.unit.code: line.unit.pk for line in self._tree.lines()}
        self._unit_choices()

    def _unit_choices(self) -> None:
        field: Any = self.fields["afdeling"]
        field.choices = with_all((line.unit.code, line.indented_name) for line in self._tree.lines())

    def narrowed(self, people: Any) -> "QuerySet[Person]":
        """The people who are meant; a filter that makes no sense is passed over."""
        self.is_valid()
        return self.matching(_who(people, self.cleaned_data.get("wie", ""), today()))

    def matching(self, people: Any) -> "QuerySet[Person]":
        """Those of these people whom search, kind and unit leave, whether they work here or not."""
        self.is_valid()
        chosen = self.cleaned_data
        people = people.matching(chosen.get("zoek", ""))
        if chosen.get("soort"):
            people = people.filter(kind=chosen["soort"])
        if unit := self._units.get(chosen.get("afdeling", "")):
            people = people.filter(unit__in=self._tree.with_everything_under(unit))
        narrowed: QuerySet[Person] = people
        return narrowed


def _who(people: Any, who: str, day: date) -> Any:
    if who == EVERYBODY:
        return people
    if who == LEFT:
        return people.filter(ended_on__lt=day)
    if who == LATER:
        return people.filter(started_on__gt=day)
    return people.present_on(day)


def own_key(form: Any) -> UUID | None:
    """The key of the record that a form is about, also of one that the same form has made by an earlier click."""
    if "submission" not in form.fields:
        key: UUID = form.instance.pk
        return key
    try:
        submitted: UUID = form.fields["submission"].clean(form.data.get("submission"))
    except forms.ValidationError:
        return None
    return submitted


def refuse_last_day_before_first(form: forms.BaseForm) -> None:
    """Put an error with the last day of a form when it lies before the first."""
    if ends_before_it_starts(form.cleaned_data.get("started_on"), form.cleaned_data.get("ended_on")):
        form.add_error("ended_on", _("This day lies before the first day. Correct one of the two."))


def person_meant_by(typed: str) -> Person | None:
    """The one person whose personnel number or name was typed; None for nothing.

    Raises ValidationError when nobody is meant, or when several could be.
    """
    text = typed.strip()
    if not text:
        return None
    found = people_meant_by(text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise forms.ValidationError(_("We know nobody by this name or number. Check how it is written."))
    names = "; ".join(f"{person.full_name} ({person.personnel_number})" for person in found)
    raise forms.ValidationError(
        _("Several people could be meant. Write the personnel number: %(names)s.") % {"names": names}
    )


class PersonField(forms.CharField):
    """One person, by personnel number or name; its cleaned value is the Person."""

    default_error_messages = {"required": gettext_lazy("Write who it is.")}

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Who"))
        options.setdefault("help_text", gettext_lazy("The personnel number or the name of the person."))
        super().__init__(max_length=200, **options)
        self._group_of: Callable[[Person], models.TextChoices] | None = None
        self._groups: Collection[str] = ()

    def narrow(self, groups: Collection[str], group_of: Callable[[Person], models.TextChoices]) -> None:
        """Take only people of these groups: others are recorded by another role."""
        self._groups, self._group_of = groups, group_of

    def clean(self, value: Any) -> Person | None:
        """The person. Raises ValidationError when nobody is meant, or several could be, or one of another group."""
        found = person_meant_by(super().clean(value))
        group = self._group_of(found) if found and self._group_of else None
        if group and group not in self._groups:
            raise forms.ValidationError(
                _("Somebody with another role records this for %(kind)s.") % {"kind": group.label}
            )
        return found


class PersonFields(forms.ModelForm[Person]):
    """What is known of a person."""

    unit = UnitField()
    manager = forms.CharField(
        label=gettext_lazy("Manager"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The personnel number or the name of the manager."),
    )

    class Meta:
        model = Person
        fields = (
            "personnel_number",
            "given_name",
            "infix",
            "family_name",
            "email",
            "kind",
            "unit",
            "manager",
            "started_on",
            "ended_on",
        )
        widgets = {"started_on": date_field_widget(), "ended_on": date_field_widget()}
        help_texts = {"ended_on": gettext_lazy("The last day at work; empty for who stays.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.offer(UnitTree(), empty=_("no unit"))
        if self.instance.manager:
            self.initial["manager"] = self.instance.manager.personnel_number

    def clean_personnel_number(self) -> str:
        """Refuse a number that somebody else has."""
        number: str = self.cleaned_data["personnel_number"]
        if Person.objects.filter(personnel_number=number).exclude(pk=own_key(self)).exists():
            raise forms.ValidationError(_("Somebody else has this personnel number. Check both."))
        return number

    def clean_manager(self) -> Person | None:
        """Find the one person who is meant."""
        found = person_meant_by(self.cleaned_data["manager"])
        return self._manager(found) if found else None

    def _manager(self, manager: Person) -> Person:
        if not self.instance._state.adding and is_above(self.instance, manager, "manager"):
            raise forms.ValidationError(_("This person stands above the manager that you chose. Choose another one."))
        return manager

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        super().clean()
        refuse_last_day_before_first(self)
        return self.cleaned_data


class NewPersonForm(PersonFields):
    """A person who is added."""

    submission = submission_field()


class PersonForm(PersonFields):
    """Changing the details of a person."""

    version = version_field()


class LastDayForm(forms.Form):
    """The last day of a person, a position or an office."""

    last_day = forms.DateField(label=gettext_lazy("Last day"), widget=date_field_widget())
    version = version_field()

    def __init__(self, *args: Any, started_on: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._started_on = started_on

    def clean_last_day(self) -> date:
        """Refuse a day before the first."""
        day: date = self.cleaned_data["last_day"]
        if ends_before_it_starts(self._started_on, day):
            raise forms.ValidationError(_("This day lies before the first day. Correct one of the two."))
        return day


class AppointmentForm(forms.ModelForm[Appointment]):
    """A position that somebody holds."""

    title = forms.CharField(label=gettext_lazy("Position"), max_length=200)
    unit = UnitField()
    submission = submission_field()

    class Meta:
        model = Appointment
        fields = ("title", "unit", "fte", "started_on", "ended_on")
        localized_fields = ("fte",)
        widgets = {"started_on": date_field_widget(), "ended_on": date_field_widget()}
        labels = {"started_on": gettext_lazy("First day"), "ended_on": gettext_lazy("Last day")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.offer(UnitTree(), empty=_("no unit"))

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        super().clean()
        refuse_last_day_before_first(self)
        return self.cleaned_data


class MandateForm(forms.ModelForm[Mandate]):
    """A public office or a written authority."""

    submission = submission_field()

    class Meta:
        model = Mandate
        fields = ("office", "basis", "held_as", "started_on", "ended_on")
        widgets = {"held_as": forms.RadioSelect, "started_on": date_field_widget(), "ended_on": date_field_widget()}
        labels = {"started_on": gettext_lazy("First day"), "ended_on": gettext_lazy("Last day")}
        help_texts = {
            "office": gettext_lazy("For example: alderman, clerk, or authorised to sign up to 50.000 euros."),
            "basis": gettext_lazy("The decision or regulation, with its date."),
            "held_as": gettext_lazy(
                "The law adds duties to any other way than the ordinary one. They are then asked by themselves."
            ),
        }

    def __init__(self, *args: Any, body_kind: str, person_kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        ways = ways_to_hold(body_kind, person_kind)
        if ways:
            fields["held_as"].choices = [("", _("in the ordinary way")), *((way, HeldAs(way).label) for way in ways)]
        else:
            del fields["held_as"]

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        super().clean()
        refuse_last_day_before_first(self)
        return self.cleaned_data


class UnitFields(forms.ModelForm[Unit]):
    """A department or team."""

    parent = UnitField(label=gettext_lazy("Belongs to"))

    class Meta:
        model = Unit
        fields = ("code", "name", "parent")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.offer(UnitTree(), empty=_("stands at the top"))

    def clean_code(self) -> str:
        """Refuse a code that another unit has."""
        code: str = self.cleaned_data["code"]
        if Unit.objects.filter(code=code).exclude(pk=own_key(self)).exists():
            raise forms.ValidationError(_("Another unit has this code. Choose another one."))
        return code

    def clean_parent(self) -> Unit | None:
        """Refuse a unit that stands under this one."""
        parent: Unit | None = self.cleaned_data["parent"]
        if parent and not self.instance._state.adding and is_above(self.instance, parent, "parent"):
            raise forms.ValidationError(_("That unit stands under this one. Choose another one."))
        return parent


class NewUnitForm(UnitFields):
    """A unit that is added."""

    submission = submission_field()


class UnitForm(UnitFields):
    """Changing a unit."""

    version = version_field()


class BodyForm(forms.ModelForm[Organisation]):
    """The facts of the body itself."""

    version = version_field()

    class Meta:
        model = Organisation
        fields = ("name", "kind")


class HeadCountFields(forms.ModelForm[HeadCount]):
    """How many people worked for the body or a unit on 31 December."""

    unit = UnitField()

    class Meta:
        model = HeadCount
        fields = ("year", "unit", "heads", "fte", "note")
        localized_fields = ("fte",)
        help_texts = {"heads": gettext_lazy("People in service on 31 December. Leave empty what you do not know.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.offer(UnitTree(), empty=_("the whole body"))

    def clean(self) -> dict[str, Any]:
        """Refuse a second count of the same year and unit."""
        super().clean()
        values = self.cleaned_data
        same = HeadCount.objects.filter(year=values.get("year"), unit=values.get("unit"))
        if same.exclude(pk=own_key(self)).exists():
            self.add_error("year", _("The head count of this year is there already. Change that one."))
        return values


class NewHeadCountForm(HeadCountFields):
    """A head count that is added."""

    submission = submission_field()


class HeadCountForm(HeadCountFields):
    """Changing a head count."""

    version = version_field()
