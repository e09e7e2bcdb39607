"""Oaths, affirmations and integrity statements: who took one, when, before whom, and in what words.

Ambtenarenwet 2017, art. 5(1)a and 7, for officials. Gemeentewet 14, 41a, 65 and 81g, Provinciewet 14, 40a, 64 and 79g,
Waterschapswet 34, 50 and 51ag for office holders. People without an appointment sign a statement of the body.
"""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager
from openintegriteit.organisations.models import Person
from openintegriteit.programme.models import Activity


class ForWhom(models.TextChoices):
    """Who take the same oath in the same words. Who goes from one to another takes a new one."""

    OFFICIAL = "official", _("officials")
    NOT_EMPLOYED = "not_employed", _("people without an appointment")
    CHAIR = "chair", _("the mayor or chair")
    EXECUTIVE_MEMBER = "executive_member", _("executive members")
    ELECTED_MEMBER = "elected_member", _("elected members")
    AUDIT_COURT_MEMBER = "audit_court_member", _("members of the court of audit")


class OathForm(models.TextChoices):
    """What was taken."""

    OATH = "oath", _("oath")
    AFFIRMATION = "affirmation", _("affirmation")
    STATEMENT = "statement", _("integrity statement")


class How(models.TextChoices):
    """In what way it was taken."""

    CEREMONY = "ceremony", _("at a ceremony or meeting")
    PAPER = "paper", _("on paper")
    LINK = "link", _("by a link in a mail")
    ACCOUNT = "account", _("by an account, with a second step")


BY_ONESELF = (How.LINK, How.ACCOUNT)  # signing without anybody before whom: only a statement


class OathTextQuerySet(TenantQuerySet):
    """Selections of texts."""

    def in_force_on(self, day: date) -> "OathTextQuerySet":
        """Texts in force on the day or before it, the one that holds first."""
        return self.filter(in_force_from__lte=day).order_by("-in_force_from", "-added_at")


class OathText(TenantModel):
    """The words that some people take. It never changes: the next version is a new row."""

    for_whom = models.CharField(_("for whom"), max_length=20, choices=ForWhom)
    label = models.CharField(_("name of the text"), max_length=200)
    text = models.TextField(_("words"), max_length=5000)
    in_force_from = models.DateField(_("in force from"))
    added_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = tenant_manager(OathTextQuerySet)

    class Meta:
        ordering = ["for_whom", "-in_force_from", "-added_at"]

    def __str__(self) -> str:
        return self.label


class Ceremony(TenantModel, VersionedModel):
    """What the register knows of an activity at which people take the oath or affirmation, or sign the statement.

    Its title, day and status are those of the activity. `for_office_holders`: the clerk keeps it, and it is for them
    alone. The two marks say whether the executive or the secretary is there; the names stand in `in_presence_of`.
    """

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="ceremony")
    for_office_holders = models.BooleanField(default=False, editable=False)
    place = models.CharField(_("place"), max_length=200)
    starts_at = models.TimeField(_("time"), null=True, blank=True)
    information = models.TextField(_("what people read beforehand"), max_length=5000, blank=True)
    before_whom = models.CharField(_("before whom"), max_length=200, blank=True)
    in_presence_of = models.CharField(_("in whose presence"), max_length=500, blank=True)
    with_executive_member = models.BooleanField(
        _("a member of the executive is there, or the mayor or chair"), default=False
    )
    with_secretary = models.BooleanField(_("the secretary is there"), default=False)

    objects: ClassVar[Any] = tenant_manager()

    class Meta:
        ordering = ["-activity__starts_on", "id"]
        verbose_name_plural = "ceremonies"

    def __str__(self) -> str:
        return self.activity.title


class AttendanceQuerySet(TenantQuerySet):
    """Selections of who is on the list of a ceremony."""

    def unknown(self) -> "AttendanceQuerySet":
        """People of whom nobody noted whether they came."""
        return self.filter(came__isnull=True)


class Attendance(TenantModel):
    """That somebody is on the list of a ceremony, of which day the last mail told them, and whether they came."""

    ceremony = models.ForeignKey(Ceremony, on_delete=models.CASCADE, related_name="attendance")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    mailed_at = models.DateTimeField(null=True)
    mailed_for = models.DateField(null=True)
    came = models.BooleanField(_("was there"), null=True)

    objects: ClassVar[Any] = tenant_manager(AttendanceQuerySet)

    class Meta:
        ordering = ["person__family_name", "person__given_name", "id"]
        constraints = [models.UniqueConstraint(fields=["ceremony", "person"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.ceremony}: {self.person}"


class OathQuerySet(TenantQuerySet):
    """Selections of oaths."""

    def standing(self) -> "OathQuerySet":
        """What was not withdrawn as a mistake."""
        return self.filter(withdrawn_on__isnull=True)


class Oath(TenantModel, VersionedModel):
    """That a person took an oath or affirmation, or signed the statement. A mistake is withdrawn, with the reason."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="oaths")
    for_whom = models.CharField(_("group"), max_length=20, choices=ForWhom, editable=False)  # what the person was then
    form = models.CharField(_("what was taken"), max_length=20, choices=OathForm)
    taken_on = models.DateField(_("taken on"))
    before_whom = models.CharField(_("before whom"), max_length=200, blank=True)
    occasion = models.CharField(_("meeting or occasion"), max_length=300, blank=True)
    how = models.CharField(_("how"), max_length=20, choices=How)
    text = models.ForeignKey(
        OathText,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="oaths",
        verbose_name=_("words that were used"),
    )
    ceremony = models.ForeignKey(
        Ceremony, on_delete=models.SET_NULL, null=True, blank=True, related_name="oaths", editable=False
    )
    recorded_by = models.CharField(_("recorded by"), max_length=200, editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)
    withdrawn_because = models.CharField(_("why this was a mistake"), max_length=300, blank=True)

    objects: ClassVar[Any] = tenant_manager(OathQuerySet)

    class Meta:
        ordering = ["-taken_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "for_whom", "taken_on"],
                condition=Q(withdrawn_on__isnull=True),
                name="oath_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_because=""), name="oath_withdrawal_tells_why"
            ),
            models.CheckConstraint(
                condition=Q(form="statement", for_whom="not_employed")
                | (~Q(form="statement") & ~Q(for_whom="not_employed")),
                name="oath_statement_without_appointment",
            ),
            models.CheckConstraint(
                condition=~Q(how__in=["link", "account"]) | Q(form="statement"), name="oath_is_taken_before_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "person", "for_whom"], name="oath_by_person"),
            models.Index(fields=["organisation", "taken_on", "id"], name="oath_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_form_display()}"
