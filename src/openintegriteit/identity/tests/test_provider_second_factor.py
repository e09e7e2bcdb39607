"""When the second factor of a sign-in service counts here."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from openintegriteit.core.roles import SECOND_GRANTER, Role
from openintegriteit.identity.claims import change_rules, rules_of
from openintegriteit.identity.models import User
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.identity.tests.provider_visits import APP, CODE, SIGN_IN, account, is_signed_in
from openintegriteit.identity.tests.test_sign_in import code_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepts_mfa(administrator, organisation):
    rules = rules_of(organisation.pk)
    values = {"second_factor": "mfa, urn:sterk"}
    change_rules(actor=administrator, rules=rules, expected_version=rules.version, values=values)


@pytest.mark.parametrize("claims", [{"amr": ["pwd", "mfa"]}, {"acr": "urn:sterk"}])
def test_a_second_factor_at_the_service_counts_when_the_body_says_so(
    service, client, organisation, accepts_mfa, claims
):
    user = account(organisation, "daan", Role.COORDINATOR)
    service.knows("daan", **claims)
    service.sign_in(client, "daan")
    assert client.get("/werk/account/").status_code == 200
    # also for who has one here: it is not asked twice
    add_second_factor(user)
    assert service.sign_in(Client(), "daan")["Location"] == "/werk/"


@pytest.mark.parametrize("claims", [{}, {"amr": ["pwd"]}, {"amr": "mfa-niet"}, {"acr": "0"}, {"amr": {"mfa": 1}}])
def test_other_values_do_not_count(service, organisation, accepts_mfa, claims):
    user = account(organisation, "eva", Role.COORDINATOR)
    service.knows("eva", **claims)
    client = Client()
    service.sign_in(client, "eva")
    assert client.get("/werk/account/")["Location"] == APP
    secret, client = add_second_factor(user), Client()
    assert service.sign_in(client, "eva")["Location"] == CODE
    assert not is_signed_in(client)
    assert client.post(CODE, {"code": code_of(secret)}).status_code == 302
    assert is_signed_in(client)


def test_it_does_not_count_when_the_body_has_not_said_so(service, client, organisation):
    account(organisation, "frits", Role.COORDINATOR)
    service.knows("frits", amr=["mfa"])
    service.sign_in(client, "frits")
    assert client.get("/werk/account/")["Location"] == APP


@pytest.mark.parametrize("role", sorted(SECOND_GRANTER))
def test_who_holds_a_sensitive_role_keeps_a_second_factor_here(service, client, organisation, accepts_mfa, role):
    add_second_factor(account(organisation, "gijs", role))
    service.knows("gijs", amr=["mfa"])
    assert service.sign_in(client, "gijs")["Location"] == CODE


def test_strength_does_not_pass_to_somebody_else_in_the_same_browser(service, client, organisation, accepts_mfa):
    # given a strong sign-in of somebody whose account is closed, so that it stops halfway
    closed = account(organisation, "hans", Role.COORDINATOR)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    service.knows("hans", amr=["mfa"])
    service.sign_in(client, "hans")
    # when another signs in there with a password
    other = user_with_roles(organisation, Role.COORDINATOR)
    add_second_factor(other)
    answer = client.post(SIGN_IN, {"login": other.email, "password": "geheim wachtwoord 1"})
    assert answer["Location"] == CODE


def test_the_word_of_the_service_does_not_change_an_account_that_has_a_second_factor(
    service, client, organisation, accepts_mfa
):
    user = account(organisation, "inge", Role.COORDINATOR)
    add_second_factor(user)
    RecoveryCodes.activate(user)
    service.knows("inge", amr=["mfa"])
    service.sign_in(client, "inge")
    for address in ("herstelcodes/", "herstelcodes/bestand/", "herstelcodes/nieuw/", "app/weg/"):
        assert "bevestigen/?" in client.get(f"/account/tweede-factor/{address}")["Location"]


def test_who_has_none_yet_sets_one_up(service, client, organisation):
    account(organisation, "joke", Role.COORDINATOR)
    User.objects.filter(email="joke@proef.example").update(password="!")
    service.knows("joke")
    service.sign_in(client, "joke")
    assert client.get(APP).status_code == 200
    assert client.post(APP, {"code": code_of(client.session["mfa.totp.secret"])}).status_code == 302
