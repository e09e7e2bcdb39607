"""Forms and filter of measures, and fields that others share. Names of filters stand in the address, so are Dutch."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.searching import holding
from openintegriteit.organisations.forms import person_meant_by
from openintegriteit.organisations.models import Person
from openintegriteit.organisations.queries import body_in_scope
from openintegriteit.policy.models import OwnObligation, PlanGoal
from openintegriteit.policy.obligations import obligation_choices, obligation_label
from openintegriteit.policy.pillars import pillar_choices
from openintegriteit.programme.goals import offered_goals
from openintegriteit.programme.models import (
    ActionPlan,
    DigestRules,
    Finding,
    Measure,
    MeasureHeading,
    MeasureQuerySet,
    MeasureStatus,
    ProgressNote,
)
from openintegriteit.programme.queries import PlanOutline
from openintegriteit.programme.rules import measure_problems
from openintegriteit.ui.editing import date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import choice_filter, chosen, search_field, with_all

LATE, UNPROVEN = "te-laat", "klaar-zonder-bewijs"


def pillar_field() -> forms.TypedChoiceField:
    """The pillar of a record, or none."""
    return forms.TypedChoiceField(
        label=_("Pillar"),
        choices=lambda: [("", _("no pillar")), *pillar_choices()],
        coerce=int,
        empty_value=None,
        required=False,
    )


def pillar_filter() -> forms.TypedChoiceField:
    """A filter on the pillar."""
    return forms.TypedChoiceField(
        label=_("Pillar"), choices=lambda: with_all(pillar_choices()), coerce=int, empty_value=None, required=False
    )


def year_filter(back: int, ahead: int) -> forms.TypedChoiceField:
    """A filter on a year around this one."""

    def years() -> list[tuple[Any, Any]]:
        now = today().year
        return with_all((str(year), str(year)) for year in range(now + ahead, now - back - 1, -1))

    return forms.TypedChoiceField(label=_("Year"), choices=years, coerce=int, empty_value=None, required=False)


def numbered_field(label: Any, help_text: Any) -> forms.ModelChoiceField[Any]:
    """Another record by the number that people know it by; set its queryset when the form is made."""
    return forms.ModelChoiceField(
        queryset=None,
        to_field_name="number",
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.NumberInput(attrs={"min": 1}),
        error_messages={"invalid_choice": _("There is nothing with this number. Look the number up in the list.")},
    )


def add_problems(form: forms.BaseForm, problems: Mapping[str, str | Promise]) -> None:
    """Show what a rule says beside the field, unless the field is wrong by itself already."""
    for field, problem in problems.items():
        if field not in form.errors:
            form.add_error(field, str(problem))


class DutchSelect(forms.Select):
    """A list of which the choices are Dutch on every screen, such as what the law asks; all but the empty one."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """An option that says in which language it is."""
        option = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"]["lang"] = "nl"
        return option


def goal_field() -> forms.TypedChoiceField:
    """The goal of the policy plan that a measure carries; give it choices when the form is made."""
    return forms.TypedChoiceField(
        label=_("Carries goal"),
        help_text=_("A goal of the policy plan. Its page shows what is done for each goal."),
        coerce=lambda key: PlanGoal.objects.get(pk=key),
        empty_value=None,
        required=False,
    )


def goal_choices(none: Any, named: UUID | None = None) -> list[tuple[Any, Any]]:
    """The goals to choose under the title of their plan, after the word for none; `named`: the one chosen by now."""
    plans: dict[str, list[tuple[str, str]]] = {}
    for root, goal in offered_goals(named).items():
        plans.setdefault(goal.plan.title, []).append((str(root), Truncator(str(goal)).chars(110)))
    return [("", none), *plans.items()]


def obligations_to_choose(named: str) -> list[tuple[Any, Any]]:
    """What a measure can answer, under the laws; also the one that it names by now, should it hold no more."""
    kind = body_in_scope().kind
    own = OwnObligation.objects.all()
    groups = obligation_choices(kind, [duty for duty in own if str(duty.pk) == named or not duty.has_ended(today())])
    known = {key for _law, rows in groups for key, _words in rows}
    more = [(named, obligation_label(named))] if named and named not in known else []
    return [("", _("no obligation")), *more, *groups]


def plan_field() -> forms.ModelChoiceField[ActionPlan]:
    """The action plan of a new record; `offer_plans` sets what can be chosen."""
    return forms.ModelChoiceField(queryset=None, label=_("Action plan"), empty_label=None)


def offer_plans(form: forms.BaseForm) -> None:
    """Offer the plans, the newest chosen first, and let their headings name their plan; nothing to choose with one."""
    plans = list(ActionPlan.objects.all())
    if len(plans) < 2:
        del form.fields["plan"]
        return
    fields: dict[str, Any] = form.fields
    fields["plan"].queryset = ActionPlan.objects.all()
    form.initial.setdefault("plan", plans[0].pk)
    if "heading" in fields:
        fields["heading"].label_from_instance = lambda heading: f"{heading.plan.title}: {heading.title}"


class MeasureFilter(forms.Form):
    """Which measures to show."""

    zoek = search_field()
    stand = choice_filter(_("Status"), MeasureStatus, (LATE, _("late")), (UNPROVEN, _("done without evidence")))
    pijler = pillar_filter()
    rubriek = forms.ChoiceField(label=_("Heading"), required=False)
    eigenaar = forms.CharField(label=_("Owner"), required=False, max_length=200)
    jaar = year_filter(back=5, ahead=5)
    plan = forms.ChoiceField(label=_("Action plan"), required=False)

    def __init__(self, data: Any, plans: Sequence[PlanOutline] = ()) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["plan"].choices = with_all((str(plan.key), plan.title) for plan in plans)
        if len(plans) < 2:  # nothing to choose
            del self.fields["plan"]
        fields["rubriek"].choices = with_all(
            (str(key), f"{plan.title}: {title}" if len(plans) > 1 else title)
            for plan in plans
            for key, title in plan.headings
        )
        self.fields["jaar"].label = _("Due in")

    def narrowed(self, measures: MeasureQuerySet) -> QuerySet[Measure]:
        """The rows that the filters leave."""
        asked = chosen(self)
        if asked.get("stand") == LATE:
            measures = measures.overdue(today())
        elif asked.get("stand") == UNPROVEN:
            measures = measures.done_without_evidence()
        elif "stand" in asked:
            measures = measures.filter(status=asked["stand"])
        rows: QuerySet[Measure] = holding(measures, asked.get("zoek", ""))
        if "jaar" in asked:
            rows = rows.filter(due_on__year=asked["jaar"])
        if "eigenaar" in asked:
            rows = rows.filter(owner__icontains=asked["eigenaar"])
        fields = {"pijler": "pillar", "rubriek": "heading", "plan": "plan"}
        return rows.filter(**{field: asked[name] for name, field in fields.items() if name in asked})


class MeasureFields(forms.ModelForm[Measure]):
    """What a person fills in about a measure."""

    heading: forms.ModelChoiceField[MeasureHeading] = forms.ModelChoiceField(
        queryset=None, label=_("Heading"), required=False, empty_label=_("no heading")
    )
    pillar = pillar_field()
    owner_person = forms.CharField(
        label=_("Person for reminders"),
        required=False,
        max_length=200,
        help_text=_("The personnel number or the name. This person gets a mail about the measure when it comes due."),
    )
    finding = numbered_field(_("Answers finding"), _("The number of the finding that this measure answers."))
    goal = goal_field()
    obligation = forms.ChoiceField(
        label=_("Answers obligation"),
        help_text=_("What the law, or an obligation of your own, asks. They stand under their law."),
        required=False,
        widget=DutchSelect,
    )

    class Meta:
        model = Measure
        fields = (
            "title",
            "description",
            "heading",
            "pillar",
            "owner",
            "owner_person",
            "initiator",
            "when",
            "due_on",
            "priority",
            "status",
            "finished_on",
            "finding",
            "goal",
            "obligation",
            "budget",
        )
        widgets = {
            "due_on": date_field_widget(),
            "finished_on": date_field_widget(),
            "description": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts = {
            "title": _("What will be done, in one sentence that starts with a verb."),
            "description": _("A blank line starts a new paragraph. Start a line with “- ” for a list."),
            "when": _("For example “in the spring of 2027”. Only where there is no exact day."),
            "finished_on": _("Only for a measure that is done. Empty means today."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["heading"].queryset = self.headings()
        fields["finding"].queryset = Finding.objects.all()
        fields["goal"].choices = goal_choices(_("no goal"), self.instance.goal_id)
        fields["obligation"].choices = obligations_to_choose(self.instance.obligation)
        if self.instance.finding:
            self.initial["finding"] = self.instance.finding
        if self.instance.owner_person:
            self.initial["owner_person"] = self.instance.owner_person.personnel_number

    def headings(self) -> QuerySet[MeasureHeading]:
        """The headings that the measure can stand under: those of its plan."""
        rows: QuerySet[MeasureHeading] = MeasureHeading.objects.filter(plan=self.instance.plan_id)
        return rows

    def clean_owner_person(self) -> Person | None:
        """The one person who is meant."""
        return person_meant_by(self.cleaned_data["owner_person"])

    def clean(self) -> dict[str, Any]:
        """The rules between fields. Without words of its own the owner is called by the name of the person."""
        values = super().clean() or {}
        if values.get("owner_person") and not values.get("owner"):
            values["owner"] = values["owner_person"].full_name
        add_problems(self, measure_problems(values.get("status", ""), values.get("finished_on"), today()))
        return values


class NewMeasureForm(MeasureFields):
    """A new measure in one of the plans, the newest unless another is chosen; its number comes by itself."""

    plan = plan_field()
    submission = submission_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_plans(self)

    def headings(self) -> QuerySet[MeasureHeading]:
        """Those of every plan, as the plan is chosen in the same form."""
        rows: QuerySet[MeasureHeading] = MeasureHeading.objects.select_related("plan")
        return rows

    def clean(self) -> dict[str, Any]:
        """A heading is one of the chosen plan."""
        values = super().clean() or {}
        heading, plan = values.get("heading"), values.get("plan")
        if heading is not None and plan is not None and heading.plan_id != plan.pk:
            add_problems(self, {"heading": _("This heading stands in another plan.")})
        return values


class MeasureForm(MeasureFields):
    """Changing a measure."""

    version = version_field()


class StatusForm(forms.ModelForm[Measure]):
    """Only how a measure stands."""

    version = version_field()

    class Meta:
        model = Measure
        fields = ("status", "finished_on")
        widgets = {"finished_on": date_field_widget()}
        help_texts = {"finished_on": _("Only for a measure that is done. Empty means today.")}

    def clean(self) -> dict[str, Any]:
        """The rules between fields."""
        values = super().clean() or {}
        add_problems(self, measure_problems(values.get("status", ""), values.get("finished_on"), today()))
        return values


class RhythmForm(forms.ModelForm[DigestRules]):
    """How often owners get a mail."""

    version = version_field()

    class Meta:
        model = DigestRules
        fields = ("rhythm",)
        labels = {"rhythm": _("How often do owners get a mail about their measures?")}
        widgets = {"rhythm": forms.RadioSelect}


class OwnerAnswerForm(StatusForm):
    """What an owner says about one measure by a link; an empty note says that there is nothing to tell."""

    note = forms.CharField(
        label=_("What is there to tell?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class NoteForm(forms.ModelForm[ProgressNote]):
    """A new progress note."""

    submission = submission_field()
    noted_on = forms.DateField(label=_("Date"), widget=date_field_widget(), initial=today)

    class Meta:
        model = ProgressNote
        fields = ("text", "noted_on")
        labels = {"text": _("What is there to tell?")}
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def clean_noted_on(self) -> Any:
        """A note tells what was, so its day has come."""
        if self.cleaned_data["noted_on"] > today():
            raise forms.ValidationError(_("This day has not come yet."))
        return self.cleaned_data["noted_on"]


class HeadingForm(forms.ModelForm[MeasureHeading]):
    """A heading of the plan."""

    submission = submission_field()

    plan = plan_field()

    class Meta:
        model = MeasureHeading
        fields = ("title", "order")
        labels = {"title": _("Heading"), "order": _("Place")}
        help_texts = {"order": _("Headings stand in the order of these numbers.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.plan_id:
            del self.fields["plan"]  # a heading stays in its plan
        else:
            offer_plans(self)

    def clean(self) -> dict[str, Any]:
        """A plan has a heading once."""
        values = super().clean() or {}
        plan = self.instance.plan_id or values.get("plan") or ActionPlan.objects.newest()
        same = MeasureHeading.objects.filter(plan=plan, title=values.get("title"))
        if same.exclude(pk=self.instance.pk).exists():
            add_problems(self, {"title": _("This heading is there already.")})
        return values
