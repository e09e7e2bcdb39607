"""Forms and filter of activities. Names of filters are Dutch, because they stand in the address."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.searching import holding
from openintegriteit.programme.forms import add_problems, numbered_field, pillar_field, pillar_filter, year_filter
from openintegriteit.programme.models import ActionPlan, Activity, ActivityKind, ActivityStatus, Measure, Scope
from openintegriteit.programme.rules import activity_problems
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

    def narrowed(self, rows: QuerySet[Activity]) -> QuerySet[Activity]:
        """The rows that the filters leave."""
        asked = chosen(self)
        rows = holding(rows, asked.get("zoek", ""))
        if asked.get("stand") == LOOK_BACK:
            rows = rows.filter(Q(status=ActivityStatus.HELD) | Q(status=ActivityStatus.RUNNING))
        elif asked.get("stand") == UNANSWERED:
            rows = rows.filter(pk__in=Activity.objects.awaiting_answer(today()).values("pk"))
        elif "stand" in asked:
            rows = rows.filter(status=asked["stand"])
        fields = {"jaar": "year", "soort": "kind", "pijler": "pillar", "aard": "scope"}
        return rows.filter(**{field: asked[name] for name, field in fields.items() if name in asked})


class ActivityFields(forms.ModelForm[Activity]):
    """What a person fills in about an activity."""

    pillar = pillar_field()
    measure = numbered_field(_("Belongs to measure"), _("The number of the measure that this activity carries out."))

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
            "sessions",
            "participants",
            "scope",
            "audience",
            "led_by",
            "measure",
            "note",
            "outcome",
        )
        widgets = {
            "starts_on": date_field_widget(),
            "ends_on": date_field_widget(),
            "note": forms.Textarea(attrs={"rows": 4}),
            "outcome": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "theme": _("The heading under which the annual report tells it."),
            "year": _("The activity is told in the annual report over this year."),
            "period": _("For example “autumn of 2026”. Only where there is no exact day."),
            "sessions": _("How often it took place; 1 for a single meeting. Leave empty what nobody knows."),
            "participants": _("All times together. Leave empty what nobody knows."),
            "outcome": _("What came of it. For an activity that was called off: why."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["measure"].queryset = Measure.objects.filter(plan=ActionPlan.objects.first())
        if self.instance.measure:
            self.initial["measure"] = self.instance.measure
        self.initial.setdefault("year", today().year)

    def clean(self) -> dict[str, Any]:
        """The rules between fields."""
        values = super().clean() or {}
        problems = activity_problems(
            status=values.get("status", ""),
            starts_on=values.get("starts_on"),
            ends_on=values.get("ends_on"),
            outcome=values.get("outcome", ""),
            day=today(),
        )
        add_problems(self, problems)
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
        fields = ("status", "outcome")
        widgets = {"outcome": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"outcome": _("What came of it. For an activity that was called off: why.")}

    def clean(self) -> dict[str, Any]:
        """The rules between fields, with the days that the activity has already."""
        values = super().clean() or {}
        problems = activity_problems(
            status=values.get("status", ""),
            starts_on=self.instance.starts_on,
            ends_on=self.instance.ends_on,
            outcome=values.get("outcome", ""),
            day=today(),
        )
        add_problems(self, {name if name in self.fields else NON_FIELD_ERRORS: text for name, text in problems.items()})
        return values
