"""Forms and filters of imposed secrecy. Names of filters are Dutch: they stand in the address."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor
from openintegriteit.core.searching import holding
from openintegriteit.organisations.forms import PersonField
from openintegriteit.registers.secrecy.law import GROUNDS, Law, ground_in_words, last_day_excluded
from openintegriteit.registers.secrecy.models import Exclusion, ImposedSecrecy, Kind, Organ, SecrecyQuerySet, lapsed_on
from openintegriteit.registers.secrecy.permissions import imposers_for, may_keep
from openintegriteit.registers.secrecy.queries import may_be_excluded
from openintegriteit.ui.editing import NO_CHOICE, date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import choice_filter, chosen, search_field, with_all

DAYS = ("imposed_on", "marked_on", "given_to_committee_on", "given_on", "meeting_on", "review_on", "lifted_on")
OF_EXECUTIVE = (Organ.EXECUTIVE, Organ.CHAIR)
STILL_TO_COME = _("This day is still to come.")


class SecrecyFields(forms.ModelForm[ImposedSecrecy]):
    """What lies under secrecy, without the secret, and what was done about it."""

    class Meta:
        model = ImposedSecrecy
        fields: tuple[str, ...] = (
            "subject",
            "reference",
            "imposed_on",
            "ground",
            "marked_on",
            "marking",
            "known_to",
            "given_to_committee_on",
            "given_on",
            "meeting_on",
            "is_confirmed",
            "review_on",
        )
        widgets = {name: date_field_widget() for name in DAYS}
        help_texts: dict[str, Any] = {
            "subject": _("For example: valuation of a piece of land. Never the secret itself, and no names of people."),
            "reference": _("The number of the case or the document, or which meeting it was."),
            "imposed_on": _("Of a closed meeting: the day of the meeting."),
            "ground": _("The most important one of the decision. Of a closed meeting the law asks none."),
            "marked_on": _("Leave empty as long as it has not been done."),
            "marking": _("For example: on every page of the document, or said at the beginning of the meeting."),
            "known_to": _("In words, for example: members of the board and two officials. No names, no copies."),
            "review_on": _("The day on which you look whether the secrecy is still needed."),
        }

    def __init__(self, *args: Any, law: Law, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.law = law
        fields: dict[str, Any] = self.fields
        grounds = [("", NO_CHOICE), *((key, ground_in_words(key)) for key in GROUNDS)]
        fields["ground"] = forms.ChoiceField(
            label=fields["ground"].label, help_text=fields["ground"].help_text, choices=grounds, required=False
        )
        fields["given_on"].help_text = _("From that day only %(organ)s lifts it (%(article)s).") % {
            "organ": law.name_of(Organ.REPRESENTATIVE),
            "article": law.lifting_given,
        }
        if law.giving_too and self.instance.imposed_by in ("", *OF_EXECUTIVE):
            fields["given_to_committee_on"].help_text = _(
                "Only of a committee with members of %(organ)s. Then %(organ)s gets it too (%(article)s)."
            ) % {"organ": law.name_of(Organ.REPRESENTATIVE), "article": law.giving_too}
        else:
            del fields["given_to_committee_on"]
        if law.lapsing and self.instance.imposed_by != Organ.REPRESENTATIVE:
            fields["meeting_on"].help_text = _(
                "The first after it was given in which more than half of the members and of the votes are present. "
                "Secrecy that is not confirmed there lapses (%(article)s)."
            ) % {"article": law.lapsing}
        else:
            del fields["meeting_on"], fields["is_confirmed"]

    def clean_imposed_on(self) -> date | None:
        """A day that is not still to come."""
        return self._not_to_come("imposed_on")

    def clean_marked_on(self) -> date | None:
        """A day that is not still to come."""
        return self._not_to_come("marked_on")

    def clean_given_on(self) -> date | None:
        """A day that is not still to come, and that stays once it was told: it decides who lifts."""
        if self.instance.given_on and not self.cleaned_data["given_on"]:
            raise forms.ValidationError(_("This stays. Was it never given? Then withdraw this record as a mistake."))
        return self._not_to_come("given_on")

    def clean_given_to_committee_on(self) -> date | None:
        """A day that is not still to come."""
        return self._not_to_come("given_to_committee_on")

    def _not_to_come(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day and day > today():
            raise forms.ValidationError(STILL_TO_COME)
        return day

    def told(self, name: str) -> Any:
        """What the form or, where it does not ask it, the record says."""
        return self.cleaned_data.get(name) if name in self.fields else getattr(self.instance, name)

    def clean(self) -> dict[str, Any]:
        """What fits the kind of secrecy and who imposed it."""
        values = super().clean() or self.cleaned_data
        kind, imposed, given = self.told("kind"), values.get("imposed_on"), values.get("given_on")
        if kind == Kind.CLOSED_MEETING and values.get("ground"):
            self.add_error("ground", _("The law itself lays secrecy on a closed meeting. Leave this empty."))
        if kind and kind != Kind.CLOSED_MEETING and not values.get("ground") and "ground" not in self.errors:
            self.add_error("ground", _("Choose the interest that the decision names."))
        if kind == Kind.DOCUMENT and not values.get("reference") and "reference" not in self.errors:
            self.add_error("reference", _("Write which document it is, so that people can find it."))
        if values.get("marked_on") and not values.get("marking") and "marking" not in self.errors:
            self.add_error("marking", _("Write how it was marked or told."))
        if values.get("marking") and not values.get("marked_on") and "marked_on" not in self.errors:
            self.add_error("marked_on", _("Write on which day it was marked or told."))
        if given and self.told("imposed_by") == Organ.REPRESENTATIVE:
            self.add_error("given_on", _("It is theirs already. Leave this empty."))
        elif given and imposed and given < imposed:
            self.add_error("given_on", _("This day lies before the day on which it was imposed."))
        self._check_giving_too(values, imposed)
        self._check_confirming(values, given)
        return values

    def _check_giving_too(self, values: dict[str, Any], imposed: date | None) -> None:
        day, by = values.get("given_to_committee_on"), self.told("imposed_by")
        if day and by and by not in OF_EXECUTIVE:
            self.add_error(
                "given_to_committee_on", _("Leave this empty: the executive or the chair did not impose it.")
            )
        elif day and imposed and day < imposed:
            self.add_error("given_to_committee_on", _("This day lies before the day on which it was imposed."))

    def _check_confirming(self, values: dict[str, Any], given: date | None) -> None:
        meeting, confirmed = values.get("meeting_on"), values.get("is_confirmed")
        if meeting and not given:
            self.add_error("meeting_on", _("Fill in first on which day it was given."))
        elif meeting and given and meeting < given:
            self.add_error("meeting_on", _("This day lies before the day on which it was given."))
        if confirmed and (not meeting or meeting > today()):
            self.add_error("is_confirmed", _("Fill in the day of the meeting. It cannot be still to come."))


class NewSecrecyForm(SecrecyFields):
    """Recording imposed secrecy, as far as the actor keeps it."""

    submission = submission_field()
    field_order = ("kind", "subject", "reference", "imposed_by", "committee", "committee_of")

    class Meta(SecrecyFields.Meta):
        fields: tuple[str, ...] = (*SecrecyFields.Meta.fields, "kind", "imposed_by", "committee", "committee_of")
        help_texts = SecrecyFields.Meta.help_texts | {
            "imposed_by": _("Of a closed meeting: who met."),
            "committee": _("Only when a committee imposed it."),
            "committee_of": _("Only when a committee imposed it."),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        imposers = imposers_for(actor)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = _with_none((kind.value, kind.label) for kind in self.law.kinds())
        fields["imposed_by"].choices = _organs(self.law, imposers)
        fields["committee_of"].choices = _organs(self.law, (one for one in self.law.founders if one in imposers))
        if self.law.founder_lifts:
            fields["committee_of"].help_text = _(
                "Only when a committee imposed it. Who set it up can lift the secrecy too."
            )

    def clean(self) -> dict[str, Any]:
        """Also: a committee has a name and a founder, and the actor keeps what was imposed."""
        values = super().clean()
        by, founder = values.get("imposed_by"), values.get("committee_of") or ""
        for name in ("committee", "committee_of"):
            if by == Organ.COMMITTEE and not values.get(name) and name not in self.errors:
                self.add_error(name, _("Fill this in when a committee imposed it."))
            if by and by != Organ.COMMITTEE and values.get(name):
                self.add_error(name, _("Leave this empty: no committee imposed it."))
        if not by or "committee_of" in self.errors or "given_on" in self.errors:
            return values
        if values.get("kind") == Kind.CLOSED_MEETING and not self.law.lays_secrecy_on_meetings_of(by, founder):
            self.add_error("imposed_by", _("The law itself lays no secrecy on this meeting. Record what was imposed."))
        elif not may_keep(self.actor, imposed_by=by, committee_of=founder, given=values.get("given_on") is not None):
            self.add_error(
                "given_on",
                _("The secretary keeps this. Record it yourself only when it was given to %(organ)s, with the day.")
                % {"organ": self.law.name_of(Organ.REPRESENTATIVE)},
            )
        return values


class SecrecyForm(SecrecyFields):
    """Recording what was done since, or correcting it. Who imposed it stays: it decides who keeps the record."""

    version = version_field()


class LiftForm(forms.ModelForm[ImposedSecrecy]):
    """By whom secrecy was lifted, when and by which decision."""

    version = version_field()

    class Meta:
        model = ImposedSecrecy
        fields = ("lifted_by", "lifted_on", "lifting_reference")
        widgets = {"lifted_on": date_field_widget()}
        help_texts = {"lifting_reference": _("The number of the decision, or the meeting in which it was taken.")}

    def __init__(self, *args: Any, law: Law, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["lifted_by"].choices = _with_none(law.lifters_by_name(self.instance).items())
        fields["lifted_by"].help_text = _("Only who may lift it by law stands here (%(article)s).") % {
            "article": law.lifting_article_of(self.instance)
        }
        for field in fields.values():
            field.required = True

    def clean_lifted_on(self) -> date:
        """A day that is not still to come, and not before it began or was given."""
        day: date = self.cleaned_data["lifted_on"]
        if day > today():
            raise forms.ValidationError(STILL_TO_COME)
        if day < self.instance.imposed_on:
            raise forms.ValidationError(_("This day lies before the day on which it was imposed."))
        if self.instance.given_on and day < self.instance.given_on:
            raise forms.ValidationError(_("This day lies before the day on which it was given."))
        return day


class ExclusionForm(forms.ModelForm[Exclusion]):
    """Which member was excluded, until when and by which decision."""

    submission = submission_field()
    person = PersonField()
    field_order = ("person",)

    class Meta:
        model = Exclusion
        fields = ("starts_on", "ends_on", "reference")
        widgets = {name: date_field_widget() for name in ("starts_on", "ends_on")}
        help_texts = {
            "ends_on": _("The last day; by law at most three months after the first."),
            "reference": _("The number of the decision, or the meeting in which it was taken."),
        }

    def __init__(self, *args: Any, law: Law, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.law = law

    def clean(self) -> dict[str, Any]:
        """A member, not longer than the law allows, and not over before it began."""
        values = super().clean() or self.cleaned_data
        person, first, last = values.get("person"), values.get("starts_on"), values.get("ends_on")
        if person and first and not may_be_excluded(self.law, person, first):
            self.add_error(
                "person", _("Only a member can be excluded (%(article)s).") % {"article": self.law.excluding}
            )
        if first and last and last < first:
            self.add_error("ends_on", _("This day lies before the first."))
        elif first and last and last > last_day_excluded(first):
            self.add_error(
                "ends_on", _("This is longer than three months (%(article)s).") % {"article": self.law.excluding}
            )
        return values


def _organs(law: Law, organs: Iterable[Organ]) -> list[tuple[str, Any]]:
    return _with_none((organ.value, law.name_of(organ)) for organ in organs)


def _with_none(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [("", NO_CHOICE), *choices]


class SecrecyFilter(forms.Form):
    """Which imposed secrecy to show; what was lifted is hidden only when asked."""

    zoek = search_field()
    stand = forms.ChoiceField(
        label=_("How it stands"),
        required=False,
        choices=lambda: with_all(
            [
                ("loopt", _("runs")),
                ("bekijken", _("to be looked at again")),
                ("niet-vermeld", _("not marked as secret")),
                ("opgeheven", _("lifted")),
                ("vervallen", _("lapsed")),
            ]
        ),
    )
    soort = choice_filter(_("Kind"), Kind)
    wie = choice_filter(_("Imposed by"), Organ)
    fout = forms.BooleanField(label=_("Also what was withdrawn"), required=False)

    def narrowed(self, secrecy: Any) -> QuerySet[ImposedSecrecy]:
        """The rows that the filters leave."""
        asked = chosen(self)
        rows: SecrecyQuerySet = secrecy if "fout" in asked else secrecy.standing()
        match asked.get("stand"):
            case "loopt":
                rows = rows.running(today())
            case "bekijken":
                rows = rows.running(today()).to_review(today())
            case "niet-vermeld":
                rows = rows.running(today()).unmarked()
            case "opgeheven":
                rows = rows.filter(lifted_on__isnull=False)
            case "vervallen":
                rows = rows.filter(lapsed_on(today()))
        if "soort" in asked:
            rows = rows.filter(kind=asked["soort"])
        if "wie" in asked:
            rows = rows.filter(imposed_by=asked["wie"])
        return holding(rows, asked.get("zoek", ""))
