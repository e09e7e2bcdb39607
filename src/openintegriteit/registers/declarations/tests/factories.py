"""People with accounts who stand in the list of people, for tests of every register."""

from typing import Any

from openintegriteit.core.roles import Actor
from openintegriteit.identity.models import User
from openintegriteit.identity.queries import actor_for
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.organisations.tests.factories import PersonFactory


def somebody(organisation: Organisation, *roles: str, **values: Any) -> tuple[User, Person]:
    """An account with the roles, and its row in the list of people."""
    user = user_with_roles(organisation, *roles)
    add_second_factor(user)
    return user, PersonFactory(organisation=organisation, email=user.email, **values)


def acting(user: User, organisation: Organisation) -> Actor:
    """The account as who acts in the body."""
    return actor_for(user, organisation.pk)
