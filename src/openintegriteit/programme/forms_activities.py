"""Forms and filter of activities. Names of filters are Dutch, because they stand in the address."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.searching import holding
from openintegriteit.programme.forms import add_problems, numbered_field, pillar_field, pillar_filter, year_filter
from openintegriteit.programme.models import (
    LOOKED_BACK_ON,
    Activity,
    ActivityKind,
    ActivityStatus,
    Material,
    Measure,
    Recurrence,
    Scope,
    WorkingGroup,
)
from openintegriteit.programme.rules import (
    activity_problems,
    confirmation_problems,
    evaluation_problems,
    repeat_problems,
)
from openintegriteit.ui.editing import date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import choice_filter, chosen, search_field

LOOK_BACK, UNANSWERED = "terugblik", "te-vertellen"


class ActivityFilter(forms.Form):
    """Which activities to show. "In the look-back" stands for what was held or is under way."""

    zoek = search_field()
    jaar = year_filter(back=9, ahead=2)
    soort = choice_filter(_("Kind"), ActivityKind)
    stand = choice_filter(
        _("Status"), ActivityStatus, (LOOK_BACK, _("in the look-back")), (UNANSWERED, _("day gone by: was it held?"))
    )
    pijler = pillar_filter()
    aard = choice_filter(_("Nature"), Scope)
    werkgroep: forms.ModelChoiceField[WorkingGroup] = forms.ModelChoiceField(
        queryset=None, label=_("Working group"), required=False, empty_label=_("All")
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["werkgroep"].queryset = WorkingGroup.objects.all()

    def narrowed(self, rows: QuerySet[Activity]) -> QuerySet[Activity]:
        """The rows that the filters leave."""
        asked = chosen(self)
        rows = holding(rows, asked.get("zoek", ""))
        if asked.get("stand") == LOOK_BACK:
            rows = rows.filter(status__in=LOOKED_BACK_ON)
        elif asked.get("stand") == UNANSWERED:
            rows = rows.filter(pk__in=Activity.objects.awaiting_answer(today()).values("pk"))
        elif "stand" in asked:
            rows = rows.filter(status=asked["stand"])
        fields = {"jaar": "year", "soort": "kind", "pijler": "pillar", "aard": "scope", "werkgroep": "working_group"}
        return rows.filter(**{field: asked[name] for name, field in fields.items() if name in asked})


class ActivityFields(forms.ModelForm[Activity]):
    """What a person fills in about an activity."""

    pillar = pillar_field()
    measure = numbered_field(_("Belongs to measure"), _("The number of the measure that this activity carries out."))
    working_group: forms.ModelChoiceField[WorkingGroup] = forms.ModelChoiceField(
        queryset=None, label=_("Of working group"), required=False, empty_label=_("no working group")
    )

    class Meta:
        model = Activity
        fields = (
            "title",
            "theme",
            "kind",
            "pillar",
            "year",
            "starts_on",
            "ends_on",
            "period",
            "status",
            "confirmed_by",
            "confirmed_on",
            "called_off_because",
            "sessions",
            "invited",
            "participants",
            "scope",
            "audience",
            "led_by",
            "measure",
            "working_group",
            "note",
            "outcome",
        )
        widgets = {
            "starts_on": date_field_widget(),
            "ends_on": date_field_widget(),
            "confirmed_on": date_field_widget(),
            "called_off_because": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 4}),
            "outcome": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "theme": _("The heading under which the annual report tells it."),
            "year": _("The activity is told in the annual report over this year."),
            "period": _("For example “autumn of 2026”. Only where there is no exact day."),
            "confirmed_by": _("A name or a function, for example “the manager of Finance”."),
            "called_off_because": _("Only for an activity that was called off."),
            "led_by": _("The lecturer, the trainer or who leads the meeting."),
            "sessions": _("How often it took place; 1 for a single meeting. Leave empty what nobody knows."),
            "invited": _("All times together. Leave empty what nobody knows."),
            "participants": _("All times together. Leave empty what nobody knows."),
            "outcome": _("What came of it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["measure"].queryset = Measure.objects.known_by_number(self.instance.measure)
        fields["working_group"].queryset = WorkingGroup.objects.all()
        self.was = self.instance.status
        if self.instance.measure:
            self.initial["measure"] = self.instance.measure
        self.initial.setdefault("year", today().year)

    def clean(self) -> dict[str, Any]:
        """The rules between fields."""
        values = super().clean() or {}
        status = values.get("status", "")
        problems = activity_problems(
            was=self.was,
            status=status,
            starts_on=values.get("starts_on"),
            ends_on=values.get("ends_on"),
            because=values.get("called_off_because", ""),
            day=today(),
        )
        confirmation = confirmation_problems(
            was=self.was,
            status=status,
            by=values.get("confirmed_by", ""),
            on=values.get("confirmed_on"),
            day=today(),
        )
        add_problems(self, problems | confirmation)
        return values


class NewActivityForm(ActivityFields):
    """A new activity."""

    submission = submission_field()


class ActivityForm(ActivityFields):
    """Changing an activity."""

    version = version_field()


class AnswerForm(forms.ModelForm[Activity]):
    """Only whether an activity was held or called off; what cannot be answered here is a fault of the whole form."""

    version = version_field()
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[(status.value, status.label) for status in (ActivityStatus.HELD, ActivityStatus.CALLED_OFF)],
    )

    class Meta:
        model = Activity
        fields = ("status", "outcome", "called_off_because")
        widgets = {
            "outcome": forms.Textarea(attrs={"rows": 3}),
            "called_off_because": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "outcome": _("What came of it."),
            "called_off_because": _("Only for an activity that was called off."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was = self.instance.status

    def clean(self) -> dict[str, Any]:
        """The rules between fields, with the days that the activity has already."""
        values = super().clean() or {}
        problems = activity_problems(
            was=self.was,
            status=values.get("status", ""),
            starts_on=self.instance.starts_on,
            ends_on=self.instance.ends_on,
            because=values.get("called_off_because", ""),
            day=today(),
        )
        add_problems(self, {name if name in self.fields else NON_FIELD_ERRORS: text for name, text in problems.items()})
        return values


class EvaluationForm(forms.ModelForm[Activity]):
    """How people looked back on an activity; everything may stay empty."""

    version = version_field()

    class Meta:
        model = Activity
        fields = ("evaluations", "mark", "said", "next_time")
        widgets = {
            "said": forms.Textarea(attrs={"rows": 4}),
            "next_time": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "evaluations": _("How many people answered. Leave empty what nobody knows."),
            "mark": _("From 1 to 10, with at most one decimal. Only you see a mark of fewer than five answers."),
            "said": _("In a few words, also where there is no mark. Name no people."),
        }

    def clean(self) -> dict[str, Any]:
        """The rules between fields."""
        values = super().clean() or {}
        add_problems(self, evaluation_problems(evaluations=values.get("evaluations"), mark=values.get("mark")))
        return values


class RepeatForm(forms.Form):
    """How often an activity comes back, and until when. `shown` is the version of which the person saw the days."""

    shown = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)
    every = forms.TypedChoiceField(
        label=_("How often"), choices=Recurrence.choices, coerce=lambda months: Recurrence(int(months))
    )
    last_day = forms.DateField(
        label=_("Until"), widget=date_field_widget(), help_text=_("The last day on which it may fall.")
    )

    def __init__(self, data: Any, activity: Activity) -> None:
        super().__init__(data)
        self.activity = activity

    def clean(self) -> dict[str, Any]:
        """The days must be there, and not too many."""
        values = super().clean() or {}
        if "every" in values and "last_day" in values:
            first = self.activity.starts_on
            problems = repeat_problems(first=first, every=values["every"], last=values["last_day"])
            add_problems(self, {name or NON_FIELD_ERRORS: text for name, text in problems.items()})
        return values


class CallOffForm(forms.Form):
    """Why an activity and those after it in its series are called off."""

    why = forms.CharField(
        label=_("Why are they called off?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class MaterialForm(forms.ModelForm[Material]):
    """Something that an activity uses."""

    submission = submission_field()

    class Meta:
        model = Material
        fields = ("title", "kind", "place")
        help_texts = {
            "title": _("For example “slides of the basic training”. Name no people."),
            "place": _("The number in your archive, the folder, or a web address that starts with https://."),
        }


class MaterialWithdrawalForm(forms.Form):
    """Why something is used no longer."""

    why = forms.CharField(label=_("Why is this used no longer?"), max_length=300)
