"""The pages for people and roles: what they show, what they refuse, and how many queries they take."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.identity.models import RoleGrant, User
from openintegriteit.identity.tests.factories import user_with_roles

pytestmark = pytest.mark.django_db
ADMINISTRATOR = Role.FUNCTIONAL_ADMINISTRATOR
PEOPLE = "/werk/rollen/"


@pytest.fixture
def client(client_as):
    return client_as(ADMINISTRATOR)


def page_of(user):
    return f"{PEOPLE}{user.pk}/"


def grant_address(user):
    return f"{PEOPLE}{user.pk}/toekennen/"


def grant_of(user):
    return RoleGrant.objects.get(user=user)


def end_address(user):
    return f"{PEOPLE}{user.pk}/{grant_of(user).pk}/beeindigen/"


def test_people_are_found_by_name_and_by_role(client, organisation):
    found = user_with_roles(organisation, Role.HR)
    User.objects.filter(pk=found.pk).update(name="Esra Demirtaş")
    other = user_with_roles(organisation, Role.STAFF)

    for address in (f"{PEOPLE}?zoek=esra", f"{PEOPLE}?zoek=demir+esra"):
        page = client.get(address).content.decode()
        assert "Esra Demirtaş" in page
        assert other.email not in page


def test_the_list_never_shows_people_of_another_body(client, other_organisation):
    stranger = user_with_roles(other_organisation, Role.STAFF)
    assert stranger.email not in client.get(PEOPLE).content.decode()


def test_an_administrator_sees_another_account_of_the_body_with_the_same_name(client, organisation, other_organisation):
    one, other, third = (user_with_roles(organisation, Role.STAFF) for _number in range(3))
    stranger = user_with_roles(other_organisation, Role.STAFF)
    User.objects.filter(pk__in=[one.pk, stranger.pk]).update(name="Esra Demir")
    User.objects.filter(pk=other.pk).update(name="ESRA DEMIR")

    page = client.get(page_of(one)).content.decode()

    assert "dezelfde naam" in page and other.email in page
    assert stranger.email not in page and third.email not in page
    assert "dezelfde naam" not in client.get(page_of(third)).content.decode()


def test_the_list_can_be_taken_along(client):
    response = client.get(f"{PEOPLE}?formaat=csv")
    assert response["Content-Type"].startswith("text/csv")
    assert b"persoon" in response.getvalue()


def test_giving_a_role_from_the_page_of_a_person(client, organisation):
    user = user_with_roles(organisation, Role.STAFF)
    response = client.post(grant_address(user), {"role": Role.COORDINATOR}, follow=True)
    assert response.status_code == 200
    assert RoleGrant.objects.in_force().filter(user=user, role=Role.COORDINATOR).exists()


@pytest.mark.parametrize("typed", [{"role": "emperor"}, {}, {"role": Role.STAFF}])
def test_a_role_that_cannot_be_given_shows_the_page_again(client, organisation, typed):
    user = user_with_roles(organisation, Role.STAFF)
    assert client.post(grant_address(user), typed).status_code == 422
    assert RoleGrant.objects.filter(user=user).count() == 1


def test_an_administrator_cannot_climb_by_posting_other_roles(client_as, organisation):
    # given an administrator who posts a sensitive role to the own page, with fields that no form has
    client = client_as(ADMINISTRATOR)
    own = User.objects.get(role_grants__role=ADMINISTRATOR, role_grants__organisation=organisation)
    typed = {"role": Role.HANDLER, "confirmed_at": "2026-01-01", "granted_by": "", "user": str(own.pk)}
    # when
    response = client.post(grant_address(own), typed)
    # then
    assert response.status_code == 422
    assert RoleGrant.objects.get(user=own).role == ADMINISTRATOR


def test_a_sensitive_role_with_extra_fields_still_waits(client, organisation):
    user = user_with_roles(organisation, Role.STAFF)
    client.post(grant_address(user), {"role": Role.HANDLER, "confirmed_at": "2026-01-01", "confirmed_by": str(user.pk)})
    assert RoleGrant.objects.waiting().get().user == user


@pytest.mark.parametrize("role", [role for role in Role if role not in {ADMINISTRATOR, Role.SECRETARY}])
def test_other_roles_see_and_do_nothing_here(client_as, organisation, role):
    client, user = client_as(role), user_with_roles(organisation, Role.STAFF)
    gets = [PEOPLE, page_of(user), f"{PEOPLE}uitnodigingen/", f"{PEOPLE}uitnodigingen/nieuw/", "/werk/huisstijl/"]
    posts = [grant_address(user), end_address(user), f"{PEOPLE}wachtend/{grant_of(user).pk}/bevestigen/"]
    assert {client.get(address).status_code for address in gets} == {403}
    assert {client.post(address).status_code for address in posts} == {403}


def test_the_secretary_looks_and_confirms_but_does_not_give(client_as, organisation):
    client, user = client_as(Role.SECRETARY), user_with_roles(organisation, Role.STAFF)
    waiting = RoleGrant.objects.create(organisation=organisation, user=user, role=Role.HANDLER)

    assert client.get(PEOPLE).status_code == 200
    assert client.get(f"{PEOPLE}uitnodigingen/").status_code == 200
    assert client.get(f"{PEOPLE}uitnodigingen/nieuw/").status_code == 403
    assert client.post(grant_address(user), {"role": Role.HR}).status_code == 403
    assert client.post(f"{PEOPLE}wachtend/{waiting.pk}/bevestigen/").status_code == 302
    assert RoleGrant.objects.in_force().filter(pk=waiting.pk).exists()


def test_ending_a_role_from_the_page(client, organisation):
    user = user_with_roles(organisation, Role.STAFF)
    response = client.post(end_address(user), follow=True)
    assert response.status_code == 200
    assert not RoleGrant.objects.in_force().filter(user=user).exists()
    assert client.post(end_address(user)).status_code == 302  # twice is harmless


@pytest.mark.database
def test_what_belongs_to_another_body_does_not_exist_here(client, organisation, other_organisation):
    # given a person and a waiting role elsewhere, and one here whose role ids do not fit together
    stranger = user_with_roles(other_organisation, Role.STAFF)
    here = user_with_roles(organisation, Role.STAFF)
    with organisation_scope(other_organisation.pk):
        waiting = RoleGrant.objects.create(organisation=other_organisation, user=stranger, role=Role.HANDLER)
        theirs = RoleGrant.objects.get(user=stranger, role=Role.STAFF)
    absent = "00000000-0000-4000-8000-000000000000"
    # when
    answers = [
        client.get(page_of(stranger)),
        client.post(grant_address(stranger), {"role": Role.HR}),
        client.post(f"{PEOPLE}wachtend/{waiting.pk}/bevestigen/"),
        client.post(f"{PEOPLE}{stranger.pk}/{theirs.pk}/beeindigen/"),
        client.post(f"{PEOPLE}{here.pk}/{theirs.pk}/beeindigen/"),
    ]
    absent_answer = client.get(f"{PEOPLE}{absent}/")
    # then
    assert {answer.status_code for answer in [*answers, absent_answer]} == {404}
    assert answers[0].content == absent_answer.content
    with organisation_scope(other_organisation.pk):
        assert RoleGrant.objects.filter(user=stranger, ended_at=None).count() == 2
        assert RoleGrant.objects.waiting().count() == 1


def test_the_list_takes_as_many_queries_for_a_thousand_people(client, organisation):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PEOPLE).status_code == 200
        return len(captured)

    for _number in range(10):
        user_with_roles(organisation, Role.STAFF)
    few = queries()
    people = User.objects.bulk_create(
        User(email=f"meer{number}@proef.example", name=f"Meer {number}", password="!") for number in range(1000)
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(organisation=organisation, user=person, role=Role.STAFF, confirmed_at=timezone.now())
        for person in people
    )
    assert queries() == few
    assert few <= 10


def test_whoever_loses_the_last_role_can_open_nothing_from_the_next_request_on(client_as, organisation):
    # given somebody at work
    client = client_as(Role.COORDINATOR)
    assert client.get("/werk/account/").status_code == 200
    # when the role ends
    RoleGrant.objects.update(ended_at=timezone.now())
    # then every page under /werk/, existing or not, says so, and signing out still works
    for address in ("/werk/account/", PEOPLE, "/werk/bestaat-niet/"):
        response = client.get(address)
        assert response.status_code == 403
        assert response.templates[0].name == "identity/without_role.html"
    assert client.post("/account/uitloggen/").status_code == 302
