"""One's own visits: seeing them and ending the others."""

import pytest
from django.test import Client
from django.utils import timezone

from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.models import Session
from openintegriteit.identity.sessions import SessionStore
from openintegriteit.identity.tests.factories import user_with_roles

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def person(organisation):
    return user_with_roles(organisation, Role.STAFF)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_a_session_knows_whose_it_is_and_since_when(person):
    before = timezone.now()
    client = signed_in(person)
    row = Session.objects.get()
    assert row.user == person
    assert before <= row.signed_in_at <= timezone.now()
    # when it is written again
    session = client.session
    session["anything"] = 1
    session.save()
    # then the moment stays
    assert Session.objects.get().signed_in_at == row.signed_in_at


def test_a_session_of_nobody_has_no_name(client, organisation):
    session = SessionStore()
    session["anything"] = 1
    session.save()
    assert Session.objects.values_list("user", "signed_in_at").get() == (None, None)


def test_the_page_lists_ones_own_visits(person, organisation):
    here, _elsewhere = signed_in(person), signed_in(person)
    signed_in(user_with_roles(organisation, Role.STAFF))
    page = here.get("/werk/account/").content.decode()
    assert page.count("Deze browser") == 1
    assert page.count("Een andere browser") == 1


def test_signing_out_elsewhere_ends_only_ones_own_other_visits(person, organisation):
    here, elsewhere = signed_in(person), signed_in(person)
    somebody_else = signed_in(user_with_roles(organisation, Role.STAFF))

    assert here.post("/werk/account/elders-uitloggen/").status_code == 302

    assert here.get("/werk/account/").status_code == 200
    assert somebody_else.get("/werk/account/").status_code == 200
    assert elsewhere.get("/werk/account/")["Location"].startswith("/account/inloggen/")
    assert Entry.objects.get().details == {"visits": 1}


def test_expired_visits_are_not_shown_and_swept(person):
    here = signed_in(person)
    signed_in(person)
    Session.objects.exclude(session_key=here.session.session_key).update(expire_date=timezone.now())
    assert "Een andere browser" not in here.get("/werk/account/").content.decode()
    SessionStore.clear_expired()
    assert Session.objects.count() == 1
