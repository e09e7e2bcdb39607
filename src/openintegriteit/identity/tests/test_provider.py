"""Signing in through a body's sign-in service: against one that runs, and against who imitates it."""

import base64
import hashlib
import time
from datetime import date
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from openintegriteit.core.roles import SECOND_GRANTER, Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.claims import add_claim_role, change_rules, remove_claim_role, rules_of
from openintegriteit.identity.models import ClaimRole, ProviderLink, RoleGrant, User
from openintegriteit.identity.providers import read_providers
from openintegriteit.identity.refusal import Refused
from openintegriteit.identity.rules import FROM_CLAIMS
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.identity.tests.running_provider import LEAVE, RunningProvider, path_of
from openintegriteit.identity.tests.test_sign_in import code_of
from openintegriteit.organisations.models import Person

pytestmark = pytest.mark.django_db
SIGN_IN, CODE, APP = "/account/inloggen/", "/account/tweede-factor/code/", "/account/tweede-factor/app/"
BACK = "/account/aanmelddienst/organisatie/terug/"
ADMINISTRATOR = Role.FUNCTIONAL_ADMINISTRATOR


@pytest.fixture(scope="module")
def started():
    with RunningProvider().running() as provider:
        yield provider


@pytest.fixture
def service(started, settings, organisation):
    """The body's sign-in service, as it is when nobody has touched it."""
    started.forged.clear()
    started.asked.clear()
    settings.OIDC_PROVIDERS = (started.of_body(),)
    return started


@pytest.fixture
def administrator(actor_with):
    return actor_with(ADMINISTRATOR)


def account(organisation, subject, *roles):
    """An account with the address that the service has for the subject."""
    user = user_with_roles(organisation, *roles)
    User.objects.filter(pk=user.pk).update(email=f"{subject}@proef.example")
    user.refresh_from_db()
    return user


def is_signed_in(client):
    return "_auth_user_id" in client.session


def roles_of(user):
    return set(RoleGrant.objects.in_force().filter(user=user).values_list("role", flat=True))


# -- The way there and back


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


def refused(client, answer):
    assert answer.status_code == 403
    assert "Inloggen is niet gelukt" in answer.content.decode()
    assert not is_signed_in(client)
    assert Entry.objects.filter(action="account.sign_in_failed").exists()
    return True


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


# -- The second factor


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


# -- Two bodies


def test_what_the_service_of_one_body_opens_stays_closed_at_the_other(
    service, client, organisation, other_organisation, settings
):
    settings.OIDC_PROVIDERS = (service.of_body("testserver"),)
    user = account(organisation, "kees", Role.STAFF)
    with organisation_scope(other_organisation.pk):
        RoleGrant.objects.create(
            organisation=other_organisation, user=user, role=Role.STAFF, confirmed_at="2026-01-01T00:00Z"
        )
    service.knows("kees")
    service.sign_in(client, "kees")
    assert client.get("/werk/account/").status_code == 200
    there = {"host": "ander.example"}
    assert client.get("/werk/account/", headers=there)["Location"].startswith(SIGN_IN)
    assert client.get(LEAVE, headers=there).status_code == 404
    assert "Gemeentenet" not in client.get(SIGN_IN, headers=there).content.decode()


def test_an_answer_for_one_body_is_not_accepted_by_another_with_the_same_service(
    service, client, organisation, other_organisation, settings
):
    settings.OIDC_PROVIDERS = (service.of_body("testserver"), service.of_body("ander.example"))
    account(organisation, "lot", Role.STAFF)
    service.knows("lot")
    back = path_of(service.approve(client.get(LEAVE)["Location"], "lot"))
    assert client.get(back, headers={"host": "ander.example"}).status_code == 403
    assert not is_signed_in(client)


def test_each_body_has_its_own_service_and_its_own_groups(
    service, client, administrator, organisation, other_organisation, settings
):
    settings.OIDC_PROVIDERS = (service.of_body("testserver"), service.of_body("ander.example"))
    add_claim_role(actor=administrator, value="personeel", role=Role.STAFF)
    service.knows("moos", groups=["personeel"])
    service.sign_in(client, "moos")
    user = User.objects.get(email="moos@proef.example")
    there = service.sign_in(Client(), "moos", host="ander.example")
    assert there.status_code == 403
    with organisation_scope(other_organisation.pk):
        assert not RoleGrant.objects.filter(user=user).exists()


# -- The pages and the file


def test_the_page_maps_groups(client_as, service, organisation):
    client = client_as(ADMINISTRATOR)
    assert "Inloggen met Gemeentenet" in client.get("/werk/rollen/aanmelddienst/").content.decode()
    wrong = client.post("/werk/rollen/aanmelddienst/groepen/", {"value": "Beheer", "role": "handler"})
    assert wrong.status_code == 422
    assert "Beheer" in wrong.content.decode()
    for _twice in range(2):
        client.post("/werk/rollen/aanmelddienst/groepen/", {"value": "Beheer", "role": "coordinator"})
    mapped = ClaimRole.objects.get()
    client.post(f"/werk/rollen/aanmelddienst/groepen/{mapped.pk}/weg/")
    assert not ClaimRole.objects.exists()


def test_two_who_change_the_rules_at_once_see_each_other(client_as, organisation):
    client = client_as(ADMINISTRATOR)
    rules = rules_of(organisation.pk)
    typed = {"claim": "roles", "second_factor": "mfa", "version": rules.version}
    assert client.post("/werk/rollen/aanmelddienst/regels/", typed).status_code == 302
    again = client.post("/werk/rollen/aanmelddienst/regels/", typed | {"claim": "groepen"})
    assert again.status_code == 409
    assert "groepen" in again.content.decode()


GOOD = """
[[provider]]
host = "Een.example"
name = "Een"
issuer = "https://een.example"
client_id = "a"
client_secret = "b"
domains = ["@Een.example"]
"""


def test_the_file_names_a_service_for_each_body(tmp_path):
    file = tmp_path / "oidc.toml"
    file.write_text(GOOD + GOOD.replace("Een.example", "twee.example"))
    one, two = read_providers(str(file), allow_http=False)
    assert (one.host, one.domains, two.host) == ("een.example", ("een.example",), "twee.example")
    assert read_providers("", allow_http=False) == ()


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("https://", "http://"),
        GOOD.replace('client_secret = "b"', ""),
        GOOD.replace('["@Een.example"]', "[]"),
        GOOD + 'secret = "x"',
        GOOD + GOOD,
        GOOD + GOOD.replace('host = "Een.example"', ""),
        "geen toml",
        None,
    ],
)
def test_a_file_that_is_not_right_stops_the_start(tmp_path, text):
    file = tmp_path / "oidc.toml"
    if text is not None:
        file.write_text(text)
    with pytest.raises(ImproperlyConfigured, match="OPENINTEGRITEIT_OIDC_FILE"):
        read_providers(str(file), allow_http=False)
