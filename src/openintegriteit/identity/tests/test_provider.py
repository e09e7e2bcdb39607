"""Signing in through a body's sign-in service that runs: the way there and back, and attacks on that way."""

import base64
import hashlib
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.tests.factories import user_with_roles
from openintegriteit.identity.tests.provider_visits import (
    BACK,
    SIGN_IN,
    account,
    refused,
)
from openintegriteit.identity.tests.running_provider import LEAVE, path_of

pytestmark = pytest.mark.django_db


def test_somebody_with_an_account_comes_in_without_a_password(service, client, organisation):
    user = account(organisation, "fenna", Role.STAFF)
    service.knows("fenna")

    answer = service.sign_in(client, "fenna")

    assert answer["Location"] == "/werk/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get("/werk/account/").status_code == 200
    assert [entry.action for entry in Entry.objects.order_by("number")] == [
        "provider.account_linked",
        "account.signed_in",
    ]


def test_the_page_offers_the_service_and_keeps_the_page_that_was_asked_for(service, client):
    page = client.get(f"{SIGN_IN}?next=/werk/account/").content.decode()
    assert "Log in met Gemeentenet" in page
    assert f"{LEAVE}?next=/werk/account/" in page


def test_without_a_service_there_is_no_button_and_no_way(client, organisation):
    assert LEAVE not in client.get(SIGN_IN).content.decode()
    assert client.get(LEAVE).status_code == 404
    assert client.get(BACK).status_code == 404


def test_state_nonce_and_proof_key_are_new_each_time_and_arrive(service, client, organisation):
    account(organisation, "gerrit", Role.STAFF)
    service.knows("gerrit")
    asked = [parse_qs(urlsplit(client.get(LEAVE)["Location"]).query) for _n in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
    assert asked[0]["code_challenge_method"] == ["S256"]
    assert asked[0]["response_type"] == ["code"]
    # when somebody signs in, the service is shown the key that belongs to the challenge
    address = client.get(LEAVE)["Location"]
    client.get(path_of(service.approve(address, "gerrit")))
    verifier = next(form["code_verifier"][0] for path, form in service.asked if path == "/oauth2/token")
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    assert parse_qs(urlsplit(address).query)["code_challenge"] == [digest]


def test_the_page_asked_for_is_opened_only_on_this_site(service, client, organisation):
    account(organisation, "henk", Role.STAFF)
    service.knows("henk")
    assert service.sign_in(client, "henk", next_page="/werk/account/")["Location"] == "/werk/account/"
    for harmful in ("https://kwaad.example/", "//kwaad.example", "javascript:alert(1)", "/\\kwaad.example"):
        assert service.sign_in(Client(), "henk", next_page=harmful)["Location"] == "/werk/"


def test_what_the_visitor_adds_to_the_address_does_not_reach_the_service(service, client):
    more = "prompt=none&redirect_uri=https://kwaad.example"
    harmful = {"scope": "offline_access", "auth_params": more, "process": "connect"}
    asked = parse_qs(urlsplit(client.get(LEAVE, harmful)["Location"]).query)
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert "prompt" not in asked
    assert asked["redirect_uri"] == [f"http://testserver{BACK}"]


def test_a_planted_session_is_not_the_one_that_is_signed_in(service, client, organisation):
    account(organisation, "ida", Role.STAFF)
    service.knows("ida")
    address = client.get(LEAVE)["Location"]
    before = client.session.session_key
    client.get(path_of(service.approve(address, "ida")))
    assert client.session.session_key != before
    assert not type(client.session)(before).exists(before)


def test_somebody_who_is_signed_in_already_becomes_the_one_whom_the_service_sends(service, client, organisation):
    client.force_login(user_with_roles(organisation, Role.STAFF))
    user = account(organisation, "jaap", Role.STAFF)
    service.knows("jaap")
    service.sign_in(client, "jaap")
    assert client.session["_auth_user_id"] == str(user.pk)


# -- Attacks on the way


def test_an_answer_works_once(service, client, organisation):
    account(organisation, "klaas", Role.STAFF)
    service.knows("klaas")
    back = path_of(service.approve(client.get(LEAVE)["Location"], "klaas"))
    assert client.get(back).status_code == 302
    client.post("/account/uitloggen/")
    assert refused(client, client.get(back))


def test_an_answer_works_only_in_the_browser_that_asked(service, client, organisation):
    account(organisation, "lies", Role.STAFF)
    service.knows("lies")
    back = path_of(service.approve(client.get(LEAVE)["Location"], "lies"))
    victim = Client()
    assert refused(victim, victim.get(back))


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x&code=y", "?error=access_denied", "?state=%00&code=%00"])
def test_an_answer_to_nothing_is_refused(service, client, query):
    assert refused(client, client.get(f"{BACK}{query}"))


def test_who_changes_his_mind_at_the_service_can_try_again(service, client):
    state = parse_qs(urlsplit(client.get(LEAVE)["Location"]).query)["state"][0]
    assert refused(client, client.get(f"{BACK}?error=access_denied&state={state}"))
    assert client.get(LEAVE).status_code == 302


def test_an_old_answer_is_refused(service, client, organisation, time_machine):
    time_machine.move_to(time.time())
    account(organisation, "mies", Role.STAFF)
    service.knows("mies")
    back = path_of(service.approve(client.get(LEAVE)["Location"], "mies"))
    time_machine.shift(11 * 60)
    assert refused(client, client.get(back))
