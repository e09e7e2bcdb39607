"""Settings of the tests about accounts: what rate limits counted before does not matter."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def identity_settings(settings, db):
    settings.LOGIN_REDIRECT_URL = "/werk/"
    settings.ALLOWED_HOSTS = ["testserver", "ander.example"]
    cache.clear()  # what rate limits have counted
