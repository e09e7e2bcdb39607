"""Forms and filters of designations."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.searching import holding
from openintegriteit.organisations.models import Position
from openintegriteit.registers.designations.models import DUTIES, Designation, DesignationQuerySet
from openintegriteit.ui.editing import NO_CHOICE, date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import chosen, search_field, with_all

DUTY_WORDS = {
    "openbaar": ("publishes_side_jobs", _("side jobs are made public")),
    "belangen": ("declares_interests", _("financial interests have to be declared")),
    "risico": ("is_at_risk", _("a position at risk")),
    "secretaris-griffier": ("is_secretary_or_clerk", _("the position of the secretary or the clerk")),
}


class PositionChoice(forms.ModelChoiceField[Position]):
    """A position with its unit, so that two of one name can be told apart."""

    def label_from_instance(self, obj: Position) -> str:
        """The title, and the unit where it belongs to one."""
        return f"{obj.title} ({obj.unit})" if obj.unit else obj.title


class DesignationFields(forms.ModelForm[Designation]):
    """For what a position is designated, and why."""

    class Meta:
        model = Designation
        fields: tuple[str, ...] = (
            "publishes_side_jobs",
            "declares_interests",
            "is_at_risk",
            "is_secretary_or_clerk",
            "reasons",
            "designated_on",
            "review_on",
        )
        widgets = {
            "reasons": forms.Textarea(attrs={"rows": 4}),
            "designated_on": date_field_widget(),
            "review_on": date_field_widget(),
        }
        help_texts = {
            "publishes_side_jobs": _("Needed to protect the integrity of the service: Ambtenarenwet, article 5(1)c."),
            "declares_interests": _("A special risk of conflicting financial interests: Ambtenarenwet, article 5(1)d."),
            "is_at_risk": _("For example: contracts, permits, supervision, money, or secret information."),
            "is_secretary_or_clerk": _(
                "The prohibited acts of members hold here too, also of who replaces them: Gemeentewet, article 101, "
                "Provinciewet, article 98."
            ),
            "reasons": _("What makes this position one of these. The people who hold it may ask why."),
            "review_on": _("The day on which you look whether it still has to be so."),
        }

    def clean(self) -> dict[str, Any]:
        """A designation is for something."""
        values = super().clean() or {}
        if not any(values.get(name) for name in DUTIES):
            raise forms.ValidationError(_("Choose at least one: what is this position designated for?"))
        return values

    def validate_constraints(self) -> None:
        """As the rows keep it; what `clean` said already is not said again in the words of the database."""
        if not self.non_field_errors():
            super().validate_constraints()


class NewDesignationForm(DesignationFields):
    """Designating a position."""

    submission = submission_field()
    position = PositionChoice(queryset=Position.objects.none(), label=_("Position"), empty_label=NO_CHOICE)
    field_order = ("position",)

    class Meta(DesignationFields.Meta):
        fields: tuple[str, ...] = ("position", *DesignationFields.Meta.fields)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["position"].queryset = Position.objects.select_related("unit").order_by("title", "unit__name", "id")
        self.initial.setdefault("designated_on", today())

    def clean_position(self) -> Position:
        """A position that is not designated already."""
        position: Position = self.cleaned_data["position"]
        if position.designations.filter(ended_on__isnull=True).exists():
            raise forms.ValidationError(_("This position is designated already. Change it there."))
        return position


class DesignationForm(DesignationFields):
    """Changing or ending a designation."""

    version = version_field()

    class Meta(DesignationFields.Meta):
        fields: tuple[str, ...] = (*DesignationFields.Meta.fields, "ended_on")
        widgets = DesignationFields.Meta.widgets | {"ended_on": date_field_widget()}

    def clean(self) -> dict[str, Any]:
        """It does not end before it began, and one position is designated once."""
        values = super().clean()
        ended, began = values.get("ended_on"), values.get("designated_on")
        if ended and began and ended < began:
            self.add_error("ended_on", _("This day lies before the day on which it began."))
        others = Designation.objects.filter(position=self.instance.position_id, ended_on__isnull=True)
        if not ended and others.exclude(pk=self.instance.pk).exists():
            self.add_error("ended_on", _("This position was designated anew, so this one has to keep a last day."))
        return values


class DesignationFilter(forms.Form):
    """Which designations to show."""

    zoek = search_field()
    waarvoor = forms.ChoiceField(
        label=_("For what"),
        choices=lambda: with_all((word, label) for word, (_field, label) in DUTY_WORDS.items()),
        required=False,
    )
    oud = forms.BooleanField(label=_("Also those that ended"), required=False)

    def narrowed(self, designations: DesignationQuerySet) -> QuerySet[Designation]:
        """The rows that the filters leave."""
        asked = chosen(self)
        rows: QuerySet[Designation] = designations
        if "oud" not in asked:
            rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today()))
        if "waarvoor" in asked:
            rows = rows.filter(**{DUTY_WORDS[asked["waarvoor"]][0]: True})
        return holding(rows, asked.get("zoek", ""))
