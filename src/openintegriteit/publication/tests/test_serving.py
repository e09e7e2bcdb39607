"""Handing out the public site: to anybody, without the database, and asked again only for what changed."""

import pytest
from django.test import Client
from django.urls import reverse

from openintegriteit.core.tests.counting import data_queries

pytestmark = pytest.mark.database
REGISTER = "/registers/nevenfuncties-politieke-ambtsdragers/"


def read(response) -> bytes:
    """All of a file that is handed out, after which it is closed."""
    return b"".join(response)


def test_everybody_reads_the_site_without_signing_in_and_without_a_query(declared, site) -> None:
    site("/index.html")

    assert data_queries(lambda: b"".join(Client().get(REGISTER))) == 0
    response = Client().get(REGISTER)
    assert b"Anouk Dijkema" in b"".join(response)
    assert not response.cookies
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "max-age=0, public"


def test_what_did_not_change_is_not_sent_again(declared, site) -> None:
    site("/index.html")
    first = Client().get(REGISTER)

    again = Client().get(REGISTER, headers={"if-none-match": first["ETag"]})
    by_day = Client().get(REGISTER, headers={"if-modified-since": first["Last-Modified"]})

    assert (again.status_code, by_day.status_code) == (304, 304)
    assert (b"".join(again), b"".join(by_day)) == (b"", b"")
    read(first)


def test_data_tell_what_they_are(declared, site) -> None:
    site("/index.html")
    name = "/open-data/nevenfuncties-politieke-ambtsdragers"

    types = {}
    for form in ("csv", "json", "ods"):
        response = Client().get(f"{name}.{form}")
        read(response)
        types[form] = response["Content-Type"]

    assert types == {
        "csv": 'text/csv; charset="utf-8"',
        "json": "application/json",
        "ods": "application/vnd.oasis.opendocument.spreadsheet",
    }


@pytest.mark.parametrize(
    "address",
    [
        f"{REGISTER}../../../../openintegriteit.db",
        "/..%2f..%2fopenintegriteit.db",
        "/site-builds/",
        f"{REGISTER}geen.html",
        "//etc/passwd",
    ],
)
def test_nothing_outside_the_site_is_handed_out(declared, site, address) -> None:
    site("/index.html")

    assert Client().get(address).status_code in (302, 404)


def test_pages_of_the_product_go_on_as_before(declared, site) -> None:
    site("/index.html")

    assert Client().get(reverse("account_login")).status_code == 200
    assert Client().get("/werk/").status_code == 302


def test_a_host_without_a_site_gets_nothing_of_another(settings, organisation, other_organisation, declared) -> None:
    from openintegriteit.publication.publishing import publish

    settings.ALLOWED_HOSTS = ["testserver", "ander.example", "vreemd.example"]
    organisation.refresh_from_db()
    publish(organisation)

    assert b"Dijkema" in read(Client().get(REGISTER, headers={"host": "testserver"}))
    assert Client().get(REGISTER, headers={"host": "ander.example"}).status_code == 404
    assert Client().get(REGISTER, headers={"host": "vreemd.example"}).status_code == 404


def test_the_site_alone_answers_404_with_a_page_of_its_own(settings, declared, site) -> None:
    site("/index.html")
    settings.MIDDLEWARE = settings.PUBLIC_MIDDLEWARE
    client = Client()

    assert b"Dijkema" in read(client.get(REGISTER))
    assert client.get("/healthz").content == b"ok\n"
    for absent in (client.get("/werk/"), client.post(REGISTER)):
        assert absent.status_code == 404
        assert "Deze pagina is er niet" in absent.content.decode()
    assert data_queries(lambda: client.get("/werk/")) == 0
