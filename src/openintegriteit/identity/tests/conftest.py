"""Sessions that know whose they are, and the addresses at the root."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def identity_settings(settings):
    settings.SESSION_ENGINE = "openintegriteit.identity.sessions"
    settings.ROOT_URLCONF = "openintegriteit.identity.tests.urls"
    settings.LOGIN_REDIRECT_URL = "/werk/"
    settings.ALLOWED_HOSTS = ["testserver", "ander.example"]
    cache.clear()  # what rate limits have counted
