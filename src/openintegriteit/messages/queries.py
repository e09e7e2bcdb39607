"""Reading about mail that did not go out. Never its text: the technical administrator sees no content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page

from openintegriteit.core.paging import page_of
from openintegriteit.messages.models import Message
from openintegriteit.messages.operations import MOST_ATTEMPTS


@dataclass(frozen=True, slots=True)
class StuckMessage:
    """A mail that was tried at least once without success; `given_up` when it is not tried any more."""

    id: UUID
    recipient: str
    subject: str
    created_at: datetime
    attempts: int
    next_attempt_at: datetime | None

    @property
    def given_up(self) -> bool:
        """Whether only a person can have it tried again."""
        return self.next_attempt_at is None


def stuck_messages(page_number: str | None) -> tuple[Page[Message], Sequence[StuckMessage]]:
    """One page of the mail of the body in scope that did not go out, oldest first (two queries)."""
    stuck = Message.objects.filter(sent_at__isnull=True, attempts__gt=0).defer("body").order_by("created_at", "pk")
    page = page_of(stuck, page_number)
    rows = [
        StuckMessage(
            message.pk,
            message.recipient,
            message.subject,
            message.created_at,
            message.attempts,
            message.next_attempt_at if message.attempts < MOST_ATTEMPTS else None,
        )
        for message in page
    ]
    return page, rows


def stuck_message_count() -> int:
    """How many mails of the body in scope were tried and did not go out: for the technical administrator's desk."""
    count: int = Message.objects.filter(sent_at__isnull=True, attempts__gt=0).count()
    return count
