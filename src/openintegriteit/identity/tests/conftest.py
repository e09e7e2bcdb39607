"""Settings of the tests about accounts: nothing that rate limits counted before; and a sign-in service that runs."""

import pytest
from django.core.cache import cache

from openintegriteit.core.roles import Role
from openintegriteit.identity.tests.running_provider import RunningProvider


@pytest.fixture(autouse=True)
def identity_settings(settings, db):
    settings.LOGIN_REDIRECT_URL = "/werk/"
    settings.ALLOWED_HOSTS = ["testserver", "ander.example"]
    cache.clear()  # what rate limits have counted


@pytest.fixture(scope="module")
def started():
    with RunningProvider().running() as provider:
        yield provider


@pytest.fixture
def service(started, settings, organisation):
    """The body's sign-in service, as it is when nobody has touched it."""
    started.forged.clear()
    started.elsewhere.clear()
    started.asked.clear()
    settings.OIDC_PROVIDERS = (started.of_body(),)
    return started


@pytest.fixture
def administrator(actor_with):
    return actor_with(Role.FUNCTIONAL_ADMINISTRATOR)
