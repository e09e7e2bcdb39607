"""Forms about a declaration of any register, and what the forms and filters of the registers have in common."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.searching import holding
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.models import (
    POSSIBLE,
    Decision,
    DeclarationQuerySet,
    Details,
    Outcome,
    Regime,
    Remark,
    not_expired_on,
)
from openintegriteit.registers.declarations.registers import regime_of
from openintegriteit.ui.editing import date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import choice_filter, chosen, search_field

UNDECIDED, PROPOSED, EXPIRED, ENDED = "nog-niet", "voorgesteld", "verlopen", "gestopt"
BESIDE_OUTCOMES = (
    (UNDECIDED, _("no decision yet")),
    (PROPOSED, _("proposed")),
    (EXPIRED, _("decision expired")),
)


class DetailsForm(forms.ModelForm[Any]):
    """What a register asks about a declaration: to declare it, or to change what was declared.

    `person` is who declares; a register leaves out the questions of the other regime.
    """

    submission = submission_field()
    version = version_field()
    starts_on = forms.DateField(label=_("Since"), required=False, widget=date_field_widget())

    def __init__(self, *args: Any, person: Any = None, **kwargs: Any) -> None:
        instance: Details | None = kwargs.get("instance")
        if instance is not None:
            kwargs["initial"] = {"starts_on": instance.declaration.starts_on} | kwargs.get("initial", {})
            person = instance.declaration.person
        super().__init__(*args, **kwargs)
        self.person: Person = person
        self.regime = Regime(instance.declaration.regime) if instance is not None else regime_of(person)
        del self.fields["version" if instance is None else "submission"]
        fields: dict[str, Any] = self.fields
        for field in fields.values():
            if isinstance(field.widget, forms.RadioSelect):
                field.choices = [choice for choice in field.choices if choice[0] != ""]


class DeclarationFilter(forms.Form):
    """Which declarations of a register to show."""

    zoek = search_field()
    wie = choice_filter(_("Who"), Regime)
    besluit = choice_filter(_("Decision"), Outcome, *BESIDE_OUTCOMES)

    def narrowed(self, declarations: DeclarationQuerySet) -> DeclarationQuerySet:
        """The rows that the filters leave, never what was withdrawn."""
        asked = chosen(self)
        rows = declarations.filter(withdrawn_on__isnull=True)
        if asked.get("besluit") == UNDECIDED:
            rows = rows.to_decide(today())
        elif asked.get("besluit") == PROPOSED:
            rows = rows.to_decide(today()).filter(is_proposed=True)
        elif asked.get("besluit") == EXPIRED:
            rows = rows.filter(holds_until__lt=today())
        elif asked.get("besluit") in Outcome:
            rows = rows.filter(not_expired_on(today()), outcome=asked["besluit"])
        if "wie" in asked:
            rows = rows.filter(regime=asked["wie"])
        found: DeclarationQuerySet = holding(rows, asked.get("zoek", ""))
        return found


class LastingFilter(DeclarationFilter):
    """The same, of a register whose declarations hold until they stop."""

    besluit = choice_filter(_("Decision"), Outcome, *BESIDE_OUTCOMES, (ENDED, _("ended")))

    def narrowed(self, declarations: DeclarationQuerySet) -> DeclarationQuerySet:
        """The rows that the filters leave; ended ones only when asked for."""
        ended = chosen(self).get("besluit") == ENDED
        rows = declarations.filter(ends_on__lt=today()) if ended else declarations.current_on(today())
        return super().narrowed(rows)


class DecisionForm(forms.ModelForm[Decision]):
    """What somebody above the person decides."""

    version = version_field()

    class Meta:
        model = Decision
        fields = ("outcome", "conditions", "reasons", "holds_until", "review_on")
        widgets = {
            "outcome": forms.RadioSelect,
            "conditions": forms.Textarea(attrs={"rows": 3}),
            "reasons": forms.Textarea(attrs={"rows": 4}),
            "holds_until": date_field_widget(),
            "review_on": date_field_widget(),
        }
        help_texts = {
            "conditions": _(
                "Only when you allow it with conditions. Write what the person has to do or leave. For example: sell "
                "it, place it at a distance, stay out of a decision."
            ),
            "reasons": _("The person who declared this reads your reasons."),
            "holds_until": _(
                "After this day a new decision is asked. Leave empty when it holds until something changes."
            ),
            "review_on": _("The day on which you want to look at this again. Leave empty when that is not needed."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["outcome"].choices = Outcome.choices

    def clean_review_on(self) -> date | None:
        """A day that is still to come."""
        return _still_to_come(self.cleaned_data["review_on"])

    def clean_holds_until(self) -> date | None:
        """A day that is still to come."""
        return _still_to_come(self.cleaned_data["holds_until"])

    def clean(self) -> dict[str, Any]:
        """Conditions belong to an outcome with conditions, and only to that; what is forbidden stays so."""
        values = super().clean() or {}
        if values.get("holds_until") and values.get("outcome") not in (None, *POSSIBLE):
            self.add_error("holds_until", _("What is forbidden stays so. Leave this empty."))
        has_conditions = values.get("outcome") == Outcome.CONDITIONS
        if has_conditions and not values.get("conditions"):
            self.add_error("conditions", _("Write down the conditions, or choose another decision."))
        if not has_conditions and values.get("conditions"):
            self.add_error("conditions", _("Choose “allowed with conditions”, or leave this empty."))
        return values


def _still_to_come(day: date | None) -> date | None:
    if day is not None and day <= today():
        raise forms.ValidationError(_("Choose a day after today."))
    return day


class SecondForm(forms.Form):
    """What the second person says to a proposal."""

    AGREES, SENDS_BACK = "agree", "back"

    version = version_field()
    answer = forms.ChoiceField(
        label=_("Do you agree?"),
        choices=[(AGREES, _("Yes. The decision is in force at once")), (SENDS_BACK, _("No. I send it back"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why do you send it back?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only when you send it back. Who decides reads this; the person who declared does not."),
    )

    def clean(self) -> dict[str, Any]:
        """A reason belongs to sending back, and only to that."""
        values = super().clean() or {}
        if values.get("answer") == self.SENDS_BACK and not values.get("reason"):
            self.add_error("reason", _("Write down why you send it back."))
        if values.get("answer") == self.AGREES and values.get("reason"):
            self.add_error("reason", _("Choose that you send it back, or leave this empty."))
        return values


class TakeBackForm(forms.Form):
    """The button with which somebody takes back what they proposed."""

    version = version_field()


class EndForm(forms.Form):
    """On what day it stops: not before it began, nor later than the day on which it stopped already."""

    version = version_field()
    ends_on = forms.DateField(label=_("Last day"), widget=date_field_widget())

    def __init__(self, *args: Any, not_before: date | None, not_after: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.not_before, self.not_after = not_before, not_after

    def clean_ends_on(self) -> date:
        """A day that does not lie before the first one, nor after the day on which it stopped."""
        day: date = self.cleaned_data["ends_on"]
        if self.not_before and day < self.not_before:
            raise forms.ValidationError(_("This day lies before the day on which it began."))
        if self.not_after and day > self.not_after:
            raise forms.ValidationError(_("This has stopped already. Does it go on? Then declare it again."))
        return day


class WithdrawalForm(forms.Form):
    """Why something that was declared by mistake is withdrawn."""

    version = version_field()
    reason = forms.CharField(label=_("Why do you withdraw this?"), max_length=300)


class RemarkForm(forms.ModelForm[Remark]):
    """A question or an answer."""

    submission = submission_field()

    class Meta:
        model = Remark
        fields = ("text",)
        labels = {"text": _("Your question or answer")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
