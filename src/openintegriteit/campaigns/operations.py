"""Every change to campaigns and answers: permission, change and log entry together.

A campaign is changed as long as it is a draft. From when it is started on, people can answer, until somebody closes it.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from openintegriteit.campaigns.models import Campaign, CampaignState, Invitee, Route
from openintegriteit.campaigns.permissions import POLICY, SIDES
from openintegriteit.campaigns.preparing import purpose_of
from openintegriteit.campaigns.queries import Meant, everybody, group_size, own_people
from openintegriteit.core.clock import today
from openintegriteit.core.locking import save_if_unchanged
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import create_once, save_changes
from openintegriteit.event_log.operations import record
from openintegriteit.messages.links import end_links, use_up
from openintegriteit.messages.models import OneTimeLink


class AlreadyStarted(Exception):
    """The campaign is a draft no more, so its text and its group stay as they were mailed."""


class NobodyToAsk(Exception):
    """The group of the campaign is empty."""


class LastDayGone(Exception):
    """The day before which people were to read has gone by."""


class CampaignClosed(Exception):
    """The campaign is closed, or was never started: it takes no answers."""


def create_campaign(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> Campaign:
    """Add a campaign, as a draft: nobody gets a mail yet."""
    POLICY.require(actor, "change" + SIDES[values.get("for_office_holders", False)])
    return create_once(actor=actor, action="campaign.created", model=Campaign, identifier=identifier, values=values)


@transaction.atomic
def change_campaign(*, actor: Actor, campaign: Campaign, expected_version: int, values: Mapping[str, Any]) -> Campaign:
    """Change a draft. Raises AlreadyStarted, and StaleRecord when somebody else was first."""
    if _kept(actor, campaign).state != CampaignState.DRAFT:
        raise AlreadyStarted
    return save_changes(
        actor=actor, action="campaign.changed", instance=campaign, expected_version=expected_version, values=values
    )


@transaction.atomic
def start(*, actor: Actor, campaign: Campaign, expected_version: int, meant: Meant = everybody) -> Campaign:
    """Start a draft, as it was on the screen: from its first day on, the worker invites the group (`preparing.py`).

    Starting twice does it once. Raises NobodyToAsk, LastDayGone, and StaleRecord for a draft that was changed
    meanwhile.
    """
    held = _kept(actor, campaign)
    if held.state != CampaignState.DRAFT:
        return held
    if held.answer_before < today():
        raise LastDayGone
    size = group_size(held, today(), meant)
    if not size.people:
        raise NobodyToAsk
    held.state, held.group_size = CampaignState.PREPARING, size.people
    save_if_unchanged(held, expected_version=expected_version, fields=["state", "group_size"])
    record(actor=actor, action="campaign.started", subject=held, details={"people": size.people})
    return held


@transaction.atomic
def close(*, actor: Actor, campaign: Campaign) -> Campaign:
    """Close a campaign that was started: no answers and no reminders any more. Doing it twice does it once."""
    held = _kept(actor, campaign)
    if not held.takes_answers:
        return held
    held.state, held.closed_on = CampaignState.CLOSED, today()
    save_if_unchanged(held, expected_version=held.version, fields=["state", "closed_on"])
    record(actor=actor, action="campaign.closed", subject=held)
    return held


@transaction.atomic
def answer_by_link(*, link: OneTimeLink, invitee: Invitee) -> bool:
    """Take the word of the link's person; False when they had said so before.

    Raises CampaignClosed, and LinkSpent for a link that a newer mail replaced or that is too old.
    """
    if link.person_id != invitee.person_id or link.purpose != purpose_of(invitee.campaign_id):
        raise ValueError("A link answers for its own person, in its own campaign.")
    if not _take(invitee, Route.LINK):
        return False
    actor = use_up(link)
    _log_answer(actor, invitee)
    return True


@transaction.atomic
def answer_signed_in(*, actor: Actor, invitee: Invitee) -> bool:
    """Take the word of somebody with an account; False when they had said so before.

    The account is that of the person by its mail address; PermissionDenied otherwise. The mailed link ends.
    """
    POLICY.require(actor, "answer")
    if invitee.person_id not in {person.pk for person in own_people(actor)}:
        raise PermissionDenied
    if not _take(invitee, Route.ACCOUNT):
        return False
    end_links(person_ids=[invitee.person_id], purpose=purpose_of(invitee.campaign_id))
    _log_answer(actor, invitee)
    return True


@transaction.atomic
def note_paper(*, actor: Actor, invitee: Invitee) -> bool:
    """Record that somebody answered on paper; False when they had answered before. Raises CampaignClosed."""
    POLICY.require(actor, "note" + SIDES[invitee.campaign.for_office_holders])
    if not _take(invitee, Route.PAPER):
        return False
    end_links(person_ids=[invitee.person_id], purpose=purpose_of(invitee.campaign_id))
    _log_answer(actor, invitee)
    return True


def _kept(actor: Actor, campaign: Campaign) -> Campaign:
    """The campaign as it is now, held until the end of the transaction, for who may change it."""
    held: Campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    POLICY.require(actor, "change" + SIDES[held.for_office_holders])
    return held


def _take(invitee: Invitee, route: Route) -> bool:
    """One UPDATE decides between two answers at once, by whatever ways."""
    if not Campaign.objects.answerable().filter(pk=invitee.campaign_id).exists():
        raise CampaignClosed
    waiting = Invitee.objects.waiting().filter(pk=invitee.pk)
    return bool(waiting.update(answered_at=timezone.now(), route=route))


def _log_answer(actor: Actor, invitee: Invitee) -> None:
    label = f"{invitee.campaign}: {invitee.person.full_name}"
    record(actor=actor, action="campaign.answered", subject=invitee, label=label)
