"""Which passwords people may choose, and that what they chose is what is compared."""

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from openintegriteit.core.roles import Role
from openintegriteit.identity.tests.factories import user_with_roles

PASSWORD = "geheim wachtwoord 1"
CHANGE, SIGN_IN = "/account/wachtwoord/", "/account/inloggen/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(organisation):
    return user_with_roles(organisation, Role.STAFF)


def sign_in(user, password):
    client = Client()
    client.post(SIGN_IN, {"login": user.email, "password": password})
    return client


def is_in(client):
    return "_auth_user_id" in client.session


def change(client, new):
    return client.post(CHANGE, {"oldpassword": PASSWORD, "password1": new, "password2": new})


@pytest.mark.parametrize("word", ["kort-maar-ok", "een zin van gewone woorden", "é€ 한국어 пароль", "x9" * 64])
def test_any_signs_will_do_from_twelve_to_well_past_sixty_four(staff, word):
    validate_password(word, staff)


@pytest.mark.parametrize("word", ["elf tekens.", "123456789012", "qwertyqwerty"])
def test_a_short_or_common_password_is_refused(staff, word):
    with pytest.raises(ValidationError):
        validate_password(word, staff)


@pytest.mark.parametrize(
    "word", ["openintegriteit", "OpenIntegriteit2026", "integriteit-1234", "gemeenteproef2026", "welkom-bij-proef"]
)
def test_the_name_of_the_product_or_the_body_is_no_password(staff, word):
    with pytest.raises(ValidationError):
        validate_password(word, staff)


def test_a_password_counts_exactly_as_it_was_typed(staff):
    new = "  Spaties En Hoofdletters  "
    assert change(sign_in(staff, PASSWORD), new).status_code == 302

    assert is_in(sign_in(staff, new))
    assert not is_in(sign_in(staff, new.strip()))
    assert not is_in(sign_in(staff, new.lower()))
    assert not is_in(sign_in(staff, new[:-1]))


def test_a_long_password_counts_to_its_last_sign(staff):
    new = "lang-" * 40
    assert change(sign_in(staff, PASSWORD), new).status_code == 302

    assert is_in(sign_in(staff, new))
    assert not is_in(sign_in(staff, new[:-1] + "x"))


def test_a_new_password_ends_every_other_visit(staff):
    here, elsewhere = sign_in(staff, PASSWORD), sign_in(staff, PASSWORD)
    assert change(here, "een zin van gewone woorden").status_code == 302

    assert here.get("/werk/account/").status_code == 200
    assert elsewhere.get("/werk/account/").status_code == 302


def test_an_account_that_is_closed_ends_every_visit(staff):
    client = sign_in(staff, PASSWORD)
    assert client.get("/werk/account/").status_code == 200
    staff.is_active = False
    staff.save()

    assert client.get("/werk/account/").status_code == 302


def test_the_form_hides_what_is_typed_and_works_with_a_password_manager(organisation):
    page = Client().get(SIGN_IN).content.decode()

    [field] = re.findall(r'<input[^>]*name="password"[^>]*>', page)
    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    assert "onpaste" not in page
