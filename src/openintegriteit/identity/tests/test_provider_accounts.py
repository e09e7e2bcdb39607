"""Whose account a sign-in service opens, and what its groups give."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from openintegriteit.core.roles import SECOND_GRANTER, Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.claims import add_claim_role, change_rules, remove_claim_role, rules_of
from openintegriteit.identity.models import ClaimRole, ProviderLink, RoleGrant, User
from openintegriteit.identity.refusal import Refused
from openintegriteit.identity.rules import FROM_CLAIMS
from openintegriteit.identity.tests.factories import user_with_roles
from openintegriteit.identity.tests.provider_visits import (
    ADMINISTRATOR,
    SIGN_IN,
    account,
    is_signed_in,
    refused,
    roles_of,
)
from openintegriteit.organisations.models import Person

pytestmark = pytest.mark.django_db


# -- Whose account


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": 1},
        {"email_verified": None},
        {"email": None},
        {"email": ["saar@proef.example"]},
        {"email": "saar@kwaad.example"},
        {"email": "saar@sub.proef.example"},
        {"email": "saar@kwaad.example@proef.example"},
        {"email": "@proef.example"},
    ],
    ids=str,
)
def test_an_address_that_the_service_may_not_speak_for_opens_no_account(service, client, organisation, claims):
    account(organisation, "saar", Role.STAFF)
    service.knows("saar", **claims)
    assert refused(client, service.sign_in(client, "saar"))
    assert not ProviderLink.objects.exists()


def test_an_address_that_went_to_somebody_else_does_not_open_the_account_of_before(service, client, organisation):
    account(organisation, "teun", Role.STAFF)
    service.knows("teun")
    assert service.sign_in(client, "teun").status_code == 302
    # when the address is handed on to a newcomer with another name at the service
    service.knows("teun2", email="teun@proef.example")
    newcomer = Client()
    assert refused(newcomer, service.sign_in(newcomer, "teun2"))


def test_who_gets_another_address_keeps_the_account(service, organisation):
    user = account(organisation, "ulla", Role.STAFF)
    service.knows("ulla")
    service.sign_in(Client(), "ulla")
    service.knows("ulla", email="ulla.nieuwenaam@proef.example")
    client = Client()
    service.sign_in(client, "ulla")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_nobody_learns_who_has_an_account_here_or_elsewhere(service, organisation, other_organisation, settings):
    settings.OIDC_PROVIDERS = (service.of_body("testserver"),)
    with organisation_scope(other_organisation.pk):
        account(other_organisation, "vera", Role.STAFF)
    pages = []
    for subject in ("vera", "niemand"):
        service.knows(subject)
        answer = service.sign_in(Client(), subject)
        assert answer.status_code == 403
        pages.append(answer.content)
    assert pages[0] == pages[1]
    assert not ProviderLink.objects.exists()


def test_who_was_closed_out_does_not_come_in(service, client, organisation):
    account(organisation, "wim", Role.STAFF)
    User.objects.update(is_active=False)
    service.knows("wim")
    assert service.sign_in(client, "wim")["Location"] == "/account/inactief/"
    assert not is_signed_in(client)


# -- Roles of groups


def test_a_group_gives_an_account_and_a_role_and_takes_it_back(service, client, administrator):
    add_claim_role(actor=administrator, value="integriteit", role=Role.HR)
    service.knows("xena", groups=["integriteit", "iedereen"])
    service.sign_in(client, "xena")
    user = User.objects.get(email="xena@proef.example")
    assert (user.name, user.has_usable_password(), roles_of(user)) == ("Xena", False, {Role.HR})
    # when the group is taken away there, the role ends at the next sign-in
    service.knows("xena", groups=["iedereen"])
    service.sign_in(Client(), "xena")
    assert roles_of(user) == set()
    assert [e.action for e in Entry.objects.filter(action__startswith="role.")] == ["role.granted", "role.ended"]
    # and in the visit that is open elsewhere too
    assert client.get("/werk/account/").status_code == 403


def test_a_role_that_somebody_gave_stays_whatever_the_groups_are(service, client, administrator, organisation):
    add_claim_role(actor=administrator, value="p", role=Role.COORDINATOR)
    user = account(organisation, "yde", Role.STAFF)
    service.knows("yde", groups=[])
    service.sign_in(client, "yde")
    assert roles_of(user) == {Role.STAFF}


def test_the_body_chooses_the_claim(service, client, administrator, organisation):
    rules = rules_of(organisation.pk)
    change_rules(actor=administrator, rules=rules, expected_version=rules.version, values={"claim": "roles"})
    add_claim_role(actor=administrator, value="ZoCo", role=Role.STAFF)
    service.knows("zoe", groups=["ander"], roles="ZoCo")
    service.sign_in(client, "zoe")
    assert roles_of(User.objects.get(email="zoe@proef.example")) == {Role.STAFF}


def test_no_sensitive_role_comes_from_a_group(service, client, administrator, organisation):
    assert not FROM_CLAIMS & (SECOND_GRANTER | {Role.SECRETARY})
    for role in [*SECOND_GRANTER, Role.SECRETARY, "keizer"]:
        with pytest.raises(Refused):
            add_claim_role(actor=administrator, value="g", role=role)
    for role in [*SECOND_GRANTER, Role.SECRETARY]:
        with pytest.raises(IntegrityError), transaction.atomic():
            ClaimRole.objects.create(organisation=organisation, value="g", role=role)
        with pytest.raises(IntegrityError), transaction.atomic():
            user = user_with_roles(organisation)
            RoleGrant.objects.create(organisation=organisation, user=user, role=role, by_claim=True)
    # and a group that is called like one gives nothing
    service.knows("aad", groups=[role.value for role in Role])
    assert refused(client, service.sign_in(client, "aad"))


def test_only_the_functional_administrator_maps_groups(actor_with, organisation):
    for role in set(Role) - {ADMINISTRATOR}:
        actor = actor_with(role)
        with pytest.raises(PermissionDenied):
            add_claim_role(actor=actor, value="g", role=Role.STAFF)
        with pytest.raises(PermissionDenied):
            change_rules(actor=actor, rules=rules_of(organisation.pk), expected_version=1, values={"claim": "x"})


def test_a_group_that_gives_a_role_no_more_ends_it_at_once(service, client, administrator):
    mapped = add_claim_role(actor=administrator, value="personeel", role=Role.STAFF)
    service.knows("bas", groups=["personeel"])
    service.sign_in(client, "bas")
    assert client.get("/werk/account/").status_code == 200
    remove_claim_role(actor=administrator, mapped=mapped)
    assert client.get("/werk/account/").status_code == 403


def test_a_role_of_a_group_counts_only_in_a_visit_that_began_at_the_service(service, client, administrator):
    # given somebody who got a role by a group, and has chosen a password too
    add_claim_role(actor=administrator, value="personeel", role=Role.STAFF)
    service.knows("cas", groups=["personeel"])
    service.sign_in(client, "cas")
    user = User.objects.get(email="cas@proef.example")
    user.set_password("geheim wachtwoord 1")
    user.save()
    # when the service lets him in no more, the password opens nothing
    client = Client()
    client.post(SIGN_IN, {"login": user.email, "password": "geheim wachtwoord 1"})
    assert is_signed_in(client)
    assert client.get("/werk/account/").status_code == 403


def test_who_has_left_gets_no_role_whatever_the_service_still_says(service, client, administrator, organisation):
    add_claim_role(actor=administrator, value="personeel", role=Role.STAFF)
    service.knows("dirk", groups=["personeel"])
    service.sign_in(client, "dirk")
    Person.objects.create(
        organisation=organisation,
        personnel_number="1",
        family_name="Dirk",
        email="dirk@proef.example",
        ended_on=date(2020, 1, 1),
    )
    again = Client()
    service.sign_in(again, "dirk")
    assert again.get("/werk/account/").status_code == 403
    assert roles_of(User.objects.get(email="dirk@proef.example")) == set()


def test_who_got_a_new_account_at_the_service_is_untied_from_the_old_one(service, client_as, organisation):
    user = account(organisation, "els", Role.STAFF)
    service.knows("els")
    service.sign_in(Client(), "els")
    service.knows("els2", email="els@proef.example")
    administrator = client_as(ADMINISTRATOR)
    assert "losmaken" in administrator.get(f"/werk/rollen/{user.pk}/").content.decode()
    administrator.post(f"/werk/rollen/{user.pk}/losmaken/")
    client = Client()
    service.sign_in(client, "els2")
    assert client.session["_auth_user_id"] == str(user.pk)
