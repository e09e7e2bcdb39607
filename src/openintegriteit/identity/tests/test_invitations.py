"""Invitations: the link works once, for seven days, for the one it was mailed to."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.utils import timezone

from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.invitations import accept_as, accept_as_new, invite, send_again, withdraw
from openintegriteit.identity.models import Invitation, RoleGrant, User
from openintegriteit.identity.operations import end_role
from openintegriteit.identity.queries import grants_of, role_history
from openintegriteit.identity.refusal import Refused
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.messages.links import token_hash
from openintegriteit.messages.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADDRESS = "nieuw@proef.example"
PASSWORD = {"password": "een heel lang wachtwoord", "password_again": "een heel lang wachtwoord"}


@pytest.fixture
def administrator(actor_with):
    return actor_with(Role.FUNCTIONAL_ADMINISTRATOR)


@pytest.fixture
def link(administrator):
    """Makes an invitation and gives the secret part of its link, as mailed."""

    def make(email=ADDRESS, roles=(Role.COORDINATOR,)):
        invite(actor=administrator, email=email, name="Nieuw Mens", roles=roles, address_of=lambda token: f"<{token}>")
        return latest_link()

    return make


def latest_link():
    body = Message.objects.filter(body__contains="<").order_by("-created_at").first().body
    return re.search("<(.+)>", body)[1]


def page(token):
    return f"/account/uitnodiging/{token}/"


def test_only_the_hash_of_the_link_is_kept(link):
    token = link()
    invitation = Invitation.objects.get()
    assert invitation.token_hash == token_hash(token)
    assert invitation.expires_at - invitation.invited_at >= timedelta(days=7) - timedelta(seconds=5)
    assert Entry.objects.filter(action="invitation.sent").get().details == {"roles": ["coordinator"]}


def test_opening_the_link_changes_nothing(link, client):
    token = link()
    for _scanner in range(3):
        assert client.get(page(token)).status_code == 200
        assert client.head(page(token)).status_code == 200
    assert Invitation.objects.unanswered().count() == 1
    assert not User.objects.filter(email=ADDRESS).exists()


def test_accepting_makes_an_account_signs_in_and_asks_for_the_second_factor(link, client):
    token = link()
    before = client.session.session_key
    response = client.post(page(token), PASSWORD)

    user = User.objects.get(email=ADDRESS)
    assert (user.name, user.check_password(PASSWORD["password"])) == ("Nieuw Mens", True)
    assert RoleGrant.objects.in_force().get(user=user).role == Role.COORDINATOR
    assert client.session.session_key != before
    assert response["Location"] == "/werk/"
    assert client.get("/werk/account/")["Location"] == "/account/tweede-factor/app/"
    assert client.get("/account/tweede-factor/app/").status_code == 200  # the password was typed just now


def test_the_link_works_once(link, client):
    token = link()
    client.post(page(token), PASSWORD)
    again = Client()
    assert again.get(page(token)).status_code == 410
    assert again.post(page(token), PASSWORD | {"password": "een ander lang woord"}).status_code == 410
    assert User.objects.get(email=ADDRESS).check_password(PASSWORD["password"])
    assert RoleGrant.objects.filter(user__email=ADDRESS).count() == 1


def test_two_who_accept_at_once_make_one_account(link):
    # given two who both saw an open link; the second stands for whoever lost the race
    token = link()
    accept_as_new(token=token, password="een heel lang wachtwoord")
    with pytest.raises(Refused), transaction.atomic():
        accept_as_new(token=token, password="een ander lang wachtwoord")
    assert User.objects.filter(email=ADDRESS).count() == 1


@pytest.mark.parametrize("change", [{"expires_at": timezone.now()}, {"withdrawn_at": timezone.now()}])
def test_an_expired_or_withdrawn_link_is_like_one_that_never_was(link, client, change):
    token = link()
    Invitation.objects.update(**change)
    response = client.post(page(token), PASSWORD)
    unknown = client.post(page("x" * 43), PASSWORD)
    assert (response.status_code, unknown.status_code) == (410, 410)
    assert response.content == unknown.content
    assert not User.objects.filter(email=ADDRESS).exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"password": "kort", "password_again": "kort"},
        {"password": "een heel lang wachtwoord", "password_again": "een ander lang wachtwoord"},
        {"password": "nieuw@proef.example", "password_again": "nieuw@proef.example"},
        {},
    ],
    ids=["short", "different", "the address", "nothing"],
)
def test_a_bad_password_uses_nothing_up(link, client, typed):
    token = link()
    assert client.post(page(token), typed).status_code == (422 if typed else 200)
    assert Invitation.objects.unanswered().count() == 1


def test_posted_roles_are_not_looked_at(link, client):
    token = link(roles=[Role.STAFF])
    client.post(page(token), PASSWORD | {"roles": [Role.FUNCTIONAL_ADMINISTRATOR], "role": Role.COORDINATOR})
    assert [grant.role for grant in RoleGrant.objects.filter(user__email=ADDRESS)] == [Role.STAFF]


def test_a_sensitive_role_still_waits_for_a_second_person_who_is_not_the_inviter(link, administrator):
    user = accept_as_new(token=link(roles=[Role.HANDLER, Role.STAFF]), password="een heel lang wachtwoord")
    waiting = RoleGrant.objects.waiting().get(user=user)
    assert (waiting.role, str(waiting.granted_by_id)) == (Role.HANDLER, administrator.identifier)
    assert RoleGrant.objects.in_force().get(user=user).role == Role.STAFF


# -- An account that exists


def test_the_history_names_who_invited_as_the_one_who_gave_the_role(link, administrator):
    accept_as_new(token=link(), password=PASSWORD["password"])

    user = User.objects.get(email=ADDRESS)
    (event,) = role_history(user, grants_of(user))

    assert (event.action, event.actor_label) == ("role.granted", administrator.label)


@pytest.fixture
def stranger(other_organisation):
    """Somebody who works for another body."""
    user = user_with_roles(other_organisation, Role.COORDINATOR)
    add_second_factor(user)
    return user


def test_an_existing_account_signs_in_first(link, client, stranger):
    token = link(email=stranger.email)
    assert client.get(page(token)).templates[0].name == "identity/invitation_sign_in.html"
    # when somebody with the link tries to set a password
    client.post(page(token), PASSWORD)
    # then the account is as it was
    stranger.refresh_from_db()
    assert stranger.check_password("geheim wachtwoord 1")
    assert Invitation.objects.unanswered().count() == 1


def test_an_existing_account_joins(link, client, stranger):
    token = link(email=stranger.email)
    client.force_login(stranger)
    assert client.get(page(token)).status_code == 200
    assert client.post(page(token))["Location"] == "/werk/"
    assert RoleGrant.objects.in_force().get(user=stranger).role == Role.COORDINATOR


def test_another_account_does_not_take_the_roles(link, organisation, stranger):
    token = link(email=stranger.email)
    other = Client()
    other.force_login(user_with_roles(organisation, Role.STAFF))
    assert other.get(page(token)).status_code == 403
    assert other.post(page(token)).status_code == 409
    assert Invitation.objects.unanswered().count() == 1
    assert not RoleGrant.objects.filter(role=Role.COORDINATOR).exists()


def test_links_of_who_is_administrator_no_more_stop_working(link, administrator, actor_with, client):
    token = link()
    grant = RoleGrant.objects.get(user_id=administrator.identifier)

    end_role(actor=actor_with(Role.FUNCTIONAL_ADMINISTRATOR), grant=grant)

    assert client.post(page(token), PASSWORD).status_code == 410
    assert Entry.objects.filter(action="invitation.withdrawn").count() == 1
    assert not User.objects.filter(email=ADDRESS).exists()


def test_links_of_others_go_on_working(link, actor_with, client):
    token = link()
    leaving, staying = (actor_with(Role.FUNCTIONAL_ADMINISTRATOR) for _one in range(2))

    end_role(actor=staying, grant=RoleGrant.objects.get(user_id=leaving.identifier))

    assert client.post(page(token), PASSWORD).status_code == 302


def test_who_sends_an_invitation_again_is_the_inviter(link, actor_with, client):
    link()
    other = actor_with(Role.FUNCTIONAL_ADMINISTRATOR)

    send_again(actor=other, invitation=Invitation.objects.get(), address_of=lambda token: f"<{token}>")

    assert str(Invitation.objects.get().invited_by_id) == other.identifier


def test_the_inviter_does_not_take_the_roles(link, administrator):
    token = link()
    inviter = User.objects.get(pk=administrator.identifier)
    inviter.email = ADDRESS
    inviter.save()
    with pytest.raises(Refused):
        accept_as(token=token, user=inviter)
    assert RoleGrant.objects.get(user=inviter).role == Role.FUNCTIONAL_ADMINISTRATOR


def test_inviting_tells_nothing_about_accounts_elsewhere(client_as, stranger):
    # given an administrator who invites somebody of another body, and somebody unknown
    client = client_as(Role.FUNCTIONAL_ADMINISTRATOR)
    answers = []
    for email in (stranger.email, ADDRESS):
        typed = {"name": "Iemand", "email": email, "roles": [Role.STAFF]}
        response = client.post("/werk/rollen/uitnodigingen/nieuw/", typed, follow=True)
        answers.append((response.redirect_chain, response.content.decode().replace(email, "")))
        Invitation.objects.all().delete()
    # then
    assert re.sub(r'value="[^"]+"|[0-9a-f-]{36}', "", answers[0][1]) == re.sub(
        r'value="[^"]+"|[0-9a-f-]{36}', "", answers[1][1]
    )
    assert answers[0][0] == answers[1][0]


def test_a_link_of_another_body_does_not_work_here(link, other_organisation):
    token = link()
    assert Client(headers={"host": other_organisation.host}).get(page(token)).status_code == 410
    with organisation_scope(other_organisation.pk), pytest.raises(Refused):
        accept_as_new(token=token, password="een heel lang wachtwoord")


# -- Sending


def test_only_the_functional_administrator_invites(coordinator):
    with pytest.raises(PermissionDenied):
        invite(actor=coordinator, email=ADDRESS, name="N", roles=[Role.STAFF], address_of=str)


@pytest.mark.parametrize("roles", [[], ["emperor"], [Role.STAFF, "emperor"]])
def test_an_invitation_needs_roles_that_exist(administrator, roles):
    with pytest.raises(Refused):
        invite(actor=administrator, email=ADDRESS, name="N", roles=roles, address_of=str)


def test_who_is_here_already_is_not_invited_and_neither_is_oneself(administrator, organisation):
    colleague = user_with_roles(organisation, Role.STAFF)
    oneself = User.objects.get(pk=administrator.identifier)
    for email in (colleague.email.upper(), oneself.email):
        with pytest.raises(Refused):
            invite(actor=administrator, email=email, name="N", roles=[Role.STAFF], address_of=str)
    assert not Invitation.objects.exists()


def test_a_second_invitation_for_an_address_is_refused_while_the_first_is_open(link):
    link()
    with pytest.raises(Refused):
        link(email=ADDRESS.upper())
    assert Invitation.objects.count() == 1


def test_sending_again_makes_a_new_link_and_kills_the_old_one(link, administrator, client):
    old = link()
    Invitation.objects.update(expires_at=timezone.now())
    send_again(actor=administrator, invitation=Invitation.objects.get(), address_of=lambda token: f"<{token}>")
    new = latest_link()
    assert (client.get(page(old)).status_code, client.get(page(new)).status_code) == (410, 200)


def test_an_answered_invitation_is_not_sent_again_or_withdrawn(link, administrator):
    accept_as_new(token=link(), password="een heel lang wachtwoord")
    invitation = Invitation.objects.get()
    with pytest.raises(Refused):
        send_again(actor=administrator, invitation=invitation, address_of=str)
    with pytest.raises(Refused):
        withdraw(actor=administrator, invitation=invitation)


def test_the_pages_send_withdraw_and_list(client_as, organisation, other_organisation):
    client = client_as(Role.FUNCTIONAL_ADMINISTRATOR)
    typed = {"name": "Nieuw Mens", "email": ADDRESS, "roles": [Role.STAFF, Role.HANDLER]}
    assert client.post("/werk/rollen/uitnodigingen/nieuw/", typed).status_code == 302
    assert ADDRESS in client.get("/werk/rollen/uitnodigingen/").content.decode()
    assert "http://testserver/account/uitnodiging/" in Message.objects.get().body

    here = f"/werk/rollen/uitnodigingen/{Invitation.objects.get().pk}/"
    assert client.post(f"{here}opnieuw/").status_code == 302
    assert client.post(f"{here}intrekken/").status_code == 302
    assert ADDRESS not in client.get("/werk/rollen/uitnodigingen/").content.decode().replace(f"{ADDRESS}.", "")

    with organisation_scope(other_organisation.pk):
        theirs = Invitation.objects.create(
            organisation=other_organisation, email=ADDRESS, name="N", token_hash="x", expires_at=timezone.now()
        )
    assert client.post(f"/werk/rollen/uitnodigingen/{theirs.pk}/intrekken/").status_code == 404


def test_a_bad_invitation_is_shown_again_with_what_was_typed(client_as):
    client = client_as(Role.FUNCTIONAL_ADMINISTRATOR)
    response = client.post("/werk/rollen/uitnodigingen/nieuw/", {"name": "Nieuw Mens", "email": "geen adres"})
    assert response.status_code == 422
    assert 'value="Nieuw Mens"' in response.content.decode()
    assert not Invitation.objects.exists()
