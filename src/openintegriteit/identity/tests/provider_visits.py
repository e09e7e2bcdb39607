"""What the tests of signing in through a sign-in service share: accounts, and a visitor that must not come in."""

from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.models import RoleGrant, User
from openintegriteit.identity.tests.factories import user_with_roles

SIGN_IN, CODE, APP = "/account/inloggen/", "/account/tweede-factor/code/", "/account/tweede-factor/app/"
BACK = "/account/aanmelddienst/organisatie/terug/"
ADMINISTRATOR = Role.FUNCTIONAL_ADMINISTRATOR


def account(organisation, subject, *roles):
    """An account with the address that the service has for the subject."""
    user = user_with_roles(organisation, *roles)
    User.objects.filter(pk=user.pk).update(email=f"{subject}@proef.example")
    user.refresh_from_db()
    return user


def is_signed_in(client):
    return "_auth_user_id" in client.session


def roles_of(user):
    return set(RoleGrant.objects.in_force().filter(user=user).values_list("role", flat=True))


def refused(client, answer):
    assert answer.status_code == 403
    assert "Inloggen is niet gelukt" in answer.content.decode()
    assert not is_signed_in(client)
    assert Entry.objects.filter(action="account.sign_in_failed").exists()
    return True
