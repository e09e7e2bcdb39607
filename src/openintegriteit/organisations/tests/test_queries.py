"""Reading about bodies: where people find one on the web."""

import pytest

from openintegriteit.organisations.models import Organisation
from openintegriteit.organisations.queries import web_address


@pytest.mark.parametrize(
    ("site", "host", "address"),
    [
        ("https://integriteit.voorbeeld.example", None, "https://integriteit.voorbeeld.example/werk/"),
        ("https://integriteit.voorbeeld.example", "een.example", "https://een.example/werk/"),
        ("http://localhost:8000", "twee.localhost", "http://twee.localhost:8000/werk/"),
    ],
)
def test_the_address_of_a_page_has_the_host_name_of_its_body(settings, site, host, address):
    settings.SITE_ADDRESS = site

    assert web_address(Organisation(name="Proef", host=host), "/werk/") == address
