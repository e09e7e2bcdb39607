"""Campaigns: asking a group to do one thing and to say that they did, with who was asked and who answered."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.campaigns.permissions import POLICY, SIDES
from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.roles import Actor
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager
from openintegriteit.organisations.models import OFFICE_HOLDERS, Person, PersonKind


class CampaignState(models.TextChoices):
    """How far a campaign is."""

    DRAFT = "draft", _("draft")
    PREPARING = "preparing", _("being prepared")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class Ask(models.TextChoices):
    """What people are asked to do."""

    READ = "read", _("read a regulation or code")
    DECLARE = "declare", _("make or confirm declarations")


ANSWERABLE = (CampaignState.PREPARING, CampaignState.OPEN)


class Route(models.TextChoices):
    """By which way somebody answered."""

    LINK = "link", _("by the link in a mail")
    ACCOUNT = "account", _("signed in")
    PAPER = "paper", _("on paper")


class CampaignQuerySet(TenantQuerySet):
    """Selections of campaigns."""

    def kept_by(self, actor: Actor, action: str = "view") -> "CampaignQuerySet":
        """Campaigns that the roles of the actor let them view or change: the clerk has those of office holders."""
        kept = [side for side, suffix in SIDES.items() if POLICY.allows(actor, action + suffix)]
        return self.filter(for_office_holders__in=kept)

    def answerable(self) -> "CampaignQuerySet":
        """Campaigns that people can answer: mail may be out before the last person has been invited."""
        return self.filter(state__in=ANSWERABLE)

    def to_prepare(self, day: date) -> "CampaignQuerySet":
        """Campaigns that were started, whose first day has come and whose people have not all been invited."""
        return self.filter(state=CampaignState.PREPARING, opens_on__lte=day)

    def to_tell_managers(self, day: date) -> "CampaignQuerySet":
        """Open campaigns whose last day has gone by, of which managers are to be told and were not yet."""
        return self.filter(
            state=CampaignState.OPEN, tells_managers=True, managers_told_on__isnull=True, answer_before__lt=day
        )


class Campaign(TenantModel, VersionedModel):
    """A group is asked to do one thing before a day. The thing is known by its kind and key only.

    The group is what the rules `kinds`, `units`, `newcomers_since`, `only_designated` and `designated_since` leave of
    everybody who is present on the day of the preparation; a rule that is empty leaves everybody. Who holds a
    designated position is known to the app that asks (`queries.Meant`).

    `for_office_holders`: the clerk keeps it, and it asks them alone. To declare, nobody asks officials and office
    holders together (`asked_kinds`). `subject_parts` says what of the thing is asked, in the words of the app that
    asks.
    """

    asks = models.CharField(_("what you ask"), max_length=10, choices=Ask, default=Ask.READ)
    for_office_holders = models.BooleanField(default=False, editable=False)

    subject_kind = models.CharField(max_length=60)  # in the words of the app that asks: "policy.regulationversion"
    subject_key = models.UUIDField()
    subject_label = models.CharField(_("what it is about"), max_length=300)
    subject_parts = models.JSONField(default=list, blank=True, editable=False)
    subject_address = models.CharField(max_length=300, blank=True)  # its page on this website
    title = models.CharField(_("title"), max_length=200)
    intro = models.TextField(_("why you ask this"), blank=True, max_length=2000)
    kinds = models.JSONField(_("kinds of people"), default=list, blank=True)
    units = models.JSONField(_("departments and teams"), default=list, blank=True)
    newcomers_since = models.DateField(_("only who started on or after"), null=True, blank=True)
    only_designated = models.BooleanField(_("only who holds a designated position"), default=False)
    designated_since = models.DateField(_("only who does so since this day or later"), null=True, blank=True)
    opens_on = models.DateField(_("mails go out from"))
    answer_before = models.DateField(_("to be answered before"))
    reminder_days = models.JSONField(_("reminders"), default=list, blank=True)  # days before `answer_before`
    tells_managers = models.BooleanField(_("tell managers after the last day who has not answered"), default=False)
    managers_told_on = models.DateField(_("managers told on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=CampaignState, default=CampaignState.DRAFT)
    group_size = models.PositiveIntegerField(_("people in the group"), default=0)  # counted when it was started
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects: ClassVar[Any] = tenant_manager(CampaignQuerySet)

    class Meta:
        ordering = ["-opens_on", "title"]
        indexes = [models.Index(fields=["organisation", "subject_kind", "subject_key"], name="campaign_by_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_before__gte=models.F("opens_on")), name="campaign_ends_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(only_designated=True) | Q(designated_since__isnull=True), name="since_when_designated"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def takes_answers(self) -> bool:
        """Whether people can answer."""
        return self.state in ANSWERABLE

    @property
    def asked_kinds(self) -> list[str]:
        """The kinds of people in the group."""
        possible = [str(kind) for kind in self.possible_kinds]
        return [kind for kind in possible if kind in self.kinds] or possible

    @property
    def possible_kinds(self) -> list[PersonKind]:
        """The kinds of people that can be asked: every kind to read, those of one regime to declare."""
        if self.asks == Ask.READ and not self.for_office_holders:
            return list(PersonKind)
        return [kind for kind in PersonKind if (kind in OFFICE_HOLDERS) == self.for_office_holders]


class InviteeQuerySet(TenantQuerySet):
    """Selections of people who are asked."""

    def waiting(self) -> "InviteeQuerySet":
        """People who have not answered yet."""
        return self.filter(answered_at__isnull=True)


class Invitee(TenantModel):
    """A person who is asked in a campaign: one row, so that both ways of answering count once."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="invitees")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    unit_name = models.CharField(_("department or team"), max_length=200, blank=True)  # at that moment
    sort_name = models.CharField(max_length=300, blank=True, editable=False)  # of the person, at that moment
    invited_at = models.DateTimeField(_("mailed"), null=True)  # None: without a mail address
    reminded_on = models.DateField(_("reminded"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    route = models.CharField(_("how"), max_length=10, choices=Route, blank=True)

    objects: ClassVar[Any] = tenant_manager(InviteeQuerySet)

    class Meta:
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "person"], name="invitee_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, route="") | (Q(answered_at__isnull=False) & ~Q(route="")),
                name="answer_has_a_route",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "campaign", "answered_at"], name="invitee_by_answer"),
            models.Index(fields=["organisation", "campaign", "sort_name", "id"], name="invitee_by_name"),
            models.Index(  # how far each unit is, from the index alone
                fields=["organisation", "campaign", "unit_name", "answered_at", "invited_at"], name="invitee_by_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.person}"
