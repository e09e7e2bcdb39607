"""Reading about accounts and roles."""

from uuid import UUID

from allauth.mfa.models import Authenticator

from openintegriteit.core.roles import Actor
from openintegriteit.identity.models import RoleGrant, User


def actor_for(user: User, organisation_id: UUID) -> Actor:
    """The actor that a user is within the body in scope; without roles for somebody of another body (one query)."""
    roles = frozenset(RoleGrant.objects.in_force().filter(user=user).values_list("role", flat=True))
    return Actor(str(user.pk), str(user), organisation_id, roles)


def has_second_factor(user: User) -> bool:
    """Whether the user has an authenticator app (one query)."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
