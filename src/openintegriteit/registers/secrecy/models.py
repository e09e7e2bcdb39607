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


class SecrecyQuerySet(TenantQuerySet):
    """Selections of imposed secrecy."""

    def standing(self) -> "SecrecyQuerySet":
        """What was not withdrawn as a mistake."""
        return self.filter(withdrawn_on__isnull=True)

    def running(self) -> "SecrecyQuerySet":
        """What stands and was not lifted."""
        return self.standing().filter(lifted_on__isnull=True)

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

    def state_on(self, day: date) -> tuple[str, str]:
        """The tone and the words of how it stands on the day."""
        if self.withdrawn_on:
            return "neutral", str(_("withdrawn"))
        if self.lifted_on:
            return "ok", str(_("lifted"))
        if self.marked_on is None:
            return "late", str(_("not marked as secret"))
        if self.review_on and self.review_on <= day:
            return "soon", str(_("to be looked at again"))
        return "info", str(_("runs"))
