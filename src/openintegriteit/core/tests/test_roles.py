"""Policies deny what they do not name; views send strangers to the door and refuse the rest."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from openintegriteit.core.access import requires
from openintegriteit.core.roles import Actor, PermissionPolicy, Role

POLICY = PermissionPolicy(view=frozenset({Role.CLERK, Role.COORDINATOR}), change=frozenset({Role.COORDINATOR}))


def somebody(*roles: Role) -> Actor:
    return Actor("1", "Iemand", uuid4(), frozenset(roles))


@pytest.mark.parametrize(
    ("roles", "action", "allowed"),
    [
        ((Role.CLERK,), "view", True),
        ((Role.CLERK,), "change", False),
        ((Role.CLERK, Role.COORDINATOR), "change", True),
        ((Role.COORDINATOR,), "remove", False),
        ((), "view", False),
    ],
)
def test_a_policy_allows_what_it_names_and_nothing_else(roles, action, allowed):
    assert POLICY.allows(somebody(*roles), action) is allowed


def test_a_policy_tells_which_roles_may():
    assert POLICY.roles("view") == {Role.CLERK, Role.COORDINATOR}
    assert POLICY.roles("remove") == frozenset()


def test_nobody_is_allowed_nothing():
    assert POLICY.allows(None, "view") is False


def test_requiring_raises_for_who_lacks_the_permission():
    POLICY.require(somebody(Role.COORDINATOR), "change")
    with pytest.raises(PermissionDenied):
        POLICY.require(somebody(Role.CLERK), "change")


@requires(POLICY, "change")
def page(request):
    return HttpResponse("geheim")


def test_a_stranger_is_sent_to_the_door_and_comes_back(rf):
    request = rf.get("/werk/maatregelen/?stand=te-laat")
    request.actor = None

    response = page(request)

    assert response.status_code == 302
    assert response.url == "/account/inloggen/?next=%2Fwerk%2Fmaatregelen%2F%3Fstand%3Dte-laat"


def test_somebody_without_the_permission_is_refused_and_sees_nothing(rf):
    request = rf.get("/")
    request.actor = somebody(Role.CLERK)

    with pytest.raises(PermissionDenied):
        page(request)
