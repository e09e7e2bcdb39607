"""The people of the example, and the chooser that must be impossible anywhere else."""

import pytest
from django.core.exceptions import PermissionDenied

from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.demo import demo_choices, demo_people
from openintegriteit.identity.models import RoleGrant, User
from openintegriteit.identity.tests.factories import user_with_roles

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/inloggen/"


@pytest.fixture
def demo(settings, organisation):
    settings.DEMO_MODE = True
    return demo_people(organisation)


def test_there_is_one_person_per_role_without_a_password(demo):
    assert {grant.role for grant in RoleGrant.objects.in_force()} == set(Role.values)
    assert len(demo) == len(Role)
    assert not any(user.has_usable_password() for user in demo)
    assert Entry.objects.filter(action="role.granted").count() == len(Role)


def test_making_the_people_again_changes_nothing(demo, organisation):
    assert demo_people(organisation) == demo
    assert RoleGrant.objects.count() == len(Role)


def test_demo_people_are_refused_outside_demo_mode(organisation):
    with pytest.raises(PermissionDenied):
        demo_people(organisation)
    assert User.objects.count() == 0


def test_the_sign_in_page_offers_every_role(demo, client):
    page = client.get(SIGN_IN).content.decode()
    assert page.count('name="grant"') == len(Role)
    assert "Noor van Swinderen" in page
    assert 'type="password"' not in page


def test_choosing_a_role_signs_in_without_second_factor(demo, client):
    # given a coordinator, whose role needs a second factor elsewhere
    choice = next(grant for grant in demo_choices() if grant.role == Role.COORDINATOR)
    # when
    response = client.post(SIGN_IN, {"grant": str(choice.pk), "next": "/werk/account/"})
    # then
    assert (response.status_code, response["Location"]) == (302, "/werk/account/")
    assert client.get("/werk/account/").status_code == 200


def test_the_way_back_never_leads_to_another_site(demo, client):
    choice = demo_choices()[0]
    response = client.post(SIGN_IN, {"grant": str(choice.pk), "next": "https://kwaad.example/"})
    assert response["Location"] == "/werk/"


def test_an_account_with_a_password_is_never_a_choice(demo, organisation, client):
    # given somebody with a password, and a person of the example who has set one
    other = user_with_roles(organisation, Role.COORDINATOR)
    demo[0].set_password("geheim wachtwoord 1")
    demo[0].save()
    # when both are chosen
    grants = RoleGrant.objects.filter(user__in=[other, demo[0]])
    answers = [client.post(SIGN_IN, {"grant": str(grant.pk)}).status_code for grant in grants]
    # then
    assert answers == [404, 404]
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("field", ["grant", "login"])
def test_choosing_a_role_is_impossible_outside_demo_mode(demo, client, settings, field):
    # given the same database, served outside demo mode
    settings.DEMO_MODE = False
    choice = demo_choices()[0]
    # when
    response = client.post(SIGN_IN, {field: str(choice.pk)})
    # then
    assert response.status_code == 422
    assert "_auth_user_id" not in client.session
    assert choice.user.name not in response.content.decode()
