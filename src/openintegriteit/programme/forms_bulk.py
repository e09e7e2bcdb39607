"""The form with which many measures are changed at once."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from openintegriteit.organisations.forms import person_meant_by
from openintegriteit.organisations.models import Person
from openintegriteit.policy.pillars import pillar_choices
from openintegriteit.programme.bulk import MOST_AT_ONCE
from openintegriteit.programme.forms import goal_choices, goal_field
from openintegriteit.programme.models import ActionPlan, Measure, MeasureHeading, MeasureStatus, Priority
from openintegriteit.ui.editing import date_field_widget

LEAVE = ("", _("leave as it is"))
EMPTY_VALUES = {"owner": "", "owner_person": None, "due_on": None, "pillar": None, "heading": None, "goal": None}


def versions_of(measures: Iterable[Measure]) -> str:
    """The measures and the versions in which they are shown, as the hidden field holds them."""
    return " ".join(f"{measure.pk}:{measure.version}" for measure in measures)


class VersionsField(forms.CharField):
    """Which measures are meant, and in which version they were shown. The cleaned value maps keys to versions."""

    widget: type[forms.Widget] = forms.HiddenInput

    def clean(self, value: Any) -> dict[UUID, int]:
        """The versions by key. Raises ValidationError for what the product did not write, and for too many."""
        try:
            pairs = [pair.split(":") for pair in str(super().clean(value)).split()]
            versions = {UUID(key): int(version) for key, version in pairs}
        except ValueError as error:
            raise forms.ValidationError(_("Choose the measures again in the list.")) from error
        if len(versions) > MOST_AT_ONCE:
            raise forms.ValidationError(_("These are too many measures at once. Choose fewer in the list."))
        return versions


class TickedField(VersionsField):
    """The measures that are ticked, each with the version in which it was shown."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"required": _("Tick at least one measure.")}

    def clean(self, value: Any) -> dict[UUID, int]:
        """The versions by key of what is ticked."""
        return super().clean(" ".join(value or ()))


class CarryForm(forms.Form):
    """Which open measures of an earlier plan the newest plan takes over."""

    measures = TickedField(label=_("Measures"))
    newest = forms.UUIDField(widget=forms.HiddenInput)


class BulkForm(forms.Form):
    """What becomes of the chosen measures; what is left empty stays as it is."""

    measures = VersionsField()
    status = forms.ChoiceField(label=_("Status"), choices=[LEAVE, *MeasureStatus.choices], required=False)
    owner = forms.CharField(label=_("Owner"), max_length=200, required=False)
    owner_person = forms.CharField(
        label=_("Person for reminders"),
        help_text=_("The personnel number or the name. This person gets a mail about the measure when it comes due."),
        max_length=200,
        required=False,
    )
    due_on = forms.DateField(label=_("Due on"), widget=date_field_widget(), required=False)
    pillar = forms.TypedChoiceField(
        label=_("Pillar"), choices=lambda: [LEAVE, *pillar_choices()], coerce=int, empty_value=None, required=False
    )
    heading: forms.ModelChoiceField[MeasureHeading] = forms.ModelChoiceField(
        queryset=None, label=_("Heading"), required=False, empty_label=LEAVE[1]
    )
    goal = goal_field()
    priority = forms.TypedChoiceField(
        label=_("Priority"), choices=[LEAVE, *Priority.choices], coerce=int, empty_value=None, required=False
    )
    emptied = forms.MultipleChoiceField(
        label=_("Make empty"),
        help_text=_("What you tick here is taken away from all the chosen measures."),
        choices=[
            ("owner", _("Owner")),
            ("owner_person", _("Person for reminders")),
            ("due_on", _("Due on")),
            ("pillar", _("Pillar")),
            ("heading", _("Heading")),
            ("goal", _("Carries goal")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["heading"].queryset = MeasureHeading.objects.select_related("plan")
        fields["goal"].choices = goal_choices(LEAVE[1])
        if ActionPlan.objects.count() > 1:
            fields["heading"].label_from_instance = lambda heading: f"{heading.plan.title}: {heading.title}"

    def clean_owner_person(self) -> Person | None:
        """The one person who is meant."""
        return person_meant_by(self.cleaned_data["owner_person"])

    def clean(self) -> dict[str, Any]:
        """Something must change, nothing can be both filled in and made empty, and a heading is one of the plan."""
        cleaned = super().clean() or {}
        heading, chosen = cleaned.get("heading"), cleaned.get("measures", {})
        if heading and Measure.objects.filter(pk__in=chosen).exclude(plan=heading.plan_id).exists():
            self.add_error("heading", str(_("Not all chosen measures stand in the plan of this heading.")))
        for name in cleaned.get("emptied", []):
            if cleaned.get(name):
                self.add_error(name, str(_("Fill this in or make it empty, not both.")))
        if not self.errors and not self.values():
            raise forms.ValidationError(_("Fill in what must change. What you leave empty stays as it is."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What becomes of each chosen measure, by field."""
        typed = {name: value for name, value in self.cleaned_data.items() if name not in ("measures", "emptied")}
        filled = {name: value for name, value in typed.items() if value not in (None, "")}
        return filled | {name: EMPTY_VALUES[name] for name in self.cleaned_data.get("emptied", [])}
