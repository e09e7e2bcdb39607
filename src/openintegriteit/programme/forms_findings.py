"""Forms and filter of findings. Names of filters are Dutch, because they stand in the address."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.searching import holding
from openintegriteit.programme.forms import LATE, add_problems
from openintegriteit.programme.models import Finding, FindingKind, FindingQuerySet, FindingStatus, TakenOver
from openintegriteit.programme.rules import taken_over_problems
from openintegriteit.ui.editing import date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import choice_filter, chosen, search_field


class FindingFilter(forms.Form):
    """Which findings to show."""

    zoek = search_field()
    stand = choice_filter(_("Status"), FindingStatus, (LATE, _("late")))
    soort = choice_filter(_("Kind"), FindingKind)
    overgenomen = choice_filter(_("Taken over"), TakenOver)

    def narrowed(self, findings: FindingQuerySet) -> QuerySet[Finding]:
        """The rows that the filters leave."""
        asked = chosen(self)
        if asked.get("stand") == LATE:
            findings = findings.overdue(today())
        elif "stand" in asked:
            findings = findings.filter(status=asked["stand"])
        rows: QuerySet[Finding] = holding(findings, asked.get("zoek", ""))
        fields = {"soort": "kind", "overgenomen": "taken_over"}
        return rows.filter(**{field: asked[name] for name, field in fields.items() if name in asked})


class FindingFields(forms.ModelForm[Finding]):
    """What a person fills in about a finding."""

    class Meta:
        model = Finding
        fields = (
            "text",
            "kind",
            "found_by",
            "letter_on",
            "order",
            "due_on",
            "reinspected_on",
            "lifted_on",
            "dates_in_words",
            "status",
            "note",
            "taken_over",
            "taken_over_by",
            "taken_over_on",
            "taken_over_why",
        )
        widgets = {
            **{
                name: date_field_widget()
                for name in ("letter_on", "due_on", "reinspected_on", "lifted_on", "taken_over_on")
            },
            **{name: forms.Textarea(attrs={"rows": 4}) for name in ("text", "order", "note", "taken_over_why")},
        }
        help_texts = {
            "text": _("What is weak, and why it matters."),
            "order": _("What the finder asks of the organisation."),
            "dates_in_words": _("Only where the exact day is not known."),
            "taken_over": _("Whether the organisation does what is advised or asked."),
            "taken_over_by": _("For example “college of mayor and aldermen”."),
            "taken_over_why": _("Required when it is not taken over, or only partly."),
        }

    def clean(self) -> dict[str, Any]:
        """The rules between fields."""
        values = super().clean() or {}
        problems = taken_over_problems(
            taken_over=values.get("taken_over", ""),
            by=values.get("taken_over_by", ""),
            on=values.get("taken_over_on"),
            why=values.get("taken_over_why", ""),
            day=today(),
        )
        add_problems(self, problems)
        return values


class NewFindingForm(FindingFields):
    """A new finding; its number comes by itself."""

    submission = submission_field()


class FindingForm(FindingFields):
    """Changing a finding."""

    version = version_field()
