"""A lost phone: who may have a new second factor set up, what ends, and what other bodies have to do with it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from openintegriteit.config.console import run
from openintegriteit.core.roles import SECOND_GRANTER, Role, console_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.models import RoleGrant, SecondFactorReset, Session
from openintegriteit.identity.queries import actor_for
from openintegriteit.identity.refusal import Refused
from openintegriteit.identity.resets import (
    ask_reset,
    confirm_reset,
    reset_from_console,
    resume_roles,
    withdraw_reset,
)
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.messages.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADMINISTRATOR = Role.FUNCTIONAL_ADMINISTRATOR
SIGN_IN, PASSWORD = "/account/inloggen/", "geheim wachtwoord 1"


@pytest.fixture
def administrator(actor_with):
    return actor_with(ADMINISTRATOR)


@pytest.fixture
def secretary(actor_with):
    return actor_with(Role.SECRETARY)


def person_with_phone(organisation, *roles):
    user = user_with_roles(organisation, *roles)
    add_second_factor(user)
    return user


def has_phone(user):
    return Authenticator.objects.filter(user=user).exists()


def roles_at(body, user):
    with organisation_scope(body.pk):
        return actor_for(user, body.pk).roles


def give(body, user, *roles):
    with organisation_scope(body.pk):
        for role in roles:
            RoleGrant.objects.create(organisation=body, user=user, role=role, confirmed_at="2026-01-01T00:00Z")


def actions():
    return list(Entry.objects.order_by("number").values_list("action", flat=True))


def subjects_to(user):
    return [message.subject for message in Message.objects.filter(recipient=user.email)]


# -- Within one body


def test_who_lost_the_phone_sets_up_a_new_second_factor_at_the_next_sign_in(administrator, organisation):
    # given somebody with an app who is signed in
    coordinator = person_with_phone(organisation, Role.COORDINATOR)
    elsewhere = Client()
    elsewhere.force_login(coordinator)
    assert elsewhere.get("/werk/account/").status_code == 200
    # when the administrator takes the second factor away
    ask_reset(actor=administrator, user=coordinator)
    # then every visit has ended, the log and the person know
    assert not has_phone(coordinator)
    assert not Session.objects.filter(user=coordinator).exists()
    assert elsewhere.get("/werk/account/")["Location"].startswith(SIGN_IN)
    assert actions() == ["second_factor.reset"]
    assert subjects_to(coordinator) == ["Uw tweede stap is weggehaald"]
    # and the password alone leads to the set-up of a new one, and no further
    client = Client()
    client.post(SIGN_IN, {"login": coordinator.email, "password": PASSWORD})
    assert client.get("/werk/account/")["Location"] == "/account/tweede-factor/app/"


@pytest.mark.parametrize("role", sorted(SECOND_GRANTER))
def test_for_a_sensitive_role_a_second_person_confirms(administrator, secretary, organisation, role):
    person = person_with_phone(organisation, role, Role.STAFF)

    reset = ask_reset(actor=administrator, user=person)

    assert has_phone(person)
    assert actions() == ["second_factor.reset_asked"]
    assert Message.objects.exclude(recipient=person.email).count() >= 1
    # when the second person confirms
    confirm_reset(actor=secretary, reset=reset)
    assert not has_phone(person)
    assert actions() == ["second_factor.reset_asked", "second_factor.reset"]


def test_a_sensitive_role_that_still_waits_needs_the_second_person_too(administrator, organisation):
    person = person_with_phone(organisation, Role.STAFF)
    RoleGrant.objects.create(organisation=organisation, user=person, role=Role.HANDLER)
    ask_reset(actor=administrator, user=person)
    assert has_phone(person)


def test_nobody_does_it_for_oneself(organisation, secretary):
    person = person_with_phone(organisation, ADMINISTRATOR)
    oneself = actor_for(person, organisation.pk)
    with pytest.raises(Refused):
        ask_reset(actor=oneself, user=person)
    reset = ask_reset(actor=secretary, user=person)
    with pytest.raises(Refused):
        confirm_reset(actor=oneself, reset=reset)
    assert has_phone(person)


def test_who_asked_does_not_confirm(administrator, organisation):
    person = person_with_phone(organisation, Role.ADVISER)
    reset = ask_reset(actor=administrator, user=person)
    with pytest.raises(Refused):
        confirm_reset(actor=administrator, reset=reset)
    assert has_phone(person)


def test_the_database_itself_refuses_one_person_on_both_sides(organisation):
    person, other = user_with_roles(organisation, Role.STAFF), user_with_roles(organisation, ADMINISTRATOR)
    for values in (
        {"asked_by": person},
        {"asked_by": other, "confirmed_by": other},
        {"asked_by": other, "confirmed_by": person},
        {"confirmed_by": person},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            SecondFactorReset.objects.create(organisation=organisation, user=person, **values)


def test_the_secretary_asks_for_an_administrator_only(secretary, administrator, organisation):
    person = person_with_phone(organisation, Role.COORDINATOR)
    with pytest.raises(Refused):
        ask_reset(actor=secretary, user=person)
    colleague = person_with_phone(organisation, ADMINISTRATOR)
    confirm_reset(actor=administrator, reset=ask_reset(actor=secretary, user=colleague))
    assert has_phone(person)
    assert not has_phone(colleague)


@pytest.mark.parametrize("role", [role for role in Role if role not in (ADMINISTRATOR, Role.SECRETARY)])
def test_no_other_role_has_anything_to_say_about_it(actor_with, administrator, organisation, role):
    actor, person = actor_with(role), person_with_phone(organisation, Role.HANDLER)
    reset = ask_reset(actor=administrator, user=person)
    for refused in (
        lambda: ask_reset(actor=actor, user=person),
        lambda: confirm_reset(actor=actor, reset=reset),
        lambda: withdraw_reset(actor=actor, reset=reset),
        lambda: resume_roles(actor=actor, user=person),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    assert has_phone(person)


def test_it_waits_once_is_done_once_and_can_be_withdrawn(administrator, secretary, organisation):
    person = person_with_phone(organisation, Role.INVESTIGATOR)
    reset = ask_reset(actor=administrator, user=person)
    with pytest.raises(Refused):
        ask_reset(actor=administrator, user=person)
    withdraw_reset(actor=administrator, reset=reset)
    with pytest.raises(Refused):
        confirm_reset(actor=secretary, reset=reset)
    assert has_phone(person)
    again = ask_reset(actor=administrator, user=person)
    confirm_reset(actor=secretary, reset=again)
    for late in (confirm_reset, withdraw_reset):
        with pytest.raises(Refused):
            late(actor=secretary, reset=again)


def test_who_has_no_role_here_any_more_is_left_alone(administrator, organisation):
    person = person_with_phone(organisation, Role.STAFF)
    RoleGrant.objects.filter(user=person).update(ended_at="2026-01-01T00:00Z")
    with pytest.raises(Refused):
        ask_reset(actor=administrator, user=person)
    assert has_phone(person)


# -- Where a person works for another body too


@pytest.fixture
def shared(organisation, other_organisation):
    """Staff here, and case handler and administrator at the other body."""
    person = person_with_phone(organisation, Role.STAFF)
    give(other_organisation, person, Role.HANDLER, ADMINISTRATOR)
    return person


def test_rights_elsewhere_wait_until_that_body_knows_whose_account_it_is(
    shared, administrator, organisation, other_organisation
):
    # given an administrator of the other body
    with organisation_scope(other_organisation.pk):
        there = user_with_roles(other_organisation, ADMINISTRATOR)
    # when this body takes the second factor away
    ask_reset(actor=administrator, user=shared)
    # then the rights here are as they were, and those elsewhere give nothing
    assert roles_at(organisation, shared) == {Role.STAFF}
    assert roles_at(other_organisation, shared) == set()
    client = Client(headers={"host": "ander.example"})
    client.post(SIGN_IN, {"login": shared.email, "password": PASSWORD})
    page = client.get("/werk/account/")
    assert page.status_code == 403
    assert "Uw rollen hier wachten" in page.content.decode()
    # and the other body is told, without a word about who or where
    with organisation_scope(other_organisation.pk):
        entries = Entry.objects.filter(action="role.paused")
        told = Message.objects.get(recipient=there.email)
        assert {entry.actor_id for entry in entries} == {""}
        said = "".join(str(vars(entry)) for entry in entries) + told.subject + told.body
        for secret in ("Gemeente Proef", str(administrator.organisation_id), administrator.label):
            assert secret not in said
        # when somebody there confirms
        resume_roles(actor=actor_for(there, other_organisation.pk), user=shared)
    assert roles_at(other_organisation, shared) == {Role.HANDLER, ADMINISTRATOR}


def test_this_body_does_not_learn_of_the_other(shared, administrator, organisation, client_as):
    alone = person_with_phone(organisation, Role.STAFF)
    client, pages = client_as(ADMINISTRATOR), []
    for user in (shared, alone):
        client.post(f"/werk/rollen/{user.pk}/tweede-stap/")
        page = client.get(f"/werk/rollen/{user.pk}/").content.decode()
        pages.append(page.replace(user.name, "X").replace(user.email, "x").replace(str(user.pk), "id"))
    texts = [page[page.index("<main") : page.index("</main")] for page in pages]
    with_own_keys = re.compile(r'value="[^"]+"|\d\d:\d\d|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')
    assert with_own_keys.sub("", texts[0]) == with_own_keys.sub("", texts[1])
    assert {entry.action for entry in Entry.objects.filter(organisation_id=organisation.pk)} == {"second_factor.reset"}


def test_nobody_lets_ones_own_rights_count_again(shared, administrator, other_organisation):
    with organisation_scope(other_organisation.pk):
        give(other_organisation, shared, Role.SECRETARY)
    ask_reset(actor=administrator, user=shared)
    with organisation_scope(other_organisation.pk):
        RoleGrant.objects.filter(user=shared, role=Role.SECRETARY).update(paused_at=None)
        with pytest.raises(Refused):
            resume_roles(actor=actor_for(shared, other_organisation.pk), user=shared)


def test_there_is_nothing_to_let_count_again_without_a_reset(administrator, organisation):
    with pytest.raises(Refused):
        resume_roles(actor=administrator, user=user_with_roles(organisation, Role.STAFF))


# -- The console


def test_the_console_helps_a_body_with_one_administrator_and_lets_its_waiting_roles_count(
    shared, administrator, other_organisation
):
    ask_reset(actor=administrator, user=shared)
    add_second_factor(shared)
    with organisation_scope(other_organisation.pk):
        reset_from_console(actor=console_actor(other_organisation.pk), user=shared)
    assert not has_phone(shared)
    assert roles_at(other_organisation, shared) == {Role.HANDLER, ADMINISTRATOR}


def test_the_command_does_it_for_a_known_address_only(organisation, capsys):
    person = person_with_phone(organisation, ADMINISTRATOR)
    assert run(["reset-second-factor", "niemand@proef.example"]) == 1
    assert has_phone(person)
    assert run(["reset-second-factor", person.email.upper()]) == 0
    assert not has_phone(person)
    assert person.name in capsys.readouterr().out
    assert Entry.objects.get().actor_id == "console"


# -- The pages


def test_the_pages_do_it_with_two_people(client_as, organisation):
    person = person_with_phone(organisation, Role.ADVISER)
    first, second = client_as(ADMINISTRATOR), client_as(Role.SECRETARY)
    page = first.get(f"/werk/rollen/{person.pk}/").content.decode()
    assert "Telefoon kwijt?" in page
    first.post(f"/werk/rollen/{person.pk}/tweede-stap/")
    reset = SecondFactorReset.objects.get()
    assert "/bevestigen/" not in first.get(f"/werk/rollen/{person.pk}/").content.decode()
    assert person.name in second.get("/werk/rollen/").content.decode()
    assert f"/tweede-stap/{reset.pk}/bevestigen/" in second.get(f"/werk/rollen/{person.pk}/").content.decode()
    second.post(f"/werk/rollen/tweede-stap/{reset.pk}/bevestigen/")
    assert not has_phone(person)
    assert "Tweede stap weggehaald door" in first.get(f"/werk/rollen/{person.pk}/").content.decode()


def test_there_is_no_button_for_oneself(client_as):
    client = client_as(ADMINISTRATOR)
    own = client.session["_auth_user_id"]
    assert "Telefoon kwijt?" not in client.get(f"/werk/rollen/{own}/").content.decode()
