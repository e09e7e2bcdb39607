"""What the worker does for campaigns. It stands on this floor because here it is known whom a round means."""

from uuid import UUID

from django.tasks import task

from openintegriteit.campaigns import preparing
from openintegriteit.core.clock import today
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.registers.rounds.queries import meant


@task
def prepare_campaign(organisation_id: str, campaign_id: str) -> None:
    """Invite the group of a campaign; doing it twice, or going on after a crash, invites nobody twice."""
    with organisation_scope(UUID(organisation_id)):
        preparing.prepare(UUID(campaign_id), today(), meant)


ASKING = preparing.Asking(meant, prepare_campaign)
