"""Forms and filter of ceremonies. Names of filters are Dutch: they stand in the address."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.searching import holding
from openintegriteit.programme.models import FIRST_YEAR, Activity, ActivityStatus
from openintegriteit.registers.oaths.ceremonies import ABSENT, PRESENT
from openintegriteit.registers.oaths.models import Ceremony, OathForm
from openintegriteit.registers.oaths.queries_ceremonies import Line, lines_of
from openintegriteit.ui.editing import date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import chosen, search_field

OFFICIALS, OFFICE_HOLDERS = "ambtenaren", "ambtsdragers"
OF_PERSON = "persoon-"  # how the name of a field begins that tells of one person
PRESENCE = ("before_whom", "in_presence_of", "with_executive_member", "with_secretary")
TOOK = {
    OathForm.OATH: _("took the oath"),
    OathForm.AFFIRMATION: _("took the affirmation"),
    OathForm.STATEMENT: _("signed the statement"),
}


class CeremonyFilter(forms.Form):
    """Which ceremonies to show."""

    zoek = search_field()

    def narrowed(self, rows: QuerySet[Ceremony]) -> QuerySet[Ceremony]:
        """The rows that the filter leaves."""
        return holding(rows, chosen(self).get("zoek", ""), "activity__search_text")


class CeremonyFields(forms.ModelForm[Ceremony]):
    """What the register knows of a ceremony beside its activity."""

    class Meta:
        model = Ceremony
        fields: tuple[str, ...] = ("place", "starts_at", "information", *PRESENCE)
        widgets: dict[str, Any] = {
            "starts_at": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "information": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts: dict[str, Any] = {
            "information": _(
                "This stands in the invitation, with the material of the activity: for example where the code stands, "
                "and what the oath is about."
            ),
            "before_whom": _("Who takes it: for example the secretary, the chair of the council, or the mayor."),
            "in_presence_of": _("The names and functions of who else is there."),
        }


class NewCeremonyForm(CeremonyFields):
    """A ceremony that is planned; for whom is asked of who keeps those of officials and of office holders."""

    submission = submission_field()
    version = version_field()  # of the activity that it is
    title = forms.CharField(label=_("Name"), max_length=300)
    starts_on = forms.DateField(label=_("Day"), widget=date_field_widget())
    side = forms.ChoiceField(
        label=_("For whom"),
        choices=[
            (OFFICIALS, _("officials and people without an appointment")),
            (OFFICE_HOLDERS, _("political office holders")),
        ],
    )
    field_order = ("side", "title", "starts_on", "starts_at", "place")

    def __init__(self, *args: Any, sides: Sequence[bool], activity: Activity | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = sides
        if len(sides) == 1:
            del self.fields["side"]
        if activity:
            self.initial.update(title=activity.title, starts_on=activity.starts_on, version=activity.version)
        else:
            del self.fields["version"]

    def clean_starts_on(self) -> date:
        """A day in a year of which account can be given."""
        return _accountable(self.cleaned_data["starts_on"])

    def for_office_holders(self) -> bool:
        """Whether a valid form is about office holders."""
        if len(self.sides) == 1:
            return self.sides[0]
        return bool(self.cleaned_data["side"] == OFFICE_HOLDERS)


class CeremonyForm(CeremonyFields):
    """Changing where it is, what people read beforehand, or who is there."""

    version = version_field()


class DayForm(forms.ModelForm[Activity]):
    """Another day or name."""

    version = version_field()

    class Meta:
        model = Activity
        fields = ("title", "starts_on")
        labels = {"title": _("Name"), "starts_on": _("Day")}
        widgets = {"starts_on": date_field_widget()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].required = True

    def clean_starts_on(self) -> date:
        """One that was held has a day that has come, and no day lies after the last one."""
        day = _accountable(self.cleaned_data["starts_on"])
        if self.instance.status == ActivityStatus.HELD and day > today():
            raise forms.ValidationError(_("This day is still to come."))
        if self.instance.ends_on and day > self.instance.ends_on:
            raise forms.ValidationError(
                _(
                    "This day lies after the last day of the activity. Choose an earlier day, or change the last day "
                    "first."
                )
            )
        return day


class CallOffForm(forms.ModelForm[Activity]):
    """Why it does not go on."""

    version = version_field()

    class Meta:
        model = Activity
        fields = ("called_off_because",)
        widgets = {"called_off_because": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"called_off_because": _("Whoever got an invitation gets a mail with this reason.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["called_off_because"].required = True


class AttendanceForm(forms.ModelForm[Ceremony]):
    """Who was there and what they took: a question for each on the list whose oath was not recorded there yet."""

    version = version_field()

    class Meta:
        model = Ceremony
        fields = PRESENCE
        help_texts = CeremonyFields.Meta.help_texts

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in lines_of(self.instance):
            if not line.oath:
                self.fields[f"{OF_PERSON}{line.person.pk}"] = _question(line)

    def people(self) -> list[Any]:
        """The fields that tell of one person."""
        return [field for field in self if field.name.startswith(OF_PERSON)]

    def presence(self) -> list[Any]:
        """The other fields."""
        return [field for field in self if not field.name.startswith(OF_PERSON)]

    def clean(self) -> dict[str, Any]:
        """Who took an oath or affirmation took it before somebody."""
        values = super().clean() or self.cleaned_data
        taken = {value for name, value in values.items() if name.startswith(OF_PERSON)}
        if taken & {OathForm.OATH, OathForm.AFFIRMATION} and not values.get("before_whom"):
            self.add_error("before_whom", _("Write before whom it was taken."))
        return values


def _accountable(day: date) -> date:
    if day.year < FIRST_YEAR:
        raise forms.ValidationError(_("This day lies too far back."))
    return day


def _question(line: Line) -> forms.ChoiceField:
    came = line.attendance.came
    return forms.ChoiceField(
        label=f"{line.person.full_name}, {line.person.get_kind_display()}",
        required=False,
        initial="" if came is None else PRESENT if came else ABSENT,
        choices=[
            ("", _("not known yet")),
            *((form.value, TOOK[form]) for form in line.can_take),
            (PRESENT, _("was there, has taken it already") if line.has_taken else _("was there, took nothing")),
            (ABSENT, _("was not there")),
        ],
    )
