"""Forms about working groups."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.organisations.forms import person_meant_by
from openintegriteit.organisations.models import Person
from openintegriteit.programme.models import GroupEvaluation, GroupMember, WorkingGroup
from openintegriteit.ui.editing import date_field_widget, submission_field, version_field


class _Dated[M: WorkingGroup | GroupMember](forms.ModelForm[M]):
    """What lasts from a day until a day."""

    def clean_until(self) -> date | None:
        """The last day is not before the first."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data["until"]
        if since and until and until < since:
            raise forms.ValidationError(_("The last day lies before the first day."))
        return until


class GroupFields(_Dated[WorkingGroup]):
    """What a person fills in about a working group."""

    class Meta:
        model = WorkingGroup
        fields = ("name", "purpose", "since", "until")
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 4}),
            "since": date_field_widget(),
            "until": date_field_widget(),
        }
        help_texts = {
            "name": _("For example “Working group on integrity”."),
            "until": _("Only for a group that has stopped."),
        }

    def clean_name(self) -> str:
        """A body has a group once."""
        name: str = self.cleaned_data["name"]
        own = self.cleaned_data.get("submission") or self.instance.pk
        if WorkingGroup.objects.filter(name=name).exclude(pk=own).exists():
            raise forms.ValidationError(_("There is a working group with this name already."))
        return name


class NewGroupForm(GroupFields):
    """A new working group."""

    submission = submission_field()
    field_order = ("submission",)


class GroupForm(GroupFields):
    """Changing a working group."""

    version = version_field()


class MemberFields(_Dated[GroupMember]):
    """What a person fills in about a member. Set `instance.group` first."""

    person = forms.CharField(
        label=_("Person"),
        required=False,
        max_length=200,
        help_text=_("The personnel number or the name, for somebody on the list of people."),
    )

    class Meta:
        model = GroupMember
        fields = ("name", "person", "is_chair", "since", "until")
        widgets = {"since": date_field_widget(), "until": date_field_widget()}
        labels = {"is_chair": _("Chair of the group")}
        help_texts = {
            "name": _("For example “a member for Finance”. You may leave it empty for a person from the list."),
            "until": _("The last day in the group."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
        if self.instance.person:
            self.initial["person"] = self.instance.person.personnel_number

    def clean_person(self) -> Person | None:
        """The one person who is meant."""
        return person_meant_by(self.cleaned_data["person"])

    def clean(self) -> dict[str, Any]:
        """Without words of its own a member is called by the name of the person; a group has one chair at a time."""
        values = super().clean() or {}
        if values.get("person") and not values.get("name"):
            values["name"] = values["person"].full_name
        if not values.get("name") and "person" not in self.errors:
            self.add_error("name", str(_("Give a name or a function.")))
        chairs = GroupMember.objects.filter(group=self.instance.group, is_chair=True, until=None)
        own = values.get("submission") or self.instance.pk
        if values.get("is_chair") and not values.get("until") and chairs.exclude(pk=own).exists():
            self.add_error("is_chair", str(_("This group has a chair already. Give the last day of that one first.")))
        return values


class NewMemberForm(MemberFields):
    """A new member."""

    submission = submission_field()


class MemberForm(MemberFields):
    """Changing a member."""

    version = version_field()


class GroupEvaluationFields(forms.ModelForm[GroupEvaluation]):
    """How a working group looks back on a year. Set `instance.group` first."""

    class Meta:
        model = GroupEvaluation
        fields = ("year", "went_well", "differently", "evaluated_by", "evaluated_on")
        widgets = {
            "went_well": forms.Textarea(attrs={"rows": 4}),
            "differently": forms.Textarea(attrs={"rows": 4}),
            "evaluated_on": date_field_widget(),
        }
        help_texts = {"evaluated_by": _("For example “the members together”.")}

    def clean_evaluated_on(self) -> date | None:
        """Who looks back has done so."""
        given: date | None = self.cleaned_data["evaluated_on"]
        if given and given > today():
            raise forms.ValidationError(_("This day has not come yet."))
        return given

    def clean(self) -> dict[str, Any]:
        """Something is told, and once a year."""
        values = super().clean() or {}
        if not (values.get("went_well") or values.get("differently")):
            self.add_error("went_well", str(_("Tell what went well, or what you do differently.")))
        same = GroupEvaluation.objects.filter(group=self.instance.group, year=values.get("year"))
        if same.exclude(pk=values.get("submission") or self.instance.pk).exists():
            self.add_error("year", str(_("This year has an evaluation already. Change that one.")))
        return values


class NewGroupEvaluationForm(GroupEvaluationFields):
    """A new evaluation."""

    submission = submission_field()
    field_order = ("submission",)


class GroupEvaluationForm(GroupEvaluationFields):
    """Changing an evaluation."""

    version = version_field()
