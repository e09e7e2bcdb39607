"""Inviting the group of a campaign in batches, and reminding who has not read yet.

Per batch, the rows of the people, their links and their mails are stored in one transaction: the secret of a link is
known there only. Whoever has a row is passed over, so a worker that is killed, or a second one, invites nobody twice.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from openintegriteit.campaigns.models import Campaign, CampaignState, Invitee
from openintegriteit.campaigns.queries import group_of
from openintegriteit.campaigns.rules import link_works_for, reminder_day
from openintegriteit.core.locking import save_if_unchanged
from openintegriteit.core.queue import ask_once
from openintegriteit.core.roles import program_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.operations import record
from openintegriteit.messages.letters import write_many
from openintegriteit.messages.links import make_links
from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.organisations.queries import web_address

FAMILY = "campaign:"  # how the purpose of every link of this app begins
BATCH = 500


def purpose_of(campaign_id: UUID) -> str:
    """What a link of the campaign opens."""
    return f"{FAMILY}{campaign_id}"


def campaign_of(purpose: str) -> UUID:
    """The campaign that a link of this app opens."""
    return UUID(purpose.removeprefix(FAMILY))


def ask_to_prepare(campaign: Campaign) -> None:
    """Put the preparation in the queue, unless it waits there already."""
    from openintegriteit.campaigns.tasks import prepare_campaign  # the task calls this module

    ask_once(prepare_campaign, str(campaign.organisation_id), str(campaign.pk))


def prepare(campaign_id: UUID, day: date) -> int:
    """Invite everybody in the group of a started campaign of the body in scope; returns how many. Repeatable."""
    invited = 0
    while batch := _invite_batch(campaign_id, day):
        invited += batch
    return invited


@transaction.atomic
def _invite_batch(campaign_id: UUID, day: date) -> int:
    """Invite the next people; 0 when all have been, or the campaign is not being prepared (any more)."""
    campaign = Campaign.objects.to_prepare(day).select_for_update().filter(pk=campaign_id).first()
    if campaign is None:
        return 0
    there = Invitee.objects.filter(campaign=campaign, person=OuterRef("pk"))
    new = group_of(campaign, day).exclude(Exists(there)).select_related("unit").order_by("pk")
    people: list[Person] = list(new[:BATCH])
    if not people:
        _open(campaign)
        return 0
    now = timezone.now()
    Invitee.objects.bulk_create(
        Invitee(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            person=person,
            unit_name=person.unit.name if person.unit else "",
            invited_at=now if person.email else None,
        )
        for person in people
    )
    _mail(campaign, [person for person in people if person.email], day, "campaigns/mail/invitation.txt")
    return len(people)


def _open(campaign: Campaign) -> None:
    campaign.state = CampaignState.OPEN
    campaign.group_size = Invitee.objects.filter(campaign=campaign).count()
    save_if_unchanged(campaign, expected_version=campaign.version, fields=["state", "group_size"])
    details = {"people": campaign.group_size}
    record(actor=program_actor(campaign.organisation_id), action="campaign.prepared", subject=campaign, details=details)


def prepare_due(now: datetime) -> int:
    """Put the preparation of campaigns whose first day has come in the queue, also of one whose task got lost.

    Of every body; returns of how many campaigns. Repeatable.
    """
    asked = 0
    for body in Organisation.objects.values_list("pk", flat=True):
        with organisation_scope(body):
            for campaign in Campaign.objects.to_prepare(timezone.localdate(now)):
                ask_to_prepare(campaign)
                asked += 1
    return asked


def send_reminders(now: datetime) -> int:
    """Remind who has not read yet, of every body, on the days that their campaign names; returns how many mails.

    Repeatable: per person and day of reminding there is one mail, however often this runs.
    """
    sent = 0
    for body in Organisation.objects.values_list("pk", flat=True):
        with organisation_scope(body):
            for key in list(Campaign.objects.filter(state=CampaignState.OPEN).values_list("pk", flat=True)):
                sent += _remind(key, timezone.localdate(now))
    return sent


def _remind(campaign_id: UUID, day: date) -> int:
    reminded = 0
    while batch := _remind_batch(campaign_id, day):
        reminded += batch
    return reminded


@transaction.atomic
def _remind_batch(campaign_id: UUID, day: date) -> int:
    held = Campaign.objects.filter(pk=campaign_id, state=CampaignState.OPEN).select_for_update().first()
    planned = reminder_day(held.answer_before, held.reminder_days, day) if held else None
    if held is None or planned is None:
        return 0
    waiting = Invitee.objects.waiting().filter(campaign=held, invited_at__date__lt=planned)
    due = waiting.exclude(reminded_on__gte=planned).exclude(person__email="").exclude(person__ended_on__lt=day)
    rows = list(due.select_related("person").order_by("pk")[:BATCH])
    if rows:
        Invitee.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_on=day)
        _mail(held, [row.person for row in rows], day, "campaigns/mail/reminder.txt")
        details = {"people": len(rows)}
        record(actor=program_actor(held.organisation_id), action="campaign.reminded", subject=held, details=details)
    return len(rows)


def _mail(campaign: Campaign, people: Sequence[Person], day: date, template: str) -> None:
    """Write everybody a mail with a new link; what links they had for this campaign end."""
    body = Organisation.objects.get(pk=campaign.organisation_id)
    actor = program_actor(campaign.organisation_id)
    works_for = link_works_for(campaign.answer_before, day)
    secrets = make_links(actor=actor, people=people, purpose=purpose_of(campaign.pk), valid_for=works_for)
    shared = {"campaign": campaign, "body": body}
    write_many(
        actor,
        template,
        (
            (
                person.email,
                {
                    **shared,
                    "person": person,
                    "address": web_address(body, reverse("read_campaign", args=[secrets[person.pk]])),
                },
            )
            for person in people
        ),
    )
