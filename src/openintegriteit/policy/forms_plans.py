"""Forms of policy plans: the plan itself, its goals, roles and means, and its adoption."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.policy.models import PlanGoal, PlanMeans, PlanRole, PolicyPlan
from openintegriteit.policy.pillars import pillar_choices
from openintegriteit.policy.plans import versions_of_plan
from openintegriteit.ui.editing import date_field_widget, submission_field, version_field


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PlanFields(forms.ModelForm[PolicyPlan]):
    """What a person writes in a policy plan."""

    class Meta:
        model = PolicyPlan
        fields = (
            "title",
            "policy_since",
            "vision",
            "definitions",
            "ambitions",
            "monitoring",
            "chapters",
            "note",
        )
        widgets = {
            "vision": _area(6),
            "definitions": _area(6),
            "ambitions": _area(6),
            "monitoring": _area(4),
            "chapters": _area(6),
            "note": _area(4),
        }
        help_texts = {
            "vision": _("What the organisation stands for. The annual report takes this over as a draft."),
            "definitions": _("What you mean by integrity, a breach, and other words of the plan."),
            "ambitions": _("Where you want to be at the end of the plan. The goals come apart, one by one."),
            "monitoring": _("Who looks how things stand, how often, and to whom that is told."),
        }

    def clean_title(self) -> str:
        """A body has a plan once; its versions may share the title."""
        title: str = self.cleaned_data["title"]
        is_new = self.instance._state.adding
        own = [] if is_new else [version.plan.pk for version in versions_of_plan(self.instance)]
        if PolicyPlan.objects.filter(title=title).exclude(pk__in=own).exists():
            raise forms.ValidationError(_("There is a policy plan with this title already."))
        return title

    def clean_policy_since(self) -> Any:
        """A year that people can mean."""
        year = self.cleaned_data["policy_since"]
        if year is not None and not 1950 <= year <= today().year:
            raise forms.ValidationError(_("Give a year between 1950 and now."))
        return year


class NewPlanForm(PlanFields):
    """A new policy plan."""

    submission = submission_field()


class PlanForm(PlanFields):
    """Changing a version that is still being written."""

    version = version_field()


class AdoptForm(forms.Form):
    """Which body adopted the plan, and when. `seen` is the mark of the content that was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=32)
    adopted_by = forms.CharField(
        label=_("Adopted by"), max_length=200, help_text=_("The body that decided, as people call it.")
    )
    adopted_on = forms.DateField(label=_("Adopted on"), widget=date_field_widget())

    def __init__(self, *args: Any, plan: PolicyPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._before: PolicyPlan | None = plan.follows

    def clean_adopted_on(self) -> date:
        """A day that has come, and not before the version before was adopted."""
        day: date = self.cleaned_data["adopted_on"]
        if day > today():
            raise forms.ValidationError(_("This day has not come yet."))
        if self._before is not None and self._before.adopted_on is not None and day < self._before.adopted_on:
            raise forms.ValidationError(_("The version before was adopted later than this day."))
        return day


class GoalFields(forms.ModelForm[PlanGoal]):
    """What a person fills in about a goal."""

    pillar = forms.TypedChoiceField(
        label=_("Pillar"),
        choices=lambda: [("", _("all pillars together")), *pillar_choices()],
        coerce=int,
        empty_value=None,
        required=False,
    )

    class Meta:
        model = PlanGoal
        fields = ("text", "pillar", "seen_by", "due_on")
        widgets = {"text": _area(3), "seen_by": _area(3), "due_on": date_field_widget()}
        help_texts = {
            "text": _("What is so when the goal is reached, in one sentence."),
            "seen_by": _("For example a number, a survey or a document."),
        }


class NewGoalForm(GoalFields):
    """A goal that is added."""

    submission = submission_field()


class GoalForm(GoalFields):
    """Changing a goal."""

    version = version_field()


class RoleFields(forms.ModelForm[PlanRole]):
    """What a person fills in about a role."""

    class Meta:
        model = PlanRole
        fields = ("name", "task", "who")
        widgets = {"task": _area(3)}
        help_texts = {"who": _("A department, function or person. Leave it out where it often changes.")}


class NewRoleForm(RoleFields):
    """A role that is added."""

    submission = submission_field()


class RoleForm(RoleFields):
    """Changing a role."""

    version = version_field()


class MeansFields(forms.ModelForm[PlanMeans]):
    """What a person fills in about means."""

    class Meta:
        model = PlanMeans
        fields = ("budget_line", "year", "euros", "hours")
        help_texts = {"budget_line": _("Under which line of the budget it stands, or what it is for.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("year", today().year)

    def clean_year(self) -> int:
        """A year that people can mean."""
        year: int = self.cleaned_data["year"]
        if not 1990 <= year <= today().year + 20:
            raise forms.ValidationError(_("Give the year in four digits, for example 2027."))
        return year

    def clean_euros(self) -> Any:
        """Money there is, not money that lacks."""
        euros = self.cleaned_data["euros"]
        if euros is not None and euros < 0:
            raise forms.ValidationError(_("Give an amount that is not below zero."))
        return euros

    def clean(self) -> dict[str, Any]:
        """Means are euros, hours or both."""
        values = super().clean() or {}
        if not self.errors and values.get("euros") is None and values.get("hours") is None:
            self.add_error("euros", str(_("Give an amount in euros, a number of hours, or both.")))
        return values


class NewMeansForm(MeansFields):
    """Means that are added."""

    submission = submission_field()


class MeansForm(MeansFields):
    """Changing means."""

    version = version_field()
