"""Passkeys: they sign in by themselves, at the host where they were made, for who made them, and once per question."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.tests.factories import user_with_roles
from openintegriteit.identity.tests.passkey_device import PRESENT, Device
from openintegriteit.messages.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADD, SIGN_IN, CODE = "/account/passkeys/nieuw/", "/account/passkeys/inloggen/", "/account/tweede-factor/code/"
PASSWORD = "geheim wachtwoord 1"
FRAME = {"id": "AA", "rawId": "AA", "type": "public-key", "clientExtensionResults": {}}
PARTS = ("userHandle", "authenticatorData", "signature", "clientDataJSON")


@pytest.fixture
def person(organisation):
    return user_with_roles(organisation, Role.COORDINATOR)


def signed_in(person, **headers):
    """A browser in which somebody has just typed the password."""
    client = Client(**headers)
    client.post("/account/inloggen/", {"login": person.email, "password": PASSWORD})
    return client


def asked_on(page):
    """What the page asks of the device."""
    return json.loads(
        re.search(r'<script id="js_data" type="application/json">(.+?)</script>', page.content.decode())[1]
    )


def make_passkey(client, device, name="laptop", **how):
    options = asked_on(client.get(ADD))["creation_options"]
    return client.post(ADD, {"name": name, "credential": json.dumps(device.makes(options, **how))})


def question_for_sign_in(client):
    answer = client.get(SIGN_IN, headers={"accept": "application/json", "x-requested-with": "XMLHttpRequest"})
    return answer.json()["request_options"]


def sign_in(client, device, **how):
    answer = device.signs(question_for_sign_in(client), **how)
    return client.post(SIGN_IN, {"credential": json.dumps(answer)})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def actions():
    return list(Entry.objects.order_by("number").values_list("action", flat=True))


@pytest.fixture
def device(person):
    """A device with a passkey of the person."""
    device = Device()
    assert make_passkey(signed_in(person), device).status_code == 302
    return device


def test_a_passkey_is_made_with_recovery_codes_a_log_entry_and_a_mail(person):
    response = make_passkey(signed_in(person), Device())

    assert response["Location"] == "/account/tweede-factor/herstelcodes/"
    assert "account.passkey_added" in actions()
    mail = Message.objects.get()
    assert (mail.recipient, mail.subject) == (person.email, "Er is iets veranderd aan hoe u zich aanmeldt")
    assert "Passkey gemaakt" in mail.body


def test_a_passkey_counts_as_the_second_factor_that_a_role_needs(person):
    client = signed_in(person)
    assert client.get("/werk/")["Location"] == "/account/tweede-factor/app/"

    make_passkey(client, Device())

    assert client.get("/werk/").status_code == 200


def test_signing_in_with_a_passkey_alone_leads_to_the_desk(device, person):
    client = Client()

    response = sign_in(client, device)

    assert (response.status_code, response["Location"]) == (302, "/werk/")
    assert client.get("/werk/").status_code == 200
    assert actions()[-1] == "account.signed_in"


def test_a_passkey_is_a_second_step_after_the_password(device, person):
    client = signed_in(person)
    assert not is_signed_in(client)
    page = client.get(CODE)
    assert "Gebruik uw passkey" in page.content.decode()

    client.post(CODE, {"credential": json.dumps(device.signs(asked_on(page)["request_options"]))})

    assert is_signed_in(client)


def test_an_answer_counts_for_one_question_only(device):
    first, second = Client(), Client()
    answer = json.dumps(device.signs(question_for_sign_in(first)))
    first.post(SIGN_IN, {"credential": answer})
    question_for_sign_in(second)

    second.post(SIGN_IN, {"credential": answer})

    assert is_signed_in(first)
    assert not is_signed_in(second)
    assert actions()[-1] == "account.sign_in_failed"


def test_a_device_that_did_not_check_its_holder_is_refused(device, organisation):
    client, other = Client(), Device()

    sign_in(client, device, flags=PRESENT)
    refused = make_passkey(signed_in(user_with_roles(organisation, Role.STAFF)), other, flags=PRESENT)

    assert not is_signed_in(client)
    assert refused.status_code == 422
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_a_passkey_of_another_website_is_refused(device):
    client, elsewhere = Client(), Device("https://kwaad.example")
    elsewhere.private_key, elsewhere.credential_id, elsewhere.holder = (
        device.private_key,
        device.credential_id,
        device.holder,
    )

    sign_in(client, elsewhere)

    assert not is_signed_in(client)


def test_nobody_signs_in_as_another_with_a_passkey_of_their_own(device, organisation):
    client, attacker = Client(), Device()
    make_passkey(signed_in(user_with_roles(organisation, Role.STAFF)), attacker)
    attacker.holder = device.holder

    sign_in(client, attacker)

    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "x",
        "[]",
        "1",
        "null",
        '"x"',
        "{}",
        '{"id": "a", "rawId": "b"}',
        '{"response": {"userHandle": "AA"}}',
        json.dumps(FRAME | {"clientExtensionResults": 1, "response": {"userHandle": "AA"}}),
        json.dumps(FRAME | {"response": dict.fromkeys(PARTS, "AA")}),
    ],
)
def test_what_no_device_says_is_refused_in_words(device, person, credential):
    client = Client()
    question_for_sign_in(client)
    adding = signed_in(person)
    adding.post(CODE, {"credential": credential})

    response = client.post(SIGN_IN, {"credential": credential})

    assert (response.status_code, response["Location"]) == (302, "/account/inloggen/")
    assert not is_signed_in(client)
    assert not is_signed_in(adding)


@pytest.mark.parametrize("credential", ["", "x", "[]", "{}", '{"id": "a", "rawId": "b"}'])
def test_what_no_device_says_makes_no_passkey(person, credential):
    client = signed_in(person)
    client.get(ADD)

    response = client.post(ADD, {"name": "laptop", "credential": credential})

    assert response.status_code == 422
    assert not Authenticator.objects.exists()


def test_the_account_page_names_each_passkey(device):
    client = Client()
    sign_in(client, device)

    here = client.get("/werk/account/").content.decode()

    assert "Passkey: laptop" in here
    assert "werkt op" not in here


def test_a_passkey_of_one_body_is_no_way_in_at_another_but_a_recovery_code_is(device, person, other_organisation):
    client = signed_in(person, HTTP_HOST="ander.example")

    page = client.get(CODE, headers={"host": "ander.example"}).content.decode()

    assert "hoort bij een andere website" in page
    assert "js_data" not in page


def test_removing_a_passkey_ends_it(device, person):
    client = Client()
    sign_in(client, device)
    address = f"/account/passkeys/{device.key}/weg/"
    assert "laptop" in client.get(address).content.decode()

    assert client.post(address)["Location"] == "/werk/account/"

    again = Client()
    sign_in(again, device)
    assert not is_signed_in(again)
    assert "account.passkey_removed" in actions()


def test_somebody_elses_passkey_is_as_absent(device, organisation):
    client = signed_in(user_with_roles(organisation, Role.STAFF))

    assert client.post(f"/account/passkeys/{device.key}/weg/").status_code == 404
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_changing_how_one_signs_in_asks_the_passkey_again_after_a_while(device):
    client = Client()
    sign_in(client, device)
    session = client.session
    session["account_authentication_methods"] = [
        entry | {"at": entry["at"] - 3600} for entry in session["account_authentication_methods"]
    ]
    session.save()

    asked = client.get(ADD)
    page = client.get("/account/passkeys/bevestigen/?next=/account/passkeys/nieuw/")
    back = client.post(
        "/account/passkeys/bevestigen/",
        {"next": ADD, "credential": json.dumps(device.signs(asked_on(page)["request_options"]))},
    )

    assert asked["Location"].startswith("/account/opnieuw-bevestigen/")
    assert back["Location"] == ADD
    assert client.get(ADD).status_code == 200
