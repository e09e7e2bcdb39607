"""Forms and filters. Names of filters are Dutch: they stand in the address."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor
from openintegriteit.core.searching import holding
from openintegriteit.organisations.forms import PersonField, own_key
from openintegriteit.organisations.models import Person
from openintegriteit.registers.abstentions.importers import ReadMeeting, UnreadableMeetings, read_meetings
from openintegriteit.registers.abstentions.law import Law
from openintegriteit.registers.abstentions.models import (
    Abstention,
    AbstentionState,
    Exemption,
    Granter,
    Meeting,
    MeetingBody,
    PartLeft,
    Subject,
    Suggestion,
)
from openintegriteit.registers.abstentions.operations import MOST_SUBJECTS
from openintegriteit.registers.abstentions.queries import exemption_laws, may_record
from openintegriteit.registers.abstentions.rules import LONGEST_NUMBER, LONGEST_SUBJECT, subjects_in
from openintegriteit.ui.editing import NO_CHOICE, date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import choice_filter, chosen, search_field

LONGEST_LIST = 100_000  # characters: two hundred subjects of the longest kind
FILES = ".ics,.csv,.xlsx,.ods"


def time_widget() -> forms.TimeInput:
    """A time with the clock of the browser."""
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class SubjectLines(forms.CharField):
    """Subjects, one on each line; its cleaned value is a list of pairs of number and title."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 10}))
        super().__init__(max_length=LONGEST_LIST, **options)

    def clean(self, value: Any) -> Any:
        """The subjects. Raises ValidationError for a line that is too long, and for too many lines."""
        subjects = subjects_in(super().clean(value))
        if len(subjects) > MOST_SUBJECTS:
            raise forms.ValidationError(
                _("A meeting has %(most)d subjects at most. Divide them over several meetings.")
                % {"most": MOST_SUBJECTS}
            )
        for place, (number, title) in enumerate(subjects, start=1):
            if len(title) > LONGEST_SUBJECT or len(number) > LONGEST_NUMBER:
                raise forms.ValidationError(
                    _("Subject %(place)d is longer than %(most)d characters. Make it shorter.")
                    % {"place": place, "most": LONGEST_SUBJECT}
                )
        return subjects


SUBJECT_HELP = _(
    "One subject on each line. A number may stand before it, with a full stop: 5. Lease of the club house."
)


class MeetingFields(forms.ModelForm[Meeting]):
    """What a meeting is called, and when it is."""

    class Meta:
        model = Meeting
        fields: tuple[str, ...] = ("title", "held_on", "starts_at")
        widgets = {"held_on": date_field_widget(), "starts_at": time_widget()}
        help_texts = {"title": _("For example: council meeting.")}

    def meeting_body(self) -> str:
        """Who meets."""
        return str(self.instance.body)

    def clean(self) -> dict[str, Any]:
        """No meeting stands here twice."""
        values = super().clean() or self.cleaned_data
        same = Meeting.objects.filter(
            body=self.meeting_body(),
            title=values.get("title"),
            held_on=values.get("held_on"),
            starts_at=values.get("starts_at"),
        )
        if values.get("title") and values.get("held_on") and same.exclude(pk=own_key(self)).exists():
            self.add_error("title", _("This meeting stands here already. Add the subjects there."))
        return values


class NewMeetingForm(MeetingFields):
    """Adding a meeting with its subjects."""

    submission = submission_field()
    body = forms.ChoiceField(label=_("Who meets"), widget=forms.RadioSelect)
    subjects = SubjectLines(label=_("Subjects"), required=False, help_text=SUBJECT_HELP)
    field_order = ("body", "title", "held_on", "starts_at", "subjects")

    def __init__(self, *args: Any, bodies: Mapping[MeetingBody, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_bodies(self, bodies)

    def meeting_body(self) -> str:
        """Who meets, as it was chosen."""
        return str(self.cleaned_data.get("body", ""))


class MeetingForm(MeetingFields):
    """Changing what a meeting is called or when it is."""

    version = version_field()


def _offer_bodies(form: forms.BaseForm, bodies: Mapping[MeetingBody, str]) -> None:
    """The bodies that the actor keeps; where that is one, nothing is asked."""
    field: Any = form.fields["body"]
    field.choices = [(body.value, name) for body, name in bodies.items()]
    if len(bodies) == 1:
        field.widget = forms.HiddenInput()
        form.initial.setdefault("body", next(iter(bodies)).value)


class CalledOffForm(forms.ModelForm[Meeting]):
    """Why a meeting is not held."""

    version = version_field()

    class Meta:
        model = Meeting
        fields = ("called_off_because",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["called_off_because"].required = True


class SubjectsForm(forms.Form):
    """Adding subjects to a meeting."""

    subjects = SubjectLines(label=_("Subjects to add"), help_text=SUBJECT_HELP)


class SubjectForm(forms.ModelForm[Subject]):
    """Changing how a subject reads."""

    version = version_field()

    class Meta:
        model = Subject
        fields = ("number", "title")

    def clean(self) -> dict[str, Any]:
        """No subject stands in a meeting twice."""
        values = super().clean() or self.cleaned_data
        same = Subject.objects.filter(
            meeting=self.instance.meeting_id, number=values.get("number", ""), title=values.get("title")
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("title", _("This subject stands in the meeting already."))
        return values


class MeetingFileField(forms.FileField):
    """A calendar or a table of meetings; its cleaned value is a list of ReadMeeting, its errors say what to do."""

    default_error_messages = {"required": _("Choose a file first.")}

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.FileInput(attrs={"accept": FILES}))
        super().__init__(allow_empty_file=True, **options)  # the reader says it better

    def to_python(self, data: "UploadedFile[Any] | None") -> list[ReadMeeting] | None:  # type: ignore[override]
        """Read the upload. Raises ValidationError with everything that is wrong."""
        file = super().to_python(data)
        if file is None:
            return None
        try:
            return read_meetings(file.read(), name=file.name or "")
        except UnreadableMeetings as refusal:
            raise forms.ValidationError(refusal.problems) from refusal


class ImportForm(forms.Form):
    """The file, and whose meetings are in it."""

    body = forms.ChoiceField(label=_("Whose meetings are in the file?"), widget=forms.RadioSelect)
    file = MeetingFileField(label=_("File with meetings"))

    def __init__(self, *args: Any, bodies: Mapping[MeetingBody, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_bodies(self, bodies)


class AbstentionFields(forms.ModelForm[Abstention]):
    """From what somebody abstains, and why."""

    class Meta:
        model = Abstention
        fields: tuple[str, ...] = ("part", "reason")
        widgets = {"part": forms.RadioSelect}
        help_texts = {
            "part": _("The law asks to leave both to others. Choose what happened."),
            "reason": _("Do not write more than others need to know. For example: is on the board of the club."),
        }


class AnnouncementForm(AbstentionFields):
    """Saying as a member that one will not take part."""

    submission = submission_field()

    class Meta(AbstentionFields.Meta):
        help_texts = {
            "part": _("The law asks to leave both to others."),
            "reason": _("Do not write more than others need to know. For example: I am on the board of the club."),
        }

    def __init__(self, *args: Any, subject: Subject, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject, self.person = subject, person

    def clean(self) -> dict[str, Any]:
        """One abstains from a subject once."""
        values = super().clean() or self.cleaned_data
        if _stands_already(self, self.subject, self.person):
            raise forms.ValidationError(_("You said this already. It stands with the subject."))
        return values


class MemberChoice(forms.ModelChoiceField[Person]):
    """A member by name."""

    def label_from_instance(self, obj: Person) -> str:
        """The name, and what the member is."""
        return f"{obj.full_name} ({obj.get_kind_display()})"


class NewAbstentionForm(AbstentionFields):
    """Recording that a member did not take part."""

    submission = submission_field()
    person = MemberChoice(queryset=Person.objects.none(), label=_("Who"), empty_label=NO_CHOICE)
    field_order = ("person", "part", "reason")

    def __init__(self, *args: Any, subject: Subject, members: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        fields: dict[str, Any] = self.fields
        fields["person"].queryset = members.order_by("family_name", "given_name", "id")

    def clean(self) -> dict[str, Any]:
        """One abstains from a subject once."""
        values = super().clean() or self.cleaned_data
        person = values.get("person")
        if person and _stands_already(self, self.subject, person):
            self.add_error("person", _("For this member it stands with the subject already. Change it there."))
        return values


def _stands_already(form: forms.BaseForm, subject: Subject, person: Person) -> bool:
    same = Abstention.objects.standing().filter(subject=subject, person=person)
    there: bool = same.exclude(pk=own_key(form)).exists()
    return there


class AbstentionForm(AbstentionFields):
    """Recording what happened, where it was announced or reads otherwise."""

    version = version_field()


class DismissalForm(forms.ModelForm[Suggestion]):
    """Why a suggestion does not matter."""

    version = version_field()

    class Meta:
        model = Suggestion
        fields = ("dismissed_because",)
        help_texts = {
            "dismissed_because": _("For example: another club of the same name. Your reason stays with the subject.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dismissed_because"].required = True


class ExemptionFields(forms.ModelForm[Exemption]):
    """What was granted, by whom, until when and on what conditions."""

    class Meta:
        model = Exemption
        fields: tuple[str, ...] = (
            "act",
            "about",
            "granted_by",
            "granted_on",
            "reference",
            "holds_until",
            "conditions",
            "review_on",
        )
        widgets = {
            "granted_on": date_field_widget(),
            "holds_until": date_field_widget(),
            "review_on": date_field_widget(),
            "conditions": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "about": _("For example: the lease of a piece of grazing land at the Dorpsweg."),
            "holds_until": _("Leave empty when the decision names no last day."),
            "review_on": _("The day on which you look whether it is still needed and still right."),
        }

    def __init__(self, *args: Any, law: Law, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.law = law
        fields: dict[str, Any] = self.fields
        for name in ("act", "granted_by"):
            fields[name].choices = [("", NO_CHOICE), *(pair for pair in fields[name].choices if pair[0])]

    def exempted(self) -> Person | None:
        """For whom it is."""
        return self.instance.person

    def clean_granted_on(self) -> date:
        """A day that is not still to come."""
        day: date = self.cleaned_data["granted_on"]
        if day > today():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        """By whom the law says, and it does not end before it began."""
        values = super().clean() or self.cleaned_data
        granted, until = values.get("granted_on"), values.get("holds_until")
        if granted and until and until < granted:
            self.add_error("holds_until", _("This day lies before the day on which it was granted."))
        person, by = self.exempted(), values.get("granted_by")
        says = exemption_laws(self.law, person) if person else ()
        if by and says and by not in {one.granted_by for one in says}:
            for one in says:
                told = {"article": one.article, "granter": Granter(one.granted_by).label}
                self.add_error("granted_by", _("This exemption comes from %(granter)s: so says %(article)s.") % told)
        return values


class NewExemptionForm(ExemptionFields):
    """Recording an exemption."""

    submission = submission_field()
    person = PersonField(label=_("For whom"))
    field_order = ("person",)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def exempted(self) -> Person | None:
        """For whom it is, once that is known."""
        found: Person | None = self.cleaned_data.get("person")
        return found

    def clean_person(self) -> Person:
        """Somebody whose exemptions the actor keeps."""
        found: Person = self.cleaned_data["person"]
        if not may_record(self.actor, found):
            raise forms.ValidationError(
                _("You do not keep the exemptions of %(name)s (%(kind)s).")
                % {"name": found.full_name, "kind": found.get_kind_display()}
            )
        return found


class ExemptionForm(ExemptionFields):
    """Changing or ending an exemption."""

    version = version_field()


class MeetingFilter(forms.Form):
    """Which meetings to show."""

    zoek = search_field()
    wie = choice_filter(_("Who meets"), MeetingBody)
    stand = forms.ChoiceField(
        label=_("How it stands"),
        required=False,
        choices=lambda: [
            ("", _("All")),
            ("komt", _("to be held")),
            ("vast-te-leggen", _("still to be recorded")),
            ("vastgelegd", _("record complete")),
            ("afgezegd", _("called off")),
        ],
    )

    def narrowed(self, meetings: Any) -> QuerySet[Meeting]:
        """The rows that the filters leave."""
        asked, day = chosen(self), today()
        rows: Any = meetings
        if "wie" in asked:
            rows = rows.filter(body=asked["wie"])
        match asked.get("stand"):
            case "komt":
                rows = rows.coming(day)
            case "vast-te-leggen":
                rows = rows.to_conclude(day)
            case "vastgelegd":
                rows = rows.filter(concluded_on__isnull=False)
            case "afgezegd":
                rows = rows.filter(called_off_on__isnull=False)
        found: QuerySet[Meeting] = holding(rows, asked.get("zoek", ""))
        return found


class AbstentionFilter(forms.Form):
    """Which abstentions to show."""

    zoek = search_field()
    wie = choice_filter(_("Who meets"), MeetingBody)
    waarvan = choice_filter(_("From what"), PartLeft)
    stand = choice_filter(_("How it stands"), AbstentionState)
    ingetrokken = forms.BooleanField(label=_("Also what was withdrawn"), required=False)

    def narrowed(self, abstentions: Any) -> QuerySet[Abstention]:
        """The rows that the filters leave."""
        asked = chosen(self)
        rows = abstentions if "ingetrokken" in asked else abstentions.standing()
        if "wie" in asked:
            rows = rows.filter(subject__meeting__body=asked["wie"])
        if "waarvan" in asked:
            rows = rows.filter(part=asked["waarvan"])
        if "stand" in asked:
            rows = rows.filter(state=asked["stand"])
        found: QuerySet[Abstention] = holding(rows, asked.get("zoek", ""))
        return found


class ExemptionFilter(forms.Form):
    """Which exemptions to show."""

    zoek = search_field()
    oud = forms.BooleanField(label=_("Also those that ended"), required=False)

    def narrowed(self, exemptions: Any) -> QuerySet[Exemption]:
        """The rows that the filters leave."""
        asked = chosen(self)
        rows = exemptions if "oud" in asked else exemptions.not_over_on(today())
        found: QuerySet[Exemption] = holding(rows, asked.get("zoek", ""))
        return found


def told_of_import(added: int, moved: int, subjects: int) -> str:
    """What a file changed, as a sentence."""
    if not (added or moved or subjects):
        return gettext("Everything in the file stood here already. Nothing was added.")
    parts: Sequence[str] = [
        ngettext("%(number)d meeting added", "%(number)d meetings added", added) % {"number": added},
        ngettext("%(number)d subject added", "%(number)d subjects added", subjects) % {"number": subjects},
        *(
            [ngettext("%(number)d meeting changed", "%(number)d meetings changed", moved) % {"number": moved}]
            if moved
            else []
        ),
    ]
    return gettext("The file has been read in: %(what)s.") % {"what": ", ".join(parts)}
