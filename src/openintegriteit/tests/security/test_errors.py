"""An error of ours: the visitor gets a page in plain words, and nothing of what went wrong."""

import pytest
from django.urls import path

from openintegriteit.config import urls
from openintegriteit.core.roles import Role


def broken(request):
    secret = "wachtwoord-van-de-database"
    raise RuntimeError(f"cannot reach the database with {secret}")


urlpatterns = [path("werk/stuk/", broken), *urls.urlpatterns]


@pytest.mark.django_db
@pytest.mark.urls("openintegriteit.tests.security.test_errors")
def test_an_error_of_ours_tells_the_visitor_nothing_of_it(client_as):
    client = client_as(Role.COORDINATOR)
    client.raise_request_exception = False

    response = client.get("/werk/stuk/")

    page = response.content.decode()
    assert response.status_code == 500
    assert '<html lang="nl"' in page
    for inside in ("wachtwoord-van-de-database", "RuntimeError", "Traceback", "test_errors", "django"):
        assert inside not in page
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
