"""Making and stopping the secret address of one's own year calendar: permission, change and log entry together."""

import secrets
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from openintegriteit.core.roles import Actor
from openintegriteit.desks.feed import lasting_actor
from openintegriteit.desks.models import CalendarFeed
from openintegriteit.desks.permissions import POLICY
from openintegriteit.event_log.changes import body_of
from openintegriteit.event_log.operations import record
from openintegriteit.identity.models import User
from openintegriteit.identity.queries import user_of
from openintegriteit.messages.links import token_hash


@transaction.atomic
def make_feed(*, actor: Actor, identifier: UUID) -> str | None:
    """Give the actor a secret address, instead of the one before; returns its secret part, which is kept nowhere.

    None when the form was sent before: the address was told then. Raises PermissionDenied for who may not see the
    calendar, or only during a visit by way of the sign-in service of the body.
    """
    POLICY.require(actor, "calendar")
    user = _account(actor)
    POLICY.require(lasting_actor(user, body_of(actor)), "calendar")
    if CalendarFeed.objects.filter(pk=identifier).exists():
        return None
    renewed = _end(user)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        pk=identifier, organisation_id=body_of(actor), user=user, token_hash=token_hash(token)
    )
    record(actor=actor, action="calendar_feed.renewed" if renewed else "calendar_feed.made", subject=feed)
    return token


@transaction.atomic
def stop_feed(*, actor: Actor) -> None:
    """Make the actor's secret address worthless; nothing is changed or logged for who has none."""
    POLICY.require(actor, "calendar")
    if ended := _end(_account(actor)):
        record(actor=actor, action="calendar_feed.stopped", subject=ended)


def _account(actor: Actor) -> User:
    """The account of the actor, locked, so that two clicks at once follow each other."""
    user = user_of(actor)
    if user is None:
        raise PermissionDenied
    return User.objects.select_for_update().get(pk=user.pk)


def _end(user: User) -> CalendarFeed | None:
    """End the address that somebody has here; returns it, if there was one."""
    feed: CalendarFeed | None = CalendarFeed.objects.filter(user=user, ended_at__isnull=True).first()
    if feed is not None:
        feed.ended_at = timezone.now()
        feed.save(update_fields=["ended_at"])
    return feed
