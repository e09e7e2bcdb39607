"""Tokens and answers of a sign-in service, and of who imitates it: only what is right opens anything."""

import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache

from openintegriteit.core.roles import Role
from openintegriteit.identity.tests.provider_visits import BACK, account, refused
from openintegriteit.identity.tests.running_provider import LEAVE, RunningProvider

pytestmark = pytest.mark.django_db


@pytest.fixture
def key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def forge(service, key, *, trusted=True, **changed):
    """Let the service answer with a token of our making; with `trusted` it vouches for the key."""
    if trusted:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
        service.forged["/jwks"] = lambda own: {"keys": [public | {"kid": "1", "alg": "RS256", "use": "sig"}]}

    def token(own):
        claims = jwt.decode(own["id_token"], options={"verify_signature": False})
        claims = {name: value for name, value in (claims | changed).items() if value is not None}
        return own | {"id_token": jwt.encode(claims, key, algorithm="RS256", headers={"kid": "1"})}

    service.forged["/oauth2/token"] = token


def test_a_right_token_with_a_vouched_key_is_accepted(service, client, organisation, key):
    account(organisation, "noor", Role.STAFF)
    service.knows("noor")
    forge(service, key)
    assert service.sign_in(client, "noor").status_code == 302


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://kwaad.example"},
        {"aud": "een-andere-toepassing"},
        {"exp": int(time.time()) - 3600},
        {"iat": int(time.time()) + 3600},
        {"nonce": "van een andere keer"},
        {"nonce": None},
        {"exp": None},
        {"sub": None},
        {"azp": "een-andere-toepassing"},
        {"sub": "iemand-anders"},
    ],
    # Not the values: these are times, and each process of the tests must give a test the same name.
    ids=range(10),
)
def test_a_token_that_is_not_for_us_now_is_refused(service, client, organisation, key, changed):
    account(organisation, "otto", Role.STAFF)
    service.knows("otto")
    forge(service, key, **changed)
    assert refused(client, service.sign_in(client, "otto"))


def test_a_token_that_the_service_did_not_sign_is_refused(service, client, organisation, key):
    account(organisation, "piet", Role.STAFF)
    service.knows("piet")
    forge(service, key, trusted=False)
    assert refused(client, service.sign_in(client, "piet"))


@pytest.mark.parametrize("algorithm, secret", [("none", None), ("HS256", "x" * 32)])
def test_a_token_without_a_signature_of_a_key_pair_is_refused(service, client, organisation, algorithm, secret):
    account(organisation, "quin", Role.STAFF)
    service.knows("quin")

    def token(own):
        claims = jwt.decode(own["id_token"], options={"verify_signature": False})
        identifier = jwt.get_unverified_header(own["id_token"]).get("kid")
        return own | {"id_token": jwt.encode(claims, secret, algorithm=algorithm, headers={"kid": identifier})}

    service.forged["/oauth2/token"] = token
    assert refused(client, service.sign_in(client, "quin"))


def test_another_service_on_the_same_address_is_refused(service, client):
    service.forged["/.well-known/openid-configuration"] = lambda own: own | {"issuer": "https://kwaad.example"}
    assert client.get(LEAVE).status_code == 502


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/oauth2/token", "/jwks", "/userinfo"])
def test_a_service_that_sends_us_elsewhere_is_not_followed(service, client, organisation, path):
    account(organisation, "sara", Role.STAFF)
    service.knows("sara")
    service.elsewhere[path] = f"{service.issuer}/elsewhere"

    if path.startswith("/.well-known/"):
        assert client.get(LEAVE).status_code == 502
    else:
        assert refused(client, service.sign_in(client, "sara"))

    assert path in [asked for asked, _query in service.asked]
    assert "/elsewhere" not in [asked for asked, _query in service.asked]


@pytest.mark.parametrize("answer", [[], {}, {"keys": []}, {"keys": "x"}])
def test_nonsense_of_the_service_is_no_error_of_ours(service, client, organisation, answer):
    account(organisation, "rob", Role.STAFF)
    service.knows("rob")
    service.forged["/jwks"] = lambda own: answer
    assert refused(client, service.sign_in(client, "rob"))


@pytest.mark.parametrize("path", ["/oauth2/token", "/userinfo"])
def test_answers_of_another_form_are_no_error_of_ours(service, client, organisation, path):
    account(organisation, "rob", Role.STAFF)
    service.knows("rob")
    service.forged[path] = lambda own: ["x"]
    assert refused(client, service.sign_in(client, "rob"))


def test_a_service_that_does_not_answer_is_named(service, client, settings):
    with RunningProvider().running() as stopped:
        settings.OIDC_PROVIDERS = (stopped.of_body(),)
    answer = client.get(LEAVE)
    assert answer.status_code == 502
    assert "antwoordt niet" in answer.content.decode()


def test_trying_on_and_on_is_slowed_down(service, client):
    cache.clear()
    assert {client.get(f"{BACK}?code=x&state=y").status_code for _n in range(201)} == {403, 429}
