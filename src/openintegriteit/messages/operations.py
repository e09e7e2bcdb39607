"""Writing a mail in the transaction that causes it, and sending it afterwards, again and again until it is gone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPDataError, SMTPRecipientsRefused
from uuid import UUID

import structlog
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from openintegriteit.core.roles import Actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.changes import body_of
from openintegriteit.event_log.operations import record
from openintegriteit.messages.models import Message
from openintegriteit.messages.permissions import POLICY
from openintegriteit.organisations.models import Organisation

MOST_ATTEMPTS = 8  # the last one almost four days after the first
FIRST_WAIT = timedelta(minutes=5)
WAIT_GROWS = 3  # each wait is three times the one before
MOST_AT_ONCE = 300  # of a body in one run: other bodies, and other jobs of the minute, get their turn
SENT_MAIL_IS_KEPT = timedelta(days=30)  # without its text
SERVER_IS_AWAY = "mail-server-is-away"  # kept where all processes see it, while the job of every minute tries on
AWAY_IS_BELIEVED = timedelta(minutes=2)
ABOUT_ONE_MAIL = (SMTPRecipientsRefused, SMTPDataError, ValueError)
logger = structlog.get_logger("openintegriteit.messages")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it is written: to which address, and what it says."""

    recipient: str
    subject: str
    body: str


class MailServerAway(Exception):
    """The mail server is not there, does not go on or breaks off: no other mail will fare better now."""


def queue_message(*, actor: Actor, recipient: str, subject: str, body: str) -> Message:
    """Write a mail of the actor's body; the worker sends it once the transaction at hand has been stored.

    Call it in the transaction of the change that the mail tells about, within the scope of the body.
    """
    message = _waiting(actor, Letter(recipient, subject, body))
    message.save(force_insert=True)
    transaction.on_commit(partial(_enqueue, actor.organisation_id, message.pk))
    return message


def queue_messages(*, actor: Actor, letters: Iterable[Letter]) -> int:
    """Write many mails at once, as `queue_message` does for one; returns how many.

    They get no task each: the job of every minute sends them, a few hundred per run.
    """
    return len(Message.objects.bulk_create(_waiting(actor, letter) for letter in letters))


def _waiting(actor: Actor, letter: Letter) -> Message:
    return Message(
        organisation_id=body_of(actor),
        recipient=letter.recipient,
        subject=" ".join(letter.subject.split())[:200],
        body=letter.body,
        next_attempt_at=timezone.now(),
    )


def _enqueue(organisation_id: UUID | None, message_id: UUID) -> None:
    from openintegriteit.messages.tasks import deliver  # the task calls this module

    deliver.enqueue(str(organisation_id), str(message_id))


def attempt(message_id: UUID, now: datetime) -> bool:
    """Send one mail of the body in scope, if it waits and is due; says whether it went out.

    One UPDATE claims the attempt and plans the next one, so two workers never send the same mail together and a
    worker that is killed leaves nothing locked. Mail that could not be sent stays, with its text. While the mail server
    is known to be away no attempt is made or lost: the job of every minute finds out when it is back.
    """
    if cache.get(SERVER_IS_AWAY):
        return False
    try:
        return _attempt(message_id, now)
    except MailServerAway:
        return False


def _attempt(message_id: UUID, now: datetime) -> bool:
    waiting = Message.objects.filter(
        pk=message_id, sent_at__isnull=True, next_attempt_at__lte=now, attempts__lt=MOST_ATTEMPTS
    )
    message = waiting.first()
    if message is None:
        return False
    wait = FIRST_WAIT * WAIT_GROWS**message.attempts
    claimed = waiting.filter(attempts=message.attempts).update(attempts=F("attempts") + 1, next_attempt_at=now + wait)
    if not claimed:
        return False
    try:
        EmailMessage(message.subject, message.body, to=[message.recipient]).send()
    except (OSError, ValueError) as error:  # every word of a mail server is an OSError; what it says names the address
        logger.warning("mail not sent", message=str(message_id), error=type(error).__name__)
        if isinstance(error, ABOUT_ONE_MAIL):
            return False
        cache.set(SERVER_IS_AWAY, True, AWAY_IS_BELIEVED.total_seconds())
        raise MailServerAway from None
    Message.objects.filter(pk=message_id).update(sent_at=now, body="")
    return True


def send_due(now: datetime) -> int:
    """Send what waits and is due, of every body, and forget mail that was sent long ago. Returns how many went out.

    Of each body the first few hundred, in the order in which they came due; the next run takes the others. When the
    mail server is away the rest waits for the next round and loses no attempt: a server that hangs would otherwise keep
    the worker from everything else for as long as there is mail.
    """
    sent, is_there = 0, True
    for organisation_id in Organisation.objects.values_list("pk", flat=True):
        with organisation_scope(organisation_id):
            if is_there:
                of_body, is_there = _send_due_of_body(now)
                sent += of_body
            Message.objects.filter(sent_at__lt=now - SENT_MAIL_IS_KEPT).delete()
    if sent and is_there:
        cache.delete(SERVER_IS_AWAY)
    return sent


def _send_due_of_body(now: datetime) -> tuple[int, bool]:
    """How many mails of the body in scope went out, and whether the mail server is there."""
    due = Message.objects.filter(sent_at__isnull=True, next_attempt_at__lte=now, attempts__lt=MOST_ATTEMPTS).order_by(
        "next_attempt_at", "pk"
    )
    sent = 0
    for message_id in list(due.values_list("pk", flat=True)[:MOST_AT_ONCE]):
        try:
            sent += _attempt(message_id, now)
        except MailServerAway:
            return sent, False
    return sent, True


@transaction.atomic
def try_again(*, actor: Actor, message: Message) -> None:
    """Give a mail that did not go out all its attempts again, from now on."""
    POLICY.require(actor, "change")
    revived = Message.objects.filter(pk=message.pk, sent_at__isnull=True).update(
        attempts=0, next_attempt_at=timezone.now()
    )
    if revived:
        record(actor=actor, action="message.tried_again", subject=message)
        transaction.on_commit(partial(_enqueue, actor.organisation_id, message.pk))


@transaction.atomic
def discard(*, actor: Actor, message: Message) -> None:
    """Remove a mail that did not go out, for instance because its address is wrong."""
    POLICY.require(actor, "change")
    removed, _per_model = Message.objects.filter(pk=message.pk, sent_at__isnull=True).delete()
    if removed:
        record(actor=actor, action="message.discarded", subject=message)
