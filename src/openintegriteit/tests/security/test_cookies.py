"""Cookies as a browser of ours never sends them."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.parametrize(
    "value", ['"aaaaaaaaaaaaaaaa\\000"', '"\\377\\376aaaaaaaaaaaaaa"', "a" * 7000, "a", "' OR 1=1--"]
)
def test_a_session_that_cannot_be_is_no_session(organisation, value):
    response = Client().get("/werk/", headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={value}"})

    assert response.status_code == 302
    assert response.url.startswith("/account/inloggen/")
