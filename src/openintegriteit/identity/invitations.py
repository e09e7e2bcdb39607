"""Inviting somebody by mail, with a link that works once and for seven days. Only the hash of the link is kept."""

import secrets
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openintegriteit.core.roles import Actor, Role
from openintegriteit.event_log.operations import record
from openintegriteit.identity.models import Invitation, User
from openintegriteit.identity.operations import add_grant
from openintegriteit.identity.permissions import POLICY
from openintegriteit.identity.queries import (
    actor_for,
    ever_had_administrator,
    has_roles_here,
    open_invitation,
    organisation_id,
    user_of,
)
from openintegriteit.identity.refusal import Refused
from openintegriteit.messages.letters import write
from openintegriteit.messages.links import token_hash

VALID_FOR = timedelta(days=7)
AddressOf = Callable[[str], str]  # from the secret part of a link to its full address


@transaction.atomic
def invite(*, actor: Actor, email: str, name: str, roles: Sequence[str], address_of: AddressOf) -> Invitation:
    """Invite somebody to the actor's body with the given roles, and mail the link.

    Whether the address has an account at another body makes no difference to what the inviter sees. Raises Refused for
    oneself, for who has a role here, for an open invitation, and for no or unknown roles.
    """
    POLICY.require(actor, "invite")
    email = email.strip().lower()
    if not roles or not set(roles) <= set(Role.values):
        raise Refused(_("Choose at least one role."))
    if has_roles_here(email):
        raise Refused(_("This person already has an account here. Give the role on the page of that person."))
    if Invitation.objects.open_at(timezone.now()).filter(email=email).exists():
        raise Refused(_("An invitation for this address is open. You can send it again or withdraw it."))
    token = secrets.token_urlsafe(32)
    invitation: Invitation = Invitation.objects.create(
        organisation_id=organisation_id(actor),
        email=email,
        name=name.strip(),
        roles=sorted(set(roles)),
        token_hash=token_hash(token),
        invited_by=user_of(actor),
        expires_at=timezone.now() + VALID_FOR,
    )
    record(actor=actor, action="invitation.sent", subject=invitation, details={"roles": invitation.roles})
    write(
        actor, email, "identity/mail/invitation.txt", invitation=invitation, address=address_of(token), by=actor.label
    )
    return invitation


@transaction.atomic
def send_again(*, actor: Actor, invitation: Invitation, address_of: AddressOf) -> None:
    """Mail a new link that is valid for seven days; the earlier one stops working. Also for an expired invitation.

    Who sends it again is the inviter from then on.
    Raises Refused when it was accepted or withdrawn.
    """
    POLICY.require(actor, "invite")
    token = secrets.token_urlsafe(32)
    renewed = Invitation.objects.unanswered().filter(pk=invitation.pk)
    expires_at = timezone.now() + VALID_FOR
    if not renewed.update(token_hash=token_hash(token), expires_at=expires_at, invited_by=user_of(actor)):
        raise Refused(_("This invitation was accepted or withdrawn already."))
    record(actor=actor, action="invitation.sent_again", subject=invitation)
    write(
        actor,
        invitation.email,
        "identity/mail/invitation.txt",
        invitation=invitation,
        address=address_of(token),
        by=actor.label,
    )


@transaction.atomic
def withdraw(*, actor: Actor, invitation: Invitation) -> None:
    """Make the link worthless. Raises Refused when it was accepted or withdrawn already."""
    POLICY.require(actor, "invite")
    if not Invitation.objects.unanswered().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
        raise Refused(_("This invitation was accepted or withdrawn already."))
    record(actor=actor, action="invitation.withdrawn", subject=invitation)


@transaction.atomic
def accept_as_new(*, token: str, password: str) -> User:
    """Make an account with the address of the invitation and take its roles.

    Raises Refused for a link that is not open, and when the address has an account: its holder signs in first.
    """
    invitation = _use_up(token)
    try:
        with transaction.atomic():
            user = User.objects.create_user(invitation.email, password, name=invitation.name)
    except IntegrityError:
        raise Refused(_("You have an account already. Sign in first, then open the link again.")) from None
    _take_roles(invitation, user)
    return user


@transaction.atomic
def accept_as(*, token: str, user: User) -> None:
    """Take the roles of the invitation with the account of its address.

    Raises Refused for a link that is not open, for another account, and for who sent the invitation.
    """
    invitation = _use_up(token)
    if user.email != invitation.email or user.pk == invitation.invited_by_id:
        raise Refused(_("This invitation is for somebody else. Sign out and open the link again."))
    _take_roles(invitation, user)


def _use_up(token: str) -> Invitation:
    """The open invitation of a link, from now on accepted: one UPDATE decides between two at once."""
    found = open_invitation(token_hash(token))
    if found is None or not Invitation.objects.unanswered().filter(pk=found.pk).update(accepted_at=timezone.now()):
        raise Refused(_("This link does not work any more. Ask for a new invitation."))
    return found


def _take_roles(invitation: Invitation, user: User) -> None:
    """Sensitive roles still wait for a second granter. Roles that the person got meanwhile are left as they are.

    Who was invited from the console as the first administrator of a body waits for nobody: nobody is there yet.
    """
    actor = actor_for(user, invitation.organisation_id)
    record(actor=actor, action="invitation.accepted", subject=invitation)
    from_console = invitation.invited_by is None
    for role in invitation.roles:
        first = from_console and role == Role.FUNCTIONAL_ADMINISTRATOR and not ever_had_administrator()
        try:
            add_grant(actor=actor, user=user, role=role, granted_by=invitation.invited_by, without_second=first)
        except Refused:
            continue
