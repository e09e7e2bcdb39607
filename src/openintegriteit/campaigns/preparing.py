"""Inviting the group of a campaign in batches, and reminding who has not answered yet.

Per batch, the rows of the people, their links and their mails are stored in one transaction: the secret of a link is
known there only. Who is asked to declare and has an account signs in instead. Whoever has a row is passed over, so a
worker that is killed, or a second one, invites nobody twice.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.tasks import Task
from django.urls import reverse
from django.utils import timezone

from openintegriteit.campaigns.models import Ask, Campaign, CampaignState, Invitee
from openintegriteit.campaigns.permissions import POLICY
from openintegriteit.campaigns.queries import Meant, everybody, group_of
from openintegriteit.campaigns.rules import link_works_for, reminder_day
from openintegriteit.core.locking import save_if_unchanged
from openintegriteit.core.queue import ask_once
from openintegriteit.core.roles import program_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.operations import record
from openintegriteit.identity.queries import addresses_holding
from openintegriteit.messages.letters import write_many
from openintegriteit.messages.links import make_links
from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.organisations.queries import web_address

FAMILY = "campaign:"  # how the purpose of every link of this app begins
BATCH = 500
# Pages of the apps that ask, by name: what a link in a mail opens, where one declares signed in, and the own team.
LINK_PAGES = {Ask.READ: "read_campaign", Ask.DECLARE: "declare_in_round"}
SIGNED_IN, TEAM = "rounds:mine", "rounds:team"


class StandsIn(Protocol):
    """Who gets for a while what a manager gets."""

    leader: Person
    deputy: Person


type DeputiesOf = Callable[[Collection[UUID], date], Sequence[StandsIn]]


@dataclass(frozen=True, slots=True)
class Asking:
    """What only a higher floor knows: whom the app that asks means, and the task that invites them.

    The task takes the keys of the body and of the campaign.
    """

    meant: Meant
    task: Task[[str, str], None]


def purpose_of(campaign_id: UUID) -> str:
    """What a link of the campaign opens."""
    return f"{FAMILY}{campaign_id}"


def campaign_of(purpose: str) -> UUID:
    """The campaign that a link of this app opens."""
    return UUID(purpose.removeprefix(FAMILY))


def ask_to_prepare(campaign: Campaign, task: Task[[str, str], None]) -> None:
    """Put the preparation in the queue, unless it waits there already."""
    ask_once(task, str(campaign.organisation_id), str(campaign.pk))


def prepare(campaign_id: UUID, day: date, meant: Meant = everybody) -> int:
    """Invite everybody in the group of a started campaign of the body in scope; returns how many. Repeatable."""
    invited = 0
    while batch := _invite_batch(campaign_id, day, meant):
        invited += batch
    return invited


@transaction.atomic
def _invite_batch(campaign_id: UUID, day: date, meant: Meant = everybody) -> int:
    """Invite the next people; 0 when all have been, or the campaign is not being prepared (any more)."""
    campaign = Campaign.objects.to_prepare(day).select_for_update().filter(pk=campaign_id).first()
    if campaign is None:
        return 0
    there = Invitee.objects.filter(campaign=campaign, person=OuterRef("pk"))
    new = group_of(campaign, day, meant).exclude(Exists(there)).select_related("unit").order_by("pk")
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
            sort_name=person.sort_name,
            invited_at=now if person.email else None,
        )
        for person in people
    )
    _mail(campaign, [person for person in people if person.email], day, "invitation")
    return len(people)


def _open(campaign: Campaign) -> None:
    campaign.state = CampaignState.OPEN
    campaign.group_size = Invitee.objects.filter(campaign=campaign).count()
    save_if_unchanged(campaign, expected_version=campaign.version, fields=["state", "group_size"])
    details = {"people": campaign.group_size}
    record(actor=program_actor(campaign.organisation_id), action="campaign.prepared", subject=campaign, details=details)


def prepare_due(now: datetime, task: Task[[str, str], None]) -> int:
    """Put the preparation of campaigns whose first day has come in the queue, also of one whose task got lost.

    Of every body; returns of how many campaigns. Repeatable.
    """
    asked = 0
    for body in Organisation.objects.values_list("pk", flat=True):
        with organisation_scope(body):
            for campaign in Campaign.objects.to_prepare(timezone.localdate(now)):
                ask_to_prepare(campaign, task)
                asked += 1
    return asked


def nobody_stands_in(_leaders: Collection[UUID], _day: date) -> Sequence[StandsIn]:
    """Of a body in which no leader has a deputy."""
    return ()


def send_reminders(now: datetime, deputies_of: DeputiesOf = nobody_stands_in) -> int:
    """Remind who has not answered yet, and tell managers after the last day, of every body; returns how many mails.

    `deputies_of` tells who gets on that day what a manager gets. Repeatable: per person and day of reminding there is
    one mail, however often this runs.
    """
    sent = 0
    for body in Organisation.objects.values_list("pk", flat=True):
        with organisation_scope(body):
            for key in list(Campaign.objects.filter(state=CampaignState.OPEN).values_list("pk", flat=True)):
                day = timezone.localdate(now)
                sent += _remind(key, day) + _tell_managers(key, day, deputies_of)
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
        _mail(held, [row.person for row in rows], day, "reminder")
        details = {"people": len(rows)}
        record(actor=program_actor(held.organisation_id), action="campaign.reminded", subject=held, details=details)
    return len(rows)


@transaction.atomic
def _tell_managers(campaign_id: UUID, day: date, deputies_of: DeputiesOf) -> int:
    """Mail the managers of who has not answered after the last day, and who stands in, once; returns how many mails."""
    held = Campaign.objects.to_tell_managers(day).select_for_update().filter(pk=campaign_id).first()
    if held is None:
        return 0
    silent = Invitee.objects.waiting().filter(campaign=held).exclude(person__ended_on__lt=day)
    led = silent.filter(person__manager__isnull=False)
    number_of: dict[UUID, int] = dict(led.order_by().values_list("person__manager").annotate(Count("pk")))
    managers = Person.objects.filter(pk__in=number_of).exclude(email="").exclude(ended_on__lt=day).order_by("pk")
    told: list[tuple[Person, Person, Person | None]] = [(manager, manager, None) for manager in managers]
    told += [(row.deputy, row.leader, row.leader) for row in deputies_of(number_of, day)]
    held.managers_told_on = day
    save_if_unchanged(held, expected_version=held.version, fields=["managers_told_on"])
    body = Organisation.objects.get(pk=held.organisation_id)
    actor = program_actor(held.organisation_id)
    address = web_address(body, reverse(TEAM, args=[held.pk]))
    shared = {"campaign": held, "body": body, "address": address}
    write_many(
        actor,
        "campaigns/mail/managers.txt",
        (
            (person.email, {**shared, "person": person, "number": number_of[manager.pk], "stands_in_for": leader})
            for person, manager, leader in told
        ),
    )
    record(actor=actor, action="campaign.managers_told", subject=held, details={"people": len(told)})
    return len(told)


def _mail(campaign: Campaign, people: Sequence[Person], day: date, kind: str) -> None:
    """Write everybody a mail; what links they had for this campaign end, and who needs one gets a new one."""
    body = Organisation.objects.get(pk=campaign.organisation_id)
    actor = program_actor(campaign.organisation_id)
    signs_in = addresses_holding(POLICY.roles("declare")) if campaign.asks == Ask.DECLARE else frozenset()
    secrets = make_links(
        actor=actor,
        people=[person for person in people if person.email.lower() not in signs_in],
        purpose=purpose_of(campaign.pk),
        valid_for=link_works_for(campaign.answer_before, day),
    )
    write_many(
        actor,
        f"campaigns/mail/{kind}_{campaign.asks}.txt",
        (
            (
                person.email,
                {
                    "campaign": campaign,
                    "body": body,
                    "person": person,
                    "signs_in": person.pk not in secrets,
                    "address": web_address(body, _page(campaign, secrets.get(person.pk))),
                },
            )
            for person in people
        ),
    )


def _page(campaign: Campaign, secret: str | None) -> str:
    """Where somebody answers: by the secret of a link, or signed in."""
    return reverse(LINK_PAGES[Ask(campaign.asks)], args=[secret]) if secret else reverse(SIGNED_IN, args=[campaign.pk])
