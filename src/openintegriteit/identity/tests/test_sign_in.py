"""Signing in and out, passwords and the second factor: nobody learns who has an account, and all of it is logged."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.fernet import InvalidToken
from django.core.cache import cache
from django.test import Client

from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.adapters import SecondFactorAdapter
from openintegriteit.identity.invitations import invite
from openintegriteit.identity.models import User
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.messages.models import Message

pytestmark = pytest.mark.django_db
SIGN_IN, FORGOTTEN = "/account/inloggen/", "/account/wachtwoord/vergeten/"
APP, CODE, CODES = "/account/tweede-factor/app/", "/account/tweede-factor/code/", "/account/tweede-factor/herstelcodes/"
PASSWORD, NEW_PASSWORD = "geheim wachtwoord 1", "een heel ander woord"


@pytest.fixture
def staff(organisation):
    return user_with_roles(organisation, Role.STAFF)


@pytest.fixture
def coordinator_account(organisation):
    return user_with_roles(organisation, Role.COORDINATOR)


def sign_in(client, user, password=PASSWORD, **extra):
    return client.post(SIGN_IN, {"login": user.email, "password": password, **extra})


def code_of(secret, periods=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods))


def actions():
    return list(Entry.objects.order_by("number").values_list("action", flat=True))


def without_token(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


# -- The password


def test_signing_in_leads_to_the_desk_under_a_new_session_key(client, staff):
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key

    response = sign_in(client, staff)

    assert (response.status_code, response["Location"]) == (302, "/werk/")
    assert client.session.session_key != before
    assert not type(client.session)(before).exists(before)


def test_capitals_in_the_address_do_not_matter(client, staff):
    assert client.post(SIGN_IN, {"login": staff.email.upper(), "password": PASSWORD}).status_code == 302


def test_a_known_and_an_unknown_address_get_the_same_answer(client, staff):
    known = sign_in(client, staff, "verkeerd wachtwoord")
    unknown = client.post(SIGN_IN, {"login": "niemand@proef.example", "password": "verkeerd wachtwoord"})
    assert (known.status_code, unknown.status_code) == (422, 422)
    assert without_token(known).replace(staff.email, "") == without_token(unknown).replace("niemand@proef.example", "")
    assert set(known.headers) == set(unknown.headers)


def test_what_was_typed_stays_except_for_the_password(client, staff):
    page = sign_in(client, staff, "verkeerd wachtwoord").content.decode()
    assert staff.email in page
    assert "verkeerd wachtwoord" not in page


def test_guessing_is_slowed_down_for_known_and_unknown_addresses_alike(client, staff):
    for address in ("niemand@proef.example", staff.email):
        cache.clear()
        pages = [client.post(SIGN_IN, {"login": address, "password": f"fout {n}"}).content.decode() for n in range(6)]
        assert "Te veel" in pages[5]
        assert "Te veel" not in pages[4]
    assert sign_in(Client(), staff).status_code == 422  # even the right password has to wait


def test_an_account_that_was_closed_does_not_get_in(client, staff):
    User.objects.update(is_active=False)
    assert sign_in(client, staff)["Location"] == "/account/inactief/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("next_page", ["https://kwaad.example/", "//kwaad.example", "javascript:alert(1)"])
def test_the_way_back_stays_on_this_site(client, staff, next_page):
    assert sign_in(client, staff, next=next_page)["Location"] == "/werk/"


def test_nobody_signs_up(client, organisation):
    for address in ("/account/signup/", "/account/aanmelden/", "/account/tweede-factor/webauthn/", "/account/email/"):
        assert client.get(address).status_code == 404


def test_signing_out_takes_a_post(client, staff):
    sign_in(client, staff)
    assert client.get("/account/uitloggen/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/account/uitloggen/")
    assert "_auth_user_id" not in client.session


# -- The log


def test_the_log_tells_who_signed_in_and_out_and_that_somebody_failed_to(client, staff):
    sign_in(client, staff, "verkeerd wachtwoord")
    client.post(SIGN_IN, {"login": "mijn wachtwoord in het verkeerde vak", "password": "x"})
    client.post(SIGN_IN, {"login": "niemand@proef.example", "password": "x"})
    sign_in(client, staff)
    client.post("/account/uitloggen/")

    failed = "account.sign_in_failed"
    assert actions() == [failed, failed, "account.signed_in", "account.signed_out"]
    failures = Entry.objects.filter(action=failed)
    assert {entry.actor_id for entry in failures} == {""}
    assert not any("proef" in str(vars(entry)) for entry in failures)
    assert Entry.objects.get(action="account.signed_in").actor_id == str(staff.pk)


def test_the_log_of_a_body_does_not_name_people_of_another(client, organisation, other_organisation):
    stranger = user_with_roles(other_organisation, Role.STAFF)
    sign_in(client, stranger)
    entry = Entry.objects.get()
    assert (entry.action, entry.actor_id) == ("account.signed_in", "")
    assert stranger.name not in str(vars(entry))
    assert client.get("/werk/account/").status_code == 403


# -- A forgotten password


def test_asking_for_a_new_password_tells_nothing(client, staff):
    known = client.post(FORGOTTEN, {"email": staff.email})
    unknown = Client().post(FORGOTTEN, {"email": "niemand@proef.example"})
    assert (known.status_code, unknown.status_code) == (302, 302)
    assert known["Location"] == unknown["Location"]
    assert [message.recipient for message in Message.objects.all()] == [staff.email]


def test_who_belongs_to_another_body_gets_no_mail_of_this_one(client, organisation, other_organisation):
    elsewhere = user_with_roles(other_organisation, Role.STAFF)

    answer = client.post(FORGOTTEN, {"email": elsewhere.email})

    assert answer.status_code == 302
    assert list(Message.objects.all()) == []


def test_who_is_invited_here_can_get_a_new_password_here(client, actor_with, other_organisation):
    elsewhere = user_with_roles(other_organisation, Role.STAFF)
    administrator = actor_with(Role.FUNCTIONAL_ADMINISTRATOR)
    invite(actor=administrator, email=elsewhere.email, name="", roles=[Role.STAFF], address_of=lambda token: token)

    client.post(FORGOTTEN, {"email": elsewhere.email})

    assert Message.objects.filter(subject="Kies een nieuw wachtwoord").count() == 1


def test_asking_too_often_is_refused_for_known_and_unknown_addresses_alike(client, staff):
    for address in (staff.email, "niemand@proef.example"):
        cache.clear()
        answers = [client.post(FORGOTTEN, {"email": address}).status_code for _n in range(6)]
        assert answers == [302] * 5 + [429]


def test_the_link_in_the_mail_gives_a_new_password_once(client, staff):
    # given somebody who is signed in elsewhere
    elsewhere = Client()
    sign_in(elsewhere, staff)
    client.post(FORGOTTEN, {"email": staff.email.upper()})
    message = Message.objects.get()
    assert (message.recipient, message.subject) == (staff.email, "Kies een nieuw wachtwoord")
    link = re.search(r"http://testserver(/account/wachtwoord/nieuw/\S+)", message.body)[1]
    # when
    form = client.get(link)["Location"]
    assert client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}).status_code == 302
    # then the new one works, elsewhere one is signed out, one is told, and the link is spent
    assert sign_in(Client(), staff).status_code == 422
    assert sign_in(Client(), staff, NEW_PASSWORD).status_code == 302
    assert elsewhere.get("/werk/account/").status_code == 302
    assert "account.password_changed" in actions()
    assert Message.objects.filter(subject="Uw wachtwoord is gewijzigd", recipient=staff.email).count() == 1
    assert "werkt niet meer" in Client().get(link).content.decode()


def test_a_new_password_by_mail_does_not_pass_the_second_factor(client, coordinator_account):
    add_second_factor(coordinator_account)
    client.post(FORGOTTEN, {"email": coordinator_account.email})
    link = re.search(r"http://testserver(/account/wachtwoord/nieuw/\S+)", Message.objects.get().body)[1]
    client.post(client.get(link)["Location"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert "_auth_user_id" not in client.session
    assert sign_in(client, coordinator_account, NEW_PASSWORD)["Location"] == CODE


def test_changing_the_password_needs_the_old_one(client, staff):
    sign_in(client, staff)
    typed = {"oldpassword": "verkeerd", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert client.post("/account/wachtwoord/", typed).status_code == 422
    assert client.post("/account/wachtwoord/", typed | {"oldpassword": PASSWORD})["Location"] == "/werk/account/"
    assert client.get("/werk/account/").status_code == 200  # here one stays signed in


# -- The second factor


def test_most_roles_set_up_a_second_factor_before_anything_else(client, coordinator_account):
    sign_in(client, coordinator_account)
    for address in ("/werk/account/", "/werk/rollen/", "/account/wachtwoord/", "/account/tweede-factor/"):
        assert client.get(address)["Location"] == APP
    page = client.get(APP)
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    assert secret in re.search("<code>(.+)</code>", page.content.decode())[1].replace(" ", "")
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    # when a wrong and then the right code is typed
    assert client.post(APP, {"code": "000000"}).status_code == 422
    assert client.post(APP, {"code": code_of(secret)})["Location"] == CODES
    # then the codes are shown and everything opens
    assert client.get(CODES).content.decode().count("<code>") == 10
    assert client.get(f"{CODES}bestand/")["Content-Type"].startswith("text/plain")
    assert client.get("/werk/account/").status_code == 200
    assert "account.second_factor_set_up" in actions()


@pytest.mark.parametrize("role", [Role.STAFF, Role.ELECTED_MEMBER])
def test_staff_and_elected_members_may_do_without(client, organisation, role):
    sign_in(client, user_with_roles(organisation, role))
    assert client.get("/werk/account/").status_code == 200


def test_the_code_is_asked_after_the_password_and_works_once(client, coordinator_account):
    secret = add_second_factor(coordinator_account)
    code = code_of(secret)
    assert sign_in(client, coordinator_account)["Location"] == CODE
    assert "_auth_user_id" not in client.session
    assert client.post(CODE, {"code": code})["Location"] == "/werk/"
    # when the code is used again at once
    other = Client()
    sign_in(other, coordinator_account)
    assert other.post(CODE, {"code": code}).status_code == 422
    assert actions() == ["account.signed_in", "account.sign_in_failed"]


def test_codes_cannot_be_guessed_on_and_on(client, coordinator_account):
    secret = add_second_factor(coordinator_account)
    sign_in(client, coordinator_account)
    for _n in range(5):
        client.post(CODE, {"code": "000000"})
    assert client.post(CODE, {"code": code_of(secret)}).status_code == 422
    assert "_auth_user_id" not in client.session


def test_without_the_password_the_code_is_not_asked(client, coordinator_account):
    assert client.get(CODE)["Location"] == SIGN_IN


def test_secrets_are_sealed_where_they_are_stored(client, coordinator_account):
    secret = add_second_factor(coordinator_account)
    stored = Authenticator.objects.get().data["secret"]
    assert secret not in str(Authenticator.objects.get().data)
    assert SecondFactorAdapter().decrypt(stored) == secret
    assert SecondFactorAdapter().encrypt(secret) != stored  # no two alike


def test_a_sealed_secret_is_worth_nothing_under_another_key(settings, coordinator_account):
    add_second_factor(coordinator_account)
    settings.SECRET_KEY = "another secret key, of another installation altogether"
    with pytest.raises(InvalidToken):
        SecondFactorAdapter().decrypt(Authenticator.objects.get().data["secret"])


def test_another_app_is_tied_by_untying_the_first(client, coordinator_account):
    secret = add_second_factor(coordinator_account)
    sign_in(client, coordinator_account)
    client.post(CODE, {"code": code_of(secret)})
    assert client.post("/account/tweede-factor/app/weg/", follow=True).redirect_chain[-1][0] == APP
    assert not Authenticator.objects.exists()
    assert "account.second_factor_removed" in actions()


def test_the_second_factor_of_a_long_visit_needs_the_password_again(client_as):
    # given a session in which no password was typed a moment ago
    client = client_as(Role.COORDINATOR)
    response = client.post("/account/tweede-factor/app/weg/")
    assert response["Location"].startswith("/account/opnieuw-bevestigen/")
    assert Authenticator.objects.count() == 1


# -- Caches


def test_personal_pages_stay_out_of_caches(client, staff):
    assert client.get(SIGN_IN)["Cache-Control"] == "no-store, private"
    sign_in(client, staff)
    assert client.get("/werk/account/")["Cache-Control"] == "no-store, private"
