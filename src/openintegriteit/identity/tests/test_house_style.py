"""The house style: who sets it, how it is shown first, and the style sheet that anybody may keep."""

import pytest

from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.queries import style_address
from openintegriteit.organisations.models import Organisation

pytestmark = pytest.mark.django_db
PAGE = "/werk/huisstijl/"


def test_the_colour_is_stored_and_logged(client_as, organisation):
    response = client_as(Role.FUNCTIONAL_ADMINISTRATOR).post(PAGE, {"colour": "#7A1F5C"})
    assert response.status_code == 302
    assert Organisation.objects.get().primary_colour == "#7a1f5c"
    entry = Entry.objects.get(action="organisation.house_style_changed")
    assert entry.details == {"before": "#0b5d63", "after": "#7a1f5c"}


def test_a_preview_stores_nothing(client_as, organisation):
    page = client_as(Role.FUNCTIONAL_ADMINISTRATOR).post(PAGE, {"colour": "#7a1f5c", "preview": "1"})
    assert "/huisstijl.css?kleur=7a1f5c" in page.content.decode()
    assert Organisation.objects.get().primary_colour == "#0b5d63"


@pytest.mark.parametrize("colour", ["", "red", "#12345", "#12345g", "#0b5d63;"])
def test_what_is_no_colour_is_refused(client_as, organisation, colour):
    for typed in ({"colour": colour}, {"colour": colour, "preview": "1"}):
        assert client_as(Role.FUNCTIONAL_ADMINISTRATOR).post(PAGE, typed).status_code == 422
    assert Organisation.objects.get().primary_colour == "#0b5d63"


def test_anybody_may_read_and_keep_the_style_sheet(client, organisation):
    address = style_address(organisation)
    response = client.get(address)
    assert address == "/huisstijl.css?v=0b5d63"
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000"
    assert "--oi-brand" in response.content.decode()


def test_the_style_sheet_is_the_same_and_kept_for_who_is_signed_in(client_as, organisation):
    response = client_as(Role.STAFF).get("/huisstijl.css")
    assert response["Cache-Control"].startswith("public")
    assert "Set-Cookie" not in response


@pytest.mark.parametrize("asked", ["red", "0b5d63}body{display:none", "%3C/style%3E"])
def test_an_address_cannot_smuggle_anything_in(client, organisation, asked):
    response = client.get(f"/huisstijl.css?kleur={asked}")
    assert (response.status_code, response.content) == (400, b"")


def test_each_body_has_its_own_sheet(client, organisation, other_organisation):
    Organisation.objects.filter(pk=other_organisation.pk).update(primary_colour="#7a1f5c")
    own = client.get("/huisstijl.css").content
    other = client.get("/huisstijl.css", headers={"host": other_organisation.host})
    assert other.status_code == 200
    assert other.content != own
