"""Meetings with their subjects, who abstained from which, and exemptions from prohibited acts.

Not taking part: Gemeentewet 28 and 58, Provinciewet 28 and 58, Waterschapswet 38a and 45. Exemptions: Gemeentewet
15(2), 41c(1), 69(1), 81h and 101, Provinciewet 15(2), 40c(1), 68(1), 79h and 98, Waterschapswet 33(2), 47(3) and 51ah.
"""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.searching import SearchTextField
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.models import Declaration


class MeetingBody(models.TextChoices):
    """Who meets."""

    REPRESENTATIVE = "representative", _("representative body")
    EXECUTIVE = "executive", _("executive")


class PartLeft(models.TextChoices):
    """What somebody did not take part in. The law asks both."""

    BOTH = "both", _("deliberation and vote")
    DELIBERATION = "deliberation", _("deliberation only")
    VOTE = "vote", _("vote only")


class AbstentionState(models.TextChoices):
    """Whether somebody says so beforehand, or it is what happened."""

    ANNOUNCED = "announced", _("announced")
    RECORDED = "recorded", _("happened")


class Granter(models.TextChoices):
    """Who grants exemptions."""

    PROVINCIAL_EXECUTIVE = "provincial_executive", _("the provincial executive")
    KINGS_COMMISSIONER = "kings_commissioner", _("the King’s commissioner")
    MINISTER = "minister", _("the Minister of the Interior")


class Act(models.TextChoices):
    """From which acts an exemption can be granted: contracts with one's own body."""

    WORKS = "works", _("taking on work for the organisation")
    PAID_ACTIVITIES = "paid_activities", _("paid work for the organisation outside employment")
    SUPPLIES = "supplies", _("supplying movable property for payment")
    HIRING_OUT = "hiring_out", _("hiring out movable property to the organisation")
    DISPUTED_CLAIMS = "disputed_claims", _("acquiring disputed claims on the organisation")
    REAL_ESTATE = "real_estate", _("buying real estate, or rights on it, from the organisation by private contract")
    LEASE = "lease", _("renting or leasing from the organisation by private contract")


class MeetingQuerySet(TenantQuerySet):
    """Selections of meetings."""

    def held(self) -> "MeetingQuerySet":
        """Meetings that were not called off."""
        return self.filter(called_off_on__isnull=True)

    def coming(self, day: date) -> "MeetingQuerySet":
        """Meetings of the day or later that are not called off."""
        return self.held().filter(held_on__gte=day)

    def to_conclude(self, day: date) -> "MeetingQuerySet":
        """Meetings of before the day of which nobody said yet that the record of who abstained is complete."""
        return self.held().filter(held_on__lt=day, concluded_on__isnull=True)


class Meeting(TenantModel, VersionedModel):
    """A meeting of the representative body or the executive.

    `uid` is its name in the calendar it was read from. `compared_at`: when its subjects were last laid beside what the
    members declared. `concluded_on`: when somebody said that all who abstained stand here, or that nobody did.
    """

    body = models.CharField(_("who meets"), max_length=20, choices=MeetingBody)
    title = models.CharField(_("name of the meeting"), max_length=200)
    held_on = models.DateField(_("day"))
    starts_at = models.TimeField(_("time"), null=True, blank=True)
    uid = models.CharField(max_length=300, blank=True, editable=False)
    compared_at = models.DateTimeField(null=True, blank=True, editable=False)
    concluded_on = models.DateField(_("record completed on"), null=True, blank=True, editable=False)
    concluded_by = models.CharField(_("record completed by"), max_length=200, blank=True, editable=False)
    called_off_on = models.DateField(_("called off on"), null=True, blank=True, editable=False)
    called_off_because = models.CharField(_("why it was called off"), max_length=300, blank=True)
    search_text = SearchTextField(sources=["title"])

    objects: ClassVar[Any] = tenant_manager(MeetingQuerySet)

    class Meta:
        ordering = ["held_on", "starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "body", "held_on", "starts_at", "title"], name="meeting_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "body", "held_on", "title"],
                condition=Q(starts_at__isnull=True),
                name="meeting_once_without_time",
            ),
            models.UniqueConstraint(
                fields=["organisation", "body", "uid"], condition=~Q(uid=""), name="meeting_once_by_uid"
            ),
            models.CheckConstraint(
                condition=Q(called_off_on__isnull=True) | ~Q(called_off_because=""), name="calling_off_tells_why"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "held_on", "id"], name="meeting_by_day"),
            models.Index(fields=["organisation", "body", "held_on", "id"], name="meeting_by_body"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {date_format(self.held_on, 'DATE_FORMAT')}"


class Subject(TenantModel, VersionedModel):
    """One subject of a meeting, in the order of the agenda."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="subjects")
    place = models.PositiveSmallIntegerField(default=0, editable=False)
    number = models.CharField(_("number on the agenda"), max_length=20, blank=True)
    title = models.CharField(_("subject"), max_length=500)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number", "title"], name="subject_once_a_meeting"),
            models.CheckConstraint(condition=~Q(title=""), name="subject_has_a_title"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}" if self.number else self.title


class AbstentionQuerySet(TenantQuerySet):
    """Selections of abstentions."""

    def standing(self) -> "AbstentionQuerySet":
        """What was not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)


class Abstention(TenantModel, VersionedModel):
    """That a member does not take part in a subject, as announced beforehand or as it happened."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="abstentions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="abstentions")
    part = models.CharField(_("what somebody left to others"), max_length=20, choices=PartLeft, default=PartLeft.BOTH)
    reason = models.CharField(_("reason in a few words"), max_length=300)
    state = models.CharField(_("how it stands"), max_length=20, choices=AbstentionState, editable=False)
    recorded_by = models.CharField(_("recorded by"), max_length=200, editable=False)
    recorded_on = models.DateField(_("recorded on"), editable=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)
    withdrawn_because = models.CharField(_("why it is withdrawn"), max_length=300, blank=True)
    search_text = SearchTextField(sources=["person_name", "subject_title", "reason"])

    objects: ClassVar[Any] = tenant_manager(AbstentionQuerySet)

    class Meta:
        ordering = ["-recorded_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "person"],
                condition=Q(withdrawn_on__isnull=True),
                name="abstention_once_a_subject",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="abstention_tells_why"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_because=""),
                name="abstention_withdrawal_tells_why",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "recorded_on", "id"], name="abstention_by_day"),
            models.Index(fields=["organisation", "person"], name="abstention_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.subject}"

    @property
    def person_name(self) -> str:
        """Who abstains, for the search."""
        return self.person.full_name

    @property
    def subject_title(self) -> str:
        """From what, for the search."""
        return self.subject.title


class SuggestionQuerySet(TenantQuerySet):
    """Selections of suggestions."""

    def open(self) -> "SuggestionQuerySet":
        """What nobody put aside, and about which the person did not abstain either."""
        standing = Abstention.objects.standing().filter(subject=OuterRef("subject"), person=OuterRef("person"))
        return self.filter(~Exists(standing), dismissed_on__isnull=True)


class Suggestion(TenantModel, VersionedModel):
    """That words of what a member declared stand in a subject, so that the member may want to look. Never a verdict."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="suggestions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(_("words in common"), max_length=300)
    dismissed_on = models.DateField(_("put aside on"), null=True, blank=True, editable=False)
    dismissed_by = models.CharField(_("put aside by"), max_length=200, blank=True, editable=False)
    dismissed_because = models.CharField(_("why this does not matter here"), max_length=300, blank=True)

    objects: ClassVar[Any] = tenant_manager(SuggestionQuerySet)

    class Meta:
        ordering = ["subject__place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "declaration"], name="suggestion_once"),
            models.CheckConstraint(
                condition=Q(dismissed_on__isnull=True) | ~Q(dismissed_because=""), name="putting_aside_tells_why"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "person", "dismissed_on"], name="suggestion_by_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.subject}"


class Notice(TenantModel):
    """That a member got a mail about a meeting: one at most."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="notices")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sent_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="notice_once_a_meeting")]

    def __str__(self) -> str:
        return f"{self.person}: {self.meeting}"


class ExemptionQuerySet(TenantQuerySet):
    """Selections of exemptions."""

    def not_over_on(self, day: date) -> "ExemptionQuerySet":
        """Exemptions that hold on the day or will from a later one."""
        return self.filter(Q(holds_until__isnull=True) | Q(holds_until__gte=day))


class Exemption(TenantModel, VersionedModel):
    """That somebody may do a prohibited act all the same, by whose grant and for how long.

    `article` is what the law said when it was recorded; empty where we know of none.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exemptions")
    act = models.CharField(_("which act"), max_length=20, choices=Act)
    about = models.CharField(_("what it is about"), max_length=300)
    article = models.CharField(_("article"), max_length=100, blank=True, editable=False)
    granted_by = models.CharField(_("granted by"), max_length=30, choices=Granter)
    granted_on = models.DateField(_("granted on"))
    reference = models.CharField(_("reference of the decision"), max_length=100, blank=True)
    conditions = models.TextField(_("conditions"), blank=True, max_length=2000)
    holds_until = models.DateField(_("holds until"), null=True, blank=True)
    review_on = models.DateField(_("to be looked at again on"), null=True, blank=True)
    recorded_by = models.CharField(_("recorded by"), max_length=200, editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    search_text = SearchTextField(sources=["person_name", "about", "reference"])

    objects: ClassVar[Any] = tenant_manager(ExemptionQuerySet)

    class Meta:
        ordering = ["-granted_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(holds_until__gte=F("granted_on")), name="exemption_ends_after_start"),
            models.CheckConstraint(condition=~Q(about=""), name="exemption_tells_what"),
        ]
        indexes = [
            models.Index(fields=["organisation", "granted_on", "id"], name="exemption_by_day"),
            models.Index(fields=["organisation", "review_on"], name="exemption_by_review"),
            models.Index(fields=["organisation", "holds_until"], name="exemption_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_act_display()}"

    @property
    def person_name(self) -> str:
        """For whom, for the search."""
        return self.person.full_name
