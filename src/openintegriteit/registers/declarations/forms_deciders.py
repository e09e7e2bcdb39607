"""Forms about who decides: the second person per register, and deputies."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.searching import holding
from openintegriteit.organisations.models import Person
from openintegriteit.organisations.rules import ends_before_it_starts
from openintegriteit.registers.declarations.models import DecidingRule, Deputy, DeputyQuerySet
from openintegriteit.registers.declarations.queries import is_same_person
from openintegriteit.ui.editing import NO_CHOICE, date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import chosen, search_field


class DecidingRuleForm(forms.ModelForm[DecidingRule]):
    """Whether a second person looks at decisions in a register."""

    version = version_field()

    class Meta:
        model = DecidingRule
        fields = ("second_look",)
        labels = {"second_look": _("Does a second person look at a decision?")}
        widgets = {"second_look": forms.RadioSelect}


class PersonChoice(forms.ModelChoiceField[Person]):
    """A person with their unit, so that two of one name can be told apart."""

    def label_from_instance(self, obj: Person) -> str:
        """The name, and the unit where they work in one."""
        return f"{obj.full_name} ({obj.unit})" if obj.unit else obj.full_name


class DeputyForm(forms.ModelForm[Deputy]):
    """Who stands in for a leader, from which day until which."""

    submission = submission_field()
    leader = PersonChoice(queryset=Person.objects.none(), label=_("For whom"), empty_label=NO_CHOICE)
    deputy = PersonChoice(
        queryset=Person.objects.none(),
        label=_("Who stands in"),
        empty_label=NO_CHOICE,
        help_text=_(
            "Only who has an account with a role that decides, such as manager or secretary. Is somebody not in this "
            "list? Then their account may not decide. Ask the functional administrator for the role."
        ),
    )

    class Meta:
        model = Deputy
        fields = ("leader", "deputy", "starts_on", "ends_on")
        widgets = {"starts_on": date_field_widget(), "ends_on": date_field_widget()}
        help_texts = {"ends_on": _("Leave empty when it is not known yet.")}

    def __init__(self, *args: Any, leaders: QuerySet[Person], deciders: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["leader"].queryset, fields["deputy"].queryset = leaders, deciders
        if len(only := leaders[:2]) == 1:
            fields["leader"].initial, fields["leader"].widget = only[0], forms.HiddenInput()
        self.initial.setdefault("starts_on", today())

    def clean(self) -> dict[str, Any]:
        """Somebody else, who does not stop before they began."""
        values = super().clean() or {}
        leader, deputy = values.get("leader"), values.get("deputy")
        if leader and deputy and is_same_person(leader, deputy):
            self.add_error("deputy", _("Nobody stands in for themselves. Choose somebody else."))
        _refuse_end_before_start(self, values.get("starts_on"))
        return values


class DeputyEndForm(forms.ModelForm[Deputy]):
    """The last day on which somebody stands in."""

    version = version_field()

    class Meta:
        model = Deputy
        fields = ("ends_on",)
        widgets = {"ends_on": date_field_widget()}
        help_texts = {"ends_on": _("Leave empty when it is not known yet.")}

    def clean(self) -> dict[str, Any]:
        """Not before the first day."""
        _refuse_end_before_start(self, self.instance.starts_on)
        return self.cleaned_data


def _refuse_end_before_start(form: forms.BaseForm, first_day: date | None) -> None:
    if ends_before_it_starts(first_day, form.cleaned_data.get("ends_on")):
        form.add_error("ends_on", _("This day lies before the first day. Correct one of the two."))


class DeputyFilter(forms.Form):
    """Which deputies to show."""

    zoek = search_field()
    oud = forms.BooleanField(label=_("Also those that ended"), required=False)

    def narrowed(self, deputies: DeputyQuerySet) -> DeputyQuerySet:
        """The rows that the filters leave; words are looked for in the name of the leader."""
        asked = chosen(self)
        rows = deputies
        if "oud" not in asked:
            rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today()))
        found: DeputyQuerySet = holding(rows, asked.get("zoek", ""), "leader__search_text")
        return found
