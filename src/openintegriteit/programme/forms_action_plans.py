"""Forms of the action plans in which measures stand."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openintegriteit.programme.models import ActionPlan
from openintegriteit.ui.editing import date_field_widget, submission_field, version_field


class ActionPlanFields(forms.ModelForm[ActionPlan]):
    """What a person fills in about an action plan."""

    class Meta:
        model = ActionPlan
        fields = ("title", "started_on")
        widgets = {"started_on": date_field_widget()}
        help_texts = {
            "title": _("For example “Action plan 2027-2030”."),
            "started_on": _("The plan that begins last is the newest: new measures come in it."),
        }

    def clean_title(self) -> str:
        """A body has a plan once."""
        title: str = self.cleaned_data["title"]
        if ActionPlan.objects.filter(title=title).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is an action plan with this title already."))
        return title


class NewActionPlanForm(ActionPlanFields):
    """A new action plan; it needs its day, because that tells which plan is the newest."""

    submission = submission_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["started_on"].required = True


class ActionPlanForm(ActionPlanFields):
    """Giving an action plan another title or day."""

    version = version_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._had_day = self.instance.started_on is not None

    def clean_started_on(self) -> date | None:
        """A plan that has a day keeps one."""
        day: date | None = self.cleaned_data["started_on"]
        if day is None and self._had_day:
            raise forms.ValidationError(_("Give the day from which the plan holds."))
        return day
