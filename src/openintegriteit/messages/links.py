"""One-time links: how somebody without an account answers one question, by mail, once.

Opening a link changes nothing, so mail scanners do not use it up; answering does. A person has one open link per
purpose: a new mail makes the link of the one before it worthless.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from openintegriteit.core.roles import Actor, Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.changes import body_of
from openintegriteit.messages.models import OneTimeLink
from openintegriteit.organisations.models import Organisation, Person

BY_LINK = "person:"  # how the identifier of who came by a link begins


class LinkSpent(Exception):
    """The link was answered already, has expired, or gave way to a newer one."""


def token_hash(token: str) -> str:
    """SHA-256 of the secret part of a link. It holds 256 random bits, so a bare hash will do."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_link(*, actor: Actor, person: Person, purpose: str, valid_for: timedelta) -> str:
    """The secret part of a new link for the person; call it in the transaction that writes the mail."""
    return make_links(actor=actor, people=[person], purpose=purpose, valid_for=valid_for)[person.pk]


def make_links(*, actor: Actor, people: Iterable[Person], purpose: str, valid_for: timedelta) -> dict[UUID, str]:
    """The secret parts of new links, by the key of each person; two statements, however many people.

    As with `make_link`, write the mails in the same transaction: the secrets are kept nowhere.
    """
    now, secret = timezone.now(), {person.pk: secrets.token_urlsafe(32) for person in people}
    end_links(person_ids=secret, purpose=purpose)
    OneTimeLink.objects.bulk_create(
        OneTimeLink(
            organisation_id=body_of(actor),
            person_id=person_id,
            purpose=purpose,
            token_hash=token_hash(token),
            expires_at=now + valid_for,
        )
        for person_id, token in secret.items()
    )
    return secret


def end_links(*, person_ids: Iterable[UUID], purpose: str) -> None:
    """Make the open links of these people for a purpose worthless: a newer mail came, or they answered elsewhere."""
    now = timezone.now()
    OneTimeLink.objects.open_at(now).filter(person__in=list(person_ids), purpose=purpose).update(expires_at=now)


def open_link(token: str, purpose: str) -> OneTimeLink | None:
    """The link with its person, if it can still be answered (one query)."""
    links = OneTimeLink.objects.open_at(timezone.now()).select_related("person")
    found: OneTimeLink | None = links.filter(token_hash=token_hash(token), purpose=purpose).first()
    return found


def link_about(token: str, family: str) -> OneTimeLink | None:
    """The link with its person, whether it can still be answered or not; `family` begins its purpose (one query).

    For a page that tells somebody who comes back what became of the answer.
    """
    links = OneTimeLink.objects.select_related("person").filter(token_hash=token_hash(token))
    found: OneTimeLink | None = links.filter(purpose__startswith=family).first()
    return found


def use_up(link: OneTimeLink) -> Actor:
    """Take the answer of the link's person, in the transaction of the change; returns who answers, without roles.

    One UPDATE decides between two answers at once. Raises LinkSpent for who comes second.
    """
    now = timezone.now()
    if not OneTimeLink.objects.open_at(now).filter(pk=link.pk).update(used_at=now):
        raise LinkSpent
    return Actor(f"{BY_LINK}{link.person_id}", link.person.full_name, link.organisation_id)


def visitor(link: OneTimeLink) -> Actor:
    """Who comes by a link that can be answered, to do more than answer: with the rights of a member of staff."""
    staff = frozenset({Role.STAFF})
    return Actor(f"{BY_LINK}{link.person_id}", link.person.full_name, link.organisation_id, staff)


def person_behind(actor: Actor) -> UUID | None:
    """The key of the person who came by a link; None for everybody else."""
    return UUID(actor.identifier.removeprefix(BY_LINK)) if actor.identifier.startswith(BY_LINK) else None


def forget_old_links(now: datetime, after: timedelta = timedelta(days=90)) -> int:
    """Remove the links of every body that ended long ago; returns how many."""
    removed = 0
    for organisation_id in Organisation.objects.values_list("pk", flat=True):
        with organisation_scope(organisation_id):
            removed += OneTimeLink.objects.filter(expires_at__lt=now - after).delete()[0]
    return removed
