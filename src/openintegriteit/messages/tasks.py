"""What the worker does with mail."""

from uuid import UUID

from django.tasks import task
from django.utils import timezone

from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.messages import operations


@task()
def deliver(organisation_id: str, message_id: str) -> bool:
    """Send one mail, right after it was written; the job of every minute repeats what failed."""
    with organisation_scope(UUID(organisation_id)):
        return operations.attempt(UUID(message_id), timezone.now())
