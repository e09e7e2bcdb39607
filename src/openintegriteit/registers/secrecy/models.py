"""Imposed secrecy: on what, by whom, how it was told, who knows, and when it was lifted. Never the secret itself.

Gemeentewet 23(4) and 87 to 89, Provinciewet 23(4) and 84 to 86, Waterschapswet 35(4) and 55b to 55d.
"""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.searching import SearchTextField
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager
from openintegriteit.organisations.models import Person


class Kind(models.TextChoices):
    """On what the secrecy lies. On a closed meeting the law lays it; on the rest somebody imposes it."""

    DOCUMENT = "document", _("document")
    INFORMATION = "information", _("information that is not in writing")
    CLOSED_MEETING = "closed_meeting", _("closed meeting")


class Organ(models.TextChoices):
    """Who can impose secrecy and lift it. What it is called in a kind of body stands in `law`."""

    REPRESENTATIVE = "representative", _("representative body")
    EXECUTIVE = "executive", _("executive")
    CHAIR = "chair", _("chair")
    COMMITTEE = "committee", _("committee")


def lapsed_on(day: date) -> Q:
    """What lapsed before the day: the meeting came and did not confirm it (Wet gemeenschappelijke regelingen 23(3))."""
    return Q(is_confirmed=False, meeting_on__lt=day)


class SecrecyQuerySet(TenantQuerySet):
    """Selections of imposed secrecy."""

    def standing(self) -> "SecrecyQuerySet":
        """What was not withdrawn as a mistake."""
        return self.filter(withdrawn_on__isnull=True)

    def running(self, day: date) -> "SecrecyQuerySet":
        """What stands, was not lifted and did not lapse."""
        return self.standing().filter(~lapsed_on(day), lifted_on__isnull=True)

    def unmarked(self) -> "SecrecyQuerySet":
        """What nobody marked as secret or told to be it."""
        return self.filter(marked_on__isnull=True)

    def to_review(self, day: date) -> "SecrecyQuerySet":
        """What should have been looked at again on the day or before."""
        return self.filter(review_on__lte=day)


class ImposedSecrecy(TenantModel, VersionedModel):
    """That secrecy lies on something, until it is lifted. A mistake is withdrawn, with the reason.

    `committee_of`: who set up the committee that imposed it. `ground`: an interest of `law.GROUNDS`; empty for a closed
    meeting. `given_on`: when it came to the representative body, which from then on lifts it and nobody else.
    `given_to_committee_on`: when the executive or the chair gave it to a committee with members of the representative
    body, which then gets it too. `meeting_on`: the next meeting of that body, where it lapses unless it is confirmed.
    """

    subject = models.CharField(_("what it is about, in neutral words"), max_length=200)
    kind = models.CharField(_("on what the secrecy lies"), max_length=20, choices=Kind)
    reference = models.CharField(_("reference of the document or the meeting"), max_length=100, blank=True)
    imposed_by = models.CharField(_("imposed by"), max_length=20, choices=Organ)
    committee = models.CharField(_("name of the committee"), max_length=200, blank=True)
    committee_of = models.CharField(_("who set up the committee"), max_length=20, choices=Organ, blank=True)
    imposed_on = models.DateField(_("imposed on"))
    ground = models.CharField(_("interest that it protects"), max_length=20)
    marked_on = models.DateField(_("marked or told on"), null=True, blank=True)
    marking = models.CharField(_("how it was marked or told"), max_length=200, blank=True)
    given_on = models.DateField(_("given to the representative body on"), null=True, blank=True)
    given_to_committee_on = models.DateField(_("given to a committee on"), null=True, blank=True)
    meeting_on = models.DateField(_("next meeting of the representative body"), null=True, blank=True)
    is_confirmed = models.BooleanField(_("confirmed in that meeting"), default=False)
    known_to = models.CharField(_("which groups know it"), max_length=300, blank=True)
    review_on = models.DateField(_("to be looked at again on"), null=True, blank=True)
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True)
    lifted_by = models.CharField(_("lifted by"), max_length=20, choices=Organ, blank=True)
    lifting_reference = models.CharField(_("reference of the decision"), max_length=100, blank=True)
    recorded_by = models.CharField(_("recorded by"), max_length=200, editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)
    withdrawn_because = models.CharField(_("why this was a mistake"), max_length=300, blank=True)
    search_text = SearchTextField(sources=["subject", "reference", "committee"])

    objects: ClassVar[Any] = tenant_manager(SecrecyQuerySet)

    class Meta:
        ordering = ["-imposed_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(subject=""), name="secrecy_tells_what"),
            models.CheckConstraint(
                condition=Q(kind=Kind.CLOSED_MEETING, ground="") | (~Q(kind=Kind.CLOSED_MEETING) & ~Q(ground="")),
                name="secrecy_has_a_ground",
            ),
            models.CheckConstraint(
                condition=(Q(imposed_by=Organ.COMMITTEE) & ~Q(committee="") & ~Q(committee_of=""))
                | (~Q(imposed_by=Organ.COMMITTEE) & Q(committee="", committee_of="")),
                name="secrecy_names_its_committee",
            ),
            models.CheckConstraint(
                condition=Q(marked_on__isnull=True) | ~Q(marking=""), name="secrecy_marking_tells_how"
            ),
            models.CheckConstraint(
                condition=Q(given_on__isnull=True)
                | (~Q(imposed_by=Organ.REPRESENTATIVE) & Q(given_on__gte=F("imposed_on"))),
                name="secrecy_given_by_others",
            ),
            models.CheckConstraint(
                condition=Q(given_to_committee_on__isnull=True)
                | Q(imposed_by__in=[Organ.EXECUTIVE, Organ.CHAIR], given_to_committee_on__gte=F("imposed_on")),
                name="secrecy_given_to_committee",
            ),
            models.CheckConstraint(
                condition=Q(meeting_on__isnull=True, is_confirmed=False)
                | Q(given_on__isnull=False, meeting_on__isnull=False, meeting_on__gte=F("given_on")),
                name="secrecy_confirmed_once_given",
            ),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True, lifted_by="", lifting_reference="")
                | (
                    Q(lifted_on__isnull=False, lifted_on__gte=F("imposed_on"))
                    & ~Q(lifted_by="")
                    & ~Q(lifting_reference="")
                ),
                name="secrecy_lifting_tells_who",
            ),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True)
                | Q(given_on__isnull=False, given_on__lte=F("lifted_on"), lifted_by=Organ.REPRESENTATIVE)
                | (Q(given_on__isnull=True) & (Q(lifted_by=F("imposed_by")) | Q(lifted_by=F("committee_of")))),
                name="secrecy_lifted_by_who_may",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_because=""), name="secrecy_withdrawal_tells_why"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "imposed_on", "id"], name="secrecy_by_day"),
            models.Index(fields=["organisation", "review_on"], name="secrecy_by_review"),
            models.Index(fields=["organisation", "lifted_on"], name="secrecy_by_lifting"),
        ]

    def __str__(self) -> str:
        """Without the subject: this name stands where others read it, in the event log and on lists to destroy."""
        return f"{self.get_kind_display()}, {date_format(self.imposed_on, 'DATE_FORMAT')}"

    def has_lapsed_on(self, day: date) -> bool:
        """The same as `lapsed_on`."""
        return not self.is_confirmed and self.meeting_on is not None and self.meeting_on < day

    @property
    def is_to_be_given_too(self) -> bool:
        """Whether a committee got it and the representative body did not: Gemeentewet 88(5), Provinciewet 85(5)."""
        return self.given_to_committee_on is not None and self.given_on is None

    def state_on(self, day: date) -> tuple[str, str]:
        """The tone and the words of how it stands on the day."""
        if self.withdrawn_on:
            return "neutral", str(_("withdrawn"))
        if self.lifted_on:
            return "ok", str(_("lifted"))
        if self.has_lapsed_on(day):
            return "neutral", str(_("lapsed"))
        if self.is_to_be_given_too:
            return "late", str(_("not given to the representative body yet"))
        if self.marked_on is None:
            return "late", str(_("not marked as secret"))
        if self.review_on and self.review_on <= day:
            return "soon", str(_("to be looked at again"))
        if self.meeting_on and not self.is_confirmed:
            return "soon", str(_("to be confirmed"))
        return "info", str(_("runs"))


class Exclusion(TenantModel, VersionedModel):
    """That the representative body keeps secret information for a time from a member who broke the secrecy.

    Gemeentewet 89(5), Provinciewet 86(5), Waterschapswet 55d(5). A mistake is withdrawn, with the reason.
    """

    secrecy = models.ForeignKey(ImposedSecrecy, on_delete=models.CASCADE, related_name="exclusions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))
    starts_on = models.DateField(_("excluded from"))
    ends_on = models.DateField(_("excluded until"))
    reference = models.CharField(_("reference of the decision"), max_length=100)
    recorded_by = models.CharField(_("recorded by"), max_length=200, editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)
    withdrawn_because = models.CharField(_("why this was a mistake"), max_length=300, blank=True)

    objects: ClassVar[Any] = tenant_manager()

    class Meta:
        ordering = ["-starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="exclusion_ends_after_start"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_because=""), name="exclusion_withdrawal_tells_why"
            ),
        ]

    def __str__(self) -> str:
        """Without the name: this one stands in the event log."""
        return ", ".join([str(_("exclusion from secret information")), date_format(self.starts_on, "DATE_FORMAT")])
