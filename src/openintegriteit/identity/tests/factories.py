"""People with roles, for tests of every app."""

import itertools

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.identity.models import RoleGrant, User
from openintegriteit.organisations.models import Organisation

numbers = itertools.count(1)


def user_with_roles(organisation: Organisation, *roles: str) -> User:
    """An account with a password ("geheim wachtwoord 1") and roles in force in the body."""
    number = next(numbers)
    user = User.objects.create_user(f"persoon{number}@proef.example", "geheim wachtwoord 1", name=f"Persoon {number}")
    with organisation_scope(organisation.pk):
        for role in roles:
            RoleGrant.objects.create(organisation=organisation, user=user, role=role, confirmed_at=timezone.now())
    return user


def add_second_factor(user: User) -> str:
    """Give the user an authenticator app; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret
